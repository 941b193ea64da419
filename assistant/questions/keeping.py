"""Completed questions keep what the conversation is about, and stay short."""

from __future__ import annotations

import re

from assistant.questions.asking import proposition
from assistant.questions.placing import appended
from assistant.questions.reading import Reading
from assistant.questions.topics import context, topic

_LONGEST = 300  # characters of a completed question
_CONTEXT = 160  # characters of what is put in brackets
_WORD = re.compile(r"[^\W_][\w.+-]{2,}")
_EMPTY = frozenset(
    "what which how why who when where whose does did has have had are was were the and for with"
    " from that this these those than can could should would will must may show list give find"
    " tell compare name explain describe patent patents report reports document documents paper"
    " papers any all some our known used about into under after during between its their per"
    " measured reported found many much there".split()
)


def kept(completed: str, last: Reading) -> str:
    """The completed question, with the topic in brackets where hardly a word of it is left.

    >>> from assistant.questions.records import Known
    >>> from assistant.questions.reading import read
    >>> last = read("Does LiDFOB protect nickel-rich cathodes at 45 °C?", Known(), "publication")
    >>> kept("Is it expensive?", last)
    'Is it expensive (LiDFOB protect nickel-rich cathodes at 45 °C)?'
    """
    if context(completed):
        return completed
    words = _words(last.text)
    here = _words(completed)
    names = {one.typed for one in last.entities if one.terms or one.kind == "document"}
    if len(words) < 3 or len(words & here) > 1 or any(name in completed for name in names):
        return completed
    about = context(last.text) or proposition(last)
    if not about or len(about) > _CONTEXT:
        about = topic(last)
    return appended(completed, f"({about})") if about and about not in completed else completed


def shortened(completed: str, typed: str, last: Reading) -> str:
    """The completed question; if it has grown too long, the typed one with the topic."""
    if len(completed) <= _LONGEST or len(completed) <= len(last.text):
        return completed
    about = topic(last)[:_CONTEXT]
    return appended(typed, f"({about})") if about else typed


def has_substance(last: Reading) -> bool:
    """Whether a question says enough by itself for the next one to be about it.

    >>> from assistant.questions.records import Known
    >>> from assistant.questions.reading import read
    >>> [has_substance(read(t, Known(), "publication")) for t in ("Is LFP safe?", "Is that safe?")]
    [True, False]
    """
    if last.entities or last.properties or context(last.text) or not last.text.isascii():
        return True
    points = re.search(r"\b(?:it|its|that|this|they|them|those|these|one|ones)\b", last.text)
    return len(_words(last.text)) >= (3 if points else 1)


def _words(text: str) -> set[str]:
    return {
        word
        for word in (found.lower().rstrip("s") for found in _WORD.findall(text))
        if word not in _EMPTY and f"{word}s" not in _EMPTY
    }
