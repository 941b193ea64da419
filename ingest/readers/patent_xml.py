"""Abstract, description and claims as WIPO ST.36 marks them up, for every office that uses it.

Bibliographic data differ by office and are read elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from lxml import etree

from ingest.compose import Composer

_BREAK_BEFORE = {"li", "claim-text", "row", "tr", "br", "dt", "dd", "table", "p", "maths", "title"}
_CELLS = {"entry", "td", "th"}
_NO_TEXT = {"img", "figure", "us-math", "chem-file"}
_CLAIM_REFERENCE = re.compile(
    r"\bclaims?\s+(\d+)((?:\s*(?:,|or|and|to|through|-|–|\s)\s*(?:claims?\s+)?\d+)*)", re.IGNORECASE
)
_FOLLOWING = re.compile(r"(to|through|-|–)?\s*(?:claims?\s+)?(\d+)", re.IGNORECASE)
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
    elif tag in _CELLS and pieces and not pieces[-1].endswith("\n"):
        pieces.append(" | ")
    elif tag == "sup" and pieces and pieces[-1][-1:].isdigit() and (element.text or "").strip():
        pieces.append("^")
    if tag and tag not in _NO_TEXT:
        pieces.append(element.text or "")
        for child in element:
            _collect(child, pieces)
            pieces.append(child.tail or "")


def claim_references(text: str, own_number: int) -> tuple[int, ...]:
    """Numbers of the claims that a claim refers to, ascending, without its own.

    >>> claim_references("The cell of any one of claims 1 to 3 or 5", 6)
    (1, 2, 3, 5)
    """
    found: set[int] = set()
    for match in _CLAIM_REFERENCE.finditer(text):
        last = int(match.group(1))
        found.add(last)
        for joint, digits in _FOLLOWING.findall(match.group(2)):
            number = int(digits)
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
    for paragraph in abstract.iter("p"):
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
        digits = (element.get("num") or "").lstrip("0")
        number = int(digits) if digits.isdigit() else position
        text = re.sub(rf"^\s*{number}\s*[.)]\s*", "", plain_text(element))
        composer.claim(number, text, claim_references(text, number))


def _level(heading: etree._Element) -> int:
    level = heading.get("level") or "1"
    return int(level) if level.isdigit() else 1
