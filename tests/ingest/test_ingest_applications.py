"""One key for one application, however it is written; nothing merged that is not certain.

`application_examples.tsv` has spellings by key, worked out by hand, with their convention; kind is
DOCDB's, where the spelling is DOCDB's.
"""

from __future__ import annotations

import csv
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from ingest.numbers.applications import application_key

_TABLE = Path(__file__).with_name("application_examples.tsv")
with _TABLE.open(encoding="utf-8", newline="") as stream:
    EXAMPLES = list(csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE))


@pytest.mark.parametrize("row", EXAMPLES, ids=lambda row: f"{row['country']} {row['number']}")
def test_every_spelling_has_the_key_of_its_application(row):
    read = application_key(row["country"], row["number"], row["date"] or None, row["kind"] or None)
    assert read == row["key"], row["convention"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("US", "60/095,006", "1998-07-30"), ("US", "09/095,006", "1998-06-10")),
        (("US", "29/116,510", "1999-12-29"), ("US", "09/116,510", "1999-07-16")),
        (("US", "14/123,456"), ("US", "15/123,456")),
        (("KR", "10-2019-0012345"), ("KR", "20-2019-0012345")),
        (("JP", "特願平2-80002"), ("JP", "実願平2-80002")),
        (("JP", "2010-024321"), ("US", "2010-024321")),
        (("WO", "PCT/JP2015/012345"), ("JP", "2015-012345")),
    ],
)
def test_different_applications_keep_different_keys(one, other):
    assert application_key(*one) != application_key(*other)


@pytest.mark.parametrize(
    ("country", "number", "key"),
    [
        ("PT", "117283", "PT117283"),
        ("IT", "MI2005A001234", "ITMI2005A001234"),
        ("IN", "1234/DEL/2005", "IN1234DEL2005"),
        ("JP", "11-097727", "JP11097727"),
        ("US", "693971", "US693971"),
        ("DE", "202010123456", "DE202010123456"),
    ],
)
def test_what_is_not_certain_keeps_its_own_letters_and_digits(country, number, key):
    """Heisei or Showa, a lacking series, a utility model or epodoc's year: without a date, open."""
    assert application_key(country, number) == key


@pytest.mark.parametrize("number", ["", "  ", "-", "PCT", "unknown"])
def test_no_digits_no_key(number):
    assert application_key("US", number) is None


@given(
    st.sampled_from("US EP WO IB PCT JP KR CN DE GB FR CH NL TW SE IT".split()),
    st.from_regex(r"[A-Z]{0,3}[0-9 ,./\-]{0,14}[A-Z0-9]?") | st.text(max_size=20),
    st.none() | st.sampled_from(["2001-02-03", "1998-07-30", "", "soon"]),
    st.none() | st.sampled_from("APUWF"),
)  # fmt: skip
def test_any_text_has_a_key_of_letters_and_digits_or_none(country, number, date, kind):
    key = application_key(country, number, date, kind)
    digits = set(unicodedata.normalize("NFKC", number)) & set("0123456789")
    assert (key is None) == (not digits)
    assert key is None or (key.isascii() and key.isalnum() and key.upper() == key)


def test_the_three_forms_of_docdb_meet_in_real_records(shared):
    """DOCDB gives each number in three forms; those whose convention is known here must agree."""
    met = 0
    for path in sorted((shared / "patent_formats/epo_docdb").glob("*.xml")):
        root = etree.parse(path, etree.XMLParser(recover=True)).getroot()
        for tag in ("exch:application-reference", "exch:priority-claim"):
            forms = {e.get("data-format"): e for e in root.iter() if e.tag == tag}
            docdb, epodoc = forms["docdb"], forms["epodoc"]
            country, kind = docdb.findtext(".//country"), docdb.findtext(".//kind")
            if country in ("YU", "PT"):
                continue  # No convention of theirs is known here.
            date = docdb.findtext(".//date")
            written = epodoc.findtext(".//doc-number")
            key = application_key(country, docdb.findtext(".//doc-number"), date, kind)
            assert key == application_key(written[:2], written, date), path.name
            met += 1
            original = forms["original"].findtext(".//doc-number")
            office = "WO" if kind == "W" else country
            assert key == application_key(office, original, date), path.name
    assert met == 4
