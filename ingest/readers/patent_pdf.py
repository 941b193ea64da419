"""Printed patents: facts by their INID codes (WIPO ST.9), claims by their opening words.

Reads the codes as US and Korean prints set them, one to a line; what is not found stays None.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.compose import Composer
from ingest.facts import DocumentFacts
from ingest.numbers import canonical_number, parse_number
from ingest.readers.bibliography import family_key, unique, written_date
from ingest.readers.paged import compose_pages
from ingest.readers.patent_xml import claim_references
from ingest.text import one_line

_CODE = re.compile(r"^\s*\((\d{2})\)\s*", re.MULTILINE)
_DATE = re.compile(
    r"\b(\d{4}[-.]\d{2}[-.]\d{2}|[A-Z][a-z]{2,8}\.? \d{1,2}, ?\d{4}|\d{1,2} [A-Z][a-z]+ \d{4})\b"
)
_KOREAN_DATE = re.compile(r"(\d{4})년\s*(\d{1,2})월\s*(\d{1,2})일")
_KOREAN_NUMBER = re.compile(r"번호\s*(\d{2}-\d{4,7}(?:-\d{7})?)")
_KOREAN_KIND = re.compile(r"공보\s*\(([A-Z]\d?)\)")
_KOREAN_LABEL = re.compile(r"^(?:발명의\s*명칭|특허권자|출원인|발명자|요\s*약)\s*")
_NUMBER = re.compile(r"\b([A-Z]{2})[ -]?((?:\d[\d ,./]*)?\d)\s*([A-Z]\d?)?\b")
# "Feb. 5, 2010 (JP) ........ 2010-024321"
_PRIORITY = re.compile(r"\b([A-Z]{2})\)?[ .\-]*((?:\d[\d ,./-]*)?\d)\b")
_SYMBOL = re.compile(r"\b([A-HY]\d{2}[A-Z])\s*(\d{1,4}/\d{2,6})\b")
_LABEL = re.compile(r"^[A-Z][A-Za-z./ ]{1,30}(?:\([a-z]+\))?:\s*")
_CLAIMS = re.compile(
    r"(?:^|(?<=\f))\s*(?:What is claimed is|We claim|I claim|What we claim is|CLAIMS)\s*:?\s*$",
    re.MULTILINE | re.IGNORECASE,
)
_CLAIM = re.compile(r"(?:^|(?<=\f))[ \t]*(\d{1,3})\s*\.\s+(?=\S)", re.MULTILINE)
_ABSTRACT = "57"
# ", Oslo (NO)" or ", Austin, TX (US)", and whatever comes after it.
_ADDRESS = re.compile(r",[^,()]+(?:, ?[A-Z]{2})? ?\([A-Z]{2}\).*")


def patent_facts(document_id: str, first_page: str) -> DocumentFacts | None:
    r"""Facts of the front page; None where it is not a patent's.

    >>> page = "(10) Pub. No.: US 2019/9900101 A1\n(22) Filed: Jan. 5, 2018\n(54) CELL"
    >>> facts = patent_facts("0f", page)
    >>> facts.number, facts.filing_date, facts.title
    ('US20199900101A1', '2018-01-05', 'CELL')
    """
    fields = _fields(first_page)
    # Two codes that every front page has, so that a numbered list is not taken for a patent.
    if not ({"10", "11"} & fields.keys() and {"54", "22", "21"} & fields.keys()):
        return None
    number = _publication_number(fields.get("10") or fields.get("11", ""), fields.get("12", ""))
    priority = fields.get("30", "")
    own = _application(fields.get("21", ""), number)
    claimed = _PRIORITY.search(priority)
    filing_date = _first_date(fields.get("22", ""))
    return DocumentFacts(
        id=document_id,
        kind="patent",
        number=number,
        title=one_line(fields.get("54", "")),
        parties=unique(_party(fields.get(code, "")) for code in ("73", "71")),
        priority_date=_first_date(priority) or (filing_date if own and not priority else None),
        filing_date=filing_date,
        publication_date=_first_date(fields.get("45") or fields.get("43", "")),
        cpc=unique(
            a + b for code in ("52", "51") for a, b in _SYMBOL.findall(fields.get(code, ""))
        ),
        family=family_key(claimed[1], claimed[2]) if claimed else own,
        language=_language(first_page),
        country=number[:2] if number else None,
    )


def compose_patent(composer: Composer, pages: list[str]) -> None:
    """Add abstract, description and claims of a printed patent, page by page."""
    composer.page()
    fields = _fields(pages[0])
    front, _, abstract = pages[0].partition(f"({_ABSTRACT})")
    composer.section("body")
    composer.paragraph(front)
    composer.section("abstract")
    if _ABSTRACT in fields:
        composer.paragraph(re.sub(r"^\s*ABSTRACT\s*", "", abstract, flags=re.IGNORECASE))
    rest = "\f".join(pages[1:])
    starts = _claim_starts(rest)
    composer.section("description")
    if len(pages) > 1:
        description = rest[: starts[0].start()] if starts else rest
        compose_pages(composer, description.split("\f"))
    for match, body in _between(starts, rest):
        number = int(match[1])
        composer.claim(number, body, claim_references(body, number))


def _claim_starts(text: str) -> list[re.Match[str]]:
    """The printed numbers 1, 2, 3 ... after the words that open the claims."""
    opening = _CLAIMS.search(text)
    starts: list[re.Match[str]] = []
    for match in _CLAIM.finditer(text, opening.end()) if opening else ():
        if int(match[1]) == len(starts) + 1:
            starts.append(match)
    return starts


def _between(matches: list[re.Match[str]], text: str) -> Iterator[tuple[re.Match[str], str]]:
    """Each match with the text from it to the next one."""
    ends = [match.start() for match in matches[1:]] + [len(text)]
    for match, end in zip(matches, ends[: len(matches)], strict=True):
        yield match, text[match.end() : end]


def _fields(page: str) -> dict[str, str]:
    """INID code to the text after it, without the printed label ("Filed:")."""
    fields: dict[str, str] = {}
    for match, value in _between(list(_CODE.finditer(page)), page):
        value = _LABEL.sub("", value.strip())
        fields.setdefault(match[1], _KOREAN_LABEL.sub("", value))
    return fields


def _publication_number(text: str, designation: str) -> str | None:
    korean = _KOREAN_NUMBER.search(text)
    if korean:
        kind = _KOREAN_KIND.search(designation)
        return canonical_number("KR", korean[1], kind[1] if kind else None)
    match = _NUMBER.search(text)
    if match is None:
        return parse_number(text)
    return canonical_number(match[1], re.sub(r"\D", "", match[2]), match[3])


def _application(text: str, number: str | None) -> str | None:
    digits = re.sub(r"\D", "", text.split("\n")[0])
    return family_key(number[:2], digits) if number and digits else None


def _language(page: str) -> str | None:
    """By the label of the abstract, which every print has in its own language."""
    if re.search(r"\(57\)\s*요\s*약", page):
        return "ko"
    return "en" if re.search(r"\(57\)\s*ABSTRACT", page, re.IGNORECASE) else None


def _first_date(text: str) -> str | None:
    dates = [written_date(found) for found in _DATE.findall(text)]
    dates += [written_date("-".join(parts)) for parts in _KOREAN_DATE.findall(text)]
    return min((found for found in dates if found), default=None)


def _party(text: str) -> str:
    """The name before the address, first bracket or line end of a party's entry.

    >>> _party("Mirabor Energy Co., Ltd., Seoul (KR)"), _party("Lorvane, Inc., Austin, TX (US)")
    ('Mirabor Energy Co., Ltd.', 'Lorvane, Inc.')
    """
    text = _ADDRESS.sub("", one_line(text)) if _ADDRESS.search(one_line(text)) else text
    return one_line(re.split(r"\n|\(|;", text.strip())[0]).rstrip(", ")
