"""What is sent to the server: how much of it, and that it names nothing of somebody else.

A body in JSON is parsed here and written anew, so that Gradio reads what was checked and nothing
that another parser would find in the same bytes.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import unquote, urlsplit

from starlette.types import Message, Receive, Scope

from assistant.web.refusal import Refusal
from assistant.web.routes import FILE

LARGEST_JSON = 8 << 20  # bytes; the longest claim is a thousandth of it
LARGEST_FORM = 16 << 10
LARGEST_FILE = 1 << 30
LARGEST_UPLOAD = 2 << 30  # bytes of all files together
_DEEPEST = 50
_TOO_LARGE = "more was sent than the server takes"


def declared(scope: Scope, largest: int) -> int:
    """Bytes that a request says to send. Raises Refusal where it says nothing, or too many."""
    said = [value for name, value in scope["headers"] if name == b"content-length"]
    if len(said) != 1 or not said[0].isdigit():
        raise Refusal(411, "say with Content-Length how much is sent")
    if int(said[0]) > largest:
        raise Refusal(413, f"{_TOO_LARGE}: at most {largest:,} bytes")
    return int(said[0])


async def read_body(scope: Scope, receive: Receive, largest: int) -> bytes:
    """The whole body. Raises Refusal where it is too large or broken off."""
    if any(name == b"content-length" for name, _ in scope["headers"]):
        declared(scope, largest)
    body = bytearray()
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise Refusal(400, "the connection was closed")
        body += message.get("body", b"")
        if len(body) > largest:
            raise Refusal(413, f"{_TOO_LARGE}: at most {largest:,} bytes")
        if not message.get("more_body"):
            return bytes(body)


def parsed(body: bytes) -> Any:
    """The value of a JSON body. Raises Refusal."""
    try:
        value = json.loads(body)
        # Gradio fails on half a character (\\ud800) and on deep nesting without saying why.
        json.dumps(value, ensure_ascii=False).encode()
    except (ValueError, RecursionError):
        raise Refusal(400, "the body is no JSON") from None
    if _depth(value) > _DEEPEST:
        raise Refusal(400, "the body is nested too deep")
    return value


def _depth(value: Any) -> int:
    """How many objects and lists stand in one another.

    >>> _depth({"data": ["x", [1]]}), _depth("x")
    (3, 0)
    """
    depth, level = 0, [value]
    while level := [one for one in level if isinstance(one, dict | list)]:
        depth += 1
        level = [v for one in level for v in (one.values() if isinstance(one, dict) else one)]
    return depth


def written(scope: Scope, value: Any) -> bytes:
    """The value as the body that Gradio will read; the scope's headers say so."""
    body = json.dumps(value).encode()
    about = (b"content-length", b"content-type", b"transfer-encoding", b"content-encoding")
    kept = [(name, text) for name, text in scope["headers"] if name not in about]
    length = str(len(body)).encode()
    scope["headers"] = [
        *kept, (b"content-type", b"application/json"), (b"content-length", length)
    ]  # fmt: skip
    return body


def replayed(body: bytes, receive: Receive) -> Receive:
    """A `receive` that gives a body that was read already, then what the client does."""
    given = False

    async def again() -> Message:
        nonlocal given
        if given:
            return await receive()
        given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return again


def check_files(value: Any, owned: Callable[[str], bool]) -> None:
    """Refuse a payload that names a file that is not the asker's, or any address.

    Gradio opens files by the `path` of an object, and fetches one that is an address. owned: says
    of a path whether it is the asker's. Raises Refusal.
    """
    for found in _objects(value):
        path, url = found.get("path"), found.get("url")
        if path is not None and not (isinstance(path, str) and owned(path)):
            raise Refusal(403, "a file that was not uploaded by you cannot be used")
        if url is not None and not (isinstance(url, str) and owned(_file_of(url))):
            raise Refusal(403, "files are uploaded; addresses are not fetched")


def _file_of(url: str) -> str:
    """The path in an address of Gradio's file route, '' in others."""
    try:
        return unquote(urlsplit(url).path.partition(FILE)[2])
    except ValueError:
        return ""


def _objects(value: Any) -> Iterator[dict[str, Any]]:
    """All objects of a JSON value, however deep."""
    waiting = [value]
    while waiting:
        one = waiting.pop()
        if isinstance(one, dict):
            yield one
            waiting.extend(one.values())
        elif isinstance(one, list):
            waiting.extend(one)
