"""Which documents a result names: every id in it, wherever it stands."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping

from assistant.projects.replay import Replayed
from assistant.projects.why import Named
from assistant.relations.records import Neighbour, Neighbours, OutsideNumber
from index.citations import CitationLink
from index.records import Filters, SearchOptions
from index.why import Why
from ingest.facts import DocumentFacts
from ingest.records import Document

# Fields of our records that hold ids of documents, one or several.
_IDS = frozenset({"document_id", "document_ids", "documents"})
# And those of records that name documents otherwise.
_IDS_OF: dict[type, frozenset[str]] = {
    Neighbour: frozenset({"cites", "cited_by"}),
    OutsideNumber: frozenset({"cited_by"}),
    Neighbours: frozenset({"relevant"}),
    Why: frozenset({"neighbours"}),
    Replayed: frozenset({"entered", "left"}),
    Named: frozenset({"id"}),  # what a replay tells of changes in the library
    CitationLink: frozenset({"citing", "cited"}),
}
_NO_RECORDS = (str, bytes, int, float, type(None))
# What was asked for, not what was shown.
_ASKED = (Filters, SearchOptions)


def document_ids(value: object) -> tuple[str, ...]:
    """Ids of the documents that a record of any type names, each once, in reading order.

    Goes by the records' own types and field names, so that a new record needs nothing here as
    long as it holds DocumentFacts or names its fields as the others do.

    >>> document_ids([DocumentFacts(id="0f", kind="report", title="Wetting")])
    ('0f',)
    """
    return tuple(dict.fromkeys(_ids(value)))


def _ids(value: object) -> Iterator[str]:
    if isinstance(value, DocumentFacts):
        yield value.id
    elif isinstance(value, Document):
        yield value.facts.id
    elif isinstance(value, (*_NO_RECORDS, *_ASKED)):
        return
    elif dataclasses.is_dataclass(value):
        holding = _IDS | _IDS_OF.get(type(value), frozenset())
        for field in dataclasses.fields(value):
            inside = getattr(value, field.name)
            yield from _named(inside) if field.name in holding else _ids(inside)
    elif isinstance(value, Mapping):
        for inside in value.values():
            yield from _ids(inside)
    elif isinstance(value, list | tuple | set | frozenset):
        for inside in value:
            yield from _ids(inside)


def _named(value: object) -> Iterator[str]:
    """The ids in a field that holds some, or the records that it holds instead."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list | tuple | set | frozenset):
        for inside in value:
            yield from _named(inside)
    else:
        yield from _ids(value)
