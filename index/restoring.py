"""Bring a snapshot back: into a new folder, over a damaged index, or into one that is served."""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from filelock import FileLock

from index.backup import PARTS
from index.backup_files import LIST_FILE, TAR, Contents, check_files, copy_bytes, read_list, unpack
from index.catalog_check import check_catalog
from index.checksums import CHECKSUMS_FILE, EDITED_FILES, damages, forget, settle, sync_folder
from index.errors import BadSnapshot, LibraryError
from index.manifest import FORMAT_VERSION, MANIFEST_FILE, read_manifest, write_manifest
from index.migrations import MIGRATED_FORMATS, migrate
from index.rebuild import derive
from index.replacing import replace_catalog
from index.schema import CATALOG_FILE
from index.vectors import VECTORS_FILES
from index.words_schema import WORDS_FOLDER
from index.writing import LOCK_FILE, REEMBED_LOCK_FILE, stated_errors

# Where a restore is made ready, in the index's folder; nothing reads it.
STAGING = ".restoring"
# A log of accesses that could be put back to an earlier state would prove nothing.
_NEVER_REPLACED = "audit"


@dataclass(frozen=True)
class RestoreReport:
    """What was restored.

    made: when the snapshot was taken. parts: folders that came from it; kept: that were there
    already and stay as they are. aside: where damaged files and replaced folders were put.
    reopen: whether a running server must be started again to see it.
    """

    index: str
    snapshot: str
    made: str
    documents: int
    passages: int
    parts: tuple[str, ...]
    kept: tuple[str, ...]
    aside: tuple[str, ...]
    reopen: bool

    def to_dict(self) -> dict[str, Any]:
        """The JSON of `prior-art restore`."""
        lists = {name: list(getattr(self, name)) for name in ("parts", "kept", "aside")}
        return {**vars(self), **lists}


def restore(
    source: str | Path,
    folder: str | Path,
    *,
    force: bool = False,
    replaced: Iterable[str] = (),
    without: Iterable[str] = (),
) -> RestoreReport:
    """Make the index in a folder that of a snapshot. Kill it, and the folder is as before or after.

    The documents: into a new folder, or over an index that is damaged. Over one that is whole only
    with `force`, and then in one transaction, which a running server sees at its next search.
    Uploaded files that are missing are added. Projects, audit and accounts that are in the folder
    stay as they are, but for those in `replaced`, which are put aside; the audit is never
    replaced. without: parts of the snapshot to leave out.

    Raises BadSnapshot before anything is changed: a snapshot that is not whole, an index that is
    and no `force`, or one whose keys mean other documents.
    """
    source, folder = Path(source), Path(folder)
    wanted = frozenset(replaced)
    if _NEVER_REPLACED in wanted:
        raise BadSnapshot(f"{folder / _NEVER_REPLACED} is never replaced; move it away yourself")
    with stated_errors(folder):
        _check_place(folder)
        folder.mkdir(parents=True, exist_ok=True)
        with (
            FileLock(folder / LOCK_FILE, timeout=0),
            FileLock(folder / REEMBED_LOCK_FILE, timeout=0),
            _staged(source, folder) as (staged, contents),
        ):
            is_whole = _is_whole(folder)
            if is_whole and not force:
                raise BadSnapshot(
                    f"{folder} holds an index that is whole; --force replaces its documents by "
                    f"those of {contents.made}, or name another folder with --index"
                )
            forget(folder)
            if is_whole:
                replace_catalog(folder, staged)
                aside: list[str] = []
            else:
                aside = _put_in_place(folder, staged)
            parts, kept, more = _parts(folder, staged, contents, wanted, frozenset(without))
            settle(folder, other_lock=None)
    return RestoreReport(
        str(folder), str(source), contents.made, contents.documents, contents.passages,
        tuple(parts), tuple(kept), (*aside, *more), reopen=bool(aside or more),
    )  # fmt: skip


@contextlib.contextmanager
def _staged(source: Path, folder: Path) -> Iterator[tuple[Path, Contents]]:
    """The snapshot in a folder of its own beside its place, every byte checked there."""
    staged = folder / STAGING
    shutil.rmtree(staged, ignore_errors=True)  # of a run that was killed
    staged.mkdir(mode=0o700)
    try:
        if source.suffix == TAR and source.is_file():
            unpack(source, staged)
        else:
            contents = read_list(source)
            check_files(source, contents)
            for name in (LIST_FILE, *contents.files):
                copy_bytes(source / name, staged / name)
        contents = read_list(staged)
        check_files(staged, contents)
        manifest = read_manifest(staged, older=MIGRATED_FORMATS)
        if manifest.format_version in MIGRATED_FORMATS:
            migrate(staged)
            write_manifest(staged, replace(manifest, format_version=FORMAT_VERSION))
        if problem := check_catalog(staged):
            raise BadSnapshot(f"the catalogue in {source} is damaged ({problem}); take another")
        yield staged, contents
    finally:
        shutil.rmtree(staged, ignore_errors=True)


def _check_place(folder: Path) -> None:
    if folder.exists() and not folder.is_dir():
        raise BadSnapshot(f"{folder} is a file; name a folder for the index")
    own = (MANIFEST_FILE, CATALOG_FILE, CHECKSUMS_FILE, LOCK_FILE, REEMBED_LOCK_FILE, WORDS_FOLDER,
           *EDITED_FILES, "vectors-", "damaged-", ".", *PARTS)  # fmt: skip
    for path in folder.iterdir() if folder.is_dir() else ():
        if not path.name.startswith(own):
            raise BadSnapshot(f"{folder} holds {path.name}, which is no index's; name another one")


def _is_whole(folder: Path) -> bool:
    """Whether there is an index that searches can trust."""
    try:
        read_manifest(folder, older=MIGRATED_FORMATS)
        return not damages(folder, copies=False) and check_catalog(folder) is None
    except LibraryError:
        return False


def _put_in_place(folder: Path, staged: Path) -> list[str]:
    """Put the snapshot where there is no index, or a damaged one, which goes aside.

    Made whole first, then renamed; the catalogue last, without which nothing opens.
    """
    derive(staged)
    aside = []
    damaged = folder / f"damaged-{_stamp()}"
    for name in (CATALOG_FILE, f"{CATALOG_FILE}-wal", f"{CATALOG_FILE}-shm", MANIFEST_FILE):
        if (folder / name).exists():
            damaged.mkdir(mode=0o700, exist_ok=True)
            (folder / name).rename(damaged / name)
            aside = [str(damaged)]
    shutil.rmtree(folder / WORDS_FOLDER, ignore_errors=True)
    for path in folder.glob(VECTORS_FILES):
        path.unlink()
    names = [WORDS_FOLDER, *(p.name for p in staged.glob(VECTORS_FILES)), MANIFEST_FILE]
    for name in (*names, CATALOG_FILE):
        if (staged / name).exists():
            (staged / name).rename(folder / name)
    sync_folder(folder)
    return aside


def _parts(
    folder: Path,
    staged: Path,
    contents: Contents,
    replaced: frozenset[str],
    without: frozenset[str],
) -> tuple[list[str], list[str], list[str]]:
    """Put the other folders in place: those that came, that were kept, and what went aside."""
    came, kept, aside = [], [], []
    for name in EDITED_FILES:
        if not (folder / name).exists() and (staged / name).exists():
            (staged / name).rename(folder / name)
    for part in contents.parts:
        own = folder / part
        if part in without or not (staged / part).is_dir():
            continue
        if part == "uploads" and own.is_dir():
            _add_missing(staged / part, own)
        elif own.exists() and part not in replaced:
            kept.append(part)
            continue
        else:
            if own.exists():
                old = folder / f"damaged-{_stamp()}-{part}"
                own.rename(old)
                aside.append(str(old))
            (staged / part).rename(own)
        came.append(part)
    sync_folder(folder)
    return came, kept, aside


def _add_missing(source: Path, target: Path) -> None:
    for path in sorted(source.rglob("*")):
        own = target / path.relative_to(source)
        if path.is_dir():
            own.mkdir(exist_ok=True, mode=path.stat().st_mode & 0o777)
        elif not own.exists():
            path.rename(own)


def _stamp() -> str:
    return datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ")
