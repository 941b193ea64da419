"""A chart as a matrix: limitations down, references across."""

from __future__ import annotations

from assistant.chart import Cell, Row
from assistant.web.chart_parts import (
    Shown,
    coverage_bar,
    date_class,
    edit_button,
    people_said,
    quotation,
    reason,
    reference_name,
    score,
    status_chip,
)
from assistant.web.html import date_of, escape, name_of, one_line, tag
from ingest.facts import DocumentFacts

_QUOTE = 170  # characters
# A chart of more cells than this quotes less in each, so that the page stays quick.
_MANY, _SHORT = 1500, 70


def matrix(shown: Shown) -> str:
    """The matrix in an area that scrolls by itself; its head and its first column stay."""
    chart = shown.chart
    names = {facts.id: name_of(facts) for facts in chart.references}
    coverage = chart.coverage()
    heads = (_head(shown, facts, coverage[facts.id]) for facts in chart.references)
    limit = _QUOTE if len(chart.rows) * len(chart.references) <= _MANY else _SHORT
    head = tag("tr", tag("th", "Limitation", scope="col"), *heads)
    rows = (_row(shown, row, names, limit) for row in chart.rows)
    caption = tag("caption", "Limitations against references", css="pa-unseen")
    table = tag("table", caption, tag("thead", head), tag("tbody", *rows))
    return tag(
        "div",
        table,
        css="pa-matrix",
        role="region",
        tabindex=0,
        aria_label="Claim chart: limitations against references",
    )


def limitation(row: Row) -> str:
    """The key of a limitation and its words, whole."""
    return tag("span", escape(row.limitation.key), css="pa-key") + tag(
        "span", escape(one_line(row.limitation.text)), css="pa-limitation"
    )


def _head(shown: Shown, facts: DocumentFacts, share: float) -> str:
    return tag(
        "th",
        tag("div", reference_name(facts)),
        tag("span", escape(one_line(facts.title, 90)), css="pa-title", title=one_line(facts.title)),
        tag("span", escape(date_of(facts) or "no date"), css="pa-muted"),
        date_class(shown.chart, facts),
        coverage_bar(share),
        scope="col",
    )


def _row(shown: Shown, row: Row, names: dict[str, str], limit: int) -> str:
    head = tag("th", limitation(row), scope="row")
    cells = (_cell(shown, row.limitation.key, cell, names, limit) for cell in row.cells)
    return tag("tr", head, *cells)


def _cell(shown: Shown, key: str, cell: Cell, names: dict[str, str], limit: int) -> str:
    edit = edit_button(key, cell, names[cell.document_id])
    line = tag("div", status_chip(cell.status), score(cell), edit, css="pa-cell-head")
    if cell.place is not None:
        said = quotation(shown.ref(key, cell, 0), cell.place, limit)
    else:
        said = tag("p", reason(cell), css="pa-muted")
    return tag("td", line, said, people_said(cell), data_status=cell.status)
