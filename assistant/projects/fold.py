"""The state of a project as the fold of its entries: each kind of entry changes one thing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from assistant.chart.records import Override
from assistant.projects.asked import SearchAsked, read_back
from assistant.projects.bare import claim_line
from assistant.projects.entries import Entry
from assistant.projects.errors import NotReplayable
from assistant.projects.state import Made, Mark, Note, Overridden, Saved, State, Subject


@dataclass
class _Fold:
    """The state as it grows, by what identifies each thing."""

    name: str = ""
    created: str = ""
    user: str = ""
    archived: bool = False
    clearance: tuple[str, ...] | None = None
    subject: Subject | None = None
    made: list[Made] = field(default_factory=list)
    marks: dict[str, Mark] = field(default_factory=dict)
    notes: list[Note] = field(default_factory=list)
    saved: dict[int, Saved] = field(default_factory=dict)
    overrides: dict[tuple[int, str, str], Overridden] = field(default_factory=dict)


def state_of(entries: Iterable[Entry], head: str, broken: str | None = None) -> State:
    """The fold of a project's entries, in their order."""
    fold = _Fold()
    count = 0
    for entry in entries:
        count += 1
        step = _STEPS.get(entry.kind)
        try:
            if step is not None:
                step(fold, entry, entry.body)
        except (KeyError, TypeError, ValueError, AttributeError, NotReplayable) as error:
            unread = f"entry {entry.number} is not shown: this program cannot read it ({error!r})"
            broken = broken or unread
    return State(
        fold.name, fold.created, fold.user, fold.archived, fold.subject, tuple(fold.made),
        tuple(fold.marks.values()), tuple(fold.notes), tuple(fold.saved.values()),
        tuple(fold.overrides.values()), count, head, broken, fold.clearance,
    )  # fmt: skip


def _created(fold: _Fold, entry: Entry, body: Mapping[str, Any]) -> None:
    fold.name, fold.created, fold.user = body["name"], entry.time, entry.user
    labels = body.get("clearance")
    fold.clearance = None if labels is None else tuple(labels)


def _archive(fold: _Fold, entry: Entry, body: Mapping[str, Any]) -> None:
    fold.archived = body["archived"]


def _subject(fold: _Fold, entry: Entry, body: Mapping[str, Any]) -> None:
    fold.subject = read_back(body, Subject)


def _search(fold: _Fold, entry: Entry, body: Mapping[str, Any]) -> None:
    asked = body["asked"]
    text = asked["query"] if asked["query"] is not None else f"like {asked['like']}"
    _made(fold, entry, text, f"{len(body['hits'])} documents")


def _ask(fold: _Fold, entry: Entry, body: Mapping[str, Any]) -> None:
    refusal = body["answer"]["refusal"]
    outcome = body["answer"]["status"] + (f": {refusal}" if refusal else "")
    _made(fold, entry, body["asked"]["question"], outcome)


def _chart(fold: _Fold, entry: Entry, body: Mapping[str, Any]) -> None:
    counts = f"{len(body['statuses'])} limitations, {len(body['references'])} references"
    _made(fold, entry, claim_line(body["asked"]["subject"]), counts)


def _made(fold: _Fold, entry: Entry, text: str, outcome: str) -> None:
    fold.made.append(Made(entry.number, entry.time, entry.user, entry.kind, text, outcome))


def _mark(fold: _Fold, entry: Entry, body: Mapping[str, Any]) -> None:
    document = body["document_id"]
    fold.marks.pop(document, None)
    if body["relevant"] is not None:
        fold.marks[document] = Mark(
            entry.number, entry.time, entry.user, document, body["name"], body["relevant"]
        )


def _note(fold: _Fold, entry: Entry, body: Mapping[str, Any]) -> None:
    fold.notes.append(Note(entry.number, entry.time, entry.user, body["text"], body["document_id"]))


def _save(fold: _Fold, entry: Entry, body: Mapping[str, Any]) -> None:
    asked = read_back(body["asked"], SearchAsked)
    collection = body["attached"]["collection"]
    fold.saved[entry.number] = Saved(entry.number, entry.time, entry.user, asked, collection)


def _unsave(fold: _Fold, entry: Entry, body: Mapping[str, Any]) -> None:
    fold.saved.pop(body["saved"], None)


def _seen(fold: _Fold, entry: Entry, body: Mapping[str, Any]) -> None:
    for number, pairs in body["seen"].items():
        saved = fold.saved.get(int(number))
        if saved is not None:
            seen = dict.fromkeys((*saved.seen, *((id_, hash_) for id_, hash_ in pairs)))
            fold.saved[saved.entry] = replace(saved, seen=tuple(seen))


def _override(fold: _Fold, entry: Entry, body: Mapping[str, Any]) -> None:
    key = (body["chart"], body["limitation"], body["document_id"])
    fold.overrides.pop(key, None)
    if body["override"] is not None:
        override = read_back(body["override"], Override)
        fold.overrides[key] = Overridden(entry.number, *key, override, body["place"])


_STEPS: dict[str, Callable[[_Fold, Entry, Mapping[str, Any]], None]] = {
    "created": _created,
    "archive": _archive,
    "subject": _subject,
    "search": _search,
    "ask": _ask,
    "chart": _chart,
    "mark": _mark,
    "note": _note,
    "save": _save,
    "unsave": _unsave,
    "seen": _seen,
    "override": _override,
}
