"""The provisions that each category rests on, as lawyers cite them."""

from __future__ import annotations

from datetime import date

from assistant.date_gate.days import months_after
from assistant.date_gate.known import KnownDates
from assistant.date_gate.records import CATEGORIES
from assistant.date_gate.subject import SubjectDates

_BEFORE, _EARLIER_RIGHT, _GRACE, _, _ = CATEGORIES
US_PUBLISHED, US_EXCEPTION, US_FILED = (
    "35 U.S.C. 102(a)(1)",
    "35 U.S.C. 102(b)(1)",
    "35 U.S.C. 102(a)(2)",
)
US_OF_PCT, US_WEEKEND = "35 U.S.C. 374", "35 U.S.C. 21(b)"
EP_PUBLISHED, EP_FILED, EP_ABUSE = "Art. 54(2) EPC", "Art. 54(3) EPC", "Art. 55 EPC"
EP_OF_PCT = ("Art. 153(5) EPC", "Rule 165 EPC")


def rules_of(category: str, subject: SubjectDates, known: KnownDates) -> tuple[str, ...]:
    """The rules by which a document of a category is prior art, or may be excepted.

    None for "later" and "unknown": no rule makes it prior art by what is known.
    """
    if category == _BEFORE:
        return (US_PUBLISHED, EP_PUBLISHED, *_abuse(subject, known))
    if category == _GRACE:
        weekend = (US_WEEKEND,) if by_weekend(subject, known) else ()
        besides = (US_FILED,) if filed_before(known, subject.effective) else ()
        abuse = _abuse(subject, known)
        return (US_PUBLISHED, US_EXCEPTION, *weekend, *besides, EP_PUBLISHED, *abuse)
    if category == _EARLIER_RIGHT:
        return {
            "US": (US_FILED,),
            "EP": (EP_FILED,),
            "WO": (US_FILED, US_OF_PCT, EP_FILED, *EP_OF_PCT),
        }[known.office or ""]
    return ()


def in_six_months(subject: SubjectDates, known: KnownDates) -> bool:
    """Whether it may have been published in the six months before the subject's filing.

    Those of Art. 55 EPC, counted from the filing itself, not from a priority (G 3/98, G 2/99).
    """
    if known.published is None:
        return False
    filing = subject.filing or subject.dates[-1]
    return known.published.last < filing <= months_after(known.published.last, 6)


def by_weekend(subject: SubjectDates, known: KnownDates) -> bool:
    """Whether the year since the publication would be over but for a weekend at its end."""
    if known.published is None:
        return False
    return months_after(known.published.first, 12) < subject.effective


def filed_before(known: KnownDates, day: date) -> bool:
    """Whether it is a document of the US or the PCT with a filing before a day.

    Such a one stays prior art under 102(a)(2) where an exception takes it out of 102(a)(1).
    """
    earliest = known.earliest
    return known.office in ("US", "WO") and earliest is not None and earliest.last < day


def _abuse(subject: SubjectDates, known: KnownDates) -> tuple[str, ...]:
    return (EP_ABUSE,) if in_six_months(subject, known) else ()
