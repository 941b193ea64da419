"""Which limitation a later one is about: the one that brought in what it speaks of."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from assistant.claims.pieces import head_phrase
from assistant.claims.records import Limitation
from assistant.claims.words import ARTICLE, without_lead

_BROUGHT_IN = re.compile(rf"\b{ARTICLE}\s+(?=\w)", re.IGNORECASE)
_DEFINITE = re.compile(r"(?:the|said|each|der|die|das|dem|den)\b(?:\s+of\s+the)?\s+", re.IGNORECASE)
_PRONOUN = re.compile(r"(?:it|they|which|this|these|er|sie|es)\b", re.IGNORECASE)


def linked(found: Sequence[Limitation]) -> tuple[Limitation, ...]:
    """The limitations with each wherein-clause under the limitation that names its subject first.

    >>> first = Limitation("1a", "a porous separator", 1)
    >>> linked([first, Limitation("1b", "wherein the separator is dry", 1, "wherein")])[1].parent
    '1a'
    """
    brought: dict[str, str] = {}
    done: list[Limitation] = []
    for limitation in found:
        if limitation.role == "wherein" and limitation.parent is None:
            limitation = _under(limitation, brought, done)
        elif limitation.role == "feature" and not limitation.subject:
            limitation = replace(
                limitation, parent=_under(limitation, brought, []).parent or limitation.parent
            )
        if _PRONOUN.fullmatch(limitation.subject):
            above = next((each.subject for each in done if each.key == limitation.parent), "")
            limitation = replace(limitation, subject=above)
        for noun in _nouns(limitation.text):
            # What the preamble names is the claim itself.
            brought.setdefault(noun, "" if limitation.role == "preamble" else limitation.key)
        done.append(limitation)
    return tuple(done)


def _under(limitation: Limitation, brought: dict[str, str], done: list[Limitation]) -> Limitation:
    text = without_lead(limitation.text)
    if _PRONOUN.match(text) and done:
        subject = done[-1].subject or head_phrase(done[-1].text)
        return replace(limitation, parent=done[-1].key, subject=subject)
    if not _DEFINITE.match(text):
        return limitation
    noun = _noun(text)
    key = brought.get(noun)
    if key is None and noun:
        key = next((k for n, k in brought.items() if n.endswith(f" {noun}")), None)
    return replace(limitation, parent=key or None)


def _nouns(text: str) -> Iterator[str]:
    for match in _BROUGHT_IN.finditer(text):
        noun = _noun(text[match.start() :])
        if noun:
            yield noun


def _noun(text: str) -> str:
    """The noun phrase at the start of a text without its article, in lower case."""
    phrase = head_phrase(text).lower()
    bare = re.sub(
        rf"^(?:{ARTICLE}|the|said|each|of|der|die|das|dem|den)\s+", "", phrase, flags=re.IGNORECASE
    )
    return re.sub(r"[^\w\s-]", "", bare).strip()
