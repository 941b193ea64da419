"""Days and spans of days as documents and people write them. Knows nothing about patents."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta

# Years outside of these are slips: neither patents nor reports bear them.
_FIRST_YEAR, _LAST_YEAR = 1600, 2999
_PARTS = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


@dataclass(frozen=True)
class Span:
    """The days that a date may mean: first and last, both inclusive; one day for a whole date."""

    first: date
    last: date

    def __str__(self) -> str:
        if self.first == self.last:
            return self.first.isoformat()
        return f"between {self.first} and {self.last}"


def span_of(text: str | None) -> Span | None:
    """The days that an ISO date, month or year stands for; None for anything else.

    >>> str(span_of("2019-03-01")), str(span_of("2019-02"))
    ('2019-03-01', 'between 2019-02-01 and 2019-02-28')
    >>> span_of("2019-02-30"), span_of("19-03-01"), span_of(None)
    (None, None, None)
    """
    found = _PARTS.fullmatch((text or "").strip())
    if found is None or not _FIRST_YEAR <= int(found[1]) <= _LAST_YEAR:
        return None
    year, month, day = (int(part) if part else None for part in found.groups())
    assert year is not None  # the expression has it
    try:
        first = date(year, month or 1, day or 1)
        return Span(first, first if day else _last_day(year, month or 12))
    except ValueError:
        return None


def months_after(day: date, months: int) -> date:
    """The day on which a period of months ends; the month's last where it has no such day.

    As Rule 131(4) EPC counts.

    >>> str(months_after(date(2020, 2, 29), 12)), str(months_after(date(2019, 8, 31), 6))
    ('2021-02-28', '2020-02-29')
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return min(date(year, month + 1, 1) + timedelta(day.day - 1), _last_day(year, month + 1))


def next_weekday(day: date) -> date:
    """The day itself, or the Monday after a Saturday or Sunday.

    >>> str(next_weekday(date(2019, 3, 3))), str(next_weekday(date(2019, 3, 5)))
    ('2019-03-04', '2019-03-05')
    """
    return day + timedelta(max(0, 7 - day.weekday()) if day.weekday() >= 5 else 0)


def _last_day(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])
