"""A chart as HTML: what it is of, its notices, and one of its views."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.chart import Chart
from assistant.pictures import heat_map
from assistant.web.chart_lists import combinations, one_reference
from assistant.web.chart_matrix import matrix
from assistant.web.chart_parts import SIGNS, Shown, no_conclusion, shown, status_chip
from assistant.web.chart_session import Charting
from assistant.web.html import escape, name_of, one_line, tag
from ingest.facts import DocumentFacts

MATRIX, REFERENCE, COMBINED, HEAT = VIEWS = ("matrix", "reference", "combinations", "heat map")
_LONG = 300  # characters of a claim that stand at the head of its chart
# What the picture opens where a cell quotes a passage: the document, and that passage's id.
_OPENED = re.compile(r'data-open="[^"]*"(?=[^>]*\bdata-passage=)')


def chart_view(
    charting: Charting,
    view: str,
    reference: str | None = None,
    subject: DocumentFacts | None = None,
) -> str:
    """The chart of a session as one of VIEWS; "" where there is none.

    reference: id of the document of the view of one reference. subject: whose claim it is.
    """
    on_page = shown(charting)
    if on_page is None:
        return ""
    if view == REFERENCE:
        body = one_reference(on_page, reference)
    elif view == COMBINED:
        body = combinations(on_page)
    elif view == HEAT:
        body = tag("div", pictured(on_page), css="pa-heat") + no_conclusion()
    else:
        body = matrix(on_page) + no_conclusion()
    head = _head(charting, on_page.chart, subject)
    return tag("article", head, _notices(on_page.chart), body, css="pa-charted", data_view=view)


def pictured(on_page: Shown) -> str:
    """The heat map in light and dark, of which the style sheet shows one; cells open passages."""
    picture = heat_map(on_page.chart)
    return "".join(
        tag("div", _OPENED.sub(_Refs(on_page), picture.svg(theme)), css=f"pa-on-{theme}")
        for theme in ("light", "dark")
    )


class _Refs:
    """Gives each cell of the picture that quotes a passage the reference of its citation.

    The picture draws the cells row by row, as the chart has them.
    """

    def __init__(self, on_page: Shown) -> None:
        self._next = self._of(on_page)

    def __call__(self, found: re.Match[str]) -> str:
        return f'data-open="{next(self._next)}"'

    def _of(self, on_page: Shown) -> Iterator[str]:
        for row in on_page.chart.rows:
            for cell in row.cells:
                if cell.place is not None:
                    yield on_page.ref(row.limitation.key, cell, 0)


def _head(charting: Charting, chart: Chart, subject: DocumentFacts | None) -> str:
    claim = chart.subject
    whose = f" of {name_of(subject)}" if subject else ""
    inherited = [str(number) for number in claim.chain if number != claim.number]
    takes = f", with claim {', '.join(inherited)} that it depends on" if inherited else ""
    counts = (
        f"{_counted(len(chart.rows), 'limitation')}, "
        f"{_counted(len(chart.references), 'reference')} of "
        f"{_counted(chart.documents, 'document')}"
    )
    against = (
        f"Subject date {chart.subject_date}"
        if chart.subject_date
        else "No subject date: the references are not held against a date"
    )
    where = (
        f"Entry {charting.entry} of the project “{charting.project}”"
        if charting.entry is not None
        else "In no project: kept as long as this page is open"
    )
    legend = tag("p", *(status_chip(status) for status in SIGNS), css="pa-legend")
    return tag(
        "header",
        tag("h2", escape(f"Claim {claim.number}{whose}{takes}")),
        _claim(claim.text),
        tag("p", escape(f"{counts}. {against}. {where}."), css="pa-muted", role="status"),
        legend,
    )


def _claim(text: str) -> str:
    line = one_line(text)
    if len(line) <= _LONG:
        return tag("p", escape(line), css="pa-claim")
    short = tag("summary", escape(one_line(text, _LONG)))
    return tag("details", short, tag("p", escape(text)), css="pa-claim")


def _notices(chart: Chart) -> str:
    notices = [*chart.subject.notices, *chart.notices]
    if not notices:
        return ""
    items = (tag("li", escape(text[:1].upper() + text[1:])) for text in notices)
    return tag("div", tag("strong", "To know"), tag("ul", *items), css="pa-notice pa-told")


def _counted(number: int, word: str) -> str:
    return f"{number:,} {word}{'' if number == 1 else 's'}"
