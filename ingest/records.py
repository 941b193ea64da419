"""The records that reading produces: a document, its parts, and its passages.

Everything is frozen and plain: strings, numbers and tuples. A document owns one text; sections,
paragraphs, claims, pages and passages are spans of it, so a quotation can always be checked
against `Document.text`. Nothing here reads files, cuts passages or knows an index.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any

# The sections that a search can be limited to. Everything that is not a patent's abstract,
# description or claims is "body".
SECTION_KINDS = ("abstract", "description", "claims", "body")


def plain(record: Any) -> dict[str, Any]:
    """The record's own fields as JSON-ready values: tuples become lists, in field order."""
    values = {field.name: getattr(record, field.name) for field in fields(record)}
    return {k: list(v) if isinstance(v, tuple) else v for k, v in values.items()}


@dataclass(frozen=True)
class DocumentFacts:
    """What is known about a document besides its text. Unknown facts are None or empty.

    Attributes:
        id: 16 hexadecimal digits from the SHA-256 of the file's bytes, or the `_id` of a record.
        kind: "patent" or "report".
        number: canonical publication number (`US20160336597A1`) or a report's own number.
        parties: applicants, assignees or authors, in the order of the document.
        priority_date, filing_date, publication_date: ISO dates (`2019-03-01`).
        cpc: CPC and IPC symbols without spaces (`H01M4/525`), in the order of the document.
        family: the earliest priority application (`EP18123456`), shared by family members.
        label: confidentiality label, None when the document carries none.
        language: ISO 639-1 code in lower case.
        source: path of the file that the document was read from, as a string.
        country: two-letter code of the publishing office, None for reports.
    """

    id: str
    kind: str
    number: str | None = None
    title: str = ""
    parties: tuple[str, ...] = ()
    priority_date: str | None = None
    filing_date: str | None = None
    publication_date: str | None = None
    cpc: tuple[str, ...] = ()
    family: str | None = None
    label: str | None = None
    language: str | None = None
    source: str = ""
    country: str | None = None

    def to_dict(self) -> dict[str, Any]:
        """The DOCUMENT object of the public contract.

        >>> DocumentFacts(id="0f", kind="report", title="Wetting").to_dict()["title"]
        'Wetting'
        """
        return plain(self)


@dataclass(frozen=True)
class Paragraph:
    """A span of the text. start, end: characters, half-open; number: as printed ("0012")."""

    start: int
    end: int
    number: str | None = None


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
    """One page. number: 1-based; start, end: characters of Document.text, half-open."""

    number: int
    start: int
    end: int


@dataclass(frozen=True)
class Document:
    """A document as read: facts, one text, and spans of that text.

    cited: canonical numbers of the documents that this one cites, as far as the file lists them.
    """

    facts: DocumentFacts
    text: str
    sections: tuple[Section, ...] = ()
    claims: tuple[Claim, ...] = ()
    pages: tuple[Page, ...] = ()
    cited: tuple[str, ...] = ()

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

    def to_dict(self) -> dict[str, Any]:
        """The PASSAGE object of the public contract, without its score."""
        return plain(self)
