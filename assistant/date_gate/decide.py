"""Class documents by a subject's dates. The rules and their sources are in docs/dates.md."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from assistant.date_gate.days import months_after, next_weekday
from assistant.date_gate.known import OFFICES, KnownDates, known_dates
from assistant.date_gate.records import CATEGORIES, Dated
from assistant.date_gate.rules import rules_of
from assistant.date_gate.subject import SubjectDates
from assistant.date_gate.wording import reason_of
from ingest.facts import DocumentFacts

BEFORE, EARLIER_RIGHT, GRACE, LATER, UNKNOWN = CATEGORIES


def gate(subject: SubjectDates, facts: DocumentFacts) -> Dated:
    """How a document stands to the subject's earliest date.

    Where the subject has further dates, the reason says what the document would be by them, since
    which of them its matter is entitled to is not for a program to say.

    >>> from assistant.date_gate.subject import subject_dates_of_text
    >>> subject = subject_dates_of_text("2019-03-01")
    >>> filed_earlier = DocumentFacts(id="0f", kind="patent", number="US20200000001A1",
    ...     country="US", priority_date="2018-06-01", publication_date="2020-01-02")
    >>> dated = gate(subject, filed_earlier)
    >>> dated.category, dated.rules
    ('earlier right', ('35 U.S.C. 102(a)(2)',))
    """
    known = known_dates(facts)
    category = category_of(subject, known, subject.effective)
    otherwise = [(day, category_of(subject, known, day)) for day in subject.dates[1:]]
    return Dated(
        facts.id,
        category,
        rules_of(category, subject, known),
        reason_of(category, otherwise, subject, facts),
    )


def gate_all(subject: SubjectDates, documents: Iterable[DocumentFacts]) -> tuple[Dated, ...]:
    """Every document classed, in the order given; none is left out."""
    return tuple(gate(subject, facts) for facts in documents)


def category_of(subject: SubjectDates, known: KnownDates, day: date) -> str:
    """The category by one of the subject's dates."""
    if known.contradictory:
        return UNKNOWN
    published = _publication(subject, known, day)
    return _by_filing(known, day) if published == LATER else published


def _publication(subject: SubjectDates, known: KnownDates, day: date) -> str:
    """BEFORE, GRACE, or LATER for the day itself and after it; UNKNOWN where it may be two."""
    if known.published is None:
        # Nothing is published before it is filed.
        after = known.filed is not None and known.filed.first >= day
        return LATER if after else UNKNOWN
    ends = (known.published.first, known.published.last)
    found = {_published_on(end, subject, day) for end in ends}
    return found.pop() if len(found) == 1 else UNKNOWN


def _published_on(published: date, subject: SubjectDates, day: date) -> str:
    if published >= day:
        return LATER
    year_end = months_after(published, 12)
    if subject.country == "US" and day == subject.filing:
        # An act due on a weekend may be done on the next business day: 35 U.S.C. 21(b).
        year_end = next_weekday(year_end)
    return GRACE if year_end >= day else BEFORE


def _by_filing(known: KnownDates, day: date) -> str:
    """The category of a document that was published on the day or after it."""
    if known.report or known.office not in (*OFFICES, None):
        return LATER
    earliest = known.earliest
    if earliest is None:
        return UNKNOWN
    if earliest.first >= day:
        return UNKNOWN if known.open_priority else LATER
    sure = earliest.last < day and known.office is not None
    return EARLIER_RIGHT if sure else UNKNOWN
