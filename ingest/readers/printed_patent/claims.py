"""Claims of printed patents: where each starts, and which claims it refers to, in six languages."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ingest.readers.patent_xml.claim_references import claim_references, is_cancelled

_KOREAN = re.compile(
    r"(?:^|(?<=\f))[ \t]*\[?청\s*구\s*항\s*(\d{1,4})[ \t]*\]?[ \t]*[.:]?[ \t]*(?=\n|\f|$"
    r"|[^\s에의내또및,~\-])",
    re.M,
)
_JAPANESE = re.compile(r"[【\[]\s*請求項\s*([\d０-９]{1,4})\s*[】\]]")
_NUMBERED = re.compile(
    r"(?:^|(?<=\f))[ \t]*(\d{1,3})[ \t]*(?:[.)][ \t\n]+(?=\S)|[.．、][ \t]*(?=[\u4e00-\u9fff]))",
    re.M,
)
_MISREAD = re.compile(r"(?:^|(?<=\f))\[[^\]\s]{1,6}(?P<claim>) (?=제\s*\d+\s*항)", re.M)
_DELETED = re.compile(r"[\s()\[\]]*(?:삭\s*제|削\s*除|删\s*除)[\s()\[\].]*")


@dataclass(frozen=True)
class PrintedClaim:
    """One claim. text: below its number, a form feed being a page break."""

    number: int
    text: str
    depends_on: tuple[int, ...]


def printed_claims(text: str) -> list[PrintedClaim]:
    r"""The claims of the part of a print that holds them.

    >>> claims = printed_claims("청구항 1\n전지.\n청구항 2\n제1항에 있어서, 전지.")
    >>> [(claim.number, claim.depends_on) for claim in claims]
    [(1, ()), (2, (1,))]
    """
    starts = claim_starts(text)
    ends = [start.start() for start in starts[1:]] + [len(text)]
    claims: list[PrintedClaim] = []
    for start, end in zip(starts, ends[: len(starts)], strict=True):
        number = int(start[1]) if start[1] else claims[-1].number + 1
        body = text[start.end() : end].strip(" \t\n")
        depends = () if is_deleted(body) else claim_references(body, number)
        claims.append(PrintedClaim(number, body, depends))
    return claims


def claim_starts(text: str) -> list[re.Match[str]]:
    """Where claims start: their bracketed or named numbers ascending, else 1., 2., 3. in a row."""
    for pattern in (_JAPANESE, _KOREAN):
        named: list[re.Match[str]] = []
        for match in pattern.finditer(text):
            if int(match[1]) > (int(named[-1][1]) if named else 0):
                named.append(match)
        if named:
            return _with_missing(named, text)
    numbered: list[re.Match[str]] = []
    for match in _NUMBERED.finditer(text):
        if int(match[1]) == len(numbered) + 1:
            numbered.append(match)
    return numbered


def _with_missing(starts: list[re.Match[str]], text: str) -> list[re.Match[str]]:
    """Adds a claim whose bracket recognition misread, where just one is missing between two.

    Its number is counted, so the bracket must open a line and a reference to a claim follow.
    """
    found = starts[:1]
    for start in starts[1:]:
        between = list(_MISREAD.finditer(text, found[-1].end(), start.start()))
        if int(start[1]) - int(found[-1][1]) == 2 and len(between) == 1:
            found.append(between[0])
        found.append(start)
    return found


def is_deleted(text: str) -> bool:
    """Whether a claim only says that it was deleted, in any office's language.

    >>> is_deleted("삭제"), is_deleted("전극을 삭제한 전지")
    (True, False)
    """
    return bool(_DELETED.fullmatch(text)) or is_cancelled(text)
