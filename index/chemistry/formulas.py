"""Chemical formulas in running text, read element by element into one canonical form.

Why not a library: chemparse takes "Nix" for an element and loses subscripts, molmass refuses
decimal amounts, pymatgen brings matplotlib and pandas; none finds formulas in a sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

# Electropositive first, as formulas are written: IUPAC Red Book 2005, table VI, from its end.
ELEMENTS = (
    "Cs Rb K Na Li Ba Sr Ca Mg Be Lu Yb Tm Er Ho Dy Tb Gd Eu Sm Nd Pr Ce La Y Sc Hf Zr Ti Ta Nb V"
    " W Mo Cr Re Mn Os Ru Fe Ir Rh Co Pt Pd Ni Au Ag Cu Hg Cd Zn Tl In Ga Al B Pb Sn Ge Si C Bi Sb"
    " As P N H Te Se S O I Br Cl F".split()
)
# Stands for any metal, dopant or halogen: LiMO2, Li6PS5X.
ANY = "M"
_ORDER = {symbol: place for place, symbol in enumerate([*ELEMENTS, ANY])}
_NON_METALS = frozenset("C H N O F P S Se Te Cl Br I As".split())
ANIONS = frozenset("O S Se N F Cl Br I C P Te".split())

# Every replacement is one character for one, so that places in the text stay true.
_FLAT = str.maketrans(
    "₀₁₂₃₄₅₆₇₈₉⁰¹²³⁴⁵⁶⁷⁸⁹" + "₊₋⁺⁻" + "−–‐‑‒" + "ₓₐₙₘᵧ" + "［］（）．" + "\u00a0\u2009\u202f\u2005",
    "0123456789" * 2 + "+-+-" + "-----" + "xanmy" + "[]()." + "    ",
)

_SYMBOL = "|".join(sorted([*ELEMENTS, "Me", "M", "X"], key=len, reverse=True))
_NUMBER = r"(?:\d+/\d+|0?\.\d+|[1-9]\d*(?:\.\d+)?|0\.\d+)"
_VARIABLE = r"[abcdkmnpqtuvwxyzαβγδ]"
_TERM = rf"(?:{_NUMBER}?{_VARIABLE}|{_NUMBER})"
_SUM = rf"{_TERM}(?:[+\-±]{_TERM}){{0,6}}"
_AMOUNT = rf"(?:\$?_\{{?{_SUM}\}}?\$?|\({_TERM}(?:[+\-]{_NUMBER}?{_VARIABLE}){{1,6}}\)|{_SUM})"
_PIECE = re.compile(rf"\s*(?:({_AMOUNT})|({_SYMBOL})|([\[({{])|([\])}}]))")
_OXIDATION_STATE = re.compile(r"\((?:I{1,3}|IV|VI{0,3}|0)\)")
_AFTER = r"(?![A-Za-z0-9]|\$?_|\.\d|[+\-](?![\w(]))"
# Two alternatives of one shape: with blanks where subscripts were, and written together.
_SPACED = rf"(?:(?:{_SYMBOL}|[\[(](?:{_SYMBOL})|[\])])(?: {_AMOUNT} ?)?)"
_TOGETHER = rf"(?:(?:{_SYMBOL}|[\[({{]{{1,3}}(?:{_SYMBOL})|[\])}}]{{1,3}}){_AMOUNT}?)"
# "LiF 5 wt%" is no LiF5.
_UNIT = (
    r" ?(?:%|°|wt|mol|at[.%]|vol|parts|ppm|cycles|min"
    r"|[nµμmc]?m\b|[mk]?g\b|m?[VAL]\b|m?M\b|h\b)"
)
_CANDIDATE = re.compile(
    r"(?=[A-Z\[({])"  # first, because it is what makes this fast
    rf"(?<![A-Za-z_])[\[({{]{{0,3}}(?:{_SYMBOL})"
    rf"(?:(?=[^\s\d]{{0,20}} [\d.x])(?: {_AMOUNT} ?)?{_SPACED}{{1,40}}(?<! )(?!{_UNIT})"
    rf"|(?:{_AMOUNT})?{_TOGETHER}{{1,40}}){_AFTER}"
)

# No formula is as long; the pattern above would try for minutes to read it as one.
_ENDLESS = re.compile(r"[A-Za-z0-9.(){}\[\]+\-_$]{80,}")


@dataclass(frozen=True)
class Formula:
    """A formula's elements. amounts: known ones, in the order of ELEMENTS, all above 0.

    variable: elements whose amount is a letter (x, 1-y), `ANY` among them for M, Me or X.
    """

    amounts: tuple[tuple[str, float], ...]
    variable: frozenset[str] = frozenset()

    @property
    def elements(self) -> frozenset[str]:
        """All elements, those with unknown amounts included."""
        return self.variable.union(symbol for symbol, _ in self.amounts)

    def amount(self, symbol: str) -> float:
        """The amount of an element, 0 where it is absent or unknown."""
        return dict(self.amounts).get(symbol, 0.0)

    @property
    def composition(self) -> str:
        """Canonical text of the amounts, lower case; empty where one is unknown.

        >>> parse_formula("Li(Mn0.1Co0.1Ni0.8)O2").composition
        'limn0.1co0.1ni0.8o2'
        """
        if self.variable:
            return ""
        return "".join(
            symbol.lower() + ("" if amount == 1 else f"{amount:g}")
            for symbol, amount in self.amounts
        )


def flat(text: str) -> str:
    """Text with sub- and superscripts and special blanks made plain, character by character."""
    return text.translate(_FLAT)


def _blank(match: re.Match[str]) -> str:
    return " " * len(match.group())


def find_formulas(text: str) -> Iterator[tuple[int, int, Formula]]:
    """Formulas of compounds with their places, half-open, in the order of the text.

    Organic formulas are left out, because isomers share them, and so are single elements.

    >>> [(start, end) for start, end, _ in find_formulas("A LiNi₀.₈Co₀.₂O₂ cathode, FIG. 2")]
    [(2, 16)]
    """
    for match in _CANDIDATE.finditer(_ENDLESS.sub(_blank, flat(text))):
        written, start, end = match.group(), match.start(), match.end()
        # A bracket of the sentence around the formula, or one that the formula itself opens.
        while written[:1] in "[({" and _closes_late(written):
            written, start = written[1:], start + 1
        while written[-1:] in "])}" and _count(written, "])}") > _count(written, "[({"):
            written, end = written[:-1], end - 1
        formula = parse_formula(written)
        if formula and _is_compound(written, formula):
            yield start, end, formula


@lru_cache(maxsize=50_000)
def parse_formula(text: str) -> Formula | None:
    """One formula; None where the text is not wholly one.

    >>> parse_formula("Li[Ni1/3Co1/3Mn1/3]O2").amounts[:2]
    (('Li', 1.0), ('Mn', 0.333))
    >>> sorted(parse_formula("LiNixCo1-xO2").variable), parse_formula("Nickel")
    (['Co', 'Ni'], None)
    """
    levels: list[list[tuple[str, float | None]]] = [[]]
    last: list[tuple[str, float | None]] = []
    place, text = 0, flat(text)
    while place < len(text):
        piece = _PIECE.match(text, place)
        if not piece:
            return None
        place = piece.end()
        amount, symbol, opened, _ = piece.groups()
        if symbol:
            levels[-1] += last
            last = [(ANY if symbol in ("M", "Me", "X") else symbol, 1.0)]
        elif opened:
            levels[-1] += last
            last = []
            levels.append([])
        elif amount:
            if not last:
                return None
            last = [(s, _product(count, _value(amount))) for s, count in last]
        else:
            if len(levels) == 1:
                return None
            last = levels.pop() + last
    levels[-1] += last
    return _sum(levels[0]) if len(levels) == 1 and levels[0] else None


def _value(amount: str) -> float | None:
    """The number, None for an expression with letters."""
    amount = amount.strip("$_{}()").split("±")[0]
    if amount.endswith(("-δ", "+δ")):  # a small unknown deviation, usually of oxygen
        amount = amount[:-2]
    try:
        above, _, below = amount.partition("/")
        return float(above) / float(below or 1)
    except (ValueError, ZeroDivisionError):
        return None


def _product(one: float | None, other: float | None) -> float | None:
    return None if one is None or other is None else one * other


def _sum(parts: list[tuple[str, float | None]]) -> Formula:
    known: dict[str, float] = {}
    variable = {symbol for symbol, count in parts if count is None or symbol == ANY}
    for symbol, count in parts:
        if symbol not in variable and count:
            known[symbol] = known.get(symbol, 0.0) + count
    order = sorted(known, key=_ORDER.__getitem__)
    return Formula(tuple((s, round(known[s], 3)) for s in order), frozenset(variable))


def _closes_late(written: str) -> bool:
    """Whether the first bracket is not closed, or only at the very end: then it is no part."""
    depth = 0
    for place, character in enumerate(written):
        depth += (character in "[({") - (character in "])}")
        if depth == 0:
            return place == len(written) - 1
    return True


def _count(text: str, characters: str) -> int:
    return sum(text.count(character) for character in characters)


def _is_compound(written: str, formula: Formula) -> bool:
    """Whether it is more than capitals in a row, an ion, or a carbon compound without a metal."""
    elements = formula.elements - {ANY}
    if len(elements) < 2 or not elements - _NON_METALS or _OXIDATION_STATE.search(written):
        return False
    symbols = re.findall(_SYMBOL, written)
    if all(len(symbol) == 1 for symbol in symbols):
        # V2O5 and K2SO4, but not the genes and strains that look alike (CYP1B1, VP40).
        likely = symbols[0] not in _NON_METALS and symbols[-1] in ("O", "S", "N", "F", "H")
        return likely and " " not in written and 1 < max(n for _, n in formula.amounts) <= 20
    if any(character.isdigit() for character in flat(written)) or formula.variable - {ANY}:
        return True
    # Without any amount: LiF, NiO, LiOH, but neither LiB (a battery) nor LiPS.
    short = len(elements) == 2 or written.endswith("OH")
    return short and symbols[-1] in ANIONS | {"H"} and ANY not in formula.elements
