"""Numbers without a country: which offices write them so, and which is usually meant."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from ingest.numbers.offices import read_office
from ingest.numbers.reading import APPLICATION, PUBLICATION, US_SERIES, Given, Reading

_OFFICES = ("US", "EP", "DE", "WO", "JP", "KR", "CN")
_NO_COUNTRY = "several offices write numbers so; write the country before it"


def read_bare(given: Given) -> Reading | None:
    """The reading of a number that names no country; None where nothing speaks for a patent."""
    for read in (_us_letters, _with_signs, _with_check_digit, _with_kind, _digits):
        if (reading := read(given)) is not None:
            return reading
    return None


def _us_letters(given: Given) -> Reading | None:
    """RE45,678, D435,854, PP12,345, H1234 and T100,001 are of the United States alone."""
    if re.fullmatch(r"RE\d{4,6}|PP\d{3,6}|D\d{5,7}|H\d{3,4}|T\d{6}", given.plain) and (
        given.core == given.plain and not given.check
    ):
        return read_office("US", given)
    return None


def _with_signs(given: Given) -> Reading | None:
    """Shapes whose signs show the office: 2016/0336597, 14/123456, 10-2019-0012345."""
    core = given.core
    if given.check:
        return None
    if re.fullmatch(r"20\d{2}/0\d{6}", core):
        return read_office("US", given)
    if re.fullmatch(r"\d{2}/\d{6}", core) and core[:2] in US_SERIES:
        return read_office("US", Given(core, given.kind, type=APPLICATION))
    if re.fullmatch(r"[1-6]0-(?:(?:(?:19|20)\d{2}-)?\d{7}|\d{7}-00\d{2})", core):
        return read_office("KR", given)
    if re.fullmatch(r"[SH]\d{1,2}-\d{1,6}", core):
        return read_office("JP", given)
    if re.fullmatch(r"\d{1,2}-\d{4,6}", core) and given.kind == "A":
        return read_office("JP", given)
    if re.fullmatch(r"(?:19|20)\d{2}-\d{5,6}", core):
        return _usual([read_office("JP", given)])
    if re.fullmatch(r"(?:19|20)\d{2}/\d{5,6}", core):
        return _usual([read_office(office, given) for office in ("WO", "JP")])
    return None


def _with_check_digit(given: Given) -> Reading | None:
    """18123456.8 and 201510123456.1: the digit after the point says whose number it is."""
    if not given.check or not given.core.isdigit() or len(given.core) not in (8, 12):
        return None
    readings = [read_office(office, given) for office in ("EP", "CN")]
    if len(given.core) == 8 and not re.match("19[5-9]|10[0-3]", given.core):
        right = [r for r in readings if r is not None]
    else:
        right = [r for r in (*readings, read_office("DE", given)) if r is not None]
    valid = [r for r in right if r.valid]
    return _several(valid) if valid else next(iter(right), None)


def _with_kind(given: Given) -> Reading | None:
    """10123456B2: digits and a kind code; lengths and codes leave one or more offices."""
    if (
        not given.kind
        or given.check
        or given.type == APPLICATION
        or not re.fullmatch(r"\d{7,13}", given.core)
    ):
        return None
    readings = [read_office(office, given) for office in _OFFICES]
    valid = [r for r in readings if r is not None and r.valid and r.type != APPLICATION]
    # The United States print B1 and B2 since 2001, from about 6,167,000 on.
    if valid and valid[0].country == "US" and int(given.core) >= 6_167_000:
        return _usual(valid) if len(valid) > 1 else valid[0]
    return _several(valid) if valid else None


def _digits(given: Given) -> Reading | None:
    """Nothing but digits: a grant of the United States is the usual meaning of seven or eight."""
    core = given.core
    if not core.isdigit() or core[0] == "0" or given.kind or given.check:
        return None
    if not (7 <= len(core) <= 8 or (10 <= len(core) <= 13 and core[:2] in ("10", "19", "20"))):
        return None
    if len(core) == 8 and _is_day(core):
        return None
    offices = _OFFICES if len(core) > 8 else ("US", "EP", "DE", "JP")
    readings = [read_office(office, given) for office in offices]
    valid = [r for r in readings if r is not None and r.valid and _plausible(r, len(core))]
    if given.type is not None:
        valid = [r for r in valid if r.type in (given.type, None)]
    if len(core) == 8 and not (valid and valid[0].country == "US" and valid[0].type != APPLICATION):
        # Eight digits leave too many offices for the only likely one to be certain.
        serial = Given(core, type=APPLICATION)
        filed = read_office("US", serial) if given.type != PUBLICATION else None
        valid = [r for r in (filed, *valid) if r is not None and r.valid]
        return _undecided(valid) if valid else None
    usual = len(core) <= 8 or len(core) == 11
    return (_usual(valid) if usual and valid[:1] and valid[0].country == "US" else None) or (
        _several(valid) if valid else None
    )


def _is_day(digits: str) -> bool:
    try:
        return 1900 <= date(int(digits[:4]), int(digits[4:6]), int(digits[6:])).year <= 2099
    except ValueError:
        return False


def _plausible(reading: Reading, length: int) -> bool:
    """Whether a number without a country is likely enough to be of the office to be named.

    Grants of the US have eight digits since 10,000,000; German file numbers of eight begin with
    195 to 199 and 100 to 103.
    """
    if reading.country == "US" and length == 8 and reading.type != APPLICATION:
        return "10" <= reading.number[:2] < "13"
    if reading.country == "DE":
        return length > 8 or re.match(r"(?:19[5-9]|10[0-3])\d{5}", reading.number) is not None
    if reading.country == "EP" and length == 8:
        year = int(reading.number[:2])
        return year >= 78 or year <= date.today().year % 100
    return True


def _usual(readings: Sequence[Reading | None]) -> Reading | None:
    """The first reading, said to be ambiguous."""
    valid = [reading for reading in readings if reading is not None and reading.valid]
    if not valid:
        return None
    first = valid[0]
    return Reading(
        first.country, first.number, first.kind, first.type, ambiguous=True,
        candidates=tuple(dict.fromkeys(r.canonical for r in valid)), reason=_NO_COUNTRY,
        own=first.own,
    )  # fmt: skip


def _several(readings: list[Reading]) -> Reading:
    """The only reading as it is; none of several is preferred."""
    if len(readings) == 1:
        return readings[0]
    return _undecided(readings)


def _undecided(readings: list[Reading]) -> Reading:
    kinds = {reading.kind for reading in readings}
    return Reading(
        "", kind=kinds.pop() if len(kinds) == 1 else None, type=None, ambiguous=True,
        candidates=tuple(dict.fromkeys(r.canonical for r in readings)), reason=_NO_COUNTRY,
    )  # fmt: skip
