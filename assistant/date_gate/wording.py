"""Say in one sentence why a document is classed as it is, and what the index cannot know of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from assistant.date_gate.days import Span
from assistant.date_gate.known import OFFICES, KnownDates, known_dates
from assistant.date_gate.people import same_inventors, shared_names, shared_parties
from assistant.date_gate.records import CATEGORIES
from assistant.date_gate.rules import by_weekend, filed_before, in_six_months
from assistant.date_gate.subject import SubjectDates
from ingest.facts import DocumentFacts

_BEFORE, _EARLIER_RIGHT, _GRACE, _LATER, _UNKNOWN = CATEGORIES
# Applications with all claims before this day are judged by 35 U.S.C. 102 as it was before.
AIA = date(2013, 3, 16)
# From this day on an international application designates every state: Rule 4.9(a) PCT.
_ALL_DESIGNATED = date(2004, 1, 1)


def reason_of(
    category: str,
    otherwise: Sequence[tuple[date, str]],
    subject: SubjectDates,
    facts: DocumentFacts,
) -> str:
    """One sentence, its clauses set apart by semicolons, the deciding dates first.

    otherwise: the category by each of the subject's further dates.
    """
    known = known_dates(facts)
    clauses = [*_relation(subject, facts)]
    if category == _BEFORE:
        clauses += [f"published {_on(known.published)}, more than a year before {_date(subject)}"]
        clauses += _abuse(subject, known)
    elif category == _GRACE:
        clauses += _grace(subject, facts, known)
    elif category == _EARLIER_RIGHT:
        clauses += _earlier_right(subject, facts, known)
    elif category == _LATER:
        clauses += _later(subject, known)
    else:
        clauses += _unknown(subject, known)
    if known.report and category in (_BEFORE, _GRACE):
        clauses.append(
            "this is the date that the report bears; whether the public could read it then is "
            "not known from the index"
        )
    if facts.id != subject.document_id:
        clauses += _otherwise(category, otherwise)
    return "; ".join([*clauses, *_subject(category, subject)])


def _relation(subject: SubjectDates, facts: DocumentFacts) -> list[str]:
    if facts.id == subject.document_id:
        return ["the subject itself"]
    if subject.family is not None and facts.family == subject.family:
        return ["of the subject's own family"]
    return []


def _grace(subject: SubjectDates, facts: DocumentFacts, known: KnownDates) -> list[str]:
    names = shared_names(subject, facts)
    clauses = [
        f"published {_on(known.published)}, in the year before {_date(subject)}",
        "35 U.S.C. 102(b)(1) excepts it only if the disclosure goes back to the inventors, or "
        "follows their own, which the index does not know"
        + (f" (it names {names}, as the subject does)" if names else ""),
    ]
    if by_weekend(subject, known):
        clauses.append("the year ended on a weekend and runs to the Monday (35 U.S.C. 21(b))")
    if filed_before(known, subject.effective):
        clauses.append(
            f"with a filing or priority {_of(known.earliest)}, it may count under 35 U.S.C. "
            "102(a)(2) as well"
        )
    clauses.append("under Art. 54(2) EPC, which has no such year, it was published before")
    return [*clauses, *_abuse(subject, known)]


def _earlier_right(subject: SubjectDates, facts: DocumentFacts, known: KnownDates) -> list[str]:
    if known.published:
        published = f"published {_on(known.published)}, not before it"
    else:
        published = f"published no earlier than its filing {_on(known.filed)}"
    by_filing = known.filed is not None and known.filed.last < subject.effective
    filed, earliest = _on(known.filed) if known.filed else "", _of(known.earliest)
    how = (
        f"filed {filed}"
        if by_filing
        else f"with a {'' if filed else 'filing or '}priority {earliest}"
    )
    clauses = [f"{how}, before {_date(subject)}, and {published}"]
    if not by_filing:
        rules = {"US": "35 U.S.C. 102(d)", "EP": "Art. 88 and 89 EPC"}
        rule = rules.get(known.office or "", "35 U.S.C. 102(d), Art. 88 and 89 EPC")
        several = ", the first of several," if len(known.priorities) > 2 else ""
        clauses.append(f"only for what the application of that date{several} discloses ({rule})")
    if facts.legal_kind == "grant":
        clauses.append("its application may have been published earlier, as another document")
    return [*clauses, *_office(known), *_same_people(subject, facts, known)]


def _office(known: KnownDates) -> list[str]:
    if known.office == "US":
        return ["Art. 54(3) EPC counts European applications only"]
    if known.office == "EP":
        return ["35 U.S.C. 102(a)(2) counts US documents and PCT applications for the US only"]
    clauses = [
        "under Art. 54(3) EPC only once it is in the European phase, its fee paid and its text in "
        "English, French or German"
    ]
    if known.filed is None or known.filed.first < _ALL_DESIGNATED:
        clauses.append("under 35 U.S.C. 102(a)(2) only if it designates the US")
    return clauses


def _same_people(subject: SubjectDates, facts: DocumentFacts, known: KnownDates) -> list[str]:
    if known.office == "EP":
        return []
    clauses = []
    if same_inventors(subject, facts):
        clauses.append(
            "it names the same inventors, and 35 U.S.C. 102(a)(2) asks for another inventor"
        )
    if names := shared_parties(subject, facts):
        clauses.append(
            f"it names {names}, as the subject does: common ownership is an exception, "
            "35 U.S.C. 102(b)(2)(C)"
        )
    return clauses


def _later(subject: SubjectDates, known: KnownDates) -> list[str]:
    clauses = [_not_before(subject, known)]
    earliest, day = known.earliest, subject.effective
    if known.report:
        clauses.append("a report has no filing date that could count")
    elif known.office not in (*OFFICES, None):
        before = earliest is not None and earliest.first < day
        filed = f"though with a filing or priority {_of(earliest)}, " if before else ""
        clauses.append(
            f"{filed}a publication of {known.office} is an earlier right neither under 35 U.S.C. "
            "102(a)(2) nor under Art. 54(3) EPC, if perhaps in its own country"
        )
    elif earliest == Span(day, day):
        clauses.append("filed or with priority on the same day, which is not before it either")
    else:
        clauses.append(f"neither filed nor with priority before it (earliest {earliest})")
    if known.office in (*OFFICES, None) and known.priorities and not known.priority_stated:
        clauses.append("no earlier priority is known")
    return clauses


def _unknown(subject: SubjectDates, known: KnownDates) -> list[str]:
    earliest, day = known.earliest, subject.effective
    clauses = list(known.unreadable)
    if known.contradictory:
        return [
            *clauses,
            f"said to be published {_on(known.published)} and yet filed {_on(known.filed)}; one "
            "of the two dates is wrong",
        ]
    after = (known.published or known.filed or Span(date.min, date.min)).first >= day
    if after:
        clauses.append(_not_before(subject, known))
        clauses += _unknown_filing(subject, known)
    elif known.published is not None:
        clauses.append(f"published {_on(known.published)}, on which side of {day} is not known")
    else:
        clauses.append("its publication date is not known")
        if earliest is not None and earliest.last < day:
            clauses.append(
                f"with a filing or priority {_of(earliest)}, before {day}, it may be an earlier "
                "right even where it was published after it"
            )
    return clauses


def _unknown_filing(subject: SubjectDates, known: KnownDates) -> list[str]:
    earliest, day = known.earliest, subject.effective
    if earliest is None:
        return [f"whether it was filed before {day} is not known"]
    if earliest.first >= day:
        return ["it claims or mentions an earlier filing whose date is not known"]
    if known.office is None:
        return [
            f"with a filing or priority {_of(earliest)}, before {day}, but the office is not "
            "known, and not every office's applications are earlier rights"
        ]
    return [f"with a filing or priority {_of(earliest)}, on which side of {day} is not known"]


def _not_before(subject: SubjectDates, known: KnownDates) -> str:
    if known.published is None:
        return f"filed {_on(known.filed)} and so published no earlier, not before {_date(subject)}"
    if known.published.first == known.published.last == subject.effective:
        return f"published on {_date(subject)} itself, which is not before it"
    return f"published {_on(known.published)}, not before {_date(subject)}"


def _abuse(subject: SubjectDates, known: KnownDates) -> list[str]:
    if not in_six_months(subject, known):
        return []
    return [
        "Art. 55 EPC excuses it only for an evident abuse or an official exhibition in the six "
        "months before the European filing"
    ]


def _otherwise(category: str, otherwise: Sequence[tuple[date, str]]) -> list[str]:
    clauses, last = [], category
    for day, other in otherwise:
        if other != last:
            clauses.append(f'by the subject\'s date of {day} it would be "{other}"')
        last = other
    return clauses


def _subject(category: str, subject: SubjectDates) -> list[str]:
    clauses = []
    if subject.open_priority:
        clauses.append("the subject may have an earlier priority whose date is not known")
    if category in (_GRACE, _EARLIER_RIGHT) and subject.effective < AIA:
        clauses.append(
            "for a US application with all claims before 16 March 2013 the former 35 U.S.C. "
            "102(a), (b) and (e) decide instead"
        )
    return clauses


def _on(span: Span | None) -> str:
    assert span is not None  # a date that decided
    return str(span) if span.first != span.last else f"on {span}"


def _of(span: Span | None) -> str:
    assert span is not None
    return f"of {'a day ' if span.first != span.last else ''}{span}"


def _date(subject: SubjectDates) -> str:
    return subject.effective.isoformat()
