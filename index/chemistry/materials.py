"""Mentions of materials in text, as terms under which all their spellings find each other."""

from __future__ import annotations

import re
from collections.abc import Iterator

from index.chemistry.families import MATERIALS, formula_terms, proportions
from index.chemistry.formulas import find_formulas, flat

_BETWEEN = r"[^\w]{0,3}"
_NUMBER = r"\d+(?:\.\d+)?"


def _squeezed(name: str) -> str:
    return "".join(re.findall(r"\w+", name.lower()))


def _pattern(names: list[str]) -> str:
    """One alternation of names, grouped by first letter and first word, which makes it fast."""
    groups: dict[str, dict[str, list[str]]] = {}
    for name in names:
        first, *rest = re.findall(r"\w+", name.lower())
        tail = "".join(_BETWEEN + re.escape(word) for word in rest)
        groups.setdefault(first[0], {}).setdefault(first[1:], []).append(tail)
    letters = []
    for letter, firsts in groups.items():
        words = (
            re.escape(first) + "(?:" + "|".join(sorted(tails, key=len, reverse=True)) + ")"
            for first, tails in sorted(firsts.items(), key=lambda item: -len(item[0]))
        )
        letters.append(f"{letter}(?:{'|'.join(words)})")
    return "|".join(letters)


_TERMS = {_squeezed(name): material.term for material in MATERIALS for name in material.names}
_NAME = re.compile(
    rf"(?<![a-z0-9])(?:{_pattern([name for m in MATERIALS for name in m.names])})(?![a-z0-9])"
)
_CODED = re.compile(
    r"(?<![a-z])(?:li)?(ncma|nmca|ncm|nmc|cnm|nca)"
    rf"(?:[\s\-(:]{{0,2}}({_NUMBER}(?:\s?[:/\-]\s?{_NUMBER}){{2,3}}|\d{{6}}|\d{{3,4}})(?![\d%]))?"
    r"(?![a-z0-9])"
)
_RATIO = re.compile(
    r"(?<![a-z])(ni|co|mn)\s?[:/]\s?(ni|co|mn|al)\s?[:/]\s?(ni|co|mn|al)(?![a-z])[^\d.;]{0,30}?"
    rf"({_NUMBER})\s?[:/]\s?({_NUMBER})\s?[:/]\s?({_NUMBER})"
)


def material_terms(text: str) -> list[tuple[int, int, str]]:
    """The materials that a text names: start, end (half-open) and a term, by place.

    A composition gives its own term and then its family's: documents on other compositions share
    only the family. Unknown proportions (x, y) give the family only.

    >>> material_terms("NCM-811 and LiNi₀.₈Co₀.₁Mn₀.₁O₂")[::2]
    [(0, 7, 'ncm811'), (12, 31, 'ncm811')]
    >>> [term for _, _, term in material_terms("lithium iron phosphate; LiFePO4; lfp; NMC 622")]
    ['lfp', 'lfp', 'lfp', 'ncm622', 'ncm']
    """
    found: dict[tuple[int, int, str], None] = {}
    for start, end, formula in find_formulas(text):
        for term in formula_terms(formula):
            found[start, end, term] = None
    lower = _lower(flat(text))
    coded = [*_coded(lower), *_ratios(lower)]
    for start, end, terms in coded:
        found.update(dict.fromkeys((start, end, term) for term in terms))
    covered = {start for start, _, _ in coded}
    for match in _NAME.finditer(lower):
        if match.start() not in covered:
            found[match.start(), match.end(), _TERMS[_squeezed(match.group())]] = None
    # Stable, so that a composition stays before its family.
    return sorted(found, key=lambda mention: mention[:2])


def _lower(text: str) -> str:
    """Lower case of the same length; a few capitals, such as the dotted I, have longer ones."""
    lower = text.lower()
    if len(lower) == len(text):
        return lower
    return "".join(c if len(c.lower()) > 1 else c.lower() for c in text)


def _coded(lower: str) -> Iterator[tuple[int, int, tuple[str, ...]]]:
    """NCM811, NMC 622, NCA 80/15/5, NCMA 89-5-5-1."""
    for match in _CODED.finditer(lower):
        letters, code = match.groups()
        shares = _shares(letters, code) if code else None
        kind = "".join(sorted(letters, key="ncma".index))
        if code:
            readings = _readings(letters, kind, shares) if shares else []
            yield match.start(), match.end(), (*readings, kind)


def _shares(letters: str, code: str) -> tuple[float, ...] | None:
    """The numbers of a code in the order of the letters; None where it has no sure reading.

    >>> _shares("ncm", "811"), _shares("ncm", "9055"), _shares("ncm", "912")
    ((8.0, 1.0, 1.0), (90.0, 5.0, 5.0), None)
    """
    count = len(letters)
    numbers = re.findall(_NUMBER, code)
    if len(numbers) == 1:
        if len(code) == count:
            numbers = list(code)
        elif len(code) == 2 * count:
            numbers = [code[i : i + 2] for i in range(0, len(code), 2)]
        elif len(code) == count + 1:
            numbers = [code[:2], *code[2:]]
    shares = tuple(float(number) for number in numbers)
    total = sum(shares)
    even = len(set(shares)) == 1
    whole = any(abs(total - unit) <= 0.011 * unit for unit in (1, 10, 100))
    return shares if len(shares) == count and total > 0 and (whole or even) else None


def _readings(letters: str, kind: str, shares: tuple[float, ...]) -> list[str]:
    """Terms of the proportions, in the order of the letters.

    "NMC523" is written for Ni5Co2Mn3 as well as for Ni5Mn2Co3, and so is "NCM532" the other way
    round; where the letters say the rarer one, more cobalt than manganese, both are given.
    """
    by_letter = dict(zip(letters, shares, strict=True))
    ordered = tuple(by_letter[letter] for letter in kind)
    readings = [proportions(kind, ordered)]
    if kind == "ncm" and ordered[1] > ordered[2]:
        readings.append(proportions(kind, (ordered[0], ordered[2], ordered[1])))
    return readings


def _ratios(lower: str) -> Iterator[tuple[int, int, tuple[str, ...]]]:
    """Ni:Co:Mn = 8:1:1, in any order of the metals."""
    for match in _RATIO.finditer(lower):
        metals, numbers = match.groups()[:3], [float(n) for n in match.groups()[3:]]
        shares = dict(zip(metals, numbers, strict=True))
        for kind, order in (("ncm", ("ni", "co", "mn")), ("nca", ("ni", "co", "al"))):
            if set(order) == set(metals) and sum(numbers) > 0:
                term = proportions(kind, tuple(shares[metal] for metal in order))
                yield match.start(), match.end(), (term, kind)
