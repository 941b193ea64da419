"""Checksums of an index's files while nobody writes to them, so that any flipped bit shows.

The file `checksums.json` is taken away before the first write of a run and made again after the
last: whatever the moment of a kill, it never speaks of files that have changed since. Without it
the catalogue still has the sums of its tables (index.sums).
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import msgspec
from filelock import FileLock, Timeout

CHECKSUMS_FILE = "checksums.json"
_CATALOG = "catalog.sqlite"
# What people write into an index by hand or by a command of its own (labels): a change is no
# damage, but it shows.
EDITED_FILES = ("abbreviations.tsv", "labels.json")
_NO_COPIES = ("manifest.json", _CATALOG)
_PATTERNS = (*_NO_COPIES, *EDITED_FILES, "vectors-*.faiss", "words/**/*")


@dataclass(frozen=True)
class FileSum:
    """Size in bytes and SHA-256, hexadecimal."""

    size: int
    sha256: str


@dataclass(frozen=True)
class Checksums:
    """The content of checksums.json. check: SHA-256 over the others, so that it guards itself."""

    files: dict[str, FileSum]
    check: str


@dataclass(frozen=True)
class Damage:
    """A file that is not as it was written. name: below the index's folder."""

    name: str
    problem: str


def sum_of_file(path: Path) -> FileSum:
    """Size and SHA-256 of a file. Raises OSError."""
    with path.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256")
        return FileSum(stream.tell(), digest.hexdigest())


def forget(folder: Path) -> None:
    """Say that the files are about to change. Kept by the disk before anything else is written."""
    for path in (folder / CHECKSUMS_FILE, _being_made(folder)):
        path.unlink(missing_ok=True)
    sync_folder(folder)


def settle(folder: Path, other_lock: str | None) -> None:
    """Note the files as they are now, unless somebody else is writing.

    The caller has closed the catalogue and holds one of the two locks of writers, which keeps
    others of its kind away; other_lock: name of the other one, None where it holds both. Whoever
    begins to write meanwhile takes the half-made file away (`forget`), and then there is none.
    """
    making = _being_made(folder)
    making.write_bytes(b"")
    if other_lock is not None and _is_held(folder / other_lock):
        making.unlink(missing_ok=True)
        return
    wal = folder / f"{_CATALOG}-wal"
    sums = {
        name: sum_of_file(path)
        for name, path in _files(folder)
        # What is still in the log of the catalogue will be written into it.
        if name != _CATALOG or not wal.exists() or not wal.stat().st_size
    }
    with contextlib.suppress(FileNotFoundError), making.open("r+b") as stream:
        stream.write(msgspec.json.format(msgspec.json.encode(Checksums(sums, _check(sums)))))
        stream.flush()
        os.fsync(stream.fileno())
        making.replace(folder / CHECKSUMS_FILE)


def drop_damaged(folder: Path) -> list[Damage]:
    """Remove words and vectors that are not as they were written: the next step makes them anew.

    To be called by the writer before it changes anything, since later nobody could tell.
    """
    found = [d for d in damages(folder, copies=True) or [] if d.name != CHECKSUMS_FILE]
    for damage in found:
        path = folder / damage.name
        if path.parent == folder:
            path.unlink(missing_ok=True)
        else:
            gone = path.parent.with_name(f"{path.parent.name}.gone")
            with contextlib.suppress(FileNotFoundError):  # Two files of one folder.
                shutil.rmtree(path.parent.rename(gone))
    return found


def damages(folder: Path, *, copies: bool | None = None) -> list[Damage] | None:
    """Files that are not as they were written; None where nothing was noted after the last write.

    Reads every byte of the index. copies: True for words and vectors alone, False
    for the rest alone.
    """
    try:
        data = (folder / CHECKSUMS_FILE).read_bytes()
    except FileNotFoundError:
        return None
    try:
        noted = msgspec.json.decode(data, type=Checksums)
    except msgspec.MsgspecError as error:
        return [Damage(CHECKSUMS_FILE, f"is damaged ({error})")]
    if noted.check != _check(noted.files):
        return [Damage(CHECKSUMS_FILE, "is damaged")]
    found = dict(_files(folder))
    return [
        Damage(name, problem)
        for name, sum_ in noted.files.items()
        if name not in EDITED_FILES or copies is None
        if copies in (None, name not in _NO_COPIES) and (problem := _problem(found.get(name), sum_))
    ]


def sync_folder(folder: Path) -> None:
    """Have new names and removals outlive a power cut, where the system knows how."""
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _files(folder: Path) -> Iterator[tuple[str, Path]]:
    for pattern in _PATTERNS:
        for path in sorted(folder.glob(pattern)):
            if path.is_file() and not path.name.endswith((".lock", ".tmp")):
                yield path.relative_to(folder).as_posix(), path


def _problem(path: Path | None, noted: FileSum) -> str | None:
    if path is None:
        return "is missing"
    try:
        now = sum_of_file(path)
    except OSError as error:
        return f"cannot be read: {error.strerror or error}"
    if now.size != noted.size:
        return f"has {now.size} bytes instead of {noted.size}"
    return None if now == noted else "is not as it was written: a byte or more has changed"


def _check(sums: dict[str, FileSum]) -> str:
    return hashlib.sha256(msgspec.json.encode(sums, order="sorted")).hexdigest()


def _being_made(folder: Path) -> Path:
    return folder / f"{CHECKSUMS_FILE}.tmp"


def _is_held(lock: Path) -> bool:
    try:
        with FileLock(lock, timeout=0):
            return False
    except Timeout:
        return True
