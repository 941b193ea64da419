"""Kills, full disks, lost rights and flipped bits: an index is as before or after, or says so."""

from __future__ import annotations

import contextlib
import itertools
import shutil
import sqlite3
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.doctor import diagnose
from fakes import LetterEncoder
from faults.campaign import campaign
from faults.harness import Server, serving
from index import Library, ingest
from index.checksums import damages
from index.errors import LibraryError, NewerFormat, OtherRules
from index.rebuild import rebuild

# The full numbers are those of benchmarks/faults.py.
_CHANGES = ("remove", "change_encoder", "rebuild", "restore")


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serving(tmp_path_factory.mktemp("shim")) as server:
        yield server


@pytest.fixture
def library(tmp_path: Path) -> Path:
    source = tmp_path / "src"
    source.mkdir()
    for i in range(6):
        text = f"# Report {i}\n\nThe boron coating of cell {i} is {i + 5} um thick.\n"
        (source / f"{i}.md").write_text(text)
    folder = tmp_path / "library"
    ingest(folder, [source], encoder=LetterEncoder())
    ingest(folder, [source / "0.md"], label="secret", encoder=LetterEncoder())
    return folder


def test_kills_and_full_disks_leave_the_state_before_or_after(
    server: Server, tmp_path: Path
) -> None:
    if not server.has_shim:
        pytest.skip("no C compiler, so nothing can be refused; benchmarks/faults.py kills by time")
    counts = {"kill": 14, "full": 7, "denied": 2, "once": 2}
    verdicts = list(campaign(server, tmp_path, counts, 3, _CHANGES))
    assert [(v.scenario, v.fault, v.problems) for v in verdicts if v.problems] == []
    statuses = Counter(verdict.status for verdict in verdicts)
    # The faults do hit: most kills come before the end, most refusals are told.
    assert statuses["killed"] >= 7
    assert statuses["error"] >= 5
    assert len(verdicts) == sum(counts.values())


def test_a_flipped_bit_in_any_file_is_found_and_has_a_remedy(library: Path, tmp_path: Path) -> None:
    assert diagnose(library, LetterEncoder()).ok
    healthy = _answers(library)
    # SQLite makes its shared memory anew, whatever is in it.
    paths = [p for p in library.rglob("*") if p.is_file() and not p.name.endswith("-shm")]
    files = sorted(p.relative_to(library).as_posix() for p in paths if p.stat().st_size)
    assert len(files) >= 15  # manifest, catalogue, checksums, vectors and words of two labels
    places = itertools.cycle((0.1, 0.5, 0.99))
    for name, place in zip(files, places, strict=False):
        broken = tmp_path / "broken"
        shutil.rmtree(broken, ignore_errors=True)
        shutil.copytree(library, broken)
        _flip(broken / name, place)
        found = [c for c in diagnose(broken, LetterEncoder()).checks if c.status != "ok"]
        found = [c for c in found if c.name != "disk"]
        assert found, (name, place)
        assert all(check.remedy for check in found), (name, place)
        if name.endswith((".term", ".pos", ".faiss")):
            # A search may or may not meet the place, but never ends in anything else.
            with contextlib.suppress(LibraryError):
                _answers(broken)
        if name.startswith(("words/", "vectors-")):
            rebuild(broken)
            assert _answers(broken) == healthy, (name, place)
            assert damages(broken) == [], (name, place)


def test_a_flipped_bit_in_the_catalogue_shows_without_checksums_of_files(library: Path) -> None:
    # As after a run that was killed: only the sums of the tables are left.
    (library / "checksums.json").unlink()
    catalog = library / "catalog.sqlite"
    data = catalog.read_bytes()
    place = data.index(b"coating of cell 3")
    catalog.write_bytes(data[:place] + b"C" + data[place + 1 :])
    diagnosis = diagnose(library, LetterEncoder())
    [check] = [c for c in diagnosis.checks if c.name == "catalogue"]
    assert check.status == "fail"
    assert "are not as they were written" in check.detail
    assert "restore SNAPSHOT" in str(check.remedy)
    with pytest.raises(LibraryError, match="damaged"):
        rebuild(library)


def test_the_next_ingest_repairs_damaged_words_and_vectors(library: Path, tmp_path: Path) -> None:
    healthy = _answers(library)
    for path in (*library.glob("vectors-*"), *library.glob("words/*/*.term")):
        _flip(path, 0.5)
    more = tmp_path / "nothing"
    more.mkdir()
    ingest(library, [more], encoder=LetterEncoder())
    assert damages(library) == []
    assert _answers(library) == healthy


def test_an_older_format_is_brought_up_and_others_are_refused(library: Path) -> None:
    healthy = _answers(library)
    manifest = library / "manifest.json"
    for version, error in ((99, NewerFormat), (1, OtherRules), (2, OtherRules)):
        text = manifest.read_text().replace('"format_version": 3', f'"format_version": {version}')
        manifest.write_text(text)
        with pytest.raises(error, match=r"upgrade|`prior-art .*ingest"):
            Library.open(library, LetterEncoder())
        if version != 2:
            with pytest.raises(error):
                rebuild(library)
            manifest.write_text(text.replace(f": {version}", ": 3"))
    _to_format_2(library)
    rebuild(library)
    assert _answers(library) == healthy
    assert diagnose(library, LetterEncoder()).ok


def _to_format_2(library: Path) -> None:
    """What the last release made: one document for each id, no sums, words in one place."""
    for path in (*library.glob("vectors-*"), library / "checksums.json"):
        path.unlink()
    shutil.rmtree(library / "words")
    (library / "words").mkdir()
    with contextlib.closing(sqlite3.connect(library / "catalog.sqlite")) as database:
        names = database.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for (name,) in names:
            database.execute(f"DROP TRIGGER {name}")
        database.executescript(
            "DROP TABLE sums; DROP INDEX documents_id;"
            "CREATE UNIQUE INDEX documents_unique ON documents (id);"
        )


def _answers(folder: Path) -> list[tuple[str, float]]:
    with contextlib.closing(Library.open(folder, LetterEncoder())) as opened:
        hits = opened.search("boron coating 8 um", 10).hits
        return [(hit.document.id, round(hit.score, 5)) for hit in hits]


def _flip(path: Path, place: float) -> None:
    data = bytearray(path.read_bytes())
    data[int(place * (len(data) - 1))] ^= 4
    path.write_bytes(data)
