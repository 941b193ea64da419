"""Pieces of a claim's text, and the noun phrases that they are about."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.claims.words import STOP

# What may be left out around a limitation: list joints, bullets, numbering of steps.
_LEAD = re.compile(
    r"(?:[\s,;:.•·*、，；]|[-–—](?=\s)|(?:and|und|sowie|及び|및|以及|和)(?=[\s,:])(?:/or\b)?"
    r"|[(（]?(?:[a-z]|[ivx]{1,5}|\d{1,2})(?:\.?[)）]|\.(?=\s))(?=\s|[^\x00-\x7f]))+",
)
_TAIL = re.compile(r"(?:[\s,;、，；。]|(?<=[\s,;])(?:and|und|sowie|및|及び|以及|和))+$")
_ONLY_JOINT = re.compile(r"\W*(?:and|or|und|oder|further|ferner)?\W*")
_ARTICLES = frozenset(
    "a an the said at least one more or two three plurality each least eine einer einen einem ein"
    " der die das den dem mindestens wenigstens".split()
)


@dataclass(frozen=True)
class Piece:
    """A run of a claim's text that becomes one limitation.

    start, end: characters of the claim. role, subject: as in Limitation. parent: position of the
    piece whose feature it is among the claim's pieces, None for the claim itself.
    """

    start: int
    end: int
    role: str
    parent: int | None = None
    subject: str = ""


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """The span without list joints, numbering and blanks around it; empty where that is all.

    >>> text = " (b) drying the layer; and "
    >>> a, b = trimmed(text, 0, len(text))
    >>> text[a:b]
    'drying the layer'
    """
    lead = _LEAD.match(text, start, end)
    start = lead.end() if lead else start
    tail = _TAIL.search(text[start:end])
    end = start + tail.start() if tail else end
    if text[start:end].endswith(".") and not text[end:].strip(" ."):
        end -= len(text[start:end]) - len(text[start:end].rstrip("."))
    if end - start < 40 and _ONLY_JOINT.fullmatch(text, start, max(start, end)):
        end = start
    return start, max(start, end)


def head_phrase(text: str) -> str:
    """The noun phrase with which a text begins, "" where it begins with none.

    >>> head_phrase("a porous separator disposed between the electrodes")
    'a porous separator'
    """
    words: list[str] = []
    for match in re.finditer(r"\S+", re.sub(r"^\W*\d+[.)]\s", "", text)):
        word = match.group()
        bare = word.strip(",;:()").lower()
        inside = [w for w in words if w.lower() not in _ARTICLES]
        ends = STOP.match(bare) and not (bare in _ARTICLES and not inside)
        if inside and (
            ends
            or re.search(r"\w{3}(?:ing|ed)$|(?:al|ab|ib|iv|ive|ent|ant|ous|ed|ing|ic)ly$", bare)
        ):
            break
        if ends or len(words) > 8:
            return ""
        words.append(word)
        if word[-1] in ",;:":
            break
    phrase = " ".join(words).rstrip(",;:")
    return phrase if any(w.lower() not in _ARTICLES for w in words) else ""


def last_phrase(text: str) -> str:
    """The noun phrase with which a text ends.

    >>> last_phrase("wherein the anode comprises silicon particles")
    'silicon particles'
    """
    words: list[str] = []
    for word in reversed(text.split()):
        bare = word.strip("()").lower()
        if STOP.match(bare) or word[-1] in ",;:" or len(words) > 6:
            break
        words.insert(0, word)
        if bare in _ARTICLES:
            break
    return " ".join(words)
