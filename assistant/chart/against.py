"""The references of a chart where none are named, and how all of them stand to a date."""

from __future__ import annotations

from dataclasses import replace

from assistant.chart.records import Chart
from assistant.claims.records import ReadClaim
from assistant.date_gate import SubjectDates, gate_all, subject_dates, subject_dates_of_text
from assistant.errors import BadInput
from index.library import Library
from index.limits import LONGEST_QUERY
from index.records import Filters, SearchOptions


def found_references(
    library: Library, subject: ReadClaim, k: int, filters: Filters | None
) -> tuple[str, ...]:
    """Ids of the k documents most like a claim; its own document and family are not among them.

    Raises BadQuery, BadFilter, and BadInput where there is none.
    """
    own = library.family(subject.document_id) if subject.document_id else ()
    options = SearchOptions(syntax=False, exclude=own)
    query = "\n".join(one.text for one in subject.limitations)[:LONGEST_QUERY]
    found = tuple(hit.document.id for hit in library.search(query, k, filters, options).hits)
    if not found:
        raise BadInput(
            "no document is left to hold the claim against; name one with --against, or use "
            "fewer filters"
        )
    return found


def with_dates(library: Library, chart: Chart, typed: str | None) -> Chart:
    """The chart with its references held against a date.

    typed: a day, or None for the dates of the subject's document; where that has none, or the
    subject is no document, the references stay unclassed and a notice says so. Raises BadInput
    for a text that is no day.
    """
    try:
        subject = _dates(library, chart.subject, typed)
    except BadInput as error:
        if typed is not None:
            raise
        return replace(chart, notices=(*chart.notices, f"no date gate: {error}"))
    if subject is None:
        return chart
    return replace(
        chart,
        subject_date=subject.effective.isoformat(),
        dated=gate_all(subject, chart.references),
    )


def _dates(library: Library, subject: ReadClaim, typed: str | None) -> SubjectDates | None:
    if typed is not None:
        return subject_dates_of_text(typed)
    if subject.document_id is None:
        return None
    return subject_dates(library.document(subject.document_id).facts)
