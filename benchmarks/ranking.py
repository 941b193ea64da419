"""The ablation of the ranking: `python benchmarks/ranking.py DATA CACHE [SET...]`.

DATA is the folder with the collections, CACHE a folder for what is made of them (libraries of
300 MB; the first run encodes them, the next ones take minutes). Every variant goes through the
product's own engines and functions; what is varied is said in VARIANTS. Prints Markdown.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

import ir_measures
import numpy as np
from ir_measures import R, nDCG
from numpy.typing import NDArray
from ranking_sets import SETS, Built, build

from index.analysis import query_counts
from index.encoder import Encoder, SentenceEncoder, Vectors
from index.evaluate import Run, _own
from index.filters import scope
from index.fuse import best_of
from index.group import owners
from index.lexical_query import LexicalQuery
from index.library import Library
from index.long_query import encode_parts
from index.propose import Engines, Prepared, owned
from index.rank import Candidates, RankedDocument, rank_documents
from index.records import Filters
from index.smooth import SHARE
from index.weigh import longness, rarity

_DEPTH = 100
_CANDIDATES = 1000
_RESAMPLES = 5000
_MEASURES = (nDCG @ 10, R @ 10, R @ 100)
Values = NDArray[np.float64]  # (queries, measures)


@dataclass(frozen=True)
class Variant:
    """What is varied of the ranking.

    Attributes:
        engines: "both", "meaning" or "words".
        counts: how often a term is said counts. rarity: power of the rarity, for a long query.
        document: "passage" sums the engines' scores for each passage, "document" for each document.
        share: of the neighbours; always: also for long queries.
        parts: of a long query: "best" of the parts, their "mean" vector, or the "first" one only.
    """

    engines: str = "both"
    counts: bool = True
    rarity: float = 0.5
    document: str = "document"
    share: float = SHARE
    always: bool = False
    parts: str = "best"


FINAL = "the product"
VARIANTS = {
    FINAL: Variant(),
    "dense": Variant("meaning"),
    "bm25": Variant("words", counts=False, rarity=0),
    "before": Variant(counts=False, rarity=0, document="passage", share=0),
    "before + per document": Variant(counts=False, rarity=0, share=0),
    "... + counts": Variant(rarity=0, share=0),
    "... + rarity in long queries": Variant(share=0),
    "neighbours' share 0.2": Variant(share=0.2),
    "neighbours' share 0.3": Variant(share=0.3),
    "neighbours whatever the length": Variant(always=True),
    "long query: first part only": Variant(parts="first"),
    "long query: mean vector": Variant(parts="mean"),
}


def main(data: str, cache: str, names: list[str]) -> None:
    """Measure every variant on every set, and print the tables."""
    encoder = SentenceEncoder()
    for name in names or list(SETS):
        built = build(name, Path(data), Path(cache), encoder)
        values = {label: np.zeros((0, len(_MEASURES))) for label in VARIANTS}
        runs = _runs(built, encoder)
        for label, run in runs.items():
            values[label] = _values(built, run)
        documents = built.library.counts()[0]
        queries = len(built.collection.queries)
        print(f"\n{name}: {queries} queries, {documents} documents\n")
        print("| variant | nDCG@10 | recall@10 | recall@100 | the product - it, nDCG@10 | p |")
        print("|---|---|---|---|---|---|")
        for label, measured in values.items():
            print(_row(label, measured, values[FINAL]), flush=True)
        built.library.close()


def _runs(built: Built, encoder: Encoder) -> dict[str, Run]:
    library, collection = built.library, built.collection
    library.search("warm up")
    runs: dict[str, Run] = {label: {} for label in VARIANTS}
    for query, text in collection.queries.items():
        excluded = collection.excluded.get(query, frozenset()) | _own(library, collection, query)
        parts = encode_parts(text, encoder)
        for label, variant in VARIANTS.items():
            if label.startswith("long query") and len(parts) == 1:
                runs[label][query] = runs[FINAL][query]
                continue
            ranked = _ranked(library, variant, text, parts, tuple(sorted(excluded)))
            runs[label][query] = {name: float(_DEPTH - i) for i, name in enumerate(ranked)}
    return runs


def _ranked(
    library: Library, variant: Variant, text: str, parts: Vectors, excluded: tuple[str, ...]
) -> list[str]:
    """Ids of the best documents, as index.search finds them, with one thing changed."""
    engines = Engines(library._words, library._vectors)
    catalog = library._catalog
    weights = None if variant.engines == "meaning" else _weights(engines, variant, text)
    varied = {"best": parts, "first": parts[:1], "mean": _mean(parts)}[variant.parts]
    asked = None if weights is None else LexicalQuery(weights)
    none = np.empty(0, np.int64)
    prepared = Prepared(asked, None if variant.engines == "words" else varied, none)
    found = engines.propose(
        prepared, scope(catalog, Filters(), library._known(excluded)), _CANDIDATES
    )
    owner_of = owners(catalog, found.keys.tolist())
    found = owned(found, owner_of)
    ids = {owner.key: owner.id for owner in owner_of.values()}
    if variant.document == "passage":
        return [ids[key] for key in _by_passage(found, ids)[:_DEPTH]]
    share = variant.share * (1 if variant.always else 1 - longness(len(weights or ())))
    ranked: tuple[RankedDocument, ...] = rank_documents(found, ids, engines.vectors.vectors, share)
    return [ids[document.key] for document in ranked[:_DEPTH]]


def _weights(engines: Engines, variant: Variant, text: str) -> dict[str, float]:
    counts = query_counts(text)
    holding = engines.words.counts(list(counts))
    known = {term: count for term, count in counts.items() if holding[term]}
    power = variant.rarity * longness(len(known))
    return {
        term: (1 + np.log(count) * variant.counts)
        * rarity(holding[term], len(engines.words)) ** power
        for term, count in known.items()
    }


def _by_passage(found: Candidates, ids: dict[int, str]) -> list[int]:
    documents = sorted(set(found.documents.tolist()), key=lambda key: ids[key])
    place = {key: i for i, key in enumerate(documents)}
    places = np.array([place[key] for key in found.documents.tolist()], np.int64)
    scores = best_of(found.passage_scores(), places, len(documents), -1.0)
    return [documents[i] for i in np.argsort(-scores, kind="stable")]


def _mean(parts: Vectors) -> Vectors:
    mean = parts.mean(axis=0, keepdims=True)
    vector: Vectors = mean / np.linalg.norm(mean)
    return vector


def _values(built: Built, run: Run) -> Values:
    """Every query's measures; 0 for a query without results."""
    places = {query: i for i, query in enumerate(built.collection.queries)}
    values = np.zeros((len(places), len(_MEASURES)))
    for metric in ir_measures.iter_calc(list(_MEASURES), built.collection.qrels, run):
        values[places[metric.query_id], _MEASURES.index(metric.measure)] = metric.value
    return values


def _row(label: str, values: Values, final: Values) -> str:
    low, high = _interval(values[:, 0])
    cells = [label, f"{values[:, 0].mean():.3f} [{low:.3f}, {high:.3f}]"]
    low, high = _interval(values[:, 2])
    cells += [f"{values[:, 1].mean():.3f}", f"{values[:, 2].mean():.3f} [{low:.3f}, {high:.3f}]"]
    gain = final[:, 0] - values[:, 0]
    if label == FINAL:
        cells += ["", ""]
    else:
        low, high = _interval(gain)
        cells += [f"{gain.mean():+.3f} [{low:+.3f}, {high:+.3f}]", f"{_probability(gain):.3f}"]
    return f"| {' | '.join(cells)} |"


def _interval(values: NDArray[np.float64]) -> tuple[float, float]:
    """95 % percentile bootstrap interval of the mean."""
    picks = np.random.default_rng(1).integers(0, len(values), (_RESAMPLES, len(values)))
    low, high = np.percentile(values[picks].mean(axis=1), [2.5, 97.5])
    return float(low), float(high)


def _probability(gain: NDArray[np.float64]) -> float:
    """Two-sided p of the mean under random signs (Fisher's paired randomisation test)."""
    changed = gain[gain != 0]
    if not changed.size:
        return 1.0
    signs = np.random.default_rng(2).choice([-1, 1], (_RESAMPLES, changed.size))
    least = abs(changed.mean()) - 1e-12
    # The observed signs are one of the possible ones, so p is never 0.
    return float((1 + (np.abs((signs * changed).mean(axis=1)) >= least).sum()) / (1 + _RESAMPLES))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], sys.argv[3:])
