"""Models by profile, by name and by folder; their prompts; no code of theirs; comparing them."""

from __future__ import annotations

import itertools
import json
import shutil
import string
from pathlib import Path

import numpy as np
import pytest

import app
from fakes import LetterEncoder
from index import SentenceEncoder
from index.errors import NoEncoder
from index.evaluate import MEASURES, Models, evaluate
from index.paired import compare
from index.profiles import PROFILES
from index.rerank import CrossEncoderReranker

_BERT = {
    "vocab_size": 40, "hidden_size": 16, "num_hidden_layers": 1, "num_attention_heads": 2,
    "intermediate_size": 16, "initializer_range": 1.0, "max_position_embeddings": 32,
}  # fmt: skip
_WORDS = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", ":", "query", "passage", *string.ascii_lowercase]


@pytest.fixture(scope="session")
def models(tmp_path_factory) -> Path:
    """A folder of models with the profiles' names: random weights, small and deterministic."""
    import torch
    from safetensors.torch import load_file
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Pooling, Transformer
    from transformers import (
        BertConfig,
        BertForSequenceClassification,
        BertModel,
        BertTokenizerFast,
    )

    root = tmp_path_factory.mktemp("models")
    bare = root / "bare"
    bare.mkdir()
    (bare / "vocab.txt").write_text("\n".join(_WORDS))
    tokenizer = BertTokenizerFast(str(bare / "vocab.txt"))
    torch.manual_seed(1)
    BertModel(BertConfig(**_BERT)).save_pretrained(bare)
    tokenizer.save_pretrained(bare)
    body = Transformer(str(bare), max_seq_length=20)
    model = SentenceTransformer(modules=[body, Pooling(16, pooling_mode="mean")])
    for name in ("BAAI/bge-m3", "multilingual-e5-base"):
        model.save(str(root / name))
    # As it is published: weights in the older format, which is a pickle.
    weights = root / "BAAI/bge-m3" / "model.safetensors"
    torch.save(load_file(weights), weights.with_name("pytorch_model.bin"))
    weights.unlink()
    model.prompts = {"query": "query: a b c ", "document": ""}
    model.save(str(root / "Qwen3-Embedding-0.6B"))
    reranker = root / "bge-reranker-v2-m3"
    BertForSequenceClassification(BertConfig(**_BERT, num_labels=1)).save_pretrained(reranker)
    tokenizer.save_pretrained(reranker)
    return root


@pytest.fixture
def there(models, monkeypatch) -> Path:
    monkeypatch.setenv("PRIOR_ART_MODELS", str(models))
    return models


def raw(folder: Path, text: str) -> np.ndarray:
    from sentence_transformers import SentenceTransformer

    vector = SentenceTransformer(str(folder)).encode(text, prompt="")
    return vector / np.linalg.norm(vector)


def test_a_profile_is_found_in_the_folder_of_models_under_its_models_name(there):
    for profile, folder in (("multilingual", "BAAI/bge-m3"), ("best", "Qwen3-Embedding-0.6B")):
        encoder = SentenceEncoder(profile)
        assert encoder.name == PROFILES[profile].encoder
        assert encoder.folder == (there / folder).resolve()
        assert encoder.encode_passages(["a b"]).shape == (1, 16)
        reranker = PROFILES[profile].reranker
        assert reranker is not None
        assert CrossEncoderReranker(reranker).score("a", ["b", "c d"]).shape == (2,)
    assert SentenceEncoder("offline").dimension == 384


def test_prompts_are_the_models_own_or_those_it_was_trained_with(there):
    asked, said = "a b d", "c d"
    for name, folder, query, passage in (
        ("multilingual", "BAAI/bge-m3", "", ""),
        ("best", "Qwen3-Embedding-0.6B", "query: a b c ", ""),
        ("intfloat/multilingual-e5-base", "multilingual-e5-base", "query: ", "passage: "),
    ):
        encoder = SentenceEncoder(name)
        np.testing.assert_allclose(
            encoder.encode_query(asked), raw(there / folder, query + asked), atol=1e-5
        )
        np.testing.assert_allclose(
            encoder.encode_passages([said])[0], raw(there / folder, passage + said), atol=0.02
        )
        longest = max(encoder.count_tokens([query, passage]))
        assert encoder.window == 20 - 2 - longest
    same_files = [
        SentenceEncoder(str(there / name)) for name in ("BAAI/bge-m3", "multilingual-e5-base")
    ]
    assert len({encoder.fingerprint for encoder in same_files}) == 2


def test_a_model_that_is_not_here_is_told_how_to_get(there, monkeypatch):
    monkeypatch.delenv("PRIOR_ART_MODELS")
    with pytest.raises(NoEncoder, match=r"hf download BAAI/bge-m3 --local-dir.*PRIOR_ART_MODELS"):
        SentenceEncoder("multilingual").encode_query("a")
    with pytest.raises(NoEncoder, match=r"hf download BAAI/bge-reranker.*--reranker none"):
        CrossEncoderReranker("BAAI/bge-reranker-v2-m3").score("a", ["b"])


def test_code_that_a_model_brings_along_is_not_run(there, tmp_path):
    model = tmp_path / "model"
    shutil.copytree(there / "BAAI/bge-m3", model)
    (model / "custom.py").write_text(f"open({str(tmp_path / 'ran')!r}, 'w')\nclass M: pass\n")
    modules = json.loads((model / "modules.json").read_text())
    modules[0]["type"] = "custom.M"
    (model / "modules.json").write_text(json.dumps(modules))
    with pytest.raises(NoEncoder, match="trust_remote_code"):
        SentenceEncoder(str(model)).encode_query("a")
    assert not (tmp_path / "ran").exists()


def run(capsys, *arguments: object) -> tuple[int, dict, str]:
    status = app.main([str(argument) for argument in arguments])
    out, err = capsys.readouterr()
    return status, json.loads(out) if out else {}, err


def test_one_word_changes_the_models_of_a_library(there, tmp_path, capsys, monkeypatch):
    folder = tmp_path / "reports"
    folder.mkdir()
    (folder / "a.md").write_text(
        "# A\n\na b c d e f g h i j k l m n o p q r s t u v w x y z a b.\n"
    )
    (folder / "b.md").write_text("# B\n\nk l m.\n")
    index = ("--index", tmp_path / "lib", "--json")
    assert run(capsys, "ingest", folder, *index)[0] == 0
    monkeypatch.setenv("PRIOR_ART_ENCODER", "multilingual")
    status, _, err = run(capsys, "search", "k l m", *index)
    assert status == 1
    assert "reembed --encoder BAAI/bge-m3" in err
    status, report, _ = run(capsys, "reembed", *index)
    assert (status, report["encoder"], report["encoded"]) == (0, "BAAI/bge-m3", 2)
    assert report["kept"] == ["all-MiniLM-L6-v2"]
    with_both = run(capsys, "search", "k l m", *index)[1]
    without = run(capsys, "search", "k l m", "--reranker", "none", *index)[1]
    assert with_both["fingerprint"] != without["fingerprint"]
    monkeypatch.delenv("PRIOR_ART_ENCODER")
    alone = run(capsys, "search", "k l m", *index)[1]
    assert alone["fingerprint"] == without["fingerprint"]
    assert run(capsys, "doctor", *index)[1]["ok"]
    assert run(capsys, "reembed", *index)[0] == 2
    back = run(capsys, "reembed", "--encoder", "offline", "--drop-old", *index)[1]
    assert (back["encoded"], back["dropped"]) == (0, ["BAAI/bge-m3"])


class ConstantEncoder(LetterEncoder):
    """Cannot tell texts apart."""

    def _vector(self, text):
        return np.eye(26, dtype=np.float32)[0]


def test_encoders_are_compared_query_by_query(tmp_path):
    words = ["abc", "def", "ghi", "jkl", "mno", "pqr", "stu", "vwx"]
    corpus = [{"_id": f"d{i}", "title": "", "text": word} for i, word in enumerate(words)]
    queries = [{"_id": f"q{i}", "text": word[:2]} for i, word in enumerate(words)]
    (tmp_path / "corpus.jsonl").write_text("\n".join(map(json.dumps, corpus)))
    (tmp_path / "queries.jsonl").write_text("\n".join(map(json.dumps, queries)))
    qrels = [f"q{i}\td{i}\t1" for i in range(len(words))]
    (tmp_path / "qrels.tsv").write_text("\n".join(["query-id\tcorpus-id\tscore", *qrels]))
    first, other = LetterEncoder(), ConstantEncoder("constant")
    found = evaluate(tmp_path, encoder=first, against=[Models(other)])
    assert len(first.encoded) == len(other.encoded) == len(words)
    result = found.to_dict()
    assert result.keys() >= {"dataset", "documents", "queries", "seconds", "default", "systems"}
    assert result["encoder"] == "letters"
    (entry,) = result["others"]
    assert (entry["encoder"], entry["reranker"]) == ("constant", None)
    assert entry["systems"].keys() == entry["paired"].keys() == result["systems"].keys()
    gain = entry["paired"]["dense"]["mrr"]
    assert gain["gain"] == pytest.approx(
        entry["systems"]["dense"]["mrr"] - result["systems"]["dense"]["mrr"], abs=2e-4
    )
    assert (gain["better"], gain["worse"]) == (0, 7)
    assert gain["ci95"][1] < 0
    assert gain["p"] < 0.05
    assert entry["paired"]["bm25"]["mrr"]["p"] == 1
    assert set(entry["paired"]["dense"]) == set(MEASURES)


def test_the_paired_test_agrees_with_all_possible_signs():
    first = np.array([0.1, 0.5, 0.3, 0.9, 0.2, 0.4, 0.6, 0.5])
    other = np.array([0.4, 0.6, 0.2, 1.0, 0.5, 0.3, 0.9, 0.5])
    gains = (other - first)[:7]
    means = [abs(np.mean(gains * signs)) for signs in itertools.product((-1, 1), repeat=7)]
    exact = np.mean([mean >= gains.mean() - 1e-12 for mean in means])
    found = compare(first, other)
    assert found.p == pytest.approx(exact, abs=0.01)
    assert found.gain == pytest.approx((other - first).mean(), abs=1e-4)
    assert (found.better, found.worse) == (5, 2)
