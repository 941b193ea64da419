"""What can go wrong with an export besides its name.

AssistantError
└── NotWritten   the file could not be written whole; what stood there before still does
"""

from __future__ import annotations

from assistant.errors import AssistantError


class NotWritten(AssistantError):
    """An export could not be written whole. Nothing was left behind, nothing was replaced."""
