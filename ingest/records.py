"""The records that reading produces: a document, its parts, and its passages.

Everything is frozen and plain: strings, numbers and tuples. A document owns one text; sections,
paragraphs, claims, pages and passages are spans of it, so a quotation can always be checked
against `Document.text`. Nothing here reads files, cuts passages or knows an index.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ingest.facts import DocumentFacts, Reference, plain

# The sections that a search can be limited to. Everything that is not a patent's abstract,
# description or claims is "body".
SECTION_KINDS = ("abstract", "description", "claims", "body")


@dataclass(frozen=True)
class Paragraph:
    """A span of the text. start, end: characters, half-open.

    number: as printed ("0012"), or column and line ("3:45"). table: whether it is some rows of a
    Markdown table, below the table's caption and header.
    """

    start: int
    end: int
    number: str | None = None
    table: bool = False


@dataclass(frozen=True)
class Section:
    """A run of paragraphs under one heading.

    Attributes:
        kind: one of SECTION_KINDS.
        heading: the nearest heading above the paragraphs, None before the first one.
        heading_path: all headings from the outermost to `heading`.
        paragraphs: in reading order; the heading itself is not among them.
    """

    kind: str
    heading: str | None
    heading_path: tuple[str, ...]
    paragraphs: tuple[Paragraph, ...]


@dataclass(frozen=True)
class Claim:
    """One claim. number: 1-based; depends_on: numbers of the claims it refers to, () if none.

    start, end: characters of Document.text, half-open.
    """

    number: int
    start: int
    end: int
    depends_on: tuple[int, ...] = ()


@dataclass(frozen=True)
class Page:
    """One page. number: 1-based; start, end: characters of Document.text, half-open.

    ocr_confidence: 0 to 1 where the text was recognised from an image, else None.
    """

    number: int
    start: int
    end: int
    ocr_confidence: float | None = None


@dataclass(frozen=True)
class Document:
    """A document as read: facts, one text, and spans of that text.

    references: what it cites, as far as the file lists that.
    """

    facts: DocumentFacts
    text: str
    sections: tuple[Section, ...] = ()
    claims: tuple[Claim, ...] = ()
    pages: tuple[Page, ...] = ()
    references: tuple[Reference, ...] = ()

    @property
    def cited(self) -> tuple[str, ...]:
        """Canonical numbers of the patents that it cites, without repetitions."""
        return tuple(dict.fromkeys(r.number for r in self.references if r.number))

    def page_at(self, position: int) -> int | None:
        """1-based page of a character of the text; None for documents without pages.

        >>> facts = DocumentFacts(id="0f", kind="report")
        >>> Document(facts, "ab", pages=(Page(1, 0, 1), Page(2, 1, 2))).page_at(1)
        2
        """
        last = None
        for page in self.pages:
            if page.start > position:
                break
            last = page.number
        return last

    def paragraph_at(self, position: int) -> str | None:
        """Printed number of the paragraph with this character; None where it has none."""
        for section in self.sections:
            for paragraph in section.paragraphs:
                if paragraph.start <= position < paragraph.end:
                    return paragraph.number
        return None


@dataclass(frozen=True)
class Passage:
    """The unit of evidence: whole sentences of one section or one claim.

    Attributes:
        id: `<document id>:<position>`, position 0-based in reading order.
        section: one of SECTION_KINDS.
        claim: 1-based claim number; None outside the claims.
        paragraph: printed number of the paragraph in which the passage starts.
        first_page, last_page: 1-based, inclusive; None for documents without pages.
        start, end: characters, half-open: `document.text[start:end] == passage.text`.
        language: ISO 639-1 code of this passage, the document's where it is too short to tell.
        ocr_confidence: 0 to 1, of its worst page, where text was recognised from an image.
    """

    id: str
    document_id: str
    section: str
    heading: str | None
    heading_path: tuple[str, ...]
    text: str
    claim: int | None
    paragraph: str | None
    first_page: int | None
    last_page: int | None
    start: int
    end: int
    language: str | None = None
    ocr_confidence: float | None = None

    def to_dict(self) -> dict[str, Any]:
        """The PASSAGE object of the public contract, without its score."""
        return plain(self)
