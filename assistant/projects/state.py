"""The records of what a project holds. assistant.projects.fold makes them of its entries."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from assistant.chart.records import Override
from assistant.projects.asked import SearchAsked
from ingest.facts import plain


@dataclass(frozen=True)
class Subject:
    """What the project is about. number, claim: of a document in the index. date: ISO."""

    text: str
    number: str | None = None
    claim: int | None = None
    date: str | None = None


@dataclass(frozen=True)
class Made:
    """A search, question or chart of the project. kind: "search", "ask" or "chart".

    text: the query, question or claim. outcome: in a few words.
    """

    entry: int
    time: str
    user: str
    kind: str
    text: str
    outcome: str


@dataclass(frozen=True)
class Mark:
    """A document that a user called relevant, or not relevant. name: its number, None without."""

    entry: int
    time: str
    user: str
    document_id: str
    name: str | None
    relevant: bool


@dataclass(frozen=True)
class Note:
    """A note on the project, or on a document of it."""

    entry: int
    time: str
    user: str
    text: str
    document_id: str | None


@dataclass(frozen=True)
class Saved:
    """A saved query. collection: what is attached of the library at that time, by name."""

    entry: int
    time: str
    user: str
    asked: SearchAsked
    collection: str
    # (document id, content hash) that a user has seen as alerts of this query.
    seen: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Overridden:
    """A cell that a person decided. chart: number of the entry of its chart.

    place: the passage that was chosen as it is kept, without its words; None for the machine's.
    """

    entry: int
    chart: int
    limitation: str
    document_id: str
    override: Override
    place: Mapping[str, Any] | None


@dataclass(frozen=True)
class State:
    """A project as it is now.

    Attributes:
        clearance: the project's labels, sorted; None for everything.
        head: hash of the last entry. entries: how many there are.
        broken: what is wrong with the record, or which entry this program cannot read; the state
            is then of what can be read. None where all is well.
    """

    name: str
    created: str
    user: str
    archived: bool = False
    subject: Subject | None = None
    made: tuple[Made, ...] = ()
    marks: tuple[Mark, ...] = ()
    notes: tuple[Note, ...] = ()
    saved: tuple[Saved, ...] = ()
    overrides: tuple[Overridden, ...] = ()
    entries: int = 0
    head: str = ""
    broken: str | None = None
    clearance: tuple[str, ...] | None = None

    def relevant(self) -> tuple[str, ...]:
        """Ids of the documents marked relevant, in the order of the marks."""
        return tuple(mark.document_id for mark in self.marks if mark.relevant)

    def not_relevant(self) -> tuple[str, ...]:
        """Ids of the documents marked not relevant, likewise."""
        return tuple(mark.document_id for mark in self.marks if not mark.relevant)

    def to_dict(self) -> dict[str, Any]:
        """The JSON of `prior-art project show`."""
        return plain(self)
