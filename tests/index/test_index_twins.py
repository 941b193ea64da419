"""One publication in several files: one document, whatever comes first and whatever goes."""

from __future__ import annotations

import itertools
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


THREE = {
    "record.jsonl": json.dumps(RECORD),
    "claims.xml": APPLICATION.replace("{extra}", "")
    .replace("<abstract>", "<x>")
    .replace("</abstract>", "</x>"),
    "whole.xml": APPLICATION.replace("{extra}", ""),
}


@pytest.mark.parametrize("order", list(itertools.permutations(THREE)))
@pytest.mark.parametrize("packed", [False, True])
def test_three_files_of_one_publication_in_any_order(files, order, packed):
    if packed:
        with zipfile.ZipFile(files / "all.zip", "w") as archive:
            for place, name in enumerate(order):
                archive.writestr(f"{place} {name}", THREE[name])
    else:
        for place, name in enumerate(order):
            (files / f"{place} {name}").write_text(THREE[name])
    report, (document,) = bring(files)
    assert document.facts.source.endswith("whole.xml")
    assert document.facts.cpc == ("H01M50/30",)
    assert (report.added, report.removed, report.documents) == (1, 0, 1)
    again, (document,) = bring(files)
    assert (again.added, again.updated, again.removed) == (0, 0, 0)
    assert document.facts.cpc == ("H01M50/30",)


def test_facts_of_a_joined_file_change_and_go_with_it(files):
    write_xml(files)
    write_record(files, "z.jsonl")
    bring(files, label="secret")
    corrected = {**RECORD, "metadata": {**RECORD["metadata"], "Applicants": "Quellhorst"}}
    (files / "z.jsonl").write_text(json.dumps(corrected))
    _, (document,) = bring(files)
    assert document.facts.parties == ("Quellhorst",)
    assert "2 MPa" in document.text
    (files / "z.jsonl").unlink()
    _, (document,) = bring(files)
    assert (document.facts.parties, document.facts.cpc) == ((), ())
    assert "2 MPa" in document.text
    _, (document,) = bring(files, label="public")
    assert (document.facts.parties, document.facts.label) == ((), "public")


def test_a_corrected_record_keeps_its_id_while_another_file_is_joined_to_it(files):
    write_record(files, "a.jsonl")
    pdf_like = APPLICATION.split("<abstract>")[0] + "<claims/></us-patent-application>"
    (files / "facts.xml").write_text(pdf_like.replace("{extra}", ""))
    bring(files)
    (files / "a.jsonl").write_text(json.dumps({**RECORD, "text": "A cell with two vents."}))
    report, (document,) = bring(files)
    assert [r.error for r in report.rejected if r.error == "DuplicateId"] == []
    assert document.text == "A cell with two vents."


def test_a_member_without_text_is_named_and_does_not_hold_back_its_archive(files):
    for text in ("It holds.", ""):
        with zipfile.ZipFile(files / "all.zip", "w") as archive:
            archive.writestr("a.md", f"# Alpha\n\n{text}")
            archive.writestr("b.md", "# Beta\n\nIt lasts.")
        report, documents = bring(files)
    assert [d.facts.title for d in documents] == ["Beta"]
    (rejection,) = report.rejected
    assert rejection.source.startswith(f"{files / 'all.zip'}!/a.md")
    assert rejection.error == "NoText"


def test_a_file_that_is_written_to_while_it_is_read_is_listed_and_tried_again(files):
    lines = [json.dumps({"_id": f"r{i}", "title": "T", "text": "It holds."}) for i in range(400)]
    path = files / "a.jsonl"
    path.write_text("\n".join(lines))

    class Meddler(LetterEncoder):
        def encode_passages(self, texts):
            path.write_text("\n".join(lines[:10]))
            return super().encode_passages(texts)

    (files / "b.md").write_text("# Next\n\nIt is read all the same.")
    report = ingest(files.parent / "library", [files], encoder=Meddler())
    assert [r.error for r in report.rejected] == ["ChangedWhileRead"]
    report, documents = bring(files)
    assert report.rejected == ()
    assert len(documents) == 11


def test_members_of_an_archive_are_found_under_their_names(files):
    with zipfile.ZipFile(files / "weekly.zip", "w") as archive:
        archive.writestr("in/a.xml", APPLICATION.replace("{extra}", ""))
        archive.writestr("in/b.jsonl", json.dumps(RECORD))
        archive.writestr("in/broken.xml", "<?xml version='1.0'?><us-patent-grant><p>")
    report, (document,) = bring(files)
    assert document.facts.source == f"{files / 'weekly.zip'}!/in/a.xml"
    assert document.facts.cpc == ("H01M50/30",)
    assert [r.source for r in report.rejected] == [f"{files / 'weekly.zip'}!/in/broken.xml"]
