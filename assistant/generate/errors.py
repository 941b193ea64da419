"""What can go wrong with a generator.

GeneratorError
├── NoGenerator       not set up: no model there, a wrong address, a missing key
├── GeneratorFailed   it was asked and gave no usable text
└── GeneratorTimeout  it was asked and took too long
"""

from __future__ import annotations

from assistant.errors import AssistantError


class GeneratorError(AssistantError):
    """Base of every stated error of a generator."""


class NoGenerator(GeneratorError):
    """The generator is not set up: no model there, a wrong address, a missing key."""


class GeneratorFailed(GeneratorError):
    """The generator was asked and gave no usable text."""


class GeneratorTimeout(GeneratorError):
    """The generator was asked and took too long."""
