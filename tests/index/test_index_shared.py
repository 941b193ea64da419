"""Several files, several threads, several processes at one library."""

from __future__ import annotations

import json
import threading
from pathlib import Path

import pytest

from fakes import LetterEncoder
from index import Filters, Library, SearchOptions, ingest
from index.errors import BadFilter, BadQuery


def write(path: Path, records: dict[str, str]) -> None:
    lines = [json.dumps({"_id": name, "text": text}) for name, text in records.items()]
    path.write_text("\n".join(lines))


def test_a_record_shared_by_two_files_is_never_lost_or_overwritten(tmp_path):
    encoder = LetterEncoder()
    one, two = tmp_path / "one.jsonl", tmp_path / "two.jsonl"
    write(one, {"r": "the old text", "x": "first"})
    write(two, {"r": "the old text", "y": "second"})
    ingest(tmp_path / "lib", [one, two], encoder=encoder)
    write(one, {"r": "the old text", "x": "first, edited"})
    write(two, {"r": "the new text", "y": "second"})
    report = ingest(tmp_path / "lib", [one, two], encoder=encoder)
    assert [r.error for r in report.rejected] == ["DuplicateId"]
    library = Library.open(tmp_path / "lib", encoder)
    assert library.document("r").text == "the old text"
    write(one, {"x": "first, edited"})
    ingest(tmp_path / "lib", [one, two], encoder=encoder)
    assert ingest(tmp_path / "lib", [one, two], encoder=encoder).rejected == ()
    assert library.document("r").text == "the new text"


def test_a_label_goes_along_with_a_file_that_moves_and_changes(tmp_path):
    encoder = LetterEncoder()
    a, b = tmp_path / "a", tmp_path / "b"
    a.mkdir()
    b.mkdir()
    (a / "note.md").write_text("# Note\n\nThe target is secret.\n")
    ingest(tmp_path / "lib", [a, b], label="secret", encoder=encoder)
    (a / "note.md").rename(b / "note.md")
    ingest(tmp_path / "lib", [a, b], encoder=encoder)
    (b / "note.md").write_text("# Note\n\nThe target is still secret.\n")
    ingest(tmp_path / "lib", [a, b], encoder=encoder)
    documents = Library.open(tmp_path / "lib", encoder).documents()
    assert [(d.label, Path(d.source).parent.name) for d in documents] == [("secret", "b")]


def test_a_filter_is_never_overtaken_by_a_writer(tmp_path):
    """While labels change all the time, no search by label shows another label."""
    encoder = LetterEncoder()
    files = tmp_path / "files"
    files.mkdir()
    for i in range(6):
        (files / f"{i}.md").write_text(f"# Report {i}\n\nThe anode number {i} swells.\n")
    ingest(tmp_path / "lib", [files], label="a", encoder=encoder)
    stop, wrong = threading.Event(), []

    def search() -> None:
        library = Library.open(tmp_path / "lib", encoder)
        while not stop.is_set():
            for hit in library.search("anode", 10, Filters(label=["a"])).hits:
                if hit.document.label != "a" or not hit.passages:
                    wrong.append(hit)
        library.close()

    threads = [threading.Thread(target=search) for _ in range(2)]
    for thread in threads:
        thread.start()
    for round_ in range(6):
        ingest(tmp_path / "lib", [files], label="ba"[round_ % 2], encoder=encoder)
    stop.set()
    for thread in threads:
        thread.join()
    assert wrong == []


def test_a_first_run_killed_before_its_manifest_leaves_nothing_in_the_way(tmp_path):
    library = tmp_path / "lib"
    library.mkdir()
    (library / "catalog.sqlite").touch()
    (library / "manifest.json.123.tmp").write_text("{")
    (tmp_path / "a.md").write_text("# A\n\nA cell.\n")
    assert ingest(library, [tmp_path / "a.md"], encoder=LetterEncoder()).added == 1
    assert not list(library.glob("*.tmp"))


def test_a_damaged_word_index_is_made_again(tmp_path):
    encoder = LetterEncoder()
    (tmp_path / "a.md").write_text("# A\n\nA swelling anode.\n")
    ingest(tmp_path / "lib", [tmp_path / "a.md"], encoder=encoder)
    (tmp_path / "lib" / "words" / "meta.json").write_text("{")
    ingest(tmp_path / "lib", [tmp_path / "a.md"], encoder=encoder)
    library = Library.open(tmp_path / "lib", encoder)
    assert len(library.search("swelling", options=SearchOptions("bm25")).hits) == 1


def test_limits_are_stated(tmp_path):
    encoder = LetterEncoder()
    (tmp_path / "a.md").write_text("# A\n\nA swelling anode.\n")
    ingest(tmp_path / "lib", [tmp_path / "a.md"], encoder=encoder)
    library = Library.open(tmp_path / "lib", encoder)
    assert len(library.search("anode", 10_000).hits) == 1
    with pytest.raises(BadQuery, match="ask for 1 to"):
        library.search("anode", 10**12)
    with pytest.raises(BadFilter, match="are the most"):
        library.search("anode", 10, Filters(cpc=["H01M"] * 501))
    with pytest.raises(BadFilter, match="no day"):
        Filters(before="20190301")
