"""The years of dates as documents state them, and the bars that they are counted in."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

# No office granted patents under a statute with numbers of its own before the act of 1790.
_FIRST_YEAR = 1790
_MOST_BARS = 40
_PARTIAL = re.compile(r"(\d{4})(?:-\d{2})?", re.ASCII)


@dataclass(frozen=True)
class Span:
    """Bars of years from first to last, `step` of them in each."""

    first: int
    last: int
    step: int

    def bars(self) -> range:
        """The first year of each bar."""
        return range(self.first, self.last + 1, self.step)

    def name(self, start: int | None) -> str:
        """What a bar is called; None is that of unknown dates."""
        if start is None:
            return "date unknown"
        return str(start) if self.step == 1 else f"{start}–{start + self.step - 1}"


def year_of(day: str | None) -> int | None:
    """The year of a date; None where it is unknown or cannot be right.

    A year cannot be right before 1790 or after the next one.

    >>> year_of("2019-03-01"), year_of(None), year_of("2019-13-40"), year_of("9999-12-31")
    (2019, None, None, None)
    """
    if not day:
        return None
    if (partial := _PARTIAL.fullmatch(day)) is not None:
        year = int(partial.group(1))
    else:
        try:
            year = date.fromisoformat(day).year
        except ValueError:
            return None
    return year if _FIRST_YEAR <= year <= datetime.now(UTC).year + 1 else None


def span_of(years: Sequence[int]) -> Span | None:
    """The fewest years in a bar with which the bars fit; None for no years.

    >>> span_of([1999, 2012]), span_of([1836, 2024]).step
    (Span(first=1999, last=2012, step=1), 5)
    """
    if not years:
        return None
    first, last = min(years), max(years)
    step = next(s for s in (1, 2, 5, 10) if (last - first) // s < _MOST_BARS)
    return Span(first // step * step, last, step)
