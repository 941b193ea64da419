"""Adds entries to the files of a log, all of a batch or, where that fails, none that is told.

The head says first what is coming, then the entries are written and kept by the disk, then the
head says that they are there.
"""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from assistant.audit.files import HEAD_FILE, bytes_of, log_name
from assistant.audit.found import Found, find_end
from assistant.audit.head import End, Head, write_head
from assistant.audit.records import Rotation
from assistant.chained.entries import Entry, read_line, storable
from assistant.chained.files import append

# Who writes what nobody asked for.
THE_LOG = "prior-art"


@dataclass(frozen=True)
class Draft:
    """An entry without its place in the chain."""

    name: str
    action: str
    body: Mapping[str, Any]


class Writer:
    """Writes to the log in a folder, which its caller has locked."""

    def __init__(self, folder: Path, rotation: Rotation) -> None:
        self.folder = folder
        self.rotation = rotation
        self._written: tuple[bytes | None, End] | None = None
        self._opened: tuple[str, Entry | None] | None = None

    def add(self, drafts: Sequence[Draft], key_check: str, *, anew: bool = False) -> list[int]:
        """Numbers of the entries. Raises AuditBroken, OSError.

        key_check: what the first entry of a new file says of the key. anew: begin a new file.
        """
        found = self._found()
        added = list(drafts)
        if found.lost:
            added.insert(0, Draft(THE_LOG, "recovered", {"cut": found.cut}))
            self._clear(found)
        time = datetime.now(UTC).isoformat(timespec="microseconds")
        if anew or self._due(found.end, time, key_check):
            added.insert(0, Draft(THE_LOG, "opened", self._opening(found.end, key_check)))
            file = log_name(found.end.entries + 1)
        else:
            file = found.end.file
        entries = _chained(added, found.end, time)
        self._put(found.end, file, entries)
        return [entry.number for entry in entries[len(added) - len(drafts) :]]

    def _found(self) -> Found:
        """The end, of which the last line is read only where somebody else wrote since."""
        head = bytes_of(self.folder / HEAD_FILE)
        if self._written is not None and self._written[0] == head:
            end = self._written[1]
            path = self.folder / end.file
            if path.exists() and path.stat().st_size == end.size:
                return Found(end)
        return find_end(self.folder)

    def _clear(self, found: Found) -> None:
        """Take half an entry away; the entry that follows says so."""
        if found.stray:
            (self.folder / found.stray).unlink(missing_ok=True)
        elif found.cut:
            with (self.folder / found.end.file).open("r+b") as file:
                file.truncate(found.end.size)

    def _due(self, end: End, time: str, key_check: str) -> bool:
        """Whether a new file begins: of size, of the date, or because the key is another."""
        if not end.file or end.size >= self.rotation.bytes:
            return True
        if self._opened is None or self._opened[0] != end.file:
            self._opened = (end.file, _first(self.folder / end.file))
        first = self._opened[1]
        if first is None:  # Verify says what is wrong with it.
            return False
        same_period = self.rotation.begun(first.time) == self.rotation.begun(time)
        return not same_period or first.body.get("key") != key_check

    def _opening(self, end: End, key_check: str) -> dict[str, Any]:
        """What the first entry of a file says: the key in use, and the file before it."""
        if not end.file:
            return {"key": key_check, "follows": None}
        with (self.folder / end.file).open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        follows = {"file": end.file, "last": end.entries, "hash": end.hash, "sha256": digest}
        return {"key": key_check, "follows": follows}

    def _put(self, before: End, file: str, entries: Sequence[Entry]) -> None:
        data = b"".join(entry.line() for entry in entries)
        size = (before.size if file == before.file else 0) + len(data)
        after = End(entries[-1].number, entries[-1].hash, file, size)
        head = self.folder / HEAD_FILE
        write_head(head, Head(before, after), at_once=True)
        try:
            append(self.folder / file, data)
        except BaseException:
            self._written = None
            with contextlib.suppress(OSError):  # Else the next entry says that some were lost.
                if file != before.file:
                    (self.folder / file).unlink(missing_ok=True)
                write_head(head, Head(before), at_once=False)
            raise
        done = Head(after)
        with contextlib.suppress(OSError):  # They are whole and known by what the head said first.
            write_head(head, done, at_once=False)
        self._written = (done.to_bytes(), after)


def _chained(drafts: Sequence[Draft], end: End, time: str) -> list[Entry]:
    entries: list[Entry] = []
    previous = end.hash
    for number, draft in enumerate(drafts, end.entries + 1):
        name, body = storable(draft.name), storable(draft.body)
        entry = Entry(number, time, name, draft.action, body, previous)
        entries.append(entry)
        previous = entry.hash
    return entries


def _first(path: Path) -> Entry | None:
    with path.open("rb") as file:
        return read_line(file.readline().rstrip(b"\n"))
