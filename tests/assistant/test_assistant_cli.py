"""The command line as `contract.md` promises it: exit statuses, JSON, errors."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import app
from index import Library

DOCUMENT = {
    "id", "kind", "number", "title", "parties", "priority_date", "filing_date",
    "publication_date", "cpc", "family", "label", "language", "source",
}  # fmt: skip
PASSAGE = {
    "id", "section", "heading", "text", "claim", "paragraph", "first_page", "last_page", "score",
}  # fmt: skip
CITATION = {
    "key", "document_id", "number", "title", "passage_id", "quote", "section", "claim",
    "paragraph", "page",
}  # fmt: skip


def run(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str, str]:
    status = app.main([str(argument) for argument in arguments])
    out, err = capsys.readouterr()
    return status, out, err


def test_search_json_has_every_key(capsys, sample_library):
    status, out, _ = run(
        capsys, "--index", sample_library, "search", "boron oxide coating", "-k", 3, "--json"
    )
    result = json.loads(out)
    assert status == 0
    assert result.keys() >= {"query", "filters", "fingerprint", "undated", "hits"}
    assert [hit["rank"] for hit in result["hits"]] == [1, 2, 3]
    for hit in result["hits"]:
        assert hit.keys() >= {"rank", "score", "document", "passages", "members"}
        assert hit["document"].keys() >= DOCUMENT
        assert all(passage.keys() >= PASSAGE for passage in hit["passages"])
    family = next(hit for hit in result["hits"] if hit["members"])
    numbers = {family["document"]["number"], *(m["number"] for m in family["members"])}
    assert numbers == {"EP9900214A1", "US20179900214A1", "US99100214B2"}


def test_ask_json_is_verbatim_and_cited(capsys, sample_library):
    question = "May the second rest in formation be left out?"
    status, out, _ = run(capsys, "ask", question, "--index", sample_library, "--json")
    answer = json.loads(out)
    assert (status, answer["status"], answer["reason"]) == (0, "answered", None)
    library = Library.open(sample_library)
    for statement in answer["statements"]:
        assert statement["citations"]
        for citation in statement["citations"]:
            assert citation.keys() == CITATION
            assert citation["quote"] in library.document(citation["document_id"]).text
    assert answer["statements"][0]["citations"][0]["number"] == "HCW-R-024"


def test_show_and_list(capsys, sample_library):
    status, out, _ = run(capsys, "--index", sample_library, "show", "us 99,100,214 b2", "--json")
    shown = json.loads(out)
    assert status == 0
    assert shown["document"]["number"] == "US99100214B2"
    assert shown["claims"][0]["number"] == 1
    assert shown["claims"][0]["depends_on"] == []
    assert shown["claims"][1]["depends_on"] == [1]
    assert {"abstract", "sections", "citations"} <= shown.keys()
    status, out, _ = run(capsys, "--index", sample_library, "list", "--json")
    assert len(json.loads(out)["documents"]) == 34
    status, out, _ = run(capsys, "--index", sample_library, "list", "--rejected", "--json")
    assert json.loads(out) == {"rejected": []}


def test_doctor_is_content_with_the_sample(capsys, sample_library):
    status, out, _ = run(capsys, "--index", sample_library, "doctor", "--json")
    diagnosis = json.loads(out)
    assert status == 0
    assert diagnosis["ok"] is True
    assert {"name", "status", "detail", "remedy"} == diagnosis["checks"][0].keys()


def test_doctor_names_the_remedy_where_there_is_nothing(capsys, tmp_path):
    status, out, _ = run(capsys, "--index", tmp_path / "none", "doctor", "--json")
    diagnosis = json.loads(out)
    assert (status, diagnosis["ok"]) == (1, False)
    assert "ingest" in diagnosis["checks"][0]["detail"]


def test_ingest_statuses(capsys, tmp_path, sample_library):
    """0 done, 1 for a missing path, 3 for a rejection under --strict; the rest goes on."""
    good, bad = tmp_path / "good.md", tmp_path / "bad.txt"
    good.write_text("# Wetting\n\nIt took 12 h.\n")
    bad.touch()
    library = tmp_path / "lib"
    status, out, err = run(capsys, "--index", library, "ingest", good, bad, "--json")
    report = json.loads(out)
    assert status == 0
    assert report["added"] == 1
    assert [(r["source"], r["error"]) for r in report["rejected"]] == [(str(bad), "EmptyFile")]
    status, out, err = run(capsys, "--index", library, "ingest", bad, "--strict", "--json")
    assert status == 3
    status, out, err = run(capsys, "--index", library, "ingest", good, tmp_path / "no", "--json")
    assert (status, json.loads(out)["unchanged"]) == (1, 1)
    assert "nothing at" in err


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["ask", " "], "BadQuestion"),
        (["ask", "x" * 100_000], "BadQuestion"),
        (["search", ""], "BadQuery"),
        (["search", "x" * 600_000], "BadQuery"),
        (["search", "cell", "-k", "0"], "BadQuery"),
        (["search", "cell", "--before", "2019"], "BadFilter"),
        (["search", "cell", "--party", " "], "BadFilter"),
        (["search", "--file", "/no/such/file"], "BadInput"),
        (["search", "--like", "US1B1"], "UnknownDocument"),
        (["show", "nothing"], "UnknownDocument"),
    ],
)
def test_stated_errors_exit_with_one(capsys, sample_library, arguments, message):
    status, out, err = run(capsys, "--index", sample_library, *arguments)
    assert (status, out) == (1, "")
    assert message in err


def test_wrong_usage_exits_with_two(capsys, sample_library):
    assert run(capsys, "--index", sample_library, "search")[0] == 2
    assert run(capsys, "--index", sample_library, "search", "cell", "--like", "X")[0] == 2
    with pytest.raises(SystemExit, match="2"):
        run(capsys, "nonsense")


def test_evaluate_measures_every_system(capsys, tmp_path):
    """Two documents, one query, its answer known: every measure is 1, or 0 where nothing fits."""
    (tmp_path / "corpus.jsonl").write_text(
        '{"_id": "a", "title": "", "text": "boron coating of a cathode"}\n'
        '{"_id": "b", "title": "", "text": "a football match"}\n'
        '{"_id": "q", "title": "", "text": "coating with boron"}\n'
    )
    (tmp_path / "queries.jsonl").write_text('{"_id": "q", "text": "coating with boron"}\n')
    (tmp_path / "qrels.tsv").write_text("query-id\tcorpus-id\tscore\nq\ta\t1\n")
    (tmp_path / "exclude_from_results.tsv").write_text("query-id\tcorpus-id\nq\tq\n")
    status, out, _ = run(capsys, "evaluate", tmp_path, "--json")
    result = json.loads(out)
    assert status == 0
    assert (result["documents"], result["queries"]) == (3, 1)
    assert result["default"] in result["systems"]
    assert result["systems"].keys() >= {"bm25", "dense"}
    for scores in result["systems"].values():
        assert [scores[m] for m in ("ndcg@10", "recall@10", "mrr", "map")] == [1, 1, 1, 1]
        assert scores["ci95"]["ndcg@10"] == [1, 1]


def test_file_and_like_are_queries(capsys, sample_library, sample: Path):
    claim = sample / "reports" / "HCW-R-033_lifsi_aluminium_corrosion.md"
    _, out, _ = run(capsys, "--index", sample_library, "search", "--file", claim, "--json", "-k", 1)
    assert json.loads(out)["hits"][0]["document"]["number"] == "HCW-R-033"
    _status, out, _ = run(
        capsys, "--index", sample_library, "search", "--like", "EP9900214A1", "--json"
    )
    found = {hit["document"]["number"] for hit in json.loads(out)["hits"]}
    assert found
    assert not found & {"EP9900214A1", "US20179900214A1", "US99100214B2"}
