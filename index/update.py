"""Change a library: ingest paths, remove documents."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from index.build import Builder
from index.catalog import Catalog
from index.encoder import Encoder
from index.folder_rules import checked_label
from index.manifest import read_manifest
from index.plan import ReadSettings
from index.tally import Duplicate, Progress
from index.writing import writing
from ingest.errors import MissingPath, Rejection

# Folder of a library with the files that people brought in through the web app.
UPLOADS = "uploads"


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

    label: confidentiality label of everything brought in; None keeps what a file was given before,
    then that of its folder's rule (index.folder_rules), then what a document says of itself.
    settings: limits of a file, passwords, and what to try again. Raises LibraryError; what was
    committed before stays.
    """
    started = time.monotonic()
    label = None if label is None else checked_label(label)
    with writing(Path(folder), encoder) as library:
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
    """Take documents out of the library by id or number, under all labels; the ids that went.

    Text, vectors and words leave the files, and so do copies that were uploaded into the library.
    A file that still lies in an ingested folder comes back with the next ingest of that folder; a
    record of a file with others comes back when that file changes.
    Raises UnknownDocument before anything is removed.
    """
    read_manifest(Path(folder))
    with writing(Path(folder), encoder) as library:
        catalog = Catalog(library.folder)
        try:
            keys = list(dict.fromkeys(catalog.find(name) for name in names))
            ids = [facts.id for facts in catalog.facts(keys).values()]
        finally:
            catalog.close()
        copies = [copy for key in keys for copy in library.store.copies(key)]
        paths = {path for key in copies for path in library.store.paths_of(key)}
        with library.store.transaction():
            gone = [passage for key in copies for passage in library.store.remove_document(key)]
            left = [path for path in sorted(paths) if not library.store.documents_of(path)]
            for path in left:
                library.store.sources.forget(path)
            library.store.advance()
        library.committer.remove_words(gone)
    uploads = (Path(folder) / UPLOADS).absolute()
    for file in map(Path, left):
        if file.is_relative_to(uploads):
            file.unlink(missing_ok=True)
    return ids
