"""Hostile documents: each ends as a stated rejection or a document, and writes nothing outside."""

from __future__ import annotations

import contextlib
import os
import re
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hostile_files import CATALOG, HOSTILE, PAGES, pdf
from ingest import IngestError, ReaderProcess, ReadLimits, errors
from ingest.readers import read_file
from ingest.readers.exports.values import _ET_AL, filed
from ingest.readers.patent_xml.claim_references import _QUANTITY
from ingest.readers.patents_in_xml import _HTML_START
from ingest.readers.plain.hyphens import _DIVIDED
from ingest.readers.printed_patent.citations import _FOREIGN, _US
from ingest.readers.printed_patent.parties import _SKIPPED
from ingest.readers.uspto.pap import _PRINTED
from ingest.readers.uspto.public_search import _START
from ingest.readers.uspto.public_search_references import _BY

ROOT = Path(__file__).resolve().parents[2]
SECONDS = 30  # for one hostile file; nearly all take less than one
ATTEMPTS = """
import os, socket, subprocess, sys
from ingest.confine import confine
inside, outside, known = sys.argv[1:4]
print(*confine(inside))
def tried(what):
    try:
        what()
        return "done"
    except OSError:
        return "refused"
shell = lambda line: subprocess.run(["sh", "-c", line], check=True, capture_output=True)
def by_child():
    try:
        shell(f"echo x > {outside}/child")
    except subprocess.CalledProcessError as error:
        raise OSError from error
open(f"{inside}/a", "w").write("x")
os.rename(f"{inside}/a", f"{inside}/b")
print(*map(tried, (
    lambda: open(f"{outside}/new", "w"), lambda: open(known, "a"), lambda: os.truncate(known, 0),
    lambda: os.remove(known), lambda: os.rename(known, f"{inside}/c"),
    lambda: os.mkdir(f"{outside}/folder"), lambda: os.symlink("a", f"{outside}/link"), by_child,
)))
print(*map(tried, (
    lambda: socket.create_connection(("127.0.0.1", int(sys.argv[4])), 2),
    lambda: socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b"x", ("127.0.0.1", 9)),
    lambda: socket.getaddrinfo("localhost", 80),
    lambda: os.kill(os.getppid(), 0),
)))
print(open(known).read())
"""


def test_a_confined_process_writes_in_its_folder_only_and_reaches_no_network(tmp_path):
    inside, outside = tmp_path / "inside", tmp_path / "outside"
    inside.mkdir()
    outside.mkdir()
    known = outside / "catalog.db"
    known.write_text("kept")
    with socket.create_server(("127.0.0.1", 0)) as server:
        arguments = [str(inside), str(outside), str(known), str(server.getsockname()[1])]
        done = subprocess.run(
            [sys.executable, "-c", ATTEMPTS, *arguments],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=True,
        )
    held, writes, network, text = done.stdout.splitlines()
    assert held.split()[-1] == "python"
    assert network.split()[:3] == ["refused"] * 3
    assert text == "kept"
    if "files" not in held.split():
        pytest.skip("this kernel has no Landlock")
    assert writes.split() == ["refused"] * 8
    assert [path.name for path in outside.iterdir()] == ["catalog.db"]


def worker_of(reader: ReaderProcess) -> int:
    assert reader._worker is not None
    return reader._worker.pid


def test_the_readers_process_is_confined_with_all_its_threads_and_leaves_no_folder(
    tmp_path, monkeypatch
):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    (tmp_path / "good.txt").write_text("It holds.")
    with ReaderProcess() as reader:
        list(reader.read(str(tmp_path / "good.txt")))
        process = Path(f"/proc/{worker_of(reader)}")
        if not process.exists():
            pytest.skip("this system has no /proc")
        for thread in (process / "task").iterdir():
            status = (thread / "status").read_text()
            assert "NoNewPrivs:\t1" in status
            assert "Seccomp:\t2" in status
        limits = (process / "limits").read_text()
        assert [line.split()[-3:-1] for line in limits.splitlines() if "core file" in line] == [
            ["0", "0"]
        ]
        assert [path.name[:12] for path in tmp_path.iterdir() if path.is_dir()] == ["prior-art-re"]
    assert [path.name for path in tmp_path.iterdir()] == ["good.txt"]


def test_a_converter_that_hangs_ends_with_the_reader(tmp_path, monkeypatch):
    converter = tmp_path / "pandoc"
    converter.write_text("#!/bin/sh\nexec sleep 86397\n")
    converter.chmod(0o755)
    monkeypatch.setenv("PYPANDOC_PANDOC", str(converter))
    (tmp_path / "a.rtf").write_text(r"{\rtf1 It holds.}")
    with ReaderProcess(ReadLimits(seconds=2)) as reader:
        (reply,) = reader.read(str(tmp_path / "a.rtf"))
    assert reply.rejection is not None
    assert reply.rejection.error == "ReaderTimeout"
    assert not running(b"sleep\x0086397")


def running(command: bytes) -> bool:
    """Whether any process has this command line."""
    for line in Path("/proc").glob("[0-9]*/cmdline"):
        with contextlib.suppress(OSError):
            if line.read_bytes().startswith(command):
                return True
    return False


def test_hostile_documents_are_listed_and_the_run_goes_on(tmp_path):
    (tmp_path / "good.txt").write_text("It holds.")
    before = sorted(os.listdir(tmp_path.parent))
    with ReaderProcess(ReadLimits(seconds=SECONDS)) as reader:
        for name, (data, expected) in HOSTILE.items():
            path = tmp_path / name
            path.write_bytes(data)
            replies = list(reader.read(str(path)))
            found = {reply.rejection.error if reply.rejection else "" for reply in replies}
            assert found, name
            assert found <= expected, (name, [reply.rejection for reply in replies])
            path.unlink()
        (reply,) = reader.read(str(tmp_path / "good.txt"))
    assert reply.document is not None
    assert os.listdir(tmp_path) == ["good.txt"]
    assert sorted(os.listdir(tmp_path.parent)) == before


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        (_HTML_START, b" " * 8000 + b"<a>"),
        (_START, b" " * 8000 + b"<"),
        (_PRINTED, " " * 20_000 + "x"),
        (_US, "US1111" + " " * 20_000 + "x"),
        (_US, "1111" + " " * 20_000 + "x"),
        (_FOREIGN, "AA 11" + " " * 20_000 + "x"),
        (_SKIPPED, " " * 20_000 + "x"),
        (_QUANTITY, "1," * 10_000 + "x"),
        (_ET_AL, " " * 20_000 + "x"),
        (_BY, "." * 20_000 + "x"),
        (_DIVIDED, "硼" * 20_000),
    ],
)
def test_patterns_take_no_longer_for_long_runs(pattern, text):
    begun = time.process_time()
    pattern.match(text)
    pattern.fullmatch(text)
    pattern.sub(text[:0], text)
    assert time.process_time() - begun < 2


def test_an_endless_application_number_is_none():
    begun = time.process_time()
    assert filed("US " + "1" * 200_000) is None
    assert time.process_time() - begun < 1


SAMPLES = [
    (path.suffix, path.read_bytes())
    for path in sorted((ROOT / "sample").rglob("*.*"))
    if path.suffix in (".xml", ".md", ".docx") and path.stat().st_size < 50_000
][::4]
changes = st.lists(
    st.tuples(st.floats(0, 1), st.integers(0, 200), st.binary(max_size=20)), min_size=1, max_size=4
)


@settings(
    max_examples=60,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.sampled_from(SAMPLES), changes)
def test_damaged_files_give_documents_or_stated_errors(tmp_path, sample, edits):
    suffix, data = sample
    for place, length, new in edits:
        at = int(place * len(data))
        data = data[:at] + new + data[at + length :]
    path = tmp_path / f"a{suffix}"
    path.write_bytes(data)
    try:
        for reply in read_file(str(path)):
            if reply.rejection is not None:
                assert issubclass(getattr(errors, reply.rejection.error), IngestError)
    except IngestError:
        pass


def test_what_is_said_of_a_broken_pdf_is_the_same_every_time(tmp_path):
    path = tmp_path / "a.pdf"
    path.write_bytes(pdf(CATALOG, PAGES, "3 0 R"))
    said = set()
    for _ in range(3):
        with pytest.raises(IngestError) as raised:
            list(read_file(str(path)))
        said.add(str(raised.value))
    assert len(said) == 1
    assert not re.search(r"\d{7}", said.pop())
