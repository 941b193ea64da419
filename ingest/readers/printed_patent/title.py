"""Titles as front pages set them: over several lines, and right above a figure."""

from __future__ import annotations

import re
import unicodedata

from ingest.text import one_line

_FULL_TITLE_LINE = 60  # Latin letters; those of Japanese and Korean are twice as wide.
_CJK_BREAK = re.compile(
    r"(?<=[\u3040-\u30ff\u4e00-\u9fff])\s*\n\s*(?=[\u3040-\u30ff\u4e00-\u9fff])"
)


def joined_title(text: str) -> str:
    r"""A title's lines as one; Japanese and Chinese have no blanks between them.

    >>> joined_title("正極\n活物質"), joined_title("A\nCELL")
    ('正極活物質', 'A CELL')
    """
    return one_line(_CJK_BREAK.sub("", text)).strip("】 ")


def printed_title(lines: list[str]) -> str:
    """A title over the whole width of a page: below a line that is not full stands the figure.

    >>> printed_title(["CELL", "Fig. 1"])
    'CELL'
    """
    kept = lines[:1]
    for line in lines[1:]:
        width = sum(1 + (unicodedata.east_asian_width(c) in "WF") for c in kept[-1])
        if width < _FULL_TITLE_LINE:
            break
        kept.append(line)
    return joined_title("\n".join(kept))
