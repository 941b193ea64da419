"""The same publication from two files: one document, with the better text and all known facts.

Two files hold the same publication when their canonical numbers agree to the kind code. They stay
two documents where their confidentiality labels differ, since text must not move between labels.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, fields, replace

from index.store import Store, StoredDocument
from ingest.facts import DocumentFacts
from ingest.numbers import number_key
from ingest.records import Document

# Facts that say what is read and where, and so are never taken from another file.
_OWN = frozenset({"id", "kind", "number", "title", "label", "language", "source", "country"})


def fullness(document: Document) -> tuple[int, bool, bool, int]:
    """What makes one text of a publication better than another; compare as tuples.

    Parts that it has of abstract, description and claims; whether no page was recognised from an
    image; whether it is marked up rather than printed; characters.
    """
    kinds = {section.kind for section in document.sections} & {"abstract", "description"}
    recognised = any(page.ocr_confidence is not None for page in document.pages)
    parts = len(kinds) + bool(document.claims)
    return parts, not recognised, not document.pages, len(document.text)


@dataclass(frozen=True)
class Twin:
    """A document of the library that is the same publication."""

    stored: StoredDocument
    document: Document


def find_twin(store: Store, document: Document, seen: Collection[str]) -> Twin | None:
    """The library's document of the same publication under the same label.

    seen: ids that are none, such as other records of the same file, which are told apart by their
    own ids. A number without its kind code names no single publication.
    """
    number = document.facts.number
    if number is None or document.facts.kind != "patent" or number == number_key(number):
        return None
    for identity, stored in store.twins(number, document.facts.label):
        if identity not in seen:
            return Twin(stored, store.whole(stored.key))
    return None


def supersedes(document: Document, twin: Twin) -> bool:
    """Whether a document takes the place of the one in the library.

    It does where that one comes from the same place, or from a file that is gone.
    """
    if not twin.stored.content_hash or twin.document.facts.source == document.facts.source:
        return True
    return fullness(document) > fullness(twin.document)


def filled(facts: DocumentFacts, other: DocumentFacts) -> DocumentFacts:
    """Facts with what is unknown taken from another file of the same publication.

    >>> a = DocumentFacts(id="0", kind="patent", number="US1A1", filing_date="2015-01-01")
    >>> b = DocumentFacts(id="1", kind="patent", number="US1A1", cpc=("H01M4/525",))
    >>> filled(a, b).cpc, filled(a, b).filing_date, filled(a, b).id
    (('H01M4/525',), '2015-01-01', '0')
    """
    missing = {
        field.name: getattr(other, field.name)
        for field in fields(facts)
        if field.name not in _OWN and not getattr(facts, field.name)
    }
    if facts.priorities or facts.priority_date:
        # A family without its priorities would be of another file's making.
        missing.pop("family", None)
    return replace(facts, **missing)
