"""Ask both engines for passages. Neither knows the other; what they find is only put together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from index.catalog import Ids
from index.encoder import Vectors
from index.filters import Scope
from index.fuse import Scores
from index.group import Owner
from index.long_query import merge_parts
from index.rank import Candidates
from index.vectors import VectorIndex
from index.words import Allowed, Words

# Passages taken for each part of a long query, at least.
_PER_PART = 200


@dataclass(frozen=True)
class Prepared:
    """A query made ready for the engines; None for one that is not to be asked.

    weights: by term. vectors: one row for each part of the query, (parts, dimension).
    """

    weights: Mapping[str, float] | None
    vectors: Vectors | None


@dataclass(frozen=True)
class Engines:
    """The two engines of a library."""

    words: Words
    vectors: VectorIndex

    def propose(self, asked: Prepared, scope: Scope, count: int) -> Candidates:
        """The best passages of each engine, `count` or a little more, their documents unknown.

        Every candidate has its exact cosine, also where only the words proposed it.
        """
        keys, near = np.empty(0, np.int64), np.empty(0, np.int64)
        words: Scores | None = None
        by_words: dict[int, float] = {}
        if asked.weights is not None:
            allowed = Allowed(scope.document_keys, scope.sections)
            keys, scores = self.words.search(asked.weights, count, allowed)
            by_words = dict(zip(keys.tolist(), scores.tolist(), strict=True))
        if asked.vectors is not None:
            near = self._near(asked.vectors, scope, count)
        keys = np.union1d(keys, near)
        if asked.weights is not None:
            words = np.array([by_words.get(key, 0.0) for key in keys.tolist()], np.float32)
        meaning = None
        if asked.vectors is not None:
            meaning = merge_parts(self.vectors.vectors(keys) @ asked.vectors.T)
        documents = np.zeros(keys.size, np.int64)
        return Candidates(keys, documents, meaning, np.isin(keys, near), words)

    def _near(self, parts: Vectors, scope: Scope, count: int) -> Ids:
        each = max(count // len(parts), min(count, _PER_PART))
        found = [self.vectors.search(part, each, scope.passage_keys)[0] for part in parts]
        keys: Ids = np.unique(np.concatenate(found))
        return keys


def owned(found: Candidates, owner_of: Mapping[int, Owner]) -> Candidates:
    """The candidates that the catalogue knows, with their documents."""
    known = np.array([key in owner_of for key in found.keys.tolist()], np.bool_)
    keys = found.keys[known]
    documents = np.array([owner_of[key].key for key in keys.tolist()], np.int64)
    meaning = None if found.meaning is None else found.meaning[known]
    words = None if found.words is None else found.words[known]
    return Candidates(keys, documents, meaning, found.near[known], words)
