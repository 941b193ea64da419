"""Keys of applications at the USPTO.

The office has series and serial number (MPEP 503). DOCDB had serial number and year without the
series until about 2010 ("69397103" for 10/693,971 of 2003) and has year, series and serial number
since. So the key is series and serial number for the series that DOCDB always wrote in full, and
year and serial number for those before; then the year must be known.
"""

from __future__ import annotations

import re

from ingest.numbers.application_rules import Filed
from ingest.numbers.checks import full_year

_PROVISIONAL = frozenset(["60", "61", "62", "63", "64"])
_DESIGN = "29"
# Series that began when DOCDB wrote only numbers with a year and no series.
_OLD = frozenset("02 03 04 05 06 07 08 09 10 11 12 29 60 61".split())


def united_states(filed: Filed) -> str | None:
    """The key; None where the number is of no known form or lacks the year that it needs."""
    text = filed.text
    mark = filed.kind if filed.kind in ("P", "F") else ""
    if ended := re.fullmatch(r"(.*\d)([PF])", text):
        text, mark = ended[1], ended[2]
    if new := re.fullmatch(r"((?:19|20)\d{2})([0-35-9]\d)(\d{6})", text):
        return _with_series(new[2], new[3], int(new[1]))
    if epodoc := re.fullmatch(r"((?:19|20)\d{2})0(\d{6})", text):
        return _with_year(int(epodoc[1]), epodoc[2], mark)
    if filed.kind:
        return _docdb(filed, text, mark)
    if office := re.fullmatch(r"(\d{2})/?(\d{6})", text):
        return _with_series(office[1], office[2], filed.year)
    if re.fullmatch(r"\d{4,6}", text) and filed.year:
        return _with_year(filed.year, text, mark)
    return None


def _docdb(filed: Filed, text: str, mark: str) -> str | None:
    """Serial number and two digits of the year."""
    short = re.fullmatch(r"(\d{1,6})(\d{2})", text)
    if short is None:
        return None
    year = full_year(short[2], 1912)
    if filed.year is not None and filed.year != year:
        return None
    return _with_year(year, short[1], mark)


def _with_series(series: str, serial: str, year: int | None) -> str:
    if series not in _OLD or year is None:
        return f"US{series}{serial}"
    mark = "P" if series in _PROVISIONAL else "F" if series == _DESIGN else ""
    return _with_year(year, serial, mark)


def _with_year(year: int, serial: str, mark: str) -> str:
    """P keeps provisional applications apart, F designs: they have serial numbers of their own."""
    return f"US{year}{serial.zfill(6)}{mark}"
