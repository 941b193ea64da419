"""Decide which files of a run must be read, without reading them."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from index.reading import printable
from index.source_store import StoredSource
from index.store import Store
from ingest.errors import Encrypted, NeedsOcr, Rejection, Unreadable
from ingest.isolate import ReadLimits
from ingest.ocr import ocr_available
from ingest.sources import Source

# Raise it when readers learn something, so that unchanged files are read again.
READER_RULES = 2
# Rejections that may pass by themselves, so that the file is tried at every run.
_PASSING = frozenset({"Unreadable", "ReaderCrashed", "DuplicateId", "ChangedWhileRead"})


@dataclass(frozen=True)
class ReadSettings:
    """How files are read. limits: of one file; passwords: tried on files that need one.

    label: confidentiality label of all of it; None keeps what documents say of themselves or had.
    remedied: class names of errors whose files are tried again though they have not changed.
    """

    limits: ReadLimits | None = None
    passwords: tuple[str, ...] = ()
    remedied: frozenset[str] = frozenset()
    label: str | None = None


def remedied(passwords: bool) -> frozenset[str]:
    """Errors that may pass now: for want of OCR where there is one, or of a password."""
    errors = {NeedsOcr.__name__} if ocr_available() else set()
    return frozenset(errors | ({Encrypted.__name__} if passwords else set()))


@dataclass(frozen=True)
class Planned:
    """A file of a run. now, known: as it is and as it was; both None where it is rejected.

    label: of its documents; None for what they say of themselves.
    """

    source: Source
    now: StoredSource | None
    known: StoredSource | None
    must_read: bool
    rejection: Rejection | None = None
    label: str | None = None

    @property
    def path_to_read(self) -> str | None:
        """The file's path if it must be read."""
        return self.source.path if self.must_read else None


def plan(
    store: Store,
    sources: Iterable[Source],
    settings: ReadSettings,
    folder_label: Callable[[str], str | None],
) -> Iterator[Planned]:
    """Every file with what is to be done about it. folder_label: of a path, by folders' rules."""
    for source in sources:
        known = store.sources.get(printable(source.path))
        try:
            planned = _planned(store, source, known, settings)
            label = planned.now.label if planned.now else None
            if label is None:
                label = folder_label(printable(source.path))
            yield replace(planned, label=label)
        except OSError as error:
            reason = f"the system refuses to read it: {error.strerror or error}"
            rejection = Rejection(printable(source.path), Unreadable.__name__, reason)
            yield Planned(source, None, known, False, rejection)


def vanished(
    store: Store, root: str, found: Sequence[Source | Rejection], library: str
) -> list[str]:
    """Known paths at or below a root that are no longer there. library: its own folder."""
    present = {printable(e.path if isinstance(e, Source) else e.source) for e in found}
    # What lies below a folder that could not be read has not vanished.
    closed = [f"{e.source}/" for e in found if isinstance(e, Rejection) and e.error == "Unreadable"]
    # Nor has what was uploaded into the library's own folder, which is not looked into.
    if not f"{root}/".startswith(f"{library}/"):
        closed.append(f"{printable(library)}/")
    if printable(root) in present and not os.path.exists(root):
        return []  # The path itself is missing: listed as such, nothing is taken out.
    gone = store.sources.below(printable(root)) - present
    return sorted(path for path in gone if not path.startswith(tuple(closed)))


def _planned(
    store: Store,
    source: Source,
    known: StoredSource | None,
    settings: ReadSettings,
) -> Planned:
    label = settings.label
    kept = label if label is not None or known is None else known.label
    now = StoredSource(
        printable(source.path), source.size, source.modified_ns, source.changed_ns,
        _digest(source, known), kept, True, READER_RULES,
    )  # fmt: skip
    must = known is None or not known.complete or _changed(known, now)
    if not must:
        must = any(
            r.error in _PASSING | settings.remedied for r in store.sources.rejections_of(now.path)
        )
    return Planned(source, now, known, must)


def _changed(known: StoredSource, now: StoredSource) -> bool:
    return known.sha256 != now.sha256 or known.reader_rules != now.reader_rules


def _digest(source: Source, known: StoredSource | None) -> str:
    """SHA-256 of the file, computed only where size or times have changed."""
    times = (source.size, source.modified_ns, source.changed_ns)
    if known and times == (known.size, known.modified_ns, known.changed_ns):
        return known.sha256
    with open(source.path, "rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
