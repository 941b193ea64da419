"""Searches with simulated searchers, for benchmarks/feedback.py.

Each is a library of benchmarks/ranking_sets.py with queries, what is relevant to them, and who
marks what. Nothing of the data is written anywhere else.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ranking_sets import build

from index.encoder import Encoder
from index.evaluate import _own
from index.library import Library

Liking = Callable[[str, str], float]  # how much the searcher of a query likes a document


@dataclass(frozen=True)
class Query:
    """A text, what is relevant to it, and what must not be found."""

    text: str
    relevant: frozenset[str]
    excluded: frozenset[str]


@dataclass(frozen=True)
class Simulation:
    """A library, its queries, and how the searcher chooses.

    liking: None for a searcher who marks relevant what is relevant, in the order of the ranking;
    else the documents that are liked best are marked relevant, those liked least not relevant,
    and none that is judged relevant is marked at all.
    """

    library: Library
    queries: dict[str, Query]
    liking: Liking | None = None


def _cranfield(data: Path, cache: Path, encoder: Encoder) -> Simulation:
    """Judged by people: marks are right."""
    built = build("cranfield", data, cache, encoder)
    queries = {
        name: Query(text, frozenset(built.collection.qrels[name]), frozenset())
        for name, text in built.collection.queries.items()
    }
    return Simulation(built.library, queries)


def _inventors(data: Path, cache: Path, encoder: Encoder, *, by: str) -> Simulation:
    """A patent's title or abstract as the query; relevant is what its inventors share in.

    Only what has another abstract counts, and only queries with three such documents.
    """
    library = build("lens-titles", data, cache, encoder).library
    with (data / "lens_battery" / "corpus.jsonl").open(encoding="utf-8") as lines:
        records = {r["_id"]: r for r in map(json.loads, lines) if r["text"].strip()}
    of_text, of_inventor = defaultdict(set), defaultdict(set)
    for name, record in records.items():
        of_text[record["text"].strip()].add(name)
        for inventor in _inventors_of(record):
            of_inventor[inventor].add(name)
    queries = {}
    for name, record in records.items():
        same = of_text[record["text"].strip()]
        shared = set().union(*(of_inventor[i] for i in _inventors_of(record))) - same
        if record[by].strip() and len({records[other]["text"] for other in shared}) >= 3:
            queries[name] = Query(record[by].strip(), frozenset(shared), frozenset(same))
    return Simulation(library, queries)


def _inventors_of(record: dict[str, Any]) -> Iterator[str]:
    return filter(None, (record["metadata"].get("Inventors") or "").split(";;"))


def _citations(data: Path, cache: Path, encoder: Encoder) -> Simulation:
    """A patent's abstract as the query; relevant is what it cites, mostly one document.

    That cannot be marked and found too, so the searcher has the cited document in mind, and likes
    what is like it: by the cosine of words (TF-IDF), not by the product's own scores.
    """
    from sklearn.feature_extraction.text import TfidfVectorizer

    built = build("gpat11k", data, cache, encoder)
    collection, library = built.collection, built.library
    with (data / "gpat11k" / "corpus.jsonl").open(encoding="utf-8") as lines:
        texts = {r["_id"]: r["text"] for r in map(json.loads, lines)}
    rows = {name: row for row, name in enumerate(texts)}
    vectors = TfidfVectorizer(sublinear_tf=True, stop_words="english").fit_transform(texts.values())
    queries = {}
    for name, text in collection.queries.items():
        excluded = collection.excluded.get(name, frozenset()) | _own(library, collection, name)
        queries[name] = Query(text, frozenset(collection.qrels[name]), excluded)

    def liking(query: str, document: str) -> float:
        cited = [rows[name] for name in sorted(queries[query].relevant)]
        return float((vectors[cited] @ vectors[rows[document]].T).max())

    return Simulation(library, queries, liking)


SIMULATIONS: dict[str, Callable[[Path, Path, Encoder], Simulation]] = {
    "cranfield, judged by people": _cranfield,
    "titles of battery patents, shared inventors": lambda *a: _inventors(*a, by="title"),
    "abstracts of battery patents, shared inventors": lambda *a: _inventors(*a, by="text"),
    "gpat11k, what is like the cited patent is marked": _citations,
}
