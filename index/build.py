"""Bring files into a library: the only writer of an index.

Looks at every file below the given paths, reads what is new or changed, and commits in batches,
so that a kill at any moment loses at most the batch in work.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from index.batch import Committer, FinishedSource
from index.folder_rules import folder_rules
from index.intake import Intake
from index.pending import Pending
from index.plan import Planned, ReadSettings, plan, vanished
from index.reading import Reading, has_changed, printable
from index.source_store import StoredSource
from index.store import Store
from index.tally import Duplicate, Progress, Tally
from ingest.ahead import ReadAhead, reader_count
from ingest.errors import ChangedWhileRead, MissingPath, Rejection
from ingest.isolate import Reply
from ingest.sources import Source, find_sources, source_at

# A reader's process takes a second to start, which less than this does not earn back.
_FILES_FOR_A_READER = 8
_BYTES_FOR_A_READER = 20_000_000


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
        self._folder = os.path.abspath(folder)
        self._folders = folder_rules(Path(folder))
        self._store = store
        self._committer = committer
        self._report = report
        self._progress = Progress("", 0, 0, 0, 0, 0)
        self._bytes_done = 0
        self._settings = settings
        self._pending = Pending(committer, self._encoded)
        self._intake = Intake(store, committer, self._pending, self.tally)

    @property
    def duplicates(self) -> list[Duplicate]:
        """Files that hold what another file holds."""
        return self._intake.duplicates

    def run(self, paths: Iterable[str | Path]) -> None:
        """Bring the paths in."""
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
        self._read_again()

    def _read_again(self) -> None:
        """Read what this run has found to be stale, such as what stood behind a vanished file.

        Wherever it lies: it is needed to complete documents of this run. Counts and the list of
        rejections stay those of the first reading.
        """
        paths = self._store.sources.incomplete()
        sources = [source for path in sorted(paths) if (source := source_at(path))]
        counted, rejected = self.tally.unchanged, len(self.rejected)
        self._settings = replace(self._settings, label=None, remedied=frozenset())
        self._bring_all(sources)
        self.tally.unchanged = counted
        del self.rejected[rejected:]

    def _bring_all(self, sources: list[Source]) -> None:
        if not sources:
            return
        size = sum(source.size for source in sources)
        self._progress = replace(
            self._progress,
            files_total=self._progress.files_total + len(sources),
            bytes_total=self._progress.bytes_total + size,
        )
        settings = self._settings
        planned = plan(self._store, sources, settings, self._folders.label_of)
        worth = 1 + max(len(sources) // _FILES_FOR_A_READER, size // _BYTES_FOR_A_READER)
        processes = min(reader_count(), worth, len(sources))
        with ReadAhead[Planned](processes, settings.limits, settings.passwords) as readers:
            for file, replies in readers.read(planned, lambda p: p.path_to_read):
                self._bring(file, replies)
        self._pending.commit()
        self._intake.settle_labels()

    def _bring(self, file: Planned, replies: Iterator[Reply]) -> None:
        if file.now is None:
            assert file.rejection is not None
            self._reject_path(file.rejection)
        elif file.must_read:
            changed = file.known is not None and file.known.sha256 != file.now.sha256
            if changed:
                self._store.leave_joined(file.now.path)
            self._read(file, file.now, replies)
        else:
            self._keep(file, file.now)
        self._bytes_done += file.source.size
        files = self._progress.files + 1
        path = printable(file.source.path)
        self._progress = replace(self._progress, path=path, files=files, bytes=self._bytes_done)
        self._report(self._progress)
        if self._pending.is_due():
            self._pending.commit()

    def _keep(self, file: Planned, now: StoredSource) -> None:
        documents = self._store.documents_of(now.path)
        self.tally.unchanged += len(documents)
        self.rejected += self._store.sources.rejections_of(now.path)
        if file.known != now:
            with self._store.transaction():
                self._store.sources.put(now)
        for document in documents.values():
            self._intake.relabel(document, now.path, file.label)

    def _read(self, file: Planned, now: StoredSource, replies: Iterator[Reply]) -> None:
        """Take what a file holds; its documents wait in the batch, its end closes it there."""
        reading = Reading(now, self._store.documents_of(now.path), file.label)
        before, seen = reading.before, reading.seen
        with self._store.transaction():
            self._store.sources.put(replace(now, complete=False))
        for reply in replies:
            self._progress = replace(self._progress, bytes=self._bytes_done + reply.position)
            if has_changed(file.source.path, now):
                reading.reject(now.path, ChangedWhileRead("something wrote to it meanwhile"))
                reading.broken = True
                break
            if reply.rejection is not None:
                reading.rejections.append(reply.rejection)
                reading.broken |= reply.rejection.source == now.path
            elif reply.document is not None:
                self._intake.take(reply, reading)
            # One file with many documents may be larger than memory.
            if self._pending.is_full() and len(seen) > 1:
                self._pending.commit()
        # A file that could not be read to its end takes nothing out: its old version stays.
        left = [] if reading.broken else [d.key for i, d in before.items() if i not in seen]
        replaced = min(len(left), reading.added)
        self.tally.updated += replaced
        self.tally.added -= replaced
        self.tally.removed += len(left) - replaced
        self.rejected += reading.rejections
        origins = tuple(reading.origins.items())
        self._pending.finish(
            FinishedSource(reading.source, tuple(reading.rejections), origins, tuple(left))
        )

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

    def _encoded(self, count: int) -> None:
        self._progress = replace(self._progress, passages=self._progress.passages + count)
        self._report(self._progress)
