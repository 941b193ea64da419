"""Compose a document's one text while noting where its parts lie.

Every reader writes through a Composer, so that spans, separators and clean-up are the same for
all formats. It knows nothing about any format.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ingest.facts import DocumentFacts, Reference
from ingest.language import detect_language
from ingest.records import Claim, Document, Page, Paragraph, Section
from ingest.tables import row_groups
from ingest.text import keep_lines, one_line


class Composer:
    r"""Collects headings, paragraphs, claims and page starts; `document()` freezes them.

    >>> c = Composer()
    >>> c.heading("Results", 1); c.paragraph("It holds."); c.claim(1, "A cell.")
    >>> d = c.document(DocumentFacts(id="0f", kind="report"))
    >>> d.text
    'Results\n\nIt holds.\n\nA cell.'
    >>> d.sections[0].heading, d.claims[0].start
    ('Results', 20)
    """

    def __init__(self, kind: str = "body") -> None:
        self._parts: list[str] = []
        self._length = 0
        self._kind = kind
        self._path: list[tuple[int, str]] = []  # (level, heading), outermost first
        self._paragraphs: list[Paragraph] = []
        self._sections: list[Section] = []
        self._claims: list[Claim] = []
        self._page_starts: list[int] = []
        self._confidences: dict[int, float] = {}  # page number -> OCR confidence

    def section(self, kind: str) -> None:
        """Start a section of this kind without a heading."""
        self._close()
        self._kind, self._path = kind, []

    def heading(self, text: str, level: int = 1) -> None:
        """Start a section under a heading. level: 1 is the outermost."""
        text = one_line(text)
        if not text:
            return
        self._close()
        self._path = [entry for entry in self._path if entry[0] < level] + [(level, text)]
        self._append(text)

    def paragraph(self, text: str, number: str | None = None) -> None:
        """Add a paragraph to the present section; blank text adds nothing.

        In a document with pages a form feed is a page break inside the paragraph.
        """
        span = self._add(text)
        if span is not None:
            self._paragraphs.append(Paragraph(*span, number))

    def table(
        self,
        header: Sequence[str],
        rows: Sequence[Sequence[str]],
        caption: str = "",
        number: str | None = None,
    ) -> None:
        """Add a table: some rows at a time, each time below its caption and header.

        A quoted row so always stands below the names of its columns. header: () if it has none;
        number: of the paragraph that the table stands in.
        """
        for group in row_groups(header, rows, caption):
            self._paragraphs.append(Paragraph(*self._append(group), number, table=True))

    def claim(self, number: int, text: str, depends_on: tuple[int, ...] = ()) -> None:
        """Add a claim. number: 1-based; a form feed is a page break inside the claim."""
        self._close()
        span = self._add(text)
        if span is not None:
            self._claims.append(Claim(number, *span, depends_on))

    def page(self, ocr_confidence: float | None = None) -> None:
        """The next thing added is the first on a new page (pages are counted from 1).

        ocr_confidence: 0 to 1 where the page's text was recognised from an image.
        """
        self._page_starts.append(self._length + (2 if self._length else 0))
        if ocr_confidence is not None:
            self._confidences[len(self._page_starts)] = ocr_confidence

    def document(self, facts: DocumentFacts, references: tuple[Reference, ...] = ()) -> Document:
        """Freeze what was collected; the language is detected where the facts have none."""
        self._close()
        text = "\n\n".join(self._parts)
        if facts.language is None:
            facts = replace(facts, language=detect_language(text))
        starts = [min(start, len(text)) for start in self._page_starts]
        ends = [*starts[1:], len(text)][: len(starts)]
        pages = tuple(
            Page(number, start, end, self._confidences.get(number))
            for number, (start, end) in enumerate(zip(starts, ends, strict=True), start=1)
        )
        return Document(facts, text, tuple(self._sections), tuple(self._claims), pages, references)

    def _append(self, text: str) -> tuple[int, int]:
        start = self._length + (2 if self._parts else 0)
        self._parts.append(text)
        self._length = start + len(text)
        return start, self._length

    def _add(self, text: str) -> tuple[int, int] | None:
        """Append text, noting a page start at every form feed; None if all of it is blank."""
        span: tuple[int, int] | None = None
        # Before the first page() the document has no pages: a form feed is a blank there.
        parts = text.split("\f") if self._page_starts else [text]
        for position, piece in enumerate(keep_lines(part) for part in parts):
            if position and span:
                self._page_starts.append(span[1] + 1)
            elif position:
                self.page()
            if piece and span:
                self._parts[-1] += "\n" + piece
                self._length += 1 + len(piece)
                span = span[0], self._length
            elif piece:
                span = self._append(piece)
        return span

    def _close(self) -> None:
        if self._paragraphs:
            path = tuple(heading for _, heading in self._path)
            heading = path[-1] if path else None
            self._sections.append(Section(self._kind, heading, path, tuple(self._paragraphs)))
            self._paragraphs = []
