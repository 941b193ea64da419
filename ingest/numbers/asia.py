"""Rules of the Japanese, Korean, Chinese and Taiwanese offices for their numbers."""

from __future__ import annotations

import re

from ingest.numbers.checks import cn_check_digit, era_year, possible_year
from ingest.numbers.reading import (
    APPLICATION,
    Given,
    Reading,
    application,
    filed_or_published,
    refused,
)

_ERA = re.compile(r"([MTSHR])(?:(\d{1,2})[-/](\d{1,6})|(\d{2})(\d{1,6}))")
_WESTERN = re.compile(r"((?:19|20)\d{2})(?:[-/](\d{1,6})|(\d{6}))")
_YEAR_ONLY = re.compile(r"(\d{1,2})[-/](\d{1,6})")
_JP_PCT = re.compile(r"WO((?:19|20)\d{2})[-/]?(\d{6})")
_KR_LONG = re.compile(r"([1-6]0)[-/]?((?:19|20)\d{2})[-/]?(\d{7})")
_KR_SHORT = re.compile(r"((?:19|20)\d{2})[-/]?(\d{7})")
# KIPRIS adds four digits to a grant's number.
_KR_GRANT = re.compile(r"([1-6]0)[-/]?(\d{7})(?:-?00\d{2})?")
# Until 1998 examined applications were published under a year and a number of it.
_KR_GRANTS_ONLY = 1999
_CN_APPLICATION = re.compile(r"((?:19|20)\d{2}[12389]\d{7}|(?:8[5-9]|9\d|0[0-3])[12389]\d{5})")


def read_japan(given: Given) -> Reading | None:
    """Years of the era (H11-123456) or of the common era (2015-123456), or a grant's number."""
    if match := _ERA.fullmatch(given.core):
        return _imperial(match[1], match[2] or match[4], match[3] or match[5], given)
    if match := _WESTERN.fullmatch(given.core):
        serial = match[2] or match[3]
        if not possible_year(int(match[1])):
            return refused("JP", f"JP has no such number of the year {match[1]}")
        if len(serial) < 4 and not (given.kind or given.type):
            return None
        if given.kind == "A1":
            return Reading("JP", f"WO{match[1]}{serial.zfill(6)}", "A1")
        return filed_or_published("JP", match[1] + serial.zfill(6), given)
    if match := _JP_PCT.fullmatch(given.plain):
        return Reading("JP", f"WO{match[1]}{match[2]}", given.kind or "A1")
    if match := _YEAR_ONLY.fullmatch(given.core):
        return _unnamed_era(match[1], match[2], given)
    if not given.plain.isdigit() or given.type == APPLICATION or given.kind == "A1":
        return None
    if given.kind in ("A", "U") and len(given.plain) == 8:
        return _unnamed_era(given.plain[:2], given.plain[2:], given)
    if given.kind == "A":
        return _undecided_era(given.plain)
    digits = given.plain.lstrip("0")
    if (4 if given.kind else 6) <= len(digits) <= 7:
        return Reading("JP", digits, given.kind)
    return None


def _imperial(era: str, year: str, serial: str, given: Given) -> Reading | None:
    if era_year(era, int(year)) is None or not int(serial):
        return None
    return filed_or_published("JP", f"{era}{int(year):02d}{int(serial)}", given)


def _unnamed_era(year: str, serial: str, given: Given) -> Reading | None:
    era = _publication_era(int(year))
    if era is None:
        return None
    reading = _imperial(era, year, serial, given)
    if given.kind in ("A", "U") or reading is None or era == "S":
        return reading
    return Reading(
        "JP",
        reading.number,
        given.kind,
        given.type,
        ambiguous=True,
        reason="the year can be of Heisei or of Showa; write H or S before it",
    )


def _publication_era(year: int) -> str | None:
    """Applications are published since S46 (1971), by years of the common era since 2000."""
    return "S" if 46 <= year <= 64 else "H" if 1 <= year <= 12 else None


def _undecided_era(digits: str) -> Reading | None:
    """Seven digits and A: one or two of them can be the year (JP6123456A)."""
    if len(digits) != 7:
        return None
    cuts = ((digits[:cut], digits[cut:]) for cut in (1, 2))
    found = [
        _imperial(era, year, serial, Given(digits, "A"))
        for year, serial in cuts
        if len(serial) <= 6 and (era := _publication_era(int(year))) is not None
    ]
    texts = tuple(reading.canonical for reading in found if reading is not None)
    if not texts:
        return None
    return Reading(
        "JP",
        digits,
        "A",
        ambiguous=True,
        candidates=texts,
        reason="the era and the digits of the year are not told apart; write it like H06-123456",
    )


def read_korea(given: Given) -> Reading | None:
    """Type of right, year and serial (10-2019-0012345), or type and serial of a grant."""
    if match := _KR_LONG.fullmatch(given.core):
        return _korean_year(match[1], match[2], match[3], given)
    if match := _KR_SHORT.fullmatch(given.core):
        right = "20" if given.kind and given.kind[0] in "UY" else "10"
        return _korean_year(right, match[1], match[2], given)
    if match := _KR_GRANT.fullmatch(given.core):
        return None if given.type == APPLICATION else Reading("KR", match[1] + match[2], given.kind)
    digits = given.plain.lstrip("0")
    if digits.isdigit() and given.kind and len(digits) in (4, 5, 6, 7, 9):
        return Reading("KR", digits, given.kind)
    return None


def _korean_year(right: str, year: str, serial: str, given: Given) -> Reading:
    if not possible_year(int(year)):
        return refused("KR", f"KR has no such number of the year {year}")
    if given.kind and given.kind[0] in "BCY" and int(year) >= _KR_GRANTS_ONLY:
        return refused("KR", f"{given.kind} is a grant, which has {right} and seven digits")
    return filed_or_published("KR", right + year + serial, given)


def read_china(given: Given) -> Reading | None:
    """Applications of twelve (before 2003: eight) digits and a check digit; publications."""
    number, check = given.plain, given.check
    if check is None and len(number) == 13 and _CN_APPLICATION.fullmatch(number[:12]):
        number, check = number[:12], number[12]
    if check is None and len(number) == 12 and given.kind == "X":
        check = "X"
    elif given.kind is not None and len(number) == 12 and check is None:
        return refused("CN", "a publication has seven to nine digits, an application no kind code")
    known = _CN_APPLICATION.fullmatch(number)
    # Until 1987 publications had the eight digits of their applications.
    later = len(number) == 12 or (number[:2] not in ("85", "86", "87") and not given.kind)
    if known and (check or later or given.type == APPLICATION):
        if len(number) == 12 and not possible_year(int(number[:4]), 1985):
            return refused("CN", f"CN has no such number of the year {number[:4]}")
        if check and cn_check_digit(number) != check:
            right = cn_check_digit(number)
            return refused("CN", f"the check digit of CN application {number} is {right}")
        return application("CN", number)
    # Nine digits are a publication, whatever the words call it.
    if check or not number.isdigit() or (given.type == APPLICATION and len(number) != 9):
        return None
    lengths = (7, 9) if number[0] in "123" else (8,) if number[:2] in ("85", "86", "87") else ()
    return Reading("CN", number, given.kind) if len(number) in lengths else None


def read_taiwan(given: Given) -> Reading | None:
    """Grants I, M and D with six digits; applications published as year and five digits."""
    if re.fullmatch(r"[IMD]\d{6}", given.plain):
        return Reading("TW", given.plain, given.kind)
    if re.fullmatch(r"(19|20)\d{7}", given.plain):
        return Reading("TW", given.plain, given.kind)
    if given.kind and re.fullmatch(r"[1-9]\d{4,8}", given.plain):
        return Reading("TW", given.plain, given.kind)
    return None
