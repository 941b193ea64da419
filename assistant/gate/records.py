"""The records of the gate. A leaf: imports no other module of the package."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

Span = tuple[int, int]


@dataclass(frozen=True)
class Judgement:
    """Whether a sentence is supported by what it cites.

    Attributes:
        reason: what is wrong, None if supported.
        spans: for each quote the part (half-open) that supports the sentence, None where that
            quote supports nothing of it and so must not be cited.
    """

    supported: bool
    reason: str | None
    spans: tuple[Span | None, ...]


class SupportModel(Protocol):
    """A model that reads a sentence beside its quote."""

    @property
    def name(self) -> str:
        """As the user wrote it: a name or a folder."""

    def score(self, sentence: str, quote: str) -> float:
        """How surely the quote supports the sentence, 0 to 1."""
