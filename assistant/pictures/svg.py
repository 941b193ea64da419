"""A picture as SVG: text stays text, nothing is loaded from anywhere, all of it is escaped.

Marks that stand for documents are groups with `data-open`, which the web page's script opens, a
tool tip and a name for screen readers. Every shape has its colour's name as class, so that a page
may recolour it.
"""

from __future__ import annotations

from collections.abc import Mapping
from xml.etree import ElementTree

from assistant.pictures.fonts import BASE_FONT, EAST_ASIAN, visible
from assistant.pictures.palette import colours
from assistant.pictures.records import DOT_EDGE, Box, Dot, Mark, Picture, Shape, Words

_NAMESPACE = "http://www.w3.org/2000/svg"  # a name, not an address: nothing is fetched from it
_FAMILIES = ("system-ui", "Segoe UI", "Noto Sans", BASE_FONT, *EAST_ASIAN)
_STYLE = ".pa-picture [data-open]{cursor:pointer}.pa-picture [data-open]:hover{opacity:.75}"


def svg(picture: Picture, theme: str = "light") -> str:
    """The SVG document of a picture; the same for the same picture on every machine."""
    known = colours(theme)
    size = {"width": _number(picture.width), "height": _number(picture.height)}
    root = ElementTree.Element(
        "svg",
        {
            "xmlns": _NAMESPACE,
            **size,
            "viewBox": f"0 0 {size['width']} {size['height']}",
            "class": "pa-picture",
            "role": "group",
            "aria-label": visible(picture.title),
            "font-family": ", ".join(f"'{name}'" for name in _FAMILIES) + ", sans-serif",
        },
    )
    ElementTree.SubElement(root, "title").text = visible(picture.title)
    ElementTree.SubElement(root, "style").text = _STYLE
    _add(root, Box(0, 0, picture.width, picture.height, "surface"), known)
    for position, mark in enumerate(picture.drawn):
        parent = _group(root, picture, position, mark) if mark.documents else root
        for shape in mark.shapes:
            _add(parent, shape, known)
    return ElementTree.tostring(root, encoding="unicode")


def _group(
    root: ElementTree.Element, picture: Picture, position: int, mark: Mark
) -> ElementTree.Element:
    """The group of a mark that can be opened."""
    label = visible(mark.label)
    attributes = {
        "data-open": visible(picture.reference(position) or ""),
        "role": "button",
        "aria-label": label,
    }
    # A thousand dots are no stops of the tabulator key; their regions' labels are.
    if len(mark.documents) > 1 or picture.kind != "map":
        attributes["tabindex"] = "0"
    if mark.passage_id:
        attributes["data-passage"] = visible(mark.passage_id)
    group = ElementTree.SubElement(root, "g", attributes)
    ElementTree.SubElement(group, "title").text = label
    return group


def _add(parent: ElementTree.Element, shape: Shape, known: Mapping[str, str]) -> None:
    if isinstance(shape, Dot) and shape.square:
        shape = shape.as_box()
    if isinstance(shape, Words):
        ElementTree.SubElement(parent, "text", _worded(shape, known)).text = visible(shape.text)
    elif isinstance(shape, Box):
        place = _numbers(x=shape.x, y=shape.y, width=shape.width, height=shape.height)
        if shape.opacity != 1:
            place["opacity"] = _number(shape.opacity)
        paint = _painted(shape.fill, shape.edge, shape.edge_width, known)
        ElementTree.SubElement(parent, "rect", place | paint)
    elif isinstance(shape, Dot):
        place = _numbers(cx=shape.x, cy=shape.y, r=shape.radius)
        paint = _painted(shape.fill, shape.edge, DOT_EDGE, known)
        ElementTree.SubElement(parent, "circle", place | paint)
    else:
        place = _numbers(x1=shape.x1, y1=shape.y1, x2=shape.x2, y2=shape.y2)
        paint = _painted(None, shape.colour, shape.width, known)
        ElementTree.SubElement(parent, "line", place | paint)


def _worded(words: Words, known: Mapping[str, str]) -> dict[str, str]:
    attributes = _numbers(x=words.x, y=words.y) | {
        "font-size": _number(words.size),
        "text-anchor": words.anchor,
        "fill": known[words.colour],
        "class": f"text-{words.colour}".replace(" ", "-"),
    }
    if words.bold:
        attributes["font-weight"] = "600"
    if words.turned:
        place = f"{_number(words.x)} {_number(words.y)}"
        attributes["transform"] = f"rotate({_number(-words.turned)} {place})"
    return attributes


def _painted(
    fill: str | None, edge: str | None, edge_width: float, known: Mapping[str, str]
) -> dict[str, str]:
    attributes = {"fill": known[fill] if fill else "none"}
    if edge:
        attributes |= {"stroke": known[edge], "stroke-width": _number(edge_width)}
    names = [f"fill-{fill}" if fill else "", f"edge-{edge}" if edge else ""]
    return {**attributes, "class": " ".join(name.replace(" ", "-") for name in names if name)}


def _numbers(**values: float) -> dict[str, str]:
    return {name: _number(value) for name, value in values.items()}


def _number(value: float) -> str:
    """At most two decimals, without a needless point.

    >>> _number(3.0), _number(2.345)
    ('3', '2.35')
    """
    return f"{value:.2f}".rstrip("0").rstrip(".")
