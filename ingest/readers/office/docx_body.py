"""The body of a Word document as blocks, read from its XML (ECMA-376 part 1, chapter 17).

Read: text under revision as accepted, text boxes, notes (below the paragraph that refers to
them), equations. Not read: comments, page headers and footers, which repeat on every page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from lxml import etree

from ingest.readers.office.blocks import Block
from ingest.readers.office.docx_math import MATH, math_text
from ingest.text import one_line

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"


def _w(name: str) -> str:
    return f"{{{W}}}{name}"


_PARAGRAPH, _TABLE, _RUN, _ROW, _CELL = _w("p"), _w("tbl"), _w("r"), _w("tr"), _w("tc")
_EQUATION = f"{{{MATH}}}oMath"
_BLANKS = {_w("tab"): "\t", _w("br"): "\n", _w("cr"): "\n", _w("noBreakHyphen"): "-"}
_NOTE_REFERENCES = {_w("footnoteReference"): "footnote", _w("endnoteReference"): "endnote"}
# What a revision took away, and second renderings of what stands beside them.
_NOT_READ = {
    _w("pPr"),
    _w("del"),
    _w("moveFrom"),
    f"{_MC}Fallback",
    _w("tblPr"),
    _w("sdtPr"),
    _w("rt"),
}
_HEADING = re.compile(r"^heading (\d)$", re.IGNORECASE)
_DEEPEST_STYLE = 20


@dataclass(frozen=True)
class Style:
    """What of a paragraph style matters. level: outline level, 1 is the outermost."""

    name: str = ""
    level: int | None = None
    listed: bool = False


@dataclass(frozen=True)
class WordParts:
    """What the body refers to. notes: ("footnote" or "endnote", id) -> text."""

    styles: Mapping[str, Style] = field(default_factory=dict)
    notes: Mapping[tuple[str, str], str] = field(default_factory=dict)


def read_styles(root: etree._Element) -> dict[str, Style]:
    """Paragraph styles by id; what a style does not say is as in the one it is based on."""
    elements = {e.get(_w("styleId")) or "": e for e in root.iterfind(_w("style"))}
    return {name: _style(name, elements, 0) for name in elements}


def _style(name: str, elements: Mapping[str, etree._Element], depth: int) -> Style:
    element = elements.get(name)
    if element is None or depth > _DEEPEST_STYLE:
        return Style()
    base = _style(_value(element, "basedOn") or "", elements, depth + 1)
    title = _value(element, "name") or ""
    heading = _HEADING.match(title)
    outline = _value(element, "pPr", "outlineLvl")
    level = base.level
    if heading or title == "Title":
        level = int(heading[1]) if heading else 1
    elif outline and outline.isdigit():
        level = int(outline) + 1 if int(outline) < 9 else None
    listed = element.find(f"{_w('pPr')}/{_w('numPr')}") is not None or base.listed
    return Style(title, level, listed)


def read_notes(root: etree._Element, kind: str) -> dict[tuple[str, str], str]:
    """Texts of footnotes or endnotes; kind: "footnote" or "endnote"."""
    notes = {}
    for note in root.iterfind(_w(kind)):
        if note.get(_w("type")) in (None, "normal"):  # the others are rules between the columns
            text = " ".join(_text(p) for p in outermost(note, _PARAGRAPH))
            notes[kind, note.get(_w("id")) or ""] = one_line(text)
    return notes


def word_blocks(body: etree._Element, parts: WordParts) -> Iterator[Block]:
    """Headings, paragraphs, tables and notes of a body, in the order of the page."""
    for element in outermost(body, _PARAGRAPH, _TABLE):
        if element.tag == _TABLE:
            rows, headers = _rows(element)
            yield Block(rows=rows, headers=headers)
        else:
            yield _paragraph(element, parts.styles)
        for reference in element.iter(*_NOTE_REFERENCES):
            kind = _NOTE_REFERENCES[str(reference.tag)]
            text = parts.notes.get((kind, reference.get(_w("id")) or ""))
            if text:
                yield Block(f"[{kind}] {text}")


def plain_lines(root: etree._Element) -> list[str]:
    """Texts of all paragraphs, for parts that are looked at but not written."""
    return [_text(paragraph) for paragraph in outermost(root, _PARAGRAPH)]


def outermost(element: etree._Element, *tags: str) -> Iterator[etree._Element]:
    """The descendants with these tags, but none inside another."""
    for child in element:
        if child.tag in tags:
            yield child
        elif child.tag not in _NOT_READ:
            yield from outermost(child, *tags)


def _paragraph(element: etree._Element, styles: Mapping[str, Style]) -> Block:
    style = styles.get(_value(element, "pPr", "pStyle") or "", Style())
    own = _value(element, "pPr", "outlineLvl")
    level = int(own) + 1 if own and own.isdigit() and int(own) < 9 else style.level
    text = _text(element)
    if level is not None and text.strip():
        return Block(text, level)
    number = _value(element, "pPr", "numPr", "numId")
    listed = number != "0" if number else style.listed
    return Block(f"- {text.lstrip()}" if listed and text.strip() else text)


def _text(paragraph: etree._Element) -> str:
    """All text, that of text boxes, equations and of insertions under revision included."""
    parts: list[str] = []
    for element in outermost(paragraph, _RUN, _PARAGRAPH, _EQUATION):
        if element.tag == _PARAGRAPH:
            parts.append(f"\n{_text(element)}\n")
        elif element.tag == _EQUATION:
            parts.append(math_text(element))
        else:
            parts.append(_run(element, "".join(parts[-1:])))
    return "".join(parts)


def _run(run: etree._Element, before: str) -> str:
    """A superscript after a digit is marked, so that 10 to the third does not become 103."""
    parts: list[str] = []
    for element in outermost(run, _w("t"), _PARAGRAPH, _EQUATION, _w("sym"), *_BLANKS):
        if element.tag == _PARAGRAPH:
            parts.append(f"\n{_text(element)}\n")
        elif element.tag == _EQUATION:
            parts.append(math_text(element))
        elif element.tag == _w("sym"):
            parts.append(_symbol(element))
        else:
            parts.append(_BLANKS.get(str(element.tag)) or element.text or "")
    text = "".join(parts)
    raised = _value(run, "rPr", "vertAlign") == "superscript"
    return f"^{text}" if raised and text.strip() and before[-1:].isdigit() else text


def _symbol(element: etree._Element) -> str:
    """A character of the font Symbol, as far as measurements use it."""
    try:
        code = int(element.get(_w("char")) or "", 16) & 0xFF
    except ValueError:
        return ""
    if (element.get(_w("font")) or "").lower() != "symbol":
        return ""
    return _SYMBOLS.get(code, chr(code) if 0x20 <= code < 0x40 else "")


# Adobe's encoding of the font Symbol.
_GREEK = dict(zip(range(0x61, 0x7B), "αβχδεφγηιϕκλμνοπθρστυϖωξψζ", strict=True))
_CAPITALS = dict(zip(range(0x41, 0x5B), "ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ", strict=True))
_SIGNS = {0xA3: "≤", 0xA5: "∞", 0xAE: "→", 0xB0: "°", 0xB1: "±", 0xB3: "≥", 0xB4: "×"}
_SIGNS |= {0xB5: "∝", 0xB7: "·", 0xB9: "≠", 0xBB: "≈", 0xD6: "√", 0xE5: "∑", 0xF2: "∫"}
_SYMBOLS = _GREEK | _CAPITALS | _SIGNS


def _rows(table: etree._Element) -> tuple[tuple[tuple[str, ...], ...], int]:
    """Cells, and the number of header rows; a nested table is part of its cell."""
    rows: list[tuple[str, ...]] = []
    headers = 0
    for row in outermost(table, _ROW):
        if row.find(f"{_w('trPr')}/{_w('del')}") is not None:
            continue
        marked = row.find(f"{_w('trPr')}/{_w('tblHeader')}")
        on = marked is not None and marked.get(_w("val")) not in ("0", "false")
        if on and headers == len(rows):
            headers += 1
        rows.append(tuple(_cells(row, rows[-1] if rows else (), headers > len(rows))))
    return tuple(rows), headers


def _cells(row: etree._Element, above: tuple[str, ...], header: bool) -> Iterator[str]:
    """Cells of a row; one that goes on from above has its text, since a row may stand alone."""
    column = _count(row, "trPr", "gridBefore", least=0)
    yield from [""] * column
    for cell in outermost(row, _CELL):
        text = one_line(" ".join(_text(p) for p in outermost(cell, _PARAGRAPH)))
        merge = cell.find(f"{_w('tcPr')}/{_w('vMerge')}")
        if merge is not None and merge.get(_w("val")) != "restart" and column < len(above):
            text = text or above[column]
        width = _count(cell, "tcPr", "gridSpan", least=1)
        yield text
        # A header over several columns names each of them.
        yield from [text if header else ""] * (width - 1)
        column += width


def _count(element: etree._Element, *path: str, least: int) -> int:
    value = _value(element, *path) or ""
    return min(max(int(value), least), 1000) if value.isdecimal() else least


def _value(element: etree._Element, *path: str) -> str | None:
    """The w:val of the element at a path below another."""
    found = element.find("/".join(_w(name) for name in path))
    return None if found is None else found.get(_w("val"))
