"""Questions that want documents summarised or compared, answered with a summary's statements."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.questions import Question
from assistant.records import ANSWERED, REFUSED, Answer, Row, Statement
from assistant.summaries.comparison import MOST, compare_documents
from assistant.summaries.document import summarize_document
from assistant.summaries.records import Summary
from index.errors import UnknownDocument
from index.library import Library
from index.records import SearchOptions

_KINDS, _NAMED = ("summary", "comparison"), ("number", "document")


def summary_answer(library: Library, question: Question) -> Answer | None:
    """The answer to "summarize US..." or "compare US... and US..."; None for other questions.

    A document that is not in the library is a refusal that names it.
    """
    named = [e.terms[0] if e.terms else e.typed for e in question.entities if e.kind in _NAMED]
    names = list(dict.fromkeys(named or question.among))
    least = 1 if question.kind == "summary" else 2
    wanted = question.kind in _KINDS and not question.properties
    if not wanted or len(names) < least:
        return None
    if len(names) > MOST:
        return _refused(question, f"{len(names)} documents are meant; {MOST} are the most")
    try:
        if not _are_within(library, question, names):
            return _refused(question, "not all of these documents are within the given filters")
        summary = _summary(library, names)
    except UnknownDocument as error:
        return _refused(question, str(error))
    statements = [s for section in _framed(summary) for s in section]
    if not statements:
        return None
    rows = (row for section in summary.sections for row in section.rows)
    answer = Answer(
        question.typed,
        ANSWERED,
        "\n\n".join(statement.shown() for statement in statements),
        None,
        tuple(statements),
        (),
        table=tuple(_cells(row) for row in rows),
    )
    return _about(question, answer)


def _refused(question: Question, why: str) -> Answer:
    reason = f"No answer: {why}."
    refusal = Answer(question.typed, REFUSED, reason, reason, (), ())
    return _about(question, replace(refusal, refusal="no document"))


def _are_within(library: Library, question: Question, names: Sequence[str]) -> bool:
    """Whether the filters leave all of the documents. Raises UnknownDocument."""
    ids = tuple({library.document(name).facts.id for name in names})
    if not question.filters:
        return True
    options = SearchOptions(syntax=False, fold_families=False, among=ids, passages=1)
    return library.search(question.text, len(ids), question.filters, options).searched == len(ids)


def _summary(library: Library, names: Sequence[str]) -> Summary:
    if len(names) == 1:
        return summarize_document(library, names[0])
    return compare_documents(library, names)


def _cells(row: Row) -> Row:
    """A row whose unit stands in its own cell only."""
    value = row.value.removesuffix(row.unit).rstrip()
    return replace(row, value=value) if re.search(r"\d$", value) else row


def _framed(summary: Summary) -> list[list[Statement]]:
    """The statements of each section, the first one introduced by the section's heading."""
    found = []
    for section in summary.sections:
        first, *others = section.statements or (None,)
        if first is not None:
            frame = f"{section.heading}. {first.frame}".strip()
            found.append([replace(first, frame=frame), *others])
    return found


def _about(question: Question, answer: Answer) -> Answer:
    return replace(
        answer,
        completed=question.text if question.completed else None,
        kind=question.kind,
        chips=question.chips,
        filters=question.filters,
    )
