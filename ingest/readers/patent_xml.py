"""Abstract, description and claims as WIPO ST.36 marks them up, for every office that uses it.

Bibliographic data differ by office and are read elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from lxml import etree

from ingest.compose import Composer
from ingest.text import one_line

_BREAK_BEFORE = {"li", "claim-text", "row", "tr", "br", "dt", "dd", "table", "p", "maths", "title"}
_CELLS = {"entry", "td", "th"}
_NO_TEXT = {"img", "figure", "us-math", "chem-file"}
# Of no text of their own: white space between their children is layout.
_ROWS = {"tables", "table", "tgroup", "thead", "tbody", "row", "tr"}

# References to claims in English, German and French, the languages of the EPO.
_NOUN = r"(?:claims?|anspr(?:uch|üchen?)|revendications?)"
_TO = r"(?:to|through|bis|à)"
_JOINT = rf"(?: ?[-–] ?| ?, ?(?:(?:and/or|or|and|und|oder|et|ou|{_TO}) )?"
_JOINT += rf"| (?:and/or|or|and|und|oder|et|ou|{_TO}) )"
_CLAIM_REFERENCE = re.compile(
    rf"\b{_NOUN} (\d{{1,4}})\b((?:{_JOINT}(?:{_NOUN} )?\d{{1,4}}\b)*)", re.IGNORECASE
)
_FOLLOWING = re.compile(rf"({_TO}|[-–])? ?(?:{_NOUN} )?(\d+)", re.IGNORECASE)
_ALL_BEFORE = re.compile(
    r"\b(?:preceding|previous|foregoing) claims?\b|\bvor(?:her|an)ge(?:hend|gangen)en ansprüche"
    r"|\bvorstehenden ansprüche|\brevendications? précédentes?\b",
    re.IGNORECASE,
)
# "claim 1 and 80 to 92 wt% of graphite" refers to one claim only.
_QUANTITY = re.compile(
    rf"(?<![\d.])(?<!claim )(?<!claims )\d[\d.,]*(?: ?(?:{_TO}|-|–|and|or|und|oder) ?\d[\d.,]*)?"
    r" ?(?:%|°|at\.?%|(?:wt|vol|mol|parts|ppm|[nµμmck]?m|[mk]?g|m?A?h|[mk]?V|[kM]?Pa|K|min)\b)"
)
_LONGEST_RANGE = 200


def plain_text(element: etree._Element) -> str:
    r"""All text of an element: blocks on lines of their own, table cells joined by bars.

    Subscripts stay inline (LiNi0.8Co0.1Mn0.1O2); a superscript after a digit is marked, so that
    a power of ten does not become another number.

    >>> plain_text(etree.fromstring("<p>10<sup>-3</sup> of Li<sub>2</sub>O<br/>and</p>"))
    '10^-3 of Li2O\nand'
    """
    pieces: list[str] = []
    _collect(element, pieces)
    return "".join(pieces).strip()


def _collect(element: etree._Element, pieces: list[str]) -> None:
    tag = element.tag if isinstance(element.tag, str) else ""
    if tag in _BREAK_BEFORE and pieces:
        pieces.append("\n")
    elif tag in _CELLS and element.getprevious() is not None:
        pieces.append(" | ")
    elif tag == "sup" and pieces and pieces[-1][-1:].isdigit() and (element.text or "").strip():
        pieces.append("^")
    if tag and tag not in _NO_TEXT:
        _add(element.text, tag, pieces)
        for child in element:
            _collect(child, pieces)
            _add(child.tail, tag, pieces)


def _add(text: str | None, tag: str, pieces: list[str]) -> None:
    if text and not (tag in _ROWS and text.isspace()):
        pieces.append(text)


def claim_references(text: str, own_number: int) -> tuple[int, ...]:
    """Numbers of the claims that a claim refers to, ascending, without its own.

    >>> claim_references("The cell of any one of claims 1 to 3 or 5", 6)
    (1, 2, 3, 5)
    >>> claim_references("Zelle nach einem der vorhergehenden Ansprüche", 4)
    (1, 2, 3)
    """
    text = _QUANTITY.sub("_", one_line(text))
    found = set(range(1, own_number)) if _ALL_BEFORE.search(text) else set()
    for match in _CLAIM_REFERENCE.finditer(text):
        last = int(match.group(1))
        found.add(last)
        for joint, digits in _FOLLOWING.findall(match.group(2)):
            number = int(digits)
            if number >= own_number:  # A claim names later ones one by one, if at all.
                break
            if joint and 0 < number - last <= _LONGEST_RANGE:
                found.update(range(last, number))
            found.add(number)
            last = number
    return tuple(sorted(found - {own_number}))


def compose_abstract(composer: Composer, abstract: etree._Element | None) -> None:
    """Add the paragraphs of an <abstract>."""
    if abstract is None:
        return
    composer.section("abstract")
    for paragraph in list(abstract.iterfind(".//p")) or [abstract]:
        composer.paragraph(plain_text(paragraph))


def compose_description(composer: Composer, description: etree._Element | None) -> None:
    """Add headings and numbered paragraphs of a <description>, in document order."""
    if description is None:
        return
    composer.section("description")
    for element in description.iter("heading", "p"):
        if any(parent.tag == "p" for parent in element.iterancestors("p")):
            continue
        if element.tag == "heading":
            composer.heading(plain_text(element), _level(element))
        else:
            composer.paragraph(plain_text(element), element.get("num"))


def compose_claims(composer: Composer, claims: Iterable[etree._Element]) -> None:
    """Add <claim> elements with the claims that they depend on."""
    for position, element in enumerate(claims, start=1):
        digits = re.fullmatch(r"0*([1-9][0-9]{0,4})", (element.get("num") or "").strip())
        number = int(digits[1]) if digits else position
        text = re.sub(rf"^\s*{number}\s*[.)]\s*", "", plain_text(element))
        composer.claim(number, text, claim_references(text, number))


def _level(heading: etree._Element) -> int:
    level = heading.get("level") or "1"
    return int(level) if re.fullmatch("[1-9]", level) else 1
