"""Find a citation's sentence in its document, with what stands around it."""

from __future__ import annotations

from assistant.records import Citation, Evidence
from ingest.records import Document

# Characters shown on either side, at most; never beyond the section or claim.
_AROUND = 1200


def evidence_of(document: Document, citation: Citation) -> Evidence:
    """The quote and its surroundings.

    Raises ValueError if the quote is not in the document, which would be a wrong citation.
    """
    for start, end, heading_path in _regions(document):
        at = document.text.find(citation.quote, start, end)
        while at >= 0 and not _is_cited(document, at, citation):
            at = document.text.find(citation.quote, at + 1, end)
        if at < 0:
            continue
        stop = at + len(citation.quote)
        return Evidence(
            before=document.text[max(start, at - _AROUND) : at],
            quote=citation.quote,
            after=document.text[stop : min(end, stop + _AROUND)],
            heading_path=heading_path,
            section=citation.section,
            claim=citation.claim,
            paragraph=citation.paragraph,
            page=citation.page,
            pages=len(document.pages),
        )
    raise ValueError(f"the quote of citation {citation.key} is not in {citation.document_id}")


def _regions(document: Document) -> list[tuple[int, int, tuple[str, ...]]]:
    """Spans of sections and claims, with their headings."""
    regions = [
        (section.paragraphs[0].start, section.paragraphs[-1].end, section.heading_path)
        for section in document.sections
        if section.paragraphs
    ]
    return regions + [(claim.start, claim.end, ()) for claim in document.claims]


def _is_cited(document: Document, at: int, citation: Citation) -> bool:
    """Whether the place that a citation names is this one: a sentence may stand in several."""
    return (
        _claim_at(document, at) == citation.claim
        and document.page_at(at) == citation.page
        and document.paragraph_at(at) == citation.paragraph
    )


def _claim_at(document: Document, position: int) -> int | None:
    for claim in document.claims:
        if claim.start <= position < claim.end:
            return claim.number
    return None
