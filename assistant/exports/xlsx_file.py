"""Writes tables as the sheets of a workbook. No cell is ever a formula."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import datetime
from io import BytesIO
from typing import Any

from rich.cells import cell_len

from assistant.exports.blocks import GROUNDS
from assistant.exports.tables import Table, Toned, Value, looks_like_formula
from assistant.exports.words import legal

# Excel's own limits, in characters and in points.
_LONGEST_CELL = 32_767
_HIGHEST_ROW = 409.0
# A sheet with more characters in a row is printed on several pages side by side.
_WIDEST_PAGE = 330


def xlsx_bytes(tables: tuple[Table, ...], title: str, running: str, made: datetime) -> bytes:
    """The workbook. running: stands at the top of every printed page."""
    # XlsxWriter and not openpyxl: it writes text as text without looking into it, marks it so that
    # editing a cell does not make a formula of it, and takes the time from its caller.
    import xlsxwriter

    buffer = BytesIO()
    workbook = xlsxwriter.Workbook(buffer, {"in_memory": True, "nan_inf_to_errors": True})
    workbook.set_properties({"title": legal(title), "created": made.replace(tzinfo=None)})
    formats = _Formats(workbook)
    for table in tables:
        sheet = workbook.add_worksheet(table.name)
        _fill(sheet, table, formats)
        _page_setup(sheet, table, running)
    workbook.close()
    return buffer.getvalue()


class _Formats:
    """The cell formats of one workbook, each made once."""

    def __init__(self, workbook: Any) -> None:
        self._workbook = workbook
        self._made: dict[tuple[str, bool, str], Any] = {}
        self.head = workbook.add_format(
            {"bold": True, "text_wrap": True, "valign": "top", "bg_color": "#1F3A5F",
             "font_color": "#FFFFFF", "border": 1, "border_color": "#B5B5B5"}
        )  # fmt: skip

    def of(self, tone: str, quoted: bool = False, number: str = "General") -> Any:
        """tone: of a Toned value, "" for none. quoted: for text that looks like a formula."""
        if (tone, quoted, number) not in self._made:
            wanted: dict[str, Any] = {
                "text_wrap": True, "valign": "top", "border": 1, "border_color": "#B5B5B5",
                "num_format": number,
            }  # fmt: skip
            if tone in GROUNDS:
                wanted["bg_color"] = f"#{GROUNDS[tone]}"
            made = self._workbook.add_format(wanted)
            if quoted:
                made.set_quote_prefix()
            self._made[tone, quoted, number] = made
        return self._made[tone, quoted, number]


def _fill(sheet: Any, table: Table, formats: _Formats) -> None:
    for column, (name, width) in enumerate(zip(table.head, table.widths, strict=True)):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, _cut(legal(name)), formats.head)
    sheet.set_row(0, _height(table.head, table.widths))
    for place, row in enumerate(table.rows, start=1):
        for column, value in enumerate(row):
            _write(sheet, (place, column), value, formats)
        # LibreOffice does not fit the height of rows that have none.
        sheet.set_row(place, _height(row, table.widths))


def _write(sheet: Any, place: tuple[int, int], value: Value | Toned, formats: _Formats) -> None:
    tone = value.tone if isinstance(value, Toned) else ""
    plain = value.text if isinstance(value, Toned) else value
    if plain is None or plain == "":
        sheet.write_blank(*place, None, formats.of(tone))
    elif isinstance(plain, str):
        text = _cut(legal(plain))
        sheet.write_string(*place, text, formats.of(tone, looks_like_formula(text)))
    elif math.isfinite(plain):
        number = "0.000" if isinstance(plain, float) else "General"
        sheet.write_number(*place, plain, formats.of(tone, number=number))
    else:
        sheet.write_string(*place, str(plain), formats.of(tone))


def _height(row: Sequence[Value | Toned], widths: tuple[int, ...]) -> float:
    """Points that a row needs, at most what a row may have."""
    lines = 1
    for value, width in zip(row, widths, strict=True):
        text = value.text if isinstance(value, Toned) else str(value if value is not None else "")
        # Lines break between words, so that they are not filled; letters may be two wide.
        room = max(width * 0.9 - 1, 1)
        lines = max(lines, sum(math.ceil(max(cell_len(p), 1) / room) for p in text.split("\n")))
    return min(15.0 * lines, _HIGHEST_ROW)


def _cut(text: str) -> str:
    """At most as long as a cell may be; a cut is said where it is."""
    if len(text) <= _LONGEST_CELL:
        return text
    kept = _LONGEST_CELL - 60
    return f"{text[:kept]} [cut here: {len(text) - kept} more characters]"


def _page_setup(sheet: Any, table: Table, running: str) -> None:
    sheet.freeze_panes(1, table.frozen)
    if table.rows and table.name != "About":
        sheet.autofilter(0, 0, len(table.rows), len(table.head) - 1)
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    if sum(table.widths) <= _WIDEST_PAGE:
        sheet.fit_to_pages(1, 0)
    else:
        sheet.set_print_scale(60)
    sheet.repeat_rows(0)
    # "&" begins a code in headers; 255 characters are all that they hold.
    sheet.set_header(f"&L&8{legal(running).replace('&', '&&')[:200]}")
    sheet.set_footer("&R&8Page &P of &N")
