"""Files of a project: written whole or not at all, for their owner only, under one lock."""

from __future__ import annotations

import contextlib
import gzip
import hashlib
import os
import zlib
from collections.abc import Iterator
from pathlib import Path

from filelock import FileLock, Timeout

from assistant.projects.errors import BrokenRecord, ProjectBusy, RecordNotWritten

LOCK_FILE = "record.lock"
ATTACHED = "attached"
_PATIENCE = 60.0  # seconds
_POLL = 0.01


@contextlib.contextmanager
def locked(folder: Path) -> Iterator[None]:
    """One thread of one process at a time. A folder that cannot be written to needs no lock.

    Raises ProjectBusy.
    """
    lock = FileLock(folder / LOCK_FILE, timeout=_PATIENCE, mode=file_mode(folder))
    try:
        lock.acquire(poll_interval=_POLL)
    except Timeout:
        raise ProjectBusy(
            f"another process has kept {folder} locked for {_PATIENCE:.0f} s; try again later"
        ) from None
    except OSError:
        if os.access(folder, os.W_OK):
            raise
    try:
        yield
    finally:
        lock.release()


@contextlib.contextmanager
def stated(folder: Path) -> Iterator[None]:
    """What the system says while a project is written, as an error of ours."""
    try:
        yield
    except OSError as error:
        raise RecordNotWritten(
            f"nothing can be written to {folder}: {error.strerror or error}; what stood in the "
            "record before is whole. Make room or give the right to write, then try again"
        ) from error


def file_mode(folder: Path) -> int:
    """Who may read and write a project's files: whoever may enter its folder."""
    return folder.stat().st_mode & 0o666 | 0o600


def make_folder(folder: Path) -> None:
    """A folder for its owner only, where there is none."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)


def replace_file(path: Path, data: bytes, *, at_once: bool = True) -> None:
    """Write a file in one step: at every moment it is the old one or the new one.

    at_once: whether the new one must be there after a power cut; else it may be the old one.
    """
    temporary = path.with_name(f"{path.name}.{os.getpid()}.tmp")
    try:
        with _opened(temporary, os.O_TRUNC) as descriptor:
            _write(descriptor, data)
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    if at_once:
        _sync_folder(path.parent)


def append(path: Path, data: bytes) -> None:
    """Add to a file, or leave the file as it was. Raises OSError."""
    with _opened(path, os.O_APPEND) as descriptor:
        size = os.fstat(descriptor).st_size
        try:
            _write(descriptor, data)
        except BaseException:
            os.ftruncate(descriptor, size)  # Needs no room.
            raise
    if not size:
        _sync_folder(path.parent)


@contextlib.contextmanager
def _opened(path: Path, flags: int) -> Iterator[int]:
    flags |= os.O_WRONLY | os.O_CREAT | getattr(os, "O_BINARY", 0)
    descriptor = os.open(path, flags, file_mode(path.parent))
    try:
        yield descriptor
    finally:
        os.close(descriptor)


def _write(descriptor: int, data: bytes) -> None:
    """All of it, kept by the disk. The system may take a part only, as a disk fills."""
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(descriptor, rest) :]
    os.fsync(descriptor)


def attach(folder: Path, data: bytes) -> str:
    """Keep something beside the record that is too long for an entry; its name.

    The name is the SHA-256 of the file, which the entry then holds.
    """
    packed = gzip.compress(data, mtime=0)
    name = hashlib.sha256(packed).hexdigest()
    kept = folder / ATTACHED
    with stated(folder):
        if not kept.is_dir():
            kept.mkdir(mode=folder.stat().st_mode & 0o777, exist_ok=True)
        path = attached_path(folder, name)
        if not path.exists() or path.read_bytes() != packed:
            replace_file(path, packed)
    return name


def attached_path(folder: Path, name: str) -> Path:
    """Where something attached is kept."""
    return folder / ATTACHED / f"{name}.json.gz"


def attached(folder: Path, name: str) -> bytes:
    """What was attached under a name. Raises BrokenRecord where it is not as it was."""
    path = attached_path(folder, name)
    try:
        packed = path.read_bytes()
        if hashlib.sha256(packed).hexdigest() == name:
            return gzip.decompress(packed)
        problem = "is not as it was written"
    except FileNotFoundError:
        problem = "is missing"
    except (OSError, EOFError, zlib.error) as error:
        problem = f"cannot be read: {error}"
    raise BrokenRecord(f"{path}, which the record refers to, {problem}")


def _sync_folder(folder: Path) -> None:
    """Have a new name outlive a power cut, where the system knows how."""
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
