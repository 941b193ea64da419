"""Find the files under the paths a user names. Opens none of them.

Every file comes out: readers decide what they can read, and what nobody can read is listed.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ingest.errors import LinkLoop, MissingPath, Rejection, Unreadable


@dataclass(frozen=True)
class Source:
    """A file as found. root: the path the user named; size in bytes; times in nanoseconds.

    changed_ns is the inode's change time, which a copy that keeps the modification time does
    not keep: together with the size it tells whether the bytes must be looked at again.
    """

    path: str
    root: str
    size: int
    modified_ns: int
    changed_ns: int


def find_sources(path: str | Path, skip: str | Path | None = None) -> Iterator[Source | Rejection]:
    """The file itself, or every file below the folder, in sorted order; links are followed.

    skip: a folder that is left out where it lies below the path, such as the index's own.

    >>> [type(found).__name__ for found in find_sources("/no/such/folder")]
    ['Rejection']
    """
    root = os.path.abspath(os.fspath(path))
    try:
        os.stat(root)
    except FileNotFoundError:
        yield _rejection(root, MissingPath("there is nothing at this path; check the spelling"))
        return
    except OSError as error:
        yield _rejection(root, _os_error(error))
        return
    if os.path.isdir(root):
        yield from _walk(root, root, _identity(skip))
    else:
        yield _source(root, root)


def source_at(path: str) -> Source | None:
    """A file as it is now; None where there is no regular file."""
    found = _source(path, path)
    return found if isinstance(found, Source) else None


def _walk(
    folder: str, root: str, above: tuple[tuple[int, int], ...]
) -> Iterator[Source | Rejection]:
    try:
        status = os.stat(folder)
        names = sorted(os.listdir(folder))
    except OSError as error:
        yield _rejection(folder, _os_error(error))
        return
    identity = (status.st_dev, status.st_ino)
    if above and identity == above[0] and folder != root:
        return
    if identity in above[1:]:
        yield _rejection(folder, LinkLoop("this link leads back to a folder above it"))
        return
    for name in names:
        path = os.path.join(folder, name)
        if os.path.isdir(path):
            yield from _walk(path, root, (*above, identity))
        else:
            yield _source(path, root)


def _identity(skip: str | Path | None) -> tuple[tuple[int, int], ...]:
    """The skipped folder as the first of the folders `above`; an impossible one for none."""
    try:
        status = os.stat(skip) if skip is not None else None
    except OSError:
        status = None
    return ((status.st_dev, status.st_ino),) if status else ((-1, -1),)


def _source(path: str, root: str) -> Source | Rejection:
    try:
        status = os.stat(path)
    except OSError as error:
        return _rejection(path, _os_error(error))
    if not os.path.isfile(path):
        return _rejection(path, Unreadable("not a regular file (a device, pipe or socket)"))
    return Source(path, root, status.st_size, status.st_mtime_ns, status.st_ctime_ns)


def _os_error(error: OSError) -> LinkLoop | Unreadable:
    if error.errno == errno.ELOOP:
        return LinkLoop("this link leads back to itself")
    return Unreadable(f"the system refuses to read it: {error.strerror or error}")


def _rejection(path: str, error: Exception) -> Rejection:
    printable = path.encode("utf-8", "backslashreplace").decode("utf-8")
    return Rejection(printable, type(error).__name__, str(error))
