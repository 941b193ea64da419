"""Tables as text: Markdown, in groups of rows that each carry caption and header.

A search finds single rows of large tables, and a row without the names of its columns says
nothing; so they are written again above every group.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ingest.text import one_line

# Numbers cost encoders a token for every two characters; a group should be one passage.
_GROUP_CHARS = 420
_MARKDOWN_ROW = re.compile(r"^\s*\|.*\|\s*$")
_RULE = re.compile(r"^[\s|:\-]+$")


def row_groups(
    header: Sequence[str], rows: Sequence[Sequence[str]], caption: str = ""
) -> Iterator[str]:
    r"""The table in pieces of about 420 characters, at least one row each.

    Where the header alone would fill a piece, each row is written as `column: value; ...`.

    >>> list(row_groups(["Cell", "Ah"], [["A1", "5.1"]], "Table 1. Cells"))
    ['Table 1. Cells\n| Cell | Ah |\n| --- | --- |\n| A1 | 5.1 |']
    """
    names = [cell_text(name) for name in header]
    body = [[cell_text(cell) for cell in row] for row in rows]
    lines = [one_line(caption)] if caption.strip() else []
    if sum(map(len, names)) > _GROUP_CHARS // 2:
        written = [_named(names, row) for row in body]
    else:
        written = [_row(row) for row in body]
        if any(names):
            lines += [_row(names), "| " + " | ".join("---" for _ in names) + " |"]
    written = [line for line in written if line.strip(" |")]
    if not written and any(names):
        written = [_row(names)] if _row(names) not in lines else [""]
    above = "\n".join(lines)
    group: list[str] = []
    for line in written:
        if group and len(above) + sum(map(len, group)) + len(line) > _GROUP_CHARS:
            yield "\n".join([*lines, *group])
            group = []
        group.append(line)
    if group:
        yield "\n".join([*lines, *group]).strip()


def cell_text(cell: str) -> str:
    r"""A cell on one line, with bars that cannot be taken for its borders.

    >>> cell_text(" a\n b|c ")
    'a b/c'
    """
    return one_line(cell).replace("|", "/")


def table_rows(lines: Sequence[str]) -> list[list[str]] | None:
    """The cells of a Markdown table's lines, without the rule below the header.

    None where a line is none of a table.

    >>> table_rows(["| a | b |", "|---|---|", "| 1 | 2 |"])
    [['a', 'b'], ['1', '2']]
    """
    if not lines or not all(_MARKDOWN_ROW.match(line) for line in lines):
        return None
    kept = [line for line in lines if not _RULE.match(line)]
    return [[cell.strip() for cell in line.strip().strip("|").split("|")] for line in kept]


def _row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def _named(names: Sequence[str], row: Sequence[str]) -> str:
    """`column: value` of every filled cell; a cell beyond the header stands alone."""
    pairs = []
    for at, cell in enumerate(row):
        name = names[at] if at < len(names) else ""
        if cell:
            pairs.append(f"{name}: {cell}" if name else cell)
    return "; ".join(pairs)
