"""Exports of search services as their files look, with invented patents."""

from __future__ import annotations

import csv
import io
import json

import openpyxl
import pytest

from ingest import errors
from ingest.facts import Priority, Reference, Title
from ingest.readers import read_file
from ingest.readers.exports.columns import COLUMNS, column_key, recognise

LENS = {
    "#": "1",
    "Jurisdiction": "US",
    "Kind": "A1",
    "Display Key": "US 2016/0336597 A1",
    "Lens ID": "011-222-333-444-555",
    "Publication Date": "2016-11-17",
    "Publication Year": "2016",
    "Application Number": "US 201615221111 A",
    "Application Date": "2016-07-27",
    "Priority Numbers": "KR 20150111111 A",
    "Earliest Priority Date": "2015-08-07",
    "Title": "Coated cathode",
    "Abstract": "A cathode with\na coating.",
    "Applicants": "Halvorne SDI Co., Ltd.;;Mirabor AG",
    "Inventors": "KIM MIN;;LEE JUN",
    "Owners": "Halvorne Energy Co., Ltd. (2018-01-01)",
    "Document Type": "Patent Application",
    "Cites Patent Count": "4",
    "Simple Family Members": "KR 20170017777 A;;US 2016/0336597 A1",
    "CPC Classifications": "H01M4/525;;H01M 10/0525",
    "IPCR Classifications": "H01M4/36;;H01M4/525",
    "NPL Citations": "Ohm et al., On Ions, 2011;;Volt, A Cell, 2009",
}
BIGQUERY = {
    "publication_number": "US-2016336597-A1",
    "application_number": "US-201615221111-A",
    "country_code": "US",
    "kind_code": "A1",
    "family_id": "57276666",
    "title_localized": [
        {"text": "Beschichtung", "language": "de"},
        {"text": "Coating", "language": "en", "truncated": False},
    ],
    "abstract_localized": [{"text": "A coating.", "language": "en"}],
    "claims_localized": [
        {"text": "What is claimed is:\n1. A cell. 2. The cell of claim 1.", "language": "en"}
    ],
    "description_localized": [
        {"text": "TECHNICAL FIELD\n[0001] It is about cells.", "language": "en"}
    ],
    "publication_date": 20161117,
    "filing_date": "20160727",
    "grant_date": 0,
    "priority_date": 20150807,
    "priority_claim": [
        {"application_number": "KR-20150111111-A", "filing_date": 20150807},
        {"application_number": "US-201562222222-P", "filing_date": 20150901},
    ],
    "inventor_harmonized": [{"name": "KIM MIN", "country_code": "KR"}],
    "assignee_harmonized": [{"name": "HALVORNE SDI CO LTD", "country_code": "KR"}],
    "cpc": [{"code": "H01M4/525", "inventive": True, "first": True, "tree": []}],
    "ipc": [{"code": "H01M4/36"}],
    "citation": [
        {"publication_number": "EP-1234567-A1", "category": "SEA", "npl_text": ""},
        {"publication_number": "", "category": "APP", "npl_text": "Ohm, On Ions"},
    ],
}
LENS_API = {
    "lens_id": "011-222-333-444-555",
    "jurisdiction": "US",
    "doc_number": "20160336597",
    "kind": "A1",
    "date_published": "2016-11-17",
    "publication_type": "PATENT_APPLICATION",
    "biblio": {
        "publication_reference": {"jurisdiction": "US", "doc_number": "20160336597", "kind": "A1"},
        "application_reference": {
            "jurisdiction": "US",
            "doc_number": "201615221111",
            "kind": "A",
            "date": "2016-07-27",
        },
        "priority_claims": {
            "earliest_claim": {"date": "2015-08-07"},
            "claims": [
                {
                    "jurisdiction": "KR",
                    "doc_number": "20150111111",
                    "kind": "A",
                    "date": "2015-08-07",
                }
            ],
        },
        "invention_title": [{"text": "Coating", "lang": "en"}],
        "parties": {
            "applicants": [{"extracted_name": {"value": "HALVORNE SDI CO LTD"}, "residence": "KR"}],
            "inventors": [{"sequence": 1, "extracted_name": {"value": "KIM MIN"}}],
            "owners_all": [{"extracted_name": {"value": "MIRABOR AG"}}],
        },
        "classifications_ipcr": {"classifications": [{"symbol": "H01M4/36"}]},
        "classifications_cpc": {"classifications": [{"symbol": "H01M4/525"}]},
        "references_cited": {
            "citations": [
                {
                    "sequence": 1,
                    "cited_phase": "EXA",
                    "patcit": {
                        "document_id": {
                            "jurisdiction": "EP",
                            "doc_number": "1234567",
                            "kind": "A1",
                        }
                    },
                },
                {"sequence": 2, "cited_phase": "APP", "nplcit": {"text": "Ohm, On Ions"}},
            ]
        },
    },
    "abstract": [{"text": "A coating.", "lang": "en"}],
    "claims": [
        {
            "claims": [
                {"claim_text": ["1. A cell."]},
                {"claim_text": ["2. The cell of claim 1."]},
            ],
            "lang": "en",
        }
    ],
    "description": {"text": "[0001] It is about cells.", "lang": "en"},
}


def table(*rows, delimiter=",") -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows(rows)
    return out.getvalue()


@pytest.fixture
def replies(tmp_path):
    def write_and_read(name, content, passwords=()):
        path = tmp_path / name
        if isinstance(content, openpyxl.Workbook):
            content.save(path)
        elif isinstance(content, bytes):
            path.write_bytes(content)
        else:
            path.write_text(content, "utf-8", newline="")
        return list(read_file(str(path), passwords))

    return write_and_read


@pytest.fixture
def documents(replies):
    def read(name, content):
        found = replies(name, content)
        assert [reply.rejection for reply in found if reply.rejection] == []
        return [reply.document for reply in found]

    return read


def outcomes(found):
    return [
        (r.document.facts.number or r.document.facts.id)
        if r.document
        else (r.rejection.source, r.rejection.error)
        for r in found
    ]


def workbook(*sheets):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets:
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    return book


def test_lens_csv(documents):
    (document,) = documents("lens.csv", "\ufeff" + table(LENS.keys(), LENS.values()))
    facts = document.facts
    assert document.text == "A cathode with\na coating."
    assert document.sections[0].kind == "abstract"
    assert (facts.kind, facts.number, facts.country) == ("patent", "US20160336597A1", "US")
    assert facts.title == "Coated cathode"
    assert facts.applicants == ("Halvorne SDI Co., Ltd.", "Mirabor AG")
    assert facts.assignees == ("Halvorne Energy Co., Ltd.",)
    assert facts.parties == facts.applicants + facts.assignees
    assert facts.inventors == ("KIM MIN", "LEE JUN")
    assert facts.priorities == (Priority("KR", "20150111111", "2015-08-07"),)
    assert (facts.priority_date, facts.filing_date, facts.publication_date) == (
        "2015-08-07",
        "2016-07-27",
        "2016-11-17",
    )
    assert facts.family == "KR1020150111111"
    assert facts.cpc == ("H01M4/525", "H01M10/0525", "H01M4/36")
    assert facts.ipc == ("H01M4/36", "H01M4/525")
    assert facts.application_number == "US201615221111A"
    assert facts.legal_kind == "application"
    assert document.references == (
        Reference(None, "Ohm et al., On Ions, 2011", "literature"),
        Reference(None, "Volt, A Cell, 2009", "literature"),
    )


def test_several_priorities_without_dates_leave_the_family_to_the_file(documents):
    row = {**LENS, "Priority Numbers": "KR 20150111111 A;;US 201562222222 P"}
    (document,) = documents("lens.csv", table(row.keys(), row.values()))
    assert [p.date for p in document.facts.priorities] == [None, None]
    assert document.facts.priority_date == "2015-08-07"
    assert document.facts.family == "KR1020170017777A"


def test_google_patents_csv(documents):
    header = [
        "id", "title", "assignee", "inventor/author", "priority date", "filing/creation date",
        "publication date", "grant date", "result link", "representative figure link",
    ]  # fmt: skip
    row = [
        "US-10123456-B2", "Coated cathode", "Halvorne SDI Co., Ltd.", "Min Kim, John Smith, Jr.",
        "2015-08-07", "2016-07-27", "2018-11-06", "2018-11-06", "https://example.org/x", "",
    ]  # fmt: skip
    content = table(["search URL:", "https://example.org/?q=a,b"], header, row)
    (document,) = documents("gp-search-20240101.csv", content)
    facts = document.facts
    assert (facts.number, facts.legal_kind, document.text) == (
        "US10123456B2",
        "grant",
        "Coated cathode",
    )
    assert facts.assignees == ("Halvorne SDI Co., Ltd.",)
    assert facts.inventors == ("Min Kim", "John Smith, Jr.")
    assert (facts.priority_date, facts.filing_date, facts.publication_date) == (
        "2015-08-07",
        "2016-07-27",
        "2018-11-06",
    )
    assert facts.family is None


@pytest.mark.parametrize("name", ["big.jsonl", "big.json", "lens.jsonl", "lens.json"])
def test_bigquery_and_the_lens_api(documents, name):
    record = BIGQUERY if name.startswith("big") else LENS_API
    wrapped = {"total": 1, "data": [record]} if name.endswith("json") else record
    (document,) = documents(name, json.dumps(wrapped))
    facts = document.facts
    assert (facts.number, facts.title) == ("US20160336597A1", "Coating")
    assert (facts.priority_date, facts.filing_date, facts.publication_date) == (
        "2015-08-07",
        "2016-07-27",
        "2016-11-17",
    )
    assert facts.priorities[0] == Priority("KR", "20150111111", "2015-08-07")
    assert (facts.family, facts.language) == ("KR1020150111111", "en")
    assert (facts.cpc, facts.ipc) == (("H01M4/525", "H01M4/36"), ("H01M4/36",))
    assert facts.inventors == ("KIM MIN",)
    assert facts.parties[0] == "HALVORNE SDI CO LTD"
    assert [(c.number, c.depends_on) for c in document.claims] == [(1, ()), (2, (1,))]
    assert [document.text[c.start : c.end] for c in document.claims] == [
        "A cell.",
        "The cell of claim 1.",
    ]
    description = [p for s in document.sections if s.kind == "description" for p in s.paragraphs]
    assert [p.number for p in description] == ["0001"]
    by = "search report" if name.startswith("big") else "examiner"
    assert [(r.number, r.kind, r.cited_by) for r in document.references] == [
        ("EP1234567A1", "patent", by),
        (None, "literature", "applicant"),
    ]


def test_titles_stand_in_every_language_and_the_english_one_is_shown(documents):
    (document,) = documents("big.jsonl", json.dumps(BIGQUERY))
    assert document.facts.titles == (Title("en", "Coating"), Title("de", "Beschichtung"))


def test_an_unknown_date_of_bigquery_is_unknown(documents):
    (document,) = documents("big.jsonl", json.dumps({**BIGQUERY, "publication_date": 0}))
    assert document.facts.publication_date is None


def test_espacenet_csv_with_titles_above_and_several_numbers_in_a_cell(documents):
    content = "Espacenet result list;;\n\n" + table(
        ["No", "Title", "Inventors", "Applicants", "Publication number", "Earliest priority", "IPC",
         "CPC", "Publication date", "Earliest publication", "Family number", ""],
        ["1", "COATED CATHODE", "KIM MIN [KR]\nLEE JUN [KR]", "HALVORNE SDI CO LTD [KR]",
         "EP3456789A1 \nUS2019012345A1", "2017-11-03", "H01M4/36 \nH01M4/525",
         "H01M4/525 (EP,US)", "2019-03-20 \n2019-01-10", "2019-01-10", "62222222", ""],
        delimiter=";",
    )  # fmt: skip
    (document,) = documents("espacenet.csv", content)
    facts = document.facts
    assert (facts.number, facts.publication_date) == ("EP3456789A1", "2019-03-20")
    assert facts.inventors == ("KIM MIN", "LEE JUN")
    assert facts.applicants == ("HALVORNE SDI CO LTD",)
    assert (facts.priority_date, facts.family) == ("2017-11-03", "DOCDB62222222")
    assert facts.cpc == ("H01M4/525", "H01M4/36")


def test_a_derwent_workbook(documents):
    book = workbook(
        ("Cover", [["Search history"], ["CTB=(cathode)"]]),
        (
            "Records",
            [
                ["Derwent Innovation", None],
                [],
                ["Publication Number", "Title - DWPI", "Title", "Abstract - DWPI",
                 "Assignee/Applicant", "Priority Number", "Priority Date", "Publication Date",
                 "Application Date", "IPC - Current", "CPC - Current", "Claims",
                 "Cited Refs - Patent", "INPADOC Family Members"],
                ["US20160336597A1", "Cathode made by coating it", "Coated cathode", "NOVELTY - It.",
                 "Halvorne SDI Co., Ltd. | Mirabor AG", "KR20150111111A | US62222222A",
                 "2015-08-07 | 2015-09-01", "17.11.2016", 42578, "H01M 4/36 | H01M0004525",
                 "H01M 4/525", "1. A cell. | 2. A cell as in claim 1.",
                 "US8930553B2 | EP1234567A1", "KR20170017777A"],
            ],
        ),
    )  # fmt: skip
    found = documents("derwent.xlsx", book)
    document = found[0]
    facts = document.facts
    assert (facts.number, facts.title) == ("US20160336597A1", "Coated cathode")
    assert facts.parties == ("Halvorne SDI Co., Ltd.", "Mirabor AG")
    assert [(p.country, p.date) for p in facts.priorities] == [
        ("KR", "2015-08-07"),
        ("US", "2015-09-01"),
    ]
    assert facts.family == "KR1020150111111"
    assert (facts.publication_date, facts.filing_date) == ("2016-11-17", "2016-07-27")
    assert facts.ipc == ("H01M4/36",)
    assert [c.depends_on for c in document.claims] == [(), (1,)]
    assert document.cited == ("US8930553B2", "EP1234567A1")
    assert [d.facts.kind for d in found] == ["patent", "report"]
    assert "CTB=(cathode)" in found[1].text


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


def test_odd_json_values_write_nothing_odd(documents):
    odd = [None, True, 7, 1.5, ["a", None], {"text": ["b"]}, {}, [[]], "", float("nan")]
    records = [
        {**template, key: value, "serial": f"{key}{at}"}
        for template in (BIGQUERY, LENS_API, {**LENS, "publication_number": "EP1234567A1"})
        for key in template
        for at, value in enumerate(odd)
        if key not in ("biblio", "lens_id")
    ]
    for record in records:
        from ingest.readers.exports.json import object_entry

        entry = object_entry(record)
        for text in json.dumps(entry, default=vars).split('"'):
            assert text not in ("None", "nan", "True", "[]", "{}"), record
            assert "['" not in text


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


def old_workbook() -> bytes:
    """The smallest OLE2 container with a stream named Workbook."""
    import struct

    def entry(name, kind, child, start, size):
        data = name.encode("utf-16-le").ljust(64, b"\0")
        data += struct.pack("<HBBIII", len(name) * 2 + 2, kind, 1, 0xFFFFFFFF, 0xFFFFFFFF, child)
        return data + b"\0" * 36 + struct.pack("<III", start, size, 0)

    head = bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 16
    head += struct.pack("<HHHHH6xIIIIIIIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, 1, 1, 0, 4096,
                        0xFFFFFFFE, 0, 0xFFFFFFFE, 0, 0)  # fmt: skip
    head += struct.pack("<109I", *([0xFFFFFFFF] * 109))
    fat = struct.pack("<128I", *([0xFFFFFFFD, 0xFFFFFFFE, *range(3, 10), 0xFFFFFFFE]
                                 + [0xFFFFFFFF] * 118))  # fmt: skip
    folder = entry("Root Entry", 5, 1, 0xFFFFFFFE, 0) + entry("Workbook", 2, 0xFFFFFFFF, 2, 4096)
    bof = struct.pack("<HHHHHHII", 0x809, 16, 0x600, 5, 0, 0, 0, 0).ljust(4096, b"\0")
    head = head[:44] + struct.pack("<I", 1) + head[48:]
    head = head[:76] + struct.pack("<I", 0) + head[80:512]
    return head.ljust(512, b"\0") + fat + folder.ljust(512, b"\0") + bof


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


def test_every_documented_name_is_recognised_and_every_recognised_name_documented():
    from pathlib import Path

    text = (Path(__file__).parents[2] / "docs" / "exports.md").read_text("utf-8")
    text = text.partition("## Names of columns")[2]
    rows = [line.split("|")[1:3] for line in text.splitlines() if line.startswith("| `")]
    documented = {
        field.strip(" `"): {column_key(name.strip(" `")) for name in names.split("` `")}
        for field, names in rows
    }
    known = {field: set(map(column_key, names)) for field, names in COLUMNS.items()}
    assert documented == known


@pytest.mark.parametrize(
    "header",
    [
        ["Sample", "Title", "Date"],
        ["Number", "Capacity", "Text"],
        ["id", "name"],
        ["Country", "Language", "No"],
        ["Owner", "Kind", "Description"],
    ],
)
def test_tables_of_other_things_are_no_exports(header):
    assert recognise(header) is None


def test_every_line_of_a_real_export_gives_its_facts(shared):
    path = shared / "lens_battery" / "corpus.jsonl"
    if not path.is_file():
        pytest.skip(f"no export: {path} does not exist")
    lines = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    found = [reply.document for reply in read_file(str(path))]
    assert len(found) == len(lines) == 797
    for record, document in zip(lines, found, strict=True):
        given, facts = record["metadata"], document.facts
        assert facts.id == record["_id"]
        assert facts.kind == "patent"
        assert facts.country == given["Jurisdiction"]
        assert facts.publication_date == given["Publication Date"]
        assert list(facts.applicants) == list(dict.fromkeys(given["Applicants"].split(";;")))
        assert list(facts.inventors) == list(dict.fromkeys(given["Inventors"].split(";;")))
        assert facts.title.split() == record["title"].split()
        assert document.text.split() == (record["text"].strip() or record["title"]).split()
