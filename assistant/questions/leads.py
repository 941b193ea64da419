"""What stands before the question proper: "In the printed cell, which ...", "X: which ...?"."""

from __future__ import annotations

import re

from assistant.questions.reading import Reading

_ASKS = (
    r"(?:(?:(?:at|in|by|to|for|with|under|on|from|above|below) )?(?:what|which|how)|why|when|where"
    r"|who|whose|does|do|did|is|are|was|were|can|could|should|will|has|have)\b"
)
_NOT_THIS = (
    r"(?!(?:and|but|so|if|when|while|since|because|what|which|how|why|where|who|whose|does|do"
    r"|did|is"
    r"|are|was|were|can|could|should|will|has|have|compare|list|show|find|give|name|tell|explain"
    r"|describe|between|among|of|we|i)\b)"
)
_LEAD = re.compile(
    rf"^{_NOT_THIS}(?P<lead>[^?,;:]{{6,}}?(?:\([^()]*\))?(?:, (?!{_ASKS})[^?,;:]+)?)"
    rf"(?P<joint>,| [-–]|:) (?P<main>{_ASKS}.+)$"
    rf"|^{_NOT_THIS}(?P<title>[^?,;:]{{6,}}\S):(?P<_> )(?P<asked>\S+ \S.+)$",
    re.IGNORECASE,
)
_SAYS_ENOUGH = 3  # words of a lead
_POINTS = re.compile(
    r"\b(?:it|its|they|them|their|that|this|these|those|same|ones?)\b", re.IGNORECASE
)
_FINITE = re.compile(r"\b(?:is|are|was|were|has|have|had|does|do|did|can|will)\b", re.IGNORECASE)
_IN_FRONT = re.compile(
    r"^(?:in|for|with|on|at|regarding|concerning|about|according to|as to|considering|under|using"
    r"|from|following|per) ",
    re.IGNORECASE,
)


def lead_of(last: Reading) -> tuple[str, str]:
    """The lead with its joint and the question proper; "" and the whole text if there is no lead.

    A lead with a figure or a filter is none: the next question may replace it.

    >>> from assistant.questions.records import Known
    >>> from assistant.questions.reading import read
    >>> lead_of(read("In the coin cell, which salt is used?", Known(), "publication"))
    ('In the coin cell, ', 'which salt is used?')
    """
    match = _LEAD.match(last.text)
    if not match or last.compared:
        return "", last.text
    lead = match["lead"] or match["title"]
    if _FINITE.search(lead) or any(one.start < len(lead) for one in last.conditions):
        return "", last.text
    joint = match["joint"] or ":"
    return f"{lead}{joint} ", match["main"] or match["asked"]


def stands_alone(body: Reading) -> bool:
    """Whether a question names what it is about in a lead of its own.

    >>> from assistant.questions.records import Known
    >>> from assistant.questions.reading import read
    >>> text = "Higer's bus power splitting method - which quantities do they vary?"
    >>> stands_alone(read(text, Known(), "publication"))
    True
    """
    if re.match(
        r"(?:of|among|out of|between) (?:the|all|our) [^?]{12,}, ", body.text, re.IGNORECASE
    ):
        return True
    lead = lead_of(body)[0]
    return len(lead.split()) > _SAYS_ENOUGH and not _POINTS.search(lead)


def thing_of(lead: str) -> str:
    """The thing that a lead names: "the coin cell" of "In the coin cell, "."""
    return _IN_FRONT.sub("", lead.rstrip(" ,:-–"))


def led(lead: str, question: str) -> str:
    """A question behind a lead."""
    if not lead or question.startswith(lead):
        return question
    small = question[:1].lower() + question[1:] if question[1:2].islower() else question
    return f"{lead}{small}"
