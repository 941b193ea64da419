"""What the lexical index is asked: weighted terms, and other ways to say the same. A leaf."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Alternatives:
    """Ways to say one thing; a passage counts the one by which it scores best.

    phrases: runs of terms of index.analysis, side by side. materials: terms of index.chemistry.
    """

    phrases: tuple[tuple[str, ...], ...] = ()
    materials: tuple[str, ...] = ()


@dataclass(frozen=True)
class LexicalQuery:
    """A query for index.words.

    Attributes:
        weights: by term.
        others: what says the same as a term of `weights`.
        extra: what the query names in several words, each with its weight.
    """

    weights: Mapping[str, float]
    others: Mapping[str, Alternatives] = field(default_factory=dict)
    extra: tuple[tuple[Alternatives, float], ...] = ()

    def __bool__(self) -> bool:
        """Whether anything is asked at all."""
        return bool(self.weights or self.extra)
