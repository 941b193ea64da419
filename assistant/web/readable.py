"""Which files are taken from browsers and programs at all."""

from __future__ import annotations

from functools import lru_cache
from pathlib import PurePath

MOST_FILES = 500
# Files that readers know by their content, with the suffixes that they usually have.
_BY_CONTENT = frozenset({".tex", ".dat", ".sgm", ".sgml"})


def readable(name: str) -> bool:
    """Whether a file's suffix is of a kind that is read; what is in it, its reader judges."""
    return PurePath(name).suffix.lower() in suffixes()


@lru_cache(maxsize=1)
def suffixes() -> frozenset[str]:
    """Suffixes of the files that are read."""
    from ingest.readers.formats import FORMATS  # a second for all readers, once needed

    return frozenset(suffix for one in FORMATS for suffix in one.suffixes) | _BY_CONTENT
