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

from assistant.chained.files import append, file_mode, make_folder, replace_file
from assistant.projects.errors import BrokenRecord, ProjectBusy, RecordNotWritten

__all__ = [
    "append",
    "attach",
    "attached",
    "attached_path",
    "file_mode",
    "locked",
    "make_folder",
    "replace_file",
    "stated",
]

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
