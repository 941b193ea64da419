"""Closes a broken log as it stands and begins a new part, which says what was found."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from pathlib import Path

from assistant.audit.errors import BadAudit
from assistant.audit.files import HEAD_FILE, LogFile, bytes_of, log_files, log_name
from assistant.audit.head import End, Head, read_head
from assistant.audit.records import Visitor
from assistant.chained.entries import Entry, canonical, read_line, storable
from assistant.chained.files import replace_file
from assistant.chained.finding import Finding


def repair(folder: Path, finding: Finding | None, visitor: Visitor, key_check: str) -> int:
    """Write the first entry of a new part; its number. The log is locked; nothing is changed.

    Every file that is there is named with its SHA-256, so that it stays what it was found to be.
    Raises BadAudit where nothing is broken, OSError.
    """
    if finding is None:
        raise BadAudit("the audit log is whole; there is nothing to repair")
    digests, highest = {}, 0
    for file in log_files(folder):
        digests[file.name], last = _looked(file)
        highest = max(highest, last)
    head = read_head(bytes_of(folder / HEAD_FILE) or b"")
    known = max(head.end.entries, head.next.entries if head.next else 0) if head else 0
    number = max(highest, known, finding.entry or 0) + 1
    body = {
        "key": key_check,
        "finding": finding.to_dict(),
        "files": digests,
        "role": visitor.role,
        "how": visitor.how,
    }
    time = datetime.now(UTC).isoformat(timespec="microseconds")
    previous = hashlib.sha256(canonical(digests)).hexdigest()
    first = Entry(number, time, storable(visitor.name), "repaired", storable(body), previous)
    line = first.line()
    replace_file(folder / log_name(number), line)
    head = Head(End(number, first.hash, log_name(number), len(line)))
    replace_file(folder / HEAD_FILE, head.to_bytes())
    return number


def _looked(file: LogFile) -> tuple[str, int]:
    """SHA-256 of a file of entries, and the highest number of one in it."""
    digest, highest = hashlib.sha256(), file.first
    for line in file.lines():
        digest.update(line)
        entry = read_line(line.rstrip(b"\n"))
        highest = max(highest, entry.number if entry else 0)
    return digest.hexdigest(), highest
