"""What speaks for a limitation being disclosed by a run of a reference's text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from assistant.chart.items import linked, share, worst
from assistant.chart.reference import Reference, Run
from assistant.chart.said import Said
from assistant.chart.wanted import Wanted, negates, pairs_of
from assistant.gate.cover import means
from assistant.gate.reading import read
from index.encoder import Vectors
from index.quantities import Condition, Quantity, find_quantities, satisfies
from index.quantities.conditions import compare, dimensions_met

# How well a figure is met: by a value or narrower range of the right thing, by an overlap, by a
# value of something that is not named; and where another value of the right thing is stated.
INSIDE, OVERLAP, UNNAMED, OTHER, NOWHERE = 1.0, 0.7, 0.4, -1.0, 0.0
_NEAR, _AROUND = 1, 4
PERCENT = "percent"  # of what is not said


@dataclass(frozen=True)
class Signs:
    """The inputs of the fitted model, each about 0 to 1.

    Attributes:
        meaning: cosine of limitation and run.
        own, near, around, document: share of the needs, by rarity, in the run; with a sentence on
            either side; with four; in the document.
        worst, worst_near, worst_document: 1 less the rarity (0 to 1) of the rarest need that is
            missing in the run, near it, in the document.
        pairs: share of neighbouring words that are neighbours in the run too.
        linked: share of neighbouring items that stand near each other in the run.
        spoilt: how much of it is said otherwise word for word while the rarest is missing.
        materials: how far its material or number that is named least is named near; 1 for none.
        figures: how well its figure that is met worst is met near; 1 without figures.
        figures_document: the same in the whole document.
        has_figures: whether it has any.
        turned: whether exactly one of limitation and run is negated.
        claim: whether the run is a claim. preamble: whether the limitation is one.
        length: number of needs, of twelve.
    """

    meaning: float
    own: float
    near: float
    around: float
    document: float
    worst: float
    worst_near: float
    worst_document: float
    pairs: float
    linked: float
    spoilt: float
    materials: float
    figures: float
    figures_document: float
    has_figures: float
    turned: float
    claim: float
    preamble: float
    length: float


def signs(wanted: Wanted, reference: Reference, run: Run, vector: Vectors) -> Signs:
    """The signs of a run. vector: of its text."""
    text = reference.text(run)
    own, near = Said([text]), reference.around(run, _NEAR)
    around = reference.around(run, _AROUND)
    whole = reference.whole
    exact = [item for item in wanted.items if item.exact]
    pairs = wanted.pairs & pairs_of(text)
    paired = len(pairs) / len(wanted.pairs) if wanted.pairs else 1.0
    together, lowest = linked(wanted.items, own), worst(wanted.items, own)
    return Signs(
        meaning=max(float(vector @ wanted.vector), 0.0),
        own=share(wanted.items, own),
        near=share(wanted.items, near),
        around=share(wanted.items, around),
        document=share(wanted.items, whole),
        worst=lowest,
        worst_near=worst(wanted.items, near),
        worst_document=worst(wanted.items, whole),
        pairs=paired,
        linked=together,
        spoilt=max(paired, together) * (1 - lowest),
        materials=min((item.met(near) for item in exact), default=1.0),
        figures=met_all(wanted, near.texts),
        figures_document=met_all(wanted, whole.texts),
        has_figures=float(bool(wanted.conditions)),
        turned=float(wanted.negated != negates(text)),
        claim=float(run.section == "claims"),
        preamble=float(wanted.limitation.role == "preamble"),
        length=min(len(wanted.items) / 12, 1.0),
    )


def met_all(wanted: Wanted, texts: Sequence[str]) -> float:
    """How well the figure that is met worst is met; of alternatives the best one counts."""
    return min(
        (max(met(one, texts) for one in either) for either in wanted.conditions), default=1.0
    )


def met(condition: Condition, texts: Sequence[str]) -> float:
    """How well a figure is met by what texts state, one of INSIDE ... NOWHERE."""
    best = NOWHERE
    other = False
    for text in texts:
        for quantity in quantities(text):
            how = _met(condition, quantity)
            other |= how == OTHER
            best = max(best, how)
    return OTHER if best == NOWHERE and other else best


def _met(condition: Condition, quantity: Quantity) -> float:
    bare = quantity.dimension == PERCENT and condition.dimension in dimensions_met(PERCENT)
    if not bare and quantity.dimension not in dimensions_met(condition.dimension):
        return NOWHERE
    stated = compare(condition, quantity)
    if stated == "none":
        same = replace(
            condition, low=quantity.low, high=quantity.high, low_inclusive=True,
            high_inclusive=True,
        )  # fmt: skip
        return OTHER if satisfies(same, quantity) != "none" else NOWHERE
    if satisfies(condition, quantity) == "none" and not _same_material(condition, quantity):
        return UNNAMED
    return INSIDE if stated == "inside" else OVERLAP


def _same_material(condition: Condition, quantity: Quantity) -> bool:
    """Whether both are shares of one material that they write in different ways."""
    wanted = read(condition.subject).materials
    given = read(quantity.subject).materials
    return any(means(one, other) for other in wanted for one in given)


@lru_cache(maxsize=50_000)
def quantities(text: str) -> tuple[Quantity, ...]:
    """The quantities of a text."""
    return tuple(find_quantities(text)) if any(c.isdigit() for c in text) else ()
