"""How many requests may wait for their turn: beyond that the answer is "busy", at once."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from assistant.web.identity import Passed, passed_of
from assistant.web.refusal import Refusal

# Requests that wait or are being answered: of all, and of one account, so that nobody's program
# takes every place. A page that is opened asks for some ten things at once.
MOST, MOST_OF_ONE = 200, 25
_AGAIN = {"Retry-After": "5"}


class Turns:
    """Looks at Gradio's queue before another request joins it. queue: that of the served Blocks."""

    def __init__(self, queue: Any) -> None:
        self._queue = queue
        self.closed = False

    def __len__(self) -> int:
        """How many there are."""
        return sum(1 for _ in self._owners())

    def check(self, passed: Passed) -> None:
        """Refuse where too many wait. Raises Refusal."""
        if self.closed:
            raise Refusal(503, "busy: the server is being stopped", _AGAIN)
        owners = list(self._owners())
        if len(owners) >= MOST:
            raise Refusal(503, f"busy: {MOST} requests wait; ask again in a few seconds", _AGAIN)
        identity = passed.identity
        if identity is None or identity.how == "local":
            return
        if sum(name == identity.name for name in owners) >= MOST_OF_ONE:
            message = f"busy: {MOST_OF_ONE} requests of {identity.name} wait for their answers"
            raise Refusal(503, message, _AGAIN)

    def _owners(self) -> Iterator[str | None]:
        """Who sent each request that waits or is being answered."""
        waiting = self._queue.event_queue_per_concurrency_id.values()
        jobs = [*(queue.queue for queue in waiting), *filter(None, self._queue.active_jobs)]
        for event in [event for job in jobs for event in job]:
            found = passed_of(event.request.scope)
            yield found.identity.name if found and found.identity else None
