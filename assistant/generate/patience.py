"""Read a generator in a thread of its own, so that one that hangs or never ends can be left."""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress

from assistant.generate.errors import GeneratorError, GeneratorFailed, GeneratorTimeout
from assistant.generate.records import Generator, Message

# Seconds that a model has to stop: a process that ends while one still works ends badly.
_GRACE = 1.0
_WAITING = 64  # pieces that wait to be read; a faster generator is held back


class _End:
    """The last thing a reading thread says. error: why it ended, None if it was done."""

    def __init__(self, error: Exception | None = None) -> None:
        self.error = error


def patiently(generator: Generator, messages: Sequence[Message], seconds: float) -> Iterator[str]:
    """The generator's pieces, for so many seconds in all.

    Raises GeneratorTimeout, and the generator's own errors as GeneratorError. A thread that hangs
    inside a model is left behind; it ends with the model's call and blocks nobody.
    """
    pieces: queue.Queue[str | _End] = queue.Queue(_WAITING)
    stopped = threading.Event()
    reader = threading.Thread(
        target=_read, args=(generator, messages, pieces, stopped), daemon=True
    )
    deadline = time.monotonic() + seconds
    reader.start()
    try:
        while True:
            try:
                piece = pieces.get(timeout=max(0.0, deadline - time.monotonic()))
            except queue.Empty:
                raise GeneratorTimeout(
                    f"{generator.name} was not done after {seconds:g} seconds"
                ) from None
            if isinstance(piece, _End):
                if piece.error is not None:
                    raise _stated(piece.error, generator.name)
                return
            yield piece
    finally:
        stopped.set()
        reader.join(_GRACE)


def _read(
    generator: Generator,
    messages: Sequence[Message],
    pieces: queue.Queue[str | _End],
    stopped: threading.Event,
) -> None:
    error: Exception | None = None
    try:
        stream = generator.stream(messages)
        try:
            for piece in stream:
                while not stopped.is_set():
                    with suppress(queue.Full):
                        pieces.put(piece, timeout=0.1)
                        break
                if stopped.is_set():
                    return
        finally:
            close = getattr(stream, "close", None)
            if close is not None:
                close()
    except Exception as raised:  # Whatever a model library raises, the answer goes on without it.
        error = raised
    while not stopped.is_set():
        with suppress(queue.Full):
            pieces.put(_End(error), timeout=0.1)
            return


def _stated(error: Exception, name: str) -> GeneratorError:
    if isinstance(error, GeneratorError):
        return error
    stated = GeneratorFailed(f"{name} failed: {type(error).__name__}: {error}")
    stated.__cause__ = error
    return stated
