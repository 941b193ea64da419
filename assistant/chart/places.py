"""Places of a reference as a chart shows them: the quotation, and where it stands."""

from __future__ import annotations

from assistant.chart.records import Place
from assistant.chart.reference import Reference, Run
from assistant.errors import BadInput
from assistant.summaries.source import section_at
from index.library import Library


def place_of(reference: Reference, run: Run, score: float) -> Place:
    """A run of a reference as a place. score: 0 to 1."""
    document = reference.document
    return Place(
        quote=reference.text(run),
        passage_id=run.passage_id,
        section=run.section,
        claim=run.claim,
        paragraph=None if run.claim else document.paragraph_at(run.start),
        page=document.page_at(run.start),
        score=score,
    )


def place_of_quote(library: Library, passage_id: str, quote: str) -> Place:
    """A passage that a person chose. Raises BadInput where the quote does not stand in it.

    quote: verbatim.
    """
    span = library.span(passage_id)
    if span is None:
        raise BadInput(f"there is no passage {passage_id!r}")
    document = library.document(passage_id.rpartition(":")[0])
    start = document.text.find(quote, *span) if quote.strip() else -1
    if start < 0:
        raise BadInput(f"the quotation does not stand in passage {passage_id}; copy it from there")
    claim = next((c.number for c in document.claims if c.start <= start < c.end), None)
    return Place(
        quote=quote,
        passage_id=passage_id,
        section="claims" if claim else section_at(document, start),
        claim=claim,
        paragraph=None if claim else document.paragraph_at(start),
        page=document.page_at(start),
        score=1.0,
    )
