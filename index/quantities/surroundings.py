"""The words around a quantity that can say what is measured."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from index.quantities import phrases
from index.quantities.records import Quantity

_SENTENCE_END = re.compile(r"[;\n]|[.!?:] +(?=[A-Z(\[가-힣])|\. |  ")
_RIGHT = re.compile(
    r" ?-?(?:(?:thick|wide|long|deep)\b|(?:of |of the |von |의 )?(?:[^\s,.;:()\[\]<>=≤≥]+ ?){0,5})"
)
_STOP = re.compile(
    r"\b(?:and|or|to|with|while|wherein|which|that|is|are|was|were|at|for|based|relative|per|from|when"
    r"|after|than|in|into|on|by|as|but|under|using|were|has|have|having|und|oder|bei|preferably|more)\b"
)
_WORD = re.compile(r"[^\W\d_][\w.]*")


def with_subjects(flat: str, found: list[tuple[Quantity, bool]]) -> Iterator[Quantity]:
    """Add what is measured: words before, from the last quantity on, and the noun after."""
    rights = [_right(flat, q.end, _next_start(found, i)) for i, (q, _) in enumerate(found)]
    free_from, previous = 0, ""
    for place, (quantity, listed) in enumerate(found):
        left = flat[max(free_from, quantity.start - 110) : quantity.start]
        left = _SENTENCE_END.split(left)[-1].strip(" ,(")
        right, free_from = rights[place]
        if listed:  # "5, 10 and 15 wt% of FEC": all are of FEC
            right = next((rights[i][0] for i in range(place, len(found)) if not found[i][1]), right)
        parts = (left, quantity.subject if quantity.subject not in left.split() else "", right)
        subject = " ".join(part for part in parts if part)
        if not quantity.subject and not _says_something(subject):
            subject = previous
        previous = subject
        yield replace(quantity, subject=subject)


def _next_start(found: list[tuple[Quantity, bool]], place: int) -> int:
    return found[place + 1][0].start if place + 1 < len(found) else 10**9


def _right(flat: str, end: int, limit: int) -> tuple[str, int]:
    """The noun that a quantity is of, up to the next verb, conjunction or mark, and its end."""
    match = _RIGHT.match(flat[end : min(end + 70, limit)])
    words = match.group() if match else ""
    start = len(words) - len(words.lstrip(" -"))
    kept = _STOP.split(words[start:])[0].rstrip()
    return kept, end + start + len(kept)


def _says_something(subject: str) -> bool:
    words = [word.lower() for word in _WORD.findall(subject)]
    return any(
        len(w) > 2 and w not in phrases.PREFERENCE and w not in _LINKS for w in words
    ) or any(len(word) <= 2 and not word.islower() for word in _WORD.findall(subject))


_LINKS = frozenset(
    "and the for with was were are from than then that this its into per such being has have can"
    " may und der die das oder not but both either one".split()
)
