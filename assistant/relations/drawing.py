"""Draw a citation graph as SVG: a column for each year, arrows from citing to cited documents.

Placing by date needs no layout library, and a reader sees at once what came first.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from xml.etree import ElementTree as Xml

from assistant.relations.records import CitationGraph, Node
from index.citations import CitationLink

_WIDTH, _HEIGHT = 168, 40  # of a node
_COLUMN, _ROW = 240, 72  # from one node to the next
_MARGIN, _TOP = 24, 104
# Of 12 px type: narrow letters, and capitals or other scripts.
_NARROW, _WIDE = 6.4, 9.0
_LEAST_WIDTH = 640  # the caption's
_UNDATED = "date unknown"
_ASKED, _OTHER, _INK, _EDGE = "#dbe9f9", "#ffffff", "#1f2933", "#7b8794"
# What XML 1.0 cannot hold, whatever way it is written.
_UNFIT = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True)
class _Place:
    """The upper left corner of a node, in pixels. column: 0-based."""

    x: int
    y: int
    column: int


def draw(graph: CitationGraph) -> str:
    """SVG of a graph.

    A node is an `<a>` with `data-open="document:<id>"`, as the web app's openers have it; its
    tooltip is the title. Text of documents is text of the drawing, never markup.
    """
    columns = _columns(graph)
    places = _places(columns, graph.links)
    caption = _caption(graph)
    deepest = max((len(nodes) for _, nodes in columns), default=0)
    width = max(2 * _MARGIN + _COLUMN * len(columns), _LEAST_WIDTH)
    height = _TOP + _ROW * deepest + _ROW // 2 + 2 * _MARGIN
    root = Xml.Element(
        "svg",
        {
            "xmlns": "http://www.w3.org/2000/svg",
            "viewBox": f"0 0 {width} {height}",
            "width": str(width),
            "height": str(height),
            "role": "group",
            "aria-label": caption,
            "font-family": "sans-serif",
            "font-size": "12",
        },
    )
    _arrow_head(root)
    for position, (year, _) in enumerate(columns):
        at = _MARGIN + position * _COLUMN + _WIDTH // 2
        _text(root, year, (at, _MARGIN), {"text-anchor": "middle", "fill": _EDGE})
    for link in graph.links:
        _edge(root, places[link.citing], places[link.cited])
    for node in graph.nodes:
        _node(root, node, places[node.document.id])
    _text(root, caption, (_MARGIN, height - _MARGIN // 2), {"fill": _EDGE})
    return Xml.tostring(root, encoding="unicode")


def _columns(graph: CitationGraph) -> list[tuple[str, list[Node]]]:
    """Years ascending, unknown ones last, each with its nodes, those asked for first."""
    by_year: dict[str, list[Node]] = {}
    for node in graph.nodes:
        facts = node.document
        day = facts.publication_date or facts.filing_date or facts.priority_date
        by_year.setdefault(day[:4] if day else _UNDATED, []).append(node)
    return sorted(by_year.items())  # digits come before letters


def _places(
    columns: Sequence[tuple[str, list[Node]]], links: Sequence[CitationLink]
) -> dict[str, _Place]:
    """Where each node stands; in its column near to the earlier nodes that it is linked to."""
    linked: dict[str, list[str]] = {}
    for link in links:
        linked.setdefault(link.citing, []).append(link.cited)
        linked.setdefault(link.cited, []).append(link.citing)
    rows: dict[str, int] = {}
    places = {}
    for column, (_, nodes) in enumerate(columns):
        wanted = {
            node.document.id: _mean(
                [rows[n] for n in linked.get(node.document.id, ()) if n in rows]
            )
            for node in nodes
        }
        nodes = sorted(nodes, key=lambda node: wanted[node.document.id])
        rows |= {node.document.id: row for row, node in enumerate(nodes)}
        for row, node in enumerate(nodes):
            # Every other column stands lower, so that edges pass between its nodes.
            x, y = _MARGIN + column * _COLUMN, _TOP + row * _ROW + column % 2 * _ROW // 2
            places[node.document.id] = _Place(x, y, column)
    return places


def _mean(rows: Sequence[int]) -> float:
    return sum(rows) / len(rows) if rows else 0.0


def _edge(parent: Xml.Element, citing: _Place, cited: _Place) -> None:
    span = abs(citing.column - cited.column)
    if span > 1:
        # Over the columns between, from the middle of one upper side to that of the other.
        lift = min(16 + 10 * span, _TOP - 32)
        x1, x2 = citing.x + _WIDTH // 2, cited.x + _WIDTH // 2
        y1, y2 = citing.y, cited.y
        bend1, bend2 = f"{x1},{y1 - lift}", f"{x2},{y2 - lift}"
    else:
        y1, y2 = citing.y + _HEIGHT // 2, cited.y + _HEIGHT // 2
        x1 = citing.x + (0 if citing.column > cited.column else _WIDTH)
        x2 = cited.x + (0 if cited.column > citing.column else _WIDTH)
        away = (_COLUMN - _WIDTH) // 2
        bend1 = f"{x1 + (away if x1 > citing.x else -away)},{y1}"
        bend2 = f"{x2 + (away if x2 > cited.x else -away)},{y2}"
    path = f"M{x1},{y1} C{bend1} {bend2} {x2},{y2}"
    Xml.SubElement(
        parent, "path", {"d": path, "fill": "none", "stroke": _EDGE, "marker-end": "url(#cites)"}
    )


def _node(parent: Xml.Element, node: Node, place: _Place) -> None:
    facts = node.document
    name = facts.number or facts.title or facts.id
    # Without an address the browser itself leaves the click and the key to the page.
    link = Xml.SubElement(
        parent,
        "a",
        {"data-open": _fit(f"document:{facts.id}"), "role": "button", "tabindex": "0",
         "aria-label": _fit(f"{name}: {facts.title}"), "cursor": "pointer"},
    )  # fmt: skip
    Xml.SubElement(link, "title").text = _fit(f"{name}: {facts.title}")
    Xml.SubElement(
        link,
        "rect",
        {"x": str(place.x), "y": str(place.y), "width": str(_WIDTH), "height": str(_HEIGHT),
         "rx": "4", "fill": _OTHER if node.distance else _ASKED, "stroke": _EDGE},
    )  # fmt: skip
    below = facts.title if facts.number else (facts.publication_date or "")
    _text(link, _short(name), (place.x + 8, place.y + 17), {"fill": _INK, "font-weight": "bold"})
    _text(link, _short(below), (place.x + 8, place.y + 32), {"fill": _INK})


def _arrow_head(parent: Xml.Element) -> None:
    marker = Xml.SubElement(
        Xml.SubElement(parent, "defs"),
        "marker",
        {"id": "cites", "viewBox": "0 0 8 8", "refX": "8", "refY": "4", "markerWidth": "8",
         "markerHeight": "8", "orient": "auto"},
    )  # fmt: skip
    Xml.SubElement(marker, "path", {"d": "M0,0 L8,4 L0,8 z", "fill": _EDGE})


def _text(parent: Xml.Element, text: str, at: tuple[int, int], style: dict[str, str]) -> None:
    element = Xml.SubElement(parent, "text", {"x": str(at[0]), "y": str(at[1]), **style})
    element.text = _fit(text)


def _caption(graph: CitationGraph) -> str:
    said = (
        f"{len(graph.nodes)} documents, {len(graph.links)} citations; arrows lead from the citing "
        "to the cited document"
    )
    if graph.left_out:
        said += f"; {graph.left_out} more next to these are not shown"
    return said


def _short(text: str) -> str:
    """As much of a text as a node has room for; a browser, not we, knows its exact width."""
    room, line = _WIDTH - 28.0, " ".join(text.split())
    for end, letter in enumerate(line):
        room -= _NARROW if letter.isascii() and not letter.isupper() else _WIDE
        if room < 0:
            return f"{line[:end]}…"
    return line


def _fit(text: str) -> str:
    return _UNFIT.sub("", text)
