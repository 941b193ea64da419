"""The dates of a document that is to be classed, and what is doubtful about them."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.date_gate.days import Span, span_of
from assistant.date_gate.subject import has_open_priority
from ingest.facts import DocumentFacts

# Whose documents can be prior art from their filing date on. US: patents and published
# applications, 35 U.S.C. 102(a)(2); WO: there as well where they designate the US (35 U.S.C.
# 374), and as Euro-PCT applications; EP: Art. 54(3) EPC.
OFFICES = ("US", "EP", "WO")


@dataclass(frozen=True)
class KnownDates:
    """What is known of a document's dates.

    Attributes:
        published, filed: None where unknown.
        priorities: all that are known, and `filed`, by their first days.
        earliest: the span in which the earliest of them lies; None where none is known.
        priority_stated: whether the document says what its earliest date is, be it its filing.
        open_priority: whether an earlier one may be claimed whose date is not known.
        unreadable: what stands where a date should, in words.
        report: whether it is a report, which has no filing that could count.
        office: two letters of the publishing office; None for reports, or where unknown.
    """

    published: Span | None
    filed: Span | None
    priorities: tuple[Span, ...]
    priority_stated: bool
    open_priority: bool
    unreadable: tuple[str, ...]
    report: bool
    office: str | None

    @property
    def earliest(self) -> Span | None:
        """The span in which the earliest filing lies that it can be entitled to."""
        if not self.priorities:
            return None
        return Span(min(p.first for p in self.priorities), min(p.last for p in self.priorities))

    @property
    def contradictory(self) -> bool:
        """Whether it is said to be published before it was filed."""
        if self.published is None or self.filed is None:
            return False
        return self.published.last < self.filed.first


def known_dates(facts: DocumentFacts) -> KnownDates:
    """The dates of a document. What is no date in the calendar counts as unknown."""
    filed = span_of(facts.filing_date)
    claimed = [span_of(text) for text in (facts.priority_date, *(p.date for p in facts.priorities))]
    report = facts.kind == "report"
    filings = {span for span in (*claimed, filed) if span is not None and not report}
    named = (
        ("publication", facts.publication_date),
        ("filing", facts.filing_date),
        ("priority", facts.priority_date),
    )
    return KnownDates(
        published=span_of(facts.publication_date),
        filed=None if report else filed,
        priorities=tuple(sorted(filings, key=lambda span: (span.first, span.last))),
        priority_stated=any(claimed),
        open_priority=has_open_priority(facts),
        unreadable=tuple(
            f"its {name} date {text!r} is no date" for name, text in named if _bad(text)
        ),
        report=report,
        office=None if report else facts.country or _office(facts.number),
    )


def _bad(text: str | None) -> bool:
    return bool(text) and span_of(text) is None


def _office(number: str | None) -> str | None:
    letters = (number or "")[:2]
    return letters if letters.isalpha() and letters.isupper() and len(letters) == 2 else None
