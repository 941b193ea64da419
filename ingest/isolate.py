"""Run readers in a process of their own, because a file can hang or kill its reader.

The parent sends a path; the worker answers with documents and rejections, one message each, and
a closing message. A worker that is too slow, too large or dead is replaced, and the file is
listed with the reason. Messages are JSON checked against the records' types: nothing that a
hostile file makes its reader say is executed here.
"""

from __future__ import annotations

import contextlib
import os
import selectors
import shutil
import signal
import struct
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import msgspec

from ingest.errors import (
    OUT_OF_MEMORY_STATUS,
    IngestError,
    ReaderCrashed,
    ReaderMemory,
    ReadersUnavailable,
    ReaderTimeout,
    Rejection,
)
from ingest.records import Document

_HEADER = struct.Struct(">I")
_START_SECONDS = 60.0  # Importing the readers is no file's fault, however slow the disk.


@dataclass(frozen=True)
class ReadLimits:
    """Limits of one file. seconds: between two documents; memory: bytes of address space."""

    seconds: float = 60.0
    memory: int = 2 * 1024**3


@dataclass(frozen=True)
class Reply:
    """One message of a worker. One of the first two is set, or `done` is true.

    A message with none of them only says that the reader is at work.
    """

    document: Document | None = None
    rejection: Rejection | None = None
    # SHA-256 of a record's own bytes, so that a half-read file need not start again.
    content_hash: str | None = None
    # Bytes of the file read so far, for readers that give many documents.
    position: int = 0
    # Path inside the file, for archives and attachments: `folder/a.xml`, `mail.eml!/a.pdf`.
    member: str | None = None
    done: bool = False


@dataclass(frozen=True)
class Request:
    """What a worker is asked to read. path: hexadecimal, since a name need not be UTF-8."""

    path: str
    passwords: tuple[str, ...] = ()


_DECODER = msgspec.json.Decoder(Reply)
_ENCODER = msgspec.json.Encoder()


def send(stream: IO[bytes], reply: Reply | str) -> None:
    """Write one message: four bytes of length, then JSON."""
    data = _ENCODER.encode(reply)
    stream.write(_HEADER.pack(len(data)) + data)
    stream.flush()


class ReaderProcess:
    """A worker that reads one file after another, as a context manager.

    passwords: tried in turn on files that need one. The worker can write in a folder of its own
    only, and reach no network (ingest.confine).

    Example (starts a process):
        with ReaderProcess() as reader:
            for reply in reader.read("report.pdf"):
                print(reply.document or reply.rejection)
    """

    def __init__(self, limits: ReadLimits | None = None, passwords: tuple[str, ...] = ()) -> None:
        self._limits = limits or ReadLimits()
        self._passwords = passwords
        self._worker: subprocess.Popen[bytes] | None = None
        self._folder = ""  # the worker's
        self._buffer = b""
        self._stopped = False

    def __enter__(self) -> ReaderProcess:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def read(self, path: str) -> Iterator[Reply]:
        """Replies for one file, ending without the closing one.

        Never raises for a bad file; ReadersUnavailable when no worker can be started at all.
        """
        finished = False
        try:
            worker = self._ask(path)
            while not (reply := self._next(worker, self._limits.seconds)).done:
                if reply.document is not None or reply.rejection is not None:
                    yield reply
            finished = True
        except ReadersUnavailable:
            raise
        except (IngestError, BrokenPipeError) as error:
            stated = error if isinstance(error, IngestError) else ReaderCrashed(str(error))
            name = path.encode("utf-8", "backslashreplace").decode("utf-8")
            yield Reply(rejection=Rejection(name, type(stated).__name__, str(stated)))
        finally:
            # An unfinished conversation (or a caller that stopped listening) ends the worker.
            if not finished:
                self.close()

    def stop(self) -> None:
        """End the worker from another thread; what it reads comes to an end at once."""
        self._stopped = True
        if (worker := self._worker) is not None:
            _kill(worker)

    def close(self) -> None:
        """End the worker, if one runs."""
        worker, self._worker, self._buffer = self._worker, None, b""
        if worker is not None:
            if worker.poll() is None:
                _kill(worker)
            with contextlib.suppress(OSError), worker:
                pass  # Leaving it closes the pipes and waits for its end.
        shutil.rmtree(self._folder, ignore_errors=True)

    def _ask(self, path: str) -> subprocess.Popen[bytes]:
        """Send the worker a file; it has taken it when this returns.

        One that has died since the last file is replaced, so that this file is not to blame.
        """
        name = path.encode("utf-8", "surrogateescape").hex()
        # Passwords go this way because everybody can see a process's arguments.
        request = _ENCODER.encode(Request(name, self._passwords)) + b"\n"
        for last in (False, True):
            worker = self._running()
            assert worker.stdin is not None
            try:
                worker.stdin.write(request)
                worker.stdin.flush()
                self._next(worker, _START_SECONDS)
                break
            except (IngestError, BrokenPipeError):
                self.close()
                if last or self._stopped:
                    raise
        return worker

    def _running(self) -> subprocess.Popen[bytes]:
        if self._worker is not None and self._worker.poll() is not None:
            self.close()  # Killed between two files, so the next one is not to blame.
        if self._worker is None:
            # Later than ours, for the day when we have been killed.
            seconds = str(int(self._limits.seconds) + 6)
            command = [sys.executable, "-m", "ingest.worker", str(self._limits.memory), seconds]
            # The worker must find this very package, from whatever folder we were started.
            here = str(Path(__file__).resolve().parent.parent)
            path = os.pathsep.join(filter(None, [here, os.environ.get("PYTHONPATH")]))
            try:
                self._folder = tempfile.mkdtemp(prefix="prior-art-reader-")
                self._worker = subprocess.Popen(
                    command,
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    bufsize=0,
                    start_new_session=True,  # so that `_kill` reaches what it starts
                    env={**os.environ, "PYTHONPATH": path, "TMPDIR": self._folder},
                )
            except OSError as error:
                self.close()
                raise ReadersUnavailable(f"{sys.executable} does not start: {error}") from error
            try:
                self._next(self._worker, _START_SECONDS)  # Its first message says that it is ready.
            except IngestError as error:
                self.close()
                raise ReadersUnavailable(f"the readers' process does not start: {error}") from error
        return self._worker

    def _next(self, worker: subprocess.Popen[bytes], seconds: float) -> Reply:
        deadline = time.monotonic() + seconds
        try:
            (length,) = _HEADER.unpack(self._take(worker, _HEADER.size, deadline))
            if length > self._limits.memory:
                raise ReaderCrashed("the reader's process answered nonsense: endless text")
            return _DECODER.decode(self._take(worker, length, deadline))
        except TimeoutError:
            message = f"reading took more than {seconds:g} s and was stopped"
            raise ReaderTimeout(message) from None
        except msgspec.MsgspecError as error:
            raise ReaderCrashed(f"the reader's process answered nonsense: {error}") from error

    def _take(self, worker: subprocess.Popen[bytes], size: int, deadline: float) -> bytes:
        assert worker.stdout is not None
        chunks, have = [self._buffer], len(self._buffer)
        with selectors.DefaultSelector() as selector:
            selector.register(worker.stdout, selectors.EVENT_READ)
            while have < size:
                if not selector.select(max(0.0, deadline - time.monotonic())):
                    raise TimeoutError
                chunk = worker.stdout.read(1 << 20)
                if not chunk:
                    raise self._death(worker)
                chunks.append(chunk)
                have += len(chunk)
        data = b"".join(chunks)
        self._buffer = data[size:]
        return data[:size]

    def _death(self, worker: subprocess.Popen[bytes]) -> IngestError:
        _kill(worker)  # It may have closed its end and live on, or leave a converter behind.
        status = worker.wait()
        if status == OUT_OF_MEMORY_STATUS:
            megabytes = self._limits.memory >> 20
            return ReaderMemory(f"reading needed more than {megabytes} MB and was stopped")
        return ReaderCrashed(f"the reader's process died (exit status {status})")


def _kill(worker: subprocess.Popen[bytes]) -> None:
    """End a worker that nobody has waited for yet, and all that it has started."""
    if sys.platform == "win32":
        worker.kill()
        return
    with contextlib.suppress(OSError):
        os.killpg(worker.pid, signal.SIGKILL)
