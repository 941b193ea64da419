"""A library opened for writing: one writer at a time, by a lock file, and repaired at opening."""

from __future__ import annotations

import contextlib
import os
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from filelock import FileLock, Timeout

from index.batch import Committer, clean_words, repair_words
from index.catalog import Catalog
from index.checksums import (
    CHECKSUMS_FILE,
    EDITED_FILES,
    drop_damaged,
    forget,
    settle,
)
from index.compartments import compartment_of
from index.embed import fitted
from index.encoder import Encoder, SentenceEncoder
from index.errors import BrokenLibrary, CannotWrite, LibraryLocked
from index.manifest import (
    FORMAT_VERSION,
    MANIFEST_FILE,
    Manifest,
    check_encoder,
    read_manifest,
    write_manifest,
)
from index.migrations import MIGRATED_FORMATS, migrate
from index.schema import CATALOG_FILE
from index.store import Store
from index.vectors import VECTORS_FILES, VectorIndex, vectors_file
from index.words_schema import WORDS_FOLDER
from index.words_writer import WordsWriter
from ingest.passages import PassageSettings

LOCK_FILE = "writer.lock"
REEMBED_LOCK_FILE = "reembed.lock"
# What may lie in a folder whose first run was killed before it had a manifest.
_OWN_NAMES = (
    LOCK_FILE,
    REEMBED_LOCK_FILE,
    MANIFEST_FILE,
    CATALOG_FILE,
    CHECKSUMS_FILE,
    *EDITED_FILES,
    "vectors-",
    WORDS_FOLDER,
    "uploads",
    "access",
    "audit",
    "projects",
    ".",
)


@dataclass(frozen=True)
class Opened:
    """The parts of a library that is open for writing."""

    folder: Path
    store: Store
    committer: Committer


@contextlib.contextmanager
def writing(folder: Path, encoder: Encoder | None) -> Iterator[Opened]:
    """Lock, open or make, repair; on the way out save the vectors, also after Ctrl-C."""
    with stated_errors(folder):
        _check_folder(folder)
        folder.mkdir(parents=True, exist_ok=True)
        with FileLock(folder / LOCK_FILE, timeout=0):
            drop_damaged(folder)
            forget(folder)
            try:
                yield from _unlocked(folder, encoder)
            except (CannotWrite, OSError, sqlite3.Error):
                raise  # Something may still be at work on the files.
            except BaseException:
                if (folder / MANIFEST_FILE).exists():
                    settle(folder, REEMBED_LOCK_FILE)
                raise
            settle(folder, REEMBED_LOCK_FILE)


@contextlib.contextmanager
def stated_errors(folder: Path) -> Iterator[None]:
    """What the system or SQLite say while a library is being written, as errors of ours."""
    try:
        yield
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


def save_vectors(folder: Path) -> None:
    """Bring the files with the vectors in use up to date; the files of other encoders go."""
    with contextlib.closing(Catalog(folder, None)) as catalog:
        vectors = VectorIndex(catalog.encoders.current(), folder)
        changed = vectors.sync(catalog)
        kept = set()
        for label in catalog.vectors_by_label(vectors.encoder.id):
            name = compartment_of(label)
            path = vectors_file(folder, vectors.encoder, name)
            if name in changed or not path.exists():
                vectors.save(folder, name)
            kept.add(path)
    # The caller keeps other writers away, so that half a file is of a run that was killed.
    for path in (*folder.glob(VECTORS_FILES), *folder.glob(f"{VECTORS_FILES}.*.tmp")):
        if path not in kept:
            path.unlink()


def _unlocked(folder: Path, encoder: Encoder | None) -> Iterator[Opened]:
    for left_over in folder.glob("*.tmp"):  # of a run that was killed
        left_over.unlink()
    is_new = not (folder / MANIFEST_FILE).exists()
    if is_new:
        encoder = encoder or SentenceEncoder()
        manifest = Manifest(fitted(PassageSettings(window=encoder.window), encoder))
    else:
        manifest = read_manifest(folder, older=MIGRATED_FORMATS)
        if manifest.format_version in MIGRATED_FORMATS:
            migrate(folder)
            manifest = replace(manifest, format_version=FORMAT_VERSION)
            write_manifest(folder, manifest)
    _check_catalog(folder)
    store = Store(folder)
    try:
        if is_new and encoder is not None:
            _begin(store, encoder)
        made = store.encoders.current()
        encoder = encoder or SentenceEncoder(made.name)
        check_encoder(folder, made, encoder.name, encoder.fingerprint)
        words = WordsWriter(folder)
        try:
            # Last, so that a folder with a manifest is one that can be opened.
            if is_new:
                write_manifest(folder, manifest)
            repair_words(folder, words)
            settings = fitted(manifest.passages, encoder)
            yield Opened(folder, store, Committer(folder, store, words, encoder, settings))
        finally:
            words.close()
            clean_words(folder)
            save_vectors(folder)
    finally:
        store.close()


def _begin(store: Store, encoder: Encoder) -> None:
    """Note the encoder of a new library. A killed first run may have left another's name."""
    with store.transaction():
        store.encoders.use(store.encoders.begin(encoder))
        for other in store.encoders.others():
            store.encoders.drop(other)


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
    if any(folder.glob(VECTORS_FILES)) and not (catalog.exists() and catalog.stat().st_size):
        raise BrokenLibrary(
            f"{catalog} is missing or empty, though the library had documents; restore it from a "
            "backup, or ingest again into a new folder"
        )


def _no_write(folder: Path, reason: str) -> str:
    return (
        f"{folder} cannot be written: {reason}; what was committed before is safe. Make room or "
        "choose another folder with --index, then run the same command again"
    )
