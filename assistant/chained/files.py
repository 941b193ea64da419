"""Files written whole or not at all, as safe as their folder. Knows nothing of what is in them."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path


def file_mode(folder: Path) -> int:
    """Who may read and write a record's files: whoever may enter its folder."""
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


def _sync_folder(folder: Path) -> None:
    """Have a new name outlive a power cut, where the system knows how."""
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
