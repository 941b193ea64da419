"""Take a snapshot of an index while others search it and write to it."""

from __future__ import annotations

import contextlib
import shutil
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from index.backup_files import (
    TAR,
    Contents,
    copy_database,
    copy_file,
    copy_part,
    list_files,
    pack,
    sync_file,
    sync_tree,
    write_list,
)
from index.catalog import Catalog
from index.catalog_check import check_catalog
from index.checksums import EDITED_FILES, sum_of_file, sync_folder
from index.errors import BadSnapshot, BrokenLibrary, CannotWrite
from index.manifest import MANIFEST_FILE, read_manifest
from index.migrations import MIGRATED_FORMATS
from index.schema import CATALOG_FILE

# Folders of an index that are no copies of the catalogue.
PARTS = ("uploads", "projects", "audit", "access")


@dataclass(frozen=True)
class SnapshotReport:
    """What is in a snapshot now. bytes: of all its files; parts: folders besides the documents."""

    index: str
    snapshot: str
    documents: int
    passages: int
    parts: tuple[str, ...]
    files: int
    bytes: int

    def to_dict(self) -> dict[str, Any]:
        """The JSON of `prior-art snapshot`."""
        return {**vars(self), "parts": list(self.parts)}


def snapshot(
    folder: str | Path, target: str | Path, *, without: Iterable[str] = ()
) -> SnapshotReport:
    """Write all of an index that cannot be made anew into a new folder, or a new .tar.

    The catalogue is that of one moment; projects, audit and accounts are copied one after the
    other, each while nobody writes to it. Words and vectors are left out: `restore` makes them
    from the catalogue. Nothing stands under the target's name before it is whole, and a damaged
    catalogue is refused.

    without: names of PARTS to leave out. Raises BadSnapshot where something is at the target,
    BrokenLibrary, CannotWrite and what opening raises.
    """
    folder, target = Path(folder), Path(target)
    partial = _place(folder, target)
    try:
        contents = _fill(folder, partial, [part for part in PARTS if part not in set(without)])
        write_list(partial, contents)
        sync_tree(partial)
        if target.suffix == TAR:
            _pack(partial, target)
        else:
            partial.rename(target)
        sync_folder(target.parent)
    except OSError as error:
        raise CannotWrite(
            f"the snapshot {target} cannot be written: {error.strerror or error}; nothing stands "
            "under that name. Make room or choose another place"
        ) from error
    except sqlite3.OperationalError as error:
        raise CannotWrite(f"the snapshot {target} cannot be written: {error}") from error
    except sqlite3.DatabaseError as error:
        raise BrokenLibrary(_damaged(folder, str(error))) from error
    finally:
        shutil.rmtree(partial, ignore_errors=True)
    return SnapshotReport(
        index=str(folder),
        snapshot=str(target),
        documents=contents.documents,
        passages=contents.passages,
        parts=contents.parts,
        files=len(contents.files),
        bytes=sum(noted.size for noted in contents.files.values()),
    )


def _place(folder: Path, target: Path) -> Path:
    """Where the snapshot is made before it gets its name."""
    if target.exists() or target.is_symlink():
        raise BadSnapshot(f"{target} is there already; name a place where nothing is")
    if not target.name or not target.parent.is_dir():
        raise BadSnapshot(f"{target.parent} is no folder; make it first")
    if target.resolve().is_relative_to(folder.resolve()):
        raise BadSnapshot(f"{target} lies in the index itself; name a place outside of it")
    partial = target.with_name(f"{target.name}.partial")
    if partial.exists():
        if not (partial / CATALOG_FILE).exists() and any(partial.iterdir()):
            raise BadSnapshot(f"{partial} is in the way and is no half snapshot; remove it")
        shutil.rmtree(partial)  # of a run that was killed
    return partial


def _fill(folder: Path, partial: Path, parts: Iterable[str]) -> Contents:
    read_manifest(folder, older=MIGRATED_FORMATS)
    partial.mkdir(mode=0o700)
    copy_database(folder / CATALOG_FILE, partial / CATALOG_FILE)
    (partial / CATALOG_FILE).chmod(0o600)
    sync_file(partial / CATALOG_FILE)
    for name in (MANIFEST_FILE, *EDITED_FILES):
        if (folder / name).exists():
            copy_file(folder / name, partial / name)
    manifest = read_manifest(partial, older=MIGRATED_FORMATS)
    if problem := check_catalog(partial):
        raise BrokenLibrary(_damaged(folder, problem))
    taken = tuple(part for part in parts if (folder / part).is_dir())
    for part in taken:
        copy_part(folder / part, partial / part)
    with contextlib.closing(Catalog(partial, None)) as catalog:
        return Contents(
            made=datetime.now(UTC).isoformat(timespec="seconds"),
            format_version=manifest.format_version,
            documents=catalog.count("documents"),
            passages=catalog.count("passages"),
            encoder=catalog.encoders.current().name,
            parts=taken,
            files={name: sum_of_file(path) for name, path in list_files(partial)},
        )


def _damaged(folder: Path, problem: str) -> str:
    return (
        f"the catalogue in {folder} is damaged ({problem}) and makes no snapshot; restore it from "
        f"an earlier one with `prior-art --index {folder} restore SNAPSHOT`"
    )


def _pack(partial: Path, target: Path) -> None:
    packed = partial.with_name(f"{partial.name}{TAR}")
    try:
        pack(partial, packed)
        # First, so that nothing stays beside a snapshot that has its name.
        shutil.rmtree(partial)
        packed.rename(target)
    finally:
        packed.unlink(missing_ok=True)
