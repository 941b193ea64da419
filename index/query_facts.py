"""Values of the fields that are no text: classes, countries, dates. Checked before any use."""

from __future__ import annotations

import calendar
import re
from datetime import date

from index.errors import BadQuery
from index.query_nodes import DATE_FIELDS, Dated, Fact
from index.records import KINDS

_CPC = re.compile(r"[A-HY]([0-9]{1,2}([A-Z]([0-9]{1,4}(/[0-9]*)?)?)?)?")
_DAY = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")
_COMPARED = re.compile(r"(<=|>=|<|>)(.*)")
_DATE_HELP = "write a year, month or day (2015, 2015-03, 2015-03-01), a range 2015..2019, or <2016"


def fact(field: str, typed: str, start: int) -> Fact | Dated:
    """A field's value, checked. field: one of FACT_FIELDS or DATE_FIELDS; start: of the value.

    Raises BadQuery.

    >>> str(fact("cpc", "h01m 4/36*", 0)), str(fact("filed", ">2018", 0))
    ('cpc:"H01M4/36"', 'filed:2019-01-01..')
    """
    value = " ".join(typed.split())
    if not any(c.isalnum() for c in value):
        raise BadQuery.at(start, typed, f"{field}: has no value")
    if field in DATE_FIELDS:
        return _dated(field, value, start)
    if field in ("cpc", "party"):
        value = value.rstrip("*")  # They match beginnings, or parts, as it is.
    elif "*" in value and field != "number":
        raise BadQuery.at(start, typed, f"{field}: takes whole values only, without *")
    if field == "cpc":
        value = "".join(value.upper().split())
        if not _CPC.fullmatch(value):
            raise BadQuery.at(start, typed, "this is no class; write its beginning, as in H01M4/36")
    elif field == "country":
        value = value.upper()
        if not re.fullmatch("[A-Z]{2}", value):
            raise BadQuery.at(start, typed, "this is no office; write two letters, as in US")
    elif field == "language":
        value = value.lower()
        if not re.fullmatch("[a-z]{2}", value):
            raise BadQuery.at(start, typed, "this is no language; write two letters, as in ko")
    elif field == "kind":
        value = value.lower()
        if value not in KINDS:
            raise BadQuery.at(start, typed, f"there is no such kind; write {' or '.join(KINDS)}")
    return Fact(start, field, value)


def _dated(field: str, value: str, start: int) -> Dated:
    """A range of days from 2015..2019, <2016-03, >=2018-05-01, 2017."""
    if compared := _COMPARED.fullmatch(value):
        sign, bound = compared[1], _day(compared[2].strip(), value, start)
        if sign in ("<", "<="):
            last = _shifted(bound[0], -1, start) if sign == "<" else bound[1]
            return Dated(start, field, None, last)
        first = _shifted(bound[1], 1, start) if sign == ">" else bound[0]
        return Dated(start, field, first, None)
    opening, dots, closing = (part.strip() for part in value.partition(".."))
    if not dots:
        return Dated(start, field, *_day(opening, value, start))
    begin = _day(opening, value, start)[0] if opening else None
    end = _day(closing, value, start)[1] if closing else None
    if begin and end and begin > end:
        raise BadQuery.at(start, value, "the range ends before it begins")
    return Dated(start, field, begin, end)


def _day(text: str, value: str, start: int) -> tuple[str, str]:
    """First and last day of a year, a month or a day."""
    match = _DAY.fullmatch(text)
    if not match or not text.isascii():
        raise BadQuery.at(start, value, f"this is no date; {_DATE_HELP}")
    year, month, day = int(match[1]), int(match[2] or 0), int(match[3] or 0)
    try:
        first = date(year, month if match[2] else 1, day if match[3] else 1)
        last = first
        if not match[2]:
            last = date(year, 12, 31)
        elif not match[3]:
            last = date(year, month, calendar.monthrange(year, month)[1])
    except ValueError:
        raise BadQuery.at(start, value, f"there is no such day; {_DATE_HELP}") from None
    return first.isoformat(), last.isoformat()


def _shifted(day: str, days: int, start: int) -> str:
    try:
        return date.fromordinal(date.fromisoformat(day).toordinal() + days).isoformat()
    except ValueError:
        raise BadQuery.at(start, day, f"no day lies beyond; {_DATE_HELP}") from None
