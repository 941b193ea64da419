"""Answers and summaries as lines for a terminal."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence

from rich.cells import cell_len

from assistant.records import ANSWERED, Answer, Row, Statement
from assistant.summaries import Summary

_WIDTH = 96
_HEAD = ("what", "value", "unit", "condition", "source")


def answer_lines(answer: Answer) -> list[str]:
    """How the question was understood, the text, its table, its sources, what was dropped."""
    lines = list(_understood(answer))
    for paragraph in answer.text.split("\n\n"):
        lines += [*textwrap.wrap(paragraph, _WIDTH), ""]
    if answer.table:
        lines += [*table_lines(answer.table), ""]
    if answer.status == ANSWERED:
        lines += source_lines([*answer.statements, *answer.table])
    if answer.dropped:
        lines += ["", f"dropped, of what {answer.generator or 'the model'} wrote:"]
        for dropped in answer.dropped:
            said = f"- {' '.join(dropped.text.split())} ({dropped.reason})"
            lines += textwrap.wrap(said, _WIDTH, subsequent_indent="  ")
    return lines if lines[-1] else lines[:-1]


def summary_lines(summary: Summary) -> list[str]:
    """Its text, wrapped."""
    lines = []
    for line in summary.text().split("\n"):
        indent = "  " if line.startswith(("- ", "[")) else ""
        lines += textwrap.wrap(line, _WIDTH, subsequent_indent=indent) or [""]
    return lines


def source_lines(cited: Sequence[Statement | Row]) -> list[str]:
    """One line for each key."""
    named: dict[str, str] = {}
    for one in cited:
        for citation in one.citations:
            name = citation.number or citation.document_id
            title = textwrap.shorten(citation.title, 100, placeholder=" …")
            line = f"[{citation.key}] {name}, {citation.place()}: {title}"
            named.setdefault(citation.key, line)
    return list(named.values())


def table_lines(rows: Sequence[Row]) -> list[str]:
    """Aligned columns, the keys last."""
    cells = [(*_HEAD, "")]
    for row in rows:
        keys = " ".join(f"[{key}]" for key in row.keys)
        cells.append((row.material or "–", row.value, row.unit, row.condition, row.source, keys))
    shortened = [[textwrap.shorten(cell, 34, placeholder=" …") for cell in row] for row in cells]
    widths = [max(map(cell_len, column)) for column in zip(*shortened, strict=True)]
    return [
        "  ".join(
            cell + " " * (width - cell_len(cell)) for cell, width in zip(row, widths, strict=True)
        ).rstrip()
        for row in shortened
    ]


def _understood(answer: Answer) -> Iterator[str]:
    said = []
    if answer.completed:
        said.append(f"understood as: {answer.completed}")
    if answer.chips:
        chips = "; ".join(f"{chip.label} ({chip.key})" for chip in answer.chips)
        said.append(f"filters read from the question (--ignore KEY takes one off): {chips}")
    if answer.notice:
        said.append(f"note: {answer.notice}")
    for line in said:
        yield from textwrap.wrap(line, _WIDTH)
        yield ""
