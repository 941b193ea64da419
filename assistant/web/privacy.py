"""Keeps the browser from asking any other host for anything.

Two fences: references to other hosts are taken out of Gradio's page, and a Content Security
Policy forbids the browser what might be left in its scripts.
"""

from __future__ import annotations

import re

from starlette.datastructures import MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant import offline
from assistant.web.identity import passed_of

# Gradio's own scripts are inline, and it compiles gr.HTML's templates with Function().
POLICY = "; ".join(
    [
        "default-src 'self'",
        "script-src 'self' 'unsafe-inline' 'unsafe-eval'",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "connect-src 'self'",
        "worker-src 'self' blob:",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    ]
)
_ELSEWHERE = re.compile(
    rb"<meta[^>]*(?:og:|twitter:)[^>]*/?>"
    rb"|<link[^>]*(?:preconnect|dns-prefetch|https?://)[^>]*/?>"
    rb"|<script[^>]*src=[\"']?(?:https?:)?//[^>]*>\s*</script>",
    re.IGNORECASE,
)


def stay_offline(host: str = "127.0.0.1", *others: str) -> None:
    """Let the web app call nobody but itself and others; see `assistant.offline`.

    host: that the server listens on. Call before importing Gradio.
    """
    offline.stay_offline(host, *others)


def without_elsewhere(page: bytes) -> bytes:
    """A page of Gradio without its references to other hosts.

    >>> without_elsewhere(b'<link rel="preconnect" href="https://fonts.gstatic.com"><p>')
    b'<p>'
    """
    return _ELSEWHERE.sub(b"", page)


class PrivacyMiddleware:
    """Adds the policy to every response and cleans every page."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, and its response back with the policy."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        if passed_of(scope) is None:
            # Should a later framework not put the gate in its place, nothing is served.
            await PlainTextResponse("the gate is missing", 500)(scope, receive, send)
            return
        await self.app(scope, receive, _Response(send))


class _Response:
    """Sends one response. Pages are held back until they are complete, all else streams."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self._start: Message | None = None
        self._body = b""

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            headers["Content-Security-Policy"] = POLICY
            if headers.get("content-type", "").startswith("text/html"):
                self._start = message
                return
        if self._start is None:
            await self._send(message)
            return
        self._body += message.get("body", b"")
        if message.get("more_body"):
            return
        page = without_elsewhere(self._body)
        MutableHeaders(scope=self._start)["content-length"] = str(len(page))
        await self._send(self._start)
        await self._send({"type": "http.response.body", "body": page})
