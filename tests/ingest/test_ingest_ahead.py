"""Files are read ahead by several processes and come out in their order."""

from __future__ import annotations

import os
import threading
import time
from pathlib import Path

import pytest

from ingest.ahead import ReadAhead


@pytest.fixture
def files(tmp_path: Path) -> list[str]:
    paths = []
    for number in range(12):
        path = tmp_path / f"{number:02}.md"
        path.write_text(f"# Cell {number}\n\nIt holds.\n" if number != 5 else "")
        paths.append(str(path))
    return paths


def test_every_file_comes_in_its_order_with_its_own_replies(files):
    with ReadAhead[str](2) as readers:
        read = [(path, list(replies)) for path, replies in readers.read(files, lambda p: p)]
    assert [path for path, _ in read] == files
    for number, (path, (reply,)) in enumerate(read):
        if number == 5:
            assert (reply.rejection.source, reply.rejection.error) == (path, "EmptyFile")
        else:
            assert reply.document.facts.title == f"Cell {number}"


def test_an_item_without_a_file_comes_without_replies(files):
    with ReadAhead[str](1) as readers:
        read = readers.read(files[:3], lambda p: None if p == files[1] else p)
        counts = [len(list(replies)) for _, replies in read]
    assert counts == [1, 0, 1]


def test_leaving_early_ends_every_reader(tmp_path):
    lines = '{"_id": "a", "title": "T", "text": "It holds."}\n'
    path = tmp_path / "many.jsonl"
    path.write_text("".join(lines.replace('"a"', f'"{i}"') for i in range(3000)))
    before = threading.active_count()
    with ReadAhead[str](2) as readers:
        for _, replies in readers.read([str(path)] * 3, lambda p: p):
            assert next(replies).document is not None
            break
        assert threading.active_count() == before + 2
    assert threading.active_count() == before


def test_a_file_left_in_the_middle_does_not_hold_up_the_next(tmp_path, files):
    many = tmp_path / "many.jsonl"
    many.write_text("".join(f'{{"_id": "{i}", "text": "It holds."}}\n' for i in range(500)))
    with ReadAhead[str](1) as readers:
        counts = []
        for path, replies in readers.read([str(many), files[0]], lambda p: p):
            counts.append(1 if path == str(many) and next(replies) else len(list(replies)))
    assert counts == [1, 1]


def test_leaving_does_not_wait_for_a_reader_that_hangs(tmp_path):
    pipe = tmp_path / "pipe.txt"
    os.mkfifo(pipe)
    started = time.monotonic()
    with ReadAhead[str](1) as readers:
        next(readers.read([str(pipe)], lambda p: p))
        time.sleep(3)  # The process has started, and waits for somebody to write.
    assert time.monotonic() - started < 20
