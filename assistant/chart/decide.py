"""Decide what a reference discloses of a limitation.

Figures and materials are decided by rule, the rest by a fitted model. Fails towards "not
disclosed": a chart that finds too much is worse than one that finds too little. The weights come
from `benchmarks/charts.py`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from assistant.answers.model import logistic
from assistant.chart.denied import denial, denies
from assistant.chart.items import Item, share
from assistant.chart.places import place_of
from assistant.chart.records import DISCLOSED, NOT_DISCLOSED, PARTLY, Cell, Place
from assistant.chart.reference import Reference, Run
from assistant.chart.said import Said
from assistant.chart.signs import NOWHERE, OTHER, OVERLAP, UNNAMED, Signs, met, met_all
from assistant.chart.wanted import Wanted
from assistant.chart.weigh import Weighed

_PACKAGED = Path(__file__).parent / "fitted.json"
_OTHERS = 3  # further places that a cell offers
_LEAST_OWN = 0.4  # of what the best run says of a limitation itself
_NAMED_AT_MOST = 3  # missing words that a reason names


def decide(wanted: Wanted, reference: Reference, weighed: Sequence[Weighed]) -> Cell:
    """The cell of one limitation and one reference."""
    facts = reference.facts
    ranked = [(chance(one.signs), one) for one in eligible(wanted, reference, weighed)]
    ranked.sort(key=lambda some: (-some[0], some[1].run.start, some[1].run.end))
    if not ranked:
        nothing = "no sentence says anything of it"
        return Cell(facts.id, facts.number, NOT_DISCLOSED, 0.0, None, nothing)
    score, best = ranked[0]
    status, score, reason = judged(wanted, reference, best, score, load())
    places = _distinct([place_of(reference, one.run, round(at, 4)) for at, one in ranked])
    shown = None if status == NOT_DISCLOSED else places[0]
    others = places[: _OTHERS + 1] if shown is None else places[1 : _OTHERS + 1]
    return Cell(facts.id, facts.number, status, round(score, 4), shown, reason, tuple(others))


def eligible(
    wanted: Wanted, reference: Reference, weighed: Sequence[Weighed]
) -> tuple[Weighed, ...]:
    """The runs that may be quoted.

    None that denies the limitation, none that says far less of it than another, and where some
    state its figures, only these.
    """
    left = [one for one in weighed if not denies(wanted, reference, one.run)]
    most = max((one.signs.own for one in left), default=0.0)
    left = [one for one in left if one.signs.own >= _LEAST_OWN * most]
    if not wanted.conditions:
        return tuple(left)
    stating = [one for one in left if met_all(wanted, [reference.text(one.run)]) >= OVERLAP]
    return tuple(stating or left)


def judged(
    wanted: Wanted, reference: Reference, best: Weighed, score: float, model: Mapping[str, Any]
) -> tuple[str, float, str]:
    """Status, score and reason of a limitation by its best run. model: with the thresholds."""
    against = _against(wanted, reference, best)
    if against:
        return NOT_DISCLOSED, min(score, 0.5 * model["partly"]), against
    missing = _missing(wanted, reference, best)
    if score < model["partly"]:
        return NOT_DISCLOSED, score, f"not said there: {missing}" if missing else _FAR
    if wanted.conditions and (
        best.signs.figures < OVERLAP or not _names_subject(wanted, reference, best)
    ):
        return NOT_DISCLOSED, min(score, 0.9 * model["partly"]), "its figure is of something else"
    said = f"said there but for {missing}" if missing else "all of its words stand there"
    if wanted.conditions and best.signs.figures == OVERLAP:
        return PARTLY, score, f"its range overlaps only in part; {said}"
    return (DISCLOSED if score >= model["disclosed"] else PARTLY), score, said


def _names_subject(wanted: Wanted, reference: Reference, best: Weighed) -> bool:
    """Whether a run is about what the limitation is about: names it, or points back to it."""
    end = len(wanted.limitation.subject)
    about = [item for item in wanted.items if item.start < end]
    sentences = reference.sentences[best.run.first : best.run.last + 1]
    stating = [s for s in sentences if met_all(wanted, [reference.text(s)]) >= OVERLAP]
    return any(_is_about(about, reference, run) for run in stating or [best.run])


def _is_about(about: Sequence[Item], reference: Reference, run: Run) -> bool:
    text = reference.text(run)
    if share(about, Said([text])) >= _HALF:
        return True
    return bool(_POINTS_BACK.match(text)) and share(about, reference.around(run, 1)) >= _HALF


# "Its thickness is 5 µm", "The thickness may be 5 µm", but not "The thickness of the foil".
_POINTS_BACK = re.compile(
    r"\W*(?:(?:its?|they|their|this|these|such|here)\b|the (?:\w+ )?(?:thickness|content|amount"
    r"|density|porosity|temperature|ratio|concentration|proportion|diameter|width|height|length"
    r"|size)\b(?! of (?:the|an?)\b))",
    re.IGNORECASE,
)
_HALF = 0.5
_FAR = "its words stand there, but not together"


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
    if denied := denial(wanted, reference):
        return f"it names {denied!r} only to say that it is not there"
    for item in wanted.items:
        if item.exact and item.typed != _NO_METAL and not item.met(reference.whole):
            return f"it nowhere names {item.typed!r}"
    return ""


_NO_METAL = "lead"  # as a verb, far more often than the metal


def _missing(wanted: Wanted, reference: Reference, best: Weighed) -> str:
    """The rarest of the words that neither the run nor its neighbours have; "" for none."""
    near = reference.around(best.run, 1)
    missing = [item for item in wanted.items if item.met(near) < 1]
    rare = sorted(missing, key=lambda item: -item.rarity)[:_NAMED_AT_MOST]
    names = list(dict.fromkeys(repr(item.typed) for item in missing if item in rare))
    more = len({item.typed for item in missing}) - len(names)
    return f"{', '.join(names)}{f' and {more} more' if more > 0 else ''}"


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
