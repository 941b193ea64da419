"""One record of a search service, whatever its file looked like, and the document it becomes."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from ingest.compose import Composer
from ingest.facts import DocumentFacts, Priority, Reference, Title
from ingest.numbers.applications import application_key
from ingest.readers.bibliography import unique
from ingest.readers.exports.text import compose_claims_text, compose_description_text
from ingest.records import Document
from ingest.text import one_line

_LANGUAGE = re.compile(r"[a-z]{2}")
# Lens.org's document types and those of other services, as far as they name one legal kind.
_TYPES = {
    "patent application": "application", "application": "application",
    "patent of invention application": "application", "granted patent": "grant", "grant": "grant",
    "granted": "grant", "design right": "design", "design patent": "design", "design": "design",
    "plant patent": "plant", "plant": "plant", "reissue": "reissue", "reissue patent": "reissue",
    "utility model": "utility model", "search report": "search report",
    "statutory invention registration": "statutory invention",
}  # fmt: skip
# Kind codes (WIPO ST.16) of the offices where one letter has one meaning at all times.
_KINDS = (
    (r"US\d{11}A[12]|(?:EP|WO)\d+A[12]|DE\d+A1|(?:KR|JP|CN)\d+A", "application"),
    (r"(?:EP|WO)\d+A[89]|US\d{11}A9", "correction"),
    (r"EP\d+A[34]|WO\d+A3", "search report"),
    (r"US\d+B[12]|EP\d+B[1-3]|KR10\d{7}B[12]|CN\d{9}B|DE\d{12}B[34]|DE\d+C[1-5]", "grant"),
    (r"USD\d+S1?|CN\d+S", "design"),
    (r"USPP\d+P[23]?", "plant"),
    (r"USRE\d+E\d?", "reissue"),
    (r"USH\d+H1?", "statutory invention"),
    (r"(?:CN|KR|DE|JP)\d+[UY]\d?", "utility model"),
    (r"DE\d+T\d", "translation"),
)


@dataclass(frozen=True)
class Entry:
    """A record as read: names, ISO dates and canonical numbers; unknown is None or empty.

    filings: each priority with DOCDB's kind of application where the file has one; family: as
    the file says it, for where the earliest priority is not certain; body: the text of a BEIR
    record; patent: whether it is one.
    """

    identity: str = ""
    patent: bool = True
    number: str | None = None
    country: str | None = None
    titles: tuple[Title, ...] = ()
    abstracts: tuple[Title, ...] = ()
    body: str = ""
    applicants: tuple[str, ...] = ()
    assignees: tuple[str, ...] = ()
    inventors: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    application: tuple[Priority, str] | None = None
    application_number: str | None = None
    filings: tuple[tuple[Priority, str], ...] = ()
    priority_date: str | None = None
    filing_date: str | None = None
    publication_date: str | None = None
    cpc: tuple[str, ...] = ()
    ipc: tuple[str, ...] = ()
    claims: tuple[str, ...] = ()
    independent_claims: bool = False
    first_claim: str = ""
    description: str = ""
    references: tuple[Reference, ...] = ()
    family: str | None = None
    document_type: str = ""
    language: str | None = None


def entry_document(entry: Entry, document_id: str) -> Document | None:
    """The document of a record; None where it has no text at all, not even a title.

    >>> entry = Entry(number="US10123456B2", titles=(Title("en", "Cell"),), body="A cell.")
    >>> entry_document(entry, "0f").facts.legal_kind
    'grant'
    """
    composer = Composer("abstract" if entry.patent else "body")
    for abstract in ordered(entry.abstracts):
        composer.paragraph(abstract.text)
    composer.paragraph(entry.body)
    if entry.description:
        compose_description_text(composer, entry.description)
    if entry.claims:
        compose_claims_text(composer, entry.claims, gaps=entry.independent_claims)
    elif entry.first_claim:
        compose_claims_text(composer, ["1. " + re.sub(r"^\s*1\s*[.)]\s*", "", entry.first_claim)])
    facts = _facts(entry, document_id)
    document = composer.document(facts, entry.references)
    if not document.text:
        composer = Composer("abstract" if entry.patent else "body")
        composer.paragraph(facts.title)
        document = composer.document(facts, entry.references)
    if facts.language is None and facts.country == "JP" and document.facts.language == "zh":
        # A Japanese title may have no kana.
        document = replace(document, facts=facts)
    return document if document.text else None


def ordered(texts: Iterable[Title]) -> tuple[Title, ...]:
    """The texts that hold something, English ones first."""
    filled = [text for text in texts if text.text.strip()]
    return tuple(sorted(filled, key=lambda text: text.language != "en"))


def in_language(language: str, text: str) -> Title:
    """A text with its language; codes that are none become None.

    >>> in_language("EN", "Cell"), in_language("?", "Zelle").language
    (Title(language='en', text='Cell'), None)
    """
    code = language.strip().lower()
    return Title(code if _LANGUAGE.fullmatch(code) else None, text)


def legal_kind(number: str | None, document_type: str = "") -> str | None:
    """What a publication is in law, as its document type or its kind code says; None if unsure.

    >>> legal_kind("US10123456B2"), legal_kind("DE102015123456A1"), legal_kind("US4058776A")
    ('grant', 'application', None)
    """
    named = _TYPES.get(one_line(document_type.replace("_", " ")).lower())
    fitting = (kind for pattern, kind in _KINDS if re.fullmatch(pattern, number or ""))
    return named or next(fitting, None)


def _facts(entry: Entry, document_id: str) -> DocumentFacts:
    titles = tuple(replace(t, text=one_line(t.text)) for t in ordered(entry.titles))
    dates = [p.date for p, _ in entry.filings if p.date]
    country = entry.number[:2] if entry.number else entry.country
    authors = () if entry.patent else entry.authors
    return DocumentFacts(
        id=document_id,
        kind="patent" if entry.patent else "report",
        number=entry.number,
        title=titles[0].text if titles else "",
        parties=unique([*entry.applicants, *entry.assignees, *authors]),
        priority_date=min([*dates, *filter(None, [entry.priority_date])], default=None),
        filing_date=entry.filing_date,
        publication_date=entry.publication_date,
        cpc=unique([*entry.cpc, *entry.ipc]),
        family=_family(entry),
        language=entry.language,
        country=country if entry.patent else None,
        application_number=entry.application_number,
        legal_kind=legal_kind(entry.number, entry.document_type) if entry.patent else None,
        titles=titles,
        applicants=entry.applicants,
        assignees=entry.assignees,
        inventors=entry.inventors,
        priorities=tuple(priority for priority, _ in entry.filings),
        ipc=entry.ipc,
    )


def _family(entry: Entry) -> str | None:
    """The earliest application where the record leaves no doubt, else what the file calls it.

    A priority date that is the filing date says that the application is its own first one.
    """
    earliest = None
    if len(entry.filings) == 1 or (entry.filings and all(p.date for p, _ in entry.filings)):
        earliest = min(entry.filings, key=lambda filing: filing[0].date or "")
    elif not entry.filings and entry.filing_date and entry.filing_date == entry.priority_date:
        earliest = entry.application
    if earliest is None:
        return entry.family
    priority, kind = earliest
    return application_key(priority.country, priority.number, priority.date, kind)
