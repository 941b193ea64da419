"""Marked documents move the ranking of the others, and nothing that a filter keeps out does."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from fakes import LetterEncoder
from index import Filters, Library, SearchOptions, ingest
from index.errors import BadQuery
from index.marks import MOST_MARKS

# Of three subjects; all speak of a cell, and each subject's letters are its own.
_SUBJECTS = {"zinc": "zinc zizz iczi", "lead": "lead dale dead", "moss": "moss soms mosso"}


def record(name: str, text: str, **facts: str) -> dict:
    return {"_id": name, "title": "cell", "text": text, "metadata": facts}


def library_of(folder: Path, records: list[dict]) -> Library:
    folder.mkdir(exist_ok=True)
    path = folder / "corpus.jsonl"
    path.write_text("\n".join(json.dumps(r) for r in records))
    encoder = LetterEncoder()
    ingest(folder / "library", [path], encoder=encoder)
    return Library.open(folder / "library", encoder)


@pytest.fixture(scope="module")
def library(tmp_path_factory):
    """Four documents of each subject; dates by subject, so that filters tell them apart."""
    records = [
        record(
            f"{subject}{i}",
            f"cell {words} {subject}{i} part{i}",
            **{"Publication Date": f"{year}-01-0{i}"},
        )
        for year, (subject, words) in enumerate(_SUBJECTS.items(), start=2001)
        for i in range(1, 5)
    ]
    return library_of(tmp_path_factory.mktemp("marks"), records)


def ranking(result) -> list[str]:
    return [hit.document.id for hit in result.hits]


def places(result, subject: str, besides: str = "") -> list[int]:
    """Places of a subject's documents among all but one."""
    rest = [name for name in ranking(result) if name != besides]
    return [i for i, name in enumerate(rest) if name.startswith(subject)]


@pytest.mark.parametrize("system", ["hybrid", "dense", "bm25"])
@pytest.mark.parametrize("subject", list(_SUBJECTS))
def test_what_is_like_a_relevant_document_rises(library, system, subject):
    marked = f"{subject}3"
    options = SearchOptions(system, relevant=(marked,))
    result = library.search("cell", 12, options=options)
    assert places(result, subject, marked) == [0, 1, 2]
    assert len(result.hits) == 12
    assert result.feedback.relevant == (marked,)
    assert result.feedback.meaning == (system != "bm25")
    assert bool(result.feedback.terms) == (system != "dense")


def test_what_is_like_a_document_that_is_not_relevant_sinks(library):
    # Every moss is a little nearer to this query than every zinc, until one moss is marked.
    plain = library.search("cell zinc moss", 12)
    assert (places(plain, "moss"), places(plain, "zinc")) == ([0, 1, 2, 3], [4, 5, 6, 7])
    options = SearchOptions(not_relevant=("moss2",))
    result = library.search("cell zinc moss", 12, options=options)
    assert places(result, "zinc") == [0, 1, 2, 3]
    assert places(result, "moss") == [4, 5, 6, 11]
    assert result.feedback.terms == ()


@pytest.mark.parametrize("system", ["hybrid", "dense", "bm25"])
@pytest.mark.parametrize("k", [12, 3])
def test_a_document_that_is_not_relevant_comes_last(library, system, k):
    options = SearchOptions(system, not_relevant=("lead2", "moss1"))
    result = library.search("cell lead", k, options=options)
    if k == 12:
        assert set(ranking(result)[-2:]) == {"lead2", "moss1"}
    else:
        assert not {"lead2", "moss1"} & set(ranking(result))
    scores = [hit.score for hit in result.hits]
    assert scores == sorted(scores, reverse=True)
    # Words cannot be taken from a query; the result says which engine was moved.
    assert result.feedback.meaning == (system != "bm25")


def test_the_mark_of_a_folded_hit_is_the_mark_of_its_family(tmp_path):
    same = {"Earliest Priority Date": "2015-01-05", "Priority Numbers": "KR 20150000001 A"}
    records = [
        record("a", "cell zinc", **same),
        record("b", "cell zinc", **same),
        record("c", "cell moss moss moss"),
    ]
    library = library_of(tmp_path, records)
    assert library.family("a") == ("a", "b")
    marks = {"not_relevant": ("a",)}
    assert ranking(library.search("zinc", options=SearchOptions())) == ["a", "c"]
    folded = library.search("zinc", options=SearchOptions(**marks))
    assert [(hit.document.id, len(hit.members)) for hit in folded.hits] == [("c", 0), ("a", 1)]
    apart = library.search("zinc", options=SearchOptions(**marks, fold_families=False))
    assert ranking(apart) == ["b", "c", "a"]
    both = library.search("zinc", options=SearchOptions(**marks, relevant=("b",)))
    assert ranking(both) == ["a", "c"]


def test_the_terms_are_shown_as_written_with_their_weights(library):
    terms = library.search("cell", 12, options=SearchOptions(relevant=("lead1",))).feedback.terms
    words = [word for word, _ in terms]
    assert {"lead", "dale", "dead"} <= set(words)
    # A word of one document only cannot find another.
    assert not {"zinc", "moss", "lead1"} & set(words)
    weights = [weight for _, weight in terms]
    assert weights == sorted(weights, reverse=True)
    assert min(weights) > 0


def test_unmarked_is_as_it_was(library):
    plain = library.search("cell zinc", 12)
    marked = library.search("cell zinc", 12, options=SearchOptions(relevant=["lead1"]))
    assert ranking(marked) != ranking(plain)
    assert plain.to_dict() == library.search("cell zinc", 12, options=SearchOptions()).to_dict()
    assert plain.feedback is None
    assert plain.to_dict()["feedback"] is None
    # Marks that all have no effect leave every score as it was, and are named.
    nothing = library.search("cell zinc", 12, options=SearchOptions(relevant=["nobody"]))
    assert nothing.hits == plain.hits
    assert nothing.to_dict()["feedback"] == {
        "relevant": [], "not_relevant": [], "ignored": ["nobody"], "terms": [], "meaning": False,
    }  # fmt: skip


def test_the_same_marks_give_the_same_ranking(library):
    one = SearchOptions(relevant=("zinc1", "moss2", "lead4", "zinc1"), not_relevant=("lead1",))
    other = SearchOptions(relevant=("lead4", "moss2", "zinc1"), not_relevant=("lead1",))
    first = library.search("cell", 12, options=one)
    assert first.to_dict() == library.search("cell", 12, options=one).to_dict()
    again = library.search("cell", 12, options=other)
    assert [(h.document.id, h.score) for h in again.hits] == [
        (h.document.id, h.score) for h in first.hits
    ]


@pytest.mark.parametrize("mark", ["relevant", "not_relevant"])
def test_a_document_that_a_filter_keeps_out_neither_appears_nor_teaches(library, mark):
    filters = Filters(after="2001-12-31")  # no zinc
    plain = library.search("cell", 12, filters)
    for outside in ({"exclude": ("zinc1",)}, {"among": ("lead1", "moss1")}):
        options = SearchOptions(**outside, **{mark: ("zinc1",)})
        result = library.search("cell", 12, options=options)
        assert "zinc1" not in ranking(result)
        assert result.feedback.ignored == ("zinc1",)
        assert result.hits == library.search("cell", 12, options=SearchOptions(**outside)).hits
    result = library.search("cell", 12, filters, SearchOptions(**{mark: ("zinc1", "lead1")}))
    only = library.search("cell", 12, filters, SearchOptions(**{mark: ("lead1",)}))
    assert result.hits == only.hits != plain.hits
    assert not any(name.startswith("zinc") for name in ranking(result))
    assert result.feedback.ignored == ("zinc1",)
    assert result.feedback.terms == only.feedback.terms


_APPLICATION = """<?xml version="1.0"?>
<us-patent-application lang="EN"><us-bibliographic-data-application>
<publication-reference><document-id><country>US</country><doc-number>20199900501</doc-number>
<kind>A1</kind><date>20190703</date></document-id></publication-reference>
<invention-title>Cell</invention-title></us-bibliographic-data-application>
<abstract><p>A cell of alpha.</p></abstract>
<claims><claim num="1"><claim-text>A cell of zebra.</claim-text></claim></claims>
</us-patent-application>"""


def test_only_the_sections_that_a_filter_lets_pass_teach(tmp_path):
    (tmp_path / "more").mkdir()
    (tmp_path / "more" / "patent.xml").write_text(_APPLICATION)
    others = [record(f"d{i}", f"cell {word}") for i, word in enumerate(("zebra", "alpha"))]
    library_of(tmp_path, others).close()
    encoder = LetterEncoder()
    ingest(tmp_path / "library", [tmp_path / "more"], encoder=encoder)
    library = Library.open(tmp_path / "library", encoder)
    options = SearchOptions(relevant=("US20199900501A1", "d0"))
    said = {
        section: library.search("cell", 9, Filters(section=[section] if section else ()), options)
        for section in ("abstract", "claims", "body", "")
    }
    words = {
        section: {word for word, _ in result.feedback.terms} & {"alpha", "zebra"}
        for section, result in said.items()
    }
    assert words == {
        "abstract": {"alpha"}, "claims": {"zebra"}, "body": {"zebra"}, "": {"alpha", "zebra"},
    }  # fmt: skip
    # What has nothing in the section is ignored, and named.
    assert said["claims"].feedback.ignored == ("d0",)
    assert said["body"].feedback.ignored == ("US20199900501A1",)


def test_marks_teach_whatever_the_conditions_of_the_query(library):
    marked = SearchOptions(relevant=("lead2",))
    result = library.search("cell NOT part2", 12, options=marked)
    assert "lead2" not in ranking(result)
    assert places(result, "lead") == [0, 1, 2]
    # A query without words to rank by is ranked by the marks alone; nothing is lost.
    before = library.search("published:<2010", 12)
    after = library.search("published:<2010", 12, options=marked)
    assert ranking(before) == sorted(ranking(before))
    assert sorted(ranking(after)) == ranking(before)
    assert places(after, "lead") == [0, 1, 2, 3]


def test_a_query_that_the_encoder_cannot_read_learns_words_only(library):
    result = library.search("양극재", 12, options=SearchOptions(relevant=("lead2",)))
    assert not result.feedback.meaning
    assert all(hit.why.meaning is None for hit in result.hits)
    assert set(ranking(result)[:4]) == {"lead1", "lead2", "lead3", "lead4"}


def test_contradictions_are_errors(library):
    with pytest.raises(BadQuery, match="'zinc1' is marked relevant and not relevant"):
        SearchOptions(relevant=("zinc1",), not_relevant=("lead1", "zinc1"))
    with pytest.raises(BadQuery, match="1,001 documents are marked"):
        SearchOptions(relevant=[str(i) for i in range(MOST_MARKS + 1)])


def test_numbers_are_read_and_one_document_under_two_names_is_a_contradiction(tmp_path):
    records = [
        record("a", "cell zinc", **{"Publication Number": "US 10,000,001 B2"}),
        record("b", "cell zinc zinc", **{"Publication Number": "US 10,000,002 B2"}),
        record("c", "cell moss", **{"Publication Number": "US 10,000,003 B2"}),
    ]
    library = library_of(tmp_path, records)
    number = library.document("a").facts.number
    assert number is not None
    assert library.search("cell", options=SearchOptions(relevant=(number,))).feedback.relevant == (
        "a",
    )
    with pytest.raises(BadQuery, match="'a', which is 'US"):
        library.search("cell", options=SearchOptions(relevant=("a",), not_relevant=(number,)))
    # Of a document that is kept out, not even that is told.
    options = SearchOptions(relevant=("a",), not_relevant=(number,), exclude=("a",))
    assert library.search("cell", options=options).feedback.ignored == ("a", number)
