"""What files were called when they were uploaded: kept beside them, and never used as paths."""

from __future__ import annotations

import json
import re
import unicodedata
from functools import lru_cache
from pathlib import Path, PurePath

UPLOADS = "uploads"
_NAMES = ".names.json"  # after the folder's own name, beside it: what is in it is ingested
_LONGEST_NAME = 120  # bytes; file systems allow 255
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\.|$)", re.IGNORECASE)


def safe_name(name: str) -> str:
    r"""A plain file name out of whatever a browser sent: no folder, nothing hidden or reserved.

    >>> safe_name("../../etc/passwd"), safe_name("C:\\temp\\a b.pdf"), safe_name(".hidden")
    ('passwd', 'a b.pdf', 'hidden')
    """
    name = unicodedata.normalize("NFC", name.replace("\\", "/")).rsplit("/", 1)[-1]
    kept = "".join(c if c.isalnum() or c in " ._-()" else "_" for c in name)
    kept = kept.strip(" .") or "document"
    if _RESERVED.match(kept):
        kept = f"_{kept}"
    stem, dot, suffix = kept.rpartition(".")
    if not dot or len(suffix) > 10:
        stem, suffix = kept, ""
    tail = f".{suffix}" if suffix else ""
    room = _LONGEST_NAME - len(tail.encode())
    return stem.encode()[:room].decode("utf-8", "ignore") + tail


def names_beside(folder: Path) -> Path:
    """Where the names of the files in a folder of uploads are kept."""
    return folder.with_name(folder.name + _NAMES)


def shown_name(source: str) -> str:
    r"""What to call the file of a source: as it was called when it was uploaded, without folders.

    >>> shown_name("/srv/docs/pack.zip/a.pdf"), shown_name("C:\\docs\\b.pdf")
    ('a.pdf', 'b.pdf')
    """
    path = PurePath(source.replace("\\", "/"))
    if path.parent.parent.name != UPLOADS:
        return path.name
    return _names_of(str(path.parent)).get(path.name, path.name)


@lru_cache(maxsize=1000)
def _names_of(folder: str) -> dict[str, str]:
    try:
        found = json.loads(names_beside(Path(folder)).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}
