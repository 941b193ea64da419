"""Cells as services write them: numbers of two columns, padded symbols, JSON text, long texts."""

from __future__ import annotations

import csv
import json
from functools import partial

import pytest

from export_files import outcomes, read_documents, read_export, table, workbook
from ingest.readers.exports.csv_text import separator_of

WIPS = ["국가코드", "문헌종류코드", "공개번호", "공개일", "등록번호", "등록일", "발명의 명칭"]
LAID_OPEN, GRANTED = ("10-2016-0091234", "2016.08.03"), ("10-1712345", "2017.03.06")


@pytest.fixture
def replies(tmp_path):
    return partial(read_export, tmp_path)


@pytest.fixture
def documents(tmp_path):
    return partial(read_documents, tmp_path)


def test_a_cell_longer_than_the_csv_modules_limit_costs_nothing(documents):
    header = ["Publication Number", "Title", "Description"]
    long = "word " * 40_000
    rows = [["EP1000001A1", "One", long], ["EP1000002A1", "Two", "Short."]]
    found = documents("long.csv", table(header, *rows, delimiter=";"))
    assert [d.facts.number for d in found] == ["EP1000001A1", "EP1000002A1"]
    assert len(found[0].text) > 190_000


def test_a_row_beyond_every_limit_leaves_the_separator_to_those_before_it():
    sample = "Publication Number;Title\nEP1000001A1;" + "x" * 2000
    limit = csv.field_size_limit(1000)
    try:
        assert separator_of(sample) == ";"
    finally:
        csv.field_size_limit(limit)


@pytest.mark.parametrize(
    ("country", "kind", "laid_open", "granted", "expected"),
    [
        ("KR", "A", LAID_OPEN, GRANTED, ("KR1020160091234A", "2016-08-03")),
        ("KR", "B1", LAID_OPEN, GRANTED, ("KR101712345B1", "2017-03-06")),
        ("KR", "B1", LAID_OPEN, ("10-1712345-0000", ""), ("KR101712345B1", None)),
        ("KR", "B1", LAID_OPEN, ("-", ""), ("KR1020160091234", "2016-08-03")),
        ("KR", "A", ("", ""), GRANTED, ("KR101712345", "2017-03-06")),
        ("US", "B2", ("2016-0336597", "2016.11.17"), ("10123456", "2018.11.13"),
         ("US10123456B2", "2018-11-13")),
        ("US", "A1", ("2016-0336597", "2016.11.17"), ("10123456", "2018.11.13"),
         ("US20160336597A1", "2016-11-17")),
    ],
)  # fmt: skip
def test_a_kind_code_says_which_of_two_numbers_a_row_is(
    documents, country, kind, laid_open, granted, expected
):
    row = [country, kind, *laid_open, *granted, "양극"]
    (document,) = documents("wips.csv", table(WIPS, row))
    assert (document.facts.number, document.facts.publication_date) == expected


def test_korean_columns_without_a_country_are_korean(documents):
    rows = [
        [*LAID_OPEN, *GRANTED, "양극"],
        ["", "", *GRANTED, "음극"],
        ["2016-1", "", "", "", "셀"],
    ]
    found = documents("kipris.csv", table(WIPS[2:], *rows))
    assert [(d.facts.number, d.facts.publication_date) for d in found] == [
        ("KR1020160091234", "2016-08-03"),
        ("KR101712345", "2017-03-06"),
        (None, None),
    ]


def test_symbols_filled_up_with_zeros(documents):
    content = table(
        ["Publication Number", "Title", "Current CPC All", "IPC - Current"],
        ["EP1000001A1", "Cell", "H01M-004/525|Y02E-060/10", "H01M0004525 | H01M00100525"],
    )
    (document,) = documents("orbit.csv", content)
    assert document.facts.cpc == ("H01M4/525", "Y02E60/10", "H01M10/0525")
    assert document.facts.ipc == ("H01M4/525", "H01M10/0525")


def test_rows_in_the_wrong_columns_are_listed_and_odd_ones_read(replies):
    content = table(
        ["Publication Number", "Title", "Publication Date", "Applicant"],
        ["EP1000001A1", "One", "2018-01-01", "A"],
        ["A cell", "Two", "Ohm", "A"],
        ["A cell", "2018-01-01", "2018-01-01", "EP1000002A1"],
        ["unknown", "Three", "n/a", "A"],
        ["10,123,456", "Four", "May 2019", "A"],
        ["EP1000003A1", "Five", "soon", "A"],
    )
    found = outcomes(replies("shifted.csv", content))
    assert found[1:3] == [("#line 3", "Malformed"), ("#line 4", "Malformed")]
    assert [isinstance(one, str) for one in found] == [True, False, False, True, True, True]


def test_a_family_has_one_name_with_and_without_leading_zeros(documents):
    header = ["Publication Number", "Title", "Family number"]
    rows = [["EP1000001A1", "One", "062222222"], ["EP1000002A1", "Two", "62222222"]]
    found = documents("family.csv", table(header, *rows))
    assert [d.facts.family for d in found] == ["DOCDB62222222", "DOCDB62222222"]
    nested = {"publication_number": "EP-1000003-A1", "family_id": "062222222",
              "title_localized": [{"text": "Three", "language": "en"}]}  # fmt: skip
    (document,) = documents("family.jsonl", json.dumps(nested))
    assert document.facts.family == "DOCDB62222222"


def test_json_text_in_the_cells_of_a_flat_table(documents):
    header = ["publication_number", "title_localized", "assignee", "cpc", "description_localized"]
    titles = [{"text": "Zelle", "language": "de"}, {"text": "Cell", "language": "en"}]
    row = ["EP-1000001-A1", json.dumps(titles), '["Halvorne SDI Co., Ltd.", "Mirabor AG"]',
           '[{"code": "H01M4/525", "inventive": true}]', "A plain text."]  # fmt: skip
    (nested,) = documents("nested.csv", table(header, row))
    row[1] = "[Cell] with brackets"
    (plain,) = documents("plain.csv", table(["publication_number", "title", *header[2:]], row))
    assert [(d.facts.title, len(d.facts.titles)) for d in (nested, plain)] == [
        ("Cell", 2),
        ("[Cell] with brackets", 1),
    ]
    for document in (nested, plain):
        assert document.facts.assignees == ("Halvorne SDI Co., Ltd.", "Mirabor AG")
        assert document.facts.cpc == ("H01M4/525",)
        assert "A plain text." in document.text


def test_patentsview_and_the_public_search_of_the_uspto(documents, replies):
    header = ["patent_id", "patent_title", "patent_date", "patent_abstract", "wipo_kind"]
    (document,) = documents("g.tsv", table(header, ["10123456", "Cell", "2018-11-13", "It.", "B2"],
                                           delimiter="\t"))  # fmt: skip
    facts = document.facts
    assert (facts.number, facts.publication_date, document.text) == (
        "US10123456B2",
        "2018-11-13",
        "It.",
    )
    header = ["Document ID", "Title", "Inventor", "CPC"]
    rows = [["US-20200012345-A1", "Cell", "Kim; Min-su et al.", ""], ["R-014", "Run", "Ohm", ""]]
    first, second = documents("ppubs.csv", table(header, *rows))
    assert (first.facts.number, first.facts.inventors) == ("US20200012345A1", ("Kim; Min-su",))
    assert second.facts.number is None
    (notes,) = documents("notes.csv", table(header[:2], ["R-014", "Run"]))
    assert notes.facts.kind == "report"


def test_claims_and_paragraphs_on_one_line(documents):
    claims = ("What is claimed is: 1. A cell, wherein step 1. is done at 2.5 V. "
              "2. The cell of claim 1 at 3. 4 V. 3. The cell of claim 2.")  # fmt: skip
    description = (
        "FIELD [0001] Cells. [0002] As in paragraph [0003] and by [0009] Others. [0003] Done."
    )
    content = table(
        ["Publication Number", "Title", "Claims", "Description"],
        ["EP1000001A1", "Cell", claims, description],
    )
    (document,) = documents("line.csv", content)
    assert [(c.number, c.depends_on) for c in document.claims] == [(1, ()), (2, (1,)), (3, (2,))]
    assert document.text[document.claims[0].start : document.claims[0].end].endswith("2.5 V.")
    paragraphs = [p for s in document.sections if s.kind == "description" for p in s.paragraphs]
    assert [p.number for p in paragraphs] == ["0001", "0002", "0003"]


@pytest.mark.parametrize("name", ["two.csv", "two.jsonl", "two.json"])
def test_records_with_an_id_of_their_own_are_told_apart_by_it_alone(replies, name):
    ids = ["00000000000000a1", "00000000000000a2", "00000000000000a1"]
    records = [
        {"_id": one, "title": "Cell", "text": "It.", "publication_number": "EP1000001A1"}
        for one in ids
    ]
    if name.endswith("csv"):
        content = table(records[0].keys(), *(record.values() for record in records))
    else:
        content = "\n".join(map(json.dumps, records))
    found = replies(name, content)
    assert [reply.document.facts.id for reply in found if reply.document] == ids[:2]
    assert [reply.rejection.error for reply in found if reply.rejection] == ["DuplicateId"]


def test_a_page_without_a_title_of_its_own_takes_none_from_what_it_cites(documents):
    page = """<html><head><meta name="DC.title" content="Coated cathode "></head><body>
    <dd itemprop="publicationNumber">EP1000001A1</dd>
    <section itemprop="abstract"><div itemprop="content">A cell.</div></section>
    <table><tr itemprop="backwardReferences"><td itemprop="publicationNumber">EP1000002A1</td>
    <td itemprop="title">Another cell</td></tr></table></body></html>"""
    (document,) = documents("page.html", page)
    assert document.facts.title == "Coated cathode"
    (untitled,) = documents("untitled.html", page.replace("DC.title", "other"))
    assert untitled.facts.title == ""


def test_formulas_keep_the_value_they_had_and_links_their_text(documents):
    book = workbook(
        ("S", [["Publication Number", "Title", "Applicant"],
               ['=HYPERLINK("https://example.org/1","EP1234567A1")', "Cell", "=cmd|' /C calc'!A0"]])
    )  # fmt: skip
    (document,) = documents("links.xlsx", book)
    assert (document.facts.number, document.facts.applicants) == ("EP1234567A1", ())
    content = table(["Publication Number", "Title", "CPC"], ["EP1234567A1", "=cmd|'x'!A0", ""])
    (document,) = documents("formula.csv", content)
    assert document.facts.title == "=cmd|'x'!A0"


@pytest.mark.parametrize(
    ("encoding", "title"),
    [
        ("utf-8", "양극 활물질의 제조 방법과 이를 포함하는 이차전지"),
        ("utf-8-sig", "Kathodenmaterial für Lithiumzellen"),
        ("utf-16", "양극 활물질"),
        ("utf-16-le", "Cathode material"),
        ("cp949", "양극 활물질의 제조 방법과 이를 포함하는 리튬 이차전지 및 그 제조 방법"),
        ("cp932", "リチウムイオン二次電池用正極活物質の製造方法およびその電池システム"),
        ("cp1252", "Procédé de fabrication d’une électrode négative à base de carbone"),
        ("cp1252", "Batteriegehäuse für Zellen"),
    ],
)
def test_encodings(documents, encoding, title):
    content = table(["Publication Number", "Title", "Applicant"], ["EP1234567A1", title, "Müller"
                    if encoding == "cp1252" else "M"], delimiter="\t")  # fmt: skip
    (document,) = documents("table.tsv", content.encode(encoding))
    assert document.facts.title == title


@pytest.mark.parametrize(
    ("number", "country", "kind", "expected"),
    [
        ("D854321", "US", "S1", "USD854321S1"),
        ("10-2020-0095123", "KR", "A", "KR1020200095123A"),
        ("US-10123456", "US", "B2", "US10123456B2"),
        ("10,123,456", "", "", None),
        ("unknown", "US", "B2", None),
    ],
)
def test_numbers_take_country_and_kind_from_their_columns(
    documents, number, country, kind, expected
):
    header = ["Patent Number", "Title", "Country", "Kind"]
    (document,) = documents("a.csv", table(header, [number, "Cell", country, kind]))
    assert document.facts.number == expected


def test_markup_and_entities_leave_the_text(documents):
    content = table(
        ["Publication Number", "Title", "Abstract", "Applicant"],
        ["EP1000001A1", "Li<sub>2</sub>O", "<p>x &lt; 10<sup>-3</sup></p>", "Ohm &amp; Volt"],
    )
    (document,) = documents("html.csv", content)
    assert (document.facts.title, document.text) == ("Li2O", "x < 10^-3")
    assert document.facts.parties == ("Ohm & Volt",)


def test_double_and_empty_column_names(documents):
    content = table(
        ["Publication Number", "", "Title", "Title", "Applicant"],
        ["EP1000001A1", "x", "", "The second", "A"],
    )
    (document,) = documents("double.csv", content)
    assert document.facts.title == "The second"
