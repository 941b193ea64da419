"""Read from the lexical index exactly the passages that the catalogue holds.

A commit writes the words before the catalogue and takes old ones out after it, so that a kill in
between leaves words of passages that do not exist (or not yet). They would never be found, but
they would count in the frequencies that rank others. A reader leaves them out in a folder of its
own, since it writes nothing to the index; the next writer tidies up for all.
"""

from __future__ import annotations

import contextlib
import json
import tempfile
from collections.abc import Mapping
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np
import tantivy

from index.catalog import Catalog, Ids
from index.compartments import compartment_of, has_deleted, join_words, symbolic, word_folders
from index.errors import BrokenLibrary, CannotWrite
from index.words_entries import words_entries
from index.words_schema import WORDS_FOLDER, keys_of, open_words, words_schema
from index.words_writer import fill_words

# Passages that a reader writes anew at most; where there are more, the frequencies are those of
# the stopped run until the next writer.
_MOST = 2000
_BATCH = 500


def stored_keys(folder: Path) -> dict[str, Ids]:
    """Keys of the passages in the words of a library, by compartment, whatever the catalogue holds.

    Raises BrokenLibrary and OSError.
    """
    schema = words_schema()
    return {
        name: keys_of(open_words(path, schema).searcher())
        for name, path in word_folders(folder / WORDS_FOLDER).items()
    }


def wanted_keys(folder: Path) -> dict[str, Ids]:
    """Keys of the passages that the catalogue holds, ascending, by compartment."""
    with contextlib.closing(Catalog(folder, None)) as catalog:
        found = catalog.passages_by_label()
    return {compartment_of(label): keys for label, keys in found.items()}


def agrees(
    searcher: tantivy.Searcher, parts: Mapping[str, Path], wanted: Mapping[str, Ids]
) -> bool:
    """Whether what was opened of some compartments is what the catalogue holds in them.

    wanted: of these compartments, also of those that have no words.
    """
    keys = np.concatenate([np.empty(0, np.int64), *wanted.values()])
    if searcher.num_docs != keys.size or any(map(has_deleted, parts.values())):
        return False
    return bool(np.array_equal(np.sort(keys_of(searcher)), np.sort(keys)))


def exact_words(
    folder: Path, parts: Mapping[str, Path], wanted: Mapping[str, Ids], target: Path
) -> bool:
    """Make in an empty folder one word index of what the catalogue holds in these compartments.

    Of links to the segments that are so; what else there is, is written anew, and so is what no
    compartment has. False where that would be more than a reader should wait for. Raises
    BrokenLibrary where it is, and searches would miss passages.
    """
    whole: set[str] = set()
    again: list[int] = []
    for name, want in wanted.items():
        have: list[Ids] = [np.empty(0, np.int64)]
        for segment, keys in _segments(parts[name]).items() if name in parts else ():
            if keys.size and np.isin(keys, want).all():
                whole.add(segment)
                have.append(keys)
        again += np.setdiff1d(want, np.concatenate(have)).tolist()
    if len(again) > _MOST:
        _check_none_missing(parts, wanted)
        return False
    join_words(parts.values(), target, symbolic, chosen=lambda one: one["segment_id"] in whole)
    try:
        if again:
            _write(folder, target, again)
    except CannotWrite:  # No room for the reader's own copy.
        _check_none_missing(parts, wanted)
        return False
    return True


def _check_none_missing(parts: Mapping[str, Path], wanted: Mapping[str, Ids]) -> None:
    schema = words_schema()
    for name, want in wanted.items():
        have = np.empty(0, np.int64)
        if name in parts:
            have = keys_of(open_words(parts[name], schema).searcher())
        if missing := np.setdiff1d(want, have).size:
            raise BrokenLibrary(
                f"{missing} passages are not in the word index; `prior-art rebuild` makes it anew "
                "from the catalogue"
            )


def _segments(part: Path) -> dict[str, Ids]:
    """Keys in each segment that nothing was deleted from, by its id."""
    segments = json.loads((part / "meta.json").read_bytes())["segments"]
    return {one["segment_id"]: _keys(part, one) for one in segments if not one["deletes"]}


def _keys(part: Path, segment: dict[str, Any]) -> Ids:
    with tempfile.TemporaryDirectory(prefix="prior-art-words-") as links:
        join_words([part], Path(links), symbolic, chosen=lambda other: other == segment)
        return keys_of(open_words(Path(links), words_schema()).searcher())


def _write(folder: Path, target: Path, keys: list[int]) -> None:
    starts = range(0, len(keys), _BATCH)
    with contextlib.closing(Catalog(folder, None)) as catalog:
        parts = (words_entries(catalog, keys[start : start + _BATCH]) for start in starts)
        fill_words(target, chain.from_iterable(parts))
