"""Stop a served page so that nobody who waits for an answer is cut off."""

from __future__ import annotations

import signal
import threading
import time
from typing import Any

import gradio as gr

# Seconds that answers on their way have to arrive.
_GRACE = 20.0
_LOOK = 0.1


def serve_until_stopped(blocks: gr.Blocks) -> None:
    """Wait for Ctrl-C or a SIGTERM; then take no more requests, finish those there are, close.

    A second signal closes at once. To be called from the main thread.
    """
    asked, again = threading.Event(), threading.Event()

    def stop(_number: int, _frame: Any) -> None:
        (again if asked.is_set() else asked).set()

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, stop)
    while not asked.wait(1.0):  # in pieces, so that Windows notices a Ctrl-C
        continue
    gate: Any = blocks.app.middleware_stack
    gate.stop()
    until = time.monotonic() + _GRACE
    while gate.waiting() and time.monotonic() < until and not again.is_set():
        time.sleep(_LOOK)
    blocks.close(verbose=False)
