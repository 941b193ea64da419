"""Text without characters that nobody sees."""

from __future__ import annotations

import re

from ingest.text import clean

_UNSEEN = re.compile(
    "[\x01-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]"
)

# Patterns of claims look for what stands between blanks; in endless ones they look for minutes.
_LONGEST_GAP = 40
_ENDLESS = re.compile(rf"\s{{{_LONGEST_GAP + 1},}}")


def visible(text: str) -> str:
    r"""Text without control characters, direction marks and lone surrogates; its line ends are \n.

    >>> visible("a\x00 cell\r\n\u202ewith\u200b a foil")
    'a cell\nwith a foil'
    """
    seen = _UNSEEN.sub("", clean(text).replace("\r\n", "\n").replace("\r", "\n"))
    return _ENDLESS.sub(lambda blanks: blanks[0][:_LONGEST_GAP], seen)
