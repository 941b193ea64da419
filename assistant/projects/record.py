"""The search record in its files: read, verified, appended to, and after damage begun anew.

`record.jsonl` holds the entries, `head.json` number and hash of the last one. A record that was
found broken stays as it was when a repair begins a new one, as `record-1.jsonl`.
"""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from assistant.projects.chain import Chain, Finding, Head, check_chain
from assistant.projects.entries import KINDS, Entry, storable
from assistant.projects.errors import BadEntry, BrokenRecord
from assistant.projects.files import append, locked, replace_file, stated

RECORD_FILE, HEAD_FILE = "record.jsonl", "head.json"


@dataclass(frozen=True)
class Read:
    """A record as read. entries: all that are whole by themselves, of closed parts as well.

    chain: of the part in use. closed: how many parts repairs have closed; damage: what is wrong
    with one of those, None for nothing.
    """

    entries: tuple[Entry, ...]
    chain: Chain
    closed: int
    damage: Finding | None

    @property
    def finding(self) -> Finding | None:
        """What is wrong with the part in use, None where nothing is; else nothing is added."""
        return self.chain.finding

    @property
    def head(self) -> Head:
        """Number and hash of the last entry."""
        return self.chain.head


class Record:
    """The search record of one project. Safe for several threads and processes."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._read: tuple[object, Read] | None = None
        # A chain found whole, with length and SHA-256 of its bytes.
        self._known: tuple[Chain, int, str] | None = None

    def exists(self) -> bool:
        """Whether anything was ever written."""
        return any((self.folder / name).exists() for name in (RECORD_FILE, HEAD_FILE))

    def read(self) -> Read:
        """All of it, checked. Raises ProjectBusy; damage is in the result, not raised."""
        with locked(self.folder):
            return self._checked()

    def create(self, body: Mapping[str, Any], user: str) -> bool:
        """Write the first entry; False, and nothing written, where there is one already."""
        with locked(self.folder), stated(self.folder):
            read = self._checked()
            # A first entry that was begun and never finished is no project yet.
            if self.exists() and (read.entries or read.finding):
                return False
            self._put("created", body, user, len(read.chain.tail))
            return True

    def append(self, kind: str, body: Mapping[str, Any], user: str) -> Entry:
        """Add one entry; nobody else's is lost. Raises BrokenRecord, RecordNotWritten."""
        if kind not in KINDS:
            raise BadEntry(f"no kind of entry {kind!r}; choose from {', '.join(KINDS)}")
        with locked(self.folder):
            read = self._checked()
            if read.finding is not None:
                raise self.broken(read.finding)
            with stated(self.folder):
                if read.chain.lost:
                    tail = read.chain.tail
                    said = {"cut": tail.decode("utf-8", "backslashreplace")}
                    self._put("recovered", said, user, len(tail))
                return self._put(kind, body, user)

    def repair(self, user: str) -> Entry:
        """Set a broken record aside, unchanged, and begin a new part that says so.

        Raises BadEntry where nothing is broken.
        """
        with locked(self.folder), stated(self.folder):
            read = self._checked()
            if read.finding is None:
                raise BadEntry("the record is whole; there is nothing to repair")
            data, head = self._bytes(RECORD_FILE) or b"", self._bytes(HEAD_FILE)
            part = read.closed + 1
            kept = [entry.number for entry in read.chain.entries]
            body = {
                "part": part,
                "finding": read.finding.to_dict(),
                "record_sha256": hashlib.sha256(data).hexdigest(),
                "head": head.decode("utf-8", "backslashreplace") if head is not None else None,
                "chained": kept[: read.chain.whole],
                "not_chained": kept[read.chain.whole :],
            }
            highest = max((entry.number for entry in read.entries), default=0)
            number = max(highest, read.finding.entry or 0) + 1
            first = _entry(number, "repaired", body, user, _digest(data))
            replace_file(self.folder / f"record-{part}.jsonl", data)
            replace_file(self.folder / RECORD_FILE, first.line())
            replace_file(self.folder / HEAD_FILE, Head(number, first.hash).to_bytes())
            return first

    def rewrite(self, anew: Callable[[Read], Sequence[Entry]]) -> None:
        """Put other entries in the place of all, in one step; the closed parts go.

        anew: gives them, numbered from 1 and one more than there are; none to leave all as it is.
        """
        with locked(self.folder), stated(self.folder):
            read = self._checked()
            entries = anew(read)
            if not entries:
                return
            last = entries[-1]
            # At every moment the head fits the old entries or the new ones.
            head = Head(last.number - 1, read.head.hash, last.hash)
            replace_file(self.folder / HEAD_FILE, head.to_bytes())
            replace_file(self.folder / RECORD_FILE, b"".join(entry.line() for entry in entries))
            replace_file(self.folder / HEAD_FILE, Head(last.number, last.hash).to_bytes())
            for part in range(read.closed, 0, -1):
                (self.folder / f"record-{part}.jsonl").unlink()

    def broken(self, finding: Finding) -> BrokenRecord:
        """The error for a finding, with the remedy."""
        return BrokenRecord(
            f"the search record {self.folder / RECORD_FILE} is broken: {finding.message}; it can "
            "be read but nothing is added. Restore it from a backup, or close this part and begin "
            "a new one with `prior-art record repair`",
            finding.entry,
        )

    def _put(self, kind: str, body: Mapping[str, Any], user: str, cut: int = 0) -> Entry:
        """Write an entry to a whole record: the intention, the entry, then that it is done.

        cut: bytes of half an entry at the end, which it takes the place of.
        """
        read = self._checked()
        last = read.head
        entry = _entry(last.entries + 1, kind, body, user, last.hash)
        path, head = self.folder / RECORD_FILE, self.folder / HEAD_FILE
        before = self._bytes(HEAD_FILE)
        replace_file(head, replace(last, next=entry.hash).to_bytes())
        try:
            if cut:
                replace_file(path, path.read_bytes()[:-cut] + entry.line())
            else:
                append(path, entry.line())
        except BaseException:
            with contextlib.suppress(OSError):  # Else the next entry says that one was lost.
                head.unlink() if before is None else replace_file(head, before)
            raise
        with contextlib.suppress(OSError):  # The entry is whole and known by its intention.
            replace_file(head, Head(entry.number, entry.hash).to_bytes(), at_once=False)
        self._remember(
            replace(read, entries=(*read.entries, entry), chain=read.chain.with_last(entry))
        )
        return entry

    def _checked(self) -> Read:
        """The record checked, unless its files are those that were checked last."""
        signature = self._signature()
        if self._read is not None and self._read[0] == signature:
            return self._read[1]
        closed = list(self._closed())
        parts = [check_chain(data, None, anew=part > 0) for part, data in enumerate(closed)]
        chain = self._chain(anew=bool(closed))
        entries = [entry for part in (*parts, chain) for entry in part.entries]
        once = {entry.number: entry for entry in reversed(entries)}
        damage = _damage(closed, [*parts, chain][1:])
        read = Read(tuple(once[n] for n in sorted(once)), chain, len(closed), damage)
        self._read = (signature, read)
        return read

    def _chain(self, anew: bool) -> Chain:
        """The part in use, of which only what is new since the last time is read entry by entry."""
        data, head = self._bytes(RECORD_FILE) or b"", self._bytes(HEAD_FILE)
        known, size, digest = self._known or (None, 0, "")
        if known is None or _digest(data[:size]) != digest:
            known, size = None, 0
        chain = check_chain(data[size:], head, anew, known)
        if chain.finding is None:
            size = len(data) - len(chain.tail)
            whole = Chain(chain.entries, chain.whole, chain.head)
            self._known = (whole, size, _digest(data[:size]))
        return chain

    def _closed(self) -> Iterator[bytes]:
        """The parts that repairs have closed, the oldest first."""
        part = 1
        while (data := self._bytes(f"record-{part}.jsonl")) is not None:
            yield data
            part += 1

    def _remember(self, read: Read) -> None:
        self._read = (self._signature(), read)

    def _signature(self) -> object:
        """Changes when a file of the record does."""
        names = [RECORD_FILE, HEAD_FILE]
        names += sorted(path.name for path in self.folder.glob("record-*.jsonl"))
        return tuple((name, self._stamp(name)) for name in names)

    def _stamp(self, name: str) -> tuple[int, int, int] | None:
        try:
            stat = (self.folder / name).stat()
        except FileNotFoundError:
            return None
        return stat.st_ino, stat.st_size, stat.st_mtime_ns

    def _bytes(self, name: str) -> bytes | None:
        try:
            return (self.folder / name).read_bytes()
        except FileNotFoundError:
            return None


def _damage(closed: Sequence[bytes], later: Sequence[Chain]) -> Finding | None:
    """Whether a closed part is another than the one that the first entry after it names."""
    for part, (data, after) in enumerate(zip(closed, later, strict=True), 1):
        if after.entries and after.entries[0].previous != _digest(data):
            message = f"record-{part}.jsonl, which a repair has closed, is not as it was then"
            return Finding(None, "closed part", message)
    return None


def _entry(number: int, kind: str, body: Mapping[str, Any], user: str, previous: str) -> Entry:
    time = datetime.now(UTC).isoformat(timespec="microseconds")
    return Entry(number, time, user, kind, storable(body), previous)


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
