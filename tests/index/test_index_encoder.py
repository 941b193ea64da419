"""The sentence-transformers encoder: packaged, from a folder, in several threads."""

from __future__ import annotations

import shutil
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from index import SentenceEncoder
from index.errors import NoEncoder


@pytest.fixture(scope="module")
def packaged() -> SentenceEncoder:
    return SentenceEncoder()


def test_vectors_have_length_one_and_like_texts_are_near(packaged):
    vectors = packaged.encode_passages(["boron coated cathode", "football match", ""])
    assert vectors.shape == (3, 384)
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, rtol=1e-5)
    query = packaged.encode_query("cathode with boron coating")
    assert float(vectors[0] @ query) > 0.8 > 0.2 > float(vectors[1] @ query)


def test_a_folder_with_the_same_files_is_the_same_encoder(packaged, tmp_path):
    shutil.copytree(packaged.folder, tmp_path / "model")
    copy = SentenceEncoder(str(tmp_path / "model"))
    assert copy.fingerprint == packaged.fingerprint
    np.testing.assert_allclose(
        copy.encode_query("anode"), packaged.encode_query("anode"), atol=1e-6
    )
    (tmp_path / "model" / "vocab.txt").write_text("changed")
    assert SentenceEncoder(str(tmp_path / "model")).fingerprint != packaged.fingerprint


def test_unknown_names_and_empty_folders_are_clear_errors(tmp_path):
    with pytest.raises(NoEncoder, match="no model of that name"):
        SentenceEncoder("nobody/no-such-model").encode_query("x")
    with pytest.raises(NoEncoder, match="not a sentence-transformers model"):
        SentenceEncoder(str(tmp_path)).encode_query("x")


def test_threads_take_turns(packaged):
    texts = [f"question number {i} about electrodes" for i in range(40)]
    alone = [packaged.encode_query(text) for text in texts]
    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(packaged.encode_query, texts))
    np.testing.assert_allclose(np.array(together), np.array(alone), atol=1e-5)


def test_tokens_are_the_encoders_own(packaged):
    assert packaged.window == 254
    assert packaged.count_tokens(["a b c", "the cell"]) == [3, 2]
