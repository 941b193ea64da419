"""The query language: what is found, what stays a sentence, and mistakes name their place."""

from __future__ import annotations

import json
import re
import time

import pytest
from conftest import ROOT

from assistant import Assistant
from fakes import LetterEncoder
from index import Filters, Library, SearchOptions, ingest
from index.errors import BadQuery
from index.query_syntax import parse_query
from query_corpus import TEXTS, found, mistake, query_library


@pytest.fixture(scope="module")
def library(tmp_path_factory) -> Library:
    return query_library(tmp_path_factory.mktemp("query"))


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        ("coating NEAR/1 coating", {"A3"}),
        ("polymeriz*", {"A6"}),  # Its stem is polymer: wildcards look at words as written.
        ("oxides*", {"A5"}),
        ('"coating of boron"', {"A1"}),
        ('"coatings of boron"', set()),
        ("title:coating AND coating", {"A1", "A2"}),
        ("title:(oxide OR 양극재)", {"A2", "A4"}),
        ("claims:boron", set()),
        ("(coating OR oxide) NEAR/2 (boron OR the)", {"A1", "A2", "A6"}),
        ("boron AND LiNi₀.₈Co₀.₁Mn₀.₁O₂", set()),
        ("cathode AND LiNi₀.₈Co₀.₁Mn₀.₁O₂", {"A3"}),
        ('published:2002..2004-05 "boron"', {"A2", "A4"}),
        ("published:>2003-05 AND NOT title:nickel", {"A4"}),
        ("published:<=2002 OR published:2005-05-31", {"A1", "A2", "A5"}),
        ("boron NOT published:2001", {"A2", "A4"}),
        ("number:A1 OR language:xx OR kind:report OR country:US", set(TEXTS)),
        ("“boron oxide” how thick is it (in nm)?", {"A1"}),
        ("boron oxide NOT (cathode)", {"A2"}),
        ("coating OR boron oxide", {"A1", "A2", "A3", "A5"}),
    ],
)
def test_what_is_found(library, query, ids):
    assert found(library, query) == ids


def test_an_unknown_date_is_neither_in_nor_out_and_counted(library):
    for query in ("oxide AND published:2000..2009", "oxide NOT published:1990"):
        result = library.search(query, 50)
        assert {hit.document.id for hit in result.hits} == {"A1", "A2", "A5"}
        assert result.undated == 1
    assert library.search("boron published:1990..", 50).undated == 1
    assert library.search("boron AND published:1990..", 50).undated == 0


def test_words_decide_the_order_and_words_after_not_do_not(library):
    asked = library.search("nickel cathode party:shared", 50)
    assert asked.hits == library.search("nickel cathode", 50, Filters(party=["shared"])).hits
    assert asked.understood == "party:shared; ranked by: nickel cathode"
    assert parse_query("boron NOT nickel* (coat* OR the)").words == "boron coat the"


def test_a_condition_alone_lists_documents_by_id(library):
    result = library.search("party:shared", 2)
    assert [(h.document.id, h.score) for h in result.hits] == [("A1", 1.0), ("A2", 1.0)]
    assert (result.matching, result.searched) == (4, 6)


def test_sections_of_the_filter_hold_for_words_too(assistant: Assistant):
    everywhere = assistant.search("boron AND residual", 50)
    claimed = assistant.search("boron AND residual", 50, Filters(section=["claims"]))
    assert claimed.matching < everywhere.matching
    assert {p.section for hit in claimed.hits for p in hit.passages} <= {"claims"}
    nowhere = assistant.search("abstract:boron", 50, Filters(section=["claims"]))
    assert nowhere.hits == ()


PROSE = (
    "FEC (fluoroethylene carbonate): what does it do?",
    "Abstract: A cell with EC:DMC 1:1 and a ratio Ni:Co:Mn of 8:1:1",
    "CATHODE ACTIVE MATERIAL AND METHOD FOR PREPARING THE SAME (AS FILED)",
    'a 5" wafer and a 6" wafer',
    "1) boron 2) alumina, of this kind: a powder; 5*10 nm **bold**",
    "see http://example.org/a?b=c and title : x",
    "'; DROP TABLE documents; -- [a-z]+(?:x)\\",
)


@pytest.mark.parametrize("query", PROSE)
def test_pasted_sentences_are_just_words(library, query):
    assert parse_query(query) is None
    assert library.search(query, 9) == library.search(query, 9, options=SearchOptions(syntax=False))


def test_long_queries_are_cheap_and_stated(library):
    started = time.monotonic()
    for piece in (
        "(", ")", '"', "a(", "a(b)", "NOT ", "x AND ", "word ", "a", "*", "title:", "🔋 ", "a*",
        '"a" ', "(a OR ", "양",
    ):  # fmt: skip
        text = (piece * 100_000)[:100_000]
        for query in (text, f'"boron" {text}'):
            error = mistake(query)
            assert error is None or (error.position is not None and len(str(error)) < 400)
    assert time.monotonic() - started < 30
    with pytest.raises(BadQuery, match="nested more than 50 deep"):
        parse_query("NOT (" * 60 + "a" + ")" * 60)
    with pytest.raises(BadQuery, match="more than 300 terms"):
        parse_query(" AND ".join(["a"] * 301))


def test_a_wildcard_for_too_many_words_is_a_stated_error(tmp_path):
    text = " ".join(f"coat{i}x" for i in range(1100))
    (tmp_path / "a.jsonl").write_text(json.dumps({"_id": "x", "title": "t", "text": text}))
    ingest(tmp_path / "lib", [tmp_path / "a.jsonl"], encoder=LetterEncoder())
    library = Library.open(tmp_path / "lib", LetterEncoder())
    with pytest.raises(BadQuery, match=r"at character 7 .*coat\* stands for more than 1,000 words"):
        library.search("x AND coat*")
    assert found(library, "coat10*") == {"x"}


def _rows(heading: str) -> list[tuple[str, str]]:
    """The two columns of the table below a heading of docs/search.md."""
    text = (ROOT / "docs" / "search.md").read_text(encoding="utf-8")
    table = text.split(f"| query | {heading} |\n|---|---|\n")[1].split("\n\n")[0]
    return [re.fullmatch(r"\| `(.*?)` \| (.*) \|", line).groups() for line in table.splitlines()]


@pytest.mark.parametrize(("query", "finds"), _rows("finds"))
def test_examples_of_the_documentation(assistant: Assistant, query, finds):
    result = assistant.search(query, 50)
    assert result.understood
    assert {hit.document.number for hit in result.hits} == set(finds.split(", "))


@pytest.mark.parametrize(("query", "message"), _rows("error"))
def test_mistakes_of_the_documentation(query, message):
    with pytest.raises(BadQuery) as caught:
        parse_query(query)
    assert str(caught.value).startswith(message)


def test_files_and_documents_are_never_parsed(assistant: Assistant):
    text = '"boron oxide" AND'
    assert assistant.search(text, 3, options=SearchOptions(syntax=False)).understood is None
    with pytest.raises(BadQuery):
        assistant.search(text, 3)
    assert assistant.ask('What is "boron oxide" AND').status
    assert assistant.search_like("EP9900214A1", 3).understood is None
