"""A process killed at any moment leaves a library that opens and goes on."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from pathlib import Path

from assistant.doctor import diagnose
from fakes import LetterEncoder
from index import Library, SearchOptions, ingest

_PROGRAM = """
import sys, time
sys.path[:0] = [{tests!r}, {root!r}]
from fakes import LetterEncoder
import index.build as build
from index import ingest

class Slow(LetterEncoder):
    def encode_passages(self, texts):
        time.sleep(0.01)
        return super().encode_passages(texts)

ingest({library!r}, [{source!r}], encoder=Slow(), progress=lambda p: print("x", flush=True))
"""
_RECORDS = 3000


def test_ten_kills_lose_nothing(tmp_path: Path) -> None:
    source, library = tmp_path / "records.jsonl", tmp_path / "lib"
    source.write_text(
        "".join(
            f'{{"_id": "d{i}", "text": "Cell {i} has anode {i * 7}."}}\n' for i in range(_RECORDS)
        )
    )
    first = tmp_path / "first.md"
    first.write_text("# First\n\nThe quick formation takes 78 hours.\n")
    encoder = LetterEncoder()
    ingest(library, [first], encoder=encoder)
    here = Path(__file__).resolve()
    program = _PROGRAM.format(
        tests=str(here.parent.parent), root=str(here.parents[2]),
        library=str(library), source=str(source),
    )  # fmt: skip
    chance = random.Random(7)
    counts = []
    for _ in range(10):
        process = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE)
        assert process.stdout is not None
        process.stdout.readline()  # The ingest has begun.
        time.sleep(chance.uniform(0.0, 0.25))
        process.send_signal(signal.SIGKILL)
        process.wait()
        process.stdout.close()
        opened = Library.open(library, encoder)
        hits = opened.search("quick formation 78 hours", 3, options=SearchOptions("bm25")).hits
        assert hits[0].document.title == "First"
        counts.append(opened.counts()[0])
        opened.close()
    # Finished work is never done again: the counts only grow.
    assert counts == sorted(counts)
    encoder.encoded.clear()
    report = ingest(library, [source], encoder=encoder)
    assert report.documents == _RECORDS + 1
    assert len(encoder.encoded) == _RECORDS - (counts[-1] - 1)
    diagnosis = diagnose(library, encoder)
    assert [c.name for c in diagnosis.checks if c.status != "ok"] in ([], ["disk"])
