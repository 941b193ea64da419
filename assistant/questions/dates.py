"""Dates in words to the exclusive bounds of Filters: "since 2015", "vor 2019", "2015년 이후".

Only what can mean nothing else becomes a bound: "2032 coin cell" and "after 2000 cycles" do not.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from assistant.questions.date_words import ASIAN, BASES, CUES, DAYS, RECENT, Cue

_YEARS = range(1950, 2050)
# What may follow a year; anything else could be what the number counts.
_FOLLOWS = re.compile(
    r"\s*(?:$|[?.!,;:)\]\"”]|(?:and|or|but|that|which|who|what|how|when|where|why|whose|by"
    r"|from|on|about|with|for|in|at|of|to"
    r"|do|does|did|is|are|was|were|has|have|had|can|regarding|concerning|describ\w+"
    r"|disclos\w+|report\w*|claim\w*|mention\w*|using"
    r"|patents?|applications?|publications?|documents?|reports?|papers?|filings?|only"
    r"|onwards?|instead|as|under|the|a|an|any|we|our|they"
    r"|und|oder|von|zu|über|mit|für|die|der|das|gibt|wurden?|werden|ist|sind|hat|haben"
    r"|beschreib\w+|offenbar\w+|veröffentlicht\w*|angemeldet\w*)\b)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Dates:
    """Bounds that words state: Filters' after and before, both exclusive, and the date they mean.

    basis: "publication", "filing" or "priority"; None where the words do not say.
    """

    after: date | None
    before: date | None
    basis: str | None
    start: int
    end: int


@dataclass(frozen=True)
class Span:
    """First and last day of a day, month or year as written."""

    first: date
    last: date
    bare_year: bool


def find_dates(text: str, today: date | None = None) -> list[Dates]:
    """The date bounds that are certain, by place, never overlapping.

    >>> [(d.after, d.before) for d in find_dates("LFP patents filed between 2015 and 2019")]
    [(datetime.date(2014, 12, 31), datetime.date(2020, 1, 1))]
    >>> find_dates("since the electrolyte decomposes before cycling, after 2000 cycles")
    []
    """
    found: list[Dates] = []
    for one in sorted((*_cued(text), *_recent(text, today)), key=lambda d: (d.start, -d.end)):
        if not found or one.start >= found[-1].end:
            found.append(one)
    return found


def _cued(text: str) -> Iterator[Dates]:
    for cue in (*CUES, *ASIAN):
        for match in cue.pattern.finditer(text):
            bounds = _bounds(cue, match, text)
            if bounds:
                basis, start, end = _basis(text, match.start(), match.end())
                yield Dates(*bounds, basis, start, end)


def _bounds(cue: Cue, match: re.Match[str], text: str) -> tuple[date | None, date | None] | None:
    spans = [_span(match[name]) for name in ("one", "two") if match.groupdict().get(name)]
    if not all(spans):
        return None
    known = [span for span in spans if span]
    first, last = known[0].first, known[-1].last
    if first > last or (
        known[-1].bare_year and not cue.closed and not _FOLLOWS.match(text, match.end())
    ):
        return None
    if (
        cue.unsure
        and any(span.bare_year for span in known)
        and _counts_something(text, match.start())
    ):
        return None
    day = timedelta(days=1)
    return {
        "since": (first - day, None),
        "after": (last, None),
        "before": (None, first),
        "until": (None, last + day),
        "in": (first - day, last + day),
    }[cue.means]


_COUNTED = re.compile(
    r"\b(?:temperatures?|cycles?|capacit\w+|densit\w+|values?|ranges?|rates?|ratios?|speeds?"
    r"|number|pressures?|of|content|a|lies?|varies|voltages?|cells?|size|life|times?|length"
    r"|strength|area"
    r"|weight|heated|sintered|calcined) *$",
    re.IGNORECASE,
)


def _counts_something(text: str, start: int) -> bool:
    """Whether the words before make two numbers a range of something else than years."""
    return bool(_COUNTED.search(text[max(0, start - 30) : start]))


def _basis(text: str, start: int, end: int) -> tuple[str | None, int, int]:
    """Which date is meant, and the place with the words that say so."""
    for basis, before, after in BASES:
        if match := before.search(text, max(0, start - 60), start):
            return basis, match.start(), end
        if match := after.match(text, end):
            return basis, start, match.end()
    return None, start, end


def _recent(text: str, today: date | None) -> Iterator[Dates]:
    if today is None:
        return
    for match in RECENT.finditer(text):
        basis, start, end = _basis(text, match.start(), match.end())
        after: date | None
        before: date | None = None
        if match["which"]:
            year = today.year - (match["which"].lower() == "last")
            after, before = date(year - 1, 12, 31), date(year + 1, 1, 1)
        else:
            written = (match["n"] or "1").lower()
            number = DAYS["numbers"].get(written) or int(written)
            after = _earlier(today, number, (match["unit"] or match["decade"]).lower())
        if after:
            yield Dates(after, before, basis, start, end)


def _earlier(today: date, number: int, unit: str) -> date | None:
    """The day so long before today; None before the calendar."""
    try:
        if unit.startswith(("year", "jahr", "decade")):
            year = today.year - number * (10 if unit.startswith("decade") else 1)
            last = calendar.monthrange(year, today.month)[1]
            return date(year, today.month, min(today.day, last))
        if unit.startswith(("month", "monat")):
            months = today.year * 12 + today.month - 1 - number
            year, month = months // 12, months % 12 + 1
            return date(year, month, min(today.day, calendar.monthrange(year, month)[1]))
        return today - timedelta(days=number * (7 if unit.startswith(("week", "woche")) else 1))
    except (ValueError, OverflowError, calendar.IllegalMonthError):
        return None


_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})(?:[-/.](\d{1,2}))?$")
_GERMAN = re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})$")
_CJK = re.compile(r"(\d{4}) ?[년年](?: ?(\d{1,2}) ?[월月](?: ?(\d{1,2}) ?[일日])?)?$")


def _span(written: str) -> Span | None:
    """The days that a written date covers; None for what is no date."""
    written = written.strip()
    if written.isascii() and written.isdigit():
        return _days(int(written), None, None)
    if match := _ISO.match(written) or _CJK.match(written):
        year, month, day = (int(part) if part else None for part in match.groups())
        return _days(year, month, day)
    if match := _GERMAN.match(written):
        return _days(int(match[3]), int(match[2]), int(match[1]))
    words = re.findall(r"[^\W\d_]+|\d+", written.lower())
    months = [DAYS["months"][word[:3]] for word in words if word[:3] in DAYS["months"]]
    numbers = [int(word) for word in words if word.isdigit()]
    years = [number for number in numbers if number > 31]
    days = [number for number in numbers if number <= 31]
    if len(months) != 1 or len(years) != 1 or len(days) > 1:
        return None
    return _days(years[0], months[0], days[0] if days else None)


def _days(year: int | None, month: int | None, day: int | None) -> Span | None:
    if year is None or year not in _YEARS:
        return None
    try:
        if month is None:
            return Span(date(year, 1, 1), date(year, 12, 31), bare_year=True)
        last = calendar.monthrange(year, month)[1]
        if day is None:
            return Span(date(year, month, 1), date(year, month, last), bare_year=False)
        return Span(date(year, month, day), date(year, month, day), bare_year=False)
    except (ValueError, calendar.IllegalMonthError):
        return None
