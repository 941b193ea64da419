"""The `--where` expression of a search: one condition, written exactly, wrong ones refused."""

from __future__ import annotations

import difflib
import math
import re
from dataclasses import dataclass

from index.errors import BadFilter
from index.quantities.conditions import Condition, find_conditions
from index.quantities.measures import number_at
from index.quantities.units import SIGNS, Unit, unit_at

LONGEST = 500  # characters
_OPERATOR = re.compile(r"<=|>=|=<|=>|==|[<>≤≥=]")
_SPELLED = {"=<": "<=", "=>": ">=", "==": "=", "≤": "<=", "≥": ">="}
_KEYWORD = re.compile(r"(?:between|from)\b", re.IGNORECASE)
_TO = re.compile(r"(?:and|to|-|~|bis|und)(?![A-Za-z])", re.IGNORECASE)
_WORD = re.compile(r"[^\s<>=≤≥]+")
_UNIT_WORD = re.compile(r"[^<>=≤≥]+?(?=\s*(?:$|[<>=≤≥]|\b(?:and|to)\b))")
_EXAMPLES = "'thickness <= 20 um', '3 um <= D50 <= 8 um' or 'FEC between 0.5 and 5 wt%'"
_SUGGESTED = (
    "µm um nm mm wt% mol% at% vol% % °C h min s V mV mAh/g mAh/cm2 Ah mPa·s m2/g S/cm ppm".split()
)
_SUGGESTED += "C MPa g/cm3 mg/cm2 cycles mol/L M Wh/kg Wh/L parts by weight".split()
# Subjects whose numbers have no unit: x and y of a formula, ratios, pH.
_PURE = re.compile(r"[A-Za-zαβγδ]\d?|N/P|.*\b(?:ratio|number|index|pH)\b.*", re.IGNORECASE)


@dataclass(frozen=True)
class _End:
    value: float
    unit: Unit | None
    included: bool
    place: int


class _Reader:
    """The expression and how far it is read."""

    def __init__(self, text: str) -> None:
        self.given = text
        self.text = text.translate(SIGNS)
        self.place = 0

    def fail(self, what: str, place: int | None = None) -> BadFilter:
        """The error, with the character it is about, counted from 1."""
        at = self.place if place is None else place
        found = f"at {self.given[at : at + 20]!r}" if self.given[at:].strip() else "at the end"
        return BadFilter(
            f"--where {self.given!r}, character {at + 1}, {found}: {what}; "
            f"write for example {_EXAMPLES}"
        )

    def take(self, pattern: re.Pattern[str]) -> str:
        """The next words if they fit, else nothing."""
        self.blanks()
        match = pattern.match(self.text, self.place)
        if match:
            self.place = match.end()
        return match.group() if match else ""

    def blanks(self) -> None:
        while self.text[self.place : self.place + 1] == " ":
            self.place += 1

    def operator(self) -> str:
        sign = self.take(_OPERATOR)
        return _SPELLED.get(sign, sign)

    def number(self) -> tuple[float, int] | None:
        """The next number and where it starts; None if something else follows."""
        self.blanks()
        start, found = self.place, number_at(self.text, self.place)
        if not found:
            return None
        self.place = found[1]
        return found[0], start

    def end(self, included: bool = True) -> _End:
        """The next number with its unit, if one follows. Raises BadFilter."""
        number = self.number()
        if not number:
            raise self.fail("a number is missing")
        value, start = number
        self.blanks()
        if not self.text[self.place :] or _OPERATOR.match(self.text, self.place) or self._joint():
            return _End(value, None, included, start)
        found = unit_at(self.text, self.place)
        if not found:
            match = _UNIT_WORD.match(self.text, self.place)
            written = match.group() if match else self.text[self.place :]
            near = difflib.get_close_matches(written.lower(), _SUGGESTED, 1)
            hint = f", do you mean {near[0]!r}?" if near else ""
            raise self.fail(f"there is no unit {written!r}{hint}")
        self.place = found[1]
        return _End(value, found[0], included, start)

    def _joint(self) -> bool:
        return bool(_TO.match(self.text, self.place)) and bool(
            re.match(r"\S+?\s*[-.\d]", self.text[self.place :])
        )

    def subject(self) -> str:
        """The words up to an operator, a keyword or a number."""
        words = []
        while word := self._subject_word():
            words.append(word)
        return " ".join(words)

    def _subject_word(self) -> str:
        self.blanks()
        stops = _KEYWORD.match(self.text, self.place) or number_at(self.text, self.place)
        return "" if stops else self.take(_WORD)


def parse_where(text: str) -> Condition:
    """The condition of a `--where` expression. Raises BadFilter, naming the character.

    >>> str(parse_where("thickness <= 20 um")), str(parse_where("FEC between 0.5 and 5 wt%"))
    ('thickness <= 20 µm', '0.5 wt% <= FEC <= 5 wt%')
    >>> parse_where("0.8 < x < 0.2")
    Traceback (most recent call last):
    index.errors.BadFilter: --where '0.8 < x < 0.2', character 1, at '0.8 < x < 0.2': nothing is \
above 0.8 and below 0.2; write for example 'thickness <= 20 um', '3 um <= D50 <= 8 um' or \
'FEC between 0.5 and 5 wt%'
    """
    if len(text) > LONGEST:
        raise BadFilter(f"--where has {len(text)} characters; {LONGEST} are the most")
    reader = _Reader(text)
    if not text.strip():
        raise reader.fail("there is nothing")
    if number_at(reader.text, len(text) - len(text.lstrip())):
        subject, low, high = _number_first(reader)
    else:
        subject, low, high = _subject_first(reader)
    reader.blanks()
    if reader.text[reader.place :]:
        if plain := _plain_words(text):
            return plain
        raise reader.fail("this is too much; give --where once for each condition")
    return _condition(reader, subject, low, high)


def _number_first(reader: _Reader) -> tuple[str, _End | None, _End | None]:
    """Such as 20 um >= thickness; 3 um <= D50 <= 8 um."""
    first = reader.end()
    sign = reader.operator()
    if sign not in ("<", "<=", ">", ">="):
        raise reader.fail("one of <, <=, > and >= is missing")
    first = _End(first.value, first.unit, "=" in sign, first.place)
    subject = reader.subject()
    if not subject:
        raise reader.fail("what is measured is missing")
    place, second = reader.place, reader.operator()
    other = None
    if second:
        if second[0] != sign[0]:
            raise reader.fail("both signs of a range point the same way", place)
        other = reader.end("=" in second)
    return (subject, first, other) if sign[0] == "<" else (subject, other, first)


def _subject_first(reader: _Reader) -> tuple[str, _End | None, _End | None]:
    """Such as thickness <= 20 um; FEC between 0.5 and 5 wt%; D50 3-8 um."""
    subject = reader.subject()
    if not subject:
        raise reader.fail("what is measured is missing")
    sign = reader.operator()
    if sign:
        end = reader.end("=" in sign)
        if sign == "=":
            return subject, end, end
        return (subject, None, end) if sign[0] == "<" else (subject, end, None)
    reader.take(_KEYWORD)
    low = reader.end()
    if reader.take(_TO):
        return subject, low, reader.end()
    return subject, low, low


def _plain_words(text: str) -> Condition | None:
    """The one condition of "nickel 80 mol% or more"; None where there are none or several."""
    if re.search("[<>=≤≥]", text):
        return None
    found = find_conditions(text)
    return found[0] if len(found) == 1 and found[0].subject else None


def _condition(reader: _Reader, subject: str, low: _End | None, high: _End | None) -> Condition:
    given = [end for end in (low, high) if end]
    unit = next((end.unit for end in reversed(given) if end.unit), None)
    if not unit and re.fullmatch(r"cycles?|cycle number", subject, re.IGNORECASE):
        unit = Unit("cycles", "cycles")
    if not unit:
        if not _PURE.fullmatch(subject):
            raise reader.fail(f"the unit of {subject} is missing", given[-1].place)
        unit = Unit("pH", "pH") if subject == "pH" else Unit("", "number")
    for end in given:
        if end.unit and end.unit.dimension != unit.dimension:
            what = f"{end.unit.canonical} and {unit.canonical} are no ends of one range"
            raise reader.fail(what, end.place)
    bottom, top = (_canonical(end, unit) if end else None for end in (low, high))
    if bottom is not None and top is not None and low and high:
        empty = bottom > top or (bottom == top and not (low.included and high.included))
        if empty:
            what = f"nothing is above {low.value:g} and below {high.value:g}"
            raise reader.fail(what, min(low.place, high.place))
    # "cycles >= 500" and "any >= 500 cycles": the unit says what is counted.
    named = "" if subject.lower() == "any" or unit.dimension == "cycles" else subject
    return Condition(
        named,
        -math.inf if bottom is None else bottom,
        math.inf if top is None else top,
        bool(low and low.included),
        bool(high and high.included),
        unit.canonical,
        unit.dimension,
        0,
        len(reader.given),
    )


def _canonical(end: _End, unit: Unit) -> float:
    return (end.unit or unit).convert(end.value)
