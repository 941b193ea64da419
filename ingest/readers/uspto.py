"""USPTO red book applications and grants (us-patent-application, us-patent-grant v4.x).

Element names: https://www.uspto.gov/learning-and-resources/xml-resources. What the file does not
say stays None; an application that names its number and claims no priority has its own filing
date as priority date (Paris Convention, article 4).
"""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree

from ingest.compose import Composer
from ingest.facts import DocumentFacts, Reference
from ingest.numbers import canonical_number
from ingest.readers.bibliography import family_key, iso_date, symbol, unique
from ingest.readers.patent_xml import (
    compose_abstract,
    compose_claims,
    compose_description,
    plain_text,
)
from ingest.records import Document
from ingest.text import one_line

# Where earlier filings stand whose date this patent may claim.
_PRIORITIES = (
    ".//priority-claims/priority-claim",
    ".//us-related-documents//us-provisional-application/document-id",
    ".//us-related-documents//parent-doc/document-id",
)


@dataclass(frozen=True)
class _Filing:
    """A <document-id>: an application or a publication."""

    country: str
    number: str
    kind: str
    date: str | None


def read_uspto(root: etree._Element, document_id: str) -> Document:
    """The document of a red book root element."""
    composer = Composer()
    compose_abstract(composer, root.find("abstract"))
    compose_description(composer, root.find("description"))
    compose_claims(composer, root.iterfind("claims/claim"))
    cited = [
        _filing(element)
        for element in root.iterfind(".//patcit/document-id")
        if element.find("doc-number") is not None
    ]
    references = tuple(
        Reference(canonical_number(c.country, c.number, c.kind), f"{c.country} {c.number} {c.kind}")
        for c in cited
        if c.number
    )
    return composer.document(_facts(root, document_id), references)


def _facts(root: etree._Element, document_id: str) -> DocumentFacts:
    publication = _filing(root.find(".//publication-reference/document-id"))
    application = _filing(root.find(".//application-reference/document-id"))
    priorities = [_filing(e) for path in _PRIORITIES for e in root.iterfind(path)]
    if not priorities and application.number:
        priorities = [application]
    earliest = min((p for p in priorities if p.date), key=lambda p: p.date or "", default=None)
    title = root.find(".//invention-title")
    country = publication.country or root.get("country") or "US"
    return DocumentFacts(
        id=document_id,
        kind="patent",
        number=canonical_number(country, publication.number, publication.kind)
        if publication.number
        else None,
        title=one_line(plain_text(title)) if title is not None else "",
        parties=_parties(root),
        priority_date=earliest.date if earliest else None,
        filing_date=application.date,
        publication_date=publication.date,
        cpc=unique([*_cpc(root), *_ipc(root)]),
        family=family_key(earliest.country or country, earliest.number) if earliest else None,
        language=(root.get("lang") or "en").lower()[:2],
        country=country,
    )


def _filing(element: etree._Element | None) -> _Filing:
    def value(tag: str) -> str:
        return one_line(element.findtext(tag) or "") if element is not None else ""

    return _Filing(value("country"), value("doc-number"), value("kind"), iso_date(value("date")))


def _parties(root: etree._Element) -> tuple[str, ...]:
    names = []
    for path in (".//assignees/assignee", ".//us-applicant", ".//applicants/applicant"):
        for party in root.iterfind(path):
            book = party.find("addressbook")
            names.append(_name(book if book is not None else party))
    return unique(name for name in names if name)


def _name(book: etree._Element) -> str:
    organisation = one_line(book.findtext("orgname") or "")
    if organisation:
        return organisation
    return one_line(f"{book.findtext('first-name') or ''} {book.findtext('last-name') or ''}")


def _cpc(root: etree._Element) -> list[str]:
    return [symbol(*_parts(e)) for e in root.iterfind(".//classifications-cpc//classification-cpc")]


def _ipc(root: etree._Element) -> list[str]:
    return [symbol(*_parts(e)) for e in root.iterfind(".//classification-ipcr")]


def _parts(element: etree._Element) -> tuple[str, ...]:
    tags = ("section", "class", "subclass", "main-group", "subgroup")
    return tuple(one_line(element.findtext(tag) or "") for tag in tags)
