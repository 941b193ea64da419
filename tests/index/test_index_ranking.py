"""The ranking does what benchmarks/ranking.md says: weights, documents, neighbours, families."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from fakes import LetterEncoder
from index import Filters, Library, SearchOptions, ingest
from index.collection import load_collection
from index.errors import NoEncoder
from index.evaluate import evaluate, run
from index.long_query import encode_parts, query_parts
from index.rank import Candidates, rank_documents
from index.rerank import CrossEncoderReranker
from index.smooth import smooth
from index.weigh import term_weights


def record(name: str, text: str, title: str = "", **facts: str) -> dict:
    return {"_id": name, "title": title, "text": text, "metadata": facts}


def library_of(folder: Path, *records: dict) -> Library:
    folder.mkdir(exist_ok=True)
    path = folder / "corpus.jsonl"
    path.write_text("\n".join(json.dumps(r) for r in records))
    encoder = LetterEncoder()
    ingest(folder / "library", [path], encoder=encoder)
    return Library.open(folder / "library", encoder)


def test_a_rare_term_counts_more_in_a_long_query_only():
    holding = {f"term{i}": 50 for i in range(30)} | {"rare": 1}
    short = term_weights({"term0": 1, "rare": 1}, holding, 100)
    assert short["rare"] == short["term0"] == 1
    long = term_weights(dict.fromkeys(holding, 1), holding, 100)
    assert long["rare"] > 2 * long["term0"]


def test_documents_lift_those_that_are_like_them():
    vectors = np.eye(4, dtype=np.float32)
    vectors[1] = vectors[0]
    scores = np.float32([1.0, 0.2, 0.6, 0.0])
    smoothed, near, parts = smooth(scores, vectors, 0.5)
    assert smoothed[1] > smoothed[2] > smoothed[3]
    assert near[1, 0] == 0
    assert parts.min() >= 0
    assert smooth(scores, vectors, 0)[0] is scores


def candidates(documents, meaning, words, met=None) -> Candidates:
    size = len(documents)
    return Candidates(
        np.arange(size), np.array(documents), np.float32(meaning), np.ones(size, bool),
        np.float32(words), np.zeros((size, 0), bool) if met is None else np.array(met),
    )  # fmt: skip


def test_meaning_and_words_may_come_from_different_passages_of_a_document():
    # Document 1 has the best cosine in one passage and the best words in another.
    found = candidates([1, 1, 2, 3], [0.9, 0.1, 0.6, 0.2], [0, 8, 5, 1])
    ranked = rank_documents(found, {1: "a", 2: "b", 3: "c"}, lambda keys: np.zeros((3, 2)), 0)
    assert [d.key for d in ranked] == [1, 2, 3]
    assert (ranked[0].meaning, ranked[0].words) == (1, 1)
    assert [round(d.score, 3) for d in (ranked[0], ranked[-1])] == [1, 0]


def test_equal_documents_come_by_id_and_every_time_alike():
    found = candidates([7, 8, 9], [0.5, 0.5, 0.5], [1, 1, 1])
    ids = {7: "c", 8: "a", 9: "b"}
    vectors = np.float32([[1, 0], [1, 0], [1, 0]])
    orders = {
        tuple(d.key for d in rank_documents(found, ids, lambda keys: vectors, 0.3))
        for _ in range(3)
    }
    assert orders == {(8, 9, 7)}


def test_a_long_query_is_cut_where_sentences_end_and_nothing_is_lost():
    encoder = LetterEncoder(window=10)
    text = " ".join(f"Sentence number {word} ends here." for word in "abcdefgh")
    parts = query_parts(text, encoder)
    assert " ".join(parts) == text
    assert all(count <= 10 for count in encoder.count_tokens(parts))
    assert all(part.endswith(".") for part in parts)
    assert encode_parts(text, encoder).shape == (len(parts), 26)
    assert query_parts("short enough", encoder) == ("short enough",)


def test_the_end_of_a_very_long_query_is_searched_too(tmp_path):
    library = library_of(
        tmp_path,
        record("first", "qqq qq qqqq qq"),
        record("last", "zzz zz zzzz zz"),
        *(record(f"other{i}", "eat tea ate tee " * (i + 1)) for i in range(20)),
    )
    filler = "tea eat tee. " * 200
    found = [hit.document.id for hit in library.search(f"{filler} zz zzzz.", 30).hits]
    assert found.index("last") < found.index("first")


@pytest.fixture
def family(tmp_path) -> Library:
    same = {"Earliest Priority Date": "2015-01-05", "Priority Numbers": "KR 20150000001 A"}
    return library_of(
        tmp_path,
        record("US1", "anode swell " * 3, **same, **{"Publication Date": "2018-03-01"}),
        record("US0", "anode swell anode", **same, **{"Publication Date": "2016-03-01"}),
        record("KR1", "음극 팽창 anode swell", **same, **{"Publication Date": "2017-12-01"}),
        record("US9", "anode", **{"Publication Date": "2010-01-01"}),
    )


def test_a_family_is_one_hit_shown_by_its_earliest_text_in_the_querys_language(family):
    for query, shown, listed in (
        ("anode swell", "US0", ["KR1", "US1"]),  # too short to tell its language
        ("음극 팽창", "KR1", ["US0", "US1"]),
    ):
        hits = family.search(query, 10).hits
        members = {h.document.id: [m.id for m in h.members] for h in hits}
        assert members[shown] == listed
        assert members.keys() <= {shown, "US9"}


def test_members_can_be_hits_of_their_own(family):
    hits = family.search("anode swell", 10, options=SearchOptions(fold_families=False)).hits
    assert {h.document.id for h in hits} == {"US0", "US1", "KR1", "US9"}
    assert all(h.members == () for h in hits)


def test_members_that_a_filter_keeps_out_are_not_listed(family):
    hits = family.search("anode swell", 10, Filters(after="2016-01-01")).hits
    assert [(h.document.id, [m.id for m in h.members]) for h in hits] == [("US0", ["KR1", "US1"])]
    hits = family.search(
        "anode swell", 10, options=SearchOptions(exclude=family.family("US1"))
    ).hits
    assert [h.document.id for h in hits] == ["US9"]


def test_a_hit_says_why_it_was_found(tmp_path):
    library = library_of(
        tmp_path,
        record("both", "Coatings of boron"),
        record("letters", "on rob gnitaoc fo"),
        record("neither", "wx wx wx"),
    )
    why = {h.document.id: h.why for h in library.search("Which boron coating?", 10).hits}
    assert why["both"].terms == ("boron", "coating")
    assert why["both"].words == 1
    assert (why["letters"].terms, why["letters"].words) == ((), None)
    assert why["both"].to_dict()["engines"]["meaning"] in (1, 2)
    assert library.search("boron", 1, options=SearchOptions("bm25")).hits[0].why.meaning is None


def write_collection(folder: Path, corpus: list[dict], queries: dict, qrels: list[str]) -> Path:
    folder.mkdir(exist_ok=True)
    (folder / "corpus.jsonl").write_text("\n".join(map(json.dumps, corpus)))
    lines = [json.dumps({"_id": name, "text": text}) for name, text in queries.items()]
    (folder / "queries.jsonl").write_text("\n".join(lines))
    (folder / "qrels.tsv").write_text("query-id\tcorpus-id\tscore\n" + "\n".join(qrels))
    return folder


def test_the_querys_own_document_is_no_candidate_but_a_namesake_is(tmp_path):
    corpus = [record("1", "boron coat on a cathode"), record("2", "boron coating"),
              record("3", "swelling anode")]  # fmt: skip
    queries = {"1": "boron coat on a cathode", "3": "boron coating"}
    folder = write_collection(tmp_path / "set", corpus, queries, ["1\t2\t1", "3\t2\t1"])
    ingest(tmp_path / "lib", [folder / "corpus.jsonl"], encoder=LetterEncoder())
    library = Library.open(tmp_path / "lib", LetterEncoder())
    answers = run(library, load_collection(folder), "hybrid")
    assert set(answers["1"]) == {"2", "3"}
    assert set(answers["3"]) == {"1", "2", "3"}


def test_a_query_without_results_counts_nothing_in_the_mean(tmp_path):
    corpus = [record("a", "boron coating"), record("b", "anode")]
    folder = write_collection(
        tmp_path / "set", corpus, {"q1": "boron", "q2": "xyzzy"}, ["q1\ta\t1", "q2\tb\t1"]
    )
    scores = evaluate(folder, encoder=LetterEncoder()).systems["bm25"]
    assert scores.means["ndcg@10"] == 0.5


@pytest.fixture(scope="session")
def cross_encoder(tmp_path_factory) -> Path:
    """A cross-encoder of random weights, made here: small, deterministic and of no use."""
    import torch
    from transformers import BertConfig, BertForSequenceClassification, BertTokenizerFast

    folder = tmp_path_factory.mktemp("cross-encoder")
    (folder / "vocab.txt").write_text("\n".join(["[PAD]", "[UNK]", "[CLS]", "[SEP]", *"abcdefghi"]))
    torch.manual_seed(3)
    config = BertConfig(
        vocab_size=13, hidden_size=8, num_hidden_layers=1, num_attention_heads=1,
        intermediate_size=8, num_labels=1, initializer_range=1.0,
    )  # fmt: skip
    BertForSequenceClassification(config).save_pretrained(folder)
    BertTokenizerFast(str(folder / "vocab.txt")).save_pretrained(folder)
    return folder


def test_a_cross_encoder_reorders_the_first_ten_only(tmp_path, cross_encoder):
    records = [record(f"d{i:02}", f"{'a ' * (i + 1)}{'b ' * (20 - i)}c") for i in range(15)]
    plain = library_of(tmp_path, *records)
    read = Library.open(
        tmp_path / "library", LetterEncoder(), CrossEncoderReranker(str(cross_encoder))
    )
    before = [h.document.id for h in plain.search("a a a b", 15).hits]
    hits = read.search("a a a b", 15).hits
    after = [h.document.id for h in hits]
    assert after[:10] != before[:10]
    assert set(after[:10]) == set(before[:10])
    assert after[10:] == before[10:]
    assert [h.score for h in hits] == sorted((h.score for h in hits), reverse=True)
    assert [h.document.id for h in read.search("a a a b", 15).hits] == after
    long = "a a a b. " * 40
    assert [h.document.id for h in read.search(long, 15).hits] == [
        h.document.id for h in plain.search(long, 15).hits
    ]
    assert read.fingerprint() != plain.fingerprint()


def test_a_cross_encoder_that_is_none_is_a_stated_error(tmp_path):
    library = library_of(tmp_path, record("a", "boron"))
    library.reranker = CrossEncoderReranker(str(tmp_path))
    with pytest.raises(NoEncoder, match="--reranker"):
        library.search("boron")


def test_a_query_that_the_encoder_cannot_read_is_ranked_by_its_words(tmp_path):
    """The letters of the second document are none, so that its vector says nothing."""
    folder = tmp_path / "reports"
    folder.mkdir()
    (folder / "a.md").write_text("# Alpha\n\nThe anode swells.")
    (folder / "b.md").write_text("# 베타\n\n누설전류가 열전소자에 흐른다.")
    ingest(tmp_path / "lib", [folder], encoder=LetterEncoder())
    library = Library.open(tmp_path / "lib", LetterEncoder())
    (hit,) = library.search("누설전류").hits
    assert hit.document.title == "베타"
    assert (hit.why.words, hit.why.meaning) == (1, None)
    assert library.search("양극재").hits == ()
