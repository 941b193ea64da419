"""Filters are decided before ranking, rankings are merged as stated, hits are grouped."""

from __future__ import annotations

import numpy as np
import pytest

from assistant import Assistant
from fakes import LetterEncoder
from index import Filters, Library, SearchOptions, ingest
from index.encoder_table import StoredEncoder
from index.errors import BadFilter
from index.vectors import VectorIndex


@pytest.fixture
def library(tmp_path):
    """Thirty records: number i is of party P(i mod 3), published in year 2000 + i, or undated."""
    lines = []
    for i in range(30):
        date = f'"Publication Date": "{2000 + i}-06-15", ' if i != 7 else ""
        lines.append(
            f'{{"_id": "US{1000000 + i}B2", "title": "cell", "text": "anode {"swell " * (i + 1)}",'
            f' "metadata": {{{date}"Applicants": "P{i % 3} GmbH;;Solo{i} AG"}}}}'
        )
    (tmp_path / "records.jsonl").write_text("\n".join(lines))
    encoder = LetterEncoder()
    ingest(tmp_path / "lib", [tmp_path / "records.jsonl"], encoder=encoder)
    return Library.open(tmp_path / "lib", encoder)


def numbers(result) -> set[int]:
    return {int(hit.document.number[2:-2]) - 1000000 for hit in result.hits}


@pytest.mark.parametrize("system", ["hybrid", "dense", "bm25"])
def test_a_narrow_filter_gives_all_its_documents_whatever_their_rank(library, system):
    for i in (0, 15, 29):
        result = library.search("swell", 10, Filters(party=[f"solo{i} ag"]), SearchOptions(system))
        assert numbers(result) == {i}
        assert result.searched == 1


def test_dates_are_exclusive_and_the_undated_are_counted(library):
    result = library.search("swell", 30, Filters(after="2003-06-15", before="2006-06-15"))
    assert (numbers(result), result.undated) == ({4, 5}, 1)
    result = library.search("swell", 30, Filters(after="2025-06-15"))
    assert numbers(result) == {26, 27, 28, 29}
    assert library.search("swell", 30, Filters(before="2050-01-01", date="priority")).hits == ()


def test_any_of_one_filter_and_all_of_different_ones(library):
    either = library.search("swell", 30, Filters(party=["p0", "P1"]))
    assert numbers(either) == {i for i in range(30) if i % 3 in (0, 1)}
    both = library.search("swell", 30, Filters(party=["P0"], before="2004-01-01"))
    assert numbers(both) == {0, 3}


def test_a_filter_without_match_gives_nothing(library):
    for filters in (
        Filters(party=["nobody"]), Filters(cpc=["H01M"]), Filters(country=["EP"]),
        Filters(kind=["report"]), Filters(label=["x"]), Filters(section=["claims"]),
    ):  # fmt: skip
        assert library.search("swell", 30, filters).hits == ()


def test_filters_do_not_change_scores_order(library):
    everything = [h.document.id for h in library.search("swell anode", 30).hits]
    some = [h.document.id for h in library.search("swell anode", 30, Filters(party=["P1"])).hits]
    assert some == [d for d in everything if d in set(some)]


def test_the_same_query_gives_the_same_result(library):
    first = library.search("anode swell", 30).to_dict()
    assert library.search("anode swell", 30).to_dict() == first


def test_impossible_filters_are_errors():
    for wrong in (
        {"before": "2019-02-30"}, {"after": "soon"}, {"date": "grant"}, {"kind": ["book"]},
        {"section": ["title"]}, {"cpc": [""]},
    ):  # fmt: skip
        with pytest.raises(BadFilter):
            Filters(**wrong)


def test_vectors_agree_with_numpy_and_never_pad(library):
    index = VectorIndex(StoredEncoder(1, "letters", "letters-40", 26))
    generator = np.random.default_rng(1)
    vectors = generator.normal(size=(50, 26)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    keys = np.arange(100, 150)
    index.add("a", keys[:30], vectors[:30])
    index.add("b", keys[30:], vectors[30:])
    query = vectors[3]
    found, scores = index.search(query, 10)
    expected = np.argsort(-(vectors @ query))[:10]
    assert found.tolist() == (expected + 100).tolist()
    np.testing.assert_allclose(scores, (vectors @ query)[expected], rtol=1e-5)
    few = np.array([105, 149, 7], np.int64)  # 7 is not in the index.
    found, _ = index.search(query, 10, few)
    assert set(found.tolist()) == {105, 149}
    assert index.search(query, 10, np.empty(0, np.int64))[0].size == 0


def test_sections_filter_passages(assistant: Assistant):
    result = assistant.search("boron oxide coating", 10, Filters(section=["claims"]))
    assert result.hits
    assert {p.section for hit in result.hits for p in hit.passages} == {"claims"}


def test_labels_filter_documents(assistant: Assistant):
    result = assistant.search("energy density target", 10, Filters(label=["confidential"]))
    assert [hit.document.number for hit in result.hits] == ["HCW-R-055"]
    assert assistant.search("x", 40, Filters(label=["internal"])).searched == 15


def test_query_longer_than_the_window_is_seen_whole(assistant: Assistant):
    """What is asked stands only at the end, far beyond the encoder's 256 tokens."""
    encoder = assistant.library.encoder
    filler = "the weather in the mountains was mild and the walk was long " * 60
    tail = "busbar weld resistance " * 60
    vector = encoder.encode_query(filler + tail)
    cut = encoder.encode_query(filler)
    busbar = encoder.encode_query("busbar weld resistance")
    assert float(vector @ busbar) > float(cut @ busbar) + 0.1
