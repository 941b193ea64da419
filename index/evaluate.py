"""Measure retrieval on a collection in the BEIR layout, through the same code as everything else.

The collection is ingested into a temporary library; each system answers every query; measures
are ir_measures' own. A query without results counts 0.
"""

from __future__ import annotations

import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import ir_measures
import numpy as np
from ir_measures import AP, RR, R, nDCG
from numpy.typing import NDArray

from index.collection import Collection, load_collection
from index.encoder import Encoder, SentenceEncoder
from index.errors import UnknownDocument
from index.library import Library
from index.paired import Paired, compare
from index.records import SYSTEMS, SearchOptions
from index.rerank import Reranker
from index.tally import Progress
from index.update import ingest

DEFAULT_SYSTEM = "hybrid"
MEASURES = {"ndcg@10": nDCG @ 10, "recall@10": R @ 10, "recall@100": R @ 100, "mrr": RR, "map": AP}
_DEPTH = 100
_RESAMPLES = 2000
_SEED = 20240229

Run = dict[str, dict[str, float]]  # query id -> document id -> score


@dataclass(frozen=True)
class SystemScores:
    """Means of one system's measures, and their 95 % intervals (percentile bootstrap).

    values: of every query, by measure, in the same order of queries for all systems.
    """

    means: dict[str, float]
    ci95: dict[str, tuple[float, float]]
    values: dict[str, NDArray[np.float64]] = field(compare=False, repr=False)

    def to_dict(self) -> dict[str, Any]:
        """One system in the JSON of `prior-art evaluate`."""
        return {
            **self.means,
            "ci95": {name: list(low_high) for name, low_high in self.ci95.items()},
        }


@dataclass(frozen=True)
class Models:
    """What is measured: an encoder, and the cross-encoder that goes with it, if any."""

    encoder: Encoder
    reranker: Reranker | None = None


@dataclass(frozen=True)
class ModelScores:
    """How one pair of models did. seconds: ingest and all queries together.

    paired: by system and measure, the gain over the first pair of models; empty for that pair.
    """

    models: Models
    documents: int
    seconds: float
    systems: dict[str, SystemScores]
    paired: dict[str, dict[str, Paired]] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The encoder's name, and the cross-encoder's."""
        reranker = self.models.reranker
        return self.models.encoder.name + (f" + {reranker.name}" if reranker else "")

    def to_dict(self) -> dict[str, Any]:
        """One entry of `others` in the JSON of `prior-art evaluate`."""
        reranker = self.models.reranker
        return {
            "encoder": self.models.encoder.name,
            "fingerprint": self.models.encoder.fingerprint,
            "reranker": reranker.name if reranker else None,
            "seconds": round(self.seconds, 1),
            "systems": {name: scores.to_dict() for name, scores in self.systems.items()},
            "paired": {
                system: {measure: gain.to_dict() for measure, gain in gains.items()}
                for system, gains in self.paired.items()
            },
        }


@dataclass(frozen=True)
class Evaluation:
    """What `prior-art evaluate` found. others: further models, compared with the first."""

    dataset: str
    queries: int
    first: ModelScores
    others: tuple[ModelScores, ...] = ()
    default: str = DEFAULT_SYSTEM

    @property
    def documents(self) -> int:
        """Documents of the collection."""
        return self.first.documents

    @property
    def seconds(self) -> float:
        """What all of it took."""
        return sum(scores.seconds for scores in (self.first, *self.others))

    @property
    def systems(self) -> dict[str, SystemScores]:
        """Scores of the first models."""
        return self.first.systems

    def to_dict(self) -> dict[str, Any]:
        """The JSON of `prior-art evaluate`."""
        return {
            "dataset": self.dataset,
            "documents": self.documents,
            "queries": self.queries,
            "seconds": round(self.seconds, 1),
            "default": self.default,
            "systems": {name: scores.to_dict() for name, scores in self.systems.items()},
            "encoder": self.first.models.encoder.name,
            "fingerprint": self.first.models.encoder.fingerprint,
            "reranker": self.first.to_dict()["reranker"],
            "others": [other.to_dict() for other in self.others],
        }


def evaluate(
    folder: str | Path,
    *,
    limit: int | None = None,
    encoder: Encoder | None = None,
    reranker: Reranker | None = None,
    against: Sequence[Models] = (),
    progress: Callable[[Progress], None] | None = None,
) -> Evaluation:
    """Ingest the collection into a temporary library and measure every system on it.

    encoder: None for the packaged one. against: further models, each of which gets a library of
    its own, cut for its window, as an ingest with it would make; every text is encoded once for
    each. Raises BadCollection and NoEncoder before anything is encoded.
    """
    collection = load_collection(folder, limit)
    all_models = (Models(encoder or SentenceEncoder(), reranker), *against)
    for each in all_models:
        _ = each.encoder.window  # Hours of encoding must not end at a name misspelt.
    first, *others = (_measure_models(collection, each, progress) for each in all_models)
    compared = [
        replace(other, paired={s: _gains(first.systems[s], other.systems[s]) for s in SYSTEMS})
        for other in others
    ]
    return Evaluation(collection.name, len(collection.queries), first, tuple(compared))


def _measure_models(
    collection: Collection, models: Models, progress: Callable[[Progress], None] | None
) -> ModelScores:
    started = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="prior-art-evaluate-") as scratch:
        report = ingest(scratch, [collection.corpus], encoder=models.encoder, progress=progress)
        library = Library.open(scratch, models.encoder, models.reranker)
        try:
            systems = {s: measure(collection, run(library, collection, s)) for s in SYSTEMS}
        finally:
            library.close()
    return ModelScores(models, report.documents, time.monotonic() - started, systems)


def _gains(first: SystemScores, other: SystemScores) -> dict[str, Paired]:
    return {name: compare(first.values[name], other.values[name]) for name in MEASURES}


def run(library: Library, collection: Collection, system: str) -> Run:
    """Scores of the best documents of every query, none of the excluded ones among them.

    What is excluded is no candidate at all: a copy of the query would bend the scores of the
    others. Families are not folded, since each document has judgements of its own.
    """
    answers: Run = {}
    for query, text in collection.queries.items():
        excluded = collection.excluded.get(query, frozenset()) | _own(library, collection, query)
        options = SearchOptions(
            system, syntax=False, fold_families=False, exclude=tuple(sorted(excluded))
        )
        hits = library.search(text, _DEPTH, options=options).hits
        # By rank: equal scores must stay in the order in which they are shown.
        answers[query] = {hit.document.id: float(_DEPTH - i) for i, hit in enumerate(hits)}
    return answers


def _own(library: Library, collection: Collection, query: str) -> frozenset[str]:
    """The document that the query was made of, where it goes by the query's id."""
    if query in collection.qrels[query]:
        return frozenset()
    try:
        document = library.document(query)
    except UnknownDocument:
        return frozenset()
    # Queries and documents are often numbered alike without having to do with each other.
    text = " ".join(f"{document.facts.title} {document.text}".split())
    made_of_it = document.facts.id == query and " ".join(collection.queries[query].split()) in text
    return frozenset({query}) if made_of_it else frozenset()


def measure(collection: Collection, answers: Run) -> SystemScores:
    """Means and intervals of every measure over the collection's queries."""
    found: dict[str, dict[str, float]] = defaultdict(dict)
    names = {measure: name for name, measure in MEASURES.items()}
    for metric in ir_measures.iter_calc(list(MEASURES.values()), collection.qrels, answers):
        found[names[metric.measure]][metric.query_id] = metric.value
    generator = np.random.default_rng(_SEED)
    picks = generator.integers(0, len(collection.queries), (_RESAMPLES, len(collection.queries)))
    means, intervals, values = {}, {}, {}
    for name in MEASURES:
        sample = np.array([found[name].get(query, 0.0) for query in collection.queries])
        low, high = np.percentile(sample[picks].mean(axis=1), [2.5, 97.5])
        means[name] = round(float(sample.mean()), 4)
        intervals[name] = (round(float(low), 4), round(float(high), 4))
        values[name] = sample
    return SystemScores(means, intervals, values)
