"""A picture as PNG, drawn by matplotlib's Agg without any state of its own.

What no font of this machine can draw is named by its script and said below the picture.
"""

from __future__ import annotations

import io
import math
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from assistant.pictures.fonts import drawable, drawable_characters, families, visible
from assistant.pictures.palette import colours
from assistant.pictures.records import DOT_EDGE, Box, Dot, Line, Picture, Shape, Words

_DPI = 72  # a point is then a pixel of the picture
_NOTE = "Names in brackets stand for characters that no font here has; SVG and table show them."
_NOTE_HEIGHT = 22.0
_ALIGNED: dict[str, Any] = {"start": "left", "middle": "center", "end": "right"}
# matplotlib's Agg has no picture beyond 65,536 pixels on a side, and four bytes each must fit.
_LONGEST_SIDE, _MOST_PIXELS = 60_000, 60_000_000


def png(picture: Picture, theme: str = "light", scale: float = 2.0) -> bytes:
    """The PNG file. Raises ValueError for an unknown theme or a scale beyond 0.5 to 4."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    if not 0.5 <= scale <= 4:
        raise ValueError(f"the scale is {scale}; give 0.5 to 4")
    known = colours(theme)
    shapes, lacking = _drawable(picture)
    height = picture.height + (_NOTE_HEIGHT if lacking else 0)
    if lacking:
        shapes.append(Words(24, height - 14, _NOTE, 11, "muted"))
    scale = min(scale, _LONGEST_SIDE / max(picture.width, height))
    scale = min(scale, math.sqrt(_MOST_PIXELS / (picture.width * height)))
    figure = Figure(figsize=(picture.width / _DPI, height / _DPI), dpi=_DPI)
    FigureCanvasAgg(figure)
    figure.patch.set_facecolor(known["surface"])
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set_xlim(0, picture.width)
    axes.set_ylim(height, 0)
    axes.set_axis_off()
    for order, shape in enumerate(shapes):
        artist = _artist(shape, known)
        artist.set_zorder(order)
        axes.add_artist(artist)
    written = io.BytesIO()
    metadata: dict[str, Any] = {"Software": None, "Title": visible(picture.title)}
    figure.savefig(
        written, format="png", dpi=_DPI * scale, metadata=metadata, facecolor=known["surface"]
    )
    return written.getvalue()


def _drawable(picture: Picture) -> tuple[list[Shape], bool]:
    """All shapes with texts that can be drawn, and whether any had to be changed for it."""
    characters = drawable_characters()
    found: list[Shape] = []
    lacking = False
    for shape in (shape for mark in picture.drawn for shape in mark.shapes):
        if isinstance(shape, Words):
            text = visible(shape.text)
            shape = replace(shape, text=drawable(text, characters))
            lacking = lacking or shape.text != text
        found.append(shape)
    return found, lacking


def _artist(shape: Shape, known: Mapping[str, str]) -> Any:
    from matplotlib.lines import Line2D
    from matplotlib.patches import Circle, Rectangle
    from matplotlib.text import Text

    def paint(fill: str | None, edge: str | None, width: float) -> dict[str, Any]:
        ends = {"linewidth": width, "edgecolor": known[edge]} if edge else {"linewidth": 0}
        return {"facecolor": known[fill] if fill else "none", **ends}

    if isinstance(shape, Dot) and shape.square:
        shape = shape.as_box()
    if isinstance(shape, Box):
        painted = paint(shape.fill, shape.edge, shape.edge_width)
        at = (shape.x, shape.y)
        return Rectangle(at, shape.width, shape.height, alpha=shape.opacity, **painted)
    if isinstance(shape, Dot):
        painted = paint(shape.fill, shape.edge, DOT_EDGE)
        return Circle((shape.x, shape.y), shape.radius, **painted)
    if isinstance(shape, Line):
        colour = known[shape.colour]
        return Line2D(
            [shape.x1, shape.x2], [shape.y1, shape.y2], color=colour, linewidth=shape.width
        )
    return Text(
        shape.x, shape.y, shape.text,
        color=known[shape.colour],
        horizontalalignment=_ALIGNED[shape.anchor],
        verticalalignment="baseline",
        rotation=shape.turned, rotation_mode="anchor",
        fontfamily=list(families()), fontsize=shape.size,
        fontweight="bold" if shape.bold else "normal",
        parse_math=False, usetex=False,
    )  # fmt: skip
