"""An answer that refuses a request, and the headers that every answer carries."""

from __future__ import annotations

from collections.abc import Mapping

from starlette.datastructures import MutableHeaders
from starlette.responses import JSONResponse, Response
from starlette.types import Message, Send

from assistant.web.routes import is_asset

_HEADERS = {
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
    # With no-referrer a browser would not say either where a form that is sent comes from.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}
# Gradio would let pages of other hosts read answers where the server has a name.
_DROPPED = tuple(
    f"access-control-{what}"
    for what in ("allow-origin", "allow-credentials", "allow-methods", "allow-headers", "max-age")
)
NOTHING = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"


class Refusal(Exception):
    """A request is not let through. message: for whoever sent it; tells nothing about others."""

    def __init__(self, status: int, message: str, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(message)
        self.status = status
        self.headers = dict(headers or {})

    def response(self) -> Response:
        """The answer."""
        headers = {"Content-Security-Policy": NOTHING, **self.headers}
        return JSONResponse({"detail": str(self)}, self.status, headers)


def guarded(path: str, send: Send) -> Send:
    """A `send` that adds to every answer what keeps browsers from giving it to others."""

    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name in _DROPPED:
                del headers[name]
            for name, value in _HEADERS.items():
                headers[name] = value
            if not is_asset(path):
                headers["Cache-Control"] = "no-store"
        await send(message)

    return sending
