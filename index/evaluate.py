"""Measure retrieval on a collection in the BEIR layout, through the same code as everything else.

The collection is ingested into a temporary library; each system answers every query; measures
are ir_measures' own. A query without results counts 0.
"""

from __future__ import annotations

import csv
import json
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import ir_measures
import numpy as np
from ir_measures import AP, RR, R, nDCG

from index.encoder import Encoder, SentenceEncoder
from index.errors import LibraryError, UnknownDocument
from index.library import Library
from index.search import SYSTEMS
from index.tally import Progress
from index.update import ingest

DEFAULT_SYSTEM = "hybrid"
MEASURES = {"ndcg@10": nDCG @ 10, "recall@10": R @ 10, "recall@100": R @ 100, "mrr": RR, "map": AP}
_DEPTH = 100
_RESAMPLES = 2000
_SEED = 20240229

Run = dict[str, dict[str, float]]  # query id -> document id -> score


class BadCollection(LibraryError):
    """The folder does not hold a collection in the BEIR layout."""


@dataclass(frozen=True)
class Collection:
    """Queries by id, judgements by query and document, and documents to drop per query."""

    name: str
    corpus: Path
    queries: dict[str, str]
    qrels: dict[str, dict[str, int]]
    excluded: dict[str, frozenset[str]]


@dataclass(frozen=True)
class SystemScores:
    """Means of one system's measures, and their 95 % intervals (percentile bootstrap)."""

    means: dict[str, float]
    ci95: dict[str, tuple[float, float]]

    def to_dict(self) -> dict[str, Any]:
        """One system in the JSON of `prior-art evaluate`."""
        return {
            **self.means,
            "ci95": {name: list(low_high) for name, low_high in self.ci95.items()},
        }


@dataclass(frozen=True)
class Evaluation:
    """What `prior-art evaluate` found. seconds: ingest and all queries together."""

    dataset: str
    documents: int
    queries: int
    seconds: float
    systems: dict[str, SystemScores]
    default: str = DEFAULT_SYSTEM

    def to_dict(self) -> dict[str, Any]:
        """The JSON of `prior-art evaluate`."""
        return {
            "dataset": self.dataset,
            "documents": self.documents,
            "queries": self.queries,
            "seconds": round(self.seconds, 1),
            "default": self.default,
            "systems": {name: scores.to_dict() for name, scores in self.systems.items()},
        }


def load_collection(folder: str | Path, limit: int | None = None) -> Collection:
    """Read queries and judgements. limit: only the first so many judged queries.

    Raises BadCollection with the file and line that is wrong.
    """
    folder = Path(folder)
    if limit is not None and limit < 1:
        raise BadCollection(f"--limit is {limit}; measure 1 query or more")
    corpus = folder / "corpus.jsonl"
    if not corpus.is_file():
        raise BadCollection(f"{folder} has no corpus.jsonl; the BEIR layout is needed")
    qrels: dict[str, dict[str, int]] = defaultdict(dict)
    # Published collections keep one file for each split in a folder of their own.
    judged = folder / "qrels.tsv"
    judged = judged if judged.exists() else folder / "qrels" / "test.tsv"
    for query, document, *score in _rows(judged):
        try:
            qrels[query][document] = int(score[0]) if score else 1
        except ValueError:
            raise BadCollection(f"{judged}: {score[0]!r} is no whole number") from None
    queries = {query: text for query, text in _queries(folder / "queries.jsonl") if query in qrels}
    queries = dict(list(queries.items())[:limit])
    if not queries:
        raise BadCollection(f"{folder}: no query of queries.jsonl is judged in qrels.tsv")
    excluded: dict[str, set[str]] = defaultdict(set)
    exclusions = folder / "exclude_from_results.tsv"
    for query, document, *_ in _rows(exclusions) if exclusions.exists() else ():
        excluded[query].add(document)
    return Collection(
        name=folder.resolve().name,
        corpus=corpus,
        queries=queries,
        qrels={query: dict(qrels[query]) for query in queries},
        excluded={query: frozenset(documents) for query, documents in excluded.items()},
    )


def evaluate(
    folder: str | Path,
    *,
    limit: int | None = None,
    encoder: Encoder | None = None,
    progress: Callable[[Progress], None] | None = None,
) -> Evaluation:
    """Ingest the collection into a temporary library and measure every system on it."""
    started = time.monotonic()
    encoder = encoder or SentenceEncoder()
    collection = load_collection(folder, limit)
    with tempfile.TemporaryDirectory(prefix="prior-art-evaluate-") as scratch:
        report = ingest(scratch, [collection.corpus], encoder=encoder, progress=progress)
        library = Library.open(scratch, encoder)
        systems = {s: measure(collection, run(library, collection, s)) for s in SYSTEMS}
        library.close()
    seconds = time.monotonic() - started
    return Evaluation(collection.name, report.documents, len(collection.queries), seconds, systems)


def run(library: Library, collection: Collection, system: str) -> Run:
    """Scores of the best documents of every query, none of the excluded ones among them.

    What is excluded is no candidate at all: a copy of the query would bend the scores of the
    others. Families are not folded, since each document has judgements of its own.
    """
    answers: Run = {}
    for query, text in collection.queries.items():
        excluded = collection.excluded.get(query, frozenset()) | _own(library, collection, query)
        hits = library.search(
            text, _DEPTH, system=system, exclude=tuple(sorted(excluded)), fold_families=False
        ).hits
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
    values: dict[str, list[float]] = defaultdict(list)
    names = {measure: name for name, measure in MEASURES.items()}
    for metric in ir_measures.iter_calc(list(MEASURES.values()), collection.qrels, answers):
        values[names[metric.measure]].append(metric.value)
    generator = np.random.default_rng(_SEED)
    picks = generator.integers(0, len(collection.queries), (_RESAMPLES, len(collection.queries)))
    means, intervals = {}, {}
    for name in MEASURES:
        sample = np.zeros(len(collection.queries))
        sample[: len(values[name])] = values[name]
        low, high = np.percentile(sample[picks].mean(axis=1), [2.5, 97.5])
        means[name] = round(float(sample.mean()), 4)
        intervals[name] = (round(float(low), 4), round(float(high), 4))
    return SystemScores(means, intervals)


def _rows(path: Path) -> Iterator[list[str]]:
    """Rows of a tab-separated file below its header."""
    try:
        with path.open(encoding="utf-8", newline="") as stream:
            for line, row in enumerate(csv.reader(stream, delimiter="\t"), start=1):
                if line == 1 or not row:
                    continue
                if len(row) < 2:
                    raise BadCollection(f"{path}, line {line}: needs two columns or more")
                yield row
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise BadCollection(f"{path} cannot be read: {error}") from error


def _queries(path: Path) -> Iterator[tuple[str, str]]:
    try:
        with path.open(encoding="utf-8") as stream:
            for number, line in enumerate(stream, start=1):
                if line.strip():
                    try:
                        record = json.loads(line)
                        yield str(record["_id"]), str(record["text"])
                    except (ValueError, KeyError, TypeError) as error:
                        raise BadCollection(f"{path}, line {number}: {error}") from error
    except (OSError, UnicodeDecodeError) as error:
        raise BadCollection(f"{path} cannot be read: {error}") from error
