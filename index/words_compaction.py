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
from index.words_schema import (
    HEAP_BYTES,
    THREADS,
    WORDS_FOLDER,
    keys_of,
    open_words,
    share_meta,
    words_schema,
)
from index.words_writer import WordsEntry, words_document

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
        join_words([path], new, hard, clean=True)
        index = open_words(new, schema)
        again = np.setdiff1d(live, keys_of(index.searcher()))
        writer = index.writer(HEAP_BYTES, THREADS)
        for start in range(0, again.size, _BATCH):
            for entry in entries(again[start : start + _BATCH].tolist()):
                writer.add_document(words_document(entry))
        writer.commit()
        writer.wait_merging_threads()
        share_meta(new)
        number = int(path.name.rpartition(".")[2])
        new.rename(path.with_name(f"{new.stem}.{number + 1}"))
        _sync(path.parent)
    shutil.rmtree(path)
    shutil.rmtree(new, ignore_errors=True)


def _sync(folder: Path) -> None:
    """Have a new name in a folder outlast a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
