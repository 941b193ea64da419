"""One library as people of different clearances see it: shared among equals, and not too many."""

from __future__ import annotations

import threading
import weakref
from collections import OrderedDict

from assistant.assistant import Assistant
from index.clearance import Clearance


class SeenBy:
    """Hands out the assistant of a clearance. Safe to use from several threads.

    Args:
        everything: the assistant that sees all; stays its owner's to close.
        most: clearances kept open; the one not asked for the longest goes first. A library that
            somebody still searches then stays open until he has done.
    """

    def __init__(self, everything: Assistant, most: int = 16) -> None:
        self._everything = everything
        self._most = most
        self._open: OrderedDict[Clearance, Assistant] = OrderedDict()
        self._lock, self._opening = threading.Lock(), threading.Lock()

    def of(self, clearance: Clearance) -> Assistant:
        """The assistant for somebody of this clearance. Raises LibraryError."""
        if clearance.labels is None:
            return self._everything
        # Opening takes a while, for which those whose library is open need not wait.
        found = self._known(clearance)
        if found is None:
            with self._opening:
                found = self._known(clearance) or self._opened(clearance)
        return found

    def __len__(self) -> int:
        """How many are open besides the one that sees all."""
        return len(self._open)

    def close(self) -> None:
        """Give all of them up."""
        with self._lock:
            while self._open:
                self._open.popitem()[1].close()

    def _known(self, clearance: Clearance) -> Assistant | None:
        with self._lock:
            if clearance in self._open:
                self._open.move_to_end(clearance)
            return self._open.get(clearance)

    def _opened(self, clearance: Clearance) -> Assistant:
        made = self._everything.seen_by(clearance)
        # Who was handed it may still be reading when it is dropped here: it is closed with the
        # last reference to it.
        weakref.finalize(made.library, made.library._catalog.close).atexit = False
        with self._lock:
            self._open[clearance] = made
            while len(self._open) > self._most:
                self._open.popitem(last=False)
        return made
