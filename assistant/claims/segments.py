"""A claim's body cut at semicolons, line ends and step numbers, with lists inside lists."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from assistant.claims.pieces import trimmed
from assistant.claims.words import ALTERNATIVES, SYMBOLS, SYMBOLS_FROM

_NEW_PART = (
    r"(?:\(?[a-z]{1,4}[).]\s|\(?\d{1,2}\)|[-–•]|an?\s|one\s|at\s+least|the\s|said\s|wherein|whereby|wobei"
    r"|and\s|und\s|eine?\w?\s|[a-z]+ing\s)"
)
# Semicolons; colons and commas before a line end; any colon, which may open a list.
_JOINT = re.compile(
    rf";\s*|:\s+|(?<=[a-z]{{3}})\.\s*\n\s*(?=(?:an?|one|at\s+least)\s)|,\s*\n\s*(?={_NEW_PART})|,\s+(?:and|or|und|oder)\s*\n\s*"
)
_MARK = re.compile(
    r"(?:(?<=[,;:\n])\s*|(?:(?<=\bof)|(?<=\bby)|(?<=\band)|(?<=ing)|(?<=[,;:] ))\s+|(?<=[,;:]\s)|^)"
    r"(?P<glue>(?:and|or|und|oder)\s+)?"
    r"(?P<mark>\((?:[a-z]|[ivx]{1,4}|\d{1,2})\)|(?:[a-z]|[ivx]{1,4}|\d{1,2})\))\s+(?=[^\s,;)]{2})"
)
_COMPLETE = re.compile(r"\b(?:and|or|und|oder)\b")
_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")
_OPENS_LIST = re.compile(
    r"(?:compris\w+|includ\w+|contain\w*|consist\w*(?:\s+essentially)?\s+of|having|has|of|to|for|wherein"
    r"|that|by|following|steps?|acts|operations|with|are|is|umfass\w+|schritte|mit|where|in\s+which)$",
    re.IGNORECASE,
)
_GLUE = re.compile(r"\s*(and/or|and|or|und|oder)\b", re.IGNORECASE)
_GLUE_BEHIND = re.compile(r"[,;\s](and/or|and|or|und|oder)\s*$", re.IGNORECASE)
# Opens a group of which one is enough; it is complete with "and" or "or".
_GROUP = re.compile(
    r"\b(?:selected|chosen)\s+(?:independently\s+)?(?:from|among)\b(?:\s+the\s+group\s+(?:\w+\s+)?of)?"
    r"|\bgroup\s+consisting\s+of|\bof\s+the\s+following\b|\bausgewählt\s+aus\b"
    r"|\b(?:one|any|more|either)\s+of:?(?=\s*\(?(?:a|i|1)\))",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Segment:
    """A part of a list. start, end: characters of the claim; parent: position of its header."""

    start: int
    end: int
    parent: int | None = None


@dataclass(frozen=True)
class _Part:
    start: int
    end: int
    glue: str
    opens: bool


def segments(text: str, start: int, end: int) -> list[Segment]:
    """The parts of a body, headers of inner lists before their parts.

    >>> text = "a processor configured to: read; and send; and a display."
    >>> [(text[s.start : s.end], s.parent) for s in segments(text, 0, len(text))]
    [('a processor configured to:', None), ('read', 0), ('send', 0), ('a display', None)]
    """
    parts = list(_parts(text, start, end))
    found: list[Segment] = []
    open_lists: list[int] = []
    closing = in_group = False
    for part in parts:
        if open_lists and (closing or not _fits(text, part, found, open_lists[-1])):
            _close(text, found, open_lists.pop())
        parent = open_lists[-1] if open_lists else None
        closing = False
        if parent == len(found) - 1 and _ends_in_alternatives(text, found[-1]):
            open_lists.pop()
            found[-1] = replace(found[-1], end=part.end)
            in_group = not _COMPLETE.search(text, part.start, part.end)
        elif _continues(text, part, found, parent, in_group):
            if part.glue == "or" and not in_group:
                _join_alternatives(text, part, found, parent)
            found[-1] = replace(found[-1], end=part.end)
            in_group = in_group and part.glue != "and"
        else:
            in_group = _opens_group(text[part.start : part.end])
            found.append(Segment(part.start, part.end, parent))
            closing = parent is not None and part.glue == "and"
        if part.opens:
            open_lists.append(len(found) - 1)
            closing = False
    while open_lists:
        _close(text, found, open_lists.pop())
    return found


def _parts(text: str, start: int, end: int) -> Iterator[_Part]:
    place, glue = start, ""
    for cut, resume, mark_glue in _cuts(text, start, end):
        before = text[place:cut]
        behind = _GLUE_BEHIND.search(before)
        a, b = trimmed(text, place, cut)
        opens = before.rstrip().endswith(":") and bool(_OPENS_LIST.search(before.rstrip(": ")))
        if before.rstrip().endswith(":") and not opens:
            continue  # "Formula 1: ..." is no list
        if len(text[a:b].split()) < 2 and before.rstrip().endswith(":"):
            continue  # "wherein:" goes with what follows
        if b > a:
            lead = _GLUE.match(text, place, cut)
            yield _Part(a, b, _word(glue or (lead[1] if lead else "")), opens)
            glue = ""
        glue = mark_glue or (behind[1] if behind else "") or glue
        place = resume
    a, b = trimmed(text, place, end)
    if b > a:
        lead = _GLUE.match(text, place, end)
        yield _Part(a, b, _word(glue or (lead[1] if lead else "")), False)


def _word(glue: str) -> str:
    return {"und": "and", "oder": "or", "and/or": "and"}.get(glue.lower(), glue.lower())


def _cuts(text: str, start: int, end: int) -> list[tuple[int, int, str]]:
    """Ends of parts: where, where the next begins, and a joint before its step number."""
    found = [
        (m.start() + m.group().startswith(":"), m.end(), _joint_word(m.group()))
        for m in _JOINT.finditer(text, start, end)
        if not _in_brackets(text, m.start())
    ]
    marks = _rows(list(_MARK.finditer(text, start, end)))
    found += [(m.start(), m.start("mark"), (m["glue"] or "").strip()) for m in marks]
    return sorted(found)


def _joint_word(joint: str) -> str:
    word = re.search(r"[a-z]+", joint)
    return word.group() if word else ""


def _rows(marks: list[re.Match[str]]) -> list[re.Match[str]]:
    """Those of at least two step numbers that follow each other: (a), (b); i), ii)."""
    kept: list[re.Match[str]] = []
    for first, second in pairwise(marks):
        if _follows(first["mark"].strip("()"), second["mark"].strip("()")):
            kept += [m for m in (first, second) if m not in kept]
    return kept


def _follows(first: str, second: str) -> bool:
    if first.isdigit() and second.isdigit():
        return int(second) == int(first) + 1
    if first in _ROMAN and second in _ROMAN:
        return _ROMAN.index(second) == _ROMAN.index(first) + 1
    return len(first) == len(second) == 1 and ord(second) == ord(first) + 1


def _in_brackets(text: str, place: int) -> bool:
    opening = max(
        text.rfind("(", max(0, place - 300), place), text.rfind("[", max(0, place - 300), place)
    )
    if opening < 0:
        return False
    inside = text[opening:place]
    if ")" in inside or "]" in inside:
        return False
    closing = re.compile(r"[)\]]").search(text, place, place + 300)
    return closing is not None and not re.search(r"[(\[]", text[place : closing.start()])


def _kind(text: str) -> str:
    """How a part of a list begins: with an article, a gerund, a wherein, another word."""
    match = re.match(r"\W*(?:(?:and/or|or|oder)\s+)?(\w+)", text)
    word = match[1].lower() if match else ""
    if word in ("a", "an", "one", "at", "eine", "einen", "ein", "einer"):
        return "article"
    if word in ("wherein", "whereby", "wobei"):
        return "wherein"
    return "gerund" if word.endswith("ing") else "other"


def _fits(text: str, part: _Part, found: list[Segment], header: int) -> bool:
    """Whether a part goes on with the open list, by how its first part begins."""
    first = next((s for s in found if s.parent == header), None)
    if first is None:
        return True
    kinds = _kind(text[first.start : first.end]), _kind(text[part.start : part.end])
    return kinds[0] == kinds[1] or (
        kinds[1] != "wherein" and kinds not in (("other", "article"), ("other", "gerund"))
    )


def _continues(
    text: str, part: _Part, found: list[Segment], parent: int | None, in_group: bool
) -> bool:
    """Whether a part belongs to the one before: alternatives, and entries of a group."""
    if not found or found[-1].parent != parent:
        return False
    if part.glue == "or" or in_group:
        return True
    # "0 < x < 1" behind a semicolon goes with the formula before it.
    return bool(
        SYMBOLS.match(text, part.start)
        and SYMBOLS_FROM.search(text, found[-1].start, found[-1].end)
    )


def _join_alternatives(text: str, part: _Part, found: list[Segment], parent: int | None) -> None:
    """Makes the entries before an "or" one: to have one of them is enough."""
    kind, first = _kind(text[part.start : part.end]), len(found) - 1
    while first > 0 and found[first - 1].parent == parent and first - 1 != parent:
        if parent is None and _kind(text[found[first - 1].start : found[first - 1].end]) != kind:
            break
        first -= 1
    found[first] = replace(found[first], end=found[-1].end)
    del found[first + 1 :]


def _ends_in_alternatives(text: str, header: Segment) -> bool:
    """Whether a header is "at least one of:", "selected from the group consisting of:"."""
    ends = [m.end() for m in ALTERNATIVES.finditer(text, header.start, header.end)]
    return bool(ends) and bool(re.fullmatch(r"[\s\w]{0,14}:?", text[ends[-1] : header.end]))


def _opens_group(text: str) -> bool:
    """Whether a part begins a group that is not complete with it."""
    group = list(_GROUP.finditer(text))
    return bool(group) and not re.search(
        r"\b(?:and|or|wherein|und|oder)\b", text[group[-1].end() :]
    )


def _close(text: str, found: list[Segment], header: int) -> None:
    """Ends an inner list: a single part stays with its header."""
    parts = [n for n, s in enumerate(found) if s.parent == header]
    whole = text[found[header].start : found[-1].end]
    if len(parts) == 1 and len(whole) < 4000:
        found[header] = replace(found[header], end=found[-1].end)
        del found[header + 1 :]
