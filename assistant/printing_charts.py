"""A claim chart as lines of text for people."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from assistant.chart import Cell, Chart
from assistant.chart.records import NOT_DISCLOSED
from ingest.facts import DocumentFacts

_WIDTH = 96
_QUOTE_CHARS = 360
_COMBINATIONS = 3


def chart_lines(chart: Chart, with_others: bool = False) -> list[str]:
    """Limitation by limitation, then coverage, combinations, dates and notices.

    with_others: also the further passages of each cell, numbered as a person chooses them.
    """
    names = {facts.id: _name(facts) for facts in chart.references}
    lines = []
    for row in chart.rows:
        lines += ["", *_wrapped(f"{row.limitation.key}  {_one_line(row.limitation.text)}", "")]
        for cell in row.cells:
            lines += _cell_lines(cell, names[cell.document_id], with_others)
    lines += ["", "coverage (disclosed 1, partly ½):"]
    lines += [f"  {share:4.0%}  {names[name]}" for name, share in chart.coverage().items()]
    lines += list(_combination_lines(chart, names))
    if chart.dated:
        lines += ["", f"dates, against {chart.subject_date}:"]
        for one in chart.dated:
            rules = f" ({', '.join(one.rules)})" if one.rules else ""
            lines += _wrapped(
                f"{names[one.document_id]}: {one.category}{rules}. {one.reason}", "  "
            )
    lines += [f"note: {notice}" for notice in (*chart.subject.notices, *chart.notices)]
    return lines[1:] if lines and not lines[0] else lines


def _cell_lines(cell: Cell, name: str, with_others: bool) -> Iterator[str]:
    human = f", decided by {cell.human.user}" if cell.human and cell.human.status else ""
    yield from _wrapped(f"{name}: {cell.status}{human} ({cell.score:.2f}; {cell.reason})", "    ")
    if cell.place and cell.status != NOT_DISCLOSED:
        place = cell.place
        where = [
            f"claim {place.claim}" if place.claim else place.section,
            f"[{place.paragraph}]" if place.paragraph else "",
            f"page {place.page}" if place.page else "",
        ]
        quote = textwrap.shorten(_one_line(place.quote), _QUOTE_CHARS, placeholder=" …")
        yield from _wrapped(f"“{quote}” {', '.join(filter(None, where))}", "      ")
    for nth, other in enumerate(cell.others if with_others else (), 1):
        quote = textwrap.shorten(_one_line(other.quote), _QUOTE_CHARS // 2, placeholder=" …")
        yield from _wrapped(f"{nth}. “{quote}” ({other.passage_id})", "        ")
    if cell.human and cell.human.note:
        yield from _wrapped(f"note by {cell.human.user}: {_one_line(cell.human.note)}", "      ")


def _combination_lines(chart: Chart, names: dict[str, str]) -> Iterator[str]:
    if chart.combinations:
        yield ""
        yield "together (what is covered, not what it means in law):"
    for one in chart.combinations[:_COMBINATIONS]:
        open_keys = ", ".join(one.uncovered) or "none"
        partly = f"; partly {', '.join(one.partly)}" if one.partly else ""
        together = " + ".join(names[name] for name in one.document_ids)
        yield from _wrapped(f"{one.covered:4.0%}  {together}; uncovered: {open_keys}{partly}", "  ")


def _name(facts: DocumentFacts) -> str:
    return facts.number or facts.title or facts.id


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _wrapped(text: str, indent: str) -> list[str]:
    return textwrap.wrap(text, _WIDTH, initial_indent=indent, subsequent_indent=f"{indent}  ")
