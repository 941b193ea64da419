"""Which value belongs to what: figures of a sentence stand beside the same things as in the quote.

A sentence can hold only true figures and true materials and still be false, when they are paired
otherwise. What stands nearest to a figure, with no comma, conjunction or contrast between, is
what it belongs to; where several values of one dimension stand in a part, the words that only
one of them has may not be said of another.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from assistant.gate.figures import states
from assistant.gate.reading import Figure, Material, Reading

_CONTRAST = re.compile(
    r";|\b(?:whereas|while|but|against|compared|than|versus|vs|instead|unlike|although|though"
    r"|rather|however|not|without)\b",
    re.IGNORECASE,
)
_JOINT = re.compile(r",|\b(?:and|or|to|from|then|plus|into)\b|/| - ", re.IGNORECASE)
_INSTEAD = re.compile(
    r"\b(?:instead of|rather than|not|unlike)(?: at| with| the| a)* ?$", re.IGNORECASE
)
# Dimensions of shares: such a figure belongs to the one material it is a share of.
_SHARES = ("mass fraction", "amount fraction", "atomic fraction", "volume fraction", "ppm",
           "concentration", "parts by weight", "parts by volume")  # fmt: skip
_LEEWAY = 3  # characters that two neighbours may differ in distance and both be near
Thing = Figure | Material
Cost = tuple[int, int]


def wrong_pair(sentence: Reading, part: Reading, row: bool) -> str | None:
    """What is paired otherwise than in the part; None if nothing is.

    row: whether the part is a row of a table, whose columns decide instead of distances.

    >>> from assistant.gate.reading import read
    >>> part = read("It held FEC at 5 wt% and VC at 2 wt%.")
    >>> wrong_pair(read("It held 2 wt% VC."), part, False) is None
    True
    >>> wrong_pair(read("It held FEC at 2 wt%."), part, False)
    "'2 wt%' does not belong to 'FEC' in the quote"
    """
    return (
        _order(sentence, part)
        or _rejected(sentence, part)
        or (None if row else _materials(sentence, part) or _figures(sentence, part))
        or _segments(sentence, part, row)
    )


def _cost(text: str, one: Thing, other: Thing) -> Cost:
    """How far two things stand apart: the strongest barrier between them, and characters."""
    first, last = sorted((one, other), key=lambda thing: thing.start)
    gap = text[first.end : last.start]
    barrier = 2 if _CONTRAST.search(gap) else 1 if _JOINT.search(gap) else 0
    return barrier, len(gap)


def _materials(sentence: Reading, part: Reading) -> str | None:
    if not part.materials or not sentence.materials:
        return None
    for figure in sentence.figures:
        nearest = min(sentence.materials, key=lambda m: _cost(sentence.text, figure, m))
        if _cost(sentence.text, figure, nearest)[0] == 2:
            continue
        back = [f for f in sentence.figures if f.dimension == figure.dimension]
        if figure is not min(back, key=lambda f: _cost(sentence.text, f, nearest)):
            continue  # the sentence gives the material another value
        if nearest.main not in {m.main for m in part.materials}:
            continue  # named before the part: the words decide
        same = [m for m in part.materials if m.main == nearest.main]
        if not _belongs(part, figure, same, list(part.materials), figure.dimension in _SHARES):
            name = sentence.text[nearest.start : nearest.end]
            return f"{figure.written!r} does not belong to {name!r} in the quote"
    return None


def _figures(sentence: Reading, part: Reading) -> str | None:
    for figure in sentence.figures:
        for dimension in {f.dimension for f in sentence.figures} - {figure.dimension}:
            others = [f for f in sentence.figures if f.dimension == dimension]
            nearest = min(others, key=lambda f: _cost(sentence.text, figure, f))
            if _cost(sentence.text, figure, nearest)[0] == 2:
                continue
            there = [
                f
                for f in part.figures
                if f.dimension == dimension and not _INSTEAD.search(part.text[: f.start])
            ]
            there = there or [f for f in part.figures if f.dimension == dimension]
            same = [f for f in there if states(f, nearest)]
            if not _belongs(part, figure, same, there, False):
                return f"{figure.written!r} does not go with {nearest.written!r} in the quote"
    return None


def _belongs(
    part: Reading, said: Figure, same: Sequence[Thing], kind: Sequence[Thing], share: bool
) -> bool:
    """Whether a figure and one of `same` belong together in a part, among all of that kind."""
    given = [f for f in part.figures if states(f, said)]
    rivals = [f for f in part.figures if f.dimension == said.dimension]
    one_value = all(states(f, said) for f in rivals)
    one_thing = len(same) == len(kind)
    for figure in given:
        for thing in same:
            cost = _cost(part.text, figure, thing)
            best = min(_cost(part.text, figure, other) for other in kind)
            back = min(_cost(part.text, other, thing) for other in rivals)
            if one_thing and one_value:
                return True
            strict = share or not (one_thing or one_value)
            forward = _near(cost, best, strict and not one_thing)
            if forward and (one_value or _near(cost, back, strict)):
                return True
    return False


def _near(cost: Cost, best: Cost, strict: bool) -> bool:
    if strict:
        return cost[0] == best[0] and cost[1] <= best[1] + _LEEWAY
    return cost[0] < 2 or (cost[0] == best[0] and cost[1] <= best[1] + _LEEWAY)


def _rejected(sentence: Reading, part: Reading) -> str | None:
    """A value that the quote only sets the stated one against: "2.5 mm instead of 1.0 mm"."""
    for said in sentence.figures:
        given = [f for f in part.figures if states(f, said)]
        instead = _INSTEAD.search(sentence.text[: said.start])
        if given and not instead and all(_INSTEAD.search(part.text[: f.start]) for f in given):
            return f"{said.written!r} is what the quote does not speak of"
    return None


def _order(sentence: Reading, part: Reading) -> str | None:
    """Values of one dimension come in the order of the quote: "from 81 to 88", "5 against 8"."""
    for dimension in {f.dimension for f in sentence.figures}:
        last = -1
        for said in (f for f in sentence.figures if f.dimension == dimension):
            if sentence.text[said.start : said.end].isalpha():
                continue  # "three zones"
            places = [f.start for f in part.figures if states(f, said)]
            later = [place for place in places if place >= last]
            if places and not later:
                return f"{said.written!r} stands on the other side in the quote"
            last = min(later, default=last)
    return None


def _segments(sentence: Reading, part: Reading, row: bool) -> str | None:
    """Words that only another value of the part has."""
    for said in sentence.figures:
        rivals = [f for f in part.figures if row or f.dimension == said.dimension]
        given = next((f for f in rivals if states(f, said)), None)
        others = [f for f in rivals if given and not states(f, said)]
        if given is None or not others:
            continue
        pieces = _Pieces(part, rivals, row)
        mine, about = pieces.at(given.start), _about(sentence, said)
        for other in others:
            place = pieces.at(other.start)
            if place in (0, mine) or any(states(other, f) for f in sentence.figures):
                continue
            if about & pieces.private(place):
                return f"the quote gives another value than {said.written!r} for this"
        first = min(rivals, key=lambda f: f.start)
        listed = not row and any(states(first, f) for f in sentence.figures)
        if mine and not listed and not about & pieces.private(mine):
            return f"what the quote gives {said.written!r} for is not said"
    return None


class _Pieces:
    """A text cut between its values of one dimension; what is in parentheses is a piece too."""

    def __init__(self, reading: Reading, rivals: list[Figure], row: bool) -> None:
        cuts = _cuts(reading.text, rivals, row)
        edges = [0, *cuts, len(reading.text)]
        self._spans = [(a, b, i) for i, (a, b) in enumerate(pairwise(edges))]
        for figure in () if row else rivals:
            bracket = _bracket(reading.text, figure.start)
            if bracket:
                self._aside(*bracket)
        self._words: dict[int, set[str]] = {}
        for name, place in _things(reading):
            self._words.setdefault(self.at(place), set()).add(name)

    def _aside(self, start: int, end: int) -> None:
        """Make a parenthesis a piece of its own; what follows it goes on with what is before."""
        before = self.at(max(0, start - 1))
        number = len(self._spans) + 1
        kept = [(a, min(b, start), i) for a, b, i in self._spans if a < start]
        kept.append((start, end, number))
        for a, b, i in self._spans:
            if b > end:
                kept.append((max(a, end), b, before if a <= end else i))
        self._spans = kept

    def at(self, place: int) -> int:
        """The piece that a place is in; 0 for the first, which all share."""
        return next((i for a, b, i in self._spans if a <= place < b), 0)

    def private(self, piece: int) -> set[str]:
        """What only this piece says."""
        others = set().union(*(w for i, w in self._words.items() if i != piece))
        return self._words.get(piece, set()) - others


def _bracket(text: str, place: int) -> tuple[int, int] | None:
    start, end = text.rfind("(", 0, place), text.find(")", place)
    inside = start >= 0 <= end and ")" not in text[start:place] and "(" not in text[place:end]
    return (start, end + 1) if inside else None


def _cuts(text: str, rivals: list[Figure], row: bool) -> list[int]:
    """Where one value's part of a text ends and the next one's begins."""
    if row:
        return [m.start() for m in re.finditer(";", text)]
    cuts = []
    for one, other in pairwise(rivals):
        gap = text[one.end : other.start]
        marks = list(_CONTRAST.finditer(gap)) or list(_JOINT.finditer(gap))
        cuts.append(one.end + (marks[-1].start() if marks else 0))
    return cuts


def _things(reading: Reading) -> list[tuple[str, int]]:
    """Everything that can be said of a value: words, materials, names, figures."""
    return [
        *((word, a) for word, a, _ in reading.words),
        *((m.main, m.start) for m in reading.materials),
        *((n.folded, n.start) for n in reading.names),
        *((f"{f.dimension} {f.low:g}", f.start) for f in reading.figures),
    ]


def _about(sentence: Reading, said: Figure) -> set[str]:
    """What the sentence says of a figure: all of it, or its share among several of the kind."""
    rivals = [f for f in sentence.figures if f.dimension == said.dimension]
    cuts = _cuts(sentence.text, rivals, False)
    edges = [0, *cuts, len(sentence.text)]
    mine = sum(cut <= said.start for cut in cuts)
    found = {n for n, place in _things(sentence) if edges[mine] <= place < edges[mine + 1]}
    return found - {f"{said.dimension} {said.low:g}"}
