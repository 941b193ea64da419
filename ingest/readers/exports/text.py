"""Claims and descriptions that an export gives as one text, cut where their print had its parts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ingest.compose import Composer
from ingest.readers.patent_xml.claim_references import claim_references, is_cancelled
from ingest.text import keep_lines

_NOUN = r"(?:claim|청구항|【?\s*請求項|权利要求|anspruch|revendication)?"
_AT_LINE = re.compile(rf"(?im)^[ \t|]*{_NOUN}\s*(\d{{1,4}})\s*([.):、．】]+)\s*(?=[^\d\s])")
# Inside a line only after the end of a sentence or a bar, and before the start of another; the
# first one also behind "What is claimed is".
_INSIDE = re.compile(
    r"(?:\A|\n|(?<=[.;])\s|\||(?:(?<=:)|(?<=claimed is))\s(?=\s*1\b))"
    r"\s*(\d{1,4})\s*([.)])\s+(?=[^\W\d_a-zà-ÿ]|[\"“(\[])"
)
_LEAD = re.compile(
    r"(?:what (?:is|we) claim(?:ed)?(?: is)?|(?:we|i) claim|the invention claimed is|claims?"
    r"|(?:patent)?ansprüche|revendications|청구범위|特許請求の範囲|权利要求书)\W*",
    re.IGNORECASE,
)
# Inside a line: not behind a word that refers to a paragraph, nor before the rest of a sentence.
_PARAGRAPH_INSIDE = re.compile(
    r"(?<!\bof)(?<!\bin)(?<!\bto)(?<!\bby)(?<!\bat)(?<!\bsee)(?<!\band)(?<!\bfrom)(?<!\bwith)"
    r"(?<!\bpara)(?<!aragraph)(?<!aragraphs)(?<![-–—,\[])"
    r"(?<!\s)\s*([\[【])(\d{4,5})[\]】]\s*(?=[^\Wa-zà-ÿ]|[\"“(\[])"
)
_PARAGRAPH_NUMBER = re.compile(r"^\s*[\[【<](\d{4,5})[\]】>]\s*")
_LONGEST_HEADING = 90

NumberedClaim = tuple[int, str]


def split_claims(text: str, *, gaps: bool = False) -> tuple[str, list[NumberedClaim]]:
    r"""What stands before the first numbered claim, and the claims; [] where none has a number.

    gaps: whether numbers may be left out, as in a column of independent claims.

    >>> split_claims("What is claimed is:\n1. A cell. 2. The cell of claim 1, at 2.5 V.")
    ('What is claimed is:', [(1, 'A cell.'), (2, 'The cell of claim 1, at 2.5 V.')])
    >>> split_claims("A cell with 1.5 g of salt.")
    ('A cell with 1.5 g of salt.', [])
    """
    starts = max((_in_order(p.finditer(text), gaps) for p in (_AT_LINE, _INSIDE)), key=len)
    if not starts:
        return text.strip(), []
    ends = [match.start() for match in starts[1:]] + [len(text)]
    claims = [
        (int(match[1]), text[match.end() : end].strip(" \t\r\n|"))
        for match, end in zip(starts, ends, strict=True)
    ]
    return text[: starts[0].start()].strip(), [claim for claim in claims if claim[1]]


def _in_order(matches: Iterator[re.Match[str]], gaps: bool) -> list[re.Match[str]]:
    """Those numbers that count on from 1, all followed by the same sign."""
    found: list[re.Match[str]] = []
    for match in matches:
        last = int(found[-1][1]) if found else 0
        fits = int(match[1]) > last if gaps else int(match[1]) == last + 1
        if fits and (not found or match[2] == found[0][2]):
            found.append(match)
    return found


def compose_claims_text(composer: Composer, texts: Sequence[str], *, gaps: bool = False) -> None:
    """Add claims given as one text, or as a list of them.

    A list without printed numbers is counted; one text without any is no claim of its own, since
    it may be several, and becomes paragraphs of the claims.
    """
    before, claims = split_claims("\n".join(texts), gaps=gaps)
    if not claims and len(texts) > 1 and not gaps:
        before, claims = "", list(enumerate((text.strip() for text in texts), start=1))
    before = "" if _LEAD.fullmatch(before) else before
    if before:
        composer.section("claims")
        composer.paragraph(before)
    for number, text in claims:
        if not is_cancelled(text):
            composer.claim(number, text, claim_references(text, number))


def compose_description_text(composer: Composer, text: str) -> None:
    """Add a description's paragraphs, with their printed numbers, and its headings in capitals."""
    composer.section("description")
    for line in _cut_at_numbers(keep_lines(text)).split("\n"):
        match = _PARAGRAPH_NUMBER.match(line)
        if match:
            composer.paragraph(line[match.end() :], match[1])
        elif _is_heading(line):
            composer.heading(line)
        else:
            composer.paragraph(line)


def _cut_at_numbers(text: str) -> str:
    r"""Text with a line for each paragraph number that counts on from the one before.

    >>> _cut_at_numbers("FIELD [0001] Cells. [0002] As in paragraph [0001] or [0007] Others.")
    'FIELD\n[0001] Cells.\n[0002] As in paragraph [0001] or [0007] Others.'
    """
    last = 0

    def cut(match: re.Match[str]) -> str:
        nonlocal last
        start = text.rfind("\n", 0, match.start()) + 1
        printed = _PARAGRAPH_NUMBER.match(text[start : match.start()])
        last = max(last, int(printed[1])) if printed else last
        if last and int(match[2]) != last + 1:
            return match[0]
        last = int(match[2])
        return "\n" + match[0].lstrip()

    return _PARAGRAPH_INSIDE.sub(cut, text)


def _is_heading(line: str) -> bool:
    if len(line) > _LONGEST_HEADING or line.rstrip().endswith((".", ";")):
        return False
    letters = [sign for sign in line if sign.isalpha()]
    return len(letters) >= 4 and all(sign.isupper() for sign in letters)
