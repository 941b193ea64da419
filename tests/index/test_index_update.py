"""Ingest into a library: what is added, kept, replaced, removed, rejected."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from fakes import LetterEncoder
from index import Library, SearchOptions, ingest, remove
from index.clearance import Clearance
from index.errors import (
    BrokenLibrary,
    CannotWrite,
    LibraryLocked,
    NoLibrary,
    OtherEncoder,
    UnknownDocument,
)
from index.writing import LOCK_FILE


@pytest.fixture
def encoder() -> LetterEncoder:
    return LetterEncoder()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    reports = tmp_path / "reports"
    reports.mkdir()
    (reports / "a.md").write_text("# Alpha\n\nThe anode swells by 12 %.\n")
    (reports / "b.txt").write_text("Beta\n\nThe binder migrates.\n")
    return reports


def texts(library: Path, encoder: LetterEncoder) -> list[str]:
    opened = Library.open(library, encoder)
    try:
        return sorted(opened.document(f.id).text for f in opened.documents())
    finally:
        opened.close()


def test_first_run_adds_and_second_run_costs_nothing(tmp_path, folder, encoder):
    first = ingest(tmp_path / "lib", [folder], encoder=encoder)
    assert (first.added, first.unchanged, first.documents, first.passages) == (2, 0, 2, 2)
    encoder.encoded.clear()
    second = ingest(tmp_path / "lib", [folder], encoder=encoder)
    assert (second.added, second.updated, second.unchanged, second.removed) == (0, 0, 2, 0)
    assert encoder.encoded == []


def test_changed_file_replaces_its_old_version(tmp_path, folder, encoder):
    ingest(tmp_path / "lib", [folder], encoder=encoder)
    (folder / "a.md").write_text("# Alpha\n\nThe anode swells by 9 %.\n")
    report = ingest(tmp_path / "lib", [folder], encoder=encoder)
    assert (report.added, report.updated, report.unchanged, report.removed) == (0, 1, 1, 0)
    assert texts(tmp_path / "lib", encoder) == [
        "Alpha\n\nThe anode swells by 9 %.",
        "Beta\n\nThe binder migrates.",
    ]


def test_changed_file_that_cannot_be_read_keeps_its_old_version(tmp_path, folder, encoder):
    ingest(tmp_path / "lib", [folder], encoder=encoder)
    (folder / "a.md").write_bytes(b"")
    report = ingest(tmp_path / "lib", [folder], encoder=encoder)
    assert [r.error for r in report.rejected] == ["EmptyFile"]
    assert report.documents == 2
    assert "Alpha\n\nThe anode swells by 12 %." in texts(tmp_path / "lib", encoder)


def test_vanished_file_is_removed_and_no_longer_found(tmp_path, folder, encoder):
    ingest(tmp_path / "lib", [folder], encoder=encoder)
    library = Library.open(tmp_path / "lib", encoder)
    assert library.search("binder").hits[0].document.title == "Beta"
    (folder / "b.txt").unlink()
    report = ingest(tmp_path / "lib", [folder], encoder=encoder)
    assert (report.removed, report.documents) == (1, 1)
    # The reader was open all the time, and sees it.
    assert [h.document.title for h in library.search("binder").hits] == ["Alpha"]


def test_missing_folder_takes_nothing_out(tmp_path, folder, encoder):
    ingest(tmp_path / "lib", [folder], encoder=encoder)
    shutil.move(folder, tmp_path / "elsewhere")
    report = ingest(tmp_path / "lib", [folder], encoder=encoder)
    assert [r.error for r in report.rejected] == ["MissingPath"]
    assert (report.removed, report.documents) == (0, 2)
    assert report.missing == (str(folder),)


def test_same_bytes_twice_are_one_document_and_reported(tmp_path, folder, encoder):
    shutil.copy(folder / "a.md", folder / "copy.md")
    report = ingest(tmp_path / "lib", [folder], encoder=encoder)
    assert report.documents == 2
    assert [(d.source, d.same_as) for d in report.duplicates] == [
        (str(folder / "copy.md"), str(folder / "a.md"))
    ]
    (folder / "a.md").unlink()
    report = ingest(tmp_path / "lib", [folder], encoder=encoder)
    assert report.documents == 2
    library = Library.open(tmp_path / "lib", encoder)
    assert {f.source for f in library.documents()} >= {str(folder / "copy.md")}


def test_moved_and_swapped_files_cost_no_encoding(tmp_path, folder, encoder):
    ingest(tmp_path / "lib", [folder], encoder=encoder)
    encoder.encoded.clear()
    (folder / "a.md").rename(folder / "moved.md")
    report = ingest(tmp_path / "lib", [folder], encoder=encoder)
    assert report.documents == 2
    library = Library.open(tmp_path / "lib", encoder)
    assert {os.path.basename(f.source) for f in library.documents()} == {"b.txt", "moved.md"}
    (folder / "b.txt").rename(folder / "c.md")
    (folder / "moved.md").rename(folder / "b.txt")
    (folder / "c.md").rename(folder / "moved.md")
    report = ingest(tmp_path / "lib", [folder], encoder=encoder)
    assert (report.documents, encoder.encoded) == (2, [])
    assert len(library.search("binder anode").hits) == 2


def test_index_inside_an_ingested_folder_is_left_out(tmp_path, folder, encoder):
    for _ in range(2):
        report = ingest(folder / "lib", [folder], encoder=encoder)
        assert (report.documents, report.rejected) == (2, ())
    uploads = folder / "lib" / "uploads"
    uploads.mkdir()
    (uploads / "c.md").write_text("# Gamma\n\nUploaded.\n")
    assert ingest(folder / "lib", [uploads], encoder=encoder).documents == 3
    assert ingest(folder / "lib", [folder], encoder=encoder).documents == 3
    (uploads / "c.md").unlink()
    assert ingest(folder / "lib", [uploads], encoder=encoder).documents == 2


def test_lost_catalogue_is_not_replaced_by_an_empty_one(tmp_path, folder, encoder):
    ingest(tmp_path / "lib", [folder], encoder=encoder)
    for path in (tmp_path / "lib").glob("catalog.sqlite*"):
        path.unlink()
    with pytest.raises(BrokenLibrary, match="missing or empty"):
        ingest(tmp_path / "lib", [folder], encoder=encoder)


def test_copy_elsewhere_does_not_change_a_label(tmp_path, folder, encoder):
    ingest(tmp_path / "lib", [folder], label="secret", encoder=encoder)
    other = tmp_path / "other"
    shutil.copytree(folder, other)
    ingest(tmp_path / "lib", [other], label="public", encoder=encoder)
    library = Library.open(tmp_path / "lib", encoder)
    for label in ("secret", "public"):
        seen = library.seen_by(Clearance.of(label))
        assert {f.label for f in seen.documents()} == {label}
        assert len(seen.documents()) == len(library.documents())


def test_bad_files_are_listed_and_the_run_goes_on(tmp_path, folder, encoder):
    (folder / "empty.txt").touch()
    (folder / "broken.xml").write_text("<us-patent-grant><abstract></us-patent-grant>")
    (folder / "line\nbreak 한국.md").write_text("# Gamma\n\nA cell.\n")
    (folder / "picture.png").write_bytes(b"\x89PNG\r\n")
    (folder / "loop").symlink_to(folder)
    report = ingest(tmp_path / "lib", [folder], encoder=encoder)
    assert report.added == 3
    found = {os.path.basename(r.source): r.error for r in report.rejected}
    assert found == {
        "empty.txt": "EmptyFile",
        "broken.xml": "Malformed",
        "picture.png": "UnsupportedFormat",
        "loop": "LinkLoop",
    }
    # They stay listed when nothing changes, and leave the list with their file.
    again = ingest(tmp_path / "lib", [folder], encoder=encoder)
    assert len(again.rejected) == 4
    (folder / "empty.txt").unlink()
    ingest(tmp_path / "lib", [folder], encoder=encoder)
    listed = Library.open(tmp_path / "lib", encoder).rejected()
    assert sorted(os.path.basename(r.source) for r in listed) == [
        "broken.xml", "loop", "picture.png",
    ]  # fmt: skip


def test_label_stays_until_another_is_given(tmp_path, folder, encoder):
    def labels() -> set[str | None]:
        return {f.label for f in Library.open(tmp_path / "lib", encoder).documents()}

    ingest(tmp_path / "lib", [folder], label="secret", encoder=encoder)
    assert labels() == {"secret"}
    (folder / "a.md").write_text("# Alpha\n\nChanged.\n")
    ingest(tmp_path / "lib", [folder], encoder=encoder)
    assert labels() == {"secret"}
    ingest(tmp_path / "lib", [folder], label="open", encoder=encoder)
    assert labels() == {"open"}


def test_remove_takes_documents_out(tmp_path, folder, encoder):
    ingest(tmp_path / "lib", [folder], encoder=encoder)
    library = Library.open(tmp_path / "lib", encoder)
    target = library.search("binder").hits[0].document.id
    assert remove(tmp_path / "lib", [target], encoder) == [target]
    assert [f.title for f in library.documents()] == ["Alpha"]
    with pytest.raises(UnknownDocument, match="no document"):
        remove(tmp_path / "lib", ["US1234567B2"], encoder)


def test_record_ids_belong_to_one_file(tmp_path, encoder):
    (tmp_path / "one.jsonl").write_text('{"_id": "7", "text": "A cell."}\n')
    (tmp_path / "two.jsonl").write_text('{"_id": "7", "text": "Another."}\nnot json\n')
    report = ingest(
        tmp_path / "lib", [tmp_path / "one.jsonl", tmp_path / "two.jsonl"], encoder=encoder
    )
    assert report.documents == 1
    assert [(r.source.rsplit("/")[-1], r.error) for r in report.rejected] == [
        ("two.jsonl#7", "DuplicateId"),
        ("two.jsonl#line 2", "Malformed"),
    ]


def test_changed_record_is_updated_and_the_others_kept(tmp_path, encoder):
    path = tmp_path / "some.jsonl"
    lines = [f'{{"_id": "{i}", "text": "Cell number {i}."}}' for i in range(20)]
    path.write_text("\n".join(lines))
    ingest(tmp_path / "lib", [path], encoder=encoder)
    encoder.encoded.clear()
    lines[3] = '{"_id": "3", "text": "Cell number three."}'
    path.write_text("\n".join(lines[:-1]))
    report = ingest(tmp_path / "lib", [path], encoder=encoder)
    assert (report.updated, report.unchanged, report.removed) == (1, 18, 1)
    assert encoder.encoded == ["Cell number three."]


def test_other_encoder_is_a_clear_error(tmp_path, folder, encoder):
    ingest(tmp_path / "lib", [folder], encoder=encoder)
    with pytest.raises(OtherEncoder, match="was made with the encoder letters"):
        Library.open(tmp_path / "lib", LetterEncoder("other"))
    with pytest.raises(OtherEncoder, match="reembed --encoder other"):
        ingest(tmp_path / "lib", [folder], encoder=LetterEncoder("other"))


def test_folder_without_index_or_with_strangers(tmp_path, folder, encoder):
    with pytest.raises(NoLibrary, match="no index in"):
        Library.open(tmp_path / "nothing", encoder)
    with pytest.raises(CannotWrite, match="not empty"):
        ingest(folder, [folder], encoder=encoder)
    with pytest.raises(CannotWrite, match="is a file"):
        ingest(folder / "a.md", [folder], encoder=encoder)


def test_one_writer_at_a_time(tmp_path, folder, encoder):
    from filelock import FileLock

    ingest(tmp_path / "lib", [folder], encoder=encoder)
    with (
        FileLock(tmp_path / "lib" / LOCK_FILE),
        pytest.raises(LibraryLocked, match="another process"),
    ):
        ingest(tmp_path / "lib", [folder], encoder=encoder)


def test_opening_and_searching_leave_the_files_as_they_are(tmp_path, folder, encoder):
    ingest(tmp_path / "lib", [folder], encoder=encoder)

    def state() -> dict[str, bytes]:
        files = [p for p in (tmp_path / "lib").rglob("*") if p.is_file()]
        return {str(p): p.read_bytes() for p in files}

    before = state()
    library = Library.open(tmp_path / "lib", encoder)
    library.search("anode")
    library.close()
    assert state() == before


def test_lost_vector_file_and_words_are_made_good(tmp_path, folder, encoder):
    ingest(tmp_path / "lib", [folder], encoder=encoder)
    next((tmp_path / "lib").glob("vectors-*.faiss")).write_bytes(b"half a file")
    library = Library.open(tmp_path / "lib", encoder)
    assert next(h.document.title for h in library.search("binder migrates").hits) == "Beta"
    library.close()
    shutil.rmtree(tmp_path / "lib" / "words")
    ingest(tmp_path / "lib", [folder / "a.md"], encoder=encoder)
    library = Library.open(tmp_path / "lib", encoder)
    assert len(library.search("binder", options=SearchOptions("bm25")).hits) == 1
