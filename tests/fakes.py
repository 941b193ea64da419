"""Stand-ins that can be computed by hand. Public classes, never patches."""

from __future__ import annotations

import string
from collections.abc import Sequence

import numpy as np

from index.encoder import Vectors


class LetterEncoder:
    """A text's vector counts its letters a to z, scaled to length 1; a token is a word.

    The cosine of "ab" and "a" is therefore 1/sqrt(2).
    """

    dimension = len(string.ascii_lowercase)

    def __init__(self, name: str = "letters", window: int = 40) -> None:
        self.name = name
        self.fingerprint = f"{name}-{window}"
        self.window = window
        self.encoded: list[str] = []

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        return [len(text.split()) for text in texts]

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        self.encoded += texts
        return np.array([self._vector(text) for text in texts], np.float32).reshape(-1, 26)

    def encode_query(self, text: str) -> Vectors:
        return self._vector(text)

    def reads(self, text: str) -> bool:
        return any(character in string.ascii_letters for character in text)

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        return np.array([self._vector(text) for text in texts], np.float32)

    def _vector(self, text: str) -> Vectors:
        counts = np.array([text.lower().count(c) for c in string.ascii_lowercase], np.float32)
        length = np.linalg.norm(counts)
        return counts / length if length else counts
