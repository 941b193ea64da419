"""Checks of every byte of an index, for `doctor`: is each as it was written, and what if not?"""

from __future__ import annotations

from pathlib import Path

from assistant.checks import FAIL, OK, WARN, Check
from index.catalog import Catalog
from index.catalog_check import problem_of
from index.checksums import CHECKSUMS_FILE, EDITED_FILES, damages
from index.manifest import MANIFEST_FILE
from index.schema import CATALOG_FILE
from index.sums import wrong_tables

_REBUILD = "`prior-art --index {} rebuild` makes words and vectors anew from the catalogue"
_SHOWN = 3


def restoring(folder: Path) -> str:
    """What to do about a catalogue that is damaged."""
    return (
        f"`prior-art --index {folder} restore SNAPSHOT` brings the last snapshot back; without "
        "one, ingest the same paths into a new folder"
    )


def catalog_check(folder: Path, catalog: Catalog) -> Check:
    """Structure, rows and numbers of the catalogue. catalog: without a clearance."""
    if problem := problem_of(catalog.connection):
        return Check("catalogue", FAIL, f"it is damaged: {problem}", restoring(folder))
    documents, passages = catalog.count("documents"), catalog.count("passages")
    vectors = catalog.encoders.count(catalog.encoders.current())
    if vectors != passages:
        detail = f"{passages} passages but {vectors} vectors"
        return Check("catalogue", FAIL, detail, restoring(folder))
    if wrong_tables(catalog.connection) is None:
        detail = f"{documents} documents, {passages} passages; its rows have no checksums yet"
        return Check("catalogue", WARN, detail, "the next ingest makes them")
    return Check("catalogue", OK, f"{documents} documents, {passages} passages, every row checked")


def file_check(folder: Path) -> Check:
    """The files of the index against the checksums noted after the last write."""
    found = damages(folder)
    if found is None:
        detail = "the last write came to no end, so that no checksums of files were noted"
        return Check("files", WARN, detail, _REBUILD.format(folder))
    if not found:
        return Check("files", OK, "every byte is as it was written")
    shown = "; ".join(f"{damage.name} {damage.problem}" for damage in found[:_SHOWN])
    if len(found) > _SHOWN:
        shown += f"; and {len(found) - _SHOWN} more"
    names = {damage.name for damage in found}
    if names <= set(EDITED_FILES):
        remedy = "if somebody has edited it, the next ingest notes it; else take a snapshot's"
        return Check("files", WARN, shown, remedy)
    if names & {CATALOG_FILE, MANIFEST_FILE}:
        return Check("files", FAIL, shown, restoring(folder))
    if names == {CHECKSUMS_FILE}:
        return Check("files", WARN, shown, _REBUILD.format(folder))
    return Check("files", FAIL, shown, _REBUILD.format(folder))
