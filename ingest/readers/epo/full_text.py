"""EPO full-text publications (`ep-patent-document`, DTD 1.0 to 1.5.1).

Where a grant prints its claims in three languages, those of the language of the procedure are the
document's claims; all others stand below them under headings, so that a search finds them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from ingest.compose import Composer
from ingest.readers.epo.citations import full_text_references
from ingest.readers.epo.facts import full_text_facts, international
from ingest.readers.epo.fields import compose_bare, value
from ingest.readers.patent_xml.body import (
    compose_abstract,
    compose_claims,
    compose_description,
    plain_text,
)
from ingest.records import Document
from ingest.text import one_line


def read_epo(root: etree._Element, document_id: str) -> Document:
    """The document of an `ep-patent-document` root element."""
    facts = full_text_facts(root, document_id)
    language = facts.language or "en"
    composer = Composer()
    abstracts = _by_language(root, "abstract", language)
    descriptions = _by_language(root, "description", language)
    claims = _by_language(root, "claims", language)
    for abstract in abstracts:
        compose_abstract(composer, abstract)
    for description in descriptions:
        compose_description(composer, description)
    if claims:
        composer.section("claims")
        for heading in claims[0].iter("heading"):
            composer.heading(plain_text(heading))
        compose_claims(composer, claims[0].iter("claim"))
    for others in claims[1:]:
        _compose_other_claims(composer, others, f"Claims ({_language(others) or language})")
    for amended in root.findall("amended-claims"):
        _compose_other_claims(composer, amended, "Amended claims")
    for statement in root.findall("amended-claims-statement"):
        _compose_statement(composer, statement)
    if not (abstracts or descriptions or claims):
        compose_bare(composer, facts, [international(root)])
    _compose_search_report(composer, root.find("search-report-data"))
    return composer.document(facts, full_text_references(root))


def _language(element: etree._Element) -> str:
    return (element.get("lang") or "").lower()[:2]


def _by_language(root: etree._Element, tag: str, language: str) -> list[etree._Element]:
    """The elements with any text, those in the language first."""
    found = [element for element in root.findall(tag) if value(element)]
    return sorted(found, key=lambda element: _language(element) not in (language, ""))


def _compose_other_claims(composer: Composer, claims: etree._Element, name: str) -> None:
    """Claims besides the document's own, numbered as the EPO prints them."""
    composer.section("claims")
    composer.heading(name)
    for heading in claims.iter("heading"):  # "Claims for the following Contracting State(s): DE"
        composer.heading(plain_text(heading), 2)
    for position, claim in enumerate(claims.iter("claim"), start=1):
        number = (claim.get("num") or "").strip().lstrip("0") or str(position)
        text = re.sub(rf"^\s*{re.escape(number)}\s*[.)]\s*", "", plain_text(claim))
        composer.paragraph(f"{number}. {text}" if text else "")


def _compose_statement(composer: Composer, statement: etree._Element) -> None:
    composer.section("body")
    composer.heading("Statement on amended claims")
    for paragraph in list(statement.iter("p")) or [statement]:
        composer.paragraph(plain_text(paragraph))


def _compose_search_report(composer: Composer, report: etree._Element | None) -> None:
    """The report's text and citations; most are images of pages only."""
    if report is None or not value(report):
        return
    composer.section("body")
    composer.heading("Search report")
    for part in _report_parts(report):
        composer.paragraph(part)


def _report_parts(report: etree._Element) -> Iterator[str]:
    for paragraph in report.iter("p"):
        if not any(True for _ in paragraph.iterancestors("citation", "p")):
            yield plain_text(paragraph)
    for citation in report.iter("citation"):
        yield one_line(" ".join(text for text in citation.itertext() if isinstance(text, str)))
