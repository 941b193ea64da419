"""The process that readers run in: `python -m ingest.worker MEMORY_BYTES SECONDS`.

Reads requests from standard input, one JSON object a line, and answers as `ingest.isolate` says.
Started by `ReaderProcess` only. It can write in its temporary folder alone, and reach no network.
"""

from __future__ import annotations

import os
import signal
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from typing import IO

import msgspec

from ingest.confine import confine, limit_memory
from ingest.errors import OUT_OF_MEMORY_STATUS, IngestError, Rejection
from ingest.isolate import Reply, Request, send


def _printable(text: str) -> str:
    """Text without lone surrogates, which stand for bytes of a file name and cannot be sent."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def _in_time(replies: Iterator[Reply], seconds: int) -> Iterator[Reply]:
    """The replies; ends this process if one takes too long and no parent is there to do it."""
    alarm = getattr(signal, "alarm", lambda _: None)
    alarm(seconds)
    try:
        for reply in replies:
            alarm(0)
            yield reply
            alarm(seconds)
    finally:
        alarm(0)


def _answer(request: Request, out: IO[bytes], seconds: int) -> None:
    from ingest.readers import read_file  # Its libraries start threads; see `main`.

    path = bytes.fromhex(request.path).decode("utf-8", "surrogateescape")
    name = _printable(path)
    try:
        for reply in _in_time(read_file(path, request.passwords), seconds):
            if reply.rejection is not None:  # A record: the reader knows its place in the file.
                rejection = replace(reply.rejection, source=name + reply.rejection.source)
                reply = replace(reply, rejection=rejection)
            send(out, reply)
    except IngestError as error:
        send(out, Reply(rejection=Rejection(name, type(error).__name__, _printable(str(error)))))
    except MemoryError:
        os._exit(OUT_OF_MEMORY_STATUS)
    except Exception as error:  # A library's own surprise must not cost the other files.
        message = f"the reader failed: {type(error).__name__}: {error}"[:500]
        send(out, Reply(rejection=Rejection(name, "Malformed", _printable(message))))
    send(out, Reply(done=True))


def main() -> None:
    """Serve until standard input ends."""
    # Ctrl-C goes to the whole group; the parent alone answers it, and ends us.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # Before anything else is loaded: threads that run already would not be confined.
    confine(tempfile.gettempdir())
    limit_memory(int(sys.argv[1]))
    import ingest.readers  # noqa: F401  # now, so that no file pays for it

    seconds = int(sys.argv[2])
    # Replies travel on a private copy; whatever a library prints goes to standard error.
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    send(out, Reply(done=True))
    for line in sys.stdin.buffer:
        request = msgspec.json.decode(line, type=Request)
        try:
            send(out, Reply())  # The file is taken: from here on a death is the file's doing.
            _answer(request, out, seconds)
        except BrokenPipeError:
            os._exit(0)  # Nobody is there any more to tell.


if __name__ == "__main__":
    main()
