"""Printed patents page by page: front page, abstract, description and claims.

What is said where a print begins and ends follows the offices' own layouts (WIPO ST.9 codes on
the front page; headings in the language of the print below).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.compose import Composer
from ingest.readers.printed_patent.blocks import compose_description
from ingest.readers.printed_patent.breaks import LineBreaks
from ingest.readers.printed_patent.claims import PrintedClaim, printed_claims
from ingest.readers.printed_patent.facts import patent_facts, patent_references
from ingest.readers.printed_patent.text import Part, parts, print_lines

__all__ = ["compose_patent", "patent_facts", "patent_references"]

_ABSTRACT = re.compile(
    r"[(\[（][5５][7７][)\]）]\s*【?(?:Abstract|요\s*약서?|要\s*約|摘\s*要|Zusammenfassung"
    r"|Abr[eé]g[eé])?】?[:：]?\s*(?:[（(]修正有[）)]\s*)?",
    re.IGNORECASE,
)
# What follows an abstract on the same page: other fields, the figure, "continued overleaf".
_AFTER_ABSTRACT = re.compile(
    r"\n\s*(?:[(（]\d{2}[)）]\s*(?=CPC|발명자|국제|선행|출원|특허|Inventor|Title|Bezeich"
    r"|Titre)|대\s*표\s*도|"
    r"\(뒷면에 계속\)|【選択図】|权利要求书\s*\d+\s*页|\[다음 쪽 계속\]|\d+ Claims?, \d+ "
    r"Drawing|명\s*세\s*서\s*$|Fig\. ?\d+\s*$)",
    re.MULTILINE,
)
# PCT prints in other languages have their own abstract after the English one.
_SECOND_ABSTRACT = re.compile(
    r"^\(57\)\s*(?:요약서|要約|摘要|Zusammenfassung"
    r"|Abr[eé]g[eé])\s*[:;：]?\s*",
    re.M,
)
_CONTINUED = re.compile(r"\(뒷면에 계속\)")


def compose_patent(composer: Composer, pages: Sequence[str]) -> None:
    """Add front page, abstract, description and claims of a printed patent, page by page."""
    composer.page()
    first = "\n".join(line.strip() for line in pages[0].split("\n"))
    mark = _ABSTRACT.search(first)
    front, abstract = (first[: mark.start()], first[mark.end() :]) if mark else (first, "")
    below = list(pages[1:])
    composer.section("body")
    composer.paragraph(front)
    abstract, after = _cut("\n".join(print_lines(abstract)))
    if _CONTINUED.match(after.strip()) and below:
        more, rest = _cut("\n".join(print_lines(below[0])))
        abstract, below[0] = f"{abstract}\f{more}", rest
    composer.section("abstract")
    breaks = LineBreaks("\n".join(pages))
    composer.paragraph(breaks.close(abstract))
    if "\f" not in abstract and below:
        composer.page()
    claims_seen = False
    if below and (again := _SECOND_ABSTRACT.search(below[0])):
        _text(composer, Part("body", "\n".join(print_lines(below[0][: again.start()]))))
        more, below[0] = _cut("\n".join(print_lines(below[0][again.end() :])))
        composer.section("abstract")
        composer.paragraph(breaks.close(more))
    for part in parts(below):
        part = replace(part, text=breaks.close(part.text))
        claims = printed_claims(part.text) if part.kind == "claims" else []
        if claims and not claims_seen:
            _claims(composer, claims)
            claims_seen = True
        else:
            _text(composer, part)


def _cut(text: str) -> tuple[str, str]:
    """The abstract, and what follows it on the page."""
    end = _AFTER_ABSTRACT.search("\n" + text)
    at = max(end.start() - 1, 0) if end else len(text)
    return text[:at].strip(), text[at:]


def _claims(composer: Composer, claims: list[PrintedClaim]) -> None:
    for claim in claims:
        # The Composer notes the page breaks inside a claim, so those behind it go to the next.
        composer.claim(claim.number, claim.text, claim.depends_on)


def _text(composer: Composer, part: Part) -> None:
    composer.section(part.kind)
    compose_description(composer, part.text)
