"""The web app over a small library, served by `app.serve` from a process of its own."""

from __future__ import annotations

import json
import os
import re
import shutil
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from web_server import Served, guarded

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = (
    "patents/US20159900305A1.pdf",
    "patents/US20179900214A1.xml",
    "patents/EP9900214A1.xml",
    "reports/HCW-R-024_formation_time.pdf",
    "reports/HCW-R-041_fec_content_revisited.md",
)
CHROMIUM = Path("/usr/bin/chromium")
SERVE = """
import sys
from pathlib import Path
import app
from assistant.generate import GeneratorSettings
from assistant.options import ServeOptions
from index import ingest
index, files, port, generator = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]), sys.argv[4]
ingest(index, [files])
settings = GeneratorSettings(generator, "scripted")
sys.exit(app.serve(ServeOptions(index=index, port=port, sample=False, generator=settings)))
"""


# A browser of its own must not call home either.
ARGUMENTS = (
    "--no-sandbox --disable-background-networking --disable-quic --no-first-run "
    "--disable-component-update --disable-sync"
).split()


class ChatModel(ThreadingHTTPServer):
    """An OpenAI-compatible endpoint that cites a passage with `known` and then invents.

    go_on: cleared, it stops after its first sentence until it is set. up: False makes it refuse.
    """

    known = "leaving out the second rest cost 2.2 percentage points of retention"
    invented = "The second rest costs 77 euros"

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Completions)
        self.address = f"http://127.0.0.1:{self.server_address[1]}/v1"
        self.up, self.go_on = True, threading.Event()
        self.go_on.set()

    def sentences(self, prompt: str) -> tuple[str, ...]:
        """What is written for a prompt; keys are those of the passages in it."""
        passages = re.findall(r"(?ms)^\[(\d+)\]\n(.*?)(?=^\[\d+\]\n|^END )", prompt)
        for key, text in passages:
            for sentence in re.findall(r"[A-Z](?:[^.]|\.\d)*\.", " ".join(text.split())):
                if self.known in sentence:
                    return (f"{sentence[:-1]} [{key}].", f"{self.invented} [{key}].")
        return ("NO ANSWER",)


class _Completions(BaseHTTPRequestHandler):
    server: ChatModel

    def do_POST(self) -> None:
        if not self.server.up:
            self.send_error(503, "out of order")
            return
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.end_headers()
        first, *others = self.server.sentences(asked["messages"][-1]["content"])
        # A sentence is known to have ended where the next one begins.
        rest = " ".join(others).split()
        for word in (*first.split(), *rest[:3], None, *rest[3:]):
            if word is None:
                self.server.go_on.wait(30)
                continue
            data = json.dumps({"choices": [{"delta": {"content": f"{word} "}}]})
            self.wfile.write(f"data: {data}\n\n".encode())
            self.wfile.flush()
        self.wfile.write(b"data: [DONE]\n\n")

    def handle(self) -> None:
        """Serve one connection; one that is left in the middle was meant to be."""
        with suppress(ConnectionError):
            super().handle()

    def log_message(self, *_arguments: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="session")
def web_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the app at `address` has its library, in `index`."""
    return tmp_path_factory.mktemp("web")


@pytest.fixture(scope="session")
def address(web_folder: Path) -> Iterator[str]:
    """Address of the app over a small library made of a part of the sample portfolio."""
    with _served(web_folder) as address:
        yield address


@pytest.fixture(scope="session")
def chat_model() -> Iterator[ChatModel]:
    """A chat model on this machine."""
    with ChatModel() as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


@pytest.fixture(scope="session")
def worded_address(
    tmp_path_factory: pytest.TempPathFactory, chat_model: ChatModel
) -> Iterator[str]:
    """Address of the app as `address`, its answers worded by `chat_model`."""
    with _served(tmp_path_factory.mktemp("worded"), chat_model.address) as address:
        yield address


@contextmanager
def _served(folder: Path, generator: str = "") -> Iterator[str]:
    files = folder / "files"
    files.mkdir()
    for name in SAMPLE:
        shutil.copy(ROOT / "sample" / name, files)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    arguments = [str(folder / "index"), str(files), str(port), generator]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "GRADIO_TEMP_DIR": str(folder / "tmp")}
    with subprocess.Popen(
        [sys.executable, "-c", SERVE, *arguments], cwd=ROOT, env=environment, stdout=subprocess.PIPE
    ) as server:
        try:
            assert server.stdout is not None
            lines = iter(server.stdout.readline, b"")
            line = next(line for line in lines if b"documents at" in line)
            address = re.search(r"http://\S+?(?=/? )", line.decode())
            assert address is not None, line
            yield address.group()
        finally:
            server.kill()


@pytest.fixture(scope="session")
def guarded_app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The app with logins over a library with labels."""
    with guarded(tmp_path_factory.mktemp("guarded")) as served:
        yield served


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Debian's chromium."""
    if not CHROMIUM.exists():
        # Playwright downloads no browser here; pages without one are tested all the same.
        pytest.skip(f"{CHROMIUM} is missing: apt-get install chromium")
    sync = pytest.importorskip("playwright.sync_api", reason="pip install playwright")
    with sync.sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=str(CHROMIUM), args=ARGUMENTS)
        yield chromium
        chromium.close()


@pytest.fixture
def visit(browser: Any, address: str) -> Iterator[Any]:
    """Opens the page as a new visitor; fails for console errors and requests to other hosts."""
    from playwright.sync_api import expect

    troubles: list[str] = []
    contexts = []

    def open_page(
        width: int = 1280, scheme: str = "light", at: str = address, motion: str = "no-preference"
    ) -> Any:
        context = browser.new_context(
            viewport={"width": width, "height": 800}, color_scheme=scheme, reduced_motion=motion
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(15_000)

        def request(seen: Any) -> None:
            if not seen.url.startswith((at, "data:", "blob:")):
                troubles.append(f"request to {seen.url}")

        page.on("request", request)
        page.on("pageerror", lambda error: troubles.append(f"page error: {error}"))
        page.on(
            "console",
            lambda m: troubles.append(f"console: {m.text}") if m.type == "error" else None,
        )
        page.goto(at)
        expect(page.locator(".pa-welcome")).to_be_visible(timeout=20_000)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert troubles == []
