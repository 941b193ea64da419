"""Write segments of the lexical index anew that passages were deleted from.

tantivy only marks a passage as deleted: its words stay in the file, and in the frequencies that
rank others, until the segment is merged. Neither may outlast the passage.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import numpy as np

from index.compartments import hard, has_deleted, join_words, word_folders
from index.words_schema import WORDS_FOLDER, keys_of, open_words, words_schema
from index.words_writer import WordsEntry, fill_words

# Passages written at once.
_BATCH = 1000


def compact_words(
    folder: Path, entries: Callable[[Sequence[int]], Iterable[WordsEntry]]
) -> list[str]:
    """Free the words from what was deleted; the names of the compartments that had some.

    entries: what the index is told of these passage keys. To be called by the only writer, with
    no compartment open for writing. Raises OSError; what was there before stays then.
    """
    words = folder / WORDS_FOLDER
    done = []
    for name, path in word_folders(words).items():
        if has_deleted(path):
            _compact(path, words / f"{name}.new", entries)
            done.append(name)
    return done


def _compact(
    path: Path, new: Path, entries: Callable[[Sequence[int]], Iterable[WordsEntry]]
) -> None:
    schema = words_schema()
    shutil.rmtree(new, ignore_errors=True)
    new.mkdir()
    live = keys_of(open_words(path, schema).searcher())
    if live.size:
        join_words([path], new, hard, chosen=lambda one: not one["deletes"])
        again = np.setdiff1d(live, keys_of(open_words(new, schema).searcher()))
        starts = range(0, again.size, _BATCH)
        fill_words(new, (e for s in starts for e in entries(again[s : s + _BATCH].tolist())))
        number = int(path.name.rpartition(".")[2])
        new.rename(path.with_name(f"{new.stem}.{number + 1}"))
        _sync(path.parent)
    # Under a name that nobody opens: a kill in between would leave an index that lacks files.
    shutil.rmtree(path.rename(path.with_name(f"{path.name}.gone")))
    shutil.rmtree(new, ignore_errors=True)


def _sync(folder: Path) -> None:
    """Have a new name in a folder outlast a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
