"""Numbers with their units in running text, before ranges are made of them."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass

from index.quantities.units import Unit, unit_at

_PLAIN = r"(?:[1-9]\d{0,2}(?:,\d{3})+(?!\d)(?:\.\d+)?|0,\d+(?![\d,])|\d+(?:\.\d+)?|\.\d+)"
_SUPERSCRIPT = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_CARET = r"\^ ?\{?([+-]?\d+)\}?"
_RAISED = rf"([⁺⁻]?[{_SUPERSCRIPT}]+)"
# "10-3" alone is a power, because no range falls; "10-12" is a range. After "×" both are powers.
_POWER_ALONE = rf"10(?:{_CARET}|(-[1-9])|{_RAISED})(?![\d.])"
_POWER_AFTER = rf"10(?:{_CARET}|(-\d{{1,2}}|[1-9](?!\d))|{_RAISED})"
_NUMBER = re.compile(
    r"(?<![A-Za-z0-9.,^_§$µ⁻¯])(?:(?<![\w)\]%])[-+])?"
    rf"(?:{_POWER_ALONE}|({_PLAIN})(?: ?[×xX·*] ?{_POWER_AFTER}|[eE]([+-]?\d{{1,2}})(?!\d))?)"
)
_MANTISSA = 3  # group of the number itself; all others are powers of ten
_RATE = re.compile(r"(?<![A-Za-z0-9])C ?/ ?(\d{1,3}(?:\.\d+)?)(?![\d.]*[A-Za-z%])")
_TOLERANCE = re.compile(rf" ?(?:±|\+/-|\+-) ?({_PLAIN})")
_FLAT = str.maketrans(_SUPERSCRIPT + "⁺⁻", "0123456789+-")
# Before a number that counts something else: claims, figures, citations, samples.
_LABEL = re.compile(
    r"(?:claims?|figs?\.?|figures?|tables?|examples?|embodiments?|no\.?|nos\.?|steps?|refs?\.?"
    r"|eqs?\.?|equations?|pages?|pp?\.|vol\.|sections?|chapters?|samples?|items?|aspects?|batch"
    r"|lanes?|scheme|formula|type|class|group|phases?|SEQ ID NOs?:?|청구항|실시예|도|表|図|Anspruch"
    r"|Beispiel)[ \-]?\(?(?:\d+[A-Za-z]?(?:-[A-Z])?(?: ?[,;] ?| ?(?:and|or|to|-|&) ?))*$",
    re.IGNORECASE,
)
_ISOTOPE = re.compile(r"[A-Z]{1,2}[ -]?(?:NMR|labell?ed|enriched)")
# The number of an entry in a list of references: "... (2000). 91 K. Author".
_ENTRY = re.compile(r"[.)\]] +$")
_LISTED = re.compile(r"[.,;)\]] +$")
_AUTHOR = re.compile(r"\. (?:[A-Z]\. )*[A-Z][a-z]+(?:,| and | et al)")
# Parts of a drawing: 20A and/or 20B; but 5V to 8V are voltages.
_NUMERAL_AFTER = re.compile(r",? ?(?:and/or|and|or|-|to)? ?\d+([A-J])(?![\w/])")
_NUMERAL_BEFORE = re.compile(r"\b\d+([A-J]),? ?(?:and |or |and/or |- ?|to )?$")
_COULOMB = re.compile(r" ?/? ?(?:k?g|cm|m|mol)\b")
_COMPOUND = re.compile(r" (?:in )?[A-Z][a-z]?[A-Z\d]")
_EXPONENT = re.compile(r"^[A-Za-z]-[123](?![\d.])")  # of a unit that is not known: mgNH3 h-1
# The 1990s are no seconds.
_DECADE = re.compile(r"(?:1[89]|20)?\d0s")


@dataclass(frozen=True)
class Measure:
    """One number. start, end: with unit; low, high: of a tolerance, else both the value.

    unit: None where none follows; low and high are in `unit`'s canonical unit where there is one.
    """

    start: int
    end: int
    low: float
    high: float
    unit: Unit | None
    written_unit: str = ""

    def with_unit(self, other: Measure) -> Measure:
        """The same number in another one's unit: "5, 10 and 15 wt%"."""
        if not other.unit:
            return self
        low, high = other.unit.convert(self.low), other.unit.convert(self.high)
        return Measure(self.start, self.end, low, high, other.unit, other.written_unit)


def measures(text: str) -> Iterator[Measure]:
    """All numbers of a text translated by SIGNS, by place.

    >>> [(m.low, m.unit and m.unit.canonical) for m in measures("1.2×10-3 S/cm, 5 nm")]
    [(0.0012, 'S/cm'), (0.005, 'µm')]
    """
    place = 0
    rates = {match.start(): match for match in _RATE.finditer(text)}
    numbers = [(match.start(), match) for match in _NUMBER.finditer(text)]
    for start, match in sorted((*numbers, *rates.items()), key=lambda found: found[0]):
        if start < place:
            continue
        if start in rates:
            if divisor := float(match[1]):
                place = match.end()
                rate = 1 / divisor
                yield Measure(start, place, rate, rate, Unit("C", "C-rate"), "C")
            continue
        measure = _measure(text, match)
        if measure:
            place = measure.end
            yield measure


def number_at(text: str, place: int) -> tuple[float, int] | None:
    """The number that starts at a place of a text translated by SIGNS, and its end.

    >>> number_at("x < 1.5e-3", 4)
    (0.0015, 10)
    """
    match = _NUMBER.match(text, place)
    try:
        return (_value(match), match.end()) if match else None
    except OverflowError:
        return None


def is_label(text: str, start: int) -> bool:
    """Whether the number at a place names a claim, a figure, a table, a citation.

    >>> is_label("as in claims 1, 2", 16), is_label("a share of 2", 11)
    (True, False)
    """
    return bool(_LABEL.search(text, max(0, start - 40), start))


def _measure(text: str, match: re.Match[str]) -> Measure | None:
    try:
        value = _value(match)
    except OverflowError:
        return None
    if _EXPONENT.search(text[max(0, match.start() - 2) : match.end() + 1]):
        return None
    end, spread = match.end(), 0.0
    if tolerance := _TOLERANCE.match(text, end):
        spread, end = _plain(tolerance[1]), tolerance.end()
    unit, written, unit_end = _unit(text, match.start(), end, value)
    if unit and not spread and (tolerance := _TOLERANCE.match(text, unit_end)):
        again = unit_at(text, _skip(text, tolerance.end()))
        if again and again[0].dimension == unit.dimension:
            ratio = again[0].factor / unit.factor
            spread, unit_end = _plain(tolerance[1]) * ratio, again[1]
    low, high = value - spread, value + spread
    if unit:
        return Measure(
            match.start(), unit_end, unit.convert(low), unit.convert(high), unit, written
        )
    return Measure(match.start(), end, low, high, None)


def _unit(text: str, start: int, end: int, value: float) -> tuple[Unit | None, str, int]:
    """The unit after a number, and where it ends; letters that mean something else are none."""
    place = _skip(text, end)
    found = unit_at(text, place) if place < len(text) else None
    if not found:
        return None, "", end
    unit, unit_end = found
    written = text[place:unit_end]
    single = len(written) == 1 and written.isalpha() and written != "Å"
    if single and _doubtful(text, (start, place, unit_end), value):
        return None, "", end
    return unit, written, unit_end


def _doubtful(text: str, places: tuple[int, int, int], value: float) -> bool:
    """Whether a one-letter unit is more likely something else. places: number, unit, its end."""
    start, place, end = places
    letter, before, after = text[place], text[max(0, start - 60) : start], text[end : end + 40]
    glued = text[place - 1] != " "
    return bool(
        is_label(text, start)
        or _DECADE.fullmatch(text[start:end])
        or text[start:end] in ("3M", "1A", "2A")
        or (letter != "K" and 1800 <= value <= 2100 and value == int(value))
        or (letter == "C" and (value > 20 or _COULOMB.match(after) or _ISOTOPE.match(text, place)))
        or (letter == "m" and _COMPOUND.match(after))  # molal, not metre
        or (letter == "g" and "entrifug" in before)  # times the acceleration of fall
        or after[:1] in ("'", "′", "’")
        or (before[-1:] in (":", "/") and glued)  # of a DOI or an address
        or (after[:1] == "." and _is_entry(before, after))
        or (glued and letter in "ABCDEFGHIJ" and _has_sibling(letter, before, after))
    )


def _is_entry(before: str, after: str) -> bool:
    """Whether a number and a letter start an entry of a list of references: 7 A. Author, ..."""
    named = _LISTED.search(before) and _AUTHOR.match(after)
    return bool(_ENTRY.search(before) or named)


def _has_sibling(letter: str, before: str, after: str) -> bool:
    """Whether a number with another letter stands beside: 20A and/or 20B are parts of a drawing."""
    found = _NUMERAL_AFTER.match(after), _NUMERAL_BEFORE.search(before)
    return any(match and match[1] != letter for match in found)


def _skip(text: str, place: int) -> int:
    """Past a blank or the hyphen of "20-nm"."""
    if text[place : place + 1] == "-" and text[place + 1 : place + 2].isalpha():
        return place + 1
    while text[place : place + 1] == " " and text[place : place + 2] != "  ":
        place += 1
    return place


def _value(match: re.Match[str]) -> float:
    groups = match.groups()
    negative = -1.0 if match.group().startswith("-") else 1.0
    power = next((g for i, g in enumerate(groups) if g and i != _MANTISSA), "")
    exponent = int(power.translate(_FLAT)) if power else 0
    if abs(exponent) > 99:
        raise OverflowError
    mantissa = _plain(groups[_MANTISSA]) if groups[_MANTISSA] else 1.0
    value = float(f"{mantissa * 10.0**exponent:.12g}")
    if math.isinf(value):
        raise OverflowError
    return negative * value


def _plain(number: str) -> float:
    if number.startswith("0,"):
        return float(number.replace(",", "."))
    return float(number.replace(",", ""))
