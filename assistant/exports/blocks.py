"""A document to read, before it is DOCX or PDF: so that both look the same. Knows neither."""

from __future__ import annotations

from dataclasses import dataclass

# How a line looks; the last three are also the ground of the cell that they begin.
LOOKS = ("plain", "strong", "quote", "place", "small", "human", "disclosed", "partly", "missing")
GROUNDS = {"disclosed": "E3F1E3", "partly": "FCF3D4", "missing": "F7E1E0"}
INKS = {
    "disclosed": "1B5E20",
    "partly": "7A5200",
    "missing": "8E1B16",
    "human": "4A2A82",
    "place": "1F3A5F",
    "small": "505050",
}


@dataclass(frozen=True)
class Line:
    """One paragraph of a cell. look: one of LOOKS."""

    text: str
    look: str = "plain"


GridCell = tuple[Line, ...]


@dataclass(frozen=True)
class Heading:
    """A heading; it stays with what follows it."""

    text: str


@dataclass(frozen=True)
class Pairs:
    """Names with their values, one line each."""

    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Grid:
    """A table with a head that is repeated on every page.

    widths: shares of the line's width, 1.0 together. Each row has as many cells as the head.
    """

    head: tuple[str, ...]
    widths: tuple[float, ...]
    rows: tuple[tuple[GridCell, ...], ...]


Block = Heading | Pairs | Line | Grid


@dataclass(frozen=True)
class Page:
    """A whole document, printed landscape.

    running: stands at the top of every page. foot: at the bottom, beside the page number.
    """

    title: str
    running: str
    foot: str
    blocks: tuple[Block, ...]


def ground(cell: GridCell) -> str | None:
    """The colour behind a cell, six hexadecimal digits; None for white."""
    return GROUNDS.get(cell[0].look) if cell else None


def length(row: tuple[GridCell, ...]) -> int:
    """Characters of a row's longest cell: what decides whether it can stay on one page."""
    return max((sum(len(line.text) for line in cell) for cell in row), default=0)
