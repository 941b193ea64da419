from __future__ import annotations

import hashlib
import json

import pytest

from ingest.readers import read_file
from ingest.readers.exports.records import read_records


@pytest.fixture
def read_lines(tmp_path):
    def read(*lines: bytes | str | dict):
        encoded = [
            line
            if isinstance(line, bytes)
            else (line if isinstance(line, str) else json.dumps(line)).encode()
            for line in lines
        ]
        path = tmp_path / "records.jsonl"
        path.write_bytes(b"\n".join(encoded))
        return list(read_file(str(path)))

    return read


def test_a_record_of_the_beir_layout_is_a_report(read_lines):
    line = '{"_id": "MED-10", "title": "Statin  use", "text": "It holds.", "metadata": {}}'
    (reply,) = read_lines(line)
    document = reply.document
    assert (document.facts.id, document.facts.kind, document.facts.title) == (
        "MED-10",
        "report",
        "Statin use",
    )
    assert document.text == "It holds."
    assert document.sections[0].kind == "body"
    assert reply.content_hash == hashlib.sha256(line.encode()).hexdigest()


def test_a_record_of_the_lens_export_is_a_patent(read_lines):
    (reply,) = read_lines(
        {
            "_id": "US-2004137729-A1",
            "title": "Cell",
            "text": "A cell.",
            "metadata": {
                "Applicants": "Halvorne;;Mirabor",
                "Publication Date": "2004-07-15",
                "Application Date": "2003-01-02",
                "Earliest Priority Date": "2002-01-02",
                "CPC Classifications": "H01M4/525;;H01M 4/36",
            },
        }
    )
    facts = reply.document.facts
    assert (facts.id, facts.kind, facts.number, facts.country) == (
        "US-2004137729-A1",
        "patent",
        "US20040137729A1",
        "US",
    )
    assert facts.parties == ("Halvorne", "Mirabor")
    assert facts.cpc == ("H01M4/525", "H01M4/36")
    assert (facts.priority_date, facts.filing_date, facts.publication_date) == (
        "2002-01-02",
        "2003-01-02",
        "2004-07-15",
    )
    assert reply.document.sections[0].kind == "abstract"


def test_broken_lines_are_rejected_alone_and_blank_ones_are_nothing(read_lines):
    replies = read_lines(
        {"_id": "a", "text": "One."},
        "",
        "{broken",
        "[1, 2]",
        '"text"',
        b'{"_id": "\xff\xfe", "text": "One."}',
        {"_id": "b", "title": " ", "text": ""},
        "[" * 100_000,
        {"_id": "c", "text": "Two."},
    )
    assert [(r.document.facts.id if r.document else r.rejection.source) for r in replies] == [
        "a",
        "#line 3",
        "#line 4",
        "#line 5",
        "#line 6",
        "#line 7",
        "#line 8",
        "c",
    ]
    assert {r.rejection.error for r in replies if r.rejection} == {"Malformed"}
    messages = [r.rejection.message for r in replies if r.rejection]
    assert messages[1] == messages[2] == "not a JSON object"
    assert messages[4] == 'neither "title" nor "text" holds anything'


@pytest.mark.parametrize(
    ("value", "expected"),
    [("a", "a"), (" a\n b ", "a b"), (0, "0"), (17, "17"), (4.5, "4.5"), ("전지", "전지")],
)
def test_an_id_stays_what_it_is(read_lines, value, expected):
    (reply,) = read_lines({"_id": value, "text": "One."})
    assert reply.document.facts.id == expected


@pytest.mark.parametrize(
    "record", [{"text": "One."}, {"_id": None, "text": "One."}, {"_id": "", "text": "One."}]
)
def test_a_record_without_an_id_is_named_by_its_bytes(read_lines, record):
    (reply,) = read_lines(record)
    expected = hashlib.sha256(json.dumps(record).encode()).hexdigest()[:16]
    assert reply.document.facts.id == expected


def test_values_that_are_not_texts_break_nothing(read_lines):
    replies = read_lines(
        {"_id": "a", "title": 5, "text": None},
        {"_id": "b", "title": ["x"], "text": {"y": 1}},
        {"_id": "c", "text": "One.", "metadata": "none"},
        {"_id": "d", "text": "One.", "metadata": {"Jurisdiction": 7, "Publication Date": ["x"]}},
        '{"_id": "e", "text": NaN, "title": 1e999}',
        {"_id": "f" * 100_000, "text": "One."},
    )
    assert [len(r.document.facts.id) for r in replies] == [1, 1, 1, 1, 1, 100_000]
    assert replies[0].document.text == "5"


def test_lone_surrogates_do_not_stop_the_file(tmp_path, reader):
    path = tmp_path / "records.jsonl"
    path.write_text(
        '{"_id": "a\\ud800", "title": "\\udfff", "text": "One \\ud800.",'
        ' "metadata": {"Jurisdiction": "\\ud800", "Applicants": "\\ud800"}}\n'
        '{"_id": "b", "text": "Two."}\n'
    )
    replies = list(reader.read(str(path)))
    assert [r.document.facts.id for r in replies] == ["a?", "b"]
    assert replies[0].document.text == "One ?."


def test_an_over_long_line_is_one_rejection_and_the_next_line_keeps_its_number(read_lines):
    long = '{"_id": "a", "text": "' + "x" * (45 << 20) + '"}'
    replies = read_lines(long, {"_id": "b", "text": "One."}, "{broken")
    assert [(r.document.facts.id if r.document else r.rejection.source) for r in replies] == [
        "#line 1",
        "b",
        "#line 3",
    ]
    assert replies[0].rejection.message == "longer than 20 MB"


def test_a_long_number_is_refused_and_not_computed(read_lines):
    (reply,) = read_lines('{"_id": ' + "9" * 5000 + ', "text": "One."}')
    assert reply.rejection.message.startswith("not JSON: ")


def test_form_feeds_in_a_record_make_no_pages(read_lines):
    (reply,) = read_lines({"_id": "a", "text": "One.\fTwo."})
    assert reply.document.text == "One. Two."
    assert reply.document.pages == ()


def test_records_are_read_one_by_one(tmp_path):
    """The second line is not yet in the file when the first document comes out."""
    from ingest.readers.opened import SourceFile

    path = tmp_path / "records.jsonl"
    path.write_bytes(b'{"_id": "a", "text": "One."}\n')
    with open(path, "rb") as stream, open(path, "ab") as writer:
        replies = read_records(SourceFile("records.jsonl", stream))
        assert next(replies).document.facts.id == "a"
        writer.write(b'{"_id": "b", "text": "Two."}\n')
        writer.flush()
        assert next(replies).document.facts.id == "b"
