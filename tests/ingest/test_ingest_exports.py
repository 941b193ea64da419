"""Exports of search services as their files look, with invented patents."""

from __future__ import annotations

import json
from functools import partial

import pytest

from export_files import LENS, read_documents, table, workbook
from ingest.facts import Priority, Reference, Title
from ingest.readers import read_file
from ingest.readers.exports.columns import COLUMNS, column_key, recognise

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


@pytest.fixture
def documents(tmp_path):
    return partial(read_documents, tmp_path)


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
    assert facts.ipc == ("H01M4/36", "H01M4/525")
    assert [c.depends_on for c in document.claims] == [(), (1,)]
    assert document.cited == ("US8930553B2", "EP1234567A1")
    assert [d.facts.kind for d in found] == ["patent", "report"]
    assert "CTB=(cathode)" in found[1].text


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
