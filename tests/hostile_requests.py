"""Requests that no honest program sends, and what no answer to them may hold.

Gradio has no OpenAPI description that a generator of requests could read; the endpoints and their
arguments are taken from its own /info instead.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from random import Random
from typing import Any

import httpx

ENDPOINTS = (
    "search search_marked ask follow_up summarize show chart dates citations evidence nothing"
).split()
METHODS = "GET POST PUT DELETE PATCH OPTIONS HEAD TRACE".split()
PATHS = (
    "/ /config /gradio_api/info /gradio_api/call/search /gradio_api/run/search"
    " /gradio_api/api/search /gradio_api/queue/join /gradio_api/queue/data"
    " /gradio_api/queue/status /gradio_api/upload"
    " /gradio_api/file=/etc/passwd /gradio_api/file=../../../etc/passwd /gradio_api/cancel"
    " /gradio_api/file=%2e%2e%2fcatalog.db /gradio_api/proxy=http://127.0.0.1:1/ /gradio_api/reset"
    " /gradio_api/mcp/ /gradio_api/mcp/sse /gradio_api/mcp/messages/ /gradio_api/component_server"
    " /gradio_api/heartbeat/x /gradio_api/stream/x/y/z/a /gradio_api/upload_progress /login /token"
    " /logout /openapi.json /docs /static/../app.py /assets/%2e%2e/x /theme.css /robots.txt"
    " /monitoring /gradio_api/startup-events /gradio_api/app_id /gradio_api/dev/reload"
    " /manifest.json /x\ufffd"
).split(" ")
TYPES = ("application/json", "text/plain", "multipart/form-data", "application/xml", "", "\u00fc",
         "multipart/form-data; boundary=x", "application/json; charset=utf-16")  # fmt: skip
TEXTS = (
    "", " ", "zeta cathode coating", "cathod*", "(", '"', "NOT a", "\x00", "\u202e", "硼", "\ud800",
    "' OR 1=1 --", "<img src=x onerror=alert(1)>", "{{7*7}}", "${jndi:ldap://127.0.0.1/a}", "../x",
    "EP1234567A1:1", "2019-01-01", "9999-99-99", "a" * 5000, "(" * 5000, "zeta " * 1000,
    "%00", "\n",
)  # fmt: skip
VALUES: tuple[Any, ...] = (
    None, True, False, 0, -1, 1, 10, 10**6, 2**63, -(2**63), 10**400, 1e308, 0.5, [], {}, [[]],
    [None], [1, "a", {}], {"a": {"b": []}},
    {"cpc": ["H01M"]}, {"kind": "patent"}, {"where": ["a <= 1 um"]},
    {"before": 5}, {"label": ["secret"]}, {"x": 1},
    [{"question": "a", "document_ids": [], "answered": 1}],
    [{"question": "a", "document_ids": [], "answered": True}], {"path": "/etc/passwd",
     "meta": {"_type": "gradio.FileData"}}, {"__type__": "update"}, *TEXTS,
)  # fmt: skip
# Of the machine and of the program's inside; a stated error has none of it.
_INSIDE = re.compile(
    r"Traceback|File \\?\"|site-packages|\.py(?::\d|\W+line)|line \d+, in |/tmp/|/home/|/usr/"
    r"|/roo[t]/|sqlite3\.|object at 0x|root:x:0"
)


@dataclass(frozen=True)
class Hostile:
    """A request. follow: whether its answer names an event whose outcome is to be fetched."""

    method: str
    path: str
    headers: dict[str, str] = field(default_factory=dict)
    content: bytes = b""
    follow: bool = False


def hostile_requests(seed: int, count: int) -> Iterator[Hostile]:
    """So many requests, the same for the same seed."""
    random = Random(seed)
    for _ in range(count):
        choice = random.random()
        if choice < 0.5:
            yield _call(random)
        elif choice < 0.65:
            yield _tool(random)
        elif choice < 0.8:
            yield _queued(random)
        else:
            headers = {"Content-Type": random.choice(TYPES[:5])}
            content = random.choice((b"", b"{", b"[]", b"null", b"\xff\xfe", b"[" * 50_000))
            yield Hostile(random.choice(METHODS), random.choice(PATHS), headers, content)


def _value(random: Random) -> Any:
    value = random.choice(VALUES)
    if random.random() < 0.1:
        for _ in range(random.choice((1, 3, 300))):
            value = [value] if random.random() < 0.5 else {"a": value}
    return value


def _body(value: Any, random: Random) -> bytes:
    data = json.dumps(value).encode()
    return data[: random.randrange(len(data))] if random.random() < 0.05 else data


def _call(random: Random) -> Hostile:
    """An endpoint with wrong, missing or too many arguments, by place or by name."""
    name = random.choice(ENDPOINTS)
    way = random.choice(("call", "call", "run", "api", "call/v2"))
    given = [_value(random) for _ in range(random.choice((0, 1, 1, 2, 3, 3, 6, 20)))]
    if given and random.random() < 0.6:
        given[0] = random.choice(TEXTS)
    body: Any = {"data": given}
    if random.random() < 0.15:
        body = random.choice(
            (given, {}, {"data": _value(random)}, {"data": given, "fn_index": 9**9})
        )
    if random.random() < 0.1:
        body = {"data": given, "session_hash": _value(random), "event_data": _value(random)}
    headers = {"Content-Type": TYPES[0] if random.random() < 0.9 else random.choice(TYPES[:5])}
    path = f"/gradio_api/{way}/{name}"
    return Hostile("POST", path, headers, _body(body, random), way.startswith("call"))


def _tool(random: Random) -> Hostile:
    arguments = {
        random.choice(("query", "k", "filters", "question", "numbers", "claim", "x")): _value(
            random
        )
        for _ in range(random.randint(0, 4))
    }
    method = random.choice(
        ("tools/call", "tools/call", "tools/list", "x", "initialize", "resources/read")
    )
    params: Any = {"name": random.choice(ENDPOINTS), "arguments": arguments}
    if random.random() < 0.1:
        params = _value(random)
    body = {
        "jsonrpc": random.choice(("2.0", "2.0", "1", 2)),
        "id": _value(random),
        "method": method,
    }
    accept = {"Accept": "application/json, text/event-stream", "Content-Type": TYPES[0]}
    return Hostile("POST", "/gradio_api/mcp/", accept, _body({**body, "params": params}, random))


def _queued(random: Random) -> Hostile:
    """A handler of the page by its number, with anything for its inputs."""
    body = {
        "data": [_value(random) for _ in range(random.randint(0, 12))],
        "fn_index": random.choice((random.randint(-2, 150), _value(random))),
        "session_hash": random.choice(("fuzz", _value(random))),
        "trigger_id": _value(random),
    }
    headers = {"Content-Type": TYPES[0]}
    return Hostile("POST", "/gradio_api/queue/join", headers, _body(body, random))


def answered(client: httpx.Client, request: Hostile) -> tuple[int, str]:
    """Status and text of the answer, with the outcome of the event that it names."""
    headers = {**request.headers, "Origin": str(client.base_url).rstrip("/")}
    # A stream that never ends is read up to its first lines.
    with client.stream(
        request.method, request.path, headers=headers, content=request.content
    ) as got:
        text = _start(got)
    if request.follow and got.status_code == 200 and "event_id" in text:
        event = json.loads(text)["event_id"]
        with client.stream("GET", f"{request.path}/{event}") as got:
            text += _start(got)
    return got.status_code, text


def _start(response: httpx.Response, longest: int = 1 << 20) -> str:
    text = ""
    try:
        for piece in response.iter_text():
            text += piece
            if len(text) > longest or "event: complete" in text or "event: error" in text:
                break
    except httpx.ReadTimeout:
        pass
    return text


def told(text: str, secrets: tuple[str, ...] = ()) -> str | None:
    """What an answer tells that it must not: of the machine, of the program, or a secret word."""
    plain = text.replace("/etc/passwd", "")
    page = text.lstrip()[:15].lower() == "<!doctype html>"
    inside = None if page else _INSIDE.search(plain)
    if inside:
        return plain[max(0, inside.start() - 100) : inside.end() + 100]
    return next((f"{word} is told" for word in secrets if word in text), None)


def unstated(status: int, text: str) -> bool:
    """Whether an answer is a failure of the server without a stated error."""
    return status >= 500 and not re.search(r'"(?:error|detail)": ?"\w', text)
