"""A file between its reader and the catalogue: what was read, and how it is compared and placed."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from index.store import StoredDocument, StoredSource
from ingest.errors import Rejection
from ingest.records import Document


@dataclass
class Reading:
    """A file while it is read. before: its documents of last time, by id."""

    source: StoredSource
    before: dict[str, StoredDocument]
    seen: set[str] = field(default_factory=set)
    origins: list[int] = field(default_factory=list)
    rejections: list[Rejection] = field(default_factory=list)


def printable(path: str) -> str:
    r"""A path as text: bytes that are not UTF-8 are written as escapes.

    >>> printable("a\udcffb")
    'a\\udcffb'
    """
    return path.encode("utf-8", "backslashreplace").decode("utf-8")


def differs(known: StoredDocument, content_hash: str) -> bool:
    """Whether the bytes are others than those stored, whatever rules read them."""
    return known.content_hash.split(":")[-1] != content_hash.split(":")[-1]


def placed(document: Document | None, now: StoredSource) -> Document:
    """The document with the facts that belong to the library: its source and its label."""
    assert document is not None
    label = now.label if now.label is not None else document.facts.label
    return replace(document, facts=replace(document.facts, source=now.path, label=label))
