"""Sentences made into statements: framed by who says them, and cited."""

from __future__ import annotations

import re
from collections.abc import Iterable

from assistant.answers.frames import document_name, frame
from assistant.gate.markup import is_order
from assistant.records import Statement
from assistant.summaries.source import Keys, Sentence, Source
from ingest.facts import DocumentFacts

_LONGEST_TITLE = 140
_TO_A_MODEL = re.compile(r"instruct|prompt|ignore|disregard|previous|무시", re.IGNORECASE)


def statements(
    keys: Keys, sources: Iterable[tuple[Source, Iterable[Sentence]]]
) -> tuple[Statement, ...]:
    """The sentences of each document; the frame stands where it is another than before."""
    made: list[Statement] = []
    said = ""
    for source, sentences in sources:
        for sentence in sentences:
            label = frame(source.facts, sentence.section)
            citations = keys.cite(source, sentence.start, sentence.end)
            shown = label if label != said else ""
            made.append(Statement(sentence.text, citations, shown, cut=sentence.cut))
            said = label
    return tuple(made)


def titled(source: Source) -> str:
    """A document's number and title on one line; without a title that gives orders."""
    facts = source.facts
    title = title_of(facts)
    if not facts.number or not title:
        return facts.number or (document_name(facts) if title else facts.id)
    if len(title) > _LONGEST_TITLE:
        title = title[: _LONGEST_TITLE + 1].rsplit(" ", 1)[0] + " …"
    return f"{facts.number}: {title}"


def title_of(facts: DocumentFacts) -> str:
    """The title on one line, "" for one that tells a model what to do."""
    title = " ".join(facts.title.split())
    return "" if is_order(title) and _TO_A_MODEL.search(title) else title


def fact_lines(source: Source) -> tuple[str, ...]:
    """Kind, parties, dates, classes and extent, as far as they are known."""
    facts, document = source.facts, source.document
    kind = " ".join(part for part in (facts.kind, facts.legal_kind) if part)
    dates = (
        ("priority", facts.priority_date),
        ("filed", facts.filing_date),
        ("published", facts.publication_date),
    )
    extent = [
        f"{len(document.pages)} pages" if document.pages else "",
        f"{len(document.claims)} claims" if document.claims else "",
    ]
    parties = _some(facts.parties, 5)
    lines = (
        "; ".join(part for part in (kind, *extent, facts.language or "") if part),
        f"by {parties}" if parties else "",
        ", ".join(f"{name} {day}" for name, day in dates if day),
        f"classes {_some(facts.cpc, 6)}" if facts.cpc else "",
        f"label {facts.label}" if facts.label else "",
    )
    return tuple(line for line in lines if line)


def _some(values: tuple[str, ...], count: int) -> str:
    more = len(values) - count
    shown = ", ".join(" ".join(value.split()) for value in values[:count])
    return f"{shown} and {more} more" if more > 0 else shown
