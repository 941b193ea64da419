"""What a client is told where Gradio fails: that its request was wrong, and nothing of ours."""

from __future__ import annotations

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.web.refusal import Refusal

_WRONG = "there is no such endpoint, or it takes other arguments"


class Told:
    """Sends the answer to one request on, unless it is a bare failure.

    Gradio answers so where an endpoint is unknown or arguments are missing; errors of endpoints
    themselves are stated in the stream of their event.
    """

    def __init__(self, send: Send) -> None:
        self._send = send
        self._started = False
        self._failed = False

    async def of(self, app: ASGIApp, scope: Scope, receive: Receive) -> None:
        """Have the application answer. Raises Refusal, and its exceptions once it has begun."""
        try:
            await app(scope, receive, self._sending)
        except Exception as error:
            if self._started:
                raise
            raise Refusal(400, _WRONG) from error
        if self._failed:
            raise Refusal(400, _WRONG)

    async def _sending(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self._failed = message["status"] == 500
            self._started = not self._failed
        if not self._failed:
            await self._send(message)
