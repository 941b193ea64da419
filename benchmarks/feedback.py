"""What marks do to the rest of a ranking: `python benchmarks/feedback.py DATA CACHE [tune]`.

DATA and CACHE are those of benchmarks/ranking.py, whose libraries are used. For each query a
simulated searcher marks some of the first twenty documents; the marked ones are then taken out of
both rankings, the one without feedback and the one with it, and the rest is scored by what is
relevant beside them (residual collection). Strengths were chosen on every other query with
`tune`; without it the other half is measured. Prints Markdown.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import ir_measures
import numpy as np
from feedback_sets import SIMULATIONS, Query, Simulation
from ir_measures import AP, R, nDCG
from numpy.typing import NDArray

from index.encoder import SentenceEncoder
from index.feedback import Marked, learn
from index.filters import scope
from index.library import Library
from index.marks import STRENGTH, Strength
from index.paired import compare
from index.propose import Engines
from index.records import Filters, SearchOptions
from index.search import Request, find_hits

_DEPTH = 120
_LOOKED_AT = 20
_MEASURES = (nDCG @ 10, AP, R @ 100)
Values = NDArray[np.float64]  # (cases, measures)


@dataclass(frozen=True)
class Marking:
    """How many documents are marked relevant, and not; wrong: those are marked that are not."""

    relevant: int
    not_relevant: int = 0
    wrong: bool = False


MARKINGS = {
    "two relevant": Marking(2),
    "one relevant": Marking(1),
    "two relevant, two not": Marking(2, 2),
    "two not relevant": Marking(0, 2),
    "two wrongly relevant": Marking(2, wrong=True),
    "one right, one wrong": Marking(1, wrong=True),
}
_MIXED = "one right, one wrong"
_TO_CHOOSE_BY = ("two relevant", "two not relevant", _MIXED)
STRENGTHS = (
    STRENGTH,
    *(replace(STRENGTH, toward=length) for length in (0.0, 1.0, 3.0)),
    *(replace(STRENGTH, share=share) for share in (0.0, 0.5, 1.5)),
    *(replace(STRENGTH, away=length) for length in (0.0, 0.3)),
    replace(STRENGTH, long=1.0),
)


def main(data: str, cache: str, mode: str = "report") -> None:
    """Measure every marking on every simulation, or the strengths on the other half."""
    encoder = SentenceEncoder()
    for name, make in SIMULATIONS.items():
        simulation = make(Path(data), Path(cache), encoder)
        (_tune if mode == "tune" else _report)(name, simulation)


def _report(name: str, simulation: Simulation) -> None:
    print(f"\n{name}: {len(simulation.queries)} queries, of which every other one is measured\n")
    print("| marks | queries | nDCG@10 | with marks | gain | p | MAP gain | recall@100 gain |")
    print("|---|---|---|---|---|---|---|---|")
    for label, marking in MARKINGS.items():
        before, after = measured(simulation, marking, STRENGTH, 1)
        if len(before):
            print(_row(label, before, after), flush=True)


def _row(label: str, before: Values, after: Values) -> str:
    gains = [compare(before[:, i], after[:, i]) for i in range(len(_MEASURES))]
    first = gains[0]
    cells = [
        label, str(len(before)), f"{before[:, 0].mean():.3f}", f"{after[:, 0].mean():.3f}",
        f"{first.gain:+.3f} [{first.ci95[0]:+.3f}, {first.ci95[1]:+.3f}]", f"{first.p:.4f}",
        *(f"{gain.gain:+.3f} (p {gain.p:.4f})" for gain in gains[1:]),
    ]  # fmt: skip
    return f"| {' | '.join(cells)} |"


def _tune(name: str, simulation: Simulation) -> None:
    print(f"\n{name}, the half to choose on: gain in nDCG@10 over no marks\n")
    print(f"| strength | {' | '.join(_TO_CHOOSE_BY)} |")
    print(f"|---|{'---|' * len(_TO_CHOOSE_BY)}")
    for strength in STRENGTHS:
        cells = []
        for marking in map(MARKINGS.__getitem__, _TO_CHOOSE_BY):
            before, after = measured(simulation, marking, strength, 0)
            cells.append(f"{(after - before)[:, 0].mean():+.3f}" if len(before) else "")
        changed = {k: v for k, v in vars(strength).items() if v != getattr(STRENGTH, k)}
        print(f"| {changed or 'the product'} | {' | '.join(cells)} |", flush=True)


def measured(
    simulation: Simulation, marking: Marking, strength: Strength, half: int
) -> tuple[Values, Values]:
    """Every case's measures without and with feedback. half: 0 or 1, every other query."""
    plain: dict[str, list[str]] = {}
    moved: dict[str, list[str]] = {}
    qrels: dict[str, dict[str, int]] = {}
    for name, query in list(simulation.queries.items())[half::2]:
        ranking = _unmarked(simulation.library, query)
        marks = _marks(simulation, name, query, ranking, marking)
        if marks is None or not query.relevant - {*marks[0], *marks[1]}:
            continue
        marked = {*marks[0], *marks[1]}
        options = SearchOptions(relevant=marks[0], not_relevant=marks[1])
        new = _ranking(simulation.library, query, options, strength)
        plain[name] = [document for document in ranking if document not in marked]
        moved[name] = [document for document in new if document not in marked]
        qrels[name] = dict.fromkeys(query.relevant - marked, 1)
    return _values(qrels, plain), _values(qrels, moved)


def _marks(
    simulation: Simulation, name: str, query: Query, ranking: list[str], marking: Marking
) -> tuple[tuple[str, ...], tuple[str, ...]] | None:
    """What the searcher marks of the first documents; None where there are too few for it."""
    seen = ranking[:_LOOKED_AT]
    good = [document for document in seen if document in query.relevant]
    bad = [document for document in seen if document not in query.relevant]
    if simulation.liking is not None:
        liking = simulation.liking
        by_liking = sorted(bad, key=lambda document: -liking(name, document))
        good, bad = by_liking[: len(by_liking) // 2], by_liking[::-1]
    relevant, wanted = good[: marking.relevant], marking.relevant
    if marking == MARKINGS[_MIXED]:
        relevant, wanted = [*good[:1], *bad[:1]], 2
    elif marking.wrong:
        relevant = bad[: marking.relevant]
    others = bad[: marking.not_relevant]
    if len(relevant) < wanted or len(others) < marking.not_relevant:
        return None
    return tuple(relevant), tuple(others)


@cache
def _unmarked(library: Library, query: Query) -> list[str]:
    return _ranking(library, query, SearchOptions(), STRENGTH)


@cache
def _request(library: Library, text: str) -> Request:
    """A query made ready; its vectors are computed once, whatever is varied."""
    options = SearchOptions(syntax=False, fold_families=False, passages=1)
    return library._request(text, _DEPTH, Filters(), options)


def _ranking(
    library: Library, query: Query, options: SearchOptions, strength: Strength
) -> list[str]:
    """Ids of the best documents, as Library.search finds them, at any strength."""
    catalog, engines = library._catalog, Engines(library._words, library._vectors)
    request = _request(library, query.text)
    seen = scope(catalog, Filters(), library._known(tuple(sorted(query.excluded))))
    marked = Marked(request.words, request.vectors, options, seen)
    learned = learn(catalog, engines, marked, strength)
    hits = find_hits(catalog, engines, replace(request, learned=learned), seen)
    return [hit.document.id for hit in hits]


def _values(qrels: dict[str, dict[str, int]], run: dict[str, list[str]]) -> Values:
    places = {query: i for i, query in enumerate(qrels)}
    scored = {q: {d: float(_DEPTH - i) for i, d in enumerate(some)} for q, some in run.items()}
    values = np.zeros((len(places), len(_MEASURES)))
    if places:
        for metric in ir_measures.iter_calc(list(_MEASURES), qrels, scored):
            values[places[metric.query_id], _MEASURES.index(metric.measure)] = metric.value
    return values


if __name__ == "__main__":
    main(*sys.argv[1:])
