"""Keeps the browser from asking any other host for anything.

Two fences: references to other hosts are taken out of Gradio's page, and a Content Security
Policy forbids the browser what might be left in its scripts.
"""

from __future__ import annotations

import os
import re

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

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
        "frame-ancestors 'self'",
    ]
)
_ELSEWHERE = re.compile(
    rb"<meta[^>]*(?:og:|twitter:)[^>]*/?>"
    rb"|<link[^>]*(?:preconnect|dns-prefetch|https?://)[^>]*/?>"
    rb"|<script[^>]*src=[\"']?(?:https?:)?//[^>]*>\s*</script>",
    re.IGNORECASE,
)


def stay_offline() -> None:
    """Set what Gradio and the model hub read from the environment. Call before importing them."""
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
    os.environ["HF_HUB_OFFLINE"] = "1"
    os.environ["HF_HUB_DISABLE_TELEMETRY"] = "1"
    # Gradio calls itself when it starts; a company's proxy must not be asked for that.
    for name in ("NO_PROXY", "no_proxy"):
        hosts = [host for host in os.environ.get(name, "").split(",") if host]
        os.environ[name] = ",".join(dict.fromkeys([*hosts, "127.0.0.1", "localhost"]))


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
            headers["Referrer-Policy"] = "no-referrer"
            headers["X-Content-Type-Options"] = "nosniff"
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
