"""One `exchange-document` of the EPO's DOCDB, as the bulk files and Open Patent Services have it.

Numbers and names stand there in several forms; "docdb" numbers and full names are preferred.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from ingest.compose import Composer
from ingest.facts import DocumentFacts, Title
from ingest.numbers import canonical_number
from ingest.readers.bibliography import iso_date, unique, written_symbol
from ingest.readers.epo.citations import exchange_references
from ingest.readers.epo.fields import (
    Filing,
    class_symbol,
    compose_bare,
    earliest,
    language_code,
    value,
)
from ingest.readers.legal_kinds import legal_kind
from ingest.readers.patent_xml.body import plain_text
from ingest.records import Document
from ingest.text import one_line

# Forms of a party's name, the best first: as published in Latin letters ("docdba"), then
# standardised, then those of Open Patent Services.
_NAME_FORMS = ("docdba", "original", "intermediate", "docdb", "epodoc")
_LAST_LATIN = "\u024f"
_COUNTRY_BEHIND = re.compile(r"\s*\[[A-Z]{2}\]$")


def exchange_document(element: etree._Element, document_id: str) -> Document:
    """The document of an element whose namespaces are dropped."""
    facts = _facts(element, document_id)
    composer = Composer("abstract")
    texts = _abstracts(element)
    for language in sorted(texts, key=lambda key: key != facts.language):
        composer.section("abstract")
        for text in texts[language]:
            composer.paragraph(text)
    if not texts:
        compose_bare(composer, facts)
    return composer.document(facts, exchange_references(element))


def document_ids(parents: list[etree._Element]) -> dict[str, etree._Element]:
    """The `document-id` elements below some references by their form ("docdb", "epodoc" ...)."""
    found: dict[str, etree._Element] = {}
    for parent in parents:
        for each in parent.iterfind("document-id"):
            form = each.get("document-id-type") or parent.get("data-format") or "docdb"
            found.setdefault(form, each)
    return found


def priority_claims(bibliography: etree._Element) -> tuple[Filing, ...]:
    """The priorities that are in force; one claim may stand there in several elements."""
    groups: dict[str, list[etree._Element]] = {}
    for position, claim in enumerate(bibliography.iter("priority-claim")):
        groups.setdefault(claim.get("sequence") or f"at {position}", []).append(claim)
    claims = (_priority(group) for group in groups.values())
    return tuple(claim for claim in claims if claim is not None)


def _priority(group: list[etree._Element]) -> Filing | None:
    if any(value(claim, "priority-active-indicator").startswith("N") for claim in group):
        return None
    return application(document_ids(group))


def application(ids: dict[str, etree._Element]) -> Filing | None:
    """An application from the forms of its number, "docdb" before "epodoc" and "original"."""
    dates = [iso_date(value(each, "date")) for each in ids.values()]
    date = next((date for date in dates if date), None)
    for form in ("docdb", "epodoc", "original"):
        country, number = value(ids.get(form), "country"), value(ids.get(form), "doc-number")
        if form == "epodoc" and not country:
            country, number = number[:2], number[2:]
        if country and number:
            kind = value(ids.get(form), "kind").upper() if form == "docdb" else ""
            return Filing(country.upper(), number, date, kind)
    return None


def _facts(element: etree._Element, document_id: str) -> DocumentFacts:
    bibliography = element.find("bibliographic-data")
    within = bibliography if bibliography is not None else element
    published = document_ids(within.findall("publication-reference")).get("docdb")
    country = (element.get("country") or value(published, "country")).upper()
    number = element.get("doc-number") or value(published, "doc-number")
    kind = (element.get("kind") or value(published, "kind")).upper()
    own = application(document_ids(within.findall("application-reference")))
    priorities = priority_claims(within)
    priority_date, family = earliest(priorities or ([own] if own else []))
    if family is None and element.get("family-id"):
        family = f"DOCDB{element.get('family-id')}"
    titles = tuple(dict.fromkeys(_titles(within)))
    applicants, inventors = _parties(within, "applicant"), _parties(within, "inventor")
    cpc, ipc = _cpc(within), _ipc(within)
    return DocumentFacts(
        id=document_id,
        kind="patent",
        number=canonical_number(country, number, kind) if country and number else None,
        title=next(
            (t.text for t in titles if t.language == "en"), titles[0].text if titles else ""
        ),
        parties=applicants,
        priority_date=priority_date,
        filing_date=own.date if own else None,
        publication_date=iso_date(element.get("date-publ") or value(published, "date")),
        cpc=unique((*cpc, *ipc)),
        family=family,
        language=_language(element, titles),
        country=country or None,
        application_number=application_number(own, country),
        legal_kind=legal_kind(country, kind),
        titles=titles,
        applicants=applicants,
        inventors=inventors,
        priorities=tuple(claim.priority for claim in priorities),
        ipc=ipc,
    )


def application_number(own: Filing | None, country: str) -> str | None:
    """The number as written, with its country where that is not the publication's."""
    if own is None:
        return None
    number = "".join(own.number.split())
    return number if own.country == country else f"{own.country}{number}"


def _titles(within: etree._Element) -> Iterator[Title]:
    for title in within.iterfind("invention-title"):
        if text := value(title):
            yield Title(language_code(title), text)


def _abstracts(element: etree._Element) -> dict[str | None, list[str]]:
    """Paragraphs by language, in the order of the file, each once."""
    found: dict[str | None, list[str]] = {}
    for abstract in element.iter("abstract"):
        texts = found.setdefault(language_code(abstract), [])
        for paragraph in list(abstract.iterfind(".//p")) or [abstract]:
            text = plain_text(paragraph)
            if one_line(text) and text not in texts:
                texts.append(text)
    return {language: texts for language, texts in found.items() if texts}


def _language(element: etree._Element, titles: tuple[Title, ...]) -> str | None:
    """The language of publication where there is text in it, else English, else the first."""
    written = [*_abstracts(element)] or [title.language for title in titles]
    published = value(element, "bibliographic-data/language-of-publication").lower()[:2]
    for language in (published, "en"):
        if language and language in written:
            return language
    return written[0] if written else None


def _parties(within: etree._Element, tag: str) -> tuple[str, ...]:
    """Names of the applicants or inventors, each in its best form only."""
    best: dict[str, tuple[int, str]] = {}
    for position, party in enumerate(within.iterfind(f"parties/{tag}s/{tag}")):
        name = _COUNTRY_BEHIND.sub("", value(party, f"{tag}-name/name")).strip(" ,;")
        name = name or _addressbook(party)
        form = party.get("data-format") or "original"
        rank = _NAME_FORMS.index(form) if form in _NAME_FORMS else len(_NAME_FORMS)
        if form == "original" and any(c.isalpha() and c > _LAST_LATIN for c in name):
            rank = len(_NAME_FORMS)  # Another script: a search for the usual name must still hit.
        key = party.get("sequence") or f"at {position}"
        if name and (key not in best or rank < best[key][0]):
            best[key] = rank, name
    return unique(name for _, name in best.values())


def _addressbook(party: etree._Element) -> str:
    first, last = value(party, ".//first-name"), value(party, ".//last-name")
    return value(party, ".//orgname") or value(party, ".//name") or f"{first} {last}".strip()


def _cpc(within: etree._Element) -> tuple[str, ...]:
    found = []
    for each in within.iter("patent-classification"):
        scheme = each.find("classification-scheme")
        if scheme is not None and (scheme.get("scheme") or "").upper().startswith("CPC"):
            found.append(class_symbol(each))
    return unique(found)


def _ipc(within: etree._Element) -> tuple[str, ...]:
    found = [class_symbol(each) for each in within.iter("classification-ipcr")]
    for each in within.iter("classification-ipc"):
        found += [written_symbol(value(part)) for part in each if part.tag != "edition"]
    return unique(found)
