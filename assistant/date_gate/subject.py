"""The date or dates that a subject is measured from: of a document, or typed by a person."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from assistant.date_gate.days import span_of
from assistant.errors import BadInput
from index.library import Library
from ingest.facts import DocumentFacts

_THREE_NUMBERS = re.compile(r"\s*(\d+)\s*[-/.]\s*(\d+)\s*[-/.]\s*(\d+)\s*")


@dataclass(frozen=True)
class SubjectDates:
    """The dates from which a subject's prior art is counted back.

    Attributes:
        dates: those that its matter can be entitled to, ascending, at least one: priorities and
            the filing date, or the typed one. Documents are classed by the first.
        filing: its own filing date, None where not known.
        open_priority: whether an earlier priority may be claimed whose date is not known.
        document_id, number, country, family: of the subject's document, None for a typed date.
        parties, inventors: names as its document writes them.
    """

    dates: tuple[date, ...]
    filing: date | None = None
    open_priority: bool = False
    document_id: str | None = None
    number: str | None = None
    country: str | None = None
    family: str | None = None
    parties: tuple[str, ...] = ()
    inventors: tuple[str, ...] = ()

    @property
    def effective(self) -> date:
        """The earliest of its dates."""
        return self.dates[0]

    def to_dict(self) -> dict[str, Any]:
        """`subject` in the JSON of `prior-art dates`."""
        return {
            "date": self.effective.isoformat(),
            "dates": [day.isoformat() for day in self.dates],
            "filing_date": self.filing.isoformat() if self.filing else None,
            "open_priority": self.open_priority,
            "document_id": self.document_id,
            "number": self.number,
        }


def subject_dates(facts: DocumentFacts) -> SubjectDates:
    """The dates of a document that is the subject: its priorities and its filing date.

    Raises BadInput where neither is known to the day: the publication of a patent says nothing of
    when it was filed. A report, which is never filed, is taken from the day it bears.

    >>> facts = DocumentFacts(id="0f", kind="patent", priority_date="2018-03-01",
    ...                       filing_date="2019-02-26")
    >>> [str(day) for day in subject_dates(facts).dates]
    ['2018-03-01', '2019-02-26']
    """
    written = [facts.priority_date, *_priorities(facts), facts.filing_date]
    if facts.kind == "report":
        written.append(facts.publication_date)
    known = sorted({day for text in written if (day := _day(text)) is not None})
    if not known:
        raise BadInput(
            f"{facts.number or facts.id} has no priority or filing date in the index to measure "
            "from; give the date itself, as in 2019-03-01"
        )
    return SubjectDates(
        tuple(known),
        filing=_day(facts.filing_date),
        # A priority known to its month only could be the earliest as well.
        open_priority=has_open_priority(facts) or None in map(_day, _priorities(facts)),
        document_id=facts.id,
        number=facts.number,
        country=facts.country,
        family=facts.family,
        parties=facts.parties,
        inventors=facts.inventors,
    )


def subject_dates_of_text(text: str) -> SubjectDates:
    """The date that a person typed.

    Raises BadInput for a day that is not in the calendar, a year of two digits, or anything that
    is not written as 2019-03-01: 03/04/2019 is two days.

    >>> str(subject_dates_of_text("2019-03-01").effective)
    '2019-03-01'
    >>> subject_dates_of_text("01.03.19")
    Traceback (most recent call last):
    assistant.errors.BadInput: '01.03.19': the year has two digits; write it as 2019-03-01
    """
    day = _day(text)
    if day is None:
        raise BadInput(f"{text.strip()!r}: {_why_no_day(text)}; write it as 2019-03-01")
    return SubjectDates((day,))


def is_date_like(text: str) -> bool:
    """Whether a person means a date and no patent number: three numbers, or a year and month.

    >>> is_date_like("1.3.19"), is_date_like("2019-13"), is_date_like("10,123,456")
    (True, True, False)
    """
    return bool(_THREE_NUMBERS.fullmatch(text) or re.fullmatch(r"\s*\d{4}(-\d{1,2})?\s*", text))


def has_open_priority(facts: DocumentFacts) -> bool:
    """Whether an earlier priority may be claimed whose date is not known.

    It may where one is listed without its date, and where a file names the application and yet
    the reader left the earliest date open, as it does when an earlier filing is mentioned unread.
    """
    listed = None in map(span_of, _priorities(facts))
    return listed or bool(facts.application_number and facts.priority_date is None)


def _priorities(facts: DocumentFacts) -> list[str | None]:
    return [priority.date for priority in facts.priorities]


def _day(text: str | None) -> date | None:
    span = span_of(text)
    return span.first if span and span.first == span.last else None


def _why_no_day(text: str) -> str:
    if span_of(text) is not None:
        return "the day is missing"
    parts = _THREE_NUMBERS.fullmatch(text)
    if parts is None:
        return "this is no day"
    year = max(parts.groups(), key=len)
    if len(year) <= 2:
        return "the year has two digits"
    if re.fullmatch(r"\s*\d{4}-\d{2}-\d{2}\s*", text):
        return "there is no such day"
    return "the order of day and month is not clear"


def subject_of(library: Library, text: str) -> SubjectDates:
    """The dates of a document in the library, or a typed date. Raises UnknownDocument, BadInput."""
    if is_date_like(text):
        return subject_dates_of_text(text)
    return subject_dates(library.document(text).facts)
