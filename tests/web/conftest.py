"""The web app over a small library, served by `app.serve` from a process of its own."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = (
    "patents/US20159900305A1.pdf",
    "patents/US20179900214A1.xml",
    "patents/EP9900214A1.xml",
    "reports/HCW-R-024_formation_time.pdf",
    "reports/HCW-R-041_fec_content_revisited.md",
)
SERVE = """
import sys
from pathlib import Path
import app
from assistant.options import ServeOptions
from index import ingest
index, files, port = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
ingest(index, [files])
sys.exit(app.serve(ServeOptions(index=index, port=port, sample=False)))
"""


@pytest.fixture(scope="session")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of the app over a small library made of a part of the sample portfolio."""
    folder = tmp_path_factory.mktemp("web")
    files = folder / "files"
    files.mkdir()
    for name in SAMPLE:
        shutil.copy(ROOT / "sample" / name, files)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-c", SERVE, str(folder / "index"), str(files), str(port)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "GRADIO_TEMP_DIR": str(folder / "tmp")}
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE) as server:
        try:
            assert server.stdout is not None
            lines = iter(server.stdout.readline, b"")
            line = next(line for line in lines if b"documents at" in line)
            address = re.search(r"http://\S+?(?=/? )", line.decode())
            assert address is not None, line
            yield address.group()
        finally:
            server.kill()
