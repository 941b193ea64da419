"""Read files ahead of the one that needs them, on as many cores as there are.

While the encoder works on one file's passages, readers' processes are busy with the next files.
What they have read waits in short queues, so that memory does not grow with the number of files.
"""

from __future__ import annotations

import os
import queue
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from typing import Generic, TypeVar

from ingest.isolate import ReaderProcess, ReadLimits, Reply

Item = TypeVar("Item")

_MOST_PROCESSES = 8
# Documents of one file that wait to be taken.
_WAITING = 8


def reader_count() -> int:
    """Readers' processes to run: one for each core this process may use, eight at most."""
    usable = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return max(1, min(_MOST_PROCESSES, usable or 1))


class ReadAhead(Generic[Item]):
    """Several readers' processes behind one ordered stream. Use it as a context manager.

    Example (starts processes):
        with ReadAhead[str](2) as readers:
            for path, replies in readers.read(["a.pdf", "b.pdf"], lambda path: path):
                print(path, sum(1 for reply in replies if reply.document))
    """

    def __init__(
        self,
        processes: int,
        limits: ReadLimits | None = None,
        passwords: tuple[str, ...] = (),
    ) -> None:
        self._files: queue.Queue[_File | None] = queue.Queue()
        self._stop = threading.Event()
        self._ahead = 2 * processes
        self._readers = [ReaderProcess(limits, passwords) for _ in range(processes)]
        self._threads = [
            threading.Thread(target=self._serve, args=[reader], daemon=True)
            for reader in self._readers
        ]

    def __enter__(self) -> ReadAhead[Item]:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        for reader in self._readers:
            reader.stop()  # A thread may wait for one that takes a minute to answer.
        for _thread in self._threads:
            self._files.put(None)
        for thread in self._threads:
            thread.join()

    def read(
        self, items: Iterable[Item], path_of: Callable[[Item], str | None]
    ) -> Iterator[tuple[Item, Iterator[Reply]]]:
        """Every item with the replies of its file, in the order of the items.

        path_of: the file of an item, None where there is nothing to read; such an item comes with
        no replies. An item's replies end when the next item is taken. Raises ReadersUnavailable
        when no process can be started.
        """
        waiting: deque[tuple[Item, _File | None]] = deque()
        for item in items:
            path = path_of(item)
            file = _File(path) if path is not None else None
            if file is not None:
                self._files.put(file)
            waiting.append((item, file))
            if len(waiting) > self._ahead:
                yield from _taken(*waiting.popleft())
        while waiting:
            yield from _taken(*waiting.popleft())

    def _serve(self, reader: ReaderProcess) -> None:
        with reader:
            while (file := self._files.get()) is not None and not self._stop.is_set():
                try:
                    for reply in reader.read(file.path):
                        if not file.put(reply, self._stop):
                            break
                    file.put(None, self._stop)
                except Exception as error:  # Handed on, to be raised where the file is used.
                    file.put(error, self._stop)


class _File:
    """A file under way from its reader to whoever wants it."""

    def __init__(self, path: str) -> None:
        self.path = path
        self._replies: queue.Queue[Reply | Exception | None] = queue.Queue(_WAITING)
        self._left = threading.Event()

    def put(self, reply: Reply | Exception | None, stop: threading.Event) -> bool:
        """Hand a reply on; None ends the file. False when nobody wants it any more."""
        while not (stop.is_set() or self._left.is_set()):
            try:
                self._replies.put(reply, timeout=0.2)
                return True
            except queue.Full:
                continue
        return False

    def replies(self) -> Iterator[Reply]:
        """The replies in their order."""
        try:
            while not self._left.is_set() and (reply := self._replies.get()) is not None:
                if isinstance(reply, Exception):
                    raise reply
                yield reply
        finally:
            self.leave()

    def leave(self) -> None:
        """Let the reader know that nobody takes further replies."""
        self._left.set()


def _taken(item: Item, file: _File | None) -> Iterator[tuple[Item, Iterator[Reply]]]:
    yield item, file.replies() if file is not None else iter(())
    if file is not None:
        file.leave()
