"""Long lists of document ids, kept once beside the log however often they were seen.

Who opens the library's page sees every document. The same list is one file, which the entries
name by its SHA-256.
"""

from __future__ import annotations

import gzip
import hashlib
import re
import zlib
from collections.abc import Iterable
from pathlib import Path

from assistant.audit.errors import AuditBroken
from assistant.audit.files import LISTS
from assistant.chained.files import make_folder, replace_file

# Ids up to this many stand in the entry itself.
INLINE = 100
_NAME = re.compile(r"[0-9a-f]{64}")


def packed(ids: Iterable[str]) -> tuple[str, bytes]:
    """Name and bytes of the file of a list of ids, whatever their order."""
    data = gzip.compress("\n".join(sorted(set(ids))).encode(), mtime=0)
    return hashlib.sha256(data).hexdigest(), data


def keep(folder: Path, name: str, data: bytes) -> None:
    """Have a list on the disk. folder: of the log. Raises OSError."""
    make_folder(folder / LISTS)
    path = list_path(folder, name)
    if not path.exists() or path.read_bytes() != data:
        replace_file(path, data)


def list_path(folder: Path, name: str) -> Path:
    """Where a list is kept."""
    return folder / LISTS / f"{name}.gz"


def read_list(folder: Path, name: str) -> frozenset[str]:
    """The ids of a list. Raises AuditBroken where it is missing or not as it was written."""
    path = list_path(folder, name)
    try:
        data = path.read_bytes() if _NAME.fullmatch(name) else b""
        if hashlib.sha256(data).hexdigest() == name:
            return frozenset(gzip.decompress(data).decode().split("\n"))
        problem = "is not as it was written"
    except FileNotFoundError:
        problem = "is missing"
    except (OSError, EOFError, zlib.error, ValueError) as error:
        problem = f"cannot be read: {error}"
    raise AuditBroken(f"{path}, a list of documents that the audit log names, {problem}")
