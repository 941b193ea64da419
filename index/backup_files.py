"""What a snapshot is: a folder or a .tar with a list of its files and their checksums."""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
import sqlite3
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

import msgspec
from filelock import FileLock, Timeout

from index.checksums import FileSum, sum_of_file, sync_folder
from index.errors import BadSnapshot, LibraryLocked

LIST_FILE = "snapshot.json"
TAR = ".tar"
SNAPSHOT_VERSION = 1
_PATIENCE = 60.0  # seconds
_HEADER = b"SQLite format 3\0"


@dataclass(frozen=True)
class Contents:
    """The content of snapshot.json.

    made: UTC, ISO. format_version: of the index. parts: folders that are in it besides the
    documents. files: by path below the snapshot. check: SHA-256 over all of this but itself.
    """

    made: str
    format_version: int
    documents: int
    passages: int
    encoder: str
    parts: tuple[str, ...]
    files: dict[str, FileSum]
    snapshot_version: int = SNAPSHOT_VERSION
    check: str = ""

    def checked(self) -> str:
        """What `check` must be."""
        plain = replace(self, check="")
        return hashlib.sha256(msgspec.json.encode(plain, order="sorted")).hexdigest()


def list_files(folder: Path) -> Iterator[tuple[str, Path]]:
    """(name below the folder, path) of the files in a snapshot, but for the list itself."""
    for path in sorted(folder.rglob("*")):
        if path.is_symlink() or not (path.is_file() or path.is_dir()):
            raise BadSnapshot(f"{path} is neither a file nor a folder; a snapshot has no others")
        name = path.relative_to(folder).as_posix()
        if path.is_file() and name != LIST_FILE:
            yield name, path


def write_list(folder: Path, contents: Contents) -> None:
    """Close a snapshot: its list goes last, so that a folder with a list is whole."""
    named = replace(contents, check=contents.checked())
    path = folder / LIST_FILE
    path.write_bytes(msgspec.json.format(msgspec.json.encode(named)) + b"\n")
    path.chmod(0o600)
    sync_file(path)


def read_list(folder: Path) -> Contents:
    """The list of a snapshot, whole and of a version that is known. Raises BadSnapshot."""
    path = folder / LIST_FILE
    try:
        data = path.read_bytes()
        version = msgspec.json.decode(data)["snapshot_version"]
        if isinstance(version, int) and version > SNAPSHOT_VERSION:
            raise BadSnapshot(f"{folder} was made by a newer release; upgrade to restore it")
        contents = msgspec.json.decode(data, type=Contents)
    except OSError as error:
        raise BadSnapshot(
            f"{folder} is no whole snapshot: {path.name} cannot be read ({error.strerror}); name "
            "what `prior-art snapshot` has made"
        ) from error
    except (msgspec.MsgspecError, KeyError, TypeError) as error:
        raise BadSnapshot(f"{path} is damaged ({error}); take another snapshot") from error
    if contents.check != contents.checked():
        raise BadSnapshot(f"{path} is damaged; take another snapshot")
    return contents


def check_files(folder: Path, contents: Contents) -> None:
    """Compare every byte with the list. Raises BadSnapshot."""
    found = dict(list_files(folder))
    for name, noted in contents.files.items():
        if PurePosixPath(name).is_absolute() or ".." in PurePosixPath(name).parts:
            raise BadSnapshot(f"{folder} lists {name!r}, which lies outside of it")
        if name not in found:
            raise BadSnapshot(f"{folder} lacks {name}; take another snapshot")
        if sum_of_file(found[name]) != noted:
            raise BadSnapshot(f"{found[name]} is not as it was written; take another snapshot")
    if strangers := sorted(set(found) - set(contents.files)):
        raise BadSnapshot(f"{folder} holds {strangers[0]}, which no snapshot put there; remove it")


def copy_file(source: Path, target: Path) -> None:
    """Copy one file with its rights, kept by the disk. A database is copied as of one moment."""
    with source.open("rb") as stream:
        is_database = stream.read(len(_HEADER)) == _HEADER
    if not is_database:
        copy_bytes(source, target)
        return
    copy_database(source, target)
    shutil.copymode(source, target)
    sync_file(target)


def copy_bytes(source: Path, target: Path) -> None:
    """Copy one file that nobody writes to, with its rights, kept by the disk."""
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    shutil.copy2(source, target)
    sync_file(target)


def copy_database(source: Path, target: Path) -> None:
    """Copy a database that others may be writing to: what was committed when it began."""
    uri = f"{source.absolute().as_uri()}?mode=ro"
    with (
        contextlib.closing(sqlite3.connect(uri, uri=True, timeout=_PATIENCE)) as live,
        contextlib.closing(sqlite3.connect(target)) as copy,
    ):
        live.backup(copy)
        # One file, without a log beside it.
        copy.execute("PRAGMA journal_mode = DELETE")


def copy_part(source: Path, target: Path) -> None:
    """Copy a folder that others may be writing to: nobody holds one of its locks meanwhile."""
    with contextlib.ExitStack() as stack:
        for lock in sorted(source.rglob("*.lock")):
            try:
                stack.enter_context(FileLock(lock, timeout=_PATIENCE))
            except Timeout:
                raise LibraryLocked(
                    f"another process has kept {lock} for {_PATIENCE:.0f} s; try again later"
                ) from None
        target.mkdir(mode=0o700)
        for path in sorted(source.rglob("*")):
            name = path.relative_to(source)
            if path.is_dir() and not path.is_symlink():
                (target / name).mkdir(exist_ok=True, mode=path.stat().st_mode & 0o777)
            elif path.is_file() and not path.is_symlink() and not _is_passing(path):
                copy_file(path, target / name)


def pack(folder: Path, target: Path) -> None:
    """Put a snapshot into one file, uncompressed, kept by the disk."""
    with tarfile.open(target, "w", format=tarfile.PAX_FORMAT) as archive:
        archive.add(folder / LIST_FILE, LIST_FILE)
        for name, path in list_files(folder):
            archive.add(path, name)
    target.chmod(0o600)
    sync_file(target)


def unpack(archive: Path, folder: Path) -> None:
    """Take a snapshot out of its file. Raises BadSnapshot for what is none, or would escape."""
    try:
        with tarfile.open(archive, "r:") as stream:
            stream.extractall(folder, filter="data")
    except (tarfile.TarError, OSError, EOFError) as error:
        raise BadSnapshot(f"{archive} is no whole snapshot: {error}") from error


def sync_file(path: Path) -> None:
    """Have the disk keep a file's bytes."""
    with path.open("rb") as stream:
        os.fsync(stream.fileno())


def sync_tree(folder: Path) -> None:
    """Have the disk keep the names below a folder."""
    for path in (folder, *(p for p in folder.rglob("*") if p.is_dir())):
        sync_folder(path)


def _is_passing(path: Path) -> bool:
    """Locks, files that are being written, and what belongs to an open database."""
    return path.name.endswith((".lock", ".tmp", "-wal", "-shm", "-journal"))
