"""Hits operations on a library with faults, and says whether what is left is whole."""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

_HERE = Path(__file__).resolve().parent


def compiled(folder: Path) -> Path | None:
    """The shim, or None where there is no compiler or the system is not Linux."""
    if sys.platform != "linux" or shutil.which("cc") is None:
        return None
    shim = folder / "shim.so"
    source = str(_HERE / "shim.c")
    subprocess.run(["cc", "-shared", "-fPIC", "-O1", "-o", shim, source, "-ldl"], check=True)
    return shim


class Server:
    """A process that forks children to do operations in; see faults.server."""

    def __init__(self, shim: Path | None) -> None:
        environment = {**os.environ, "OMP_NUM_THREADS": "1", "PYTHONWARNINGS": "ignore"}
        if shim is not None:
            environment["LD_PRELOAD"] = str(shim)
        self._process = subprocess.Popen(
            [sys.executable, str(_HERE / "server.py")],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment, text=True,
        )  # fmt: skip
        self.has_shim = bool(self._read()["shim"]) and shim is not None

    def do(self, operation: str, fault: dict[str, Any] | None = None, **arguments: Any) -> Any:
        """What came of an operation: {"status", "value", "error", "calls", "seconds"}."""
        request = {"operation": operation, "arguments": arguments, "fault": fault}
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(request, default=str) + "\n")
        self._process.stdin.flush()
        return self._read()

    def value(self, operation: str, **arguments: Any) -> Any:
        """What an operation gives that must not fail."""
        answer = self.do(operation, **arguments)
        assert answer["status"] == "ok", answer.get("trace") or answer
        return answer["value"]

    def close(self) -> None:
        """End it."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        self._process.stdout.close()
        self._process.wait()

    def _read(self) -> Any:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            raise RuntimeError("the server of faults has ended")
        return json.loads(line)


@contextmanager
def serving(folder: Path) -> Iterator[Server]:
    """A server with the shim where one can be made."""
    server = Server(compiled(folder))
    try:
        yield server
    finally:
        server.close()


def lose_unsynced(log: Path, chance: random.Random) -> list[str]:
    """Do to files what a power cut may: what was never synced is zeros, rubbish or not there.

    log: of the shim. Returns what was done. Bytes that were synced are left alone.
    """
    loose: dict[str, list[tuple[int, int]]] = {}
    for line in log.read_text().splitlines() if log.exists() else []:
        action, path, *rest = line.split("\t")
        if action == "W":
            loose.setdefault(path, []).append((int(rest[0]), int(rest[1])))
        elif action in "SU":
            loose.pop(path, None)
        elif action == "R":
            loose[rest[0]] = loose.pop(path, [])
        elif action == "T":
            end = int(rest[0])
            loose[path] = [(o, min(n, end - o)) for o, n in loose.get(path, []) if o < end]
    done = []
    for path, spans in loose.items():
        # SQLite makes its shared memory anew after a crash, whatever is in it.
        if spans and os.path.exists(path) and not path.endswith("-shm"):
            done.append(_tear(path, spans, chance))
    return done


def _tear(path: str, spans: list[tuple[int, int]], chance: random.Random) -> str:
    how = chance.choice(("kept", "cut", "zeros", "rubbish"))
    size = os.path.getsize(path)
    if how == "cut":
        # Only the tail can be missing; a span inside a synced part cannot.
        first = min(offset for offset, _ in spans)
        os.truncate(path, min(size, max(first, size - chance.randint(1, 4096))))
    elif how != "kept":
        offset, length = chance.choice(spans)
        length = min(length, 4096, max(0, size - offset))
        with open(path, "r+b") as stream:
            stream.seek(offset)
            stream.write(bytes(length) if how == "zeros" else chance.randbytes(length))
    return f"{how} {os.path.basename(path)}"
