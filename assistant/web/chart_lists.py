"""A chart as lists: one reference against all limitations, and combinations of references."""

from __future__ import annotations

from assistant.chart import Cell, Combination, Row
from assistant.web.chart_matrix import limitation
from assistant.web.chart_parts import (
    Shown,
    coverage_bar,
    date_class,
    edit_button,
    no_conclusion,
    people_said,
    quotation,
    reason,
    reference_name,
    score,
    status_chip,
)
from assistant.web.html import date_of, escape, name_of, notice, one_line, tag


def one_reference(shown: Shown, document_id: str | None) -> str:
    """One reference against all limitations, quoted whole. document_id: None for the first."""
    chart = shown.chart
    ids = [facts.id for facts in chart.references]
    at = ids.index(document_id) if document_id in ids else 0
    facts = chart.references[at]
    line = " · ".join(filter(None, ["; ".join(facts.parties), date_of(facts)]))
    head = tag(
        "header",
        tag("h3", reference_name(facts)),
        tag("p", escape(one_line(facts.title))),
        tag("p", escape(line), css="pa-muted"),
        date_class(chart, facts),
        coverage_bar(chart.coverage()[facts.id]),
    )
    rows = [_limitation(shown, row, row.cells[at], name_of(facts)) for row in chart.rows]
    return tag("div", head, tag("ol", *rows), no_conclusion(), css="pa-one")


def _limitation(shown: Shown, row: Row, cell: Cell, name: str) -> str:
    key = row.limitation.key
    line = tag(
        "div",
        status_chip(cell.status),
        score(cell),
        edit_button(key, cell, name),
        css="pa-cell-head",
    )
    parts = [line, tag("p", reason(cell), css="pa-reason")]
    if cell.place is not None:
        parts.append(quotation(shown.ref(key, cell, 0), cell.place, name=name))
    others = [
        tag("li", quotation(shown.ref(key, cell, nth), other, name=name))
        for nth, other in enumerate(cell.others, start=1)
    ]
    if others:
        told = "What comes closest, without disclosing it" if cell.place is None else "See also"
        parts.append(tag("details", tag("summary", told), tag("ul", *others), css="pa-others"))
    parts.append(people_said(cell))
    return tag(
        "li",
        tag("div", limitation(row), css="pa-of-claim"),
        tag("div", *parts),
        data_status=cell.status,
    )


def combinations(shown: Shown) -> str:
    """The best combinations of two and three references, with what they leave uncovered."""
    if not shown.chart.combinations:
        text = "No two of the references together cover more than one of them alone."
        return notice("No combination", text) + no_conclusion()
    items = (_combination(shown, one) for one in shown.chart.combinations)
    return tag("div", tag("ol", *items), no_conclusion(), css="pa-combined")


def _combination(shown: Shown, one: Combination) -> str:
    facts = {facts.id: facts for facts in shown.chart.references}
    coverage = shown.chart.coverage()
    items = (
        tag(
            "li",
            tag("strong", reference_name(facts[name])),
            tag("span", escape(one_line(facts[name].title, 90))),
            date_class(shown.chart, facts[name]),
            tag("span", f"alone {coverage[name] * 100:.0f} %", css="pa-muted"),
        )
        for name in one.document_ids
    )
    count = "Two" if len(one.document_ids) == 2 else "Three"
    share = f"{count} references: {one.covered * 100:.0f} % of the limitations disclosed"
    left = _left(shown, "Not disclosed in any of them", one.uncovered)
    partly = _left(shown, "Disclosed partly at best", one.partly)
    if not one.uncovered and not one.partly:
        left = tag("p", "No limitation is left uncovered.", css="pa-muted")
    head = tag("h3", escape(share)) + tag("ul", *items, css="pa-together")
    return tag("li", head, left, partly)


def _left(shown: Shown, title: str, keys: tuple[str, ...]) -> str:
    """Limitations by name, with their words."""
    if not keys:
        return ""
    rows = [row for row in shown.chart.rows if row.limitation.key in keys]
    items = (tag("li", limitation(row)) for row in rows)
    return tag("p", escape(title), css="pa-left") + tag("ul", *items)
