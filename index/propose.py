"""Ask both engines for passages. Neither knows the other; what they find is only put together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from index.catalog import Ids
from index.encoder import Vectors
from index.filters import Scope
from index.fuse import Scores
from index.group import Owner
from index.lexical_query import LexicalQuery
from index.long_query import merge_parts
from index.meet import MOST_ADDED
from index.rank import Candidates
from index.vectors import VectorIndex
from index.words import Allowed, Words

# Passages taken for each part of a long query, at least.
_PER_PART = 200


@dataclass(frozen=True)
class Prepared:
    """A query made ready for the engines; None for one that is not to be asked.

    vectors: one row for each part of the query, (parts, dimension). added: passages that are to be
    candidates whatever the engines say, the nearest by meaning of too many. move: what marks add
    to the query's vector, (dimension,); alone where there is none.
    """

    words: LexicalQuery | None
    vectors: Vectors | None
    added: Ids
    move: Vectors | None = None

    def nearness(self, passages: Vectors) -> Scores:
        """How near passages, (n, dimension), are in meaning: cosines; sums of them with marks."""
        near = np.zeros(len(passages), np.float32)
        if self.vectors is not None:
            near = merge_parts(passages @ self.vectors.T)
        return near if self.move is None else near + passages @ self.move

    def directions(self) -> Vectors | None:
        """What the vectors are searched for, (n, dimension): each part, each moved by the marks."""
        if self.move is None:
            return self.vectors
        return self.move[np.newaxis] if self.vectors is None else self.vectors + self.move


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
        added = self._added(asked)
        if asked.words is not None:
            allowed = Allowed(scope.document_keys, scope.sections)
            for only in (None, added) if added.size else (None,):
                found, scores = self.words.search(asked.words, count, replace(allowed, keys=only))
                by_words |= dict(zip(found.tolist(), scores.tolist(), strict=True))
            keys = np.array(sorted(by_words), np.int64)
        directions = asked.directions()
        if directions is not None:
            near = self._near(directions, scope, count)
        keys = np.union1d(np.union1d(keys, near), added)
        if asked.words is not None:
            words = np.array([by_words.get(key, 0.0) for key in keys.tolist()], np.float32)
        meaning = None if directions is None else asked.nearness(self.vectors.vectors(keys))
        documents = np.zeros(keys.size, np.int64)
        met = np.zeros((keys.size, 0), np.float32)
        return Candidates(keys, documents, meaning, np.isin(keys, near), words, met)

    def _added(self, asked: Prepared) -> Ids:
        keys = asked.added
        if keys.size <= MOST_ADDED:
            return keys
        if asked.directions() is None:
            return keys[:MOST_ADDED]
        order = np.argsort(-asked.nearness(self.vectors.vectors(keys)))
        return np.sort(keys[order[:MOST_ADDED]])

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
    near, met = found.near[known], found.met[known]
    return Candidates(keys, documents, meaning, near, words, met)
