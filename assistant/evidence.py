"""Find a citation's sentence in its document, with what stands around it."""

from __future__ import annotations

from assistant.records import Citation, Evidence
from ingest.records import Document

# Characters shown on either side, at most; never beyond the section or claim.
_AROUND = 1200


def evidence_of(document: Document, span: tuple[int, int] | None, citation: Citation) -> Evidence:
    """The quote and its surroundings.

    span: of the cited passage in the document's text. Raises ValueError if the quote is not
    there, which would be a wrong citation.
    """
    at = document.text.find(citation.quote, *span) if span else -1
    if at < 0:
        raise ValueError(f"the quote of citation {citation.key} is not in {citation.passage_id}")
    stop = at + len(citation.quote)
    start, end, heading_path = _region_at(document, at)
    return Evidence(
        before=document.text[max(start, at - _AROUND) : at],
        quote=citation.quote,
        after=document.text[stop : max(stop, min(end, stop + _AROUND))],
        heading_path=heading_path,
        section=citation.section,
        claim=citation.claim,
        paragraph=citation.paragraph,
        page=citation.page,
        pages=len(document.pages),
        ocr_confidence=document.pages[citation.page - 1].ocr_confidence if citation.page else None,
    )


def _region_at(document: Document, position: int) -> tuple[int, int, tuple[str, ...]]:
    """Span of the section or claim around a character, with its headings."""
    for claim in document.claims:
        if claim.start <= position < claim.end:
            return claim.start, claim.end, ()
    for section in document.sections:
        if section.paragraphs and section.paragraphs[-1].end > position:
            return section.paragraphs[0].start, section.paragraphs[-1].end, section.heading_path
    return position, position, ()
