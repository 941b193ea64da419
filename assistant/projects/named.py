"""Which documents the entries of a record name, for the audit log."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from assistant.projects.entries import Entry
from assistant.projects.errors import BrokenRecord
from assistant.projects.project import Project

# Names under which bodies keep ids, and pairs of an id and something of it.
_IDS = frozenset({"document_id", "document_ids", "id", "members", "neighbours", "of"})
_OF_FEEDBACK = frozenset({"relevant", "not_relevant"})
_PAIRS = frozenset({"references", "seen"})
# What was typed to name a document, such as its number: the log holds ids only.
_TYPED = frozenset({"options", "against", "like", "filters"})


# Entries with what was found, of which the state of a project tells nothing but how much it was.
_FOUND = ("search", "ask")


@dataclass(frozen=True)
class Mentioned:
    """The documents that entries name, by id."""

    document_ids: tuple[str, ...]


def mentioned(entries: Iterable[Entry]) -> Mentioned:
    """The documents that entries name, each once, in their order.

    Neither what a user typed to name one nor what is attached to the record.
    """
    ids = (name for entry in entries for name in _named(entry.body))
    return Mentioned(tuple(dict.fromkeys(ids)))


def of_state(project: Project) -> Mentioned:
    """The documents that the state of a project names, rather one too many than one too few."""
    return mentioned(entry for entry in project.entries() if entry.kind not in _FOUND)


def of_zip(project: Project) -> dict[str, tuple[str, ...]]:
    """Ids in a project as one zip: named in its record, and of all that the library held then."""
    entries = project.entries()
    attached = {entry.body.get("attached", {}).get("collection") for entry in entries}
    held: dict[str, None] = {}
    for name in sorted(attached - {None}):
        with contextlib.suppress(BrokenRecord):  # Gone or damaged: it names nothing any more.
            held |= dict.fromkeys(one.id for one in project.snapshot(name).documents)
    return {"exported": mentioned(entries).document_ids, "listed": tuple(held)}


def _named(value: Any, name: str = "") -> Iterator[str]:
    if isinstance(value, str):
        if name in _IDS | _OF_FEEDBACK:
            yield value
        elif name == "passage_id":
            yield value.rpartition(":")[0]
    elif isinstance(value, Mapping):
        for key, inside in value.items():
            if name == "statuses" and isinstance(inside, Mapping):
                yield from inside  # Of each limitation the status by document.
            elif key not in _TYPED:
                yield from _named(inside, name if name in _PAIRS else key)
    elif isinstance(value, list | tuple):
        for inside in value:
            if name in _PAIRS and isinstance(inside, list | tuple) and inside:
                # `seen` has lists of pairs by entry, `references` pairs.
                yield from _named(inside, name) if not isinstance(inside[0], str) else inside[:1]
            else:
                yield from _named(inside, name)
