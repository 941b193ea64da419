"""The date gate: a hand-made table of cases, what the reasons say, and dates that cannot be."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.date_gate import (
    CATEGORIES,
    SubjectDates,
    gate,
    gate_all,
    subject_dates,
    subject_dates_of_text,
)
from assistant.errors import BadInput
from ingest.facts import DocumentFacts, Priority

CASES = Path(__file__).parent / "date_cases.tsv"


def cases() -> Iterator[dict[str, str]]:
    """Rows of the table. A dash is nothing known; a question mark a priority without its date."""
    lines = [line for line in CASES.read_text(encoding="utf-8").splitlines() if line[0] != "#"]
    yield from csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)


def known(text: str) -> str | None:
    return None if text == "-" else text


def subject_of(text: str) -> SubjectDates:
    """A typed date, or priorities/filing/office."""
    if "/" not in text:
        return subject_dates_of_text(text)
    priorities, filing, office = text.split("/")
    return subject_dates(document(f"{office}1A1", priorities, filing, "-"))


def document(name: str, priorities: str, filing: str, publication: str) -> DocumentFacts:
    listed = [] if priorities == "-" else priorities.split(",")
    dates = [None if day == "?" else day for day in listed]
    report = name == "report"
    return DocumentFacts(
        id=name,
        kind="report" if report else "patent",
        number=None if report or name == "?" else name,
        country=None if report or name == "?" else name[:2],
        priority_date=min(filter(None, dates), default=None),
        priorities=tuple(Priority("US", str(n), day) for n, day in enumerate(dates)),
        filing_date=known(filing),
        publication_date=known(publication),
    )


def cited(rules: str) -> tuple[str, ...]:
    """The table's short rules in full."""
    short = [] if rules == "-" else rules.split()
    us = ("102", "374", "21(b)")
    return tuple(
        f"35 U.S.C. {rule}" if rule.startswith(us)
        else f"Rule {rule.removeprefix('R.')} EPC" if rule.startswith("R.")
        else f"Art. {rule} EPC"
        for rule in short
    )  # fmt: skip


def named(case: dict[str, str]) -> str:
    return f"{case['document']}: {case['fact']}"


@pytest.mark.parametrize("case", list(cases()), ids=named)
def test_the_hand_made_cases(case: dict[str, str]) -> None:
    facts = document(*(case[name] for name in ("document", "priorities", "filing", "publication")))
    dated = gate(subject_of(case["subject"]), facts)
    assert (dated.category, dated.rules) == (case["category"], cited(case["rules"])), dated.reason
    assert dated.reason


def test_the_table_is_as_large_as_it_must_be_and_has_every_category() -> None:
    rows = list(cases())
    assert len(rows) >= 70
    assert {row["category"] for row in rows} == set(CATEGORIES)


TYPED = subject_dates_of_text("2019-03-01")
US = document("US20200300002A1", "2018-06-20,2019-04-02", "2019-06-19", "2020-09-24")


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        (US, "of 2018-06-20"),
        (US, "only for what the application of that date, the first of several, discloses"),
        (US, "Art. 54(3) EPC counts European applications only"),
        (replace(US, legal_kind="grant"), "may have been published earlier"),
        (document("KR1020190100001A", "-", "2018-11-02", "2019-08-28"), "a publication of KR"),
        (document("WO2019180001A1", "-", "2003-03-19", "2019-09-26"), "if it designates the US"),
        (document("report", "-", "-", "2017-11-21"), "whether the public could read it"),
        (document("report", "-", "-", "2019-03-01"), "on 2019-03-01 itself, which is not before"),
        (document("report", "-", "-", "2018-05-02"), "goes back to the inventors"),
        (document("report", "-", "-", "17-11-21"), "'17-11-21' is no date"),
        (document("US1A1", "-", "2019-03-20", "2020-09-24"), "no earlier priority is known"),
        (document("US1A1", "-", "2018-06-20", "-"), "may be an earlier right even where"),
    ],
)
def test_the_reason_names_what_decided_and_what_is_not_known(facts, said) -> None:
    assert said in gate(TYPED, facts).reason


def test_a_subject_with_several_dates_says_what_a_document_would_be_by_the_others() -> None:
    subject = subject_of("2018-03-01,2018-09-14/2019-02-28/US")
    between = gate(subject, document("report", "-", "-", "2018-06-05"))
    assert between.category == "later"
    assert 'date of 2018-09-14 it would be "grace period"' in between.reason
    assert "2019-02-28" not in between.reason  # by it the category is the same again


def test_own_family_and_shared_names_are_said_and_decide_nothing() -> None:
    own = replace(
        document("US20190300009A1", "2018-03-01", "2019-02-28", "2019-09-05"),
        family="US1", parties=("Solmere Cells",), inventors=("Olsen, Kari",),
    )  # fmt: skip
    subject = subject_dates(own)
    assert gate(subject, own).reason.startswith("the subject itself")
    member = replace(own, id="other", number="EP3500009A1", country="EP")
    assert gate(subject, member).reason.startswith("of the subject's own family")
    stranger = replace(US, parties=("SOLMERE  Cells",), inventors=("Kari Olsen",), priorities=(),
                       priority_date="2018-01-05")  # fmt: skip
    dated = gate(subject, stranger)
    assert dated.category == "earlier right"
    assert "102(b)(2)(C)" in dated.reason
    assert "asks for another inventor" in dated.reason


def test_before_march_2013_the_former_us_law_is_named() -> None:
    dated = gate(subject_dates_of_text("2010-03-01"), replace(US, priority_date="2009-01-05"))
    assert "former 35 U.S.C. 102" in dated.reason


def test_every_document_is_classed_in_the_order_given() -> None:
    documents = [document(row["document"], "-", "-", row["publication"]) for row in cases()]
    dated = gate_all(TYPED, documents)
    assert [one.document_id for one in dated] == [facts.id for facts in documents]
    assert {one.category for one in dated} <= set(CATEGORIES)


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("19-03-01", "two digits"),
        ("01.03.19", "two digits"),
        ("2019-02-30", "no such day"),
        ("2019-13-01", "no such day"),
        ("0019-03-01", "no such day"),
        ("03/04/2019", "order of day and month"),
        ("2019-03", "the day is missing"),
        ("2019", "the day is missing"),
        ("in March", "no day"),
        ("", "no day"),
    ],
)
def test_a_date_that_cannot_be_is_refused_with_what_to_write(typed: str, why: str) -> None:
    with pytest.raises(BadInput, match=f"{why}.*write it as 2019-03-01"):
        subject_dates_of_text(typed)


def test_a_subject_without_a_filing_is_refused_and_an_open_priority_is_said() -> None:
    with pytest.raises(BadInput, match="US1A1 has no priority or filing date"):
        subject_dates(document("US1A1", "-", "-", "2019-03-01"))
    subject = subject_of("?/2019-03-01/US")
    assert subject.open_priority
    assert "may have an earlier priority" in gate(subject, US).reason
