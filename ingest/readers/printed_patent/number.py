"""Publication numbers, offices and legal kinds of printed patents, from fields and page headers."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.numbers import canonical_number, parse_number
from ingest.numbers.offices import OFFICES
from ingest.readers.printed_patent.dates import first_date

_OFFICE_NAMES = (
    ("KR", r"대한민국|\(KR\)|Korean Intellectual"),
    ("JP", r"日本国|\(JP\)"),
    ("CN", r"中华人民共和国|国家知识产权局|\(CN\)"),
    (
        "WO",
        r"World Intellectual|세계지식재산권|世界知的|世界知识|Weltorganisation"
        r"|mondiale de la Propri",
    ),
    ("EP", r"Europäisches Patentamt|European Patent Office|\(EP\)|^\s*EP\b"),
    ("DE", r"Bundesrepublik|BUNDESREPUBLIK|Deutsches Patent|\(DE\)|^\s*DE\b"),
    ("US", r"United States|\(US\)|^\s*US\b"),
)
_KIND = re.compile(r"\(([A-Z]\d?)\)|\b(A[1-9]|B[1-9]|U[1-9]?|C[1-9]|T[1-9]|E1|S1|P[1-3])\b")
_WRITTEN = re.compile(
    r"(?<![A-Z])(?P<country>[A-Z]{2})\s?-?(?P<number>(?:RE|PP|D|H|T)?\s?\d(?:[\d "
    r",./]*\d)?)\s*(?P<kind>[A-Z]\d?)?(?![\w])"
)
_KOREAN_NUMBER = re.compile(r"(?<!\d)([123]0-\d{4}-\d{7}|[123]0-\d{7})(?!\d)")
_JAPANESE_NUMBER = re.compile(
    r"(?:特開|特表|特許第?|実用新案登録第?|再表|特公)\s*[平昭令]?\s*[\d-]+号?"
)
_HEADERS = (
    re.compile(
        r"^(?:\(\d+\)\s*)?(?P<n>JP\s*[\d-]+\s*[A-Z]\d?)\s+(?P<d>\d{4}\.\d{1,2}\.\d{1,2})(?:\s*\(\d+\))?$",
        re.M,
    ),
    re.compile(
        r"^(?P<n>US\s\d{4}/\d{7}\sA\d)(?:\s+(?P<d>[A-Z][a-z]{2}\.?\s\d{1,2},\s\d{4}))?$", re.M
    ),
    re.compile(
        r"^(?P<n>(?:EP\s\d\s\d{3}\s\d{3}|DE\s10\s\d{4}\s\d{3}\s\d{3}"
        r"|WO\s\d{4}/\d{6})\s[A-Z]\d)(?:\s+(?P<d>\d{4}\.\d\d\.\d\d))?$",
        re.M,
    ),
)
_INTERNATIONAL = re.compile(r"^(?P<n>WO \d{4}/\d{6})(?:\s+(?P<a>PCT/[A-Z]{2}\d{4}/\d{6}))?$", re.M)
_GRANT = re.compile(
    r"등록특허|登録|特許公報|특허공보\s*\(B|Patent ?schrift|SPECIFICATION|United States "
    r"Patent(?! Appl)",
    re.I,
)


_BARE = re.compile(r"(?:RE|PP|D|H|T)?\d[\d,/ -]*\d")
_LETTERS = (
    ("S", "design"), ("P", "plant"), ("E", "reissue"), ("H", "statutory invention"),
    ("T", "translation"),
)  # fmt: skip


def named_office(words: str) -> str | None:
    """The office that fields (19) and (12) name.

    >>> named_office("대한민국특허청(KR)"), named_office("Offenlegungsschrift")
    ('KR', None)
    """
    return next((code for code, name in _OFFICE_NAMES if re.search(name, words, re.M)), None)


def printed_number(text: str, designation: str, office: str | None) -> str | None:
    """Canonical number of field (10) or (11). designation: field (12), where the kind may stand.

    >>> printed_number("10-2398681", "등록특허공보(B1)", "KR")
    'KR102398681B1'
    >>> printed_number("特許第5123456号", "特許公報(B2)", "JP")
    'JP5123456B2'
    """
    match = _KIND.search(f"{designation} {text}")
    kind = (match[1] or match[2]) if match else None
    if korean := _KOREAN_NUMBER.search(text):
        return canonical_number("KR", korean[1], kind)
    if japanese := _JAPANESE_NUMBER.search(text):
        number = parse_number(japanese[0].replace("特許 ", "特許第"))
        return number + kind if number and kind and number[-1].isdigit() else number
    for match in _WRITTEN.finditer(text):
        if match["country"] in OFFICES:
            # Recognition takes the 1 of A1 for a letter; no office has such a kind.
            own = re.sub("[lI]$", "1", match["kind"] or "") or kind
            return canonical_number(match["country"], re.sub(r"[\s,]", "", match["number"]), own)
    if office in ("US", "DE", "EP", "CN", "JP") and (bare := _BARE.match(text)):
        return canonical_number(office, re.sub(r"[\s,]", "", bare[0]), kind)
    return parse_number(text)


def headed(pages: Sequence[str]) -> bool:
    """Whether most of several pages carry the header of a patent print."""
    found = [page for page in pages if any(p.search(page) for p in (*_HEADERS, _INTERNATIONAL))]
    return len(pages) > 1 and len(found) * 2 > len(pages)


def header_number(pages: Sequence[str]) -> str | None:
    """The number in the pages' headers; None where they differ.

    Headers of WO prints have no kind: it is taken from where the number stands on the first page.
    """
    if number := _header(pages, "n"):
        return number
    found = {match["n"] for page in pages for match in _INTERNATIONAL.finditer(page)}
    if len(found) != 1:
        return None
    written = found.pop()
    kind = re.search(rf"{written} (A[1-9lI])\b", pages[0])
    return parse_number(written + (re.sub("[lI]", "1", f" {kind[1]}") if kind else ""))


def header_date(pages: Sequence[str]) -> str | None:
    """The ISO date in the pages' headers; None where they differ."""
    return _header(pages, "d")


def _header(pages: Sequence[str], group: str) -> str | None:
    found = set()
    for page in pages:
        for pattern in _HEADERS:
            found |= {match[group] for match in pattern.finditer(page) if match[group]}
    values = {parse_number(one) if group == "n" else first_date(one) for one in found}
    return values.pop() if len(values) == 1 else None


def legal_kind(number: str, designation: str) -> str | None:
    """One of `ingest.facts.LEGAL_KINDS`, by the kind code and the words of field (12).

    >>> legal_kind("US20190012345A1", ""), legal_kind("US5123456A", ""), legal_kind("KR1", "")
    ('application', 'grant', None)
    """
    kind = re.search(r"([A-Z])\d?$", number)
    utility = r"Utility Model|실용신안|実用新案|实用新型|Gebrauchsmuster"
    if re.search(utility, designation, re.IGNORECASE):
        return "utility model"
    for letter, name in _LETTERS:
        if kind and kind[1] == letter:
            return name
    if re.search(r"Design Patent|디자인|意匠", designation):
        return "design"
    if kind and kind[1] in "BC":
        return "grant"
    if kind and kind[1] == "A":
        grant = number.startswith("US") and not re.match(r"US(19|20)\d{9}", number)
        return "grant" if grant else "application"
    return "grant" if _GRANT.search(designation) else None
