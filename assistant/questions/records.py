"""The records of an understood question. A leaf: imports no other module of the package."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from index.quantities import Condition
from index.records import Filters

Kind = Literal[
    "definition",
    "value",
    "comparison",
    "cause",
    "list",
    "yes/no",
    "count",
    "procedure",
    "summary",
    "legal",
    "other",
]
EntityKind = Literal["material", "component", "process", "party", "number", "document"]


NO_FILTERS = Filters()


@dataclass(frozen=True)
class Turn:
    """One earlier question of a conversation.

    question: its completed text; document_ids: what its answer cites or lists; answered: whether
    there was an answer.
    """

    question: str
    document_ids: tuple[str, ...] = ()
    answered: bool = True


@dataclass(frozen=True)
class Known:
    """What the library holds, so that names become filters only where they match something.

    parties: names as in the documents; countries: two-letter codes, empty where not known; labels:
    exact labels; today: what "in the last five years" counts from, None where not known.
    """

    parties: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    today: date | None = None


NOTHING_KNOWN = Known()


@dataclass(frozen=True)
class Asked:
    """A property that is asked for.

    words: as the question names it; dimensions: of `index.quantities` that its values can have,
    the usual one first, empty where any or none; start, end: in the completed text, half-open.
    """

    words: str
    dimensions: tuple[str, ...]
    start: int
    end: int

    @property
    def dimension(self) -> str | None:
        """The usual dimension of its values."""
        return self.dimensions[0] if self.dimensions else None


@dataclass(frozen=True)
class Entity:
    """A thing that the question names.

    typed: text[start:end] of the completed text; terms: what documents can call it: index terms of
    materials, other names of abbreviations, canonical patent numbers, party names of the library;
    group: what it can stand in for in a follow-up ("active", "electrolyte", "binder" ...).
    """

    kind: EntityKind
    typed: str
    start: int
    end: int
    terms: tuple[str, ...] = ()
    group: str = ""


@dataclass(frozen=True)
class Chip:
    """A filter that words of the question became, to be shown and removed.

    key: names it in `off`, the same in later turns; label: for the reader; filter: "date" or a
    name of Filters; value: what it means, as text; adds: the filter by itself; start, end: of the
    words in the completed text, half-open.
    """

    key: str
    label: str
    filter: str
    value: str
    start: int
    end: int
    adds: Filters


@dataclass(frozen=True)
class Question:
    """A question as understood. Places are characters of `text`, half-open.

    Attributes:
        typed: as typed, white space tidied.
        text: completed from the conversation; equals typed where nothing was missing.
        search_text: the text without the words that became filters; never empty if text is not.
        kind: what is wanted. properties: which properties, the main one first.
        entities: in the order of the text, never overlapping.
        conditions: all figures of the question; measured_at: those among them that say under what
            a property is measured ("at 60 °C", "after 500 cycles"), the others are wanted ranges.
        filters: those given and those that are certain; chips: the latter, each removable.
        among: ids of documents of the previous answer, where the question is about "those".
        compared: the things to compare, at least two or none.
        language: ISO 639-1 code; None where it cannot be told.
        negated: whether it has "not", "without" or the like.
        presupposes: the clause that it takes for true: "X improve Y" of "why does X improve Y?".
    """

    typed: str
    text: str
    search_text: str
    kind: Kind = "other"
    properties: tuple[Asked, ...] = ()
    entities: tuple[Entity, ...] = ()
    conditions: tuple[Condition, ...] = ()
    measured_at: tuple[Condition, ...] = ()
    filters: Filters = NO_FILTERS
    chips: tuple[Chip, ...] = ()
    among: tuple[str, ...] = ()
    compared: tuple[str, ...] = ()
    language: str | None = None
    negated: bool = False
    presupposes: str = ""

    @property
    def completed(self) -> bool:
        """Whether the conversation supplied something."""
        return self.text != self.typed or bool(self.among)
