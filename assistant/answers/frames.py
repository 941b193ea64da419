"""Who says a sentence, and how: the words that an answer puts before it.

A claim is what a patent wants to have protected, not something that was found; so patents claim
or disclose, and only reports report.
"""

from __future__ import annotations

import re
from pathlib import Path

from ingest.facts import DocumentFacts

_LONGEST_TITLE = 70


def document_name(document: DocumentFacts) -> str:
    """A document's number, or its title in quotation marks, cut at a word.

    >>> from ingest.facts import DocumentFacts
    >>> document_name(DocumentFacts(id="1", kind="report", number="HCW-R-014", title="Coating"))
    'HCW-R-014'
    """
    if document.number:
        return document.number
    title = " ".join(document.title.split())
    if not re.search(r"[^\W\d_]{3}", title):
        return Path(document.source).name  # what was taken for a title is a page number
    if len(title) > _LONGEST_TITLE:
        title = title[: _LONGEST_TITLE + 1].rsplit(" ", 1)[0] + " …"
    return f"“{title}”"


def frame(document: DocumentFacts, section: str, *, whereas: bool = False) -> str:
    """The words before a sentence of a document's section.

    >>> from ingest.facts import DocumentFacts
    >>> patent = DocumentFacts(id="1", kind="patent", number="US99100214B2", title="")
    >>> frame(patent, "claims"), frame(patent, "description", whereas=True)
    ('US99100214B2 claims:', 'Whereas US99100214B2 discloses:')
    """
    return f"{'Whereas ' if whereas else ''}{document_name(document)} {_verb(document, section)}:"


def _verb(document: DocumentFacts, section: str) -> str:
    if document.kind != "patent":
        return "reports"
    return "claims" if section == "claims" else "discloses"


def facts_frame(document: DocumentFacts, section: str) -> str:
    """The bibliographic record in one line, for questions about who and when.

    >>> from ingest.facts import DocumentFacts
    >>> facts = DocumentFacts(id="1", kind="patent", number="US1A1", title="A cell",
    ...     parties=("Halvorne",), publication_date="2019-06-04")
    >>> facts_frame(facts, "claims")
    'US1A1 (patent; Halvorne; published 2019-06-04) claims:'
    """
    dates = (
        ("priority", document.priority_date),
        ("filed", document.filing_date),
        ("published", document.publication_date),
    )
    parts = [document.kind, ", ".join(document.parties[:4])]
    parts += [f"{word} {day}" for word, day in dates if day]
    if not document.number and document.country:
        parts.insert(1, document.country)
    record = "; ".join(part for part in parts if part)
    return f"{document_name(document)} ({record}) {_verb(document, section)}:"
