"""Is a project's record as it was written? Reads everything, changes nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from assistant.projects.chain import Finding
from assistant.projects.entries import Entry
from assistant.projects.errors import BadEntry, BrokenRecord
from assistant.projects.files import attached
from assistant.projects.record import Read, Record

_HASH = re.compile(r"[0-9a-f]{16,64}")


@dataclass(frozen=True)
class Verified:
    """What a check of a record found.

    Attributes:
        entries: how many there are. last: number of the last one, None for none.
        head: hash of the last entry: kept elsewhere it shows later that nothing was rewritten.
        finding: the first thing that is wrong, None where nothing is.
        notices: what is in order but should be known: repairs, stopped writers.
    """

    entries: int
    last: int | None
    head: str
    finding: Finding | None
    notices: tuple[str, ...]

    @property
    def ok(self) -> bool:
        """Whether the record is as it was written."""
        return self.finding is None

    def to_dict(self) -> dict[str, Any]:
        """The JSON of `prior-art record verify`."""
        return {
            "ok": self.ok,
            "entries": self.entries,
            "last": self.last,
            "head": self.head,
            "finding": self.finding.to_dict() if self.finding else None,
            "notices": list(self.notices),
        }


def verify(record: Record, expected_head: str | None = None) -> Verified:
    """Check every byte of a record and of what it refers to. Raises ProjectBusy, BadEntry.

    expected_head: the hash of an earlier check, 16 digits of it at least; it must be that of an
    entry that is still there.
    """
    read = record.read()
    notices = [*_notices(read.entries), *read.chain.notices]
    finding = read.finding or read.damage or _half(read) or _attached(record, read.entries)
    if finding is None and expected_head is not None:
        finding, notice = _kept(read, expected_head)
        notices += notice
    last = read.entries[-1].number if read.entries else None
    return Verified(len(read.entries), last, read.head.hash, finding, tuple(notices))


def _half(read: Read) -> Finding | None:
    """Half an entry at the end is not as anybody wrote it, though its cause is known."""
    if not read.chain.tail:
        return None
    return Finding(read.head.entries + 1, "half written", read.chain.notices[-1])


def _attached(record: Record, entries: tuple[Entry, ...]) -> Finding | None:
    checked: set[str] = set()
    for entry in entries:
        names = set(entry.body.get("attached", {}).values()) - checked
        for name in names:
            try:
                attached(record.folder, name)
            except BrokenRecord as error:
                message = f"{error}; restore it from a backup"
                return Finding(entry.number, "attached", message)
        checked |= names
    return None


def _notices(entries: tuple[Entry, ...]) -> Iterator[str]:
    for entry in entries:
        by = f"entry {entry.number} by {entry.user} at {entry.time}"
        if entry.kind == "recovered":
            size = len(str(entry.body.get("cut", "")))
            yield (
                f"{by}: an entry before it had been begun and was lost; "
                f"{size} characters of it were cut off and are kept in this one"
            )
        elif entry.kind == "rewritten" and "head" in entry.body:
            yield _rewritten(entry)
        elif entry.kind == "repaired":
            found = entry.body.get("finding", {})
            loose = ", ".join(map(str, entry.body.get("not_chained", ()))) or "none"
            yield (
                f"{by}: the record was broken ({found.get('message')}) and begun anew; "
                f"entries taken over without a chain that vouches for them: {loose}"
            )


def _rewritten(entry: Entry) -> str:
    return (
        f"entry {entry.number} by {entry.user} at {entry.time}: the record was written anew "
        f"without words of documents; its head before was {entry.body.get('head')}"
    )


def _kept(read: Read, expected: str) -> tuple[Finding | None, list[str]]:
    """Look for the entry whose hash was kept."""
    wanted = expected.strip().lower()
    if not _HASH.fullmatch(wanted):
        raise BadEntry(f"{expected!r} is no hash; give the 64 digits that a check printed")
    for entry in read.entries:
        if entry.hash.startswith(wanted):
            later = read.entries[-1].number - entry.number
            return None, [f"the hash kept is that of entry {entry.number}; {later} followed"]
    for entry in read.entries:
        if entry.kind == "rewritten" and str(entry.body.get("head", "")).startswith(wanted):
            message = (
                f"{_rewritten(entry)}, the hash that was kept; what the entries before it held "
                "cannot be checked by it any more. Keep the head of now"
            )
            return Finding(None, "written anew", message), []
    message = "no entry has the hash that was kept: the record was cut or rewritten since"
    return Finding(None, "another head", message), []
