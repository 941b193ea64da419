"""Runs a program behind two fences that know nothing of each other, and says what they saw.

Every Python among its processes writes down and refuses calls to other hosts (tests/fence), and,
where the system allows it, all of them live in a network of their own that has only loopback.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
FENCE = ROOT / "tests" / "fence"
_ALONE = ["unshare", "--user", "--map-root-user", "--net", "--mount", sys.executable]
_ALONE.append(str(FENCE / "alone.py"))


@dataclass(frozen=True)
class Seen:
    """What a program did. lost: packets without a way, of all processes; None where not counted."""

    status: int
    output: str
    errors: str
    log: tuple[str, ...]
    lost: int | None

    def lines(self, what: str) -> list[str]:
        """What the log has of one kind: started, ran, refused, left."""
        return [line.partition(" ")[2] for line in self.log if line.startswith(f"{what} ")]

    @property
    def last(self) -> Any:
        """The JSON of the last line of output."""
        return json.loads(self.output.splitlines()[-1])


def fenced(folder: Path, *command: str, leave: str = "", seconds: float = 120) -> Seen:
    """Run this Python with arguments behind both fences; folder: an empty one for its traces."""
    folder.mkdir()
    log, counts = folder / "log", folder / "counts"
    outer = [*_ALONE, str(counts)] if why_not_alone() is None else []
    environment = {
        **{k: v for k, v in os.environ.items() if not k.startswith(("HF_", "GRADIO_", "DO_NOT"))},
        "PYTHONPATH": os.pathsep.join([str(FENCE), str(ROOT), str(ROOT / "tests")]),
        "FENCE_LOG": str(log),
        "FENCE_LEAVE": leave,
        # For what begins with something that an earlier test left in the cache.
        "HF_HOME": str(folder / "hub"),
        "GRADIO_TEMP_DIR": str(folder / "gradio"),
    }
    run = subprocess.run(
        [*outer, sys.executable, *command],
        cwd=folder, env=environment, capture_output=True, text=True, timeout=seconds, check=False,
    )  # fmt: skip
    lost = int(counts.read_text()) if counts.exists() else None
    lines = tuple(log.read_text().splitlines()) if log.exists() else ()
    return Seen(run.returncode, run.stdout, run.stderr, lines, lost)


@cache
def why_not_alone() -> str | None:
    """Why no network of one's own can be had here; None where it can."""
    try:
        counts = os.devnull
        run = subprocess.run(
            [*_ALONE, counts, "true"], capture_output=True, text=True, timeout=20, check=False
        )
    except OSError as error:
        return f"unshare does not start: {error}"
    return None if run.returncode == 0 else f"no network namespace: {run.stderr.strip()[-200:]}"


class Canary(ThreadingHTTPServer):
    """A server on this machine that nothing ought to call. asked: what was."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Asked)
        self.asked: list[str] = []
        self.address = f"http://127.0.0.1:{self.server_address[1]}"


class _Asked(BaseHTTPRequestHandler):
    server: Canary

    def do_GET(self) -> None:
        self.server.asked.append(self.path)
        self.send_response(204)
        self.end_headers()

    do_POST = do_HEAD = do_GET

    def log_message(self, *_arguments: object) -> None:
        """Say nothing."""


@contextmanager
def canary() -> Iterator[Canary]:
    """A canary while it listens; it must be in the network of whoever might call it."""
    with Canary() as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()
