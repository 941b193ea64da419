"""Cut passages into what can be shown: sentences, table rows, parts of over-long sentences.

Leaves out what states nothing: facts printed at the top of reports, bibliographies, table heads.
"""

from __future__ import annotations

import re

from ingest.readers.plain.report_facts import is_fact_line
from ingest.sentences import clause_spans, sentence_spans

# Start and end in a passage's text, and whether the sentence goes on before and after.
Piece = tuple[int, int, tuple[bool, bool]]

_FEWEST_WORDS = 5
# Chinese and Japanese have no blanks between words.
_FEWEST_SIGNS, _UNSPACED = 8, re.compile("[\u3040-\u30ff\u3400-\u9fff]")
_LONGEST = 420  # characters of a sentence that is shown whole
_PARAGRAPH = re.compile(r"[^\n](?:.|\n(?!\n))*")
_INITIAL = re.compile(r"\b[A-Z]\.")
_REFERENCES = re.compile(r"\W*(?:\d+\W+)?(?:references?|bibliography|literature cited)\W*$", re.I)
# The beginning of an entry: "[88] Oleg Borodin", "(30) Kravchyk, K. v.", "12. Lee, K.".
_ENTRY = re.compile(
    r"(?:\[\d{1,3}\]|\(\d{1,3}\)|(?<=[\s.;])\d{1,3}\.)\s?[A-Z](?:\.|[a-z]+,? [A-Z])"
)
_READABLE = re.compile(r"[^\W\d_]{2}")
_ADDRESS = re.compile(
    r"\S@\S+\.\w|(?:(?:Department|School|Institute|Faculty|College) (?:of|for)|University"
    r"|Laboratory)\b"
)
# Numbers without a unit behind them, and five in a row: the ticks of an axis.
_BARE = re.compile(r"(?<!\S)-?\d+(?:\.\d+)?(?=\s+[-A-Z\d(])")
_AXIS = re.compile(r"(?<!\S)(?:-?\d+(?:\.\d+)?\s+){5}")
_LEADERS = re.compile(r"\.{6,}|(?:\. ){6,}")
_ANY_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


def is_bibliography(text: str, heading: str | None = None) -> bool:
    """Whether a passage is a list of references, whose titles state nothing of their own.

    >>> is_bibliography("[8] O. Smith, K. Lee, J. Power Sources 17 (2005). [9] A. Kim, Q. Xu, "
    ...     "Phys. Rev. B 3, 5 (2011). [10] A. Ray, Nature 4, 5 (2012).")
    True
    >>> is_bibliography("As shown before [8, 9], the capacity rose from 2005 to 2011 [10].")
    False
    """
    if heading and _REFERENCES.match(heading):
        return True
    entries, years = len(_ENTRY.findall(text)), len(_ANY_YEAR.findall(text))
    return entries >= 2 and years >= 3 and len(_INITIAL.findall(text)) + years >= entries + 5


def pieces(text: str) -> list[Piece]:
    """Sentences, table rows, and parts of over-long sentences."""
    pieces = []
    for paragraph in _PARAGRAPH.finditer(text):
        for start, end in sentence_spans(paragraph.group()):
            for a, b in _rows(text, paragraph.start() + start, paragraph.start() + end):
                parts = clause_spans(text[a:b], _LONGEST)
                last = len(parts) - 1
                pieces += [(a + x, a + y, (i > 0, i < last)) for i, (x, y) in enumerate(parts)]
    return [p for p in pieces if _is_sentence(text[p[0] : p[1]])]


def _is_sentence(text: str) -> bool:
    enough = len(text.split()) >= _FEWEST_WORDS or len(_UNSPACED.findall(text)) >= _FEWEST_SIGNS
    return enough and not (is_fact_line(text) or _is_reference(text) or _is_noise(text))


def _is_noise(text: str) -> bool:
    """Whether a text is what an extraction makes of a figure, a formula or a table of contents.

    >>> _is_noise("x ( a ) 0 1 2 3 4 E - E F [ e V ] y"), _is_noise("The gap is 0.17 eV.")
    (True, False)
    >>> _is_noise("The draw is shown in Fig. 1 and 3.6 3.7 3.8 3.9 4 4.1 Cell voltage Estimate")
    True
    """
    words = text.split()
    readable = sum(1 for word in words if _READABLE.search(word))
    short = sum(1 for word in words if len(word) == 1 and word not in "aAI")
    bare = len(_BARE.findall(text))
    if len(_UNSPACED.findall(text)) >= _FEWEST_SIGNS:
        return False
    odd = readable < 0.35 * len(words) or short > 0.3 * len(words) or bare > 0.15 * len(words) + 4
    return (
        odd
        or bool(_AXIS.search(text))
        or bool(_LEADERS.search(text))
        or len(_ADDRESS.findall(text)) >= 2
    )


def _is_reference(text: str) -> bool:
    """Whether a text is an entry of a bibliography.

    >>> _is_reference("[35] A. Author, B. Other, J. Power Sources 17, 5085 (2005)")
    True
    """
    return len(_INITIAL.findall(text)) >= 3 and _ANY_YEAR.search(text) is not None


def _rows(text: str, start: int, end: int) -> list[tuple[int, int]]:
    if "|" not in text[start:end]:
        return [(start, end)]
    spans = [(start + m.start(), start + m.end()) for m in re.finditer(r"[^\n]+", text[start:end])]
    filled = [re.search(r"\w", text[a:b]) is not None for a, b in spans]
    # A row above a ruler is the table's head, which states nothing by itself.
    heads = [not below for below in filled[1:]] + [False]
    return [s for s, has, head in zip(spans, filled, heads, strict=True) if has and not head]
