"""The records of searching: filters in, hits out. A leaf: imports no other module of the index."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, fields
from datetime import date
from typing import Any

from index.errors import BadFilter
from ingest.facts import DocumentFacts, plain
from ingest.records import SECTION_KINDS, Passage

DATES = ("priority", "filing", "publication")
KINDS = ("patent", "report")

# Filters that may be given several times: any value of one, all of different ones.
_REPEATABLE = ("cpc", "party", "country", "kind", "section", "label")


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
                raise BadFilter(f"--country {country!r} is no office; write two letters, as in US")

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
    raise BadFilter(f"--{name} {value!r} is no day; write it as 2019-03-01")


def _check_choice(name: str, values: tuple[str, ...], choices: tuple[str, ...]) -> None:
    for value in values:
        if value not in choices:
            raise BadFilter(f"--{name} {value!r} is unknown; choose from {', '.join(choices)}")


@dataclass(frozen=True)
class ScoredPassage(Passage):
    """A passage that was found. score: higher is better, comparable inside one result only."""

    score: float = 0.0


@dataclass(frozen=True)
class Why:
    """Why a document was found.

    Attributes:
        terms: words of the query, as it writes them, that stand in the title or in a passage
            that is shown, in any inflection; the weightiest first, twelve at most.
        words, meaning: the document's rank by BM25 and by vectors alone, 1-based; None where that
            engine did not propose it. Of a family: the ranks of its best member.
        neighbours: ids of up to three documents like it that raised its score; there are none for
            a query as long as a claim.
    """

    terms: tuple[str, ...] = ()
    words: int | None = None
    meaning: int | None = None
    neighbours: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """The value of `why` in the JSON of a hit."""
        return {
            "terms": list(self.terms),
            "engines": {"words": self.words, "meaning": self.meaning},
            "neighbours": list(self.neighbours),
        }


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
    why: Why = Why()

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
    """

    query: str
    filters: Filters
    fingerprint: str
    undated: int
    searched: int
    hits: tuple[Hit, ...] = field(default=())
    understood: str | None = None
    matching: int | None = None

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
            "hits": [hit.to_dict() for hit in self.hits],
        }
