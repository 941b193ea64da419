"""What all pictures share: heading, notes, legend, an axis of counts."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.pictures.fonts import shortened, visible, width, wrapped
from assistant.pictures.records import Box, Line, Mark, Picture, Shape, Value, Words

MARGIN = 24.0
WIDTH = 960.0
_TITLE, _TEXT, _NOTE = 18.0, 13.0, 12.0


class Sheet:
    """A picture while it is laid out. top: where what comes below the heading begins."""

    def __init__(self, kind: str, title: str, subtitle: str, wide: float = WIDTH) -> None:
        self.kind = kind
        self.title = visible(title)
        self.wide = wide
        self._marks: list[Mark] = []
        self.top = MARGIN + 16
        room = wide - 2 * MARGIN
        shown = shortened(self.title, room, _TITLE, True)
        self.draw(Words(MARGIN, self.top, shown, _TITLE, "ink", bold=True))
        for line in wrapped(visible(subtitle), room, _TEXT, 3):
            self.top += 20
            self.draw(Words(MARGIN, self.top, line, _TEXT, "muted"))
        self.top += 22

    def draw(
        self,
        *shapes: Shape,
        documents: Sequence[str] = (),
        label: str = "",
        passage_id: str | None = None,
    ) -> None:
        """Add a mark; what is drawn later lies over it."""
        self._marks.append(Mark(shapes, tuple(documents), visible(label), passage_id))

    def axis_of_counts(self, plot: Box, most: int, title: str, upright: bool = True) -> float:
        """Grid lines with their numbers and the axis's title; pixels for one document."""
        step = step_of(most)
        length = plot.height if upright else plot.width
        scale = length / (step * -(-max(most, 1) // step))
        for value in range(0, int(length / scale + 1.5), step):
            if upright:
                y = plot.y + plot.height - value * scale
                self.draw(Line(plot.x, y, plot.x + plot.width, y, "line"))
                self.draw(Words(plot.x - 8, y + 4, f"{value:,}", 12, "muted", "end"))
            else:
                x = plot.x + value * scale
                self.draw(Line(x, plot.y, x, plot.y + plot.height, "line"))
                y = plot.y + plot.height + 18
                self.draw(Words(x, y, f"{value:,}", 12, "muted", "middle"))
        if upright:
            x, y = MARGIN + 8, plot.y + plot.height / 2
            self.draw(Words(x, y, title, 12, "muted", "middle", turned=90))
        else:
            x, y = plot.x + plot.width / 2, plot.y + plot.height + 38
            self.draw(Words(x, y, title, 12, "muted", "middle"))
        return scale

    def empty(self, columns: tuple[str, ...], text: str, notes: Sequence[str] = ()) -> Picture:
        """The picture of nothing, which says so."""
        self.draw(Words(MARGIN, self.top + 24, text, 14, "ink"))
        return self.picture(self.top + 48, columns, (), notes)

    def picture(
        self,
        bottom: float,
        columns: tuple[str, ...],
        rows: Sequence[tuple[Value, ...]],
        notes: Sequence[str] = (),
    ) -> Picture:
        """The finished picture. bottom: where the notes may begin."""
        y = bottom + 6
        for note in notes:
            for line in wrapped(visible(note), self.wide - 2 * MARGIN, _NOTE):
                y += 17
                self.draw(Words(MARGIN, y, line, _NOTE, "muted"))
            y += 3
        return Picture(
            self.kind, self.title, columns, tuple(rows), tuple(self._marks),
            self.wide, round(y + MARGIN), tuple(visible(note) for note in notes),
        )  # fmt: skip


def step_of(most: int, lines: int = 6) -> int:
    """The least of 1, 2, 5, 10, 20 ... that needs no more than so many steps.

    >>> step_of(3), step_of(17), step_of(1161)
    (1, 5, 200)
    """
    step, factors = 1, (2, 2.5, 2)
    place = 0
    while most > step * lines:
        step = int(step * factors[place % 3])
        place += 1
    return step


def counted(count: int, noun: str = "document") -> str:
    """A number with its noun.

    >>> counted(1), counted(1161)
    ('1 document', '1,161 documents')
    """
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def widest(texts: Sequence[str], size: float = 12.0) -> float:
    """Pixels that the longest of some lines takes; 0 for none."""
    return max((width(text, size) for text in texts), default=0.0)
