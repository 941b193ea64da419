"""What a faulty process does to a library, and what can be seen of one from outside."""

from __future__ import annotations

import contextlib
import hashlib
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from assistant.doctor import diagnose
from assistant.exports import About, write_hits
from fakes import LetterEncoder
from index import Library, SearchOptions, ingest
from index.backup import snapshot
from index.catalog import encoder_in_use
from index.encoder import Vectors
from index.errors import UnknownDocument
from index.manifest import read_manifest
from index.migrations import MIGRATED_FORMATS
from index.rebuild import rebuild
from index.records import Filters
from index.reembedding import reembed
from index.restoring import restore
from index.update import remove

WINDOW = 24
QUERIES = (
    "boron coating",
    "formation at 45 °C",
    '"boron coating" AND cathode',
    "anode NEAR/5 binder",
    "separator thickness 12 um",
    "capacity NOT copper",
    "(silicon OR graphite) AND anode",
    "electrolyte with 2 wt% FEC",
    "slurry",
    "calender",
    "rest after formation and ageing of the cell at high voltage",
    "title:report",
    "quick",
    "nickel-rich cathode active material",
    "zzzz nothing has this",
    "cycle life",
    "coat*",
    "D50 of 8 µm",
    "which binder is used",
    "tab welding",
)  # fmt: skip
SYSTEMS = ("bm25", "dense", "hybrid")


class SquaredEncoder(LetterEncoder):
    """Another encoder: what it ranks differs from what letters rank."""

    def _vector(self, text: str) -> Vectors:
        squared = super()._vector(text) ** 2
        length = np.linalg.norm(squared)
        return squared / length if length else squared


def letters() -> LetterEncoder:
    return LetterEncoder(window=WINDOW)


def squares() -> SquaredEncoder:
    return SquaredEncoder("squares", window=WINDOW)


def encoder_of(library: Path) -> LetterEncoder:
    """The encoder that a library is searched with."""
    read_manifest(library, older=MIGRATED_FORMATS)
    return squares() if encoder_in_use(library).name == "squares" else letters()


def run_ingest(library: str, paths: list[str], label: str | None = None) -> None:
    folder = Path(library)
    encoder = letters()
    with contextlib.suppress(Exception):
        encoder = encoder_of(folder)
    ingest(folder, paths, label=label, encoder=encoder)


def run_remove(library: str, names: list[str]) -> None:
    # What went before a fault is unknown to the next run, which tidies up all the same.
    with contextlib.suppress(UnknownDocument):
        remove(library, names, encoder_of(Path(library)))


def run_reembed(library: str, drop_old: bool = False) -> None:
    reembed(library, squares(), drop_old=drop_old)


def run_rebuild(library: str) -> None:
    rebuild(library)


def run_snapshot(library: str, target: str) -> None:
    # A second run after one that came to its end finds the target there.
    if not Path(target).exists():
        snapshot(library, target)


def run_restore(library: str, source: str) -> None:
    restore(source, library, force=True)


def run_export(library: str, path: str) -> None:
    opened = _opened(library)
    result = opened.search("boron coating", 10)
    about = About("2026-01-01T00:00:00+00:00", "library", opened.counts()[0], None)
    write_hits(result, path, about)
    opened.close()


def target_is_whole(path: str, library: str) -> bool:
    """Whether what a snapshot or an export made is not there, or all of it is."""
    target = Path(path)
    if not target.exists():
        return True
    if target.suffix == ".csv":
        return target.read_text(encoding="utf-8-sig").endswith("\n")
    with tempfile.TemporaryDirectory() as folder:
        restore(target, Path(folder) / "lib")
        return seen(str(Path(folder) / "lib")) == seen(library)


def seen(library: str) -> dict[str, Any]:
    """All that can be asked of a library, without the keys and places that it happens to have."""
    opened = _opened(library)
    try:
        documents = [_plain(facts.to_dict()) for facts in opened.documents()]
        searches = [_hits(opened, query, system) for query in QUERIES for system in SYSTEMS]
        labels = sorted({d["label"] or "" for d in documents})
        for label in filter(None, labels):
            searches.append(_hits(opened, QUERIES[0], "hybrid", Filters(label=[label])))
        return {
            "documents": documents,
            "counts": opened.counts(),
            "terms": opened.term_counts(["boron", "coat", "anod", "slurri"]),
            "fingerprint": opened.fingerprint(),
            "texts": {d["id"]: _digest(opened.document(d["id"]).text) for d in documents},
            "searches": searches,
        }
    finally:
        opened.close()


def doctor(library: str) -> dict[str, Any]:
    folder = Path(library)
    with contextlib.suppress(Exception):
        return diagnose(folder, encoder_of(folder)).to_dict()
    return diagnose(folder, letters()).to_dict()


def _opened(library: str) -> Library:
    folder = Path(library)
    return Library.open(folder, encoder_of(folder))


def _plain(document: dict[str, Any]) -> dict[str, Any]:
    return {**document, "source": Path(document["source"]).name}


def _hits(opened: Library, query: str, system: str, filters: Filters | None = None) -> list[Any]:
    # The query language belongs to the words; vectors take the query as it stands.
    options = SearchOptions(system)  # type: ignore[arg-type]
    found = opened.search(query, 10, filters, options).hits
    return [
        (hit.rank, hit.score, hit.document.id, [(p.id, p.score, p.text) for p in hit.passages])
        for hit in found
    ]


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]


OPERATIONS: dict[str, Callable[..., Any]] = {
    "ingest": run_ingest,
    "remove": run_remove,
    "reembed": run_reembed,
    "export": run_export,
    "rebuild": run_rebuild,
    "snapshot": run_snapshot,
    "restore": run_restore,
    "target_is_whole": target_is_whole,
    "seen": seen,
    "doctor": doctor,
}
