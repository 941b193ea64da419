"""Keep a server's memory small that many threads take from and give back to."""

from __future__ import annotations

import ctypes
import sys

# Of malloc.h; glibc gives every thread a heap of its own, of which little comes back.
_M_ARENA_MAX = -8
_HEAPS = 2


def share_heaps() -> bool:
    """Have the threads of this process share two heaps, where its C library is glibc; if it did.

    Call it before threads are started. 900 requests: 1.2 GB instead of 1.6 (benchmarks/README.md).
    """
    if sys.platform != "linux":
        return False
    try:
        return bool(ctypes.CDLL(None).mallopt(_M_ARENA_MAX, _HEAPS))
    except AttributeError:  # another C library, such as musl
        return False
