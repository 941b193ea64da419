"""What projects do when documents are removed from the library: none of their words stays.

Entries of this release hold places and no words, and stay as they are. A record that an earlier
release wrote holds quotes and titles; it is written anew without them, in a chain of its own whose
last entry names the old one's head.
"""

from __future__ import annotations

import contextlib
import hashlib
import time
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec

from assistant.projects.bare import (
    bare_answer,
    bare_chart,
    bare_claim,
    bare_name,
    bare_place,
    bare_understood,
)
from assistant.projects.entries import NOTHING, Entry, canonical, storable
from assistant.projects.errors import BrokenRecord, ProjectError
from assistant.projects.files import ATTACHED, attach, attached
from assistant.projects.names import user_name
from assistant.projects.places import Texts, placed, texts_of
from assistant.projects.project import Project
from assistant.projects.record import Read
from assistant.projects.store import Projects

# What no entry refers to may be of an entry that is being written; not after so many seconds.
_SETTLED = 3600.0


def forget_documents(
    index: str | Path, ids: Collection[str], user: str | None = None
) -> tuple[str, ...]:
    """Have no project hold words of documents that were removed from the library.

    ids: of the removed documents. To be run after each removal; may be run again after it was
    stopped. A project that names one of them gets an entry that says when it was removed. Gives
    the folders of the projects whose records were written anew. Raises the first ProjectError,
    after all other projects were done.
    """
    rewritten: list[str] = []
    problems: list[ProjectError] = []
    for _, project in Projects(index, user).all():
        try:
            if _without_words(project):
                rewritten.append(project.folder.name)
            named = _named(project, ids)
            if named:
                project.record.append("forgotten", {"document_ids": named}, project.user)
        except ProjectError as error:
            problems.append(error)
    if problems:
        raise problems[0]
    return tuple(rewritten)


def _named(project: Project, ids: Collection[str]) -> list[str]:
    """Those of the documents that the record names; of snapshots it names none."""
    bodies = b"\n".join(
        canonical(entry.body) for entry in project.entries() if entry.kind != "forgotten"
    )
    return [
        id_
        for id_ in sorted(ids)
        if any(canonical(id_)[:-1] + end in bodies for end in (b'"', b":"))
    ]


def _without_words(project: Project) -> bool:
    """Write a record anew if it holds documents' words; whether it did."""
    done: list[Entry] = []
    with texts_of(project.index, project.clearance) as texts:
        bare = _Bare(project, texts)

        def anew(read: Read) -> Sequence[Entry]:
            done.extend(bare.entries(read))
            return done

        project.record.rewrite(anew)
    _swept(project, bare.replaced if done else set())
    return bool(done)


class _Bare:
    """Makes entries without words. replaced: names of what was attached and holds some."""

    def __init__(self, project: Project, texts: Texts) -> None:
        self.project = project
        self.texts = texts
        self.replaced: set[str] = set()

    def entries(self, read: Read) -> Iterator[Entry]:
        """All entries in a new chain and one that says so; none where no entry holds words."""
        of_old = all("clearance" not in e.body for e in read.entries if e.kind == "created")
        bodies = {e.number: storable(self._body(e, of_old)) for e in read.entries}
        if all(bodies[entry.number] == entry.body for entry in read.entries):
            return
        known = {entry.number: entry for entry in read.entries}
        now, user = datetime.now(UTC).isoformat(timespec="microseconds"), user_name(None)
        previous, last = NOTHING, max(known)
        for number in range(1, last + 1):
            blank = Entry(number, now, user, "rewritten", {"lost": True}, NOTHING)
            entry = replace(known.get(number, blank), previous=previous)
            entry = replace(entry, body=bodies.get(number, entry.body))
            previous = entry.hash
            yield entry
        finding = read.finding.to_dict() if read.finding else None
        said = {"head": read.head.hash, "entries": len(known), "finding": finding}
        yield Entry(last + 1, now, self.project.user, "rewritten", said, previous)

    def _body(self, entry: Entry, of_old: bool) -> Mapping[str, Any]:
        try:
            return self._changed(entry.kind, entry.body, of_old)
        except (KeyError, TypeError, AttributeError, ValueError):
            # It cannot be told which of its words are a document's.
            digest = hashlib.sha256(canonical(entry.body)).hexdigest()
            return entry.body if "unread" in entry.body else {"unread": digest}

    def _changed(self, kind: str, body: Mapping[str, Any], of_old: bool) -> Mapping[str, Any]:
        new = dict(body)
        if kind in ("search", "ask"):
            new["understood"] = bare_understood(body["understood"], body["asked"])
            new["hits"] = [
                {**hit, "name": bare_name(hit["name"], hit["id"], self.texts)}
                for hit in body["hits"]
            ]
        if kind == "ask":
            new["answer"] = bare_answer(body["answer"], self.texts)
        elif kind == "chart":
            subject = bare_claim(body["asked"]["subject"], self.texts)
            new["asked"] = {**body["asked"], "subject": subject}
            new["references"] = [
                [id_, bare_name(name, id_, self.texts)] for id_, name in body["references"]
            ]
        elif kind == "mark":
            new["name"] = bare_name(body["name"], body["document_id"], self.texts)
        elif kind == "override":
            new["place"] = bare_place(body["place"], self.texts)
        elif kind == "recovered" and of_old:
            new["cut"] = placed(body["cut"], self.texts)
        if "attached" in body:
            kept = body["attached"].items()
            new["attached"] = {what: self._attached(what, name) for what, name in kept}
        return new

    def _attached(self, what: str, name: str) -> str:
        try:
            value = msgspec.json.decode(attached(self.project.folder, name))
        except BrokenRecord:
            return name
        if what == "chart":
            bare: dict[str, Any] = bare_chart(value, self.texts)
        else:
            documents = [
                {**one, "name": bare_name(one["name"], one["id"], self.texts) or ""}
                for one in value["documents"]
            ]
            bare = {**value, "documents": documents}
        if storable(bare) == value:
            return name
        self.replaced.add(name)
        return attach(self.project.folder, canonical(storable(bare)))


def _swept(project: Project, replaced: Collection[str]) -> None:
    """Remove what no entry refers to any more, and what stopped processes left."""
    used = {name for entry in project.entries() for name in entry.body.get("attached", {}).values()}
    before = time.time() - _SETTLED
    left = (project.folder / ATTACHED).glob("*")
    for path in [*project.folder.glob("*.tmp"), *left]:
        name = path.name.partition(".")[0]
        if path.suffix != ".tmp" and name in used:
            continue
        with contextlib.suppress(FileNotFoundError):
            if name in replaced or path.stat().st_mtime < before:
                path.unlink()
