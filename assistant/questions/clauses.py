"""The grammar of "what ATTRIBUTE does THING have?": which words ask, and of what."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.questions.reading import Reading

_STATIVE = (
    r"(?:have|show|exhibit|give|reach|deliver|achieve|yield|provide|display|attain|possess"
    r"|undergo|suffer|offer|retain|keep|withstand|tolerate|need|require|present|experience)"
)
_ASKED = r"(?P<asked>[^\W\d_][\w\-–/% ()]{1,60}?)"
_FORMS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"^(?:what|which) {_ASKED} (?:do|does|did|can|could|should|will|would|must|has|have"
        rf"|had) (?P<thing>.+?) {_STATIVE}\b(?P<place>(?: (?:on|in|with|of) .+)?)",
        rf"^(?:what|which) {_ASKED} (?:has|have|had) (?P<thing>.+?) (?:had|shown|given"
        rf"|reached|delivered|achieved|attained)\b",
        rf"^(?:what|how high|how large)(?:'s| is| are| was| were) (?:the )?{_ASKED} (?:of|for)"
        rf" (?P<thing>.+)$",
    )
)
_MEASURED = re.compile(
    rf"^(?:what|which) {_ASKED} (?:is|are|was|were|has been|have been) (?P<rest>(?:\w+ly )?"
    rf"(?:\w+ed|found|given|used|chosen|set|held|kept|seen|made)\b.*)$",
    re.IGNORECASE,
)
# Nouns that relate two things: "the effect of X on Y" is no value of X.
_RELATION = re.compile(
    r"\b(?:effects?|influence|impact|roles?|purpose|function|causes?|reasons?|meaning"
    r"|definition|(?:dis)?advantages?|benefits?|drawbacks?|mechanism|differences?|origin"
    r"|kinds?|types?|sorts?|is|are|was|were|happens?|many|much|about)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Attribute:
    """What a question asks for and of what. start, end: of the asked words, half-open."""

    words: str
    start: int
    end: int
    thing: str


def attribute(last: Reading) -> Attribute | None:
    """The asked attribute of a question and its thing; None where it has another form.

    >>> from assistant.questions.records import Known
    >>> from assistant.questions.reading import read
    >>> found = attribute(read("What hysteresis do Si anodes show?", Known(), "publication"))
    >>> (found.words, found.thing) if found else None
    ('hysteresis', 'Si anodes')
    """
    for form in _FORMS:
        match = form.search(last.text.strip(" ?.!"))
        if not match or _RELATION.search(match["asked"]):
            continue
        start, end = match.span("asked")
        of_thing = any(one.start < end <= one.end for one in last.entities)
        if not of_thing or any(one.start < end <= one.end for one in last.properties):
            place = match.groupdict().get("place") or ""
            here = "" if any(c.isdigit() for c in place) else place
            return Attribute(match["asked"], start, end, match["thing"] + here)
    return None


def measured_phrase(last: Reading) -> str:
    """The asked value with how it came about: "the pressure applied to the cell"; "" if none."""
    match = _MEASURED.match(last.text.strip(" ?.!"))
    end = match.end("asked") if match else 0
    if reference := re.search(r" (?:vs\.?|versus) \S+$", match["asked"] if match else ""):
        end -= len(reference.group())  # "voltage vs Li" names a voltage
    if not match or not any(one.start < end <= one.end for one in last.properties):
        return ""
    return f"the {match['asked']} {match['rest']}"
