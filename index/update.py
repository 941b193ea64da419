"""Change a library: ingest paths, remove documents. One writer at a time, by a lock file."""

from __future__ import annotations

import contextlib
import os
import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from index.batch import Committer, repair_words
from index.build import Builder
from index.catalog import Catalog
from index.encoder import DEFAULT_ENCODER, Encoder, SentenceEncoder
from index.errors import BrokenLibrary, CannotWrite, LibraryLocked
from index.manifest import (
    MANIFEST_FILE,
    EncoderIdentity,
    Manifest,
    check_encoder,
    read_manifest,
    write_manifest,
)
from index.plan import ReadSettings
from index.schema import CATALOG_FILE
from index.store import Store
from index.tally import Duplicate, Progress
from index.vectors import VECTORS_FILE, VectorIndex
from index.words import WORDS_FOLDER, WordsWriter
from ingest.errors import MissingPath, Rejection
from ingest.passages import PassageSettings

LOCK_FILE = "writer.lock"
# What may lie in a folder whose first run was killed before it had a manifest.
_OWN_NAMES = (LOCK_FILE, MANIFEST_FILE, CATALOG_FILE, VECTORS_FILE, WORDS_FOLDER, "uploads", ".")


@dataclass(frozen=True)
class IngestReport:
    """What an ingest did, in documents; documents and passages are the library's totals.

    missing: the given paths where nothing is.
    """

    index: str
    added: int
    updated: int
    unchanged: int
    removed: int
    rejected: tuple[Rejection, ...]
    duplicates: tuple[Duplicate, ...]
    documents: int
    passages: int
    seconds: float

    @property
    def missing(self) -> tuple[str, ...]:
        """Given paths where there is nothing."""
        return tuple(r.source for r in self.rejected if r.error == MissingPath.__name__)

    def to_dict(self) -> dict[str, Any]:
        """The JSON of `prior-art ingest`."""
        values = {**vars(self), "seconds": round(self.seconds, 3)}
        for name in ("rejected", "duplicates"):
            values[name] = [entry.to_dict() for entry in getattr(self, name)]
        return values


@dataclass(frozen=True)
class _Open:
    """The parts of a library that is open for writing."""

    folder: Path
    store: Store
    committer: Committer


def ingest(
    folder: str | Path,
    paths: Iterable[str | Path],
    *,
    label: str | None = None,
    encoder: Encoder | None = None,
    progress: Callable[[Progress], None] | None = None,
    settings: ReadSettings | None = None,
) -> IngestReport:
    """Bring files, folders and what is in them into the library in a folder.

    Makes the library if there is none. Files that have not changed cost nothing; a changed file
    replaces its old version once the new one is complete; files that vanished from a given folder
    go. What cannot be read is listed in the report and in the library.

    label: confidentiality label of everything brought in; None keeps what a document says of
    itself or had before. settings: limits of a file, passwords, and what to try again.
    Raises LibraryError; what was committed before stays.
    """
    started = time.monotonic()
    with _writing(Path(folder), encoder) as library:
        report = progress or (lambda _: None)
        given = replace(settings or ReadSettings(), label=label)
        builder = Builder(library.folder, library.store, library.committer, report, given)
        builder.run(paths)
        tally = builder.tally
    catalog = Catalog(Path(folder))
    try:
        return IngestReport(
            index=str(folder),
            added=tally.added,
            updated=tally.updated,
            unchanged=tally.unchanged,
            removed=tally.removed,
            rejected=tuple(builder.rejected),
            duplicates=tuple(builder.duplicates),
            documents=catalog.count("documents"),
            passages=catalog.count("passages"),
            seconds=time.monotonic() - started,
        )
    finally:
        catalog.close()


def remove(folder: str | Path, names: Iterable[str], encoder: Encoder | None = None) -> list[str]:
    """Take documents out of the library by id or number; the ids that went.

    A file that still lies in an ingested folder comes back with the next ingest of that folder; a
    record of a file with others comes back when that file changes.
    Raises UnknownDocument before anything is removed.
    """
    read_manifest(Path(folder))
    with _writing(Path(folder), encoder) as library:
        catalog = Catalog(library.folder)
        try:
            keys = list(dict.fromkeys(catalog.find(name) for name in names))
            ids = [facts.id for facts in catalog.facts(keys).values()]
        finally:
            catalog.close()
        with library.store.transaction():
            gone = []
            for key in keys:
                for path in library.store.paths_of(key):
                    if len(library.store.documents_of(path)) == 1:
                        library.store.sources.forget(path)
                gone += library.store.remove_document(key)
            library.store.advance()
        library.committer.remove_words(gone)
    return ids


@contextlib.contextmanager
def _writing(folder: Path, encoder: Encoder | None) -> Iterator[_Open]:
    """Lock, open or make, repair; on the way out save the vectors, also after Ctrl-C."""
    try:
        _check_folder(folder)
        folder.mkdir(parents=True, exist_ok=True)
        with FileLock(folder / LOCK_FILE, timeout=0):
            yield from _unlocked(folder, encoder)
    except Timeout:
        raise LibraryLocked(f"another process is writing to {folder}; try again later") from None
    except sqlite3.OperationalError as error:
        raise CannotWrite(_no_write(folder, str(error))) from error
    except sqlite3.IntegrityError:
        raise  # A mistake of ours, which must not be called damage.
    except sqlite3.DatabaseError as error:
        raise BrokenLibrary(
            f"the catalogue in {folder} is damaged: {error}; restore it from a backup, or ingest "
            "again into a new folder"
        ) from error
    except OSError as error:
        raise CannotWrite(_no_write(folder, error.strerror or str(error))) from error


def _unlocked(folder: Path, encoder: Encoder | None) -> Iterator[_Open]:
    for left_over in folder.glob("*.tmp"):  # of a run that was killed
        left_over.unlink()
    manifest, encoder = _manifest(folder, encoder)
    _check_catalog(folder)
    store = Store(folder)
    try:
        words = WordsWriter(folder)
        try:
            # Last, so that a folder with a manifest is one that can be opened.
            if not (folder / MANIFEST_FILE).exists():
                write_manifest(folder, manifest)
            repair_words(folder, words)
            yield _Open(folder, store, Committer(store, words, encoder, manifest.passages))
        finally:
            words.close()
            _save_vectors(folder, manifest.encoder.dimension)
    finally:
        store.close()


def _manifest(folder: Path, encoder: Encoder | None) -> tuple[Manifest, Encoder]:
    if (folder / MANIFEST_FILE).exists():
        manifest = read_manifest(folder)
        encoder = encoder or SentenceEncoder(manifest.encoder.name)
        check_encoder(folder, manifest, encoder.name, encoder.fingerprint)
        return manifest, encoder
    encoder = encoder or SentenceEncoder(DEFAULT_ENCODER)
    identity = EncoderIdentity(encoder.name, encoder.fingerprint, encoder.dimension)
    window = encoder.window
    settings = PassageSettings(window=window, target=min(PassageSettings().target, window))
    return Manifest(identity, settings), encoder


def _save_vectors(folder: Path, dimension: int) -> None:
    catalog = Catalog(folder)
    try:
        vectors = VectorIndex.load(folder, dimension)
        if vectors.sync(catalog):
            vectors.save(folder)
    finally:
        catalog.close()


def _check_folder(folder: Path) -> None:
    """Refuse a folder that holds something else: an index in ~/Documents is a mistake."""
    if folder.is_dir():
        strangers = [name for name in os.listdir(folder) if not name.startswith(_OWN_NAMES)]
        if strangers and not (folder / MANIFEST_FILE).exists():
            raise CannotWrite(f"{folder} is not empty and holds no index; name another folder")
    elif folder.exists():
        raise CannotWrite(f"{folder} is a file; name a folder for the index")


def _check_catalog(folder: Path) -> None:
    """Refuse to begin a new catalogue where an old one has been lost."""
    catalog = folder / CATALOG_FILE
    if (folder / VECTORS_FILE).exists() and not (catalog.exists() and catalog.stat().st_size):
        raise BrokenLibrary(
            f"{catalog} is missing or empty, though the library had documents; restore it from a "
            "backup, or ingest again into a new folder"
        )


def _no_write(folder: Path, reason: str) -> str:
    return (
        f"{folder} cannot be written: {reason}; what was committed before is safe. Make room or "
        "choose another folder with --index, then run the same command again"
    )
