"""The guarded web app in a process of its own: a small library with labels, accounts, a real port.

As a program, `python web_server.py FOLDER`, it serves until its standard input ends and says in
one line of JSON what `Served` knows.
"""

from __future__ import annotations

import json
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
from argon2 import PasswordHasher

from assistant.accounts import Accounts
from fakes import LetterEncoder
from index import ingest
from index.clearance import EVERYTHING, Clearance

ROOT = Path(__file__).resolve().parent.parent
PASSWORD = "a sentence that is long enough"
# The same question finds one or the other, by who asks.
REPORTS = {
    "public": "# Open cathode note\n\nThe zeta cathode coating is 12 nm thick in public.\n",
    "secret": "# Hidden quokka note\n\nThe zeta cathode coating is 77 nm thick, says quokka.\n",
    "internal": "# Inner cathode note\n\nThe zeta cathode coating is 40 nm thick inside.\n",
    "sealed": "# Sealed numbat note\n\nThe omega gasket was sealed by a numbat.\n",
}
PEOPLE = {
    "ada": ("administrator", EVERYTHING),
    "pia": ("ip", Clearance.of("public", "internal")),
    "sam": ("reader", Clearance.of("secret")),
    "rob": ("reader", Clearance.of("public")),
}


class Clock:
    """The time of day, put forward by the seconds that stand in a file."""

    def __init__(self, file: Path) -> None:
        self.file = file

    def __call__(self) -> float:
        return time.time() + (float(self.file.read_text()) if self.file.exists() else 0)

    def put_forward(self, seconds: float) -> None:
        """Let it be later for whoever reads the same file."""
        self.file.write_text(str(seconds))


@dataclass(frozen=True)
class Served:
    """A running app. at: its address; keys: an API key of each account.

    functions: Gradio's numbers of the page's handlers, with how many inputs each has, by name.
    routes: the paths of all its routes with their methods.
    """

    at: str
    folder: Path
    accounts: Accounts
    clock: Clock
    keys: dict[str, str]
    functions: dict[str, tuple[int, int]]
    routes: list[tuple[str, str]]

    @property
    def index(self) -> Path:
        """The folder of the library."""
        return self.folder / "index"

    @property
    def cache(self) -> Path:
        """Where Gradio keeps files."""
        return self.folder / "tmp"

    def client(self, name: str | None = None) -> httpx.Client:
        """A client, with the API key of an account or without."""
        headers = {"Authorization": f"Bearer {self.keys[name]}"} if name else {}
        return httpx.Client(base_url=self.at, headers=headers, timeout=60, trust_env=False)

    def event(self, client: httpx.Client, name: str, data: list[Any], session: str) -> str:
        """What a handler of the page answers, step by step, as the page gets it."""
        number, inputs = self.functions[name]
        data = data + [None] * (inputs - len(data))
        body = {"data": data, "fn_index": number, "session_hash": session}
        joined = client.post("/gradio_api/queue/join", json=body, headers={"Origin": self.at})
        assert joined.status_code == 200, joined.text
        event = joined.json()["event_id"]
        url, told = "/gradio_api/queue/data", ""
        with client.stream("GET", url, params={"session_hash": session}) as stream:
            assert stream.status_code == 200
            for line in stream.iter_lines():
                message = json.loads(line[6:]) if line.startswith("data: ") else {}
                if message.get("event_id") != event:
                    continue
                told += json.dumps(message, ensure_ascii=False)
                if message["msg"] == "process_completed":
                    return told
        raise AssertionError("the stream ended before the event did")

    def ask(self, client: httpx.Client, name: str, data: list[Any]) -> str:
        """What an endpoint of the API answers."""
        url = f"/gradio_api/call/{name}"
        joined = client.post(url, json={"data": data}, headers={"Origin": self.at})
        assert joined.status_code == 200, joined.text
        return client.get(f"{url}/{joined.json()['event_id']}").text

    def tool(self, client: httpx.Client, name: str, **arguments: Any) -> str:
        """What an MCP tool answers."""
        params = {"name": name, "arguments": arguments}
        body = {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": params}
        accept = {"Accept": "application/json, text/event-stream", "Origin": self.at}
        answer = client.post("/gradio_api/mcp/", json=body, headers=accept)
        assert answer.status_code == 200, answer.text
        return answer.text


def fast_accounts(index: Path, clock: Clock | None = None) -> Accounts:
    """Accounts whose passwords cost little to hash."""
    return Accounts(index, hasher=PasswordHasher(1, 8, 1), clock=clock or time.time)


@contextmanager
def guarded(folder: Path) -> Iterator[Served]:
    """The app with the accounts of PEOPLE over a library of REPORTS."""
    paths = os.pathsep.join([str(ROOT), str(ROOT / "tests")])
    environment = {**os.environ, "PYTHONPATH": paths, "GRADIO_TEMP_DIR": str(folder / "tmp")}
    with (
        subprocess.Popen(
            [sys.executable, __file__, str(folder)],
            env=environment, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        ) as process,
        fast_accounts(folder / "index") as accounts,
    ):  # fmt: skip
        assert process.stdout is not None
        said = next(line for line in process.stdout if line.startswith(b"{"))
        yield Served(folder=folder, accounts=accounts, clock=_clock(folder), **json.loads(said))
        process.kill()


def form_of(page: httpx.Response) -> str:
    """The hidden token of a page's form."""
    found = re.search(r'name="form" value="([0-9a-f]+)"', page.text)
    assert found is not None, page.text
    return found[1]


def sign_in(client: httpx.Client, name: str, password: str = PASSWORD) -> httpx.Response:
    """Fill in the page for signing in and send it."""
    form = form_of(client.get("/sign-in"))
    return post(client, "/sign-in", form=form, name=name, password=password)


def post(client: httpx.Client, path: str, **fields: str) -> httpx.Response:
    """Send a form as a browser does from our own page."""
    origin = str(client.base_url).rstrip("/")
    return client.post(path, data=fields, headers={"Origin": origin})


def paths_of(routes: list[Any], prefix: str = "") -> Iterator[tuple[str, str]]:
    """Path and method of all routes of an application, parameters filled in."""
    for route in routes:
        path = prefix + re.sub(r"{[^}]*}", "x", getattr(route, "path", ""))
        inner = getattr(route, "original_router", None)
        if inner is not None:
            yield from paths_of(inner.routes, prefix)
            continue
        if getattr(route, "routes", None):
            yield from paths_of(route.routes, path)
        for method in getattr(route, "methods", None) or ("GET", "POST"):
            yield path or "/", method


def _clock(folder: Path) -> Clock:
    return Clock(folder / "ahead")


def _make_library(folder: Path) -> None:
    for label, text in REPORTS.items():
        (files := folder / label).mkdir()
        (files / f"{label}-note.md").write_text(text)
        ingest(folder / "index", [files], label=label, encoder=LetterEncoder())


def _functions(blocks: Any) -> dict[str, tuple[int, int]]:
    named = {
        getattr(getattr(block.fn, "func", block.fn), "__name__", ""): (number, len(block.inputs))
        for number, block in blocks.fns.items()
    }
    return {name: found for name, found in named.items() if name}


def _serve(folder: Path) -> None:
    import app
    from assistant.options import ServeOptions
    from assistant.web.holder import AssistantHolder
    from assistant.web.privacy import stay_offline

    stay_offline()
    _make_library(folder)
    index = folder / "index"
    accounts = fast_accounts(index, _clock(folder))
    for name, (role, clearance) in PEOPLE.items():
        accounts.add(name, PASSWORD, role, clearance)
    keys = {name: accounts.make_key(name, "test", EVERYTHING) for name in PEOPLE}
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    blocks = app.build(AssistantHolder(index, LetterEncoder(), logins=True))
    address = app.launch(blocks, ServeOptions(index, port=port, logins=True), accounts)
    assert blocks.server.config.forwarded_allow_ips == ""  # uvicorn believes nobody
    said = {
        "at": address.rstrip("/"),
        "keys": keys,
        "functions": _functions(blocks),
        "routes": list(paths_of(blocks.app.routes)),
    }
    print(json.dumps(said), flush=True)
    sys.stdin.read()


if __name__ == "__main__":
    _serve(Path(sys.argv[1]))
