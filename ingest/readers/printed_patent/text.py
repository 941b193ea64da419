"""The running text of a printed patent: without page headers and gutter numbers, in parts.

A print has its description and its claims one after the other, in an order and under headings
that each office has its own of.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ingest.readers.printed_patent.claims import claim_starts
from ingest.readers.printed_patent.inid import folded, inid_fields

_PAGE_LINE = re.compile(
    r"(?:(?:등록|공개)(?:특허|실용신안)(?:공보)?\s*(?:제\s*)?\d{2}-[\d-]{7,}(?:호)?"
    r"|(?:\(\d{1,4}\)\s*)?(?:JP\s*[A-Z]?[\d-]{7,}\s*[A-Z]\d?\s*\d{4}\.\d{1,2}\.\d{1,2}"
    r"|(?:特開|特許第?|特表)[\d-]+号?)(?:\s*\(\d{1,4}\))?"
    r"|US\s*(?:RE|D|PP)?[\d,]{6,11}\s*[A-Z]\d?"
    r"|US\s*\d{4}/\d{7}\s*A\d(?:\s+[A-Z][a-z]{2}\.?\s\d{1,2},\s\d{4})?"
    r"(?:\s+\d{1,3})?|[A-Z][a-z]{2}\.?\s\d{1,2},\s\d{4}"
    r"|(?:U\.S\. Patent|Patent Application Publication)\b.*?(?:Sheet\s\d+\sof\s\d+.*)?"
    r"|EP\s\d\s\d{3}\s\d{3}\s[AB]\d(?:\s*\(.*\))?"
    r"|DE\s[\d ]{8,}\s[A-Z]\d\s*(?:\d{4}\.\d{2}\.\d{2})?"
    r"|WO\s\d{2,4}/\d{5,6}(?:\s+PCT/[A-Z]{2}\d{2,4}/\d{5,6})?|PCT/[A-Z]{2}\d{2,4}/\d{5,6}"
    r"|\d{1,3}\s+\d{1,3}|CN\s[\d ]{8,}\s[A-Z]|[-–]\s?\d{1,4}\s?[-–]"
    r"|\d{1,4}/\d{1,4}(?:\s*页)?|\d{1,4}|\*(?: ?\*){2,})"
)
_CHINESE_PART = re.compile(
    r"(?:CN\s[\d ]{8,}\s[A-Z])?\s*(权\s*利\s*要\s*求\s*书|说\s*明\s*书\s*附\s*图|说\s*明\s*书"
    r"|说\s*明\s*书\s*摘\s*要)"
    r"\s*(?:\d{1,4}/\d{1,4}\s*页)?"
)
_US_GRANT = re.compile(r"US\s(?:RE|D|PP)?[\d,]{6,11}\s[A-Z]\d?")
_MARGIN = 4  # Lines at the top and at the bottom of a page among which its header is looked for.
_CLAIMS = (
    r"What (?:is|we|I) claim(?:ed)?(?: is)?|(?:We|I) claim|(?:The )?invention claimed is|Claims?"
    r"|(?:Patent)?Ansprüche|Revendications"
    r"|(?:특허|실용신안등록)?청구(?:의)?범위|【?(?:書類名】)?(?:特許"
    r"|実用新案登録)?請求の範囲】?|权利要求书"
)
_DESCRIPTION = (
    r"Description|Beschreibung|명세서|(?:발명|고안)의(?:상세한)?설명|【(?:発明|考案)の詳細な説明】"
    r"|【書類名】明細書|明細書|发明内容|说明书"
)
_REST = (
    r"International Search Report|European Search Report|국제조사보고서|国際調査報告"
    r"|フロントページの続き"
    r"|(?:Hierzu|Esfolg(?:t|en))\d+(?:Blatt|Seiten?)Zeichnungen|AnhängendeZeichnungen|IN DER "
    r"BESCHREIBUNG"
    r" AUFGEFÜHRTE DOKUMENTE|REFERENCES CITED IN THE DESCRIPTION|도면|【書類名】図面|说明书附图"
)
_MARKS = tuple(
    (kind, re.compile(f"(?:{words.replace(' ', '')})[:：.]?", re.IGNORECASE))
    for kind, words in (("claims", _CLAIMS), ("description", _DESCRIPTION), ("body", _REST))
)
# Chinese prints have the name of the part on each of its pages.
_REPEATED = frozenset(("权利要求书", "说明书", "说明书附图"))
# Sheets of drawings: "1/7" above or below the number of a PCT print, "Sheet 1 of 4" on US prints.
_DRAWING = re.compile(
    r"(?:\d{1,3}/\d{1,3}\s+WO\s\d{2,4}/\d{5,6}\b"
    r"|WO\s\d{2,4}/\d{5,6}(?:\s+PCT/[A-Z]{2}\S+)?\s+\d{1,3}/\d{1,3}\s"
    r"|(?:U\.S\. Patent|Patent Application Publication)\b[^\n]*\bSheet\s\d+\sof\s\d+)"
)
_BODY, _AGAIN = "\x02drawings", "\x02description"
_LONGEST_MARK = 60
_BEFORE_FIRST_CLAIM = 200


@dataclass(frozen=True)
class Part:
    """A run of a print's text. kind: "description", "claims" or "body"; pages end in form feeds."""

    kind: str
    text: str


def print_lines(page: str) -> list[str]:
    r"""The lines of a page without its header, its footer and the line numbers of the gutter.

    >>> print_lines("(2) JP 2015-123456 A 2015.7.2\n本発明は\n電池である。\n10\n20\n30")
    ['本発明は', '電池である。']
    """
    lines = [line.strip(" \t\r") for line in page.split("\n")]
    filled = [at for at, line in enumerate(lines) if line]
    margin = {*filled[:_MARGIN], *filled[-_MARGIN:]}
    gutter = _gutter(lines) | _second_column(lines)
    kept = []
    for at, line in enumerate(lines):
        plain = folded(line).strip()
        if at in gutter or (at in margin and (_PAGE_LINE.fullmatch(plain))):
            continue
        if at in margin and (part := _CHINESE_PART.fullmatch(plain)):
            line = re.sub(r"\s", "", part[1])
        kept.append(line)
    return kept


def parts(pages: list[str]) -> list[Part]:
    """The pages below the front page, cut where description and claims begin."""
    text = "\f".join(_marked(pages))
    found: list[tuple[str, int, int]] = []
    for match in re.finditer(r"[^\n\f]+", text):
        kind = _mark(match[0])
        again = match[0] in _REPEATED and found and found[-1][0] == kind
        if kind and not again and (kind != "claims" or _claims_follow(text, match.end())):
            found.append((kind, match.start(), match.end()))
        elif again or match[0] in _REPEATED:
            text = text[: match.start()] + " " * len(match[0]) + text[match.end() :]
    top = text[: found[0][1]] if found else text
    codes = inid_fields(top)
    cut = [Part("body" if codes and all(f.label for f in codes) else "description", top)]
    for at, (kind, _, start) in enumerate(found):
        end = found[at + 1][1] if at + 1 < len(found) else len(text)
        cut.append(Part(kind, text[start:end]))
    return [part for part in cut if part.text]


def _marked(pages: list[str]) -> Iterator[str]:
    """The pages, with marks where drawings begin and end that have no heading."""
    drawn = False
    for page in pages:
        mark = ""
        if drawn != bool(_DRAWING.match(folded(page).strip())):
            drawn = not drawn
            mark = f"{_BODY if drawn else _AGAIN}\n"
        yield mark + "\n".join(print_lines(page))


def _mark(line: str) -> str | None:
    if line in (_BODY, _AGAIN):
        return "body" if line == _BODY else "description"
    if len(line) > _LONGEST_MARK:
        return None
    squeezed = re.sub(r"\s|^[(（][5５][7７][)）]", "", line)
    return next((kind for kind, pattern in _MARKS if pattern.fullmatch(squeezed)), None)


def _claims_follow(text: str, at: int) -> bool:
    """Whether claim 1 stands below: a word alone in a line may be part of a table."""
    starts = claim_starts(text[at : at + 20000])
    return bool(starts) and starts[0].start() < _BEFORE_FIRST_CLAIM and int(starts[0][1]) == 1


def _second_column(lines: list[str]) -> set[int]:
    """Place of the right column's number on a US grant: one more than the left column's."""
    numbers = [(at, int(line)) for at, line in enumerate(lines) if re.fullmatch(r"\d{1,3}", line)]
    top = [line for line in lines[:_MARGIN] if line]
    if not numbers or not any(_US_GRANT.fullmatch(line) for line in top):
        return set()
    first = numbers[0][1]
    places = [at for at, number in numbers[1:] if number == first + 1]
    return {places[0]} if first % 2 and len(places) == 1 else set()


def _gutter(lines: list[str]) -> set[int]:
    """Places of lines that only count the lines of a page, 5 10 15 or 10 20 30."""
    places = [at for at, line in enumerate(lines) if re.fullmatch(r"[1-7]?[05]", line)]
    for step in (5, 10):
        wanted = step
        run: set[int] = set()
        for at in places:
            if int(lines[at]) == step and len(run) < 3:
                wanted, run = step, set()
            if int(lines[at]) == wanted:
                run.add(at)
                wanted += step
            elif len(run) >= 3 and int(lines[at]) == step:  # The second column begins.
                run.add(at)
                wanted = 2 * step
        if len(run) >= 3:
            return run
    return set()
