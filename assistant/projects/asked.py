"""What was asked: searches, questions and charts as an entry keeps them and a replay takes them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

import msgspec

from assistant.claims.records import ReadClaim
from assistant.projects.entries import storable
from assistant.projects.errors import NotReplayable
from assistant.questions.records import NO_FILTERS, Turn
from index.errors import LibraryError
from index.records import Filters, SearchOptions
from ingest.facts import plain

DEFAULT_OPTIONS = SearchOptions()

_Record = TypeVar("_Record")


@dataclass(frozen=True)
class SearchAsked:
    """A search. query: as typed, None where like names a document of the library instead."""

    query: str | None
    like: str | None = None
    k: int = 10
    filters: Filters = NO_FILTERS
    options: SearchOptions = DEFAULT_OPTIONS


@dataclass(frozen=True)
class AskAsked:
    """A question as typed, with what `Assistant.ask` was given beside it."""

    question: str
    filters: Filters = NO_FILTERS
    conversation: tuple[Turn, ...] = ()
    off: tuple[str, ...] = ()


@dataclass(frozen=True)
class ChartAsked:
    """A claim chart.

    Attributes:
        subject: the claim with its limitations as the user left them.
        against: numbers or ids of the references; () where a search chose them.
        k: how many references a search was to choose.
        filters: of that search. subject_date: ISO; None for that of the claim's document.
    """

    subject: ReadClaim
    against: tuple[str, ...] = ()
    k: int = 5
    filters: Filters = NO_FILTERS
    subject_date: str | None = None


def kept(record: Any) -> dict[str, Any]:
    """A record as an entry keeps it."""
    value: dict[str, Any] = storable(plain(record))
    return value


def read_back(value: Mapping[str, Any], kind: type[_Record]) -> _Record:
    """The record that an entry keeps. Raises NotReplayable where a field means nothing any more.

    >>> read_back(kept(SearchAsked("boron", k=3)), SearchAsked) == SearchAsked("boron", k=3)
    True
    """
    try:
        record = msgspec.convert(value, kind)
    except (msgspec.ValidationError, LibraryError) as error:
        raise NotReplayable(f"this program cannot ask that any more: {error}") from error
    lacking = _lacking(value, kept(record))
    if lacking:
        raise NotReplayable(f"this program knows no {lacking}, which the entry was made with")
    return record


def _lacking(old: Mapping[str, Any], new: Mapping[str, Any]) -> str | None:
    """The first name of the old value that the new one has not; new names have their defaults."""
    for name, value in old.items():
        if name not in new:
            return name
        if isinstance(value, Mapping) and (inner := _lacking(value, new[name] or {})):
            return inner
    return None
