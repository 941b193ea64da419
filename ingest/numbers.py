"""Patent publication numbers: the canonical form, and a key that forgives how people type them.

Covers what the readers and look-ups need: country, digits and kind code. Ambiguous or national
conventions beyond that are not guessed at.
"""

from __future__ import annotations

import re

_SEPARATORS = re.compile(r"[\s,./\-]+")
# Publishing offices (WIPO ST.3) whose numbers are believed without further signs.
_OFFICES = frozenset(
    "AP AR AT AU BE BG BR CA CH CL CN CO CS CU CY CZ DD DE DK EA EE EG EP ES FI FR GB GC GE GR HK"
    " HR HU ID IE IL IN IS IT JP KR KZ LT LU LV MA MC MD MX MY NL NO NZ OA PE PH PL PT RO RS RU SE"
    " SG SI SK SU TH TR TW UA US UY VN WO YU ZA".split()
)
# Series letters of US designs, reissues, plant patents and statutory inventions may precede.
_NUMBER = re.compile(r"^([A-Z]{2})((?:(?<=US)(?:RE|PP|D|H|T))?\d{4,14})([A-Z]\d?)?$")
_KIND = re.compile(r"[A-Z]\d?$")


def canonical_number(country: str, number: str, kind: str | None = None) -> str:
    """Country, digits and kind code without separators; leading zeros of grants are dropped.

    US applications keep the eleven digits of year and serial number (37 CFR 1.215 publications
    are numbered YYYY/NNNNNNN); ten digits, as some exports write them, get their zero back.

    >>> canonical_number("US", "08,930,553", "B2")
    'US8930553B2'
    >>> canonical_number("US", "2004137729", "A1")
    'US20040137729A1'
    """
    digits = _SEPARATORS.sub("", number).upper().lstrip("0")
    if country == "US" and re.fullmatch(r"(19|20)\d{8}", digits):
        digits = digits[:4] + digits[4:].zfill(7)
    return f"{country.upper()}{digits}{(kind or '').upper()}"


def parse_number(text: str) -> str | None:
    """The canonical number if the text is one in full (with country), else None.

    >>> parse_number("US-2004137729-A1"), parse_number("ep 1 271 392 a1"), parse_number("USD43585S")
    ('US20040137729A1', 'EP1271392A1', 'USD43585S')
    >>> parse_number("R-014"), parse_number("MED-2427")
    (None, None)
    """
    match = _NUMBER.match(_SEPARATORS.sub("", text.strip()).upper())
    if match is None or match[1] not in _OFFICES:
        return None
    country, number, kind = match.groups()
    return canonical_number(country, number, kind)


def number_key(text: str) -> str:
    """What two spellings of one number have in common, whatever the kind code.

    >>> number_key("US 2016/0336597 A1") == number_key("us20160336597")
    True
    >>> number_key("R-014")
    'R014'
    """
    canonical = parse_number(text)
    if canonical is None:
        return _SEPARATORS.sub("", text).upper()
    return _KIND.sub("", canonical)
