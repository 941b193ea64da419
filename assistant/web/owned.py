"""What belongs to whom: sessions of a page, running events, uploaded files, files to download.

Gradio knows such things by names that whoever has them may use; here each name has an owner.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
import threading
from collections import OrderedDict
from pathlib import Path

_MOST = 100_000
# Of this run of the server only: files of an earlier one are nobody's.
_KEY = secrets.token_bytes(32)


class Owned:
    """Names with their owners, the oldest forgotten where there are too many.

    Safe to use from several threads.
    """

    def __init__(self, most: int = _MOST) -> None:
        self._most = most
        self._owners: OrderedDict[tuple[str, str], set[object]] = OrderedDict()
        self._lock = threading.Lock()

    def claim(self, kind: str, name: str, owner: object) -> bool:
        """Make the first who uses a name its owner; whether it is this one's.

        >>> owned = Owned()
        >>> [owned.claim("session", "x1", who) for who in ("kim", "kim", "lee")]
        [True, True, False]
        """
        with self._lock:
            owners = self._owners.setdefault((kind, name), {owner})
            self._touch(kind, name)
            return owner in owners

    def share(self, kind: str, name: str, owner: object) -> None:
        """Make somebody one of the owners: the same file may come from several people."""
        with self._lock:
            self._owners.setdefault((kind, name), set()).add(owner)
            self._touch(kind, name)

    def has(self, kind: str, name: str, owner: object) -> bool:
        """Whether a name is this one's; an unknown name is nobody's."""
        with self._lock:
            return owner in self._owners.get((kind, name), ())

    def _touch(self, kind: str, name: str) -> None:
        self._owners.move_to_end((kind, name))
        if len(self._owners) > self._most:
            self._owners.popitem(last=False)


def folder_name(owner: object) -> str:
    """Name of the folder for somebody's downloads; tells nobody who that is."""
    return hmac.new(_KEY, repr(_stable(owner)).encode(), hashlib.sha256).hexdigest()[:40]


def lies_in(path: str, folder: Path) -> bool:
    """Whether a path as it was sent is plainly that of a file below a folder, links resolved.

    >>> lies_in("/tmp/a/../b", Path("/tmp"))
    False
    """
    if not os.path.isabs(path) or os.path.normpath(path) != path or "\x00" in path:
        return False
    real, root = os.path.realpath(path), os.path.realpath(folder)
    return os.path.commonpath([real, root]) == root and real != root


def _stable(owner: object) -> object:
    """An owner in a form that is written the same each time; sets are not."""
    if isinstance(owner, tuple):
        return tuple(_stable(part) for part in owner)
    to_list = getattr(owner, "to_list", None)
    return to_list() if callable(to_list) else owner
