"""Where the preamble of a claim ends."""

from __future__ import annotations

import re

from assistant.claims.pieces import head_phrase
from assistant.claims.words import ANCHOR, TRANSITION, WHEREIN

_FURTHEST = 1500
_METHOD = re.compile(r"\W*+(?:\w++\W++){0,4}?(?:method|process|use|verfahren)\b", re.IGNORECASE)
_METHODS_OWN = re.compile(
    r"\bwherein\s+(?:the|said)\s+(?:method|process)\s+(?:compris|includ)\w+(?:\s+the)?"
    r"(?:\s+(?:following\s+)?steps?(?:\s+of)?)?\s*:",
    re.IGNORECASE,
)
_WEAK = re.compile(r"\b(?:having|mit|contain\w+)\s*$", re.IGNORECASE)

_CHARACTERISED = re.compile(r"characteri|caractéri|gekennzeichnet", re.IGNORECASE)
# No transition, but a list: "instructions that cause a computer to execute: reading; sending".
_LISTED = re.compile(
    r"[^;:]{10,900}?\b(?:to|execute|performs?|steps|operations|acts|following|by|that|with):\s+(?=[^;]{3,900};)"
)


def preamble_end(text: str) -> int:
    """Characters of the preamble with its transition; 0 for a claim without one.

    >>> text = "A method of making a cell including a foil, the method comprising: coating it."
    >>> text[: preamble_end(text)]
    'A method of making a cell including a foil, the method comprising:'
    """
    limit = _limit(text)
    found = [m for m in TRANSITION.finditer(text, 0, limit) if m.start() > 0]
    if not found:
        listed = _LISTED.match(text)
        return listed.end() if listed else 0
    head = head_phrase(text).split()[-1:] or [""]
    is_method = bool(_METHOD.match(text))
    for match in found:
        if _anchored(text, match, head[0].lower(), is_method):
            # "characterised in that" opens a clause of its own where parts were named before it.
            earlier = [m for m in found if m.start() < match.start() and not is_method]
            if _CHARACTERISED.search(match.group()) and earlier:
                return earlier[0].end()
            return match.end()
    own = _METHODS_OWN.search(text) if is_method else None
    if own:
        return own.end()
    strong = [m for m in found if not _WEAK.search(m.group().rstrip(": "))]
    chosen = strong[0] if is_method and strong else found[0]
    return chosen.end()


def _limit(text: str) -> int:
    """Where to stop looking: the first semicolon or wherein-clause."""
    ends = [m.start() for m in (re.search(r"[;；]", text),) if m]
    for match in WHEREIN.finditer(text):
        if match["word"].lower() in ("wherein", "whereby", "wobei"):
            ends.append(match.start())
            break
    return min([*ends, len(text), _FURTHEST])


def _anchored(text: str, match: re.Match[str], head: str, is_method: bool) -> bool:
    """Whether it is the claim's own: after a comma, after the claim's noun, before steps."""
    before = text[max(0, match.start() - 60) : match.start()]
    anchor = ANCHOR.search(before)
    if anchor and anchor["head"] is None:
        return True
    if anchor and anchor["head"].lower() == head:
        return True
    if is_method and re.search(r"\bsteps?\b|schritte", match.group(), re.IGNORECASE):
        return True
    following = re.match(r"\s*(?:\w+ly\s+)?\(?\w*\)?\s*[a-z]+ing\b", text[match.end() :])
    return is_method and bool(following) and not _WEAK.search(match.group())
