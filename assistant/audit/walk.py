"""Goes through the entries of a log in order and keeps the first thing that is wrong."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from assistant.audit.errors import AuditBroken
from assistant.audit.files import LogFile
from assistant.audit.lists import read_list
from assistant.chained.entries import NOTHING, Entry, canonical, read_line
from assistant.chained.finding import Finding


class Walk:
    """The state of a check. expected: a hash, or its beginning, that some entry must have."""

    def __init__(self, folder: Path, files: Sequence[LogFile], expected: str | None) -> None:
        self.folder = folder
        self.files = files
        self.number, self.hash = 0, NOTHING
        self.notices: list[str] = []
        self.half = False
        self.seen_expected = False
        self.key_check: str | None = None
        self.key_entry = 0
        self._expected = expected
        self._finding: Finding | None = None
        self._gap: tuple[int, int] | None = None  # first and last number of entries not here
        self._gaps: list[tuple[int, int]] = []
        self._moved: dict[str, str] = {}  # name of a compressed file -> its SHA-256
        self._lists: set[str] = set()
        self._start = False

    def chained(self) -> Iterator[LogFile]:
        """The files that the chain runs through: from the last repair on."""
        first = 0
        for at, file in enumerate(self.files):
            entry = _first(file)
            if entry is not None and entry.kind == "repaired":
                first = at
                self._closed(entry, self.files[:at])
        yield from self.files[first:]

    def begin(self, file: LogFile) -> None:
        """A file is begun."""
        if self.half:
            self._wrong(self.number + 1, "edited", f"entry {self.number + 1} has lost its end")
        self._start = True
        if file.first > self.number + 1:
            self._gap = (self.number + 1, file.first - 1)
        elif file.first <= self.number:
            message = f"{file.path.name} begins with entry {file.first}, which is already there"
            self._wrong(file.first, "inserted", message)

    def take(self, line: bytes) -> None:
        """The next line, with its line break unless it has lost it."""
        whole = line.endswith(b"\n")
        entry = read_line(line[:-1]) if whole else None
        if entry is not None and entry.kind == "archived":
            self._archived(entry)
        if self._finding is not None:
            return
        if not whole:
            self.half = True
            return
        number = self.number + 1
        if self._start and entry is not None and self._gap is not None:
            number = self._after_gap(entry)
        start, self._start = self._start, False
        self._link(entry, number, start)

    def fail(self, what: str, message: str) -> None:
        """Something about the next entry that no line says."""
        self._wrong(self.number + 1, what, message)

    def outcome(self) -> Finding | None:
        """The first thing that is wrong, by number."""
        for first, last in self._gaps:
            names = self._between(first, last)
            if names:
                self.notices.append(
                    f"entries {first} to {last} are not here: they were moved away in "
                    f"{', '.join(names)}; name its folder to check them too"
                )
            elif self._finding is None or (self._finding.entry or first) >= first:
                gone = f"entry {first} is" if first == last else f"entries {first} to {last} are"
                message = f"{gone} missing, and no entry says why"
                return Finding(first, "missing", message)
        return self._finding or self._packed()

    def _link(self, entry: Entry | None, number: int, start: bool) -> None:
        anew = start and entry is not None and entry.kind == "repaired"
        if entry is None:
            self._wrong(number, "edited", f"entry {number} is not as it was written")
        elif entry.number != number and not anew:
            self._misplaced(entry, number)
        elif entry.previous != self.hash and not anew and self._gap is None:
            message = f"entry {number} does not follow what stands before it"
            self._wrong(max(number - 1, 1), "rewritten", message)
        elif problem := self._bad_list(entry):
            self._wrong(number, "list", problem)
        else:
            self._gap = None
            self.number, self.hash = entry.number, entry.hash
            if self._expected and entry.hash.startswith(self._expected):
                self.seen_expected = True
            self._note(entry)

    def _misplaced(self, entry: Entry, number: int) -> None:
        if entry.number > number:
            message = f"entries from {number} on are missing before entry {entry.number}"
            self._wrong(number, "removed", message)
        else:
            message = f"entry {entry.number} stands where entry {number} belongs"
            self._wrong(number, "inserted", f"{message}: one was inserted or moved")

    def _after_gap(self, entry: Entry) -> int:
        """The number that the first entry after missing files must have."""
        assert self._gap is not None
        follows = entry.body.get("follows") or {}
        right = entry.kind == "opened" and follows.get("hash") == entry.previous
        if not right or follows.get("last") != self._gap[1]:
            self._gap = None
            return self.number + 1
        self._gaps.append(self._gap)
        return entry.number

    def _note(self, entry: Entry) -> None:
        by = f"entry {entry.number} at {entry.time}"
        if entry.kind in ("opened", "repaired"):
            check = str(entry.body.get("key"))
            if self.key_check not in (None, check):
                self.notices.append(f"{by}: questions are hashed with another key from here on")
            self.key_check, self.key_entry = check, entry.number
        elif entry.kind == "recovered":
            cut = entry.body.get("cut")
            self.notices.append(f"{by}: what was begun before it was lost; {cut} bytes were cut")

    def _closed(self, entry: Entry, files: Sequence[LogFile]) -> None:
        """What stands before a repair must be as it was then, whatever state that was."""
        digests: dict[str, Any] = entry.body.get("files", {})
        if entry.previous != hashlib.sha256(canonical(digests)).hexdigest():
            self._wrong(entry.number, "edited", "the repair does not follow what it closed")
        here = {file.name: file for file in files}
        for name, digest in digests.items():
            file = here.get(name)
            if file is None:
                self.notices.append(f"{name}, which a repair has closed, is not here")
            elif _digest(file) != digest:
                message = f"{name}, which a repair has closed, is not as it was then"
                self._wrong(file.first, "closed part", message)
        found = (entry.body.get("finding") or {}).get("message")
        self.notices.append(f"entry {entry.number}: the log was broken ({found}) and begun anew")
        self.number, self.hash = entry.number - 1, NOTHING

    def _archived(self, entry: Entry) -> None:
        for what in ("compressed", "moved"):
            self._moved.update(entry.body.get(what, {}))

    def _between(self, first: int, last: int) -> list[str]:
        """Names of files moved away that begin in a gap; [] unless they reach back to its start."""
        begins = sorted((int(name[4:16]), name) for name in self._moved)
        inside = [name for begin, name in begins if first <= begin <= last]
        return inside if inside and int(inside[0][4:16]) == first else []

    def _packed(self) -> Finding | None:
        """Compressed files must be those that the log knows."""
        for file in self.files:
            if file.packed and file.path.name in self._moved:
                with file.path.open("rb") as opened:
                    digest = hashlib.file_digest(opened, "sha256").hexdigest()
                if digest != self._moved[file.path.name]:
                    message = f"{file.path.name} is not the file that was compressed"
                    return Finding(file.first, "compressed", message)
            if file.packed:
                self.notices.append(f"entries from {file.first} on are in {file.path.name}")
        return None

    def _bad_list(self, entry: Entry) -> str | None:
        for name in set(entry.body.get("listed", {}).values()) - self._lists:
            try:
                read_list(self.folder, name)
            except AuditBroken as error:
                return f"{error}; restore it from a backup"
            self._lists.add(name)
        return None

    def _wrong(self, number: int, what: str, message: str) -> None:
        if self._finding is None:
            self._finding = Finding(number, what, message)


def _first(file: LogFile) -> Entry | None:
    try:
        line = next(file.lines(), b"")
    except OSError:
        return None
    return read_line(line.rstrip(b"\n"))


def _digest(file: LogFile) -> str:
    """SHA-256 of a file of entries, as it was before it was compressed."""
    digest = hashlib.sha256()
    for line in file.lines():
        digest.update(line)
    return digest.hexdigest()
