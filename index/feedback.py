"""Relevance feedback: documents marked relevant or not change what the engines are asked.

Rocchio's method (1971; Manning, Raghavan and Schuetze 2008, section 9.1) on vectors and on words:
the query moves towards the mean of the relevant documents and away from that of the others, and
is asked for the words that the relevant ones share. Its figures are in benchmarks/feedback.md.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace

import numpy as np

from index.analysis import query_counts, query_terms, terms, tokens
from index.catalog import Catalog, Ids
from index.encoder import Vectors
from index.errors import UnknownDocument
from index.filters import Scope, narrowed
from index.lexical_query import LexicalQuery
from index.long_query import merge_parts
from index.marks import STRENGTH, Feedback, Strength, contradiction
from index.propose import Engines
from index.rank import RankedDocument
from index.records import SearchOptions
from index.weigh import rarity

# Passages of a marked document that speak for it: a whole patent speaks of many things.
_PASSAGES = 3


@dataclass(frozen=True)
class Marked:
    """A search with its marks.

    Attributes:
        words: the query. vectors: of its parts, (parts, dimension); None where it has none.
        options: its marks and its system.
        seen: the scope of its filters; nothing outside of it is read.
    """

    words: str
    vectors: Vectors | None
    options: SearchOptions
    seen: Scope


@dataclass(frozen=True)
class Learned:
    """What marks say for one query.

    feedback: for the result. move: to be added to the query's vector, (dimension,); None for
    nothing. terms: to be added to its words, by term as shares of the sum of their weights.
    liked, disliked: keys of the marked documents.
    """

    feedback: Feedback
    move: Vectors | None
    terms: Mapping[str, float]
    liked: Collection[int]
    disliked: Collection[int]

    def expanded(self, asked: LexicalQuery | None) -> LexicalQuery | None:
        """A query with the terms of the relevant documents; None stays None."""
        if asked is None or not self.terms:
            return asked
        own = sum(asked.weights.values()) or 1.0
        weights = dict(asked.weights)
        for term, share in self.terms.items():
            weights[term] = weights.get(term, 0.0) + own * share
        return replace(asked, weights=weights)

    def sorted_out(
        self, ranked: Sequence[RankedDocument], families: Mapping[int, str | None]
    ) -> tuple[RankedDocument, ...]:
        """A ranking with the documents that are not relevant behind all others.

        families: by document key, where one hit stands for a family; then the mark is its mark,
        unless another member is marked relevant.
        """
        good = {families.get(key) for key in self.liked} | {None}
        bad = {families.get(key) for key in self.disliked} - good
        behind = [d.key in self.disliked or families.get(d.key) in bad for d in ranked]
        first = [d for d, last in zip(ranked, behind, strict=True) if not last]
        last = [d for d, last in zip(ranked, behind, strict=True) if last]
        if not first or not last:
            return tuple(ranked)
        least = first[-1].score
        return (*first, *(replace(d, score=min(d.score, least)) for d in last))


def learn(
    catalog: Catalog, engines: Engines, search: Marked, strength: Strength = STRENGTH
) -> Learned | None:
    """What the marks of a search say; None where nothing is marked.

    Raises BadQuery where one document is marked both ways, under two names.
    """
    options, seen = search.options, search.seen
    if not options.relevant and not options.not_relevant:
        return None
    liked, unknown = _found(catalog, options.relevant, seen)
    disliked, others = _found(catalog, options.not_relevant, seen)
    for key in liked:
        if key in disliked:
            raise contradiction(liked[key], disliked[key])
    passages = _passages(catalog, engines, search, [*liked, *disliked])
    empty = [name for key, name in (liked | disliked).items() if key not in passages]
    of_liked = {key: passages[key] for key in liked if key in passages}
    of_disliked = {key: passages[key] for key in disliked if key in passages}
    holding = engines.words.counts(query_terms(search.words) if search.words else [])
    strength = strength.of(sum(map(bool, holding.values())))
    move = None
    # Where the encoder cannot read the query, it may not be able to read the documents either.
    if options.system != "bm25" and (search.vectors is not None or not search.words):
        move = _move(engines, of_liked, of_disliked, strength)
    shares: dict[str, float] = {}
    written: dict[str, str] = {}
    if options.system != "dense" and of_liked:
        shares, written = _shared_terms(catalog, engines, of_liked, strength)
    facts = catalog.facts([*of_liked, *of_disliked])
    feedback = Feedback(
        tuple(facts[key].id for key in of_liked),
        tuple(facts[key].id for key in of_disliked),
        (*unknown, *others, *empty),
        tuple((written[term], round(share, 4)) for term, share in shares.items()),
        move is not None,
    )
    return Learned(feedback, move, shares, of_liked.keys(), of_disliked.keys())


def _found(catalog: Catalog, names: Iterable[str], seen: Scope) -> tuple[dict[int, str], list[str]]:
    """(names by key of the documents in a scope, the other names), in the order given.

    What is kept out is treated as what is not there: a mark must not tell that it exists.
    """
    allowed = None if seen.document_keys is None else set(seen.document_keys.tolist())
    found: dict[int, str] = {}
    ignored = []
    for name in names:
        key = None
        with suppress(UnknownDocument):
            key = catalog.find(name)
        if key is None or (allowed is not None and key not in allowed):
            ignored.append(name)
        else:
            found.setdefault(key, name)
    return found, ignored


def _passages(
    catalog: Catalog, engines: Engines, search: Marked, documents: list[int]
) -> dict[int, Ids]:
    """Keys of the passages that speak for each document; none for one without any in the scope.

    They are the nearest to the query, or the first where it has no vector.
    """
    keys = narrowed(catalog, search.seen, np.array(documents, np.int64), 0).passage_keys
    if keys is None or not keys.size:
        return {}
    keys = np.sort(keys)
    cosines = np.zeros(keys.size, np.float32)
    if search.vectors is not None:
        cosines = merge_parts(engines.vectors.vectors(keys) @ search.vectors.T)
    owner = catalog.document_keys(keys.tolist())
    chosen: dict[int, list[int]] = {}
    for place in np.argsort(-cosines, kind="stable").tolist():
        key = int(keys[place])
        if len(own := chosen.setdefault(owner[key], [])) < _PASSAGES:
            own.append(key)
    return {document: np.array(own, np.int64) for document, own in chosen.items()}


def _move(
    engines: Engines, liked: Mapping[int, Ids], disliked: Mapping[int, Ids], strength: Strength
) -> Vectors | None:
    """Rocchio's addition to the query's vector; every document counts alike."""
    move = np.zeros(engines.vectors.dimension, np.float32)
    for some, length in ((liked, strength.toward), (disliked, -strength.away)):
        if some:
            # By key, so that the order of the marks does not change the last digit.
            parts = [some[key] for key in sorted(some)]
            rows = engines.vectors.vectors(np.concatenate(parts))
            ends = np.cumsum([keys.size for keys in parts])[:-1]
            means = [_unit(own.mean(axis=0)) for own in np.split(rows, ends)]
            move += np.float32(length) * np.mean(means, axis=0, dtype=np.float32)
    return move if move.any() else None


def _unit(vector: Vectors) -> Vectors:
    length = float(np.linalg.norm(vector))
    return vector / np.float32(length) if length else vector


def _shared_terms(
    catalog: Catalog, engines: Engines, liked: Mapping[int, Ids], strength: Strength
) -> tuple[dict[str, float], dict[str, str]]:
    """The terms that the relevant documents are about: shares by term, and how they are written.

    A term's share goes by how often it stands in a document, the mean over documents (relevance
    model of Lavrenko and Croft 2001, https://doi.org/10.1145/383952.383972); those are chosen
    whose share times rarity is greatest. Numbers alone, single letters and words of one passage
    of the library only are none.
    """
    stored = catalog.passages([int(key) for keys in liked.values() for key in keys])
    shares: dict[str, float] = defaultdict(float)
    written: dict[str, str] = {}
    for document in sorted(liked):
        counts: Counter[str] = Counter()
        for key in liked[document].tolist():
            counts.update(_said(stored[key].passage.text, written))
        for term, count in counts.items():
            shares[term] += count / counts.total() / len(liked)
    holding = engines.words.counts(sorted(shares))
    size = len(engines.words)
    worth = {t: s * rarity(holding[t], size) for t, s in shares.items() if holding[t] > 1}
    chosen = sorted(worth, key=lambda term: (-worth[term], term))[: strength.terms]
    total = sum(shares[term] for term in chosen)
    weights = {term: strength.share * shares[term] / total for term in chosen}
    return dict(sorted(weights.items(), key=lambda pair: (-pair[1], pair[0]))), written


def _said(text: str, written: dict[str, str]) -> dict[str, int]:
    """How often each term that says something stands in a text; its first spelling is kept."""
    for term, token in zip(terms(text), tokens(text), strict=True):
        written.setdefault(term, token)
    said = query_counts(text).items()
    return {t: n for t, n in said if len(t) > 1 and any(map(str.isalpha, t))}
