"""How places, statuses and dates are worded in every export, and which characters it may hold."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

from assistant.chart.records import DISCLOSED, NOT_DISCLOSED, PARTLY, Cell, Place
from assistant.date_gate.records import Dated
from index.records import ScoredPassage
from ingest.facts import DocumentFacts

NO_CONCLUSION = (
    "This document compares texts. It draws no legal conclusion: neither on novelty, inventive "
    "step or obviousness, nor on validity or infringement. Every status is to be checked against "
    "the cited passage."
)
STATUS_WORDS = {
    DISCLOSED: "Disclosed",
    PARTLY: "Partly disclosed",
    NOT_DISCLOSED: "Not disclosed",
}
_DATE_CLASSES = {
    "before": "published before the subject date",
    "earlier right": "earlier right: filed or with priority before the date, published after it",
    "grace period": "published in the grace period before the subject date",
    "later": "later than the subject date",
    "unknown": "not to be told: dates are unknown",
}
# What XML 1.0 cannot hold (section 2.2), with the other control characters and half surrogates.
_ILLEGAL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


_LONGEST_NAME = 80


def legal(text: str) -> str:
    r"""The text with U+FFFD for each control character, and line ends as a line feed.

    >>> legal("a\x00b\r\nc")
    'a�b\nc'
    """
    return _ILLEGAL.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))


def one_line(text: str) -> str:
    """The text on one line, as it is set in running text."""
    return " ".join(legal(text).split())


def name_of(facts: DocumentFacts) -> str:
    """What a document is cited by: its number, else the beginning of its title, else its id."""
    if facts.number:
        return one_line(facts.number)
    title = one_line(facts.title) or facts.id
    return title if len(title) <= _LONGEST_NAME else title[:_LONGEST_NAME].rsplit(" ", 1)[0] + " …"


def pinpoint(place: Place) -> str:
    """Where in its document a quotation stands.

    >>> pinpoint(Place("", "0f:3", "description", None, "0045", 7, 0.9))
    'paragraph [0045], page 7'
    >>> pinpoint(Place("", "0f:9", "claims", 3, None, None, 0.9))
    'claim 3'
    """
    return _place(place.section, place.claim, place.paragraph, (place.page, place.page))


def pinpoint_passage(passage: ScoredPassage) -> str:
    """Where in its document a passage that was found stands; its heading where it has no number."""
    pages = (passage.first_page, passage.last_page)
    section = passage.section
    if passage.heading and section == "body":
        section = f"section “{one_line(passage.heading)}”"
    return _place(section, passage.claim, passage.paragraph, pages)


def _place(
    section: str, claim: int | None, paragraph: str | None, pages: tuple[int | None, int | None]
) -> str:
    first, last = pages
    parts = []
    if claim is not None:
        parts.append(f"claim {claim}")
    elif paragraph:
        paragraph = one_line(paragraph)
        parts.append(
            f"paragraph [{paragraph}]" if paragraph.isdigit() else f"paragraph {paragraph}"
        )
    elif section != "body" or first is None:
        parts.append(one_line(section))
    if first is not None:
        parts.append(f"page {first}" if last in (None, first) else f"pages {first}-{last}")
    return ", ".join(parts)


def cited(facts: DocumentFacts, place: str) -> str:
    """A pinpoint citation: the document, then the place in it."""
    return f"{name_of(facts)}, {place}"


def decided_by(cell: Cell) -> str:
    """Who decided the status of a cell."""
    return "person" if cell.human and cell.human.status is not None else "machine"


def human_lines(cell: Cell) -> list[str]:
    """What a person did to a cell, one line each; none where nobody did."""
    human = cell.human
    if human is None:
        return []
    who = f"{one_line(human.user) or 'unnamed user'}, {_when(human.when)}"
    if human.status is not None:
        before = STATUS_WORDS.get(human.machine, human.machine).lower()
        lines = [f"Decided by a person ({who}); the machine had: {before}."]
    else:
        lines = [f"Edited by a person ({who}); the status is the machine's."]
    return (
        [*lines, f"Note by {one_line(human.user)}: {one_line(human.note)}"] if human.note else lines
    )


def _when(text: str) -> str:
    """A time for people; as it is where it cannot be read."""
    try:
        time = datetime.fromisoformat(text)
    except ValueError:
        return one_line(text)
    return (time.astimezone(UTC) if time.tzinfo else time).strftime("%Y-%m-%d %H:%M UTC")


def others_line(facts: DocumentFacts, cell: Cell) -> str:
    """Further places of a cell, as citations; "" for none."""
    places = dict.fromkeys(pinpoint(other) for other in cell.others)
    if cell.place is not None:
        places.pop(pinpoint(cell.place), None)
    if not places:
        return ""
    label = "Closest, not disclosing it" if cell.place is None else "See also"
    return f"{label}: {name_of(facts)}, {'; '.join(places)}"


def date_class(facts: DocumentFacts, dated: Sequence[Dated]) -> str:
    """How a reference stands to the subject's date, with the rules; "" where it was not asked."""
    for one in dated:
        if one.document_id == facts.id:
            words = _DATE_CLASSES.get(one.category, one.category)
            rules = f" ({'; '.join(one.rules)})" if one.rules else ""
            return one_line(f"{words}{rules}. {one.reason}")
    return ""


def labels(documents: Iterable[DocumentFacts]) -> str:
    """The confidentiality labels of documents, each once; "" where none has one."""
    return one_line(", ".join(sorted({facts.label for facts in documents if facts.label})))


def dates(facts: DocumentFacts) -> list[str]:
    """The dates of a document, one line each; unknown ones are said to be unknown."""
    named = {
        "priority": facts.priority_date,
        "filed": facts.filing_date,
        "published": facts.publication_date,
    }
    return [f"{name} {one_line(day) if day else 'unknown'}" for name, day in named.items()]


def percent(share: float) -> str:
    """A share as people read it.

    >>> percent(0.834)
    '83 %'
    """
    return f"{round(share * 100)} %"
