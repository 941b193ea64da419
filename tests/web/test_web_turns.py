"""Many requests at once: a place for everybody, "busy" at once, nobody cut off at the end."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx

from web_server import ROOT, Served

CLAIM = "A battery comprising a zeta cathode having a coating of 12 nm, and an omega gasket. " * 8
_PATIENCE = 60.0


def test_one_account_cannot_take_every_place_and_gives_its_own_back(guarded_app: Served) -> None:

    def join(_number: int) -> httpx.Response:
        # Nobody fetches the answers: whoever goes away must not keep his place.
        with guarded_app.client("rob") as client:
            return client.post("/gradio_api/call/ask", json={"data": [CLAIM, None]})

    with ThreadPoolExecutor(24) as pool:
        waiting = [pool.submit(join, number) for number in range(150)]
        with guarded_app.client("pia") as other:
            found = guarded_app.ask(other, "search", ["zeta cathode coating", 3, None])
        answers = [one.result() for one in waiting]
    assert "event: complete" in found
    counts = Counter(answer.status_code for answer in answers)
    assert set(counts) == {200, 503}
    refused = next(answer for answer in answers if answer.status_code == 503)
    assert refused.json()["detail"] == "busy: 25 requests of rob wait for their answers"
    assert int(refused.headers["Retry-After"]) > 0
    until = time.monotonic() + _PATIENCE
    with guarded_app.client("rob") as client:
        while join(0).status_code == 503:
            assert time.monotonic() < until
            time.sleep(0.2)
        assert "event: complete" in guarded_app.ask(client, "search", ["zeta", 3, None])


def test_a_server_that_is_stopped_answers_who_already_waits(
    sample_library: Path, tmp_path: Path
) -> None:
    index = shutil.copytree(sample_library, tmp_path / "library")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "app.py", "--index", str(index), "--port", str(port)]
    environment = {**os.environ, "GRADIO_TEMP_DIR": str(tmp_path / "tmp")}
    at = f"http://127.0.0.1:{port}"
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE) as server:
        assert server.stdout is not None
        assert any(b"documents at" in line for line in iter(server.stdout.readline, b""))
        with httpx.Client(base_url=at, timeout=_PATIENCE, trust_env=False) as client:
            events = [_joined(client, "How is a separator coated?") for _ in range(8)]
            server.send_signal(signal.SIGTERM)
            told = [client.get(f"/gradio_api/call/ask/{event}").text for event in events]
        assert all("event: complete" in text for text in told)
        assert server.wait(_PATIENCE) == 0


def _joined(client: httpx.Client, question: str) -> str:
    answer = client.post("/gradio_api/call/ask", json={"data": [question, None]})
    assert answer.status_code == 200, answer.text
    return str(answer.json()["event_id"])
