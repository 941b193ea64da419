"""How often somebody may ask: buckets that tokens drip into, one taken by each request."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

# Names that are remembered; whoever was silent the longest is forgotten, with a full bucket.
_MOST = 20_000


@dataclass(frozen=True)
class Rate:
    """per_second: requests in the long run; burst: at once after a silence."""

    per_second: float
    burst: int


# A page with its parts is some 150 requests when it is opened for the first time.
OF_IDENTITY = Rate(40, 400)
OF_ADDRESS = Rate(400, 4000)
OF_STRANGER = Rate(5, 60)
OF_SIGNING_IN = Rate(1 / 6, 10)


class Rates:
    """Buckets by name. Safe to use from several threads. clock: seconds that only grow."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._filled: OrderedDict[tuple[str, Rate], tuple[float, float]] = OrderedDict()
        self._lock = threading.Lock()

    def wait(self, name: str, rate: Rate) -> float:
        """Seconds until a request is allowed; 0 where it is, which takes a token.

        >>> rates = Rates(lambda: 0.0)
        >>> [rates.wait("kim", Rate(2, 1)), rates.wait("kim", Rate(2, 1))]
        [0.0, 0.5]
        """
        now = self._clock()
        with self._lock:
            tokens, then = self._filled.pop((name, rate), (float(rate.burst), now))
            tokens = min(rate.burst, tokens + (now - then) * rate.per_second)
            allowed = tokens >= 1
            self._filled[name, rate] = (tokens - 1 if allowed else tokens, now)
            if len(self._filled) > _MOST:
                self._filled.popitem(last=False)
        return 0.0 if allowed else (1 - tokens) / rate.per_second
