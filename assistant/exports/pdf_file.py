"""Writes a page of blocks as PDF: landscape, repeated table heads, page numbers, fonts embedded."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO
from typing import Any

from assistant.exports.blocks import INKS, Block, Grid, GridCell, Heading, Line, Page, Pairs, ground
from assistant.exports.fonts import Fonts, load_fonts
from assistant.exports.pdf_rows import pieces
from assistant.exports.words import legal

_MM = 72 / 25.4
_WIDTH_MM = 267
_WIDTH = _WIDTH_MM * _MM
_LEFT = 15 * _MM - 6  # reportlab keeps 6 points inside its frames
_SIZES = {"heading": 10.5, "small": 6.8, "place": 6.8, "human": 6.8}
_BOLD = {"heading", "strong", "disclosed", "partly", "missing"}


def pdf_bytes(page: Page, made: datetime) -> bytes:
    """The document. made: goes into its properties."""
    fonts = load_fonts()
    # The first run counts the pages, for "Page 1 of 7".
    _, total = _built(page, fonts, made, 0)
    content, _ = _built(page, load_fonts(), made, total)
    return content


def _built(page: Page, fonts: Fonts, made: datetime, total: int) -> tuple[bytes, int]:
    from reportlab.lib.pagesizes import A4, landscape
    from reportlab.platypus import SimpleDocTemplate

    buffer = BytesIO()
    document = SimpleDocTemplate(
        buffer, pagesize=landscape(A4), leftMargin=_LEFT, rightMargin=_LEFT,
        topMargin=17 * _MM, bottomMargin=16 * _MM, title=legal(page.running),
        author="", subject="", creator="prior-art", invariant=1, initialFontName=fonts.first,
    )  # fmt: skip

    def around(canvas: Any, _: Any) -> None:
        _date(canvas, made)
        _draw(canvas, fonts, page.running, (198, 0))
        _draw(canvas, fonts, page.foot, (8, 0))
        _draw(canvas, fonts, f"Page {canvas.getPageNumber()} of {total}", (8, 2))

    story = [part for block in page.blocks for part in _flowables(block, fonts)]
    story.insert(0, _paragraph(Line(page.title, "title"), fonts))
    for notice in fonts.notices():
        story.append(_paragraph(Line(notice, "small"), fonts))
    document.build(story, onFirstPage=around, onLaterPages=around)
    return buffer.getvalue(), document.page


def _date(canvas: Any, made: datetime) -> None:
    """Date the file by the export's own time: reportlab offers only now, or the year 2000."""
    stamp = canvas._doc._timeStamp
    stamp.t, stamp.lt, stamp.YMDhms = made.timestamp(), made.timetuple(), made.timetuple()[:6]


def _draw(canvas: Any, fonts: Fonts, text: str, place: tuple[float, int]) -> None:
    """A line above or below the page's text. place: mm from the bottom; 0 for left, 2 for right."""
    paragraph = _paragraph(Line(text, "small"), fonts, align=place[1])
    paragraph.wrap(_WIDTH, 20 * _MM)
    paragraph.drawOn(canvas, 15 * _MM, place[0] * _MM)


def _paragraph(line: Line, fonts: Fonts, align: int = 0) -> Any:
    from reportlab.lib.colors import HexColor
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.platypus import Paragraph

    bold = line.look in _BOLD or line.look == "title"
    size = 15 if line.look == "title" else _SIZES.get(line.look, 7.6)
    style = ParagraphStyle(
        line.look, fontName=fonts.bold if bold else fonts.first, fontSize=size, leading=size * 1.3,
        spaceAfter=6 if line.look in ("title", "heading") else 2, alignment=align,
        spaceBefore=9 if line.look == "heading" else 0,
        textColor=HexColor(f"#{INKS.get(line.look, '000000')}"),
    )  # fmt: skip
    return Paragraph(fonts.markup(line.text, bold), style)


def _flowables(block: Block, fonts: Fonts) -> list[Any]:
    from reportlab.platypus import CondPageBreak

    if isinstance(block, Heading):
        # Not keepWithNext, which would move a whole table to the next page.
        return [CondPageBreak(45 * _MM), _paragraph(Line(block.text, "heading"), fonts)]
    if isinstance(block, Line):
        return [_paragraph(block, fonts)]
    if isinstance(block, Pairs):
        rows = tuple(((Line(name, "strong"),), (Line(value),)) for name, value in block.rows)
        return [_table(Grid((), (0.18, 0.82), rows), fonts)]
    return [_table(block, fonts)]


def _table(grid: Grid, fonts: Fonts) -> Any:
    from reportlab.platypus import Table

    head = [tuple((Line(name, "strong"),) for name in grid.head)] if grid.head else []
    widths = tuple(_WIDTH_MM * share for share in grid.widths)
    rows: list[tuple[GridCell, ...]] = [*head]
    grounds: list[list[str | None]] = [[] for _ in head]
    for row in grid.rows:
        for piece in pieces(row, widths):
            rows.append(piece)
            grounds.append([ground(cell) for cell in row])
    cells = [[[_paragraph(line, fonts) for line in cell] for cell in row] for row in rows]
    looks = [*_looks(bool(head)), ("FONTNAME", (0, 0), (-1, -1), fonts.first), *_grounds(grounds)]
    return Table(
        cells, [width * _MM for width in widths], repeatRows=len(head), spaceAfter=6, style=looks
    )


def _looks(ruled: bool) -> list[tuple[Any, ...]]:
    """Lines and paddings, in reportlab's own commands: (name, from, to, value ...)."""
    from reportlab.lib.colors import HexColor

    everything = (0, 0), (-1, -1)
    paddings = {"TOP": 2.5, "BOTTOM": 2.5, "LEFT": 4, "RIGHT": 4}
    looks: list[tuple[Any, ...]] = [
        (f"{side}PADDING", *everything, size if ruled else 0) for side, size in paddings.items()
    ]
    looks.append(("VALIGN", *everything, "TOP"))
    if ruled:
        looks.append(("GRID", *everything, 0.4, HexColor("#9A9A9A")))
        looks.append(("BACKGROUND", (0, 0), (-1, 0), HexColor("#E4E8EE")))
    return looks


def _grounds(grounds: list[list[str | None]]) -> list[tuple[Any, ...]]:
    """The colours behind cells, likewise."""
    from reportlab.lib.colors import HexColor

    return [
        ("BACKGROUND", (across, down), (across, down), HexColor(f"#{colour}"))
        for down, row in enumerate(grounds)
        for across, colour in enumerate(row)
        if colour
    ]
