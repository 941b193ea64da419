"""USPTO patent application publications of 2001 to 2004 (patent-application-publication).

DTD: pap-v15-2001-01-31 and v1.6, after WIPO ST.32. Priorities are those of 35 USC 119, 120,
121, 251 and 371, as in `ingest.readers.uspto.red_book`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from ingest.compose import Composer
from ingest.facts import DocumentFacts
from ingest.numbers import canonical_number
from ingest.readers.bibliography import iso_date, unique
from ingest.readers.patent_xml.body import compose_abstract, compose_claims, compose_description
from ingest.readers.patent_xml.inline_text import plain_text
from ingest.readers.uspto.red_book_facts import us_legal_kind, us_priorities, us_symbol, with_family
from ingest.readers.uspto.renamed import rename, unwrap
from ingest.records import Document
from ingest.text import one_line

_NAMES = {
    "paragraph": "p", "superscript": "sup", "subscript": "sub", "table-cwu": "tables",
    "math-cwu": "maths", "chemistry-cwu": "chemistry", "unordered-list": "ul",
    "ordered-list": "ol", "list-item": "li", "image": "img", "program-listing": "p",
}  # fmt: skip
_PRINTED = re.compile(r"\s*+\[?\s*+(\d{1,5})\s*+\]?\s*+\.?\s*+")
# Relations that let a later application have the date of the earlier one.
_BENEFIT = (
    "continuation-of", "continuation-in-part-of", "division-of", "continuing-reissue-of",
    "reissue-of", "a-371-of-international", "non-provisional-of-provisional",
)  # fmt: skip


def read_pap(root: etree._Element, document_id: str) -> Document:
    """The document of a `patent-application-publication` root element."""
    unwrap(root)
    rename(root, _NAMES)
    for paragraph in root.iter("p"):
        _take_number(paragraph)
    for heading in root.iter("heading"):
        heading.set("level", heading.get("lvl") or "1")
    for claim in root.iter("claim"):
        _number_claim(claim)
    composer = Composer()
    abstract = root.find("subdoc-abstract")
    compose_abstract(composer, abstract)
    compose_description(composer, root.find("subdoc-description"))
    compose_claims(composer, root.iterfind("subdoc-claims//claim"))
    return composer.document(_facts(root, document_id))


def _take_number(paragraph: etree._Element) -> None:
    """Move the printed number of a paragraph, its first element, to its attribute."""
    first = paragraph.find("number")
    if first is None or (paragraph.text or "").strip() or first is not paragraph[0]:
        return
    match = _PRINTED.fullmatch("".join(str(t) for t in first.itertext()))
    if match:
        paragraph.set("num", match[1].zfill(4))
        paragraph.text = first.tail
        paragraph.remove(first)


def _number_claim(claim: etree._Element) -> None:
    """The number that the text starts with, else that of the id, as attribute."""
    printed = re.match(r"\s*(\d{1,4}(?:\s*-\s*\d{1,4})?)\s*\.", plain_text(claim))
    named = re.fullmatch(r"CLM-0*(\d{1,5})", claim.get("id") or "")
    if match := printed or named:
        claim.set("num", re.sub(r"\s", "", match[1]))


def _facts(root: etree._Element, document_id: str) -> DocumentFacts:
    book = root.find("subdoc-bibliographic-information")
    book = book if book is not None else root
    kind = _value(book, "document-id/kind-code")
    number = _value(book, "document-id/doc-number")
    ipc = [us_symbol(e.text or "") for e in book.iterfind(".//classification-ipc//ipc")]
    filed = _value(book, "domestic-filing-data/application-number/doc-number")
    inventors = [*_names(book, ".//inventors/*")]
    facts = DocumentFacts(
        id=document_id,
        kind="patent",
        number=canonical_number("US", number, kind) if number else None,
        title=_value(book, ".//title-of-invention"),
        filing_date=iso_date(_value(book, "domestic-filing-data/filing-date")),
        publication_date=iso_date(_value(book, "document-id/document-date")),
        cpc=unique(ipc),
        language="en",
        country="US",
        application_number="".join(filed.split()) or None,
        legal_kind=us_legal_kind(kind),
        applicants=unique(_names(book, ".//applicants/applicant")),
        assignees=unique(_names(book, ".//assignee")),
        inventors=unique(inventors),
        priorities=us_priorities(_filings(book)),
        ipc=unique(ipc),
    )
    return with_family(facts)


def _value(element: etree._Element, path: str) -> str:
    found = element.find(path)
    return one_line(plain_text(found)) if found is not None else ""


def _filings(book: etree._Element) -> Iterator[tuple[str, str, str]]:
    for claim in book.iterfind(".//foreign-priority-data"):
        number = _value(claim, "priority-application-number/doc-number")
        yield _value(claim, "country-code"), number, _value(claim, "filing-date")
    for relation in book.iterfind(".//continuity-data//*"):
        if relation.tag not in _BENEFIT:
            continue
        parents = [*relation.iterfind("document-id"), *relation.iterfind(".//parent/document-id")]
        for parent in parents:
            number = _value(parent, "doc-number")
            yield _value(parent, "country-code"), number, _value(parent, "document-date")


def _names(book: etree._Element, path: str) -> Iterator[str]:
    for party in book.iterfind(path):
        if organisation := _value(party, "organization-name"):
            yield organisation
            continue
        parts = ("given-name", "middle-name", "family-name", "name-suffix")
        yield one_line(" ".join(_value(party, f"name/{part}") for part in parts))
