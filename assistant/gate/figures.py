"""Whether the figures of a sentence stand in a quote, with the same unit, range and exactness."""

from __future__ import annotations

import math
import re

from assistant.gate.reading import Figure, Reading

# Names of what is numbered: "Example 2" is another than "two examples".
_LABEL = re.compile(
    r"\b(examples?|fig|figures?|tables?|claims?|groups?|steps?|samples?|cycles?|types?|zones?|lines?"
    r"|lots?|reports?|electrolytes?|cells?|batch|lanes?|stages?)\.? $",
    re.IGNORECASE,
)
_LEEWAY = 1e-6  # of conversions between units


def same_value(one: Figure, other: Figure) -> bool:
    """Whether two figures give the same value or range in the same dimension."""
    if one.dimension != other.dimension or one.falling != other.falling:
        return False
    if not one.dimension:
        return one.written == other.written
    ends = (one.low, other.low), (one.high, other.high)
    return one.included == other.included and all(
        a == b or math.isclose(a, b, rel_tol=_LEEWAY, abs_tol=1e-12) for a, b in ends
    )


def states(given: Figure, said: Figure) -> bool:
    """Whether `given`, of a quote, allows a sentence to say `said`: "about" must stay."""
    return same_value(given, said) and (said.approximate or not given.approximate)


def wrong_figure(sentence: Reading, quote: Reading) -> str | None:
    """What is wrong with the first figure that the quote does not state; None if all stand there.

    >>> from assistant.gate.reading import read
    >>> wrong_figure(read("It has 250 nm."), read("It has 0.25 µm.")) is None
    True
    >>> wrong_figure(read("It has 5 wt%."), read("It has about 5 wt%."))
    "the quote says only 'about 5 wt%', the sentence '5 wt%'"
    """
    for said in sentence.figures:
        if any(states(given, said) and _counts(given, quote, said, sentence)
               for given in quote.figures):  # fmt: skip
            often = sum(same_value(f, said) for f in sentence.figures)
            if often > sum(same_value(f, said) for f in quote.figures):
                return f"{said.written!r} is said more often than in the quote"
            continue
        rounded = next((f for f in quote.figures if same_value(f, said)), None)
        if rounded and rounded.approximate:
            return f"the quote says only {rounded.written!r}, the sentence {said.written!r}"
        if rounded:
            return f"{said.written!r} counts something else in the quote"
        return f"{said.written!r} is not in the quote"
    return None


def _counts(given: Figure, quote: Reading, said: Figure, sentence: Reading) -> bool:
    """Whether bare numbers count the same: the word behind one stands near the other."""
    if said.dimension:
        return True
    label = _LABEL.search(sentence.text[: said.start])
    if label and not re.search(
        rf"\b{label[1]}s?\.? (?:[^.;]{{0,20}} )?\W*$", quote.text[: given.start], re.IGNORECASE
    ):
        return False
    after = next((w for w in sentence.words if w[1] >= said.end), None)
    if not after or sentence.text[said.end : after[1]].strip():
        return True
    near = [w for w in quote.words if given.start - 30 <= w[1] <= given.end + 40]
    return any(w[0] == after[0] for w in near)
