"""Bring files into a library: the only writer of an index.

Looks at every file below the given paths, reads what is new or changed, and commits in batches,
so that a kill at any moment loses at most the batch in work.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from index.batch import Batch, Committer, FinishedSource, NewDocument
from index.plan import READER_RULES, Planned, ReadSettings, plan, vanished
from index.reading import Reading, differs, has_changed, placed, printable
from index.source_store import StoredSource
from index.store import Store, StoredDocument
from index.tally import Duplicate, Progress, Tally
from index.twins import filled, find_twin, supersedes
from ingest.ahead import ReadAhead, reader_count
from ingest.errors import ChangedWhileRead, DuplicateId, MissingPath, NoText, Rejection
from ingest.isolate import Reply
from ingest.records import Document
from ingest.sources import Source, find_sources

# A batch is committed when it has this many passages, or this age.
_BATCH_PASSAGES = 512
_FIRST_PASSAGES = 64
_BATCH_SECONDS = 15.0
_FILES_FOR_A_READER = 8


class Builder:
    """One run of an ingest: `run` once, then read the tally and the lists."""

    def __init__(
        self,
        folder: Path,
        store: Store,
        committer: Committer,
        report: Callable[[Progress], None],
        settings: ReadSettings,
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
        self._settings = settings
        self._batch = Batch()
        self._batch_started = time.monotonic()

    def run(self, paths: Iterable[str | Path], label: str | None) -> None:
        """Bring the paths in. label: None keeps each document's own or earlier label."""
        self._label = label
        roots = [os.path.abspath(os.fspath(path)) for path in paths]
        found = [(root, list(find_sources(root, self._folder))) for root in dict.fromkeys(roots)]
        sources = {s.path: s for _, all_ in found for s in all_ if isinstance(s, Source)}
        for _, all_ in found:
            for entry in all_:
                if isinstance(entry, Rejection):
                    self._reject_path(entry)
        self._bring_all(list(sources.values()))
        # A file that was moved has its new place on record before its old one goes.
        for root, all_ in found:
            for path in vanished(self._store, root, all_, self._folder):
                self._remove_source(path)
        # What stood in the shadow of a vanished file is now read for itself.
        unread = self._store.sources.incomplete()
        self._bring_all([s for s in sources.values() if printable(s.path) in unread])

    def _bring_all(self, sources: list[Source]) -> None:
        if not sources:
            return
        self._progress = replace(
            self._progress,
            files_total=self._progress.files_total + len(sources),
            bytes_total=self._progress.bytes_total + sum(source.size for source in sources),
        )
        planned = plan(self._store, sources, self._label, self._settings.remedied)
        limits, passwords = self._settings.limits, self._settings.passwords
        # A process takes a second to start, which a handful of files does not earn back.
        processes = min(reader_count(), 1 + len(sources) // _FILES_FOR_A_READER)
        with ReadAhead[Planned](processes, limits, passwords) as readers:
            for file, replies in readers.read(planned, lambda p: p.path_to_read):
                self._bring(file, replies)
        self._commit()

    def _bring(self, file: Planned, replies: Iterator[Reply]) -> None:
        if file.now is None:
            assert file.rejection is not None
            self._reject_path(file.rejection)
        elif file.must_read:
            self._read(file.source.path, file.now, replies)
        else:
            self._keep(file.known, file.now)
        self._bytes_done += file.source.size
        files = self._progress.files + 1
        path = printable(file.source.path)
        self._progress = replace(self._progress, path=path, files=files, bytes=self._bytes_done)
        self._report(self._progress)
        if self._batch.passages >= self._enough() or self._is_old():
            self._commit()

    def _keep(self, known: StoredSource | None, now: StoredSource) -> None:
        documents = self._store.documents_of(now.path)
        self.tally.unchanged += len(documents)
        self.rejected += self._store.sources.rejections_of(now.path)
        if known != now:
            with self._store.transaction():
                self._store.sources.put(now)
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

    def _read(self, path: str, now: StoredSource, replies: Iterator[Reply]) -> None:
        """Take what a file holds; its documents wait in the batch, its end closes it there."""
        reading = Reading(now, self._store.documents_of(now.path))
        before, seen = reading.before, reading.seen
        with self._store.transaction():
            self._store.sources.put(replace(now, complete=False))
        for reply in replies:
            self._progress = replace(self._progress, bytes=self._bytes_done + reply.position)
            if has_changed(path, now):
                reading.reject(now.path, ChangedWhileRead("something wrote to it meanwhile"))
                break
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
        document = placed(reply, now)
        # The readers' rules belong to it: the same bytes read by better rules are a new version.
        content_hash = f"{READER_RULES}:{reply.content_hash or now.sha256}"
        identity = document.facts.id
        known = self._settled(identity)
        others = [p for p in self._store.paths_of(known.key) if p != now.path] if known else []
        if identity in reading.seen and reply.member is not None:
            self.duplicates.append(Duplicate(document.facts.source, now.path))
        elif identity in reading.seen or (known and others and differs(known, content_hash)):
            error = DuplicateId(f"the id {identity!r} already belongs to another record")
            reading.reject(f"{now.path}#{identity}", error)
        elif known and known.content_hash == content_hash:
            reading.seen.add(identity)
            self._recognise(known, others, reading)
        elif known is None:
            self._add_or_join(document, content_hash, reading, among_members=bool(reply.member))
        else:
            self._add(document, content_hash, known, reading)

    def _add_or_join(
        self, document: Document, content_hash: str, reading: Reading, *, among_members: bool
    ) -> None:
        """Add a document with a new id, unless a better text of its publication is there."""
        if document.facts.number in self._batch.numbers:
            self._commit()
        twin = find_twin(self._store, document, set() if among_members else reading.seen)
        if twin is None:
            self._add(document, content_hash, None, reading)
            return
        reading.seen.add(twin.document.facts.id)
        if supersedes(document, twin):
            facts = filled(document.facts, twin.document.facts)
            self._add(replace(document, facts=facts), content_hash, twin.stored, reading)
            return
        others = [p for p in self._store.paths_of(twin.stored.key) if p != reading.source.path]
        with self._store.transaction():
            self._store.put_facts(twin.stored.key, filled(twin.document.facts, document.facts))
            self._store.advance()
        self._recognise(twin.stored, others, reading)

    def _add(
        self,
        document: Document,
        content_hash: str,
        replaces: StoredDocument | None,
        reading: Reading,
    ) -> None:
        passages = self._committer.cut(document)
        if not passages:
            message = "it has headings but no text below them, so nothing could be found in it"
            reading.reject(document.facts.source, NoText(message))
            return
        reading.seen.add(document.facts.id)
        self.tally.updated += replaces is not None
        self.tally.added += replaces is None
        key = replaces.key if replaces else None
        path = reading.source.path
        self._batch.add(NewDocument(document, path, content_hash, passages, key))

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
            self._store.sources.reject(rejection.source, [rejection])

    def _remove_source(self, path: str) -> None:
        documents = self._store.documents_of(path)
        with self._store.transaction():
            gone = self._store.leave(path, [d.key for d in documents.values()])
            self._store.sources.forget(path)
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
