"""The records of searching: filters and options in, hits out. Imports no engine."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, fields
from datetime import date
from reprlib import repr as shortened
from typing import Any

from index.errors import BadFilter, BadQuery
from index.marks import Feedback, checked_marks
from index.quantities import parse_where
from index.why import NO_REASON, Synonyms, Why
from ingest.facts import DocumentFacts, plain
from ingest.records import SECTION_KINDS, Passage

DATES = ("priority", "filing", "publication")
KINDS = ("patent", "report")

# Filters that may be given several times: any value of one, all of different ones.
_REPEATABLE = ("cpc", "party", "country", "kind", "section", "label", "where")
SYSTEMS = ("hybrid", "dense", "bm25")


@dataclass(frozen=True)
class Filters:
    """What a hit must be. Values of one filter are alternatives; different filters all hold.

    Attributes:
        before, after: ISO dates, both exclusive. A document whose date is unknown never passes.
        date: which date they mean: "priority", "filing" or "publication".
        cpc: prefixes of CPC or IPC symbols, blanks ignored ("H01M4/36" or "H01M 4/36").
        party: parts of names, upper and lower case alike.
        country: two-letter codes. kind: "patent" or "report". label: exact labels.
        section: "claims", "abstract", "description" or "body".
        where: numeric conditions such as "thickness <= 20 um" (docs/materials.md), which must
            all be met, each by any passage of the document.

    Raises BadFilter for a value that could never mean anything.

    >>> Filters(before="2019-01-01", cpc=["H01M"]).cpc
    ('H01M',)
    """

    before: str | None = None
    after: str | None = None
    date: str = "publication"
    cpc: tuple[str, ...] = ()
    party: tuple[str, ...] = ()
    country: tuple[str, ...] = ()
    kind: tuple[str, ...] = ()
    section: tuple[str, ...] = ()
    label: tuple[str, ...] = ()
    where: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        for name in ("before", "after"):
            _check_date(name, getattr(self, name))
        for name in _REPEATABLE:
            value: str | Iterable[str] = getattr(self, name) or ()
            values = (value,) if isinstance(value, str) else tuple(value)
            if any(not isinstance(v, str) or not v.strip() for v in values):
                raise BadFilter(f"--{name} has an empty value; leave the filter out instead")
            object.__setattr__(self, name, values)
        _check_choice("date", (self.date,), DATES)
        _check_choice("kind", self.kind, KINDS)
        _check_choice("section", self.section, SECTION_KINDS)
        for country in self.country:
            if len(country.strip()) != 2:
                raise BadFilter(
                    f"--country {shortened(country)} is no office; write two letters, as in US"
                )
        for condition in self.where:
            parse_where(condition)

    def __bool__(self) -> bool:
        """Whether anything is filtered at all."""
        return any(getattr(self, f.name) for f in fields(self) if f.name != "date")

    def to_dict(self) -> dict[str, Any]:
        """The filters that were given, for the record of a search."""
        return plain(self)


def _check_date(name: str, value: str | None) -> None:
    if value is None:
        return
    try:
        # Dates are compared as text, so other spellings of ISO 8601 (20190301) must not pass.
        if date.fromisoformat(value).isoformat() == value:
            return
    except (TypeError, ValueError):
        pass
    raise BadFilter(f"--{name} {shortened(value)} is no day; write it as 2019-03-01")


def _check_choice(name: str, values: tuple[str, ...], choices: tuple[str, ...]) -> None:
    for value in values:
        if value not in choices:
            raise BadFilter(
                f"--{name} {shortened(value)} is unknown; choose from {', '.join(choices)}"
            )


@dataclass(frozen=True)
class SearchOptions:
    """How to search.

    Attributes:
        system: "hybrid", or one engine alone as plainly as it goes: "dense" or "bm25".
        syntax: read the query language of docs/search.md; False takes every query as words.
        fold_families: one hit for each simple family, its other members listed under it; False
            makes every document a hit of its own.
        expand: look for abbreviations, full names and materials in their other spellings too.
        literal: what is to be taken as typed only: words with other names, or one of these names,
            or a numeric condition as the result lists it.
        exclude: ids of documents that must not be found. among: ids of the only documents that
            may be found, None for all.
        passages: of each document at most, 1 or more.
        relevant, not_relevant: ids or numbers of documents that the searcher marked; they move
            the ranking (docs/search.md), those that the filters keep out do not.

    Raises BadQuery for an unknown system and for a document that is marked both ways.
    """

    system: str = "hybrid"
    syntax: bool = True
    fold_families: bool = True
    expand: bool = True
    literal: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    among: tuple[str, ...] | None = None
    passages: int = 3
    relevant: tuple[str, ...] = ()
    not_relevant: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.system not in SYSTEMS:
            raise BadQuery(f"no system {self.system!r}; choose from {', '.join(SYSTEMS)}")
        liked, disliked = checked_marks(self.relevant, self.not_relevant)
        object.__setattr__(self, "relevant", liked)
        object.__setattr__(self, "not_relevant", disliked)


@dataclass(frozen=True)
class ScoredPassage(Passage):
    """A passage that was found. score: higher is better, comparable inside one result only."""

    score: float = 0.0


@dataclass(frozen=True)
class Hit:
    """A document that was found, with its best passages.

    Attributes:
        rank: 1-based.
        score: higher is better, comparable inside one result only.
        passages: best first, at least one.
        members: other members of the document's family that the filters let pass, by id.
    """

    rank: int
    score: float
    document: DocumentFacts
    passages: tuple[ScoredPassage, ...]
    members: tuple[DocumentFacts, ...] = ()
    why: Why = NO_REASON

    def to_dict(self) -> dict[str, Any]:
        """One element of `hits` in the public contract."""
        return {
            "rank": self.rank,
            "score": self.score,
            "document": self.document.to_dict(),
            "passages": [passage.to_dict() for passage in self.passages],
            "members": [member.to_dict() for member in self.members],
            "why": self.why.to_dict(),
        }


@dataclass(frozen=True)
class SearchResult:
    """What a search gave, with what is needed to repeat it.

    Attributes:
        fingerprint: of the documents, their labels and the encoder that were searched.
        undated: documents left out because the date that was filtered by is unknown.
        searched: documents that passed the filters.
        understood: how a query in the query language was read; None for plain words.
        matching: documents of those that such a query's conditions let appear; None likewise.
        expansions: what its words were taken to mean as well.
        conditions: numeric conditions that it states; passages that meet them rank higher.
        feedback: what the marks of its options did; None without marks.
    """

    query: str
    filters: Filters
    fingerprint: str
    undated: int
    searched: int
    hits: tuple[Hit, ...] = field(default=())
    understood: str | None = None
    matching: int | None = None
    expansions: tuple[Synonyms, ...] = ()
    conditions: tuple[str, ...] = ()
    feedback: Feedback | None = None

    def to_dict(self) -> dict[str, Any]:
        """The JSON of `prior-art search`."""
        return {
            "query": self.query,
            "filters": self.filters.to_dict(),
            "fingerprint": self.fingerprint,
            "undated": self.undated,
            "searched": self.searched,
            "understood": self.understood,
            "matching": self.matching,
            "expansions": [some.to_dict() for some in self.expansions],
            "conditions": list(self.conditions),
            "feedback": self.feedback.to_dict() if self.feedback else None,
            "hits": [hit.to_dict() for hit in self.hits],
        }
