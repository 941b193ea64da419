"""USPTO red book applications and grants (us-patent-application, us-patent-grant v4.x).

Element names: https://www.uspto.gov/learning-and-resources/xml-resources. What the file does not
say stays None; an application that names its number and claims no priority has its own filing
date as priority date (Paris Convention, article 4).

Priorities are the foreign ones, and the earlier US and international filings whose date the
patent may claim: provisionals (35 USC 119(e)), parents of continuations and divisions (120,
121), reissues (251, 252), national stages (371). A substitute or a reexamination claims none.
"""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from ingest.compose import Composer
from ingest.facts import DocumentFacts, Priority, Reference
from ingest.numbers import canonical_number
from ingest.readers.bibliography import iso_date, symbol, unique
from ingest.readers.patent_xml.body import compose_abstract, compose_claims, compose_description
from ingest.readers.patent_xml.inline_text import plain_text
from ingest.readers.uspto.red_book_facts import (
    cited_by,
    cited_patent,
    us_legal_kind,
    us_priorities,
    us_symbol,
    with_family,
)
from ingest.records import Document
from ingest.text import one_line

_NO_BENEFIT = ("substitution", "reexamination", "us-reexamination-reissue-merger", "correction")
_APPLICANTS = (
    "applicants/applicant", "us-applicants/us-applicant",
)  # fmt: skip
_INVENTORS = ("inventors/inventor", "inventors/us-deceased-inventor", "inventors/deceased-inventor")


def read_uspto(root: etree._Element, document_id: str) -> Document:
    """The document of a red book root element."""
    composer = Composer()
    compose_abstract(composer, root.find("abstract"))
    compose_description(composer, root.find("description"))
    compose_claims(composer, root.iterfind("claims/claim"))
    book = _bibliography(root)
    return composer.document(_facts(root, book, document_id), tuple(_references(book)))


def _bibliography(root: etree._Element) -> etree._Element:
    for child in root:
        if isinstance(child.tag, str) and child.tag.startswith("us-bibliographic-data"):
            return child
    return root


def _facts(root: etree._Element, book: etree._Element, document_id: str) -> DocumentFacts:
    country, number, kind, date = _filing(book.find(".//publication-reference/document-id"))
    application = book.find(".//application-reference")
    filed = _filing(application.find("document-id") if application is not None else None)
    country = country or root.get("country") or "US"
    filing_type = (application.get("appl-type") or "") if application is not None else ""
    ipc = [*_ipc(book)]
    facts = DocumentFacts(
        id=document_id,
        kind="patent",
        number=canonical_number(country, number, kind) if number else None,
        title=_text(book, ".//invention-title"),
        filing_date=iso_date(filed[3]),
        publication_date=iso_date(date),
        cpc=unique([*_cpc(book), *ipc]),
        language=(root.get("lang") or "en").lower()[:2],
        country=country,
        application_number="".join(filed[1].split()) or None,
        legal_kind=us_legal_kind(kind, filing_type, "grant" in str(root.tag)),
        applicants=unique(_names(book, _APPLICANTS)),
        assignees=unique(_names(book, ("assignees/assignee",))),
        inventors=unique([*_inventors(book)]),
        priorities=_priorities(book),
        ipc=unique(ipc),
    )
    return with_family(facts)


def _filing(element: etree._Element | None) -> tuple[str, str, str, str]:
    """Country, number, kind and date of a <document-id>, as written."""
    if element is None:
        return "", "", "", ""
    country, number, kind, date = (
        one_line(element.findtext(tag) or "") for tag in ("country", "doc-number", "kind", "date")
    )
    return country, number, kind, date


def _text(element: etree._Element, path: str) -> str:
    found = element.find(path)
    return one_line(plain_text(found)) if found is not None else ""


def _priorities(book: etree._Element) -> tuple[Priority, ...]:
    filings = [*book.iterfind(".//priority-claims/priority-claim")]
    for related in book.iterfind(".//us-related-documents/*"):
        if related.tag in _NO_BENEFIT:
            continue
        if related.tag == "us-provisional-application":
            filings += related.iterfind("document-id")
        for parent in related.iter("parent-doc"):
            filings += parent.iterfind("document-id")
            filings += parent.iterfind("parent-pct-document/document-id")
    filings += book.iterfind(".//pct-or-regional-filing-data/document-id")
    found = (_filing(filing) for filing in filings)
    return us_priorities((country, number, date) for country, number, _, date in found)


def _parties(book: etree._Element, paths: tuple[str, ...]) -> Iterator[etree._Element]:
    for path in paths:
        yield from book.iterfind(f".//{path}")


def _names(book: etree._Element, paths: tuple[str, ...]) -> Iterator[str]:
    for party in _parties(book, paths):
        yield _name(party)


def _inventors(book: etree._Element) -> Iterator[str]:
    """Those listed as such, and the applicants of the years when inventors had to apply."""
    listed = [*_names(book, _INVENTORS)]
    yield from listed
    for party in _parties(book, _APPLICANTS):
        role = party.get("applicant-authority-category") or ""
        if party.get("app-type") == "applicant-inventor" or role.startswith("inventor"):
            yield _name(party)


def _name(party: etree._Element) -> str:
    book = party.find("addressbook")
    book = book if book is not None else party
    for tag in ("orgname", "name"):
        if organisation := _text(book, tag):
            return organisation
    parts = ("first-name", "middle-name", "last-name", "suffix")
    return one_line(" ".join(_text(book, tag) for tag in parts))


def _cpc(book: etree._Element) -> list[str]:
    """The classes of the patent itself, not those of its field of search or its citations."""
    return [symbol(*_parts(e)) for e in book.iterfind("classifications-cpc//classification-cpc")]


def _ipc(book: etree._Element) -> Iterator[str]:
    for element in book.iterfind("classifications-ipcr/classification-ipcr"):
        yield symbol(*_parts(element))
    for element in book.iterfind("classification-ipc/*"):
        if element.tag in ("main-classification", "further-classification"):
            yield us_symbol(element.text or "")


def _parts(element: etree._Element) -> tuple[str, ...]:
    tags = ("section", "class", "subclass", "main-group", "subgroup")
    section, klass, subclass, group, subgroup = (
        one_line(element.findtext(tag) or "") for tag in tags
    )
    return section, klass, subclass, group.lstrip("0"), subgroup


def _references(book: etree._Element) -> Iterator[Reference]:
    for path in ("us-references-cited/us-citation", "references-cited/citation"):
        for citation in book.iterfind(f".//{path}"):
            by = cited_by(citation.findtext("category") or "")
            for patent in citation.iterfind("patcit/document-id"):
                country, number, kind, _ = _filing(patent)
                if number:
                    yield cited_patent(country, number, kind, by)
            for literature in citation.iterfind("nplcit"):
                if text := one_line(plain_text(literature)):
                    yield Reference(None, text, "literature", by)
