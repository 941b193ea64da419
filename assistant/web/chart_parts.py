"""The parts that all views of a chart are made of: statuses, quotations, dates, people's marks."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.chart import Cell, Chart, Place
from assistant.chart.records import DISCLOSED, NOT_DISCLOSED, PARTLY
from assistant.exports.words import NO_CONCLUSION, STATUS_WORDS, human_lines
from assistant.web.chart_session import Charting, quoted
from assistant.web.dated import date_badge
from assistant.web.html import escape, label_badge, name_of, one_line, opener, place, tag
from assistant.web.refs import chart_ref, document_ref
from ingest.facts import DocumentFacts

# Told apart by their form, with and without colour.
SIGNS = {DISCLOSED: "●", PARTLY: "◐", NOT_DISCLOSED: "○"}


@dataclass(frozen=True)
class Shown:
    """A chart on the page. numbers: of the citations of its places, as `quoted` counts them."""

    chart: Chart
    numbers: dict[tuple[str, str, int], int]

    def ref(self, key: str, cell: Cell, nth: int) -> str:
        """Reference to a place of a cell: 0 for the one that is shown, 1 and so on for others."""
        return chart_ref(self.numbers[key, cell.document_id, nth])


def shown(charting: Charting) -> Shown | None:
    """What the page shows of a session, None where it has no chart."""
    return Shown(charting.chart, quoted(charting.chart)[0]) if charting.chart else None


def status_chip(status: str, css: str = "") -> str:
    """A status by its sign, its word and its colour."""
    sign = tag("span", SIGNS.get(status, ""), aria_hidden="true")
    word = escape(STATUS_WORDS.get(status, status))
    return tag("span", f"{sign} {word}", css=f"pa-status {css}".strip(), data_status=status)


def place_words(at: Place) -> str:
    """Where a quotation stands, for people. Not escaped."""
    return place(at.section, None, at.claim, at.paragraph, at.page)


def quotation(ref: str, at: Place, limit: int | None = None, name: str = "") -> str:
    """A quotation with its place; a click opens it. name: of the document, where it is to be said.

    limit: characters shown of it, None for all.
    """
    where = ", ".join(part for part in (name, place_words(at)) if part)
    return opener(
        ref,
        tag("q", escape(one_line(at.quote, limit)), css="pa-quote"),
        tag("span", escape(where), css="pa-place"),
        css="pa-quoted",
        tip="Open the passage on its page",
    )


def reference_name(facts: DocumentFacts) -> str:
    """A button with a reference's number that opens the document, and its label."""
    button = opener(
        document_ref(facts.id),
        escape(name_of(facts)),
        css="pa-link pa-number",
        label=f"Open {name_of(facts)}: {one_line(facts.title, 120)}",
    )
    return button + label_badge(facts.label)


def date_class(chart: Chart, facts: DocumentFacts) -> str:
    """How a reference stands to the subject's date, as a badge; the reason unfolds below it."""
    return date_badge(next((one for one in chart.dated if one.document_id == facts.id), None))


def coverage_bar(share: float) -> str:
    """The share of the limitations that a reference discloses, partly for half."""
    percent = f"{share * 100:.0f} %"
    bar = tag(
        "span", tag("span", style=f"width:{share * 100:.0f}%"), css="pa-bar", aria_hidden="true"
    )
    tip = "Share of the limitations that it discloses; partly counts half"
    return tag("span", bar, escape(f"{percent} covered"), css="pa-coverage", title=tip)


def people_said(cell: Cell) -> str:
    """What a person decided of a cell, with user and time; "" where nobody did."""
    lines = human_lines(cell)
    if not lines:
        return ""
    told = "".join(tag("span", escape(line)) for line in lines)
    return tag("div", tag("span", "✎", aria_hidden="true"), told, css="pa-human")


def score(cell: Cell) -> str:
    """The score, said to be the program's where a person decided."""
    value = f"program {cell.score:.2f}" if _is_decided(cell) else f"{cell.score:.2f}"
    return tag("span", value, css="pa-score", title="How surely, from 0 to 1")


def reason(cell: Cell) -> str:
    """Why a cell has its status; the program's words, said to be so where a person decided."""
    text = cell.reason[:1].upper() + cell.reason[1:]
    return escape(f"The program: {cell.reason}" if _is_decided(cell) else text)


def _is_decided(cell: Cell) -> bool:
    return cell.human is not None and cell.human.status is not None


def edit_button(key: str, cell: Cell, name: str) -> str:
    """The button that begins to decide a cell."""
    return tag(
        "button",
        "Edit",
        type="button",
        css="pa-edit",
        data_edit=key,
        data_document=cell.document_id,
        aria_label=f"Edit {key} in {name}",
    )


def no_conclusion() -> str:
    """That texts are compared and nothing in law is concluded."""
    return tag("p", escape(NO_CONCLUSION), css="pa-muted pa-no-conclusion")
