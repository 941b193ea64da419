"""Rules of each office for its numbers: their lengths and letters, and how we write them."""

from __future__ import annotations

import re
from collections.abc import Callable

from ingest.numbers.asia import read_china, read_japan, read_korea, read_taiwan
from ingest.numbers.checks import ep_check_digit, full_year, possible_year
from ingest.numbers.kinds import kind_fits, us_kind_fits
from ingest.numbers.reading import (
    APPLICATION,
    PCT_START,
    PUBLICATION,
    US_PUBLICATION_START,
    US_SERIES,
    Given,
    Reading,
    application,
    refused,
)

# Publishing offices (WIPO ST.3).
OFFICES = frozenset(
    "AL AM AP AR AT AU AZ BA BE BG BR BY CA CH CL CN CO CR CS CU CY CZ DD DE DK DO DZ EA EC"
    " EE EG EM EP ES FI FR GB GC GE GR GT HK HN HR HU ID IE IL IN IS IT JO JP KE KG KR KZ LT"
    " LU LV MA MC MD ME MK MN MO MT MW MX MY NI NL NO NZ OA PA PE PH PL PT PY RO RS RU SA SE"
    " SG SI SK SM SU SV TH TJ TN TR TT TW UA US UY UZ VN WO YU ZA ZM ZW".split()
)
# Letters before the digits, where an office has them and they are not a kind code.
_LETTERS = {
    "AR": "P", "AT": "E|GM|A", "BR": "PI|MU|C[1-3]", "DK": "PA", "HU": "T|P|E|U|S", "ID": "P|S",
    "IT": "[A-Z]{2}", "MX": "PA|NL|A|U|E|P", "MY": "PI|UI", "PL": "P", "PT": "E", "SG": "P",
    "ES": "P|U|T|E", "TH": "A|C", "LU": "P", "RO": "A", "TR": "T",
}  # fmt: skip
# Fewest and most digits, where they are known.
_LENGTHS = {"FR": (4, 7), "GB": (1, 7), "CA": (4, 7), "CH": (4, 6), "NZ": (4, 6), "AT": (4, 10)}
_PADDED = {"EA": 6}
# A control digit after a hyphen, which is no part of the number.
_CONTROL_DIGIT = {
    "BR": re.compile(r"((?:PI|MU)\d{7}|\d{2}[-/]?20\d{2}[-/]?\d{6})-?\d"),
    "SE": re.compile(r"(\d{7})-\d"),
}
_NEVER = re.compile(r"(?!)")
_WITH_YEARS = frozenset(["JP", "KR", "US", "WO"])
# Words and labels that look like offices: without a kind code they are believed to be words.
_WORDS = frozenset("CR ID MA MD ME MN MO NO PA SM".split())
# A year and a serial that no rule of the office knows: more likely a report than a patent.
_YEAR_SERIAL = re.compile(r"(?:19|20)\d{2}-\d+")


def read_office(country: str, given: Given) -> Reading | None:
    """The reading of a number of this office; None where it is none of its forms."""
    if given.kind is not None and not kind_fits(country, given.kind):
        return refused(country, f"{given.kind} is no kind code of {country} (WIPO ST.16)")
    if given.kind is None and _YEAR_SERIAL.fullmatch(given.core) and country not in _WITH_YEARS:
        return None
    rule = _RULES.get(country)
    reading = rule(given) if rule else _read_other(country, given)
    if reading is None or not reading.valid or re.search("[1-9]", reading.number):
        return reading
    return None


def _read_us(given: Given) -> Reading | None:
    core, plain = given.core, given.plain
    if given.check:
        return None
    serial = re.fullmatch(r"(\d{2})[/-]?(\d{6})", core)
    if serial and serial[1] in US_SERIES and (given.type == APPLICATION or "/" in core):
        return _us_serial(serial[1], serial[2]) if given.kind in (None, "P") else None
    docdb = re.fullmatch(r"((?:19|20)\d{2})(\d{2})(\d{6})", plain)
    if docdb and docdb[2] in US_SERIES and given.kind in (None, "P", "A"):
        possible = possible_year(int(docdb[1]), 1960)
        return _us_serial(docdb[2], docdb[3]) if possible else _no_year("US", docdb[1])
    year = re.fullmatch(r"(20\d{2})(\d{6,7})", plain)
    # Year and seven digits are a publication, whatever the words call it.
    if year and (len(year[2]) == 7 or given.type != APPLICATION):
        if not possible_year(int(year[1]), US_PUBLICATION_START):
            return _no_year("US", year[1])
        return _us_document("", year[1] + year[2].zfill(7), True, given)
    if given.type == APPLICATION:
        return None
    grant = re.fullmatch(r"(RE|PP|AI|RX|[DHTX])?0*(\d{1,8})", plain)
    fewest = 1 if grant and grant[1] else 4 if given.kind else 6
    if grant is None or len(grant[2]) < fewest or re.search(r"\d[-/]\d", core):
        return None
    return _us_document(grant[1] or "", grant[2], False, given)


def _no_year(country: str, year: str) -> Reading:
    return refused(country, f"{country} has no such number of the year {year}")


def _us_serial(series: str, serial: str) -> Reading:
    return application("US", series + serial, f"US{series}/{serial}")


def _us_document(prefix: str, digits: str, published: bool, given: Given) -> Reading:
    if not us_kind_fits(prefix, published, given.kind):
        return refused("US", f"kind code {given.kind} does not go with {prefix + digits}")
    number = prefix + digits
    if prefix or given.kind or len(digits) != 8 or digits[:2] < "13" or digits[:2] not in US_SERIES:
        return Reading("US", number, given.kind)
    if digits[:2] >= "60":
        return _us_serial(digits[:2], digits[2:])
    serial = _us_serial(digits[:2], digits[2:]).canonical
    reason = "a grant or a series code and serial number; a slash or a kind code decides"
    return Reading("US", number, ambiguous=True, candidates=(f"US{number}", serial), reason=reason)


def _read_ep(given: Given) -> Reading | None:
    plain, check = given.plain, given.check
    if not plain.isdigit():
        return None
    if len(plain) == 9 and check is None and given.kind is None:
        plain, check = plain[:8], plain[8]
    if re.fullmatch(r"(19|20)\d{2}0\d{6}", plain):
        plain = plain[2:4] + plain[5:]
    if len(plain) == 8 and given.kind in (None, "A"):
        if check is not None and ep_check_digit(plain) != check:
            right = ep_check_digit(plain)
            return refused("EP", f"the check digit of EP application {plain} is {right}")
        if not possible_year(full_year(plain[:2])):
            return _no_year("EP", plain[:2])
        return application("EP", plain)
    if check is not None or given.type == APPLICATION:
        return None
    digits = plain.lstrip("0")
    if len(digits) > 7 or len(plain) < (4 if given.kind else 6):
        return None
    return Reading("EP", digits.zfill(7), given.kind)


def _read_wo(given: Given) -> Reading | None:
    core = given.core.strip("-/")
    pct = re.fullmatch(r"(?:PCT[-/]?)?([A-Z]{2})[-/]?(\d{4}|\d{2})[-/]?(\d{6}|\d{5})", core)
    if pct is None and (epodoc := re.fullmatch(r"(\d{4})([A-Z]{2})(\d{5,6})", given.plain)):
        return _pct(epodoc[2], epodoc[1], epodoc[3])
    if pct is not None and given.kind in (None, "W"):
        return _pct(pct[1], pct[2], pct[3])
    match = re.fullmatch(r"(\d{4})[-/]?(\d{6})|(\d{4})[-/]?(\d{5})|(\d{2})[-/]?(\d{5,6})", core)
    if match is None or given.check:
        return None
    year = match[1] or match[3] or str(full_year(match[5]))
    if not possible_year(int(year), PCT_START):
        return _no_year("WO", year)
    return Reading("WO", year + (match[2] or match[4] or match[6]).zfill(6), given.kind)


def _pct(receiving: str, year: str, serial: str) -> Reading | None:
    year = year if len(year) == 4 else str(full_year(year))
    if receiving not in OFFICES - {"WO"} | {"IB"} or not possible_year(int(year), PCT_START):
        return None
    serial = serial.zfill(6)
    own = f"PCT/{receiving}{year}/{serial}"
    return application("WO", f"{receiving}{year}{serial}", own)


def _read_de(given: Given) -> Reading | None:
    # A check digit can stand before the kind code too: G 94 12 345.6 U1.
    core = re.sub(r"^[PGM](?=\d)|\.\d$", "", given.core)
    plain = Given(core).plain
    if not plain.isdigit():
        return None
    year = re.fullmatch(r"(10|11|12|20|21|22|50|60|61)((?:19|20)\d{2})\d{6}", plain)
    if not (year and possible_year(int(year[2]), 1995)) and not len(plain.lstrip("0")) <= 8:
        return None
    if len(plain.lstrip("0")) < (4 if given.kind else 6):
        return None
    # The file number names the application and all of its publications.
    kind_of = APPLICATION if given.check else given.type or PUBLICATION
    return Reading("DE", plain.lstrip("0"), given.kind, kind_of)


def _read_gb(country: str, given: Given) -> Reading | None:
    """GB and FR: applications since 1978 are year and serial, so that zeros lead them to 2009."""
    plain = given.plain
    if country == "GB" and given.check and re.fullmatch(r"\d{7}", plain):
        return application(country, plain, f"GB{plain}.{given.check}")
    if not re.fullmatch(r"0\d{6}", plain) or given.kind or given.check:
        return _read_other(country, given)
    published = f"{country}{plain.lstrip('0')}"
    if given.type == APPLICATION:
        return application(country, plain)
    reason = "an application's number with its year, or a publication's with a zero before it"
    return Reading(
        country, plain, type=None, ambiguous=True,
        candidates=(f"{country}{plain}", published), reason=reason,
    )  # fmt: skip


def _read_other(country: str, given: Given) -> Reading | None:
    """An office without rules of its own here: letters that it is known to use, and digits."""
    if control := _CONTROL_DIGIT.get(country, _NEVER).fullmatch(given.core):
        number = re.sub(r"[^0-9A-Z]", "", control[1])
        if country == "SE":
            return None if given.kind else application(country, number, f"SE{given.core}")
        return Reading(country, number, given.kind)
    letters = _LETTERS.get(country)
    match = re.fullmatch(rf"({letters})?(\d+)" if letters else r"()(\d+)", given.plain)
    fewest, most = _LENGTHS.get(country, (4, 14))
    fewest = max(fewest if given.kind else 6, fewest)
    if match is None or (country in _WORDS and not given.kind):
        return None
    digits = match[2].lstrip("0")
    counted = match[2] if match[1] or country in _PADDED else digits
    if len(counted) < fewest or len(digits) > most:
        return None
    if given.check and given.kind:
        return None
    kind_of = given.type or (APPLICATION if given.check else PUBLICATION)
    number = match[1] + match[2] if match[1] else digits.zfill(_PADDED.get(country, 1))
    return Reading(country, number, given.kind, kind_of)


_RULES: dict[str, Callable[[Given], Reading | None]] = {
    "US": _read_us,
    "EP": _read_ep,
    "WO": _read_wo,
    "DE": _read_de,
    "GB": lambda given: _read_gb("GB", given),
    "FR": lambda given: _read_gb("FR", given),
    "JP": read_japan,
    "KR": read_korea,
    "CN": read_china,
    "TW": read_taiwan,
}
