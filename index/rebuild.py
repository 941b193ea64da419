"""Make what is derived from the catalogue anew: words and vectors. No source is read again."""

from __future__ import annotations

import contextlib
import shutil
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from filelock import FileLock

from index.catalog import Catalog, Ids
from index.catalog_check import check_catalog
from index.checksums import forget, settle, sync_folder
from index.compartments import compartment_of
from index.errors import BrokenLibrary
from index.manifest import FORMAT_VERSION, read_manifest, write_manifest
from index.migrations import MIGRATED_FORMATS, migrate
from index.store import Store
from index.vectors import VECTORS_FILES, VectorIndex, vectors_file
from index.words_entries import words_entries
from index.words_schema import WORDS_FOLDER
from index.words_writer import WordsEntry, fill_words
from index.writing import LOCK_FILE, REEMBED_LOCK_FILE, stated_errors

# Passages written between two signs of life.
_BATCH = 1000


@dataclass(frozen=True)
class RebuildReport:
    """What was made anew. words, vectors: numbers of compartments."""

    index: str
    documents: int
    passages: int
    words: int
    vectors: int
    seconds: float

    def to_dict(self) -> dict[str, Any]:
        """The JSON of `prior-art rebuild`."""
        return {**vars(self), "seconds": round(self.seconds, 3)}


def rebuild(
    folder: str | Path, progress: Callable[[int, int], None] | None = None
) -> RebuildReport:
    """Make the words and vectors of a library anew, each serving until its successor is whole.

    Brings an older format to the present one. Needs no encoder.
    progress: called with passages done, and all. Raises BrokenLibrary where the catalogue is
    damaged, since copies of it would be too, LibraryLocked, CannotWrite.
    """
    folder = Path(folder)
    manifest = read_manifest(folder, older=MIGRATED_FORMATS)
    with stated_errors(folder), FileLock(folder / LOCK_FILE, timeout=0):
        forget(folder)
        if manifest.format_version in MIGRATED_FORMATS:
            migrate(folder)
            write_manifest(folder, replace(manifest, format_version=FORMAT_VERSION))
        if problem := check_catalog(folder):
            raise BrokenLibrary(
                f"the catalogue in {folder} is damaged ({problem}), and words and vectors are "
                f"copies of it; `prior-art --index {folder} restore SNAPSHOT` comes first"
            )
        report = derive(folder, progress)
        settle(folder, REEMBED_LOCK_FILE)
    return report


def derive(folder: Path, progress: Callable[[int, int], None] | None = None) -> RebuildReport:
    """The same for whoever holds the lock, from a catalogue that is known to be whole."""
    started = time.monotonic()
    with contextlib.closing(Catalog(folder, None)) as catalog:
        total = catalog.count("passages")
        documents = catalog.count("documents")
        words = _words(folder, catalog, lambda done: progress and progress(done, total))
        vectors = _vectors(folder, catalog)
    with contextlib.closing(Store(folder)) as store, store.transaction():
        store.advance()  # Whoever has the old ones open takes the new.
    seconds = time.monotonic() - started
    return RebuildReport(str(folder), documents, total, words, vectors, seconds)


def _words(folder: Path, catalog: Catalog, report: Callable[[int], object]) -> int:
    words = folder / WORDS_FOLDER
    words.mkdir(exist_ok=True)
    made: set[Path] = set()
    done = 0
    for label, keys in catalog.passages_by_label().items():
        name = compartment_of(label)
        new = words / f"{name}.new"
        shutil.rmtree(new, ignore_errors=True)
        new.mkdir()
        fill_words(new, _entries(catalog, keys, report, done))
        done += keys.size
        taken = [p.name.rpartition(".")[2] for p in words.glob(f"{name}.*")]
        number = max((int(n) for n in taken if n.isdecimal()), default=-1) + 1
        made.add(new.rename(words / f"{name}.{number}"))
        sync_folder(words)
    for path in set(words.iterdir()) - made:
        if path.is_dir():
            # Under a name that nobody opens, should a kill leave a part of it.
            gone = path.with_name(f"{path.name}.gone")
            shutil.rmtree(path.rename(gone))
        else:
            path.unlink()
    return len(made)


def _entries(
    catalog: Catalog, keys: Ids, report: Callable[[int], object], before: int
) -> Iterator[WordsEntry]:
    for start in range(0, keys.size, _BATCH):
        some = keys[start : start + _BATCH].tolist()
        yield from words_entries(catalog, some)
        report(before + start + len(some))


def _vectors(folder: Path, catalog: Catalog) -> int:
    vectors = VectorIndex(catalog.encoders.current())
    made = set()
    for name in sorted(vectors.sync(catalog)):
        vectors.save(folder, name)
        made.add(vectors_file(folder, vectors.encoder, name))
    for path in (*folder.glob(VECTORS_FILES), *folder.glob("*.tmp")):
        if path not in made:
            path.unlink()
    return len(made)
