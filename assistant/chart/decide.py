"""Decide what a reference discloses of a limitation.

Figures and materials are decided by rule, the rest by a fitted model. Fails towards "not
disclosed": a chart that finds too much is worse than one that finds too little. The weights come
from `benchmarks/charts.py`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from assistant.answers.model import logistic
from assistant.chart.items import Item
from assistant.chart.places import place_of
from assistant.chart.records import DISCLOSED, NOT_DISCLOSED, PARTLY, Cell, Place
from assistant.chart.reference import Reference
from assistant.chart.signs import NOWHERE, OTHER, OVERLAP, UNNAMED, Signs, met
from assistant.chart.wanted import Wanted
from assistant.chart.weigh import Weighed

_PACKAGED = Path(__file__).parent / "fitted.json"
_OTHERS = 3  # further places that a cell offers
_NAMED_AT_MOST = 3  # missing words that a reason names


def decide(wanted: Wanted, reference: Reference, weighed: Sequence[Weighed]) -> Cell:
    """The cell of one limitation and one reference."""
    facts = reference.facts
    ranked = sorted(
        ((chance(one.signs), one) for one in weighed),
        key=lambda some: (-some[0], some[1].run.start, some[1].run.end),
    )
    if not ranked:
        nothing = "no sentence shares a word with it"
        return Cell(facts.id, facts.number, NOT_DISCLOSED, 0.0, None, nothing)
    score, best = ranked[0]
    status, score, reason = judged(wanted, reference, best, score, load())
    places = _distinct([place_of(reference, one.run, round(at, 4)) for at, one in ranked])
    shown = None if status == NOT_DISCLOSED else places[0]
    others = places[: _OTHERS + 1] if shown is None else places[1 : _OTHERS + 1]
    return Cell(facts.id, facts.number, status, round(score, 4), shown, reason, tuple(others))


def judged(
    wanted: Wanted, reference: Reference, best: Weighed, score: float, model: Mapping[str, Any]
) -> tuple[str, float, str]:
    """Status, score and reason of a limitation by its best run. model: with the thresholds."""
    against = _against(wanted, reference, best)
    if against:
        return NOT_DISCLOSED, min(score, 0.5 * model["partly"]), against
    missing = [i for i in wanted.items if i.met(reference.around(best.run, 1)) < 1]
    said = _said(wanted, missing)
    if score < model["partly"]:
        return NOT_DISCLOSED, score, said
    if wanted.conditions and best.signs.figures <= OVERLAP:
        overlaps = best.signs.figures == OVERLAP
        how = "its range overlaps only in part" if overlaps else "its figure is of something else"
        return PARTLY, score, f"{how}; {said}"
    return (DISCLOSED if score >= model["disclosed"] else PARTLY), score, said


def chance(signs: Signs) -> float:
    """How surely a run discloses its limitation, 0 to 1, under the fitted model."""
    return probability(signs, load())


def probability(signs: Signs, model: Mapping[str, Any]) -> float:
    """The same under any model. model: `bias` and `weights`, one for each sign."""
    said = sum(model["weights"].get(name, 0.0) * value for name, value in vars(signs).items())
    return logistic(model["bias"] + said)


def _against(wanted: Wanted, reference: Reference, best: Weighed) -> str:
    """Why nothing can disclose it, however like the words are; "" for no such reason."""
    near = reference.around(best.run, 1).texts
    for either in wanted.conditions:
        if either[0].dimension == "number":
            continue  # of a formula's letters, which every document names in its own way
        how = max(met(one, reference.whole.texts) for one in either)
        written = wanted.text[either[0].start : either[-1].end]
        if how < 0 or (how == UNNAMED and max(met(one, near) for one in either) == OTHER):
            return f"it states other figures than {written!r}"
        if how == NOWHERE:
            return f"it states nothing in {written!r}"
    if wanted.limitation.role == "preamble":
        return ""
    for item in wanted.items:
        if item.exact and item.typed != _NO_METAL and not item.met(reference.whole):
            return f"it nowhere names {item.typed!r}"
    return ""


_NO_METAL = "lead"  # as a verb, far more often than the metal


def _said(wanted: Wanted, missing: Sequence[Item]) -> str:
    if not missing:
        return "all of its words stand there"
    rare = sorted(missing, key=lambda item: -item.rarity)[:_NAMED_AT_MOST]
    named = ", ".join(repr(item.typed) for item in missing if item in rare)
    more = len(missing) - len(rare)
    return f"not said there: {named}{f' and {more} more' if more else ''}"


def _distinct(places: Sequence[Place]) -> list[Place]:
    """Without places that hold one another or say the same."""
    kept: list[Place] = []
    for place in places:
        words = " ".join(place.quote.split())
        if not any(words in (other := " ".join(k.quote.split())) or other in words for k in kept):
            kept.append(place)
    return kept


@lru_cache(maxsize=1)
def load() -> dict[str, Any]:
    """Weights, bias and the two thresholds."""
    fitted: dict[str, Any] = json.loads(_PACKAGED.read_text(encoding="utf-8"))
    return fitted
