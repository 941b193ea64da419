"""Find a sentence that was copied from a quote: whole sentences or rows, or a marked cut."""

from __future__ import annotations

import re

from assistant.gate.parts import parts
from assistant.gate.records import Span

_MARK = re.compile(r"^\s*(?:…|\.\.\.)\s*|\s*(?:…|\.\.\.)\s*$")
_CLAUSE_START = re.compile(r"(?:^|[;:,]\s+|\n)$")
_BLANKS = re.compile(r"\s+")


def verbatim_span(sentence: str, quote: str) -> Span | None:
    """Where a sentence stands word for word in a quote; None if it does not.

    It must begin and end where a sentence, row or the quote itself does; a side that is marked
    with an ellipsis may be a clause end.

    >>> verbatim_span("It held.", "In air it failed. It held.")
    (18, 26)
    >>> verbatim_span("it failed.", "In air, it failed.") is None
    True
    >>> verbatim_span("… it failed.", "In air, it failed.")
    (8, 18)
    """
    cut_before = bool(re.match(r"\s*(?:…|\.\.\.)", sentence))
    cut_after = bool(re.search(r"(?:…|\.\.\.)\s*$", sentence))
    words = _MARK.sub("", sentence).split()
    if not words:
        return None
    pattern = r"\s+".join(re.escape(word) for word in words)
    if not cut_after and not re.search(r"[.!?:;]$", words[-1]):
        pattern += r"[.!?]?"
    borders = parts(quote)
    starts = {0, *(part.start for part in borders)}
    ends = {len(quote.rstrip()), *(part.end for part in borders)}
    for match in re.finditer(pattern, quote):
        start, end = match.span()
        clause = cut_before and _CLAUSE_START.search(quote[:start])
        after = cut_after and re.match(r"[;:,]?\s|$", quote[end:])
        if (start in starts or clause) and (end in ends or after):
            return start, end
    return None
