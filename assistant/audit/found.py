"""Where a log ends: its last file held against its head, and what a stopped writer left."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from assistant.audit.errors import AuditBroken
from assistant.audit.files import HEAD_FILE, LONGEST_LINE, bytes_of, log_files
from assistant.audit.head import End, read_head
from assistant.chained.entries import read_line


@dataclass(frozen=True)
class Found:
    """The end of a log as it stands.

    Attributes:
        end: after the last whole entry.
        lost: whether a writer was stopped before all it had begun was there.
        cut: bytes of half an entry after the end. stray: file that holds no whole entry, or None.
    """

    end: End
    lost: bool = False
    cut: int = 0
    stray: str | None = None


def find_end(folder: Path) -> Found:
    """The end of the log in a folder, which is locked. Raises AuditBroken.

    Reads what the last writer wrote and no more: whether the rest is whole, verify says.
    """
    data = bytes_of(folder / HEAD_FILE)
    files = log_files(folder)
    if data is None:
        if files:
            raise _broken(folder, "its head is missing")
        return Found(End())
    head = read_head(data)
    if head is None:
        raise _broken(folder, "its head is not as it was written")
    newest = files[-1].path.name if files else ""
    if head.next is None or newest not in ("", head.end.file, head.next.file):
        if newest != head.end.file:
            raise _broken(folder, f"its last file is {newest or 'missing'}, not {head.end.file}")
        _check_end(folder, head.end)
        return Found(head.end)
    return _begun(folder, head.end, head.next)


def _check_end(folder: Path, end: End) -> None:
    """Raises AuditBroken where the file does not end with the entry that the head names."""
    size = _size(folder, end.file)
    if size != end.size:
        raise _broken(folder, f"{end.file} has {size:,} bytes and not {end.size:,}")
    if not end.file:
        return
    tail = _bytes(folder / end.file, max(0, size - LONGEST_LINE))
    *_, line, rest = (b"\n" + tail).split(b"\n")
    entry = read_line(line)
    if rest or entry is None or (entry.number, entry.hash) != (end.entries, end.hash):
        raise _broken(folder, f"the last entry of {end.file} is not number {end.entries}")


def _begun(folder: Path, before: End, after: End) -> Found:
    """The end where entries were being written."""
    anew = after.file != before.file
    if anew:
        _check_end(folder, before)
    start = 0 if anew else before.size
    size = _size(folder, after.file)
    if not start <= size <= after.size:
        raise _broken(folder, f"{after.file} has {size:,} bytes, not {start:,} to {after.size:,}")
    *lines, tail = _bytes(folder / after.file, start).split(b"\n") if size > start else [b""]
    number, previous = before.entries, before.hash
    for line in lines:
        entry = read_line(line)
        if entry is None or entry.number != number + 1 or entry.previous != previous:
            raise _broken(folder, f"entry {number + 1} does not follow what stands before it")
        number, previous = entry.number, entry.hash
    if number == after.entries and not tail:
        if previous != after.hash:
            raise _broken(folder, f"entry {number} is not the one that was being written")
        return Found(after)
    if anew and not lines:
        stray = after.file if (folder / after.file).exists() else None
        return Found(before, True, len(tail), stray)
    return Found(End(number, previous, after.file, size - len(tail)), True, len(tail))


def _size(folder: Path, name: str) -> int:
    try:
        return (folder / name).stat().st_size if name else 0
    except FileNotFoundError:
        return 0


def _bytes(path: Path, start: int) -> bytes:
    with path.open("rb") as file:
        file.seek(start, os.SEEK_SET)
        return file.read()


def _broken(folder: Path, what: str) -> AuditBroken:
    return AuditBroken(
        f"the audit log {folder} is broken at its end: {what}. Nothing is shown that cannot be "
        "recorded: look with `prior-art audit verify`, then restore the folder from a backup or "
        "begin a new part with `prior-art audit repair`"
    )
