"""Snapshot and restore: whole or not at all, checked, and while the index is searched."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

from fakes import LetterEncoder
from index import Library, ingest
from index.backup import snapshot
from index.catalog_check import check_catalog
from index.checksums import damages
from index.errors import BadSnapshot, BrokenLibrary
from index.restoring import restore
from index.update import remove

_READER = """
import sys
sys.path[:0] = [{tests!r}, {root!r}]
from pathlib import Path
from fakes import LetterEncoder
from index import Library
library = Library.open({library!r}, LetterEncoder())
stop = Path({stop!r})
print("open", flush=True)
seen = []
while True:
    last = stop.exists()
    hits = library.search("boron coating", 10).hits
    answer = ",".join(sorted(hit.document.title for hit in hits))
    if not seen or seen[-1] != answer:
        seen.append(answer)
    if last:
        break
print("|".join(seen), flush=True)
"""


@pytest.fixture
def library(tmp_path: Path) -> Path:
    _write(tmp_path, "abc")
    folder = tmp_path / "library"
    ingest(folder, [tmp_path / "src"], encoder=LetterEncoder())
    return folder


def test_a_restored_index_answers_as_the_one_that_was_saved(library: Path, tmp_path: Path) -> None:
    for name, size in (("projects/p/record.jsonl", 30), ("uploads/u.md", 9), ("audit/log", 5)):
        (library / name).parent.mkdir(parents=True, exist_ok=True)
        (library / name).write_bytes(b"x" * size)
    (library / "abbreviations.tsv").write_text("BC\tboron coating\n")
    saved = _answers(library)
    for target in (tmp_path / "saved", tmp_path / "saved.tar"):
        report = snapshot(library, target, without=["audit"])
        assert report.parts == ("uploads", "projects")
        assert (report.documents, target.stat().st_mode & 0o077) == (3, 0)
        new = tmp_path / f"new-{target.name}"
        made = restore(target, new)
        assert (made.documents, made.kept, made.reopen) == (3, (), False)
        assert _answers(new) == saved
        assert (new / "projects/p/record.jsonl").read_bytes() == b"x" * 30
        assert (new / "abbreviations.tsv").exists()
        assert not (new / "audit").exists()
        assert (damages(new), check_catalog(new)) == ([], None)
        assert not [path.name for path in new.iterdir() if path.name.startswith(".")]


def test_a_reader_in_another_process_sees_the_state_before_or_the_restored_one(
    library: Path, tmp_path: Path
) -> None:
    snapshot(library, tmp_path / "saved")
    names = {facts.title: facts.id for facts in _documents(library)}
    remove(library, [names["Report a"]], LetterEncoder())
    _write(tmp_path, "de")
    ingest(library, [tmp_path / "src" / "d.md", tmp_path / "src" / "e.md"], encoder=LetterEncoder())
    here, stop = Path(__file__).resolve(), tmp_path / "stop"
    program = _READER.format(
        tests=str(here.parents[1]), root=str(here.parents[2]), library=str(library), stop=str(stop)
    )
    with subprocess.Popen(
        [sys.executable, "-c", program], stdout=subprocess.PIPE, text=True
    ) as reader:
        assert reader.stdout is not None
        assert reader.stdout.readline() == "open\n"
        report = restore(tmp_path / "saved", library, force=True)
        stop.touch()
        seen = reader.stdout.readline().strip().split("|")
    assert not report.reopen
    before, after = "Report b,Report c,Report d,Report e", "Report a,Report b,Report c"
    assert seen in ([before, after], [after])
    # The keys that were given out meanwhile are not given out again.
    ingest(library, [tmp_path / "src"], encoder=LetterEncoder())
    assert [facts.title[-1] for facts in _documents(library)] == list("abcde")
    assert (damages(library), check_catalog(library)) == ([], None)


def test_what_is_whole_is_never_overwritten_unasked(library: Path, tmp_path: Path) -> None:
    snapshot(library, tmp_path / "saved")
    with pytest.raises(BadSnapshot, match="--force"):
        restore(tmp_path / "saved", library)
    with pytest.raises(BadSnapshot, match="there already"):
        snapshot(library, tmp_path / "saved")
    with pytest.raises(BadSnapshot, match="in the index itself"):
        snapshot(library, library / "saved")
    strange = tmp_path / "photos"
    strange.mkdir()
    (strange / "cat.jpg").touch()
    with pytest.raises(BadSnapshot, match=r"cat\.jpg"):
        restore(tmp_path / "saved", strange)
    (library / "audit").mkdir()
    (library / "audit" / "log").write_text("accesses\n")
    assert restore(tmp_path / "saved", library, force=True).kept == ()
    assert (library / "audit" / "log").read_text() == "accesses\n"
    with pytest.raises(BadSnapshot, match="never replaced"):
        restore(tmp_path / "saved", library, force=True, replaced=["audit"])


def test_half_and_changed_snapshots_are_refused(library: Path, tmp_path: Path) -> None:
    (library / "uploads").mkdir()
    (library / "uploads" / "u.md").write_text("text\n")
    saved = tmp_path / "saved"
    snapshot(library, saved)
    new = tmp_path / "new"
    for name in sorted(p.relative_to(saved).as_posix() for p in saved.rglob("*") if p.is_file()):
        data = (saved / name).read_bytes()
        for changed in (data[:-2], data[:-3] + bytes([data[-3] ^ 1]) + data[-2:]):
            (saved / name).write_bytes(changed)
            with pytest.raises(BadSnapshot):
                restore(saved, new)
        (saved / name).unlink()
        with pytest.raises(BadSnapshot):
            restore(saved, new)
        (saved / name).write_bytes(data)
    (saved / "extra").touch()
    with pytest.raises(BadSnapshot, match="extra"):
        restore(saved, new)
    (saved / "extra").unlink()
    (saved / "uploads" / "link").symlink_to("/etc/hostname")
    with pytest.raises(BadSnapshot, match="neither a file nor a folder"):
        restore(saved, new)
    assert not (new / "catalog.sqlite").exists()


def test_a_tar_cannot_write_outside_of_the_index(library: Path, tmp_path: Path) -> None:
    import tarfile

    snapshot(library, tmp_path / "saved.tar")
    (tmp_path / "evil").write_text("evil\n")
    for name in ("../escaped", str(tmp_path / "escaped")):
        with tarfile.open(tmp_path / "evil.tar", "w") as archive:
            archive.add(tmp_path / "evil", name)
        with pytest.raises(BadSnapshot):
            restore(tmp_path / "evil.tar", tmp_path / "new" / "index")
        assert not list(tmp_path.rglob("escaped"))


def test_a_damaged_catalogue_makes_no_snapshot_and_is_restored_without_force(
    library: Path, tmp_path: Path
) -> None:
    snapshot(library, tmp_path / "saved")
    saved = _answers(library)
    catalog = library / "catalog.sqlite"
    data = catalog.read_bytes()
    place = data.index(b"coating of cell b")
    catalog.write_bytes(data[:place] + b"C" + data[place + 1 :])
    with pytest.raises(BrokenLibrary, match="restore it from an earlier one"):
        snapshot(library, tmp_path / "second")
    assert sorted(p.name for p in tmp_path.iterdir()) == ["library", "saved", "src"]
    report = restore(tmp_path / "saved", library)
    assert report.reopen
    [aside] = report.aside
    assert (Path(aside) / "catalog.sqlite").exists()
    assert _answers(library) == saved
    # The same where there is nothing left of it but its folder.
    os.unlink(catalog)
    restore(tmp_path / "saved", library)
    assert _answers(library) == saved


def test_a_snapshot_of_another_index_is_not_mixed_in(library: Path, tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    _write(tmp_path / "b", "xyz")
    other = tmp_path / "b" / "library"
    ingest(other, [tmp_path / "b" / "src"], encoder=LetterEncoder())
    snapshot(other, tmp_path / "saved")
    before = _answers(library)
    with pytest.raises(BadSnapshot, match="of another index"):
        restore(tmp_path / "saved", library, force=True)
    assert _answers(library) == before


def _write(folder: Path, names: str) -> None:
    (folder / "src").mkdir(exist_ok=True)
    for name in names:
        text = f"# Report {name}\n\nThe boron coating of cell {name} is thin.\n"
        (folder / "src" / f"{name}.md").write_text(text)


def _documents(folder: Path) -> list[object]:
    with contextlib.closing(Library.open(folder, LetterEncoder())) as opened:
        return sorted(opened.documents(), key=lambda facts: facts.title)


def _answers(folder: Path) -> list[tuple[str, float]]:
    with contextlib.closing(Library.open(folder, LetterEncoder())) as opened:
        hits = opened.search("boron coating of cell b", 10).hits
        return [(hit.document.title, round(hit.score, 5)) for hit in hits]
