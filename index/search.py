"""One search from a query made ready to hits: candidates, ranking, families, reasons."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from index.analysis import query_terms
from index.catalog import Catalog
from index.encoder import Vectors
from index.expand import lexical_query
from index.explain import Asked, query_words
from index.feedback import Learned
from index.filters import Scope
from index.fuse import Scores
from index.group import Wanted, best_passages, group_hits, owners
from index.lexical_query import LexicalQuery
from index.meet import meet
from index.propose import Engines, Prepared, owned
from index.quantities import Condition
from index.query_scope import unranked
from index.rank import Candidates, RankedDocument, rank_documents
from index.records import Hit
from index.rerank import PAIRS, Reranker, blended
from index.smooth import SHARE
from index.weigh import longness
from index.why import Synonyms
from ingest.language import detect_language

# Passages taken from each engine before they are merged, at least, and for each hit.
_CANDIDATES, _FOR_EACH = 1000, 5


@dataclass(frozen=True)
class Request:
    """What is searched for, and how.

    Attributes:
        words: the query, empty for one that has conditions only.
        vectors: one row for each of its parts, (parts, dimension); None for "bm25".
        system: as in SearchOptions. Only "hybrid" weighs terms, looks for synonyms and conditions
            and lets documents share scores.
        count: hits at most.
        fold_families: one hit for each family.
        synonyms: of its words. conditions: numeric ones; passages that meet them rank higher.
        reranker: reads the best documents, unless the query is in several parts; None for none.
        passages: of each document at most.
        learned: what marks say; None without marks.
    """

    words: str
    vectors: Vectors | None
    system: str
    count: int
    fold_families: bool
    synonyms: tuple[Synonyms, ...] = ()
    conditions: tuple[Condition, ...] = ()
    reranker: Reranker | None = None
    passages: int = 3
    learned: Learned | None = None

    def depth(self) -> int:
        """Passages to take from each engine."""
        return max(_CANDIDATES, _FOR_EACH * self.count)


def find_hits(catalog: Catalog, engines: Engines, request: Request, seen: Scope) -> tuple[Hit, ...]:
    """The best documents in a scope."""
    asked = _lexical_query(engines, request)
    weights = {} if asked is None else asked.weights
    met = meet(catalog.connection, request.conditions, seen, len(engines.words))
    if request.words:
        prepared = _with_marks(Prepared(asked, request.vectors, met.any_of()), request.learned)
        found = engines.propose(prepared, seen, request.depth())
    else:
        found = _without_words(catalog, engines, request, asked, seen)
    owner_of = owners(catalog, found.keys.tolist())
    found = owned(found, owner_of)
    question = 1 - longness(len(weights))
    found = replace(found, met=met.table(catalog.connection, found.keys) * np.float32(question))
    ids = {owner.key: owner.id for owner in owner_of.values()}
    ranked = rank_documents(found, ids, engines.vectors.vectors, SHARE * question)
    if request.reranker and request.vectors is not None and len(request.vectors) == 1:
        ranked = blended(ranked, _read(catalog, request.reranker, request.words, ranked, found))
    if request.learned:
        of_family = {o.key: o.family for o in owner_of.values()} if request.fold_families else {}
        ranked = request.learned.sorted_out(ranked, of_family)
    words = query_words(request.words, weights)
    reasons = Asked(words, request.synonyms, request.conditions)
    language = detect_language(request.words)
    wanted = Wanted(request.count, request.fold_families, language, reasons, seen, request.passages)
    return group_hits(catalog, ranked, found, owner_of, wanted)


def _with_marks(prepared: Prepared, learned: Learned | None) -> Prepared:
    if learned is None:
        return prepared
    return replace(prepared, words=learned.expanded(prepared.words), move=learned.move)


def _without_words(
    catalog: Catalog, engines: Engines, request: Request, asked: LexicalQuery | None, seen: Scope
) -> Candidates:
    """Candidates of a query that has conditions only, ranked by its marks, if any, else alike."""
    keys, scores = unranked(catalog, seen, request.depth())
    prepared = _with_marks(Prepared(asked, None, keys), request.learned)
    if prepared.words or prepared.move is not None:
        return engines.propose(prepared, seen, request.depth())
    none, met = np.zeros(keys.size, np.bool_), np.empty((keys.size, 0), np.float32)
    return Candidates(keys, np.zeros_like(keys), None, none, scores, met)


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


def _lexical_query(engines: Engines, request: Request) -> LexicalQuery | None:
    """What the words are asked; terms alike for plain BM25, None where they are not asked."""
    if request.system == "hybrid":
        return lexical_query(engines.words, request.words, request.synonyms)
    if request.system == "bm25":
        return LexicalQuery(dict.fromkeys(query_terms(request.words), 1.0))
    return None
