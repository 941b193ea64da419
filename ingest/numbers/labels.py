"""English words around a number: countries, labels, and kinds written before the number."""

from __future__ import annotations

import re

from ingest.numbers.folded import Folded, squeezed
from ingest.numbers.reading import APPLICATION, PUBLICATION

_NUMBER_WORD = r"(?:(?:(?<![A-Z])NOS?\b|NR\b|NUMBER\b|№|#|N°)[.:]?)"
_COUNTRIES = (
    (r"U\.\s?S\.(?:\s?A\.)?|USA\b|UNITED STATES(?: OF AMERICA)?", "US"),
    (r"(?:USPN?|USSN)(?![A-Z])\.?", "US"),
    (r"EUROPEAN\b|EUROPE\b", "EP"), (r"JAPANESE\b|JAPAN\b", "JP"), (r"KOREAN?\b", "KR"),
    (r"CHINESE\b|CHINA\b", "CN"), (r"GERMANY?\b", "DE"), (r"INTERNATIONAL\b", "WO"),
    (r"FRENCH\b|FRANCE\b", "FR"), (r"BRITISH\b|GREAT BRITAIN\b|UK(?=\s)", "GB"),
    (r"CANADIAN\b|CANADA\b", "CA"), (r"TAIWAN(?:ESE)?\b", "TW"), (r"AUSTRALIAN?\b", "AU"),
)  # fmt: skip
_APPLICATION_WORDS = re.compile(
    r"\b(?:SERIAL|APP|USSN|APPL(?:ICATION|N)?)(?![A-Z])\.?", re.IGNORECASE
)
_PUBLICATION_WORDS = re.compile(
    r"\b(?:PUBLICATIONS?|PUBLISHED|PUB|LAID[- ]OPEN|KOKAI|UNEXAMINED)\b\.?", re.IGNORECASE
)
_OTHER_WORDS = re.compile(
    r"\b(?:PATENTS?|PAT|DOCUMENT|SPECIFICATION|SER|(?:NON-?)?PROVISIONAL|APP(?:L(?:ICATION)?)?"
    r"|REGISTRATION|UTILITY(?=\s*PAT))\b\.?",
    re.IGNORECASE,
)
_JP_UNEXAMINED = re.compile(r"\b(?:LAID[- ]OPEN|KOKAI|UNEXAMINED)\b", re.IGNORECASE)
_UTILITY_MODEL = re.compile(r"\bUTILITY MODELS?\b", re.IGNORECASE)
_JP_ERAS = re.compile(r"\b(?:(HEI)(?:SEI)?|SHO(?:WA)?)[\s.\-]*(?=\d)", re.IGNORECASE)
_TYPE = r"\s*(?:PAT(?:ENT\b|\.|\b))?\s*(?:NOS?\.?|NUMBER)?\s*"
# Designs, plants and reissues of the United States; the words need "patent" or the point.
_US_SORTS = (
    (rf"\bDES(?:\.|IGN(?=\s*PAT)){_TYPE}D?(?=\d)", "D"),
    (rf"\bPLANT(?=\s*PAT){_TYPE}(?:PP)?(?=\d)", "PP"),
    (rf"\bRE(?:\.|ISSUE(?=\s*PAT)){_TYPE}(?:RE)?(?=[\d,]{{4,7}}(?![\d,]))", "RE"),
)
# The kind before the number (WIPO ST.14 up to 2016: EP-A-0 123 456); German prints have words.
_KIND_FIRST = re.compile(
    r"\s*(US|EP|WO|JP|DE|GB|FR|KR|CN|CH|CA|AU|BE|NL|SE|FI|SU|DD|TW)[\s.\-]*"
    r"\(?(OS|AS|PS|GM|[ABCUY]\d?)\)?[\s.\-]+(?=\d|[DHRST]\w?\d|H[eE][iI]|WO)",
    re.IGNORECASE,
)
_GERMAN = {"OS": "A", "AS": "B", "GM": "U", "PS": None}


def read_labels(text: str) -> Folded:
    """The number without English words.

    >>> read_labels("U.S. Pat. No. 5,034,068")
    Folded(body='5034068', country='US', kind=None, type=None)
    >>> read_labels("EP-A1-0 123 456")
    Folded(body='EP0123456', country=None, kind='A1', type='publication')
    """
    kind_of = None
    if _PUBLICATION_WORDS.search(text):
        kind_of = PUBLICATION
    elif _APPLICATION_WORDS.search(text):
        kind_of = APPLICATION
    country, plain = _without_words(text)
    kind = None
    if country == "JP":
        letter = "U" if _UTILITY_MODEL.search(text) else "A"
        kind = letter if _JP_UNEXAMINED.search(text) else None
        plain = re.sub(r"\(A\)(?=.*\d)", "", plain)
    # The numbers of KR, CN and TW tell utility models; elsewhere a patent can have the same.
    if country in ("KR", "CN", "TW") or kind == "U" or re.search(r"\d\s*\(?[UY]\d?\)?$", plain):
        plain = _UTILITY_MODEL.sub(" ", plain).strip()
    if first := _KIND_FIRST.match(plain):
        office, written = first[1].upper(), first[2].upper()
        if written not in _GERMAN or office == "DE":
            kind, kind_of = _GERMAN.get(written, written), PUBLICATION
            plain = f"{office} {plain[first.end() :]}"
    body = squeezed(re.sub(r"\(\s*\)|^[\s:]+", "", plain)).strip(":")
    body = re.sub(r"^PCT[-/]?(?=PCT|WO\d)", "", body)
    return Folded(body, country, kind, kind_of)


def _without_words(text: str) -> tuple[str | None, str]:
    country = None
    plain = _JP_ERAS.sub(lambda era: "H" if era[1] else "S", text)
    for pattern, office in _COUNTRIES:
        plain, found = re.subn(rf"(?:^|(?<=\W))(?:{pattern})", " ", plain, flags=re.IGNORECASE)
        country = country or (office if found else None)
    if country in (None, "US"):
        for pattern, letters in _US_SORTS:
            plain, found = re.subn(pattern, letters, plain, flags=re.IGNORECASE)
            country = "US" if found else country
    for words in (_APPLICATION_WORDS, _PUBLICATION_WORDS, _OTHER_WORDS):
        plain = words.sub(" ", plain)
    # "NO" before a number is Norway only in capitals without a point.
    plain = re.sub(r"(?<![A-Za-z])(?:N[oO]s?\.|No\b|no\b|NO[.:])", " ", plain)
    return country, re.sub(_NUMBER_WORD, _keep_norway, plain).strip()


def _keep_norway(match: re.Match[str]) -> str:
    return match[0] if match[0] == "NO" else " "
