"""Read an iterator in a thread of its own, so that one that hangs can be left at any moment."""

from __future__ import annotations

import asyncio
import contextvars
import threading
from collections.abc import AsyncIterator, Iterator
from contextlib import suppress
from typing import TypeVar

_T = TypeVar("_T")


async def apart(items: Iterator[_T]) -> AsyncIterator[_T]:
    """The items, as they come. The iterator must raise nothing.

    Once this is closed, the thread ends with the item that it is waiting for; it holds up nobody.
    """
    loop = asyncio.get_running_loop()
    read: asyncio.Queue[_T | None] = asyncio.Queue()
    left = threading.Event()

    def reader() -> None:
        with suppress(RuntimeError):  # the loop was closed: the program ends
            for item in items:
                if left.is_set():
                    return
                loop.call_soon_threadsafe(read.put_nowait, item)
            loop.call_soon_threadsafe(read.put_nowait, None)

    # The thread goes on in our context, which knows who asks.
    within = contextvars.copy_context()
    threading.Thread(target=within.run, args=(reader,), name="asking", daemon=True).start()
    try:
        while (item := await read.get()) is not None:
            yield item
    finally:
        left.set()
