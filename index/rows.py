"""Rows of the catalogue as the records they hold: whole documents, and passages."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

import msgspec

from ingest.facts import DocumentFacts, Reference
from ingest.records import Claim, Document, Page, Passage, Section

_FACTS = msgspec.json.Decoder(DocumentFacts)
_PATH = msgspec.json.Decoder(tuple[str, ...])


@dataclass(frozen=True)
class Parts:
    """The parts of a document that are spans of its text, as the catalogue stores them."""

    sections: tuple[Section, ...] = ()
    claims: tuple[Claim, ...] = ()
    pages: tuple[Page, ...] = ()
    references: tuple[Reference, ...] = ()


_PARTS = msgspec.json.Decoder(Parts)


@dataclass(frozen=True)
class StoredPassage:
    """A passage with its keys. key: its vector's id; document_key: its document's row."""

    key: int
    document_key: int
    passage: Passage


def read_document(connection: sqlite3.Connection, key: int) -> Document:
    """A document with its text and all its parts."""
    query = "SELECT facts, parts, text FROM documents WHERE key = ?"
    facts, stored, text = connection.execute(query, [key]).fetchone()
    parts = _PARTS.decode(stored)
    return Document(
        _FACTS.decode(facts), text, parts.sections, parts.claims, parts.pages, parts.references
    )


def stored_passage(row: tuple) -> StoredPassage:  # type: ignore[type-arg]  # a row of SQLite
    """A passage from its row in `Catalog.passages`."""
    key, document_key, document_id, position, section, path, *place, start, end, text = row
    headings = _PATH.decode(path)
    claim, paragraph, first_page, last_page, language, ocr_confidence = place
    passage = Passage(
        id=f"{document_id}:{position}",
        document_id=document_id,
        section=section,
        heading=headings[-1] if headings else None,
        heading_path=headings,
        text=text,
        claim=claim,
        paragraph=paragraph,
        first_page=first_page,
        last_page=last_page,
        start=start,
        end=end,
        language=language,
        ocr_confidence=ocr_confidence,
    )
    return StoredPassage(key, document_key, passage)
