"""A refusal as HTML: which case it is, what was searched, what came closest, what is missing."""

from __future__ import annotations

from assistant.records import Answer
from assistant.web.html import (
    escape,
    label_badge,
    one_line,
    opener,
    passage_place,
    tag,
)
from assistant.web.refs import MOST_CLOSEST, closest_ref

_HEADLINES = {
    "no document": "No document to answer from",
    "out of scope": "Outside what this library covers",
    "not stated": "Not stated in the related documents",
    "false premise": "The question assumes what no document states",
    "legal opinion": "No legal opinion is given",
}
# How the parts of a reason begin; one that is worded otherwise is shown in one piece.
_PARTS = (" Searched ", " The closest is ", " Missing there: ")


def refused(turn: int, answer: Answer) -> str:
    """The refusal of a turn. turn: its number."""
    headline = _HEADLINES.get(answer.refusal or "", "No answer found in the library")
    parts = (tag("p", escape(part)) for part in reason_parts(answer.reason or answer.text))
    inner = tag("strong", escape(headline)) + "".join(parts)
    box = tag(
        "div", inner, css="pa-notice pa-refusal", role="status", data_case=answer.refusal or None
    )
    return box + _closest(turn, answer)


def reason_parts(reason: str) -> list[str]:
    """A refusal's reason in its parts: why, what was searched, what came closest, what lacks.

    >>> reason_parts("No answer: none. Searched 2 of 3 documents. The closest is R-1: It is 5 µm.")
    ['None.', 'Searched 2 of 3 documents.', 'The closest is R-1: It is 5 µm.']
    """
    rest, found = reason.removeprefix("No answer: "), []
    for start in reversed(_PARTS):
        rest, sign, part = rest.rpartition(start) if start in rest else (rest, "", "")
        if sign:
            found.append(f"{sign.lstrip()}{part}")
    return [rest[:1].upper() + rest[1:], *reversed(found)]


def _closest(turn: int, answer: Answer) -> str:
    if not answer.hits:
        return ""
    items = []
    for i, hit in enumerate(answer.hits[:MOST_CLOSEST]):
        button = opener(
            closest_ref(turn, i, 0),
            tag("span", escape(hit.document.number or hit.document.kind), css="pa-number"),
            tag("span", escape(one_line(hit.document.title, 120)), css="pa-title"),
            label_badge(hit.document.label),
            tag("span", escape(passage_place(hit.passages[0], hit.document.title)), css="pa-place"),
            css="pa-source",
        )
        items.append(tag("li", button))
    return tag("section", tag("h3", "Closest documents"), tag("ol", *items), css="pa-sources")
