"""Find the runs of a reference that could disclose a limitation, and weigh them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.chart.items import share
from assistant.chart.reference import Reference, Run
from assistant.chart.said import Said
from assistant.chart.signs import Signs, met, signs
from assistant.chart.wanted import Wanted, pairs_of
from index.encoder import Vectors
from index.library import Library
from index.records import SearchOptions

# Runs of a reference that are encoded for a limitation, which is what takes the time.
_ENCODED = 10
# Passages of a reference whose sentences are read because they are near in meaning.
_NEAREST = 3


@dataclass(frozen=True)
class Weighed:
    """A run with what speaks for it."""

    run: Run
    signs: Signs


def weigh(library: Library, wanted: Sequence[Wanted], reference: Reference) -> list[list[Weighed]]:
    """For each limitation the runs that promise most; [] where none shares a word."""
    chosen = [_chosen(library, one, reference) for one in wanted]
    texts = sorted({reference.text(run) for runs in chosen for run in runs})
    vectors = dict(zip(texts, library.encoder.encode_passages(texts), strict=True))
    return [
        [Weighed(run, _signs(one, reference, run, vectors)) for run in runs]
        for one, runs in zip(wanted, chosen, strict=True)
    ]


def _signs(one: Wanted, reference: Reference, run: Run, vectors: dict[str, Vectors]) -> Signs:
    return signs(one, reference, run, vectors[reference.text(run)])


def _chosen(library: Library, one: Wanted, reference: Reference) -> list[Run]:
    """The runs that share most with a limitation, and those of the passages nearest in meaning."""
    alone = [
        (run, _promise(one, reference, run, said))
        for run, said in zip(reference.sentences, reference.said, strict=True)
    ]
    best = sorted((some for some in alone if some[1] > 0), key=lambda some: -some[1])
    kept = best[:_ENCODED]
    places = {run.first: promise for run, promise in kept}
    together = []
    for pair in reference.pairs:
        promise = max(places.get(pair.first, 0.0), places.get(pair.last, 0.0))
        if promise:
            both = _promise(one, reference, pair, Said([reference.text(pair)]))
            if both > promise + _WORTH:
                together.append((pair, both))
    together.sort(key=lambda some: -some[1])
    near = _nearest(library, one, reference)
    also = [some for some in alone if some[0].passage_id in near and some[0].first not in places]
    chosen = [*kept, *together[: _ENCODED // 3], *also]
    return [run for run, _ in chosen]


def _nearest(library: Library, one: Wanted, reference: Reference) -> frozenset[str]:
    """Ids of the reference's passages that are nearest in meaning to a limitation."""
    if not library.encoder.reads(one.text):
        return frozenset()
    options = SearchOptions(
        system="dense", syntax=False, fold_families=False, among=(reference.facts.id,),
        passages=_NEAREST,
    )  # fmt: skip
    hits = library.search(one.text, 1, None, options).hits
    return frozenset(passage.id for hit in hits for passage in hit.passages)


# How much more two sentences must share than one of them to be quoted together.
_WORTH = 0.1


def _promise(one: Wanted, reference: Reference, run: Run, said: Said) -> float:
    own = share(one.items, said)
    if not own:
        return 0.0
    text = reference.text(run)
    shared = len(one.pairs & pairs_of(text)) / len(one.pairs) if one.pairs else 0.0
    figures = [max(met(c, (text,)) for c in either) for either in one.conditions]
    stated = max(sum(figures) / len(figures), 0.0) if figures else 0.0
    return own + 0.5 * shared + 0.4 * stated
