"""Find sentences in patents and engineering reports, as spans of the text.

Punkt (Kiss and Strunk 2006, https://doi.org/10.1162/coli.2006.32.4.485), as nltk implements it,
decides where a full stop ends a sentence; we give it the abbreviations of this field instead of
a trained model, so nothing is downloaded. Ideographic full stops, which need no blank after
them, are handled here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nltk.tokenize.punkt import PunktSentenceTokenizer

_ABBREVIATIONS = frozenset(
    "wt vol mol at fig figs ex exs no nos pat pats u.s al e.g i.e approx ca cf vs viz eq eqs ref"
    " refs resp max min temp tab para sect dr mr ms mrs prof jr sr inc co ltd corp ser appl publ"
    " pub st dept j electrochem soc chem phys mater lett int rev sci eng res".split()
)
_IDEOGRAPHIC_END = re.compile(r"[。！？]+[」』）]*\s*")
_BLANKS = re.compile(r"\s*")
# Where an over-long sentence may be cut, best first: before a table's row, after a semicolon, a
# colon or comma, a blank.
_CLAUSE_ENDS = (
    re.compile(r"\n(?=[^\n]*\|)"),
    re.compile(r";\s+"),
    re.compile(r"[,:]\s+"),
    re.compile(r"\s+"),
)


@cache
def _punkt() -> PunktSentenceTokenizer:
    # Importing nltk takes seconds; the readers' processes never need it.
    from nltk.tokenize.punkt import PunktParameters, PunktSentenceTokenizer

    parameters = PunktParameters()
    parameters.abbrev_types = set(_ABBREVIATIONS)
    return PunktSentenceTokenizer(parameters)


def sentence_spans(text: str) -> Iterator[tuple[int, int]]:
    """Spans of the sentences of a text, half-open, without the white space between them.

    >>> text = "It held 0.5 wt. % (Fig. 3). Then it failed."
    >>> [text[a:b] for a, b in sentence_spans(text)]
    ['It held 0.5 wt. % (Fig. 3).', 'Then it failed.']
    >>> list(sentence_spans("電池です。次です。"))
    [(0, 5), (5, 9)]
    """
    for start, end in _punkt().span_tokenize(text):
        for match in _IDEOGRAPHIC_END.finditer(text, start, end):
            if match.end() < end:
                yield start, match.start() + len(match.group().rstrip())
                start = match.end()
        yield start, end


def clause_spans(text: str, size: int) -> list[tuple[int, int]]:
    """Cut a text into pieces of at most `size` characters, at the best clause ends available.

    >>> text = "a first part; a second, and third"
    >>> [text[a:b] for a, b in clause_spans(text, 15)]
    ['a first part;', 'a second,', 'and third']
    """
    spans = []
    start = 0
    while len(text) - start > size:
        end, resume = _cut(text, start, start + size)
        spans.append((start, end))
        start = resume
    spans.append((start, len(text)))
    return [(a, b) for a, b in spans if b > a]


def _cut(text: str, start: int, limit: int) -> tuple[int, int]:
    """Last clause end before the limit: (end of the piece, start of the next one)."""
    for pattern in _CLAUSE_ENDS:
        cut = None
        # A cut in the first third would leave a fragment, so a weaker end further on is better.
        for match in pattern.finditer(text, start + (limit - start) // 3, limit):
            cut = match
        if cut is not None:
            return cut.start() + len(cut.group().rstrip()), cut.end()
    blanks = _BLANKS.match(text, limit)
    return limit, blanks.end() if blanks else limit
