"""Side by side with txtai and bm25s: `python benchmarks/compare.py DATA CACHE [SET...]`.

All three get the same documents and queries of gpat11k or cranfield, and txtai the same encoder
and its own hybrid search. Needs `pip install txtai bm25s`, which the project itself does not use.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path

import bm25s
import numpy as np
import Stemmer
from ranking import Values, _interval, _probability, _values
from ranking_sets import Built, build
from txtai import Embeddings

from index.encoder import SentenceEncoder, Vectors
from index.evaluate import Run, run

_DEPTH = 100
Answer = Callable[[str, int], list[str]]


def main(data: str, cache: str, names: list[str]) -> None:
    """Print one Markdown table for each set."""
    encoder = SentenceEncoder()
    for name in names or ["cranfield", "gpat11k"]:
        built = build(name, Path(data), Path(cache), encoder)
        texts = _texts(built)
        library = built.library
        library.search("warm up")
        started = time.perf_counter()
        rows = {"prior-art": _values(built, run(library, built.collection, "hybrid"))}
        seconds = {"prior-art": time.perf_counter() - started}
        vectors = _vectors(texts, encoder, Path(cache) / f"{name}.npy")
        for label, made in (("txtai", _txtai(texts, vectors, encoder)), ("bm25s", _bm25s(texts))):
            started = time.perf_counter()
            rows[label] = _values(built, _run(built, made))
            seconds[label] = time.perf_counter() - started
        print(f"\n{name}: {len(built.collection.queries)} queries, {len(texts)} documents\n")
        print("| system | nDCG@10 | recall@100 | prior-art - it, nDCG@10 | p | ms a query |")
        print("|---|---|---|---|---|---|")
        for label, values in rows.items():
            print(_row(label, values, rows["prior-art"], seconds[label]))


def _texts(built: Built) -> dict[str, str]:
    """Title and text of every document that the library has, by id."""
    known = {facts.id for facts in built.library.documents()}
    with built.collection.corpus.open(encoding="utf-8") as lines:
        records = [json.loads(line) for line in lines]
    return {
        r["_id"]: f"{r.get('title', '')} {r['text']}".strip() for r in records if r["_id"] in known
    }


def _vectors(texts: dict[str, str], encoder: SentenceEncoder, path: Path) -> Vectors:
    """One vector for each document, as txtai makes them: what is beyond the window is not seen."""
    if path.exists():
        stored: Vectors = np.load(path)
        return stored
    vectors = encoder.encode_passages(list(texts.values()))
    np.save(path, vectors)
    return vectors


def _txtai(texts: dict[str, str], vectors: Vectors, encoder: SentenceEncoder) -> Answer:
    """The hybrid index of txtai with its defaults: BM25 and vectors, weighted alike."""
    known = dict(zip(texts.values(), vectors, strict=True))

    def transform(asked: list[str]) -> Vectors:
        rows = [known[t] if t in known else encoder.encode_queries([t])[0] for t in asked]
        return np.array(rows, np.float32)

    embeddings = Embeddings(method="external", transform=transform, hybrid=True)
    embeddings.index((name, text, None) for name, text in texts.items())
    return lambda query, count: [name for name, _ in embeddings.search(query, count)]


def _bm25s(texts: dict[str, str]) -> Answer:
    """Plain bm25s as its documentation shows it: English stop words, Snowball stemmer."""
    names, stemmer = list(texts), Stemmer.Stemmer("english")

    def cut(given: list[str]) -> object:
        return bm25s.tokenize(given, stopwords="en", stemmer=stemmer, show_progress=False)

    index = bm25s.BM25()
    index.index(cut(list(texts.values())), show_progress=False)

    def answer(query: str, count: int) -> list[str]:
        found, _ = index.retrieve(cut([query]), k=min(count, len(names)), show_progress=False)
        return [names[i] for i in found[0]]

    return answer


def _run(built: Built, answer: Answer) -> Run:
    answers: Run = {}
    for query, text in built.collection.queries.items():
        dropped = built.collection.excluded.get(query, frozenset())
        names = [n for n in answer(text, _DEPTH + len(dropped)) if n not in dropped][:_DEPTH]
        answers[query] = {name: float(_DEPTH - i) for i, name in enumerate(names)}
    return answers


def _row(label: str, values: Values, ours: Values, seconds: float) -> str:
    low, high = _interval(values[:, 0])
    cells = [label, f"{values[:, 0].mean():.3f} [{low:.3f}, {high:.3f}]"]
    cells += [f"{values[:, 2].mean():.3f}"]
    gain = ours[:, 0] - values[:, 0]
    low, high = _interval(gain)
    same = label == "prior-art"
    cells += ["", ""] if same else [f"{gain.mean():+.3f} [{low:+.3f}, {high:+.3f}]"]
    cells += [] if same else [f"{_probability(gain):.4f}"]
    return f"| {' | '.join([*cells, f'{1000 * seconds / len(values):.0f}'])} |"


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], sys.argv[3:])
