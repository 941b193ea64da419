"""What people are told where the audit log cannot be written: not where on the server it lies."""

from __future__ import annotations

import logging

from assistant.audit.errors import AuditError

UNWRITTEN = (
    "accesses cannot be recorded now, so nothing is shown; whoever runs the server finds the "
    "reason in its messages"
)


def message_of(error: Exception) -> str:
    """The message of a stated error; that of the audit log goes to the server's messages."""
    if not isinstance(error, AuditError):
        return str(error)
    logging.getLogger(__name__).error("%s: %s", type(error).__name__, error)
    return UNWRITTEN
