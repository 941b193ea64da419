"""PDF, page by page. A PDF whose first page carries INID codes is a patent."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ingest.compose import Composer
from ingest.errors import IngestError, Malformed, NeedsOcr, NoText, Rejection
from ingest.isolate import Reply
from ingest.ocr import Recognised, ocr_available
from ingest.readers.opened import Sample, SourceFile, document_id
from ingest.readers.pdf.blocks import document_style, page_blocks, printed_title
from ingest.readers.pdf.glyphs import plain_glyphs
from ingest.readers.pdf.gutter import numbered_by_line, page_gutters, with_paragraphs
from ingest.readers.pdf.heads import page_heads
from ingest.readers.pdf.lines import Line
from ingest.readers.pdf.order import pages_in_order
from ingest.readers.pdf.pages import PdfPages, ReadPage
from ingest.readers.pdf.tables import text_of
from ingest.readers.plain.hyphens import vocabulary, without_divisions
from ingest.readers.plain.paged import (
    Block,
    PageBlocks,
    compose_blocks,
    text_blocks,
    without_page_numbers,
)
from ingest.readers.plain.report_facts import report_facts
from ingest.readers.printed_patent.patent_pdf import compose_patent, patent_facts, patent_references
from ingest.records import Document
from ingest.text import clean, one_line

_MEGABYTES = 500
_MOST_REJECTED_PAGES = 100


def is_pdf(sample: Sample) -> bool:
    """Whether a file is a PDF: readers accept a header within the first kilobyte.

    Source: ISO 32000-1, annex H.3.4.1. One without any header may still have its objects.
    """
    return b"%PDF-" in sample.head[:1024] or (
        sample.suffix == ".pdf" and b"\nendobj" in sample.head
    )


@dataclass(frozen=True)
class _Page:
    """A page ready to be composed. text: in reading order; lines: () where places are unknown."""

    text: str
    lines: tuple[Line, ...] = ()
    confidence: float | None = None
    notes: tuple[str, ...] = ()


def read_pdf(file: SourceFile) -> Iterator[Reply]:
    """The one document of a PDF file, its pages that are missing, and the files it carries.

    Raises Encrypted, Malformed, NeedsOcr or NoText where there is no document.
    """
    data = file.data(_MEGABYTES)
    with PdfPages(data, file.passwords) as source:
        read = list(source.pages())
        heads = page_heads(read)
        recognised: dict[int, Recognised] = {}
        for at in _scans(read, heads):
            result = source.recognise(at + 1)
            if result is not None and result.text.strip():
                recognised[at] = result
            yield Reply()  # A page of a scan takes seconds; this says that it is not stuck.
        pages = _pages(read, heads, recognised)
        readable = any(page.text.strip() for page in pages)
        if readable:
            document = _patent(document_id(data), source, read, recognised)
            if document is None:
                first = "\n".join(page.text for page in read[:2]) or pages[0].text
                stated = _Stated(first, source.stated_title(first), source.stated_authors(first))
                document = _report(document_id(data), pages, stated)
            yield Reply(document=document)
            yield from _missing(read, pages)
        yield from source.attachments(file.read_member)
    if not readable:
        raise _refusal(read)


@dataclass(frozen=True)
class _Stated:
    """What the first pages print, running heads included, and what the file says of itself."""

    text: str
    title: str
    authors: tuple[str, ...]


def _patent(
    identity: str, source: PdfPages, read: Sequence[ReadPage], recognised: dict[int, Recognised]
) -> Document | None:
    """The document of a printed patent, whose page headers its own readers know; else None."""
    gutters = page_gutters([page.segments for page in read])
    numbers = [set(one.orders) if one else set() for one in gutters]
    pages = _pages(read, numbers, recognised, [one.fives.x if one else None for one in gutters])
    texts = [page.text for page in pages]
    facts = patent_facts(identity, texts[0], texts, recognised=0 in recognised)
    if facts is None:
        return None
    if not facts.title and 0 not in recognised and (front := source.recognise(1)):
        # Some prints hold their text but the front page's, which is a picture.
        seen = f"{front.text}\n{texts[0]}"
        facts = patent_facts(identity, seen, texts, recognised=True) or facts
    composer = Composer()
    compose_patent(composer, texts)
    document = composer.document(facts, patent_references(texts[0], texts))
    document = numbered_by_line(document, gutters, [page.lines for page in pages])
    spans = tuple(
        replace(page, ocr_confidence=pages[page.number - 1].confidence) for page in document.pages
    )
    return replace(document, pages=spans)


def _report(identity: str, pages: Sequence[_Page], stated: _Stated) -> Document:
    words = vocabulary(page.text for page in pages)
    texts = without_page_numbers([without_divisions(page.text, words) for page in pages])
    style = document_style([page.lines for page in pages])
    printed = printed_title(pages[0].lines, style)
    facts = report_facts(identity, stated.text, printed or stated.title)
    facts = replace(facts, parties=facts.parties or stated.authors)
    composer = Composer()
    compose_blocks(
        composer,
        (
            PageBlocks(
                _untitled(page_blocks(page.lines, style, words), printed)
                + text_blocks("\n".join(page.notes))
                if page.lines
                else text_blocks(text),
                page.confidence,
            )
            for page, text in zip(pages, texts, strict=True)
        ),
    )
    return composer.document(facts)


def _untitled(blocks: tuple[Block, ...], title: str) -> tuple[Block, ...]:
    """The blocks with the document's title as a paragraph: it heads no section of its own."""
    return tuple(
        Block(block.text, begins=True)
        if title and one_line(block.text) == one_line(title)
        else block
        for block in blocks
    )


def _pages(
    read: Sequence[ReadPage],
    heads: Sequence[set[int]],
    recognised: dict[int, Recognised],
    gutters: Sequence[float | None] = (),
) -> list[_Page]:
    """The pages in reading order, without running heads; pictures of text as OCR reads them."""
    pages = []
    kept = [
        [replace(s, text=plain_glyphs(s.text)) for s in page.segments if s.order not in dropped]
        for page, dropped in zip(read, heads, strict=True)
    ]
    for at, (page, in_order) in enumerate(zip(read, pages_in_order(kept, gutters), strict=True)):
        lines = tuple(in_order)
        counted = bool(gutters) and gutters[at] is not None
        text = text_of(with_paragraphs(lines) if counted else lines)
        text = text if page.segments else page.text
        notes = tuple(clean(note).replace("\f", "\n") for note in page.notes)
        seen = recognised.get(at)
        if seen is not None:
            # Form feeds are our page breaks, so none may come from inside a page.
            text, lines = seen.text.replace("\f", "\n"), ()
        text = "\n".join(filter(None, [clean(text), *notes]))
        pages.append(_Page(text, lines, seen.confidence if seen else None, notes))
    return pages


def _scans(read: Sequence[ReadPage], heads: Sequence[set[int]]) -> list[int]:
    """Indexes of the pages that are pictures of text, where there is OCR to read them."""
    if not any(page.picture for page in read) or not ocr_available():
        return []
    found = []
    for at, page in enumerate(read):
        own = page.text if not page.segments else {s.order for s in page.segments} - heads[at]
        if page.picture and not own:
            found.append(at)
    return found


def _missing(read: Sequence[ReadPage], pages: Sequence[_Page]) -> Iterator[Reply]:
    """One rejection for each page of a document that has no text but should."""
    missing = [
        at
        for at, page in enumerate(read)
        if page.error or (page.picture and not pages[at].text.strip())
    ]
    for at in missing[:_MOST_REJECTED_PAGES]:
        reason = read[at].error
        if reason is None and ocr_available():
            error, message = "NoText", "the page is an image in which OCR finds no text"
        elif reason is None:
            error, message = "NeedsOcr", "the page is an image without text"
        else:
            error, message = "UnreadablePage", reason[:300]
        yield Reply(rejection=Rejection(f"#page {at + 1}", error, message, page=at + 1))
    if len(missing) > _MOST_REJECTED_PAGES:
        more = len(missing) - _MOST_REJECTED_PAGES
        message = f"{more} further pages have no readable text"
        yield Reply(rejection=Rejection("#further pages", "UnreadablePage", message))


def _refusal(read: Sequence[ReadPage]) -> IngestError:
    """Why a file without any text is not read."""
    count = len(read)
    if all(page.error for page in read):
        return Malformed(f"none of its {count} pages can be read: {read[0].error}"[:300])
    if any(page.picture for page in read) and not ocr_available():
        return NeedsOcr(f"none of its {count} pages has any text; it needs OCR")
    return NoText(f"none of its {count} pages has any text; it needs OCR if drawings show some")
