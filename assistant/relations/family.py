"""A family in time: what happened to each member, in one list."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.relations.records import EVENTS, FamilyEvent, FamilyTimeline
from index.library import Library
from ingest.facts import DocumentFacts, Priority
from ingest.numbers import application_key

_PRIORITY, _FILING, _PUBLICATION = EVENTS
_NO_DATE = "9999"


def family_timeline(library: Library, name: str) -> FamilyTimeline:
    """Priorities, filings and publications of a document's family, by date, unknown dates last.

    name: number or id. Members are the library's documents of the same simple family (same
    earliest priority), as search folds them. Raises UnknownDocument.

    Example:
        for event in family_timeline(library, "US20160336597A1").events:
            print(event.date, event.event, event.what)
    """
    ids = library.family(name)
    known = library.facts_of(ids)
    members = tuple(known[identity] for identity in ids if identity in known)
    happened: dict[tuple[str | None, str, str | None], list[str]] = {}
    for facts in members:
        for key in _events(facts):
            happened.setdefault(key, []).append(facts.id)
    events = [
        FamilyEvent(day, event, what, tuple(dict.fromkeys(ids_)))
        for (day, event, what), ids_ in happened.items()
    ]
    events.sort(key=lambda e: (e.date or _NO_DATE, EVENTS.index(e.event), e.what or ""))
    return FamilyTimeline(members[0].family if members else None, members, tuple(events))


def _events(facts: DocumentFacts) -> Iterator[tuple[str | None, str, str | None]]:
    """(date, event, what) of a document. Every event that it must have had is named."""
    if facts.kind == "patent":
        for priority in facts.priorities:
            yield priority.date, _PRIORITY, _application(priority)
        if not facts.priorities and facts.priority_date != facts.filing_date:
            yield facts.priority_date, _PRIORITY, None
        yield facts.filing_date, _FILING, _own_application(facts)
    yield facts.publication_date, _PUBLICATION, facts.number


def _application(priority: Priority) -> str:
    key = application_key(priority.country, priority.number, priority.date)
    return key or f"{priority.country}{priority.number}"


def _own_application(facts: DocumentFacts) -> str | None:
    if not facts.application_number:
        return None
    return _application(Priority(facts.country or "", facts.application_number, facts.filing_date))
