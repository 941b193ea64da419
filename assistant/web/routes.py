"""Which of Gradio's routes are let through: those that the page and programs need, no others.

What a later Gradio adds is refused until somebody has looked at it and named it here.
"""

from __future__ import annotations

import re

_NAME = r"[A-Za-z0-9_-]{1,128}"
_API = "/gradio_api"
FILE, UPLOAD = f"{_API}/file=", f"{_API}/upload"
START = f"{_API}/startup-events"
_GET = re.compile(
    rf"/|/config/?|/theme\.css|/favicon\.ico|/manifest\.json|/robots\.txt"
    rf"|/(static|assets|svelte)/[\w@%+~ -][\w@%+~. /-]*"
    rf"|{_API}/(info/?|openapi\.json|app_id/?|theme\.css|startup-events|upload_progress)"
    rf"|{_API}/heartbeat/(?P<session>{_NAME})"
    rf"|{_API}/queue/data"
    rf"|{_API}/call/(v2/)?{_NAME}/(?P<event>{_NAME})"
    rf"|{_API}/mcp(/|/http/?|/schema)?"
    rf"|{re.escape(FILE)}(?P<file>.+)",
    re.DOTALL,
)
_POST = re.compile(
    rf"{_API}/((call/(v2/)?|run/){_NAME}/?|queue/join|cancel|reset/?|upload|mcp(/|/http/?)?)"
)
_ASSET = re.compile(r"/(static|assets|svelte)/|/favicon\.ico$|/theme\.css$")
_GIVES_EVENT = re.compile(rf"{_API}/(call/|queue/join)")
_PAGE = "/"


def known(method: str, path: str) -> re.Match[str] | None:
    """The match of a route that is let through, with what its path names.

    >>> known("GET", "/gradio_api/heartbeat/x1")["session"]
    'x1'
    >>> known("GET", "/gradio_api/proxy=http://a.example/"), known("GET", "/static/../x")
    (None, None)
    """
    if path.startswith(_API) and path.startswith(FILE):
        return _GET.fullmatch(path) if method != "POST" else None
    if ".." in path or "//" in path or "\\" in path or "\x00" in path:
        return None
    return (_POST if method == "POST" else _GET).fullmatch(path)


def is_asset(path: str) -> bool:
    """Whether a path is of a part of the page that holds nobody's data.

    >>> is_asset("/assets/index.js"), is_asset("/config")
    (True, False)
    """
    return bool(_ASSET.match(path))


def is_page(path: str) -> bool:
    """Whether a path is of a page for people rather than of a part of one."""
    return path == _PAGE


def is_mcp(path: str) -> bool:
    """Whether a path is of the MCP server, whose tools are called from there."""
    return path.startswith(f"{_API}/mcp")


def gives_event(method: str, path: str) -> bool:
    """Whether the answer names an event that its asker may then fetch."""
    return method == "POST" and bool(_GIVES_EVENT.match(path))
