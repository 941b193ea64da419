"""Patent numbers against a table worked out by hand, and texts that are none.

`number_examples.tsv` names the convention of each row; its mark is "?" for an ambiguous number
and "@" for an application.
"""

from __future__ import annotations

import csv
import json
import re
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

import app
from ingest.errors import IngestError
from ingest.numbers import canonical_number, number_key, parse_number, read_number
from ingest.readers import read_file

_TABLE = Path(__file__).with_name("number_examples.tsv")
with _TABLE.open(encoding="utf-8", newline="") as stream:
    EXAMPLES = list(csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE))

NO_NUMBERS = """
hello|lithium-ion battery|NMC811|LiNi0.8Co0.1Mn0.1O2|H2|CO2|H01M4/525|H01M 10/0525|US|EP|RE|D12
R-014|MED-2427|HC-R-014|HCW-R-024|TR-2019-0045|SE-2020-001|ME-2021-0034|EP-2019-0012|DE-2019-0001
US-2019-0012|JP-2019-001|ID12345678|ID-000123|NO. 321654|No 12|2015-12-34|2019-03-01|20190301
01.03.2019|12/31/2015|010-1234-5678|+82 2 1234 5678|555-1234|(202) 555-0142|claim 12|claims 1-10
25 °C|1200 K|-40 °C to 85 °C|3.14159265|123,456|12345|100 000 000|31715818|004-805-490-009-407
ISBN 978-3-16-148410-0|10.1016/j.jpowsour.2019.01.001|arXiv:2103.00020|CR2032|18650|INR18650-35E
CA 90210|IN 2015|US0000000|WO2010|WO 1950/123456|US10123456Q7|EP1271392B7|D435854B2|US20160336597B2
EP18123456.7|18123456.7|CN201080063196.8|US10123456B2 and US10123457B2|0|-|/|特開|특허
3.141592|3,141592|10,123456|국제특허분류 H01M 4/525|스위스 특허 10-1234567
US 2099/0012345|WO 2099/123456|JP2099-123456A|KR1020990012345A|CN209910123456|EP45123456
DE102099123456A1|US209915123456|re 10123456|Re. 10123456
KR1020190012345B1|KR20190012345B1|Japanese Utility Model Registration No. 3123456
日本实用新型 3123456
""".strip().replace("\n", "|").split("|")  # fmt: skip


@pytest.mark.parametrize("row", EXAMPLES, ids=lambda row: row["text"])
def test_examples_read_as_worked_out_by_hand(row):
    read = read_number(row["text"])
    expected = [row[name] or None for name in ("country", "number", "kind", "canonical")]
    assert [read.country, read.number, read.kind, read.canonical] == expected, read
    assert (read.valid, read.ambiguous) == (True, row["mark"] == "?"), read
    assert (read.type == "application") == (row["mark"] == "@"), read


def test_the_table_is_long_enough_and_every_row_names_its_convention():
    assert len(EXAMPLES) >= 130
    assert len({row["text"] for row in EXAMPLES}) == len(EXAMPLES)
    assert all(row["convention"] for row in EXAMPLES)


@pytest.mark.parametrize("text", NO_NUMBERS)
def test_other_texts_are_said_to_be_no_numbers(text):
    read = read_number(text)
    assert not read.valid, read
    assert (read.country, read.number, read.kind, read.canonical) == (None, None, None, None)
    assert read.reason
    assert parse_number(text) is None


@pytest.mark.parametrize("text", ["R-014", "MED-2427", "HC-R-014", "004-805-490-009-407"])
def test_names_of_reports_are_their_own_keys(text):
    assert number_key(text) == text.replace("-", "")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("EP18123456.7", "the check digit of EP application 18123456 is 8"),
        ("CN201080063196.8", "the check digit of CN application 201080063196 is 9"),
        ("US10123456B2; US10123457B2", "several numbers; write one"),
        ("US 2099/0012345", "US has no such number of the year 2099"),
        ("KR1020190012345B1", "B1 is a grant, which has 10 and seven digits"),
        ("US10123456Q7", "Q7 is no kind code of US (WIPO ST.16)"),
    ],
)
def test_what_is_wrong_with_a_number_is_said(text, reason):
    assert read_number(text).reason == reason


def test_spellings_of_one_publication_have_one_key():
    same = ["US 10,123,456 B2", "10123456", "us10123456", "US-10123456-B1", "U.S. 10,123,456"]
    assert {number_key(text) for text in same} == {"US10123456"}
    korean = ["10-2019-0012345", "KR1020190012345A", "KR20190012345A", "공개 10-2019-0012345"]
    assert {number_key(text) for text in korean} == {"KR1020190012345"}
    assert number_key("EP 430402 B2") == number_key("EP0430402")
    assert number_key("WO02/12345") == number_key("WO 2002/012345 A1")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("特公平6-12345", "JPH0612345A"),
        ("実公平6-12345", "実開平6-12345"),
        ("特開平5-12345", "実開平5-12345"),
        ("JP3123456B2", "登録実用新案第3123456号"),
        ("CN1234567A", "CN1234567C"),
    ],
)
def test_what_an_office_counts_apart_has_keys_apart(one, other):
    assert number_key(one) != number_key(other)


def test_kinds_of_one_series_have_one_key():
    assert number_key("特公平6-12345") == number_key("JPH0612345B2")
    assert number_key("特開平6-12345") == number_key("JPH0612345")
    assert number_key("特許第5123456号") == number_key("JP5123456B2")
    assert number_key("CN103456789A") == number_key("CN103456789B")


def test_bare_numbers_of_eight_digits_leave_the_office_open():
    assert read_number("15123456").candidates == ("US15/123456", "EP15123456")
    assert number_key("15123456") == "15123456"


def test_an_application_is_not_taken_for_the_publication_of_its_digits():
    assert number_key("US 10/123,456") != number_key("US 10,123,456")
    assert number_key("特願2015-123456") != number_key("特開2015-123456")
    assert parse_number("특허출원 10-2019-0012345") is None


@pytest.mark.parametrize("text", ["10123456", "31715818", "D435854", "2016/0336597", "10-1234567"])
def test_only_numbers_that_name_their_country_are_parsed(text):
    """Records have ids of bare digits; they make no patents of them."""
    assert parse_number(text) is None


@given(st.text(max_size=60) | st.from_regex(r"[A-Z]{0,2}[ 0-9,./\-]{1,14}[A-Z]?[0-9]?"))
def test_reading_never_raises_and_its_canonical_form_reads_as_itself(text):
    read = read_number(text)
    number_key(text)
    if read.canonical is not None:
        assert read.valid
        again = read_number(read.canonical)
        assert again.valid
        assert again.canonical == read.canonical
    else:
        assert read.ambiguous == read.valid


@given(st.sampled_from(EXAMPLES))
def test_canonical_forms_of_the_examples_read_as_themselves(row):
    if row["canonical"]:
        again = read_number(row["canonical"])
        assert (again.canonical, again.country) == (row["canonical"], row["country"])


@given(st.text(max_size=3), st.text(max_size=20), st.none() | st.text(max_size=3))
def test_any_parts_of_a_file_make_a_canonical_number(country, number, kind):
    assert isinstance(canonical_number(country, number, kind), str)


def test_command_answers_for_each_text_in_json(capsys):
    status = app.main(["number", "US 10,123,456 B2", "10123456", "hello", "--json"])
    first, bare, none = json.loads(capsys.readouterr().out)
    assert status == 0
    keys = {"input", "country", "number", "kind", "canonical", "ambiguous", "valid"}
    assert all(keys <= answer.keys() for answer in (first, bare, none))
    assert (first["input"], first["canonical"]) == ("US 10,123,456 B2", "US10123456B2")
    assert (bare["canonical"], bare["ambiguous"]) == ("US10123456", True)
    assert [none[key] for key in ("country", "canonical", "valid")] == [None, None, False]


def test_command_prints_one_line_for_each_text(capsys):
    assert app.main(["number", "特開2015-123456", "EP18123456.7", "a\nb"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 3
    assert "JP2015123456A" in lines[0]
    assert "check digit" in lines[1]
    assert "not a patent number" in lines[2]


def test_numbers_of_real_collections_read_as_the_readers_give_them(shared):
    ids = re.findall(r'^\{"_id": "([^"]+)"', (shared / "gpat11k/corpus.jsonl").read_text(), re.M)
    assert len(ids) == 11_000
    for text in ids:
        read = read_number(text)
        assert read.canonical == parse_number(text) == canonical_number(*text.split("-")), text
        assert not read.ambiguous
    lens = (shared / "lens_battery/corpus.jsonl").read_text()
    assert not [i for i in re.findall(r'"_id": "([^"]+)"', lens) if parse_number(i)]


def test_numbers_in_real_files_of_offices_read_as_the_readers_give_them(shared):
    checked = 0
    for path in sorted((shared / "patent_formats").rglob("*.xml")):
        # What holds no document (images, descriptions of the service) is refused by the readers.
        with suppress(IngestError):
            for reply in read_file(str(path)):
                if reply.document is not None and (number := reply.document.facts.number):
                    assert parse_number(number) == read_number(number).canonical == number
                    checked += 1
    assert checked >= 30
    docdb = etree.XMLParser(recover=True)
    for path in (shared / "patent_formats/epo_docdb").glob("*.xml"):
        country, number, kind = re.search(r"([A-Z]{2})-(\d+)-([A-Z]\d?)_", path.name).groups()
        own = etree.parse(path, docdb).xpath("string((//doc-number)[1])")
        assert own == number
        assert read_number(f"{country}-{number}-{kind}").canonical == f"{country}{number}{kind}"
