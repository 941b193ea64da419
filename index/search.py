"""One search from a query made ready to hits: candidates, ranking, families, reasons."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from index.analysis import query_counts, query_terms
from index.catalog import Catalog
from index.encoder import Vectors
from index.explain import query_words
from index.filters import Scope
from index.fuse import Scores
from index.group import Wanted, best_passages, group_hits, owners
from index.propose import Engines, Prepared, owned
from index.query_scope import unranked
from index.rank import Candidates, RankedDocument, rank_documents
from index.records import Hit
from index.rerank import PAIRS, Reranker, blended
from index.smooth import SHARE
from index.weigh import longness, term_weights
from ingest.language import detect_language

SYSTEMS = ("hybrid", "dense", "bm25")
# Passages taken from each engine before they are merged, at least, and for each hit.
_CANDIDATES, _FOR_EACH = 1000, 5


@dataclass(frozen=True)
class Request:
    """What is searched for, and how.

    Attributes:
        words: the query, empty for one that has conditions only.
        vectors: one row for each of its parts, (parts, dimension); None for "bm25".
        system: one of SYSTEMS. Only "hybrid" weighs terms and lets documents share scores.
        count: hits at most.
        fold_families: one hit for each family.
        reranker: reads the best documents, unless the query is in several parts; None for none.
    """

    words: str
    vectors: Vectors | None
    system: str
    count: int
    fold_families: bool
    reranker: Reranker | None = None

    def depth(self) -> int:
        """Passages to take from each engine."""
        return max(_CANDIDATES, _FOR_EACH * self.count)


def find_hits(catalog: Catalog, engines: Engines, request: Request, seen: Scope) -> tuple[Hit, ...]:
    """The best documents in a scope."""
    weights = _weights(engines, request)
    if request.words:
        prepared = Prepared(weights, request.vectors)
        found = engines.propose(prepared, seen, request.depth())
    else:
        keys, scores = unranked(catalog, seen, request.depth())
        found = Candidates(keys, np.zeros_like(keys), None, np.zeros(keys.size, np.bool_), scores)
    owner_of = owners(catalog, found.keys.tolist())
    found = owned(found, owner_of)
    ids = {owner.key: owner.id for owner in owner_of.values()}
    share = SHARE * (1 - longness(len(weights or ())))
    ranked = rank_documents(found, ids, engines.vectors.vectors, share)
    if request.reranker and request.vectors is not None and len(request.vectors) == 1:
        ranked = blended(ranked, _read(catalog, request.reranker, request.words, ranked, found))
    words = query_words(request.words, weights or {})
    language = detect_language(request.words)
    wanted = Wanted(request.count, request.fold_families, language, words, seen)
    return group_hits(catalog, ranked, found, owner_of, wanted)


def _read(
    catalog: Catalog,
    reranker: Reranker,
    query: str,
    ranked: Sequence[RankedDocument],
    found: Candidates,
) -> Scores:
    """What a cross-encoder says of the best passages of the first documents."""
    best = best_passages(found)
    first = [(d.key, best[d.key][0][0]) for d in ranked[:PAIRS]]
    facts = catalog.facts(key for key, _ in first)
    stored = catalog.passages([key for _, key in first])
    texts = [f"{facts[d].title}\n{stored[p].passage.text}" for d, p in first]
    return reranker.score(query, texts) if texts else np.empty(0, np.float32)


def _weights(engines: Engines, request: Request) -> dict[str, float] | None:
    """Weights of the query's terms; all alike for plain BM25, None where it is not asked."""
    if request.system == "hybrid":
        counts = query_counts(request.words)
        holding = engines.words.counts(list(counts))
        return term_weights(counts, holding, len(engines.words))
    if request.system == "bm25":
        return dict.fromkeys(query_terms(request.words), 1.0)
    return None
