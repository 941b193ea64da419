"""Claims of printed patents: where each starts, and which claims it refers to, in six languages."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
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
_RANGE = r"내지|~|～|〜|-|–|부터|乃至|ないし|から|至|到"
_LIST = r"또는|및|혹은|이나|,|、|又は|または|或は|及び|および|と|或|和|或者|と"
_REFERENCE = re.compile(
    rf"(?:제\s*(?P<k>\d+)\s*항|청구항\s*(?:제\s*)?(?P<c>\d+)\s*항?|請求項\s*(?P<j>\d+)"
    rf"|权利要求\s*(?P<z>\d+)\s*项?)"
    rf"(?P<more>(?:\s*(?:{_RANGE}|{_LIST})\s*(?:제|청구항|請求項|权利要求)?\s*\d+\s*(?:항|项)?)*)"
)
_MORE = re.compile(
    rf"(?P<joint>{_RANGE}|{_LIST})\s*(?:제|청구항|請求項|权利要求)?\s*(?P<number>\d+)"
)
_ALL_BEFORE = re.compile(
    r"(?:전술한|선행하는|앞선|상기)\s*(?:청구)?항\s*중|(?:前記|先行する|上記)\s*請求項"
    r"|(?:前述|上述|前面)\S{0,4}权利要求"
)
_LONGEST_RANGE = 200
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
        depends = () if is_deleted(body) else references_of(body, number)
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


def references_of(text: str, own: int) -> tuple[int, ...]:
    """Numbers of the claims that a claim refers to, ascending.

    >>> references_of("請求項１乃至３のいずれかに記載の電池", 4)
    (1, 2, 3)
    >>> references_of("제1항 내지 제3항 및 제5항 중 어느 한 항에 있어서", 6)
    (1, 2, 3, 5)
    >>> references_of("根据权利要求1或2所述的电池", 3)
    (1, 2)
    """
    if not re.search("[가-힣\u3040-\u30ff\u4e00-\u9fff]", text):
        return claim_references(text, own)
    plain = unicodedata.normalize("NFKC", text)
    plain = re.sub(r"(?<=[가-힣\u3040-\u9fff\d])\s*[\n\f]\s*(?=[가-힣\u3040-\u9fff\d])", "", plain)
    found = set(range(1, own)) if _ALL_BEFORE.search(plain) else set()
    for match in _REFERENCE.finditer(plain):
        last = next(int(match[name]) for name in "kcjz" if match[name])
        found.add(last)
        for joint, number in _following(match["more"]):
            if re.fullmatch(_RANGE, joint) and 0 < number - last <= _LONGEST_RANGE:
                found.update(range(last, number))
            found.add(number)
            last = number
    return tuple(sorted(number for number in found if 0 < number < own))


def is_deleted(text: str) -> bool:
    """Whether a claim only says that it was deleted, in any office's language.

    >>> is_deleted("삭제"), is_deleted("전극을 삭제한 전지")
    (True, False)
    """
    return bool(_DELETED.fullmatch(text)) or is_cancelled(text)


def _following(text: str) -> Iterator[tuple[str, int]]:
    for match in _MORE.finditer(text):
        yield match["joint"], int(match["number"])
