"""Rows that cannot be read, tables that are no exports, and how far reading is."""

from __future__ import annotations

import io
import json
from functools import partial

import pytest

from export_files import (
    LENS,
    old_workbook,
    outcomes,
    read_documents,
    read_export,
    table,
    workbook,
)
from ingest import errors


@pytest.fixture
def replies(tmp_path):
    return partial(read_export, tmp_path)


@pytest.fixture
def documents(tmp_path):
    return partial(read_documents, tmp_path)


def test_the_rows_of_a_table_that_cannot_be_read_are_named_and_the_others_read(replies):
    content = (
        "Publication Number,Title,Applicant,Publication Date\n"
        "EP1000001A1,One,A,2001-01-01\n"
        "EP1000002A1,Two, with a comma,A,2001-01-01\n"
        "EP1000003A1,Three\n"
        'EP1000004A1,"Four\nlines",A,2001-01-01\n'
        "EP1000001A1,One again,A,2001-01-01\n"
        "EP1000006A1," + "x" * 10_000_000 + ",A,2001-01-01\n"
        "EP1000007A1,Seven,A,2001-01-01,,\n"
        "EP1000008A1,A,2001-01-01,Eight in the wrong column\n"
        'EP1000009A1,"Nine,A,2001-01-01\n'
        'EP1000010A1,"Ten",A,2001-01-01\n'
        "EP1000011A1,Ele\0ven,A,2001-01-01\n"
        'EP1000012A1,Twelve,A,"2001-01-01\n'
        "EP1000013A1,Thirteen,A,2001-01-01\n"
    )
    assert outcomes(replies("bad.csv", content)) == [
        "EP1000001A1",
        ("#line 3", "Malformed"),
        ("#line 4", "Malformed"),
        "EP1000004A1",
        ("#line 7", "DuplicateId"),
        ("#line 8", "TooLarge"),
        "EP1000007A1",
        ("#line 10", "Malformed"),
        ("#line 11", "Malformed"),
        "EP1000010A1",
        "EP1000011A1",
        ("#line 14", "Malformed"),
        "EP1000013A1",
    ]


def test_an_endless_row_costs_only_itself(replies):
    header = "_id,title,text\n"
    closed = 'a,"' + ("x" * 99 + "\n") * 220_000 + '",t\nb,B,t\n'
    assert outcomes(replies("a.csv", header + closed)) == [("#line 2", "TooLarge"), "b"]
    never = 'a,"A,t\n' + f"b{'x' * 22_000_000},B,t\nc,C,t\n"
    found = outcomes(replies("b.csv", header + never))
    assert found == [("#line 2", "Malformed"), ("#line 3", "TooLarge"), "c"]


def test_shifted_and_repeated_rows_of_a_sheet(replies):
    header = ["Publication Number", "Title", "Applicant"]
    rows = [header, ["EP1000001A1", "One"], ["EP1000002A1", "Two", "A", "A"],
            ["EP1000001A1", "One"], [None, None], ["EP1000003A1", "Three", "A"]]  # fmt: skip
    assert outcomes(replies("t.xlsx", workbook(("My list", rows)))) == [
        "EP1000001A1",
        ("#sheet My list row 3", "Malformed"),
        ("#sheet My list row 4", "DuplicateId"),
        "EP1000003A1",
    ]


def test_a_table_without_rows_is_listed(replies):
    with pytest.raises(errors.NoText, match="no rows"):
        replies("a.csv", "Publication Number,Title,Applicant\n")
    with pytest.raises(errors.NoText):
        replies("a.xlsx", workbook(("S", [["Publication Number", "Title", "Applicant"]])))
    with pytest.raises(errors.EmptyFile):
        replies("b.csv", "\n\n,,\n")


def test_beir_rows_of_a_csv(documents, replies):
    content = table(["_id", "title", "text"], ["d1", "Statins", "They hold."], ["d2", "Only", ""])
    first, second = documents("corpus.csv", content)
    assert (first.facts.id, first.facts.kind, first.text) == ("d1", "report", "They hold.")
    assert (second.facts.id, second.text) == ("d2", "Only")
    twice = table(["_id", "text"], ["d1", "One."], ["d1", "Two."])
    assert outcomes(replies("twice.csv", twice)) == ["d1", ("#line 3", "DuplicateId")]


def test_literature_lists_are_reports(documents):
    content = table(
        ["Title", "Authors", "Abstract", "DOI"], ["On Ions", "Ohm; Volt", "They go.", "x"]
    )
    (document,) = documents("papers.csv", content)
    assert (document.facts.kind, document.facts.parties) == ("report", ("Ohm", "Volt"))


def test_measurements_are_one_report(documents):
    content = table(
        ["Run 7, Halvorne laboratory"],
        ["Report: HC-R-014"],
        [],
        ["Sample", "Capacity", "Date"],
        ["", "mAh/g", ""],
        *([f"S-{number}", f"{190 + number / 10}", "2019-05-14"] for number in range(40)),
        delimiter=";",
    )
    (document,) = documents("cycling.csv", content)
    assert (document.facts.kind, document.facts.number) == ("report", "HC-R-014")
    tables = [p for s in document.sections for p in s.paragraphs if p.table]
    assert len(tables) > 3
    for paragraph in tables:
        text = document.text[paragraph.start : paragraph.end]
        assert text.startswith("cycling.csv\n| Sample | Capacity mAh/g | Date |\n")
    assert "| S-39 | 193.9 | 2019-05-14 |" in document.text


def test_a_workbook_of_measurements_with_its_hidden_and_merged_cells(documents):
    rows = [["Cell", "Step", "Share"], ["A1", 1, 0.1 + 0.2], [None, 2, 0.25], ["B1", 3, 4.0]]
    book = workbook(("Cycling", rows), ("Aside", [["Note", "By"], ["dry", "Ohm"]]))
    book["Cycling"].merge_cells("A2:A3")
    book["Cycling"]["C3"].number_format = "0%"
    book["Aside"].sheet_state = "hidden"
    (document,) = documents("cells.xlsx", book)
    assert "| A1 | 1 | 0.3 |\n| A1 | 2 | 25% |\n| B1 | 3 | 4 |" in document.text
    assert "Aside\n| Note | By |\n| --- | --- |\n| dry | Ohm |" in document.text


def test_a_long_table_is_read_to_its_end_in_parts(documents):
    content = "a,b\n" + "".join(f"{n},{n}\n" for n in range(120_000))
    found = documents("long.csv", content)
    assert [d.facts.title for d in found] == ["long", "long, part 2"]
    assert len({d.facts.id for d in found}) == 2
    assert sum(d.text.count("\n| ") for d in found) > 120_000
    assert "| 119999 | 119999 |" in found[-1].text
    assert all("| a | b |" in d.text for d in found)


def test_broken_json_is_listed_and_what_stands_before_it_read(replies):
    content = json.dumps([LENS, {"Title": 5}, 7])[:-1] + ', {"Title": "x'
    found = replies("cut.json", content)
    assert outcomes(found)[0] == "US20160336597A1"
    assert [r.rejection.source for r in found if r.rejection][-1] == "#record 4"


def test_encrypted_old_and_swollen_workbooks(tmp_path, replies):
    import zipfile

    from msoffcrypto.format.ooxml import OOXMLFile

    plain, locked = io.BytesIO(), io.BytesIO()
    workbook(("S", [["Publication Number", "Title"], ["EP1234567A1", "Cell"]])).save(plain)
    OOXMLFile(plain).encrypt("secret", locked)
    with pytest.raises(errors.Encrypted, match="password"):
        replies("locked.xlsx", locked.getvalue())
    assert outcomes(replies("locked.xlsx", locked.getvalue(), ("no", "secret"))) == ["EP1234567A1"]
    swollen = io.BytesIO(plain.getvalue())
    with zipfile.ZipFile(swollen, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/media/x.bin", b"\0" * (80 << 20))
    with pytest.raises(errors.UnsafeArchive):
        replies("bomb.xlsx", swollen.getvalue())
    with pytest.raises(errors.UnsupportedFormat, match="XLSX"):
        replies("old.xls", old_workbook())


def test_rows_say_how_far_reading_is_and_what_they_are(replies):
    header = ["#", "Publication Number", "Title", "CPC"]
    one = replies("a.csv", table(header, ["1", "EP1000001A1", "One", ""]))
    two = replies("b.csv", table(header, ["9", "EP1000001A1", "One", ""]))
    # The export's own count is no part of the record.
    assert one[0].content_hash == two[0].content_hash
    assert one[0].document.facts.id == two[0].document.facts.id
    assert one[0].position > 0


def test_a_csv_is_read_row_by_row(tmp_path):
    from ingest.readers.exports.csv_table import read_csv
    from ingest.readers.opened import SourceFile

    path = tmp_path / "rows.csv"
    with open(path, "w") as out:
        out.write("_id,text\n")
        out.writelines(f"{n},{'A cell. ' * 20}\n" for n in range(20_000))
    with open(path, "rb") as stream:
        rows = read_csv(SourceFile("rows.csv", stream))
        assert next(rows).document.facts.id == "0"
        assert stream.tell() < path.stat().st_size / 2
        rows.close()
        assert not stream.closed
