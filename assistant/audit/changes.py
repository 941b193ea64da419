"""Writes down which documents came, went or got another label while the index was changed."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

from assistant.audit.log import AuditLog
from assistant.audit.records import Act, Visitor
from index.catalog import Catalog
from index.manifest import MANIFEST_FILE


@contextlib.contextmanager
def changes(log: AuditLog | None, visitor: Visitor, index: Path, action: str) -> Iterator[None]:
    """Around an ingest, an upload, a removal: one entry before it begins, one of what it did.

    log: None for not audited. action: such as "ingest" or "remove". What a run had done before it
    failed is written down as well. Raises AuditNotWritten: then nothing is begun.
    """
    if log is None:
        yield
        return
    before = _held(index)
    log.add(visitor, Act(action))
    try:
        yield
    finally:
        after = _held(index)
        both = before.keys() & after.keys()
        documents = {
            "added": tuple(sorted(after.keys() - before.keys())),
            "removed": tuple(sorted(before.keys() - after.keys())),
            "relabelled": tuple(sorted(name for name in both if before[name] != after[name])),
        }
        log.add(visitor, Act(action, documents, count=sum(map(len, documents.values()))))


def _held(index: Path) -> dict[str, set[str | None]]:
    """Labels of the documents in an index, by id; the same text may lie under two."""
    if not (index / MANIFEST_FILE).exists():
        return {}
    catalog = Catalog(index)
    try:
        held: dict[str, set[str | None]] = {}
        for name, _, label in catalog.content_hashes():
            held.setdefault(name, set()).add(label)
        return held
    finally:
        catalog.close()
