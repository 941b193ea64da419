"""Another encoder for a library: made beside the old one, resumed, switched, undone."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import threading
import time
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest
from filelock import FileLock

from assistant.doctor import diagnose
from fakes import LetterEncoder
from index import Library, SearchOptions, ingest, reembed
from index.catalog import Catalog, encoder_in_use
from index.errors import LibraryLocked, OtherEncoder
from index.reembedding import REEMBED_LOCK_FILE
from index.writing import LOCK_FILE

DENSE = SearchOptions("dense")


class HalfEncoder(LetterEncoder):
    """Counts the letters a to m only, so that its vectors are shorter."""

    dimension = 13

    def __init__(self, window: int = 40) -> None:
        super().__init__("half", window)

    def encode_passages(self, texts):
        self.encoded += texts
        return np.array([self._vector(text) for text in texts], np.float32).reshape(-1, 13)

    def _vector(self, text):
        counts = np.array([text.lower().count(c) for c in "abcdefghijklm"], np.float32)
        length = np.linalg.norm(counts)
        return counts / length if length else counts


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "records.jsonl"
    path.write_text("".join(f'{{"_id": "d{i}", "text": "{w}"}}\n' for i, w in enumerate(TEXTS)))
    return path


TEXTS = ("ab zzzz", "abc", "klm cab", "xyz a", "mmm") * 40


@pytest.fixture
def folder(tmp_path: Path, source: Path) -> Path:
    ingest(tmp_path / "lib", [source], encoder=LetterEncoder())
    return tmp_path / "lib"


def vectors_of(folder: Path) -> np.ndarray:
    with closing(Catalog(folder)) as catalog:
        keys = catalog.passage_keys().tolist()
        return catalog.vectors(keys, catalog.encoders.current())


def status_of(folder: Path, name: str, encoder: LetterEncoder) -> str:
    return next(c.status for c in diagnose(folder, encoder).checks if c.name == name)


def test_it_gives_the_vectors_that_an_ingest_would_have_given(tmp_path, folder, source):
    report = reembed(folder, HalfEncoder())
    assert (report.encoder, report.previous, report.encoded) == ("half", "letters", len(TEXTS))
    assert report.kept == ("letters",)
    ingest(tmp_path / "new", [source], encoder=HalfEncoder())
    np.testing.assert_array_equal(vectors_of(folder), vectors_of(tmp_path / "new"))
    library = Library.open(folder, HalfEncoder())
    # Of "ab zzzz" this encoder sees two letters: it is as good as any for them.
    hits = library.search("ab", 200, options=DENSE).hits
    assert {h.document.id for h in hits if h.score > 0.999} >= {"d0", "d5"}
    with pytest.raises(OtherEncoder, match="reembed --encoder letters"):
        Library.open(folder, LetterEncoder())
    assert [c.name for c in diagnose(folder, HalfEncoder()).checks if c.status == "fail"] == []


def test_searches_and_ingests_go_on_meanwhile(tmp_path, folder):
    reader = Library.open(folder, LetterEncoder())
    before = [h.document.id for h in reader.search("zzz", 10, options=DENSE).hits]
    added = tmp_path / "later.jsonl"
    added.write_text('{"_id": "later", "text": "jjj zzz ggg"}\n')
    seen = []

    def meanwhile(progress):
        if not seen:
            assert status_of(folder, "reembedding", LetterEncoder()) == "warn"
            opened = Library.open(folder, LetterEncoder())
            seen.append([h.document.id for h in opened.search("zzz", 10, options=DENSE).hits])
            opened.close()
            ingest(folder, [added], encoder=LetterEncoder())

    report = reembed(folder, HalfEncoder(), progress=meanwhile)
    assert seen == [before]
    assert report.encoded == report.passages == len(TEXTS) + 1
    assert status_of(folder, "reembedding", HalfEncoder()) == "ok"
    for library in (reader, Library.open(folder, HalfEncoder())):
        assert library.search("jjj ggg", 1, options=DENSE).hits[0].document.id == "later"
    # Who has it open stays with the old vectors, which know of z.
    assert [h.document.id for h in reader.search("zzz", 10, options=DENSE).hits] == before


def test_an_open_reader_never_mixes_two_encoders(tmp_path, folder):
    reader = Library.open(folder, LetterEncoder())
    reader.search("abc")
    reembed(folder, HalfEncoder())
    added = tmp_path / "later.jsonl"
    added.write_text('{"_id": "later", "text": "quick jjj"}\n')
    ingest(folder, [added], encoder=HalfEncoder())
    # The new document has no vector of the old encoder, so only its words can find it.
    assert "later" not in {h.document.id for h in reader.search("jjj", 300, options=DENSE).hits}
    assert reader.search("quick").hits[0].document.id == "later"
    assert reader.search("zzzz", 1, options=DENSE).hits[0].document.id == "d0"


def test_going_back_encodes_only_what_has_come_since(tmp_path, folder):
    before = vectors_of(folder)
    reembed(folder, HalfEncoder())
    letters = LetterEncoder()
    assert reembed(folder, letters).encoded == 0
    np.testing.assert_array_equal(vectors_of(folder), before)
    added = tmp_path / "later.jsonl"
    added.write_text('{"_id": "later", "text": "quick jjj"}\n')
    ingest(folder, [added], encoder=letters)
    half = HalfEncoder()
    report = reembed(folder, half)
    assert (report.encoded, half.encoded) == (1, ["quick jjj"])
    assert len(list(folder.glob("vectors-*.faiss"))) == 1


def test_dropped_vectors_are_missed_at_once(folder):
    reader = Library.open(folder, LetterEncoder())
    reader.search("abc")
    report = reembed(folder, HalfEncoder(), drop_old=True)
    assert (report.kept, report.dropped) == ((), ("letters",))
    with pytest.raises(OtherEncoder, match="uses half by now; open it anew"):
        reader.search("abc")
    # An unfinished change is given up in the same way.
    with pytest.raises(KeyboardInterrupt):
        reembed(folder, LetterEncoder(), progress=interrupt)
    report = reembed(folder, HalfEncoder(), drop_old=True)
    assert (report.encoded, report.dropped) == (0, ("letters",))
    assert status_of(folder, "reembedding", HalfEncoder()) == "ok"


def interrupt(progress):
    raise KeyboardInterrupt


def test_a_passage_longer_than_the_window_is_seen_whole(tmp_path):
    text = " ".join(f"{a}{b}" for a in "abcdefghij" for b in "abc")
    path = tmp_path / "long.jsonl"
    path.write_text(f'{{"_id": "d", "text": "{text}."}}\n')
    ingest(tmp_path / "lib", [path], encoder=LetterEncoder())
    small = HalfEncoder(window=8)
    reembed(tmp_path / "lib", small)
    assert max(len(part.split()) for part in small.encoded) <= 8
    assert sorted(" ".join(small.encoded).split()) == sorted(f"{text}.".split())
    mean = np.mean([small._vector(part) for part in small.encoded], axis=0)
    np.testing.assert_allclose(
        vectors_of(tmp_path / "lib")[0], mean / np.linalg.norm(mean), rtol=1e-5
    )
    # What comes later is cut for the window that there is now.
    path.write_text(f'{{"_id": "d", "text": "{text} {text}."}}\n')
    small.encoded.clear()
    report = ingest(tmp_path / "lib", [path], encoder=small)
    assert len(small.encoded) == report.passages >= 60 / 8


def test_the_switch_waits_for_an_ingest_and_a_second_change_does_not(folder):
    waiting = threading.Event()
    reports = []
    with FileLock(folder / LOCK_FILE):
        thread = threading.Thread(
            target=lambda: reports.append(
                reembed(
                    folder,
                    HalfEncoder(),
                    progress=lambda p: waiting.set() if p.waiting else None,
                )
            )
        )
        thread.start()
        assert waiting.wait(30)
        assert encoder_in_use(folder).name == "letters"
        with pytest.raises(LibraryLocked, match="another re-embedding"):
            reembed(folder, HalfEncoder())
    thread.join(30)
    assert reports[0].encoded == len(TEXTS)
    assert encoder_in_use(folder).name == "half"
    assert (folder / REEMBED_LOCK_FILE).stat().st_size == 0


_PROGRAM = """
import sys, time
sys.path[:0] = [{tests!r}, {here!r}, {root!r}]
from test_index_reembedding import HalfEncoder
from index import reembed

class Slow(HalfEncoder):
    def encode_passages(self, texts):
        time.sleep(0.02)
        return super().encode_passages(texts)

reembed({library!r}, Slow(), progress=lambda p: print("x", flush=True))
"""


def test_kills_lose_a_batch_at_most(tmp_path: Path) -> None:
    source, library = tmp_path / "records.jsonl", tmp_path / "lib"
    source.write_text("".join(f'{{"_id": "d{i}", "text": "cell {i}"}}\n' for i in range(2000)))
    ingest(library, [source], encoder=LetterEncoder())
    here = Path(__file__).resolve()
    program = _PROGRAM.format(
        here=str(here.parent), tests=str(here.parent.parent), root=str(here.parents[2]),
        library=str(library),
    )  # fmt: skip
    chance = random.Random(5)
    counts, told = [], 0
    for _ in range(4):
        process = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE)
        assert process.stdout is not None
        process.stdout.readline()  # The first batch is committed.
        time.sleep(chance.uniform(0.0, 0.1))
        process.send_signal(signal.SIGKILL)
        process.wait()
        told += 1 + process.stdout.read().count(b"x")
        process.stdout.close()
        opened = Library.open(library, LetterEncoder())
        assert len(opened.search("cell", options=DENSE).hits) == 10
        opened.close()
        with closing(Catalog(library)) as catalog:
            target = catalog.encoders.target()
            assert target is not None
            counts.append(catalog.encoders.count(target))
        # Whatever was said to be done was done, and is not done again.
        assert counts[-1] >= 64 * told
        assert status_of(library, "reembedding", LetterEncoder()) == "warn"
    assert counts == sorted(counts)
    assert counts[-1] < 2000
    half = HalfEncoder()
    assert reembed(library, half).encoded == len(half.encoded) == 2000 - counts[-1]
    assert [c.name for c in diagnose(library, half).checks if c.status != "ok"] in ([], ["disk"])
