"""Is an audit log as it was written? Reads every byte once, changes nothing, keeps little."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.audit.errors import AuditBroken, BadAudit
from assistant.audit.files import HEAD_FILE, KEY_FILE, LogFile, bytes_of, locked, log_files
from assistant.audit.found import Found, find_end
from assistant.audit.head import Head, read_head
from assistant.audit.key import key_check, read_key
from assistant.audit.walk import Walk
from assistant.chained.finding import Finding

_HASH = re.compile(r"[0-9a-f]{16,64}")


@dataclass(frozen=True)
class Verified:
    """What a check of a log found.

    Attributes:
        entries: number of the last one, 0 for none.
        head: hash of the last entry: kept elsewhere it shows later that nothing was rewritten.
        finding: the first thing that is wrong, None where nothing is.
        notices: what is in order but should be known: files moved away, stopped writers, repairs.
        files: names of the files that were read.
    """

    entries: int
    head: str
    finding: Finding | None
    notices: tuple[str, ...]
    files: tuple[str, ...]

    @property
    def ok(self) -> bool:
        """Whether the log is as it was written."""
        return self.finding is None

    def to_dict(self) -> dict[str, Any]:
        """The JSON of `prior-art audit verify`."""
        return {
            "ok": self.ok,
            "entries": self.entries,
            "head": self.head,
            "finding": self.finding.to_dict() if self.finding else None,
            "notices": list(self.notices),
            "files": list(self.files),
        }


def verify(folder: Path, expected: str | None = None, elsewhere: Sequence[Path] = ()) -> Verified:
    """Check a log; see AuditLog.verify. It may be written to meanwhile."""
    wanted = _expected(expected)
    with locked(folder):
        head_data = bytes_of(folder / HEAD_FILE)
        found = _found(folder)
        files = log_files(folder, elsewhere)
        sizes = {file.path: file.path.stat().st_size for file in files}
    if found is not None:
        files = [file for file in files if file.path.name != found.stray]
        sizes[folder / found.end.file] = found.end.size
    walk = Walk(folder, files, wanted)
    for file in walk.chained():
        _read(walk, file, None if file.packed else sizes[file.path])
    head = read_head(head_data) if head_data is not None else None
    finding = walk.outcome() or _ending(walk, head_data, head, found) or _key(walk)
    if finding is None and wanted is not None and not walk.seen_expected:
        message = "no entry has the hash that was kept: the log was cut or rewritten since"
        finding = Finding(None, "another head", message)
    notices = walk.notices + (_left(found) if finding is None else [])
    names = tuple(file.path.name for file in files)
    return Verified(walk.number, walk.hash, finding, tuple(notices), names)


def _expected(text: str | None) -> str | None:
    if text is None:
        return None
    wanted = text.strip().lower()
    if not _HASH.fullmatch(wanted):
        raise BadAudit(f"{text!r} is no hash; give the 64 digits that a check printed")
    return wanted


def _found(folder: Path) -> Found | None:
    try:
        return find_end(folder)
    except AuditBroken:
        return None


def _read(walk: Walk, file: LogFile, size: int | None) -> None:
    walk.begin(file)
    try:
        for line in file.lines(size):
            walk.take(line)
    except OSError as error:
        walk.fail("unreadable", f"{file.path.name} cannot be read: {error}")


def _ending(
    walk: Walk, data: bytes | None, head: Head | None, found: Found | None
) -> Finding | None:
    """The last entry read held against the head."""
    if found is not None:
        right = (found.end.entries, found.end.hash) == (walk.number, walk.hash)
        message = "the last entry is not the one that the head of the log knows"
        return None if right else Finding(walk.number, "rewritten", message)
    if head is None:
        what = "missing" if data is None else "not as it was written"
        message = f"the file with the head of the log is {what}; the log may have been cut"
        return Finding(walk.number, "head", message)
    if head.end.entries > walk.number or walk.half:
        message = f"entries from {walk.number + 1} on are missing at the end"
        return Finding(walk.number + 1, "truncated", message)
    known = head.next or head.end
    if known.entries < walk.number:
        number = known.entries + 1
        return Finding(number, "inserted", f"the head of the log knows no entry {number}")
    message = "the last file is not as long as the head of the log says, or another one"
    return Finding(walk.number, "rewritten", message)


def _key(walk: Walk) -> Finding | None:
    """The key held against what the newest file says of it."""
    if walk.key_check is None:
        return None
    key = read_key(walk.folder)
    if not (walk.folder / KEY_FILE).exists():
        walk.notices.append(
            "the key is not there: no hash of a question can be compared with a text any more"
        )
    elif key is None or key_check(key) != walk.key_check:
        message = "the key is another than the one that hashed the questions"
        return Finding(walk.key_entry, "key", message)
    return None


def _left(found: Found | None) -> list[str]:
    if found is None or not found.lost:
        return []
    part = f"only {found.cut:,} bytes" if found.cut else "nothing"
    return [
        f"entry {found.end.entries + 1} was begun by a process that was stopped or could not "
        f"write; {part} of it reached the log, and the next entry will say so"
    ]
