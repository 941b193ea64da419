"""Parts of a US application's file, as the office converts its images (XML4IP): claims, text.

Roots `ClaimsDocument` and `SpecificationDocument` (urn:us:gov:doc:uspto:patent). They have no
publication number; the application's number is all that names them.
"""

from __future__ import annotations

import re

from lxml import etree

from ingest.compose import Composer
from ingest.facts import DocumentFacts
from ingest.readers.patent_xml.claim_references import claim_references
from ingest.readers.patent_xml.inline_text import local_name, plain_text
from ingest.readers.uspto.red_book_facts import us_application_number, with_family
from ingest.readers.uspto.renamed import rename
from ingest.records import Document
from ingest.text import one_line

_NAMES = {
    "P": "p", "Heading": "heading", "Sub": "sub", "Sup": "sup", "LI": "li", "UL": "ul",
    "OL": "ol", "ClaimText": "claim-text", "Br": "br", "Math": "maths", "Image": "img",
}  # fmt: skip
# What stands around the text on a page: line numbers, headers, footers.
_AROUND = ("BoundaryData",)
_PRINTED = re.compile(r"\[(\d{3,5})\]\s*")
_KINDS = {"ABST": "abstract", "SPEC": "description"}


def read_application_part(root: etree._Element, document_id: str) -> Document:
    """The document of a ClaimsDocument or SpecificationDocument root element."""
    for element in root.iter():
        if isinstance(element.tag, str):
            element.tag = local_name(element)
    rename(root, _NAMES)
    etree.strip_elements(root, *_AROUND, with_tail=False)
    composer = Composer()
    if root.tag == "ClaimsDocument":
        _claims(composer, root)
    else:
        _specification(composer, root)
    return composer.document(_facts(root, document_id))


def _facts(root: etree._Element, document_id: str) -> DocumentFacts:
    number = one_line(root.findtext(".//ApplicationNumber") or "")
    facts = DocumentFacts(
        id=document_id,
        kind="patent",
        title=one_line(root.findtext(".//InventionTitle") or ""),
        country="US",
        application_number=us_application_number(number),
        legal_kind="application",
    )
    return with_family(facts)


def _specification(composer: Composer, root: etree._Element) -> None:
    code = one_line(root.findtext("DocumentCode") or "")
    composer.section(_KINDS.get(code, "description"))
    for element in root.iter("heading", "p"):
        printed = _PRINTED.match(text := plain_text(element))
        text = text[printed.end() :] if printed else text
        if element.tag == "heading":
            composer.heading(text)
        else:
            composer.paragraph(text, printed[1] if printed else None)


def _claims(composer: Composer, root: etree._Element) -> None:
    """Claims by their numbers; text without one, such as remarks, stays as text beside them."""
    for claim in root.iter("Claim"):
        number = one_line(claim.findtext("ClaimNumber") or "")
        status = one_line(claim.findtext("ClaimStatusCategory") or "")
        text = "\n".join(plain_text(part) for part in claim.iterfind("claim-text"))
        text = text.strip()
        if re.fullmatch(r"[1-9]\d{0,3}", number) and (text or status):
            text = re.sub(rf"^(?:Claim )?{number}\s*[.)]?\s*(?=[(A-Z])", "", text)
            body = text or f"({status})"
            composer.claim(int(number), body, claim_references(body, int(number)))
        elif text:
            composer.section("claims")
            composer.paragraph(text)
