"""The records of generating. A leaf: imports no other module of the package."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from assistant.records import Dropped

Message = Mapping[str, str]  # role: "system", "user" or "assistant"; content


class Generator(Protocol):
    """A chat model."""

    @property
    def name(self) -> str:
        """As the user wrote it: a name, a folder, or a model and its endpoint."""

    def stream(self, messages: Sequence[Message]) -> Iterator[str]:
        """The reply in pieces. Raises GeneratorError. Closing the iterator stops the model."""


@dataclass(frozen=True)
class Source:
    """A numbered passage. key: "1", "2" ..., what the model cites; text: verbatim."""

    key: str
    text: str


@dataclass(frozen=True)
class Quote:
    """What supports a statement: source.text[start:end] of the source with this key."""

    key: str
    start: int
    end: int


@dataclass(frozen=True)
class DraftStatement:
    """A sentence that passed the gate, without its keys. quotes: at least one."""

    text: str
    quotes: tuple[Quote, ...]

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys of the sources that support it."""
        return tuple(quote.key for quote in self.quotes)


@dataclass(frozen=True)
class Draft:
    """What a generator wrote, after the gate.

    dropped: what the gate removed, in order. notice: what the user should be told of the
    generator (it failed, was slow, repeated itself); None if nothing. Without statements the
    caller answers by extraction.
    """

    statements: tuple[DraftStatement, ...]
    dropped: tuple[Dropped, ...]
    notice: str | None


@dataclass(frozen=True)
class Notice:
    """Something that the user should be told of the generator."""

    text: str
