"""One publication in several files: one document, whatever comes first and whatever goes."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest

from fakes import LetterEncoder
from index import Library, ingest
from index.update import IngestReport
from ingest.records import Document

APPLICATION = """<?xml version="1.0"?>
<us-patent-application lang="EN"><us-bibliographic-data-application>
<publication-reference><document-id><country>US</country><doc-number>20199900501</doc-number>
<kind>A1</kind><date>20190703</date></document-id></publication-reference>
<invention-title>Vented cell</invention-title></us-bibliographic-data-application>
<abstract><p>A cell with a vent.</p></abstract>
<description><p num="0001">The vent opens at 2 MPa{extra}.</p></description>
<claims><claim num="1"><claim-text>A cell with a vent.</claim-text></claim></claims>
</us-patent-application>"""
RECORD = {
    "_id": "export-7",
    "title": "Vented cell",
    "text": "A cell with a vent.",
    "metadata": {
        "Display Key": "US 2019/9900501 A1",
        "Jurisdiction": "US",
        "Applicants": "Halvorne Cell Works",
        "CPC Classifications": "H01M50/30",
    },
}


@pytest.fixture
def files(tmp_path: Path) -> Path:
    folder = tmp_path / "files"
    folder.mkdir()
    return folder


def bring(files: Path, label: str | None = None) -> tuple[IngestReport, list[Document]]:
    library = files.parent / "library"
    report = ingest(library, [files], label=label, encoder=LetterEncoder())
    opened = Library.open(library, LetterEncoder())
    try:
        return report, [opened.document(facts.id) for facts in opened.documents()]
    finally:
        opened.close()


def write_xml(files: Path, extra: str = "") -> None:
    (files / "a.xml").write_text(APPLICATION.replace("{extra}", extra))


def write_record(files: Path, name: str) -> None:
    (files / name).write_text(json.dumps(RECORD))


@pytest.mark.parametrize("name", ["0.jsonl", "z.jsonl"])
def test_a_record_and_the_full_text_are_one_document_with_the_facts_of_both(files, name):
    write_xml(files)
    write_record(files, name)
    report, (document,) = bring(files)
    assert report.documents == 1
    assert len(document.claims) == 1
    assert document.facts.source == str(files / "a.xml")
    assert document.facts.publication_date == "2019-07-03"
    assert document.facts.parties == ("Halvorne Cell Works",)
    assert document.facts.cpc == ("H01M50/30",)
    again, _ = bring(files)
    assert (again.added, again.updated, again.removed) == (0, 0, 0)


def test_what_remains_of_a_publication_is_read_when_the_better_file_goes(files):
    write_xml(files)
    write_record(files, "z.jsonl")
    bring(files)
    (files / "a.xml").unlink()
    _, (document,) = bring(files)
    assert document.facts.id == "export-7"
    assert document.facts.source == str(files / "z.jsonl")
    assert "2 MPa" not in document.text
    assert document.claims == ()


def test_a_changed_full_text_replaces_itself(files):
    write_xml(files, extra=" and more words than before")
    write_record(files, "z.jsonl")
    bring(files)
    write_xml(files)
    report, (document,) = bring(files)
    assert "more words" not in document.text
    assert document.facts.cpc == ("H01M50/30",)
    assert (report.updated, report.added, report.removed) == (1, 0, 0)


def test_other_labels_and_other_kinds_stay_documents_of_their_own(files):
    write_xml(files)
    bring(files, label="public")
    grant = APPLICATION.replace("<kind>A1", "<kind>B2")
    (files / "grant.xml").write_text(grant)
    secret = files.parent / "secret"
    secret.mkdir()
    write_record(secret, "z.jsonl")
    ingest(files.parent / "library", [secret], label="internal", encoder=LetterEncoder())
    _, documents = bring(files, label="public")
    found = {(d.facts.number, d.facts.label) for d in documents}
    assert found == {
        ("US20199900501A1", "public"),
        ("US20199900501B2", "public"),
        ("US20199900501A1", "internal"),
    }


def test_records_of_one_file_are_told_apart_by_their_ids_alone(files):
    other = {**RECORD, "_id": "export-8"}
    (files / "a.jsonl").write_text(f"{json.dumps(RECORD)}\n{json.dumps(other)}\n")
    _, documents = bring(files)
    assert {d.facts.id for d in documents} == {"export-7", "export-8"}


def test_a_file_that_is_written_to_while_it_is_read_is_listed_and_tried_again(files):
    lines = [json.dumps({"_id": f"r{i}", "title": "T", "text": "It holds."}) for i in range(400)]
    path = files / "a.jsonl"
    path.write_text("\n".join(lines))

    class Meddler(LetterEncoder):
        def encode_passages(self, texts):
            path.write_text("\n".join(lines[:10]))
            return super().encode_passages(texts)

    report = ingest(files.parent / "library", [files], encoder=Meddler())
    assert [r.error for r in report.rejected] == ["ChangedWhileRead"]
    report, documents = bring(files)
    assert report.rejected == ()
    assert len(documents) == 10


def test_members_of_an_archive_are_found_under_their_names(files):
    with zipfile.ZipFile(files / "weekly.zip", "w") as archive:
        archive.writestr("in/a.xml", APPLICATION.replace("{extra}", ""))
        archive.writestr("in/b.jsonl", json.dumps(RECORD))
        archive.writestr("in/broken.xml", "<?xml version='1.0'?><us-patent-grant><p>")
    report, (document,) = bring(files)
    assert document.facts.source == f"{files / 'weekly.zip'}!/in/a.xml"
    assert document.facts.cpc == ("H01M50/30",)
    assert [r.source for r in report.rejected] == [f"{files / 'weekly.zip'}!/in/broken.xml"]
