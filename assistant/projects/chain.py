"""Is a record whole? Compares its bytes with its hashes and its head. Knows no files."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass

from assistant.chained.finding import Finding
from assistant.projects.entries import NOTHING, Entry, canonical, read_line
from ingest.facts import plain

__all__ = ["Chain", "Finding", "Head", "check_chain"]

_HASH = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True)
class Head:
    """What stands beside a record: number and hash of its last entry.

    next: hash of an entry that is being written, None where none is. It is set before the entry
    is written, so that a stopped process can be told from a cut record.
    """

    entries: int = 0
    hash: str = NOTHING
    next: str | None = None

    def to_bytes(self) -> bytes:
        """The head as its file has it."""
        return canonical(plain(self)) + b"\n"


@dataclass(frozen=True)
class Chain:
    """A record as read.

    Attributes:
        entries: whole by themselves, in the order of the file. Without a finding: all of them.
        whole: how many of them, from the first, are chained without a break.
        finding: None for a whole record. notices: what is in order but should be known.
        lost: the entry that was being written is not there, or only half of it.
        tail: bytes after the last line break.
    """

    entries: tuple[Entry, ...]
    whole: int
    head: Head
    finding: Finding | None = None
    notices: tuple[str, ...] = ()
    lost: bool = False
    tail: bytes = b""

    def with_last(self, entry: Entry) -> Chain:
        """A whole chain with one more entry, and nothing after it."""
        entries, head = (*self.entries, entry), Head(entry.number, entry.hash)
        return Chain(entries, self.whole + 1, head)


def check_chain(
    data: bytes, head_data: bytes | None, anew: bool = False, known: Chain | None = None
) -> Chain:
    """Check a record's bytes. head_data: bytes of its head file, None where there is none.

    anew: whether it goes on after a repair; its first entry then has any number and names the
    record before it. known: the whole chain of what stands before `data`, already checked.
    """
    *lines, tail = data.split(b"\n")
    read = [read_line(line) for line in lines]
    begin = read[0] if anew and read else None
    first, before = (begin.number, begin.previous) if begin else (1, NOTHING)
    if known is not None:
        first, before = known.head.entries + 1, known.head.hash
    earlier = known.entries if known else ()
    entries = (*earlier, *(entry for entry in read if entry is not None))
    whole, finding = _linked(read, first, before)
    head = _head(head_data)
    if finding is not None:
        return Chain(entries, len(earlier) + whole, head or Head(), finding, tail=tail)
    last = Head(first + len(read) - 1, entries[-1].hash if entries else before)
    chain = Chain(entries, len(entries), last, tail=tail)
    return _with_head(chain, head, head_data is None)


def _linked(read: list[Entry | None], first: int, before: str) -> tuple[int, Finding | None]:
    """How many entries follow each other from the first, and what is wrong with the next."""
    previous = before
    for place, entry in enumerate(read):
        number = first + place
        if entry is None:
            return place, Finding(number, "edited", f"entry {number} is not as it was written")
        if entry.number > number:
            gone = _numbers(number, entry.number - 1)
            return place, Finding(number, "removed", f"{gone} missing before entry {entry.number}")
        if entry.number < number:
            message = f"entry {entry.number} stands where entry {number} belongs"
            return place, Finding(number, "inserted", f"{message}: one was inserted or moved")
        if entry.previous != previous:
            guilty = max(number - 1, first)
            message = f"entry {number} does not follow what stands before it"
            found = Finding(guilty, "rewritten", f"{message}: entry {guilty} was rewritten")
            return max(place - 1, 0), found
        previous = entry.hash
    return len(read), None


def _with_head(chain: Chain, head: Head | None, missing: bool) -> Chain:
    """The chain held against its head file."""
    last, tail = chain.head, chain.tail
    found: Finding | None = None
    if head is None:
        what = "missing" if missing else "not as it was written"
        message = f"the file with the head of the record is {what}; it may have been cut"
        found = Finding(last.entries, "head", message)
    elif head.next == last.hash and head.entries == last.entries - 1 and not tail:
        notice = f"entry {last.entries} was written by a process that was stopped right after"
        return Chain(chain.entries, chain.whole, last, notices=(notice,))
    elif head.entries > last.entries:
        gone = _numbers(last.entries + 1, head.entries)
        found = Finding(last.entries + 1, "truncated", f"{gone} missing at the end")
    elif head.entries < last.entries:
        number = head.entries + 1
        found = Finding(number, "inserted", f"the head of the record knows no entry {number}")
    elif head.hash != last.hash:
        message = f"entry {last.entries} is not the one that the head of the record knows"
        found = Finding(last.entries, "rewritten", message)
    elif tail and head.next is None:
        number = last.entries + 1
        found = Finding(number, "truncated", f"entry {number} has lost its end")
    if found or head is None or head.next is None:
        return Chain(chain.entries, chain.whole, last, found, tail=tail)
    part = f"only {len(tail):,} bytes" if tail else "nothing"
    notice = (
        f"entry {last.entries + 1} was begun by a process that was stopped or could not write; "
        f"{part} of it reached the record, and the next entry will say so"
    )
    return Chain(chain.entries, chain.whole, last, None, (notice,), True, tail)


def _head(data: bytes | None) -> Head | None:
    """The head of a file; None where it is not as we write it."""
    try:
        value = json.loads(data or b"")
        head = Head(value["entries"], value["hash"], value["next"])
        hashes = [head.hash, head.next or NOTHING]
        right = isinstance(head.entries, int) and all(_HASH.fullmatch(h) for h in hashes)
        return head if right and head.to_bytes() == data else None
    except (ValueError, KeyError, TypeError):
        return None


def _numbers(first: int, last: int) -> str:
    """Entries in words.

    >>> _numbers(3, 3), _numbers(3, 5)
    ('entry 3 is', 'entries 3 to 5 are')
    """
    return f"entry {first} is" if first == last else f"entries {first} to {last} are"
