"""One part of a claim cut into its clauses, sub-elements and figures."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.claims.joints import HOLDS, cuts, in_open_bracket
from assistant.claims.pieces import Piece, head_phrase, last_phrase, trimmed
from assistant.claims.words import FINITE, SYMBOLS, WHEREIN, without_lead


def features(text: str, start: int, end: int, role: str, steps: bool) -> list[Piece]:
    """A part of a claim as pieces; parents are positions among these. steps: of a method.

    >>> text = "wherein the coating comprises alumina and has a thickness of 5 to 20 nm"
    >>> for piece in features(text, 0, len(text), "wherein", False):
    ...     print(piece.role, "|", text[piece.start : piece.end], "|", piece.subject or "-")
    wherein | wherein the coating comprises alumina | -
    feature | has a thickness of 5 to 20 nm | the coating
    """
    found: list[Piece] = []
    for a, b, own in _clauses(text, start, end, role):
        first = len(found)
        place, kind = a, ""
        for cut in [*cuts(text, a, b, own, steps), None]:
            stop = cut[0] if cut else b
            span = trimmed(text, place, stop)
            if span[1] > span[0]:
                found.append(_piece(text, span, (own, kind), found[first:], first))
            place, kind = (cut[1], cut[2]) if cut else (b, "")
    return found


def _clauses(text: str, start: int, end: int, role: str) -> Iterator[tuple[int, int, str]]:
    """The part up to its first wherein, and each wherein-clause."""
    place, own = start, role
    for match in WHEREIN.finditer(text, start, end):
        word = match.start("word")
        if word <= start + 1:
            own = "wherein"
            continue
        if re.search(r"\b(?:or|oder)\s*$", text[place : match.start()]):
            continue  # an alternative: to have one of the two is enough
        if SYMBOLS.match(text, match.end("word")) or in_open_bracket(text, start, word):
            continue
        if not without_lead(text[place:word]).strip(" ,"):
            continue
        yield place, match.start(), own
        place, own = word, "wherein"
    yield place, end, own


def _piece(
    text: str,
    span: tuple[int, int],
    kind: tuple[str, str],
    before: list[Piece],
    first: int,
) -> Piece:
    """The piece behind a cut of a kind. before: those of the same clause, from `first` on."""
    role, cut = kind
    if not before:
        return Piece(*span, role)
    # A clause that names its subject is what those without one behind it go on with.
    main = next((p for p in reversed(before) if not p.subject), before[0])
    clause, last = text[main.start : main.end], text[before[-1].start : before[-1].end]
    listed = cut in ("entry", "last", "end", "step", "share", "bare")
    if listed and role == "element" and not HOLDS.search(clause):
        return Piece(*span, "element")
    if cut in ("named", "absolute"):
        return Piece(*span, "feature", first)
    if cut == "figures":
        return Piece(*span, "feature", first + len(before) - 1, last_phrase(last))
    at = first + before.index(main)
    if cut == "property":
        return Piece(*span, "feature", at, before[-1].subject or _subject(clause))
    holder = list(HOLDS.finditer(clause))[-1:] if listed else []
    before_holder = without_lead(clause[: holder[0].start()]).strip() if holder else ""
    if HOLDS.search(before_holder) or not re.match(
        r"(?:an?|the|said)\s(?:[\w-]+\s?){1,8}$", before_holder, re.IGNORECASE
    ):
        before_holder = last_phrase(before_holder)
    return Piece(*span, "feature", at, before_holder or _subject(clause))


def _subject(clause: str) -> str:
    """What a clause is about: the words before its verb, or its first noun phrase."""
    words = without_lead(clause)
    verb = re.search(rf"\s{FINITE}", words, re.IGNORECASE)
    before = words[: verb.start()] if verb else ""
    if verb and len(before.split()) <= 12 and not re.search(r"[,;]|\b(?:that|which)\b", before):
        return before
    return head_phrase(words)
