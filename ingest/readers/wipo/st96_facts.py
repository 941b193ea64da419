"""The facts of a patent in WIPO ST.96, by the names of its elements without namespaces."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from ingest.facts import DocumentFacts, Reference, Title
from ingest.numbers import canonical_number
from ingest.readers.bibliography import iso_date, symbol, unique, written_symbol
from ingest.readers.epo.citations import distinct
from ingest.readers.epo.fields import Filing, cited_patent, earliest, value
from ingest.readers.legal_kinds import legal_kind

_OFFICES = ("IPOfficeCode", "CountryCode", "PriorityCountryCode")
_NUMBERS = (
    "PublicationNumber", "PatentNumber", "GrantNumber", "DocumentNumber",
    "ApplicationNumberText", "ApplicationNumber",
)  # fmt: skip
_KINDS = ("PatentDocumentKindCode", "PublicationKindCode", "DocumentKindCode", "KindCode")
_PUBLICATION_DATES = ("PublicationDate", "GrantDate", "DocumentDate", "Date")
_FILING_DATES = ("FilingDate", "ApplicationDate", "PriorityDate", "ApplicationFilingDate", "Date")
# What a publication is identified by, a grant before the application that it was.
_PUBLICATIONS = (
    "PatentGrantIdentification", "PatentPublicationIdentification", "PublicationReference",
    "PatentDocumentIdentification", "PublicationIdentification",
)  # fmt: skip
_APPLICATIONS = ("ApplicationIdentification", "ApplicationReference")
_NAMES = ("OrganizationStandardName", "OrganizationName", "PersonFullName", "EntityName")


def attribute(element: etree._Element, *names: str) -> str:
    """The first attribute with one of the names, whatever its namespace; "" for none."""
    found = {etree.QName(name).localname: text for name, text in element.attrib.items()}
    return next((str(found[name]) for name in names if name in found), "")


def language_of(element: etree._Element) -> str | None:
    """ISO 639-1 code of an element's own language, None where it has none."""
    return attribute(element, "languageCode", "lang").lower()[:2] or None


def st96_facts(element: etree._Element, document_id: str) -> DocumentFacts:
    """The facts of an element whose namespaces are dropped."""
    data = _data(element)
    published = _first(data, *_PUBLICATIONS)
    number, kind = _text(published, *_NUMBERS), _text(published, *_KINDS).upper()
    country = (_text(published, *_OFFICES) or attribute(element, "officeCode")).upper()
    own = _filing(_first(data, *_APPLICATIONS), country)
    claims = tuple(filter(None, (_filing(e, "") for e in data.iter("PriorityClaim"))))
    priority_date, family = earliest(claims or ([own] if own else []))
    titles = tuple(dict.fromkeys(_titles(element)))
    language = _language(element, data, titles)
    applicants, assignees = _names(data, "Applicant"), _names(data, "Assignee")
    cpc, ipc = _symbols(data, "CPC"), _symbols(data, "IPC")
    return DocumentFacts(
        id=document_id,
        kind="patent",
        number=canonical_number(country, number, kind) if country and number else None,
        title=next((t.text for t in titles if t.language == language), _first_text(titles)),
        parties=unique((*applicants, *assignees)),
        priority_date=priority_date,
        filing_date=own.date if own else None,
        publication_date=iso_date(_text(published, *_PUBLICATION_DATES)),
        cpc=unique((*cpc, *ipc)),
        family=family,
        language=language,
        country=country or None,
        application_number="".join(own.number.split()) if own else None,
        legal_kind=legal_kind(country, kind),
        titles=titles,
        applicants=applicants,
        assignees=assignees,
        inventors=_names(data, "Inventor"),
        priorities=tuple(claim.priority for claim in claims),
        ipc=ipc,
    )


def st96_references(element: etree._Element) -> tuple[Reference, ...]:
    """The citations of an element whose namespaces are dropped, without repetitions."""
    found: list[Reference | None] = []
    for citation in element.iter("ReferenceCitation", "PatentCitation", "NPLCitation"):
        if any(True for _ in citation.iterancestors("ReferenceCitation")):
            continue
        cited_by = _cited_by(citation)
        patents = [
            *citation.iter("CitedPatentDocumentIdentification", "PatentDocumentIdentification")
        ]
        for each in patents:
            parts = _text(each, *_OFFICES), _text(each, *_NUMBERS), _text(each, *_KINDS)
            found.append(cited_patent(*parts, cited_by))
        text = _text(citation, "NPLCitationText", "CitationText", "CitationFreeFormat")
        if text and not patents:
            found.append(Reference(None, text, "literature", cited_by))
    return distinct(found)


def _cited_by(citation: etree._Element) -> str | None:
    for each in citation.iter("*"):
        words = f"{each.tag} {value(each)}".lower()
        if "cited" in words and "indicator" in words and not words.endswith(("true", "1", "yes")):
            continue
        if str(each.tag).startswith("Cit") and not len(each):
            for who in ("examiner", "applicant"):
                if who in words:
                    return who
    return None


def _data(element: etree._Element) -> etree._Element:
    found = next(element.iter("BibliographicData"), None)
    return element if found is None else found


def _first(data: etree._Element, *names: str) -> etree._Element | None:
    """The first element with the earliest of the names that belongs to the publication itself."""
    for name in names:
        for found in data.iter(name):
            others = ("ReferenceCitationBag", "RelatedDocumentBag", "PriorityClaimBag")
            if not any(True for _ in found.iterancestors(*others)):
                return found
    return None


def _text(element: etree._Element | None, *names: str) -> str:
    """The text of the first element below with the earliest of the names that has any."""
    for name in names if element is not None else ():
        for found in element.iter(name):  # type: ignore[union-attr]
            if text := value(found):
                return text
    return ""


def _filing(element: etree._Element | None, country: str) -> Filing | None:
    number = _text(element, "ApplicationNumberText", *_NUMBERS)
    country = _text(element, *_OFFICES).upper() or country
    if not (number and country):
        return None
    return Filing(country, number, iso_date(_text(element, *_FILING_DATES)[:10]))


def _titles(element: etree._Element) -> Iterator[Title]:
    for title in element.iter("InventionTitle"):
        if text := value(title):
            yield Title(language_of(title), text)


def _first_text(titles: tuple[Title, ...]) -> str:
    return titles[0].text if titles else ""


def _language(
    element: etree._Element, data: etree._Element, titles: tuple[Title, ...]
) -> str | None:
    """The language that the description, else what holds it or another part, says it has."""
    parts = [*element.iter("Description"), *element.iter("ApplicationBody"), data, element]
    parts += [*element.iter("Abstract"), *element.iter("Claims")]
    stated = [language_of(part) for part in parts] + [title.language for title in titles]
    return next((each for each in stated if each), None)


def _names(data: etree._Element, tag: str) -> tuple[str, ...]:
    found = []
    for party in data.iter(tag):
        person = (_text(party, part) for part in ("FirstName", "MiddleName", "LastName"))
        found.append(_text(party, *_NAMES) or " ".join(part for part in person if part))
    return unique(found)


def _symbols(data: etree._Element, scheme: str) -> tuple[str, ...]:
    """Symbols below elements whose name holds "CPC" or "IPC", in parts or as a text."""
    found = []
    for each in data.iter("*"):
        names = [str(each.tag), *(str(above.tag) for above in each.iterancestors())]
        if not any(scheme in name for name in names) or "ReferenceCitationBag" in names:
            continue
        parts = {str(child.tag).removeprefix(scheme): value(child) for child in each}
        wanted = ("Section", "Class", "Subclass", "MainGroup", "Subgroup")
        if all(parts.get(part) for part in wanted):
            found.append(symbol(*(parts[part] for part in wanted)))
        elif not len(each):
            found.append(written_symbol(value(each)))
    return unique(found)
