"""Writes a page of blocks as DOCX: landscape, repeated table heads, page numbers."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO
from typing import Any

from assistant.exports.blocks import (
    INKS,
    Block,
    Grid,
    GridCell,
    Heading,
    Line,
    Page,
    Pairs,
    ground,
    length,
)
from assistant.exports.files import restamped
from assistant.exports.words import legal

# Word on a page of its own: A4 landscape with 15 mm at the sides.
_WIDTH_MM = 267
# A row with more characters in one cell may be split between pages; others stay whole.
_SPLIT_OVER = 1500
_BOLD = {"strong", "disclosed", "partly", "missing"}


def docx_bytes(page: Page, made: datetime) -> bytes:
    """The document. made: goes into its properties and dates its members."""
    import docx

    document = docx.Document()
    _properties(document, page, made)
    _styles(document)
    _section(document, page)
    title = document.add_paragraph(legal(page.title), style="Title")
    title.paragraph_format.space_after = _points(6)
    for block in page.blocks:
        _add(document, block)
    buffer = BytesIO()
    document.save(buffer)
    return restamped(buffer.getvalue(), made)


def _properties(document: Any, page: Page, made: datetime) -> None:
    core = document.core_properties
    core.author = core.last_modified_by = core.comments = core.keywords = core.category = ""
    core.title = legal(page.running)[:250]
    core.created = core.modified = made.replace(tzinfo=None)
    core.revision = 1


def _points(size: float) -> Any:
    from docx.shared import Pt

    return Pt(size)


def _styles(document: Any) -> None:
    from docx.shared import RGBColor

    for name, size in (("Normal", 9), ("Title", 18), ("Heading 1", 11.5)):
        style = document.styles[name]
        style.font.name, style.font.size = "Arial", _points(size)
        style.font.color.rgb = RGBColor(0, 0, 0)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(_name(f"w:{theme}"), None)
        fonts.set(_name("w:cs"), "Arial")
    border = document.styles["Title"].element.pPr.find(_name("w:pBdr"))
    if border is not None:
        border.getparent().remove(border)
    document.styles["Title"].font.bold = True
    document.styles["Normal"].paragraph_format.space_after = _points(3)
    document.styles["Heading 1"].paragraph_format.space_before = _points(10)
    document.styles["Heading 1"].paragraph_format.keep_with_next = True


def _name(tag: str) -> str:
    from docx.oxml.ns import qn

    return str(qn(tag))


def _section(document: Any, page: Page) -> None:
    from docx.enum.section import WD_ORIENT
    from docx.shared import Mm

    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    section.left_margin = section.right_margin = Mm(15)
    section.top_margin = section.bottom_margin = Mm(17)
    section.header_distance = section.footer_distance = Mm(8)
    _run(section.header.paragraphs[0], page.running, "small")
    foot = section.footer.paragraphs[0]
    foot.paragraph_format.tab_stops.clear_all()
    # The header's and footer's styles bring tab stops for a portrait page.
    foot.style = section.header.paragraphs[0].style = document.styles["Normal"]
    foot.paragraph_format.tab_stops.add_tab_stop(Mm(_WIDTH_MM), 2)
    _run(foot, f"{page.foot}\tPage ", "small")
    _field(foot, "PAGE")
    _run(foot, " of ", "small")
    _field(foot, "NUMPAGES")


def _field(paragraph: Any, code: str) -> None:
    """A number that the word processor fills in."""
    from docx.oxml import OxmlElement

    field = OxmlElement("w:fldSimple")
    field.set(_name("w:instr"), code)
    run = _run(paragraph, "1", "small")
    field.append(run._r)
    paragraph._p.append(field)


def _run(paragraph: Any, text: str, look: str) -> Any:
    from docx.shared import RGBColor

    run = paragraph.add_run(legal(text))
    run.bold = True if look in _BOLD else None
    run.italic = True if look == "human" else None
    if look in ("small", "place", "human"):
        run.font.size = _points(8)
    if look in INKS:
        run.font.color.rgb = RGBColor.from_string(INKS[look])
    return run


def _add(document: Any, block: Block) -> None:
    if isinstance(block, Heading):
        document.add_paragraph(legal(block.text), style="Heading 1")
    elif isinstance(block, Line):
        _run(document.add_paragraph(), block.text, block.look)
    elif isinstance(block, Pairs):
        rows = tuple(((Line(name, "strong"),), (Line(value),)) for name, value in block.rows)
        _grid(document, Grid((), (0.18, 0.82), rows))
        document.add_paragraph().paragraph_format.space_after = _points(0)
    else:
        _grid(document, block)


def _grid(document: Any, grid: Grid) -> None:
    from docx.shared import Mm

    table = document.add_table(rows=0, cols=len(grid.widths))
    table.style = "Table Grid" if grid.head else "Normal Table"
    table.autofit = False
    _padding(table, bool(grid.head))
    widths = [Mm(_WIDTH_MM * share) for share in grid.widths]
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    if grid.head:
        head = tuple((Line(name, "strong"),) for name in grid.head)
        _row(table, head, widths, "E4E8EE")
        _flag(table.rows[0], "w:tblHeader")
    for row in grid.rows:
        _row(table, row, widths)
        if length(row) <= _SPLIT_OVER:
            _flag(table.rows[-1], "w:cantSplit")


def _padding(table: Any, ruled: bool) -> None:
    """Room inside the cells, in twentieths of a point, and the table's edge where the text's is."""
    from docx.oxml import OxmlElement

    inside = OxmlElement("w:tblCellMar")
    across = 108 if ruled else 0
    for side, size in (
        ("top", 40 * ruled),
        ("left", across),
        ("bottom", 20 * ruled),
        ("right", 108),
    ):
        inside.append(_sized(f"w:{side}", size))
    # The order is the schema's: tblInd after tblW, tblCellMar after tblLayout.
    properties = table._tbl.tblPr
    properties.find(_name("w:tblW")).addnext(_sized("w:tblInd", across))
    properties.find(_name("w:tblLayout")).addnext(inside)


def _sized(tag: str, size: int) -> Any:
    from docx.oxml import OxmlElement

    element = OxmlElement(tag)
    element.set(_name("w:w"), str(size))
    element.set(_name("w:type"), "dxa")
    return element


def _row(
    table: Any, cells: tuple[GridCell, ...], widths: list[Any], shade: str | None = None
) -> None:
    # The row's cells are asked for once: python-docx walks the whole table for each single one.
    for place, (target, cell) in enumerate(zip(table.add_row().cells, cells, strict=True)):
        target.width = widths[place]
        colour = shade or ground(cell)
        if colour:
            _shade(target, colour)
        for number, line in enumerate(cell):
            paragraph = target.paragraphs[0] if number == 0 else target.add_paragraph()
            paragraph.paragraph_format.space_after = _points(2)
            _run(paragraph, line.text, line.look)


def _shade(cell: Any, colour: str) -> None:
    from docx.oxml import OxmlElement

    shading = OxmlElement("w:shd")
    for key, value in (("val", "clear"), ("color", "auto"), ("fill", colour)):
        shading.set(_name(f"w:{key}"), value)
    cell._tc.get_or_add_tcPr().append(shading)


def _flag(row: Any, tag: str) -> None:
    from docx.oxml import OxmlElement

    row._tr.get_or_add_trPr().append(OxmlElement(tag))
