"""Invented prints of patents, for the tests of their readers."""

from __future__ import annotations

from pathlib import Path

from ingest.compose import Composer
from ingest.readers.printed_patent.patent_pdf import compose_patent, patent_facts, patent_references
from ingest.records import Document

SHARED = Path(__file__).resolve().parents[2] / "shared" / "data" / "patent_pdfs"
PRINTS = Path(__file__).parent / "ingest" / "prints"


def pages_of(name: str) -> list[str]:
    """Pages of an invented print, as the text of a PDF comes out of it."""
    return (PRINTS / f"{name}.txt").read_text("utf-8").rstrip("\n").split("\n---- page ----\n")


def document(pages: list[str]) -> Document:
    """The document that these pages make."""
    facts = patent_facts("0f", pages[0], pages)
    assert facts is not None
    composer = Composer()
    compose_patent(composer, pages)
    return composer.document(facts, patent_references(pages[0], pages))


def claims(read: Document) -> list[tuple[int, tuple[int, ...]]]:
    """Number of each claim and the claims that it depends on."""
    return [(claim.number, claim.depends_on) for claim in read.claims]
