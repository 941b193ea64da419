"""The limitations as text that a user edits, one a line, and that text read back."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from assistant.claims.errors import BadClaim
from assistant.claims.records import Limitation, ReadClaim
from assistant.claims.split import letters
from assistant.claims.visible import visible
from ingest.text import one_line

MOST_LIMITATIONS = 1000
_KEYED = re.compile(
    r"\s*(?P<key>(?P<claim>[1-9]\d{0,4})(?P<letters>[a-z]{1,3}))\s*[:.)]\s*(?P<text>.*)", re.DOTALL
)


def limitation_lines(claim: ReadClaim) -> str:
    """The limitations to edit: "1a: text" on one line each."""
    return "\n".join(f"{each.key}: {one_line(each.text)}" for each in claim.limitations)


def with_limitations(claim: ReadClaim, lines: str | Iterable[str]) -> ReadClaim:
    """The claim with limitations as edited: one a line, in that order, "1a: text" or text only.

    A limitation that is unchanged stays what it was; one with a new text keeps its place under a
    key that stays, one without key gets the next free key. Texts that do not stand in the claim
    are named in a notice. Raises BadClaim where nothing is left, and for a key given twice.
    """
    rows = lines.splitlines() if isinstance(lines, str) else list(lines)
    typed = [visible(row) for row in rows]
    typed = [row.strip() for row in typed if re.search(r"\w", row)]
    if not typed:
        raise BadClaim("no limitation is left; write at least one, one a line")
    if len(typed) > max(MOST_LIMITATIONS, len(claim.limitations)):
        raise BadClaim(f"{len(typed):,} limitations; a chart may have {MOST_LIMITATIONS:,}")
    known = {each.key: each for each in claim.limitations}
    found = list(_limitations(claim, known, typed))
    kept = {each.key for each in found}
    found = [
        each if each.parent is None or each.parent in kept else replace(each, parent=None)
        for each in found
    ]
    return replace(claim, limitations=tuple(found), notices=_notices(claim, found))


def _limitations(
    claim: ReadClaim, known: dict[str, Limitation], typed: list[str]
) -> Iterator[Limitation]:
    given: set[str] = set()
    for row in typed:
        match = _KEYED.fullmatch(row)
        key = match["key"] if match else ""
        if key in given:
            raise BadClaim(
                f"two limitations are called {key}; give one of them another key, or none"
            )
        given |= {key} - {""}
    taken = {*given, *known}
    for row in typed:
        match = _KEYED.fullmatch(row)
        key = match["key"] if match else _free(claim.number, taken)
        text = one_line(match["text"]) if match else one_line(row)
        number = int(match["claim"]) if match else claim.number
        if not re.search(r"\w", text):
            raise BadClaim(f"limitation {key} has no words; write some, or delete the line")
        taken.add(key)
        old = known.get(key)
        if old is None:
            yield Limitation(key, text, number)
        else:
            yield old if one_line(old.text) == text else _reworded(old, text)


def _reworded(old: Limitation, text: str) -> Limitation:
    """A limitation with a new text; new words may name what it is about, so nothing else does."""
    words, known = set(_LETTERS.findall(text.lower())), set(_LETTERS.findall(old.text.lower()))
    return replace(old, text=text, subject="" if words - known - _BOUNDS else old.subject)


_LETTERS = re.compile(r"[^\W\d_]{3,}")
_BOUNDS = frozenset(
    "above below least most more less than about between from and over under".split()
)


def _free(number: int, taken: set[str]) -> str:
    position = 0
    while f"{number}{letters(position)}" in taken:
        position += 1
    return f"{number}{letters(position)}"


def _notices(claim: ReadClaim, found: list[Limitation]) -> tuple[str, ...]:
    flat = one_line(claim.text)
    other = [each.key for each in found if one_line(each.text) not in flat]
    there = {each.key for each in found}
    gone = [each.key for each in claim.limitations if each.key not in there]
    notices = [n for n in claim.notices if not n.startswith((_EDITED, _LEFT_OUT))]
    if other:
        notices.append(f"{_EDITED}{', '.join(other)}: not the claim's own words")
    if gone:
        notices.append(f"{_LEFT_OUT}{', '.join(gone)}; coverage is of what is left")
    return tuple(notices)


_EDITED, _LEFT_OUT = "edited by the user: ", "left out by the user: "
