"""Which project is for whom: its clearance, and the library as that clearance lets it be seen."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.projects.entries import Entry, read_line
from assistant.projects.errors import BadClearance
from assistant.projects.record import RECORD_FILE
from index.clearance import EVERYTHING, Clearance
from index.library import Library
from index.records import SearchOptions

if TYPE_CHECKING:
    from assistant.projects.recorded import Searcher

# Part 1 of a record that was repaired has its beginning.
_FIRST_PARTS = ("record-1.jsonl", RECORD_FILE)
_LONGEST_LINE = 1 << 20


def first_entry(folder: Path) -> Entry | None:
    """The entry "created" of the project in a folder, by itself; None where it cannot be read.

    Reads one line, so that looking past a project takes as long however much it holds.
    """
    for name in _FIRST_PARTS:
        with contextlib.suppress(OSError), (folder / name).open("rb") as file:
            entry = read_line(file.readline(_LONGEST_LINE).rstrip(b"\n"))
            return entry if entry and entry.kind == "created" else None
    return None


def clearance_of(folder: Path) -> Clearance:
    """The clearance that the project in a folder was created with.

    EVERYTHING, so that nobody with less sees it, where the record is of a release that knew no
    clearances, and where its beginning is not as it was written.
    """
    entry = first_entry(folder)
    labels: Any = entry.body.get("clearance") if entry else None
    if not isinstance(labels, list) or not all(isinstance(one, str) for one in labels):
        return EVERYTHING
    return Clearance.from_list(labels)


@contextlib.contextmanager
def within(
    searcher: Searcher,
    clearance: Clearance,
    seen_by: Callable[[Clearance], Searcher] | None = None,
) -> Iterator[Searcher]:
    """The searcher as it is under exactly this clearance; closed after, where it was made here.

    seen_by: hands out shared ones, such as a server's; None to make one. Raises BadClearance
    where the searcher itself does not see so much.
    """
    if searcher.library.clearance == clearance:
        yield searcher
        return
    check_covered(searcher.library.clearance, clearance)
    if seen_by is not None:
        yield seen_by(clearance)
        return
    made = searcher.seen_by(clearance)
    try:
        yield made
    finally:
        made.close()


def known_to(ids: Sequence[str], asking: Searcher, seen: Searcher) -> tuple[str, ...]:
    """Ids and numbers without those of documents that only whoever asks may see.

    seen: his searcher under a project's clearance. What nobody knows stays as it was typed.
    """
    if seen.library is asking.library:
        return tuple(ids)
    theirs, ours = unlogged(asking.library), unlogged(seen.library)
    return tuple(one for one in ids if ours.facts_of([one]) or not theirs.facts_of([one]))


def options_known_to(options: SearchOptions, asking: Searcher, seen: Searcher) -> SearchOptions:
    """The options of a search without documents that only whoever asks may see."""
    if seen.library is asking.library:
        return options
    marks = (options.relevant, options.not_relevant, options.exclude)
    relevant, others, exclude = (known_to(ids, asking, seen) for ids in marks)
    among = None if options.among is None else known_to(options.among, asking, seen)
    return replace(options, relevant=relevant, not_relevant=others, exclude=exclude, among=among)


def unlogged(library: Library) -> Library:
    """The library behind one that writes down what it hands out, for what nobody sees."""
    plain: Library = getattr(library, "plain", library)
    return plain


def check_covered(clearance: Clearance, wanted: Clearance) -> None:
    """Raise BadClearance where somebody of a clearance may not have what another lets see."""
    if not clearance.covers(wanted):
        raise BadClearance("a project cannot be used by those who may not see all of its labels")
