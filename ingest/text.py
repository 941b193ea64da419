"""White space and characters: text as every store can hold it and every reader writes it."""

from __future__ import annotations

import re

_BLANKS = re.compile(r"[ \t\r\f\v\u00a0\u2007\u202f]+")
_NEWLINES = re.compile(r" *\n[ \n]*")


def clean(text: str) -> str:
    r"""Text that every store can hold: no NUL, no lone surrogates.

    >>> clean("a\x00b")
    'ab'
    """
    return text.replace("\x00", "").encode("utf-8", "replace").decode("utf-8")


def one_line(text: str) -> str:
    r"""Text with every run of white space made one space.

    >>> one_line(" a\n  b ")
    'a b'
    """
    return " ".join(clean(text).split())


def keep_lines(text: str) -> str:
    r"""Text with runs of blanks made one space and its line breaks kept.

    >>> keep_lines("a  b \n\n c")
    'a b\nc'
    """
    return _NEWLINES.sub("\n", _BLANKS.sub(" ", clean(text))).strip()
