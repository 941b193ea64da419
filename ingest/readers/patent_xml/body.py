"""Abstract, description and claims as WIPO ST.36 marks them up, for every office that uses it.

Bibliographic data differ by office and are read elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from lxml import etree

from ingest.compose import Composer
from ingest.readers.patent_xml.cals import compose_table
from ingest.readers.patent_xml.claim_references import claim_references, is_cancelled
from ingest.readers.patent_xml.inline_text import local_name, plain_text
from ingest.readers.patent_xml.table_places import blocks

__all__ = [
    "claim_references",
    "compose_abstract",
    "compose_claims",
    "compose_description",
    "is_cancelled",
    "plain_text",
]

# Read as blocks of their own wherever no paragraph holds them.
_BLOCKS = ("heading", "p", "tables", "table", "maths", "chemistry", "ul", "ol", "dl")
_PRINTED = re.compile(r"[0-9][0-9.:]*[a-z]?")
_NUMBER = re.compile(r"0*([1-9][0-9]{0,4})(?:\s*[-–]\s*[0-9]{1,5})?")


def compose_abstract(composer: Composer, abstract: etree._Element | None) -> None:
    """Add the paragraphs of an <abstract>."""
    if abstract is None:
        return
    composer.section("abstract")
    for paragraph in list(abstract.iterfind(".//p")) or [abstract]:
        _paragraph(composer, paragraph, None)


def compose_description(composer: Composer, description: etree._Element | None) -> None:
    """Add headings, numbered paragraphs and tables of a <description>, in document order.

    A paragraph with a table becomes the text before it, the table, and the text after it under
    the same number.
    """
    if description is None:
        return
    composer.section("description")
    found = [e for e in description.iter(*_BLOCKS) if _is_outermost(e, description)]
    for element in found or [description]:
        if element.tag == "heading":
            composer.heading(plain_text(element), _level(element))
        elif element.tag in ("tables", "table"):
            _table(composer, element)
        else:
            number = element.get("num") or ""
            _paragraph(composer, element, number if _PRINTED.fullmatch(number) else None)


def compose_claims(composer: Composer, claims: Iterable[etree._Element]) -> None:
    """Add <claim> elements with the claims that they depend on.

    A cancelled claim is kept with the words that say so (`is_cancelled` knows them), because
    the numbers of the others count on it.
    """
    for position, element in enumerate(claims, start=1):
        digits = _NUMBER.fullmatch((element.get("num") or "").strip())
        number = int(digits[1]) if digits else position
        text = re.sub(rf"^\s*{number}\s*[.)]\s*", "", plain_text(element))
        composer.claim(number, text, claim_references(text, number))


def _paragraph(composer: Composer, element: etree._Element, number: str | None) -> None:
    for piece in blocks(element):
        if isinstance(piece, str):
            composer.paragraph(piece, number)
        else:
            compose_table(composer, piece, number)


def _table(composer: Composer, element: etree._Element) -> None:
    if any(local_name(part) in ("row", "tr") for part in element.iter()):
        compose_table(composer, element)
    else:  # A picture of a table, or some words about one.
        composer.paragraph(plain_text(element))


def _is_outermost(element: etree._Element, top: etree._Element) -> bool:
    """Whether no block lies between an element and the one that all is read from."""
    for above in element.iterancestors():
        if above is top:
            return True
        if above.tag in _BLOCKS:
            return False
    return False


def _level(heading: etree._Element) -> int:
    level = heading.get("level") or "1"
    return int(level) if re.fullmatch("[1-9]", level) else 1
