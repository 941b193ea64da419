"""Answers of the EPO's Open Patent Services (`ops:world-patent-data`), one file each.

Bibliographic data, claims and description of one publication are separate answers: each becomes a
document with that number.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from ingest.compose import Composer
from ingest.errors import NoText, UnsupportedFormat
from ingest.facts import DocumentFacts
from ingest.numbers import canonical_number
from ingest.readers.bibliography import iso_date
from ingest.readers.epo.exchange import (
    application,
    application_number,
    document_ids,
    exchange_document,
    priority_claims,
)
from ingest.readers.epo.fields import (
    compose_bare,
    drop_namespaces,
    earliest,
    language_code,
    value,
)
from ingest.readers.legal_kinds import legal_kind
from ingest.readers.opened import document_id as identity_of
from ingest.readers.patent_xml.body import claim_references, plain_text
from ingest.records import Document

_PRINTED_NUMBER = re.compile(r"^\s*\[(\d{3,5})\]\s*")
# A claim's number at the start of a line; plain text alone, so the next number must follow.
_CLAIM_NUMBER = re.compile(r"^[ \t]*(\d{1,3})(?:[ \t]*([.)])[ \t]*|[ \t]+)(?=(\S))", re.MULTILINE)
_LONGEST_PREFACE = 200
_PREFACE = re.compile(
    r"^\s*(?:(?:what is )?claim(?:s|ed)?(?: is)?|(?:patent)?ansprüche|revendications)\s*:?\s*\n",
    re.IGNORECASE,
)
_NOT_THERE = ("not found", "invalid result")
# Answers without text of any document.
_WITHOUT_TEXT = {
    "document-inquiry": "says which images there are, but holds none of the document's text",
    "register-search": "is an extract of the European Patent Register",
    "biblio-search": "lists publication numbers only; ask for them with the constituent biblio",
    "classification-scheme": "is a part of the classification scheme",
    "statistics": "counts publications by class",
    "standardization": "converts a number",
    "meta": "describes the service itself",
}


def read_ops(root: etree._Element, document_id: str) -> Iterator[Document]:
    """The documents of an answer. Raises NoText or UnsupportedFormat where it holds none."""
    drop_namespaces(root)
    if root.tag == "fault" or root.find(".//fault") is not None:
        raise NoText(f"Open Patent Services answered with an error: {_fault(root)}")
    found = [
        element
        for element in root.iter("exchange-document", "fulltext-document", "family-member")
        # A member with its exchange-document is read there.
        if element.tag != "family-member" or element.find(".//exchange-document") is None
    ]
    if not found:
        raise _no_documents(root)
    missing = [element for element in found if element.get("status") in _NOT_THERE]
    texts = set()
    for element in (each for each in found if each not in missing):
        data = etree.tostring(element, with_tail=False)
        if data not in texts:  # Two queries in one answer can find the same document.
            texts.add(data)
            own_id = document_id if len(found) == 1 else identity_of(data)
            yield _document(element, own_id)
    if missing:
        names = (f"{e.get('country')}{e.get('doc-number')}{e.get('kind') or ''}" for e in missing)
        raise NoText(f"Open Patent Services did not find {', '.join(names)}")


def _document(element: etree._Element, document_id: str) -> Document:
    if element.tag == "exchange-document":
        return exchange_document(element, document_id)
    if element.tag == "family-member":
        return _member(element, document_id)
    return _full_text(element, document_id)


def _fault(root: etree._Element) -> str:
    fault = root if root.tag == "fault" else root.find(".//fault")
    parts = [value(fault, "code"), value(fault, "message"), value(fault, "description")]
    return " ".join(part for part in parts if part) or value(fault) or "nothing more"


def _no_documents(root: etree._Element) -> NoText | UnsupportedFormat:
    for element in root.iter(*_WITHOUT_TEXT):
        if element.tag == "meta" and element.getparent() is root and len(root) > 1:
            continue
        listed = sum(1 for _ in root.iter("publication-reference"))
        count = f" ({listed} publications)" if element.tag == "biblio-search" else ""
        reason = _WITHOUT_TEXT[str(element.tag)]
        return NoText(f"this answer of Open Patent Services {reason}{count}")
    inside = ", ".join(dict.fromkeys(str(child.tag) for child in root.iterchildren("*")))
    return UnsupportedFormat(f"an answer of Open Patent Services with {inside or 'nothing'} inside")


def _facts(element: etree._Element, document_id: str, language: str | None) -> DocumentFacts:
    """The facts of a full text or a family member, which has no titles or parties."""
    published = document_ids(list(element.iter("publication-reference")))
    docdb = published.get("docdb", next(iter(published.values()), None))
    country, number = value(docdb, "country").upper(), value(docdb, "doc-number")
    if number and not country:
        country, number = number[:2].upper(), number[2:]
    kind = value(docdb, "kind").upper()
    own = application(document_ids(list(element.iter("application-reference"))))
    priorities = priority_claims(element)
    priority_date, family = earliest(priorities or ([own] if own else []))
    return DocumentFacts(
        id=document_id,
        kind="patent",
        number=canonical_number(country, number, kind) if country and number else None,
        priority_date=priority_date,
        filing_date=own.date if own else None,
        publication_date=iso_date(value(docdb, "date")),
        family=family,
        language=language,
        country=country or None,
        application_number=application_number(own, country),
        legal_kind=legal_kind(country, kind),
        priorities=tuple(claim.priority for claim in priorities),
    )


def _member(element: etree._Element, document_id: str) -> Document:
    """A member of a family: facts alone, the line of which is its text."""
    facts = _facts(element, document_id, "en")
    claimed = [f"priority {p.country} {p.number}" + (f" of {p.date}" if p.date else "")
               for p in facts.priorities]  # fmt: skip
    composer = Composer()
    compose_bare(composer, facts, claimed)
    return composer.document(facts)


def _full_text(element: etree._Element, document_id: str) -> Document:
    parts = [*element.iter("abstract", "description", "claims")]
    languages = [language_code(part) for part in parts]
    first = next((language for language in languages if language), None)
    main = "en" if "en" in languages else first
    composer = Composer()
    for part, language in zip(parts, languages, strict=True):
        _compose_part(composer, part, language if language != main else None)
    facts = _facts(element, document_id, main)
    if not parts:
        raise NoText(f"this answer about {facts.number} holds no text of it")
    return composer.document(facts)


def _compose_part(composer: Composer, part: etree._Element, other_language: str | None) -> None:
    if part.tag == "claims":
        preface, claims = _claims(part)
        composer.section("claims")
        composer.heading(f"Claims ({other_language})" if other_language else preface)
        for number, text in claims:
            if other_language:
                composer.paragraph(f"{number}. {text}")
            else:
                composer.claim(number, text, claim_references(text, number))
        return
    composer.section(str(part.tag))
    for block in list(part.iter("p", "heading")) or [part]:
        text = plain_text(block)
        printed = _PRINTED_NUMBER.match(text)
        if block.tag == "heading":
            composer.heading(text)
        else:
            composer.paragraph(text[printed.end() :] if printed else text, printed and printed[1])


def _claims(part: etree._Element) -> tuple[str, list[tuple[int, str]]]:
    """What stands above the claims, and (number, text) of each; one element may hold them all."""
    within = "claim-text"
    elements = [e for e in part.iter(within) if next(e.iterancestors(within), None) is None]
    texts = [text for text in map(plain_text, elements or [part]) if text]
    whole = _PREFACE.sub("", "\n".join(texts))
    starts = _claim_starts(whole)
    preface = whole[: starts[0].start()].strip() if starts else ""
    if not starts or len(preface) > _LONGEST_PREFACE:
        return "", list(enumerate(texts, start=1))
    ends = [*(match.start() for match in starts[1:]), len(whole)]
    spans = enumerate(zip(starts, ends, strict=True), start=1)
    return preface, [(number, whole[match.end() : end].strip()) for number, (match, end) in spans]


def _claim_starts(text: str) -> list[re.Match[str]]:
    """Numbers 1, 2, 3 ... at starts of lines, all of them with a point or all without."""
    starts: list[re.Match[str]] = []
    for match in _CLAIM_NUMBER.finditer(text):
        alike = not starts or bool(match[2]) == bool(starts[0][2])
        if int(match[1]) == len(starts) + 1 and alike and (match[2] or match[3].isupper()):
            starts.append(match)
    return starts
