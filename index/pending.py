"""What waits to be committed in a run, and when it is."""

from __future__ import annotations

import time
from collections.abc import Callable

from index.batch import Batch, Committer, FinishedSource, NewDocument

# A batch is committed when it has this many passages, or this age.
_BATCH_PASSAGES = 512
_FIRST_PASSAGES = 64
_BATCH_SECONDS = 15.0


class Pending:
    """The batch of a run. encoded: called with a number of passages when so many are encoded."""

    def __init__(self, committer: Committer, encoded: Callable[[int], None]) -> None:
        self._committer = committer
        self._encoded = encoded
        self._batch = Batch()
        self._started = time.monotonic()
        self._commits = 0

    def add(self, new: NewDocument) -> None:
        """Let a document wait."""
        self._batch.add(new)

    def finish(self, source: FinishedSource) -> None:
        """Let the end of a file wait."""
        self._batch.finished.append(source)

    def concerns(self, key: int | None, identity: str) -> bool:
        """Whether a file waits that holds the document with this key or id."""
        if identity in self._batch.documents:
            return True
        return any(key in dict(finished.origins) for finished in self._batch.finished)

    def is_left(self, key: int) -> bool:
        """Whether a file waits that no longer holds the document with this key."""
        return any(key in finished.left for finished in self._batch.finished)

    def has_number(self, number: str | None) -> bool:
        """Whether a document with this publication number waits."""
        return number in self._batch.numbers

    def is_full(self) -> bool:
        """Whether there are passages enough: few at first, so that a run killed early gets on."""
        enough = min(_BATCH_PASSAGES, _FIRST_PASSAGES * (1 + self._commits))
        return self._batch.passages >= enough

    def is_due(self) -> bool:
        """Whether it is full, or has waited long enough."""
        waiting = bool(self._batch.documents or self._batch.finished)
        old = time.monotonic() - self._started > _BATCH_SECONDS
        return self.is_full() or (waiting and old)

    def commit(self) -> None:
        """Make all of it searchable."""
        if self._batch.documents or self._batch.finished:
            self._committer.commit(self._batch, self._encoded)
            self._commits += 1
        self._batch = Batch()
        self._started = time.monotonic()
