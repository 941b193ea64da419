"""What a search, an answer or a chart was made with: the library, the models, the program."""

from __future__ import annotations

import hashlib
import os
import sys
from dataclasses import replace
from importlib import metadata
from pathlib import Path
from typing import Any

import msgspec

from assistant.answers.model import fitted_file
from assistant.projects.entries import canonical, storable
from assistant.projects.places import Texts
from index.chemistry.abbreviations import ENVIRONMENT, FILE_NAME
from index.library import Library
from index.manifest import MANIFEST_FILE
from index.snapshot import Snapshot
from ingest.facts import plain


def made_with(library: Library, index: str | None, generator: str | None) -> dict[str, Any]:
    """Everything that can change a result. index: the library's fingerprint, None if not known.

    Files are given by the first 16 digits of their SHA-256, null where there is none.
    """
    reranker = library.reranker
    named = os.environ.get(ENVIRONMENT)
    return {
        "index": index,
        "encoder": f"{library.encoder.name} ({library.encoder.fingerprint})",
        "reranker": reranker.name if reranker else None,
        "generator": generator,
        "program": _version(),
        "threads": _threads(),
        "manifest": _digest(library.folder / MANIFEST_FILE),
        "abbreviations": [
            _digest(library.folder / FILE_NAME), _digest(Path(named)) if named else None
        ],
        "calibration": _digest(fitted_file()),
    }  # fmt: skip


def packed(snapshot: Snapshot, texts: Texts) -> bytes:
    """A snapshot as it is attached to a record: documents by number, by their ids without one."""
    numbers = texts.numbers()
    named = (replace(d, name=numbers.get(d.id, "")) for d in snapshot.documents)
    return canonical(storable(plain(replace(snapshot, documents=tuple(named)))))


def unpacked(data: bytes) -> Snapshot:
    """The snapshot that was attached."""
    return msgspec.json.decode(data, type=Snapshot)


def _version() -> str | None:
    try:
        return metadata.version("prior-art")
    except metadata.PackageNotFoundError:
        return None


def _threads() -> int | None:
    """Threads of the models' arithmetic, which decide how sums are rounded."""
    torch = sys.modules.get("torch")
    return int(torch.get_num_threads()) if torch else None


def _digest(path: Path) -> str | None:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()[:16]
    except OSError:
        return None
