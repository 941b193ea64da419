"""The records of a picture: shapes, the marks they make up, the table behind them.

A leaf but for the functions that write it as SVG, PNG and CSV, which are loaded when called.
"""

from __future__ import annotations

import hashlib
import math
from dataclasses import dataclass
from functools import cached_property
from typing import Any

# Colours are named by their part in the picture; assistant.pictures.palette says what they are.
THEMES = ("light", "dark")
DOT_EDGE = 0.8  # pixels
Value = str | int | float | None


@dataclass(frozen=True)
class Box:
    """A rectangle. x, y: of its upper left corner in pixels, y downwards; fill, edge: colours."""

    x: float
    y: float
    width: float
    height: float
    fill: str | None
    edge: str | None = None
    edge_width: float = 1.0
    opacity: float = 1.0


@dataclass(frozen=True)
class Dot:
    """A disc, or a square of the same area. x, y: of its centre."""

    x: float
    y: float
    radius: float
    fill: str
    edge: str | None = None
    square: bool = False

    def as_box(self) -> Box:
        """The square that covers as much as the disc."""
        half = self.radius * math.sqrt(math.pi) / 2
        place = (self.x - half, self.y - half, 2 * half, 2 * half)
        return Box(*place, self.fill, self.edge, DOT_EDGE)


@dataclass(frozen=True)
class Line:
    """A straight line."""

    x1: float
    y1: float
    x2: float
    y2: float
    colour: str
    width: float = 1.0


@dataclass(frozen=True)
class Words:
    """A line of text. y: of its base line; anchor: which end stands at x.

    anchor: "start", "middle" or "end". turned: degrees counter-clockwise about that point.
    """

    x: float
    y: float
    text: str
    size: float = 12.0
    colour: str = "ink"
    anchor: str = "start"
    bold: bool = False
    turned: float = 0.0


Shape = Box | Dot | Line | Words


@dataclass(frozen=True)
class Mark:
    """Shapes that belong together.

    Attributes:
        documents: ids of the documents they stand for, () for axes and headings.
        label: what they say, for a tool tip and for screen readers.
        passage_id: the passage they stand for, where it is one.
    """

    shapes: tuple[Shape, ...]
    documents: tuple[str, ...] = ()
    label: str = ""
    passage_id: str | None = None


@dataclass(frozen=True)
class Picture:
    """A picture and the table behind it.

    Attributes:
        kind: "timeline", "cpc", "heat map" or "map".
        columns, rows: the table; every document that the picture counts is in it.
        drawn: in the order of drawing.
        width, height: pixels.
        notes: what the reader should know; they stand in the picture too.
    """

    kind: str
    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]
    drawn: tuple[Mark, ...]
    width: float
    height: float
    notes: tuple[str, ...] = ()

    @cached_property
    def id(self) -> str:
        """8 hexadecimal digits of what it shows."""
        shown = repr((self.kind, self.title, self.columns, self.rows, self.notes))
        return hashlib.sha256(shown.encode("utf-8", "replace")).hexdigest()[:8]

    def reference(self, position: int) -> str | None:
        """What a click on `drawn[position]` opens: one document, or a pick of several.

        `document:ID` is a reference of the web page; `pick:PICTURE:POSITION` stands for
        `picked(...)`. None for a mark that stands for no document.
        """
        documents = self.drawn[position].documents
        if len(documents) == 1:
            return f"document:{documents[0]}"
        return f"pick:{self.id}:{position}" if documents else None

    def picked(self, reference: str) -> tuple[str, ...]:
        """Ids of the documents that a `pick:` reference stands for; () for any other text."""
        kind, _, rest = reference.partition(":")
        name, _, position = rest.partition(":")
        here = kind == "pick" and name == self.id and position.isascii() and position.isdigit()
        if not here or int(position) >= len(self.drawn):
            return ()
        return self.drawn[int(position)].documents

    def svg(self, theme: str = "light") -> str:
        """The picture as SVG. theme: "light" or "dark". Raises ValueError for another."""
        from assistant.pictures.svg import svg

        return svg(self, theme)

    def png(self, theme: str = "light", scale: float = 2.0) -> bytes:
        """The picture as PNG. scale: pixels of the file for one of the picture, 0.5 to 4."""
        from assistant.pictures.png import png

        return png(self, theme, scale)

    def table(self) -> tuple[tuple[str, ...], tuple[tuple[Value, ...], ...]]:
        """Columns and rows."""
        return self.columns, self.rows

    def csv(self) -> bytes:
        """The table as CSV, with cells that begin like formulas neutralised."""
        from assistant.pictures.files import csv_of

        return csv_of(self)

    def to_dict(self) -> dict[str, Any]:
        """The JSON of `prior-art picture`."""
        return {
            "id": self.id,
            "kind": self.kind,
            "title": self.title,
            "notes": list(self.notes),
            "columns": list(self.columns),
            "rows": [list(row) for row in self.rows],
            "marks": [
                {
                    "reference": self.reference(position),
                    "label": mark.label,
                    "documents": list(mark.documents),
                    "passage_id": mark.passage_id,
                }
                for position, mark in enumerate(self.drawn)
                if mark.documents
            ],
        }
