"""Bring files into a library: the only writer of an index.

Looks at every file below the given paths, reads what is new or changed, and commits in batches,
so that a kill at any moment loses at most the batch in work.
"""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

from index.batch import Batch, Committer, FinishedSource, NewDocument
from index.reading import Reading, differs, placed, printable
from index.store import Store, StoredDocument, StoredSource
from index.tally import Duplicate, Progress, Tally
from ingest.errors import DuplicateId, MissingPath, NoText, Rejection, Unreadable
from ingest.isolate import ReaderProcess, ReadLimits, Reply
from ingest.sources import Source, find_sources

# Raise it when readers learn something, so that unchanged files are read again.
READER_RULES = 1
# A batch is committed when it has this many passages, or this age.
_BATCH_PASSAGES = 512
_FIRST_PASSAGES = 64
_BATCH_SECONDS = 15.0
# Rejections that may pass by themselves, so that the file is tried at every run.
_PASSING = frozenset({"Unreadable", "ReaderCrashed", "DuplicateId"})


class Builder:
    """One run of an ingest: `run` once, then read the tally and the lists."""

    def __init__(
        self,
        folder: Path,
        store: Store,
        committer: Committer,
        report: Callable[[Progress], None],
        limits: ReadLimits | None = None,
    ) -> None:
        self.tally = Tally()
        self.rejected: list[Rejection] = []
        self.duplicates: list[Duplicate] = []
        self._folder = os.path.abspath(folder)
        self._store = store
        self._committer = committer
        self._report = report
        self._progress = Progress("", 0, 0, 0, 0, 0)
        self._label: str | None = None
        self._bytes_done = 0
        self._commits = 0
        self._limits = limits
        self._batch = Batch()
        self._batch_started = time.monotonic()

    def run(self, paths: Iterable[str | Path], label: str | None) -> None:
        """Bring the paths in. label: None keeps each document's own or earlier label."""
        self._label = label
        roots = [os.path.abspath(os.fspath(path)) for path in paths]
        found = [(root, list(find_sources(root, self._folder))) for root in dict.fromkeys(roots)]
        sources = [s for _, all_ in found for s in all_ if isinstance(s, Source)]
        self._progress = replace(
            self._progress,
            files_total=len(sources),
            bytes_total=sum(source.size for source in sources),
        )
        with ReaderProcess(self._limits) as reader:
            for _, all_ in found:
                for entry in all_:
                    if isinstance(entry, Rejection):
                        self._reject_path(entry)
                    else:
                        self._bring(entry, reader)
            # A file that was moved has its new place on record before its old one goes.
            self._commit()
            for root, all_ in found:
                self._remove_vanished(root, all_)

    def _bring(self, source: Source, reader: ReaderProcess) -> None:
        path = printable(source.path)
        known = self._store.source(path)
        label = self._label if self._label is not None or known is None else known.label
        try:
            digest = self._digest(source, known)
        except OSError as error:
            reason = f"the system refuses to read it: {error.strerror or error}"
            self._reject_path(Rejection(path, Unreadable.__name__, reason))
            return
        now = StoredSource(
            path, source.size, source.modified_ns, source.changed_ns, digest, label, True,
            READER_RULES,
        )  # fmt: skip
        if known and known.complete and not self._must_read(known, now):
            self._keep(known, now)
        else:
            self._read(source, now, reader)
        self._bytes_done += source.size
        files = self._progress.files + 1
        self._progress = replace(self._progress, path=path, files=files, bytes=self._bytes_done)
        self._report(self._progress)
        if self._batch.passages >= self._enough() or self._is_old():
            self._commit()

    def _digest(self, source: Source, known: StoredSource | None) -> str:
        """SHA-256 of the file, computed only where size or times have changed."""
        times = (source.size, source.modified_ns, source.changed_ns)
        if known and times == (known.size, known.modified_ns, known.changed_ns):
            return known.sha256
        with open(source.path, "rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()

    def _must_read(self, known: StoredSource, now: StoredSource) -> bool:
        if known.sha256 != now.sha256 or known.reader_rules != now.reader_rules:
            return True
        return any(r.error in _PASSING for r in self._store.rejections_of(now.path))

    def _keep(self, known: StoredSource, now: StoredSource) -> None:
        documents = self._store.documents_of(now.path)
        self.tally.unchanged += len(documents)
        self.rejected += self._store.rejections_of(now.path)
        if known != now:
            with self._store.transaction():
                self._store.put_source(now)
        for document in documents.values():
            self._relabel(document, now.path)

    def _relabel(self, document: StoredDocument, path: str) -> None:
        """Give a document the label of this run, if there is one.

        A label is never changed because of a copy: while the document lies elsewhere too, one can
        only be put on.
        """
        if self._label is None or self._label == document.label:
            return
        copies = any(other != path for other in self._store.paths_of(document.key))
        if document.label is None or not copies:
            with self._store.transaction():
                self._store.set_label(document.key, self._label)
                self._store.advance()

    def _read(self, source: Source, now: StoredSource, reader: ReaderProcess) -> None:
        """Read a file; its documents wait in the batch, its end closes it there."""
        reading = Reading(now, self._store.documents_of(now.path))
        before, seen = reading.before, reading.seen
        with self._store.transaction():
            self._store.put_source(replace(now, complete=False))
        for reply in reader.read(source.path):
            self._progress = replace(self._progress, bytes=self._bytes_done + reply.position)
            if reply.rejection is not None:
                reading.rejections.append(reply.rejection)
            elif reply.document is not None:
                self._take(reply, reading)
            # One file with many documents may be larger than memory.
            if self._batch.passages >= self._enough() and len(seen) > 1:
                self._commit()
        # A file that could not be read to its end takes nothing out: its old version stays.
        broken = any(rejection.source == now.path for rejection in reading.rejections)
        left = [] if broken else [d.key for i, d in before.items() if i not in seen]
        replaced = min(len(left), len(seen - before.keys()))
        self.tally.updated += replaced
        self.tally.added -= replaced
        self.tally.removed += len(left) - replaced
        self.rejected += reading.rejections
        self._batch.finished.append(
            FinishedSource(
                reading.source, tuple(reading.rejections), tuple(reading.origins), tuple(left)
            )
        )

    def _take(self, reply: Reply, reading: Reading) -> None:
        """Sort one document of a file: known already, new, changed, or another's id."""
        now = reading.source
        document = placed(reply.document, now)
        # The readers' rules belong to it: the same bytes read by better rules are a new version.
        content_hash = f"{READER_RULES}:{reply.content_hash or now.sha256}"
        identity = document.facts.id
        known = self._settled(identity)
        others = [p for p in self._store.paths_of(known.key) if p != now.path] if known else []
        if identity in reading.seen or (known and others and differs(known, content_hash)):
            message = f"the id {identity!r} already belongs to another record"
            source = f"{now.path}#{identity}"
            reading.rejections.append(Rejection(source, DuplicateId.__name__, message))
            return
        if known and known.content_hash == content_hash:
            reading.seen.add(identity)
            self._recognise(known, others, reading)
            return
        passages = self._committer.cut(document)
        if not passages:
            message = "it has headings but no text below them, so nothing could be found in it"
            reading.rejections.append(Rejection(now.path, NoText.__name__, message))
            return
        reading.seen.add(identity)
        self.tally.updated += known is not None
        self.tally.added += known is None
        replaces = known.key if known else None
        self._batch.add(NewDocument(document, now.path, content_hash, passages, replaces))

    def _settled(self, identity: str) -> StoredDocument | None:
        """A document as stored, with nothing waiting that concerns it."""
        known = self._store.document(identity)
        waits = known and any(known.key in entry.origins for entry in self._batch.finished)
        if waits or identity in self._batch.documents:
            self._commit()
            known = self._store.document(identity)
        return known

    def _recognise(self, known: StoredDocument, others: list[str], reading: Reading) -> None:
        """Note that a file holds a document that is there already."""
        now = reading.source
        reading.origins.append(known.key)
        self.tally.unchanged += 1
        if others and known.key not in {d.key for d in reading.before.values()}:
            self.duplicates.append(Duplicate(now.path, others[0]))
            if now.label is None:
                # The file takes the label along, for the day when its copy has gone.
                reading.source = replace(now, label=known.label)
        self._relabel(known, now.path)

    def _reject_path(self, rejection: Rejection) -> None:
        """List a path that gave no file to read, such as a missing one."""
        self.rejected.append(rejection)
        if rejection.error == MissingPath.__name__:
            return  # A slip of the keyboard is told at once, and is nothing to remember.
        with self._store.transaction():
            self._store.reject(rejection.source, [rejection])

    def _remove_vanished(self, root: str, found: list[Source | Rejection]) -> None:
        present = {printable(e.path if isinstance(e, Source) else e.source) for e in found}
        # What lies below a folder that could not be read has not vanished.
        closed = [
            f"{e.source}/" for e in found if isinstance(e, Rejection) and e.error == "Unreadable"
        ]
        # Nor has what was uploaded into the library's own folder, which is not looked into.
        if not f"{root}/".startswith(f"{self._folder}/"):
            closed.append(f"{printable(self._folder)}/")
        if printable(root) in present and not os.path.exists(root):
            return  # The path itself is missing: listed as such, nothing is taken out.
        known = self._store.paths_below(printable(root))
        for path in sorted(known - present):
            if not path.startswith(tuple(closed)):
                self._remove_source(path)

    def _remove_source(self, path: str) -> None:
        documents = self._store.documents_of(path)
        with self._store.transaction():
            gone = self._store.leave(path, [d.key for d in documents.values()])
            self._store.forget_source(path)
            self._store.advance()
        self._committer.remove_words(gone)
        self.tally.removed += len(documents)

    def _enough(self) -> int:
        """Passages of a batch: few at first, so that even a run killed early gets on."""
        return min(_BATCH_PASSAGES, _FIRST_PASSAGES * (1 + self._commits))

    def _is_old(self) -> bool:
        waiting = bool(self._batch.documents or self._batch.finished)
        return waiting and time.monotonic() - self._batch_started > _BATCH_SECONDS

    def _commit(self) -> None:
        if self._batch.documents or self._batch.finished:
            self._committer.commit(self._batch, self._encoded)
            self._commits += 1
        self._batch = Batch()
        self._batch_started = time.monotonic()

    def _encoded(self, count: int) -> None:
        self._progress = replace(self._progress, passages=self._progress.passages + count)
        self._report(self._progress)
