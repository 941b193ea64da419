"""A claim chart as a matrix: limitations down, references across, the status in each cell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.chart.records import DISCLOSED, NOT_DISCLOSED, PARTLY, STATUSES, Cell, Chart
from assistant.pictures.fonts import shortened, width, wrapped
from assistant.pictures.records import Box, Picture, Value, Words
from assistant.pictures.sheet import MARGIN, WIDTH, Sheet, counted, widest
from ingest.facts import DocumentFacts

COLUMNS = (
    "limitation", "text", "reference", "status", "by", "machine status", "score", "quote",
    "place", "reason", "note", "document id",
)  # fmt: skip
SIGNS = {DISCLOSED: "D", PARTLY: "P", NOT_DISCLOSED: "–"}
HUMAN_SIGN = "*"
_TEXT, _NARROW, _WIDE, _ROW = 330.0, 34.0, 122.0, 40.0
_TURNED_FROM = 116.0  # narrower columns have their names turned
_LONGEST_NAME = 150.0
_SPELT = 92.0  # what the longest status takes; narrower cells have signs, all alike


@dataclass(frozen=True)
class _Grid:
    """Where the cells are. x, y: of the first; width, height: of each."""

    x: float
    y: float
    width: float
    height: float


def heat_map(chart: Chart) -> Picture:
    """The chart's statuses by colour and by sign, with what people changed marked.

    The statuses are those that count: a person's where there is one. Each cell opens its
    reference.
    """
    across = len(chart.references)
    wide = _wide(across)
    told = f"Claim {chart.subject.number}: {counted(len(chart.rows), 'limitation')}"
    sheet = Sheet(
        "heat map",
        "Coverage of the claim by the references",
        f"{told}, {counted(across, 'reference')}",
        wide,
    )
    if not chart.rows or not across:
        lacking = "reference" if chart.rows else "limitation"
        return sheet.empty(COLUMNS, f"The chart has no {lacking}.", chart.notices)
    names = [_name(facts) for facts in chart.references]
    column = min(_WIDE, (wide - 2 * MARGIN - _TEXT) / across)
    turned = column < _TURNED_FROM
    heading = min(_LONGEST_NAME, widest(names)) if turned else 18.0
    _draw_legend(sheet, chart)
    grid = _Grid(MARGIN + _TEXT, sheet.top + 44 + heading, column, _ROW)
    _draw_names(sheet, grid, chart.references, names, turned)
    for place, row in enumerate(chart.rows):
        _draw_row(sheet, grid, place, f"{row.limitation.key}", row.limitation.text)
        for at, cell in enumerate(row.cells):
            _draw_cell(sheet, grid, place, at, cell, (row.limitation.key, names[at]))
    bottom = _draw_coverage(sheet, grid, chart, names)
    return sheet.picture(bottom, COLUMNS, _rows(chart, names), chart.notices)


def _wide(across: int) -> float:
    """Width of the picture: more references than fit make it wider."""
    return max(WIDTH, 2 * MARGIN + _TEXT + across * _NARROW)


def _name(facts: DocumentFacts) -> str:
    return facts.number or facts.title or facts.id


def _draw_legend(sheet: Sheet, chart: Chart) -> None:
    x, y = MARGIN, sheet.top + 8
    for status in STATUSES:
        box = Box(x, y - 12, 20, 17, status, "muted", 0.8)
        sheet.draw(box, Words(x + 10, y + 1, SIGNS[status], 12, f"on {status}", "middle", True))
        sheet.draw(Words(x + 28, y + 1, status, 12, "ink"))
        x += 28 + width(status, 12) + 26
    if any(cell.human for row in chart.rows for cell in row.cells):
        text = f"{HUMAN_SIGN} and a heavy frame: decided or noted by a person"
        sheet.draw(Box(x + 1, y - 12, 18, 17, None, "ink", 2.2), Words(x + 28, y + 1, text))


def _draw_names(
    sheet: Sheet,
    grid: _Grid,
    references: Sequence[DocumentFacts],
    names: Sequence[str],
    turned: bool,
) -> None:
    sheet.draw(Words(MARGIN, grid.y - 8, "Limitation", 12, "muted"))
    sheet.draw(Words(grid.x - 10, grid.y - 8, "Reference", 12, "muted", "end"))
    for at, (facts, name) in enumerate(zip(references, names, strict=True)):
        x = grid.x + (at + 0.5) * grid.width
        if turned:
            shown = shortened(name, _LONGEST_NAME)
            words = Words(x + 4, grid.y - 8, shown, 12, "ink", turned=90)
        else:
            shown = shortened(name, grid.width - 6, 11)
            words = Words(x, grid.y - 8, shown, 11, "ink", "middle")
        title = f"{name}: {facts.title}" if facts.title != name else name
        sheet.draw(words, documents=[facts.id], label=title)


def _draw_row(sheet: Sheet, grid: _Grid, place: int, key: str, text: str) -> None:
    """A limitation's key and its text, on two lines at most."""
    y = grid.y + place * grid.height
    indent = max(40.0, width(key, 12, True) + 12)
    lines = wrapped(" ".join(text.split()), _TEXT - indent - 14, 12, 2)
    first = y + grid.height / 2 + 4 - 8 * (len(lines) - 1)
    words = [Words(MARGIN + indent, first + 16 * n, line) for n, line in enumerate(lines)]
    sheet.draw(Words(MARGIN, first, key, 12, "ink", bold=True), *words)


def _draw_cell(
    sheet: Sheet, grid: _Grid, place: int, at: int, cell: Cell, named: tuple[str, str]
) -> None:
    box = Box(
        grid.x + at * grid.width + 1.5, grid.y + place * grid.height + 1.5,
        grid.width - 3, grid.height - 3, cell.status,
        "ink" if cell.human else "muted", 2.4 if cell.human else 0.5,
    )  # fmt: skip
    sign = SIGNS[cell.status] + (HUMAN_SIGN if cell.human else "")
    spelt = f"{cell.status} {HUMAN_SIGN}" if cell.human else cell.status
    text = spelt if box.width - 8 >= _SPELT else sign
    middle = (box.x + box.width / 2, box.y + box.height / 2 + 4)
    key, name = named
    label = f"{key}, {name}: {cell.status}"
    if cell.human:
        label += f", by {cell.human.user}, before: {cell.human.machine}"
    sheet.draw(
        box,
        Words(*middle, text, 11.5 if text == spelt else 13, f"on {cell.status}", "middle"),
        documents=[cell.document_id],
        label=f"{label}. {cell.reason}",
        passage_id=cell.place.passage_id if cell.place else None,
    )


def _draw_coverage(sheet: Sheet, grid: _Grid, chart: Chart, names: Sequence[str]) -> float:
    """The share of the limitations below each reference; where it ends."""
    y = grid.y + len(chart.rows) * grid.height + 22
    sheet.draw(Words(MARGIN, y, "Coverage in % (partly counts half)", 12, "muted"))
    coverage = chart.coverage()
    for at, facts in enumerate(chart.references):
        share = f"{coverage[facts.id] * 100:.0f}"
        x = grid.x + (at + 0.5) * grid.width
        label = f"{names[at]}: {share} % of the limitations"
        sheet.draw(Words(x, y, share, 12, "ink", "middle", True), documents=[facts.id], label=label)
    return y + 8


def _rows(chart: Chart, names: Sequence[str]) -> list[tuple[Value, ...]]:
    return [
        (
            row.limitation.key,
            row.limitation.text,
            name,
            cell.status,
            f"human: {cell.human.user}" if cell.human else "machine",
            cell.human.machine if cell.human else cell.status,
            round(cell.score, 4),
            cell.place.quote if cell.place else None,
            _place(cell),
            cell.reason,
            cell.human.note if cell.human else None,
            cell.document_id,
        )
        for row in chart.rows
        for name, cell in zip(names, row.cells, strict=True)
    ]


def _place(cell: Cell) -> str | None:
    if (place := cell.place) is None:
        return None
    parts = [
        f"claim {place.claim}" if place.claim else place.section,
        f"paragraph {place.paragraph}" if place.paragraph else "",
        f"page {place.page}" if place.page else "",
    ]
    return ", ".join(part for part in parts if part)
