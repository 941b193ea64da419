"""The candidates of both engines to one ranking of documents."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.catalog import Ids
from index.encoder import Vectors
from index.fuse import Scores, best_of, spread, weighted_sum
from index.smooth import POOL, smooth

# Neighbours that are named as having raised a document.
_NAMED = 3


@dataclass(frozen=True)
class Candidates:
    """Passages that an engine proposes, and their documents' keys; all arrays are as long.

    Attributes:
        meaning: cosines with the query; None where the vectors were not asked.
        near: whether the vectors proposed the passage, or only its words did.
        words: BM25 scores, 0 where the words did not propose it; None where they were not asked.
        met: what each of the query's numeric conditions adds, (passages, conditions), in standard
            deviations of an engine's scores; below 0 where the passage says another range.
    """

    keys: Ids
    documents: Ids
    meaning: Scores | None
    near: NDArray[np.bool_]
    words: Scores | None
    met: Scores

    def passage_scores(self) -> Scores:
        """One score for each passage; of both engines, 0 to 1."""
        if self.meaning is not None and self.words is not None:
            return spread(weighted_sum(self.meaning, self.words) + _bonus(self.met))
        return _alone(self.meaning, self.words, self.met)


@dataclass(frozen=True)
class RankedDocument:
    """A document in the ranking.

    Attributes:
        key: as in the catalogue. score: higher is better.
        meaning, words: its rank by this engine alone, 1-based; None where that one did not
            propose it.
        neighbours: keys of documents like it that raised its score, the most helpful first.
    """

    key: int
    score: float
    meaning: int | None
    words: int | None
    neighbours: tuple[int, ...] = ()


def rank_documents(
    found: Candidates,
    ids: Mapping[int, str],
    vectors: Callable[[Ids], Vectors],
    share: float,
) -> tuple[RankedDocument, ...]:
    """All documents of the candidates, best first, ties by id.

    A document has the best cosine and the best BM25 score of its passages, whichever passages
    these are; their weighted sum is its score. ids: by document key. vectors: of passages by key.
    share: of the neighbours in a score (index.smooth), where both engines were asked.
    """
    documents = sorted(set(found.documents.tolist()), key=lambda key: ids[key])
    place = {key: i for i, key in enumerate(documents)}
    places = np.array([place[key] for key in found.documents.tolist()], np.int64)
    size = len(documents)
    meaning = None if found.meaning is None else best_of(found.meaning, places, size, -1.0)
    words = None if found.words is None else best_of(found.words, places, size, 0.0)
    met = _of_documents(found.met, places, size)
    neighbours: dict[int, tuple[int, ...]] = {}
    if found.meaning is not None and meaning is not None and words is not None:
        scores = weighted_sum(meaning, words) + _bonus(met)
        best = _best_passages(found.meaning, places, size)
        pool = np.argsort(-scores, kind="stable")[:POOL]
        if share > 0:
            scores[pool], near, parts = smooth(scores[pool], vectors(found.keys[best[pool]]), share)
            neighbours = _helpers(documents, pool, near, parts)
        scores = spread(scores)
    else:
        scores = _alone(meaning, words, met)
    nearby = best_of(found.near.astype(np.float32), places, size, 0.0) > 0
    by_meaning = {} if meaning is None else _ranks(meaning, nearby)
    by_words = {} if words is None else _ranks(words, words > 0)
    return tuple(
        RankedDocument(
            documents[i], float(scores[i]), by_meaning.get(i), by_words.get(i),
            neighbours.get(i, ()),
        )
        for i in np.argsort(-scores, kind="stable").tolist()
    )  # fmt: skip


def _of_documents(met: Scores, places: NDArray[np.int64], size: int) -> Scores:
    """What conditions add to documents: of the passage that meets each best, if any meets it."""
    best = np.full((size, met.shape[1]), -np.inf, np.float32)
    np.maximum.at(best, places, met)
    worst = np.full((size, met.shape[1]), np.inf, np.float32)
    np.minimum.at(worst, places, met)
    result: Scores = np.where(best > 0, best, worst)
    return result


def _bonus(met: Scores) -> Scores:
    """What meeting the query's conditions adds to a score, (n,). met: (n, conditions)."""
    total: Scores = met.sum(axis=1, dtype=np.float32)
    return total


def _alone(meaning: Scores | None, words: Scores | None, met: Scores) -> Scores:
    """The scores of the only engine that was asked, raised where conditions are met."""
    alone = meaning if words is None else words
    if alone is None or not alone.size:
        return np.empty(0, np.float32)
    raised: Scores = alone + _bonus(met) * alone.std()
    return raised


def _best_passages(scores: Scores, places: NDArray[np.int64], size: int) -> NDArray[np.int64]:
    """Index of each document's best passage; the first one of equals."""
    best = np.zeros(size, np.int64)
    order = np.argsort(-scores, kind="stable")[::-1]
    best[places[order]] = order
    return best


def _helpers(
    documents: list[int], pool: NDArray[np.int64], near: NDArray[np.int64], parts: Scores
) -> dict[int, tuple[int, ...]]:
    helpers = {}
    for row, place in enumerate(pool.tolist()):
        order = np.argsort(-parts[row], kind="stable")[:_NAMED]
        some = [documents[pool[near[row, i]]] for i in order.tolist() if parts[row, i] > 0]
        helpers[place] = tuple(some)
    return helpers


def _ranks(scores: Scores, proposed: NDArray[np.bool_]) -> dict[int, int]:
    order = np.argsort(-scores, kind="stable")
    return {place: rank for rank, place in enumerate(order[proposed[order]].tolist(), start=1)}
