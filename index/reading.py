"""A file between its reader and the catalogue: what was read, and how it is compared and placed."""

from __future__ import annotations

import os
from dataclasses import dataclass, field, replace

from index.source_store import StoredSource
from index.store import StoredDocument
from ingest.errors import IngestError, Rejection
from ingest.isolate import Reply
from ingest.records import Document


@dataclass
class Reading:
    """A file while it is read. before: its documents of last time, by id.

    label: of its documents; None for what they say of themselves.
    """

    source: StoredSource
    before: dict[str, StoredDocument]
    label: str | None = None
    seen: set[str] = field(default_factory=set)
    # Key of each document that was there already: whether the file is joined to another's text.
    origins: dict[int, bool] = field(default_factory=dict)
    rejections: list[Rejection] = field(default_factory=list)
    added: int = 0
    broken: bool = False  # not read to its end

    def reject(self, source: str, error: IngestError) -> None:
        """List something of the file that does not come in."""
        self.rejections.append(Rejection(source, type(error).__name__, str(error)))


def printable(path: str) -> str:
    r"""A path as text: bytes that are not UTF-8 are written as escapes.

    >>> printable("a\udcffb")
    'a\\udcffb'
    """
    return path.encode("utf-8", "backslashreplace").decode("utf-8")


def differs(known: StoredDocument, content_hash: str) -> bool:
    """Whether the bytes are others than those stored, whatever rules read them.

    A stale document has none, and so is like any.
    """
    before, now = known.content_hash.split(":")[-1], content_hash.split(":")[-1]
    return bool(before) and before != now


def placed(reply: Reply, reading: Reading) -> Document:
    """The document with the facts that belong to the library: its source and its label."""
    document = reply.document
    assert document is not None
    label = reading.label if reading.label is not None else document.facts.label
    path = reading.source.path
    source = f"{path}!/{reply.member}" if reply.member else path
    return replace(document, facts=replace(document.facts, source=source, label=label))


def has_changed(path: str, now: StoredSource) -> bool:
    """Whether a file is no longer as it was when the run looked at it."""
    try:
        status = os.stat(path)
    except OSError:
        return True
    return (status.st_size, status.st_mtime_ns) != (now.size, now.modified_ns)
