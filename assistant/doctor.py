"""Check that a library is whole and usable, and say what to do where it is not. Changes nothing."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from assistant.access_checks import access_checks
from assistant.checks import FAIL, OK, WARN, Check
from assistant.generate.settings import GeneratorSettings, from_environment
from assistant.integrity import catalog_check, file_check, restoring
from assistant.outward import outward_check
from index.catalog import Catalog, encoder_in_use
from index.encoder import Encoder, SentenceEncoder
from index.errors import LibraryError
from index.manifest import check_encoder, read_manifest
from index.vectors import VectorIndex
from index.words_exact import stored_keys, wanted_keys

_LEAST_FREE = 1 << 30  # bytes
_AGAIN = "`prior-art rebuild`, or the next ingest, makes this anew from the catalogue"


@dataclass(frozen=True)
class Diagnosis:
    """All checks."""

    checks: tuple[Check, ...]

    @property
    def ok(self) -> bool:
        """Whether nothing failed; warnings are fine."""
        return all(check.status != FAIL for check in self.checks)

    def to_dict(self) -> dict[str, Any]:
        """The JSON of `prior-art doctor`."""
        return {"ok": self.ok, "checks": [check.to_dict() for check in self.checks]}


def diagnose(
    folder: Path,
    encoder: Encoder | None = None,
    generator: GeneratorSettings | None = None,
    reranker: str | None = None,
) -> Diagnosis:
    """Look at everything that searching needs, and list what lies on other machines.

    generator: None for what the environment says; reranker: the cross-encoder's name, if any.
    """
    generator = generator or from_environment(os.environ)
    models = (_encoder_name(folder, encoder), reranker or "", generator.support)
    outward = outward_check(generator, models, os.environ)
    return Diagnosis((*_library(folder, encoder), *access_checks(folder), outward))


def _encoder_name(folder: Path, encoder: Encoder | None) -> str:
    try:
        return encoder.name if encoder else encoder_in_use(folder).name
    except LibraryError:  # Said by the check of the manifest.
        return ""


def _library(folder: Path, encoder: Encoder | None) -> list[Check]:
    try:
        manifest = read_manifest(folder)
    except LibraryError as error:
        return [Check("manifest", FAIL, str(error), "see the message")]
    checks = [Check("manifest", OK, f"format {manifest.format_version}")]
    checks.append(_encoder(folder, encoder))
    checks.append(_space(folder))
    try:
        catalog = Catalog(folder, None)
    except LibraryError as error:
        checks.append(Check("catalogue", FAIL, str(error), restoring(folder)))
        return checks
    try:
        checks += _content(folder, catalog)
    finally:
        catalog.close()
    return checks


def _content(folder: Path, catalog: Catalog) -> Iterator[Check]:
    looks: dict[str, Callable[[], Check]] = {
        "catalogue": lambda: catalog_check(folder, catalog),
        "files": lambda: file_check(folder),
        "vectors": lambda: _vectors(folder, catalog),
        "words": lambda: _words(folder),
        "reembedding": lambda: _reembedding(catalog),
        "sources": lambda: _sources(catalog),
        "rejected": lambda: _rejected(catalog),
    }
    for name, look in looks.items():
        try:
            yield look()
        except (LibraryError, sqlite3.Error) as error:
            remedy = _AGAIN if name == "words" else restoring(folder)
            yield Check(name, FAIL, str(error), remedy)


def _encoder(folder: Path, encoder: Encoder | None) -> Check:
    try:
        made = encoder_in_use(folder)
        encoder = encoder or SentenceEncoder(made.name)
        check_encoder(folder, made, encoder.name, encoder.fingerprint)
    except LibraryError as error:
        return Check("encoder", FAIL, str(error), "see the message")
    return Check("encoder", OK, f"{encoder.name} ({encoder.fingerprint})")


def _space(folder: Path) -> Check:
    free = shutil.disk_usage(folder).free
    if free < _LEAST_FREE:
        return Check("disk", WARN, f"{free / 1e9:.1f} GB free", "make room before the next ingest")
    return Check("disk", OK, f"{free / 1e9:.1f} GB free")


def _vectors(folder: Path, catalog: Catalog) -> Check:
    encoder = catalog.encoders.current()
    vectors = VectorIndex(encoder, folder)
    wrong = len(vectors.sync(catalog))
    if wrong:
        detail = f"{wrong} files of vectors differ from the catalogue; searches make up"
        return Check("vectors", WARN, f"{detail} for it at every opening", _AGAIN)
    return Check("vectors", OK, f"{len(vectors)} vectors")


def _words(folder: Path) -> Check:
    have, want = stored_keys(folder), wanted_keys(folder)
    none = np.empty(0, np.int64)
    missing = sum(np.setdiff1d(keys, have.get(name, none)).size for name, keys in want.items())
    surplus = sum(np.setdiff1d(keys, want.get(name, none)).size for name, keys in have.items())
    size = sum(keys.size for keys in have.values())
    if missing:
        return Check("words", FAIL, f"{missing} passages are not in the word index", _AGAIN)
    if surplus:
        return Check("words", WARN, f"{surplus} words' passages are left of a stopped run", _AGAIN)
    return Check("words", OK, f"{size} passages")


def _reembedding(catalog: Catalog) -> Check:
    current, target = catalog.encoders.current(), catalog.encoders.target()
    if target is not None:
        done, passages = catalog.encoders.count(target), catalog.count("passages")
        detail = f"the change to {target.name} is unfinished: {done} of {passages} passages"
        remedy = (
            f"`prior-art reembed --encoder {target.name}` goes on with it; `prior-art reembed "
            f"--encoder {current.name} --drop-old` gives it up"
        )
        return Check("reembedding", WARN, f"{detail}; searches use {current.name}", remedy)
    others = ", ".join(other.name for other in catalog.encoders.others())
    kept = f"vectors of {others} are kept for the way back" if others else "no others are kept"
    return Check("reembedding", OK, f"vectors of {current.name}; {kept}")


def _sources(catalog: Catalog) -> Check:
    rows = catalog.connection.execute("SELECT path, complete FROM sources").fetchall()
    unfinished = sum(1 for _, complete in rows if not complete)
    gone = sum(1 for path, _ in rows if not Path(path).exists())
    if unfinished:
        remedy = "run the last `prior-art ingest` again: it goes on where it was stopped"
        return Check("sources", WARN, f"{unfinished} files are not finished", remedy)
    if gone:
        remedy = "`prior-art ingest` of their folder takes them out; page images need the files"
        return Check("sources", WARN, f"{gone} of {len(rows)} files are no longer there", remedy)
    return Check("sources", OK, f"{len(rows)} files")


def _rejected(catalog: Catalog) -> Check:
    count = catalog.count("rejected")
    if count:
        return Check("rejected", WARN, f"{count} files or records are not in the index",
                     "`prior-art list --rejected` says why")  # fmt: skip
    return Check("rejected", OK, "nothing was rejected")
