"""Let a cross-encoder read the query beside the best passages. Off unless a model is named.

The one that could be tried gained nothing (benchmarks/ranking.md), so it is bounded and blended:
ten pairs, three tenths of the order, and never for a query that is too long for it.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, Protocol

import numpy as np

from index.errors import NoEncoder
from index.fuse import Scores, weighted_sum
from index.profiles import NO_RERANKER, model_folder
from index.quiet import quiet_models
from index.rank import RankedDocument

if TYPE_CHECKING:
    from sentence_transformers import CrossEncoder

# Documents that are read, and the share of what the cross-encoder says of them.
PAIRS, SHARE = 10, 0.3


class Reranker(Protocol):
    """What a search needs of a cross-encoder."""

    @property
    def name(self) -> str:
        """As the user wrote it: a name or a folder."""

    def score(self, query: str, texts: Sequence[str]) -> Scores:
        """How well each text answers the query, higher is better, on any scale."""


class CrossEncoderReranker:
    """A sentence-transformers CrossEncoder, from a folder or by name from the local cache.

    Raises NoEncoder when it is first used and cannot be loaded.
    """

    def __init__(self, name: str) -> None:
        self.name = name
        self._lock = threading.Lock()

    def score(self, query: str, texts: Sequence[str]) -> Scores:
        """How well each text answers the query, (n,)."""
        with self._lock:
            scores = self._model.predict([(query, text) for text in texts], show_progress_bar=False)
        return np.asarray(scores, np.float32).reshape(len(texts), -1)[:, 0]

    @cached_property
    def _model(self) -> CrossEncoder:
        quiet_models()
        from sentence_transformers import CrossEncoder

        try:
            model: CrossEncoder = CrossEncoder(
                str(model_folder(self.name)),
                local_files_only=True,
                trust_remote_code=False,
            )
        except Exception as error:  # Damaged weights raise an error of their own, of no family.
            raise NoEncoder(
                f"the cross-encoder {self.name} cannot be used: {error}; "
                f"`--reranker {NO_RERANKER}` searches without one"
            ) from error
        return model


def blended(ranked: Sequence[RankedDocument], scores: Scores) -> tuple[RankedDocument, ...]:
    """The ranking with its first documents in a new order; none leaves or joins these.

    scores: of the cross-encoder, for the first len(scores) documents. Both are standardised and
    added 0.7 to 0.3. The scores of these documents stay theirs by place, so that they still fall.

    >>> one, two = RankedDocument(1, 0.9, 1, 1), RankedDocument(2, 0.8, 2, 2)
    >>> [(d.key, d.score) for d in blended([one, two], np.float32([0.5, 0.4]))]
    [(1, 0.9), (2, 0.8)]
    """
    first = ranked[: len(scores)]
    mixed = weighted_sum(np.array([d.score for d in first], np.float32), scores, SHARE)
    order = np.argsort(-mixed, kind="stable").tolist()
    moved = [replace(first[i], score=first[place].score) for place, i in enumerate(order)]
    return (*moved, *ranked[len(scores) :])
