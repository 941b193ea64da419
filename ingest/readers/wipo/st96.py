"""Patents in WIPO ST.96, whose elements mean what those of ST.36 mean under other names.

Elements are matched by their names alone, since the namespaces differ by version and office.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from ingest.compose import Composer
from ingest.errors import UnsupportedFormat
from ingest.readers.epo.fields import compose_bare, drop_namespaces, value
from ingest.readers.opened import document_id as identity_of
from ingest.readers.patent_xml.body import (
    claim_references,
    compose_abstract,
    compose_description,
    plain_text,
)
from ingest.readers.wipo.st96_facts import attribute, language_of, st96_facts, st96_references
from ingest.records import Document

# Their ST.36 names, for the reader of marked-up text.
_RENAMED = {
    "P": "p", "Heading": "heading", "Sub": "sub", "Sup": "sup", "Br": "br", "B": "b", "I": "i",
    "U": "u", "LI": "li", "UL": "ul", "OL": "ol", "DL": "dl", "DT": "dt", "DD": "dd",
    "Tables": "tables", "Table": "table", "TGroup": "tgroup", "THead": "thead", "TBody": "tbody",
    "Row": "row", "Entry": "entry", "ColSpec": "colspec", "Image": "img", "Maths": "maths",
    "Math": "maths", "MathFormula": "maths", "Chemistry": "chemistry", "FigureImage": "img",
    "ChemicalFormula": "chemistry", "ChemicalStructure": "chemistry", "ClaimText": "claim-text",
    "ParagraphNumber": "number", "PNumber": "number", "HeadingText": "b",
}  # fmt: skip
_TEXTS = ("Abstract", "Description", "Claims", "ClaimSet", "Claim")
_DOCUMENTS = ("PatentPublication", "PatentGrant", "PatentRecord", "PatentDocument")


def read_st96(root: etree._Element, document_id: str) -> Iterator[Document]:
    """The documents of a root element. Raises UnsupportedFormat where it holds no patent."""
    found = _outermost(root) or [root]
    for element in found:
        own = document_id if len(found) == 1 else identity_of(etree.tostring(element))
        yield _document(element, own)


def _outermost(root: etree._Element) -> list[etree._Element]:
    """The elements of one publication each; none where the root is one itself."""
    named = [e for e in root.iter("{*}*") if etree.QName(e).localname in _DOCUMENTS]
    return [e for e in named if not any(above in named for above in e.iterancestors())]


def _document(element: etree._Element, document_id: str) -> Document:
    drop_namespaces(element)
    if not any(True for _ in element.iter("BibliographicData", "InventionTitle", *_TEXTS)):
        raise UnsupportedFormat(f"<{element.tag}> of ST.96 holds neither data nor text of a patent")
    facts, references = st96_facts(element, document_id), st96_references(element)
    _rename(element)
    composer = Composer()
    for abstract in _in_order(element, "Abstract", facts.language):
        compose_abstract(composer, abstract)
    for description in _in_order(element, "Description", facts.language):
        compose_description(composer, description)
    _compose_claims(composer, element, facts.language)
    if not any(True for _ in element.iter(*_TEXTS)):
        compose_bare(composer, facts)
    return composer.document(facts, references)


def _in_order(element: etree._Element, tag: str, language: str | None) -> list[etree._Element]:
    """Elements of this name, those in the document's language first."""
    return sorted(element.iter(tag), key=lambda each: language_of(each) not in (language, None))


def _rename(element: etree._Element) -> None:
    """Give marked-up text its ST.36 names and paragraphs their numbers as attributes."""
    for each in element.iter("*"):
        each.tag = _RENAMED.get(str(each.tag), str(each.tag))
        level = attribute(each, "headingLevel", "headingLevelCode", "level")
        if each.tag == "heading" and level:
            each.set("level", level)
    for paragraph in element.iter("p"):
        inside = paragraph.find("number")
        number = attribute(paragraph, "pNumber", "paragraphNumber", "num") or value(inside)
        if number:
            paragraph.set("num", number.strip("[]"))
        if inside is not None:
            paragraph.text = (paragraph.text or "") + (inside.tail or "")
            paragraph.remove(inside)


def _compose_claims(composer: Composer, element: etree._Element, language: str | None) -> None:
    """The claims in the document's language; those in others below headings."""
    sets: dict[str | None, list[etree._Element]] = {}
    for claim in element.iter("Claim"):
        holders = [claim, *claim.iterancestors("ClaimSet", "Claims", "ApplicationBody")]
        own = next((found for each in holders if (found := language_of(each))), language)
        sets.setdefault(own, []).append(claim)
    main = language if language in sets else next(iter(sets), None)
    for own, claims in sorted(sets.items(), key=lambda item: item[0] != main):
        if own != main:
            composer.section("claims")
            composer.heading(f"Claims ({own})")
        ids = {attribute(c, "id"): _number(c, at) for at, c in enumerate(claims, start=1)}
        for position, claim in enumerate(claims, start=1):
            number, text = _number(claim, position), _claim_text(claim)
            if own == main:
                composer.claim(number, text, _depends_on(claim, text, number, ids))
            else:
                composer.paragraph(f"{number}. {text}" if text else "")


def _number(claim: etree._Element, position: int) -> int:
    digits = re.fullmatch(r"0*([1-9]\d{0,4})\.?", value(claim, "ClaimNumber"))
    return int(digits[1]) if digits else position


def _claim_text(claim: etree._Element) -> str:
    texts = [plain_text(each) for each in claim.iterchildren("claim-text")]
    if not texts:
        texts = [plain_text(each) for each in claim.iterchildren("*") if each.tag != "ClaimNumber"]
    text = "\n".join(texts) or (claim.text or "").strip()
    number = value(claim, "ClaimNumber").lstrip("0").rstrip(".")
    return re.sub(rf"^\s*{re.escape(number)}\s*[.)]\s*", "", text) if number else text


def _depends_on(
    claim: etree._Element, text: str, number: int, ids: dict[str, int]
) -> tuple[int, ...]:
    """What the text refers to, and what its references point to by id."""
    found = set(claim_references(text, number))
    for reference in claim.iter("ClaimReference"):
        for target in attribute(reference, "idref", "idrefs").split():
            found.add(ids.get(target, number))
    return tuple(sorted(found - {number}))
