"""Questions that point at the conversation: it, those, the same conditions, which is better."""

from __future__ import annotations

import re

from assistant.questions.among import (
    AMONG,
    OLDEST,
    bare,
    documents_of,
    of_documents,
    of_things,
    speaks_of_documents,
)
from assistant.questions.brackets import bracketed
from assistant.questions.placing import appended, preposition_before
from assistant.questions.pointers import pointers_resolved
from assistant.questions.reading import Reading
from assistant.questions.topics import asked_noun, topic

_BETTER = re.compile(
    r"^(?:so |and )?(?:which|what)(?: one| of (?:the two|both|them))? (?:is|are|was|has"
    r"|have|gives?|shows?|performs?|works?|lasts?|costs?)(?: the)?(?: \w+)?"
    r" ?(?P<better>better|best|worse|worst|cheaper|safer|\w+er|\w+est|more \w+|most \w+"
    r"|less \w+|preferred|preferable|recommended)\b(?P<rest>[^?]{0,40})$|^which one\b",
    re.IGNORECASE,
)
_SAME_CONDITIONS = re.compile(
    r"\b(?:under|at|in) (?:the same|these|those|this|that|identical) (?P<what>conditions?"
    r"|temperatures?|C-rate|rate|voltage|number of cycles|cycles?)\b",
    re.IGNORECASE,
)
_BARE_WHICH = re.compile(
    r"^which (?=(?:works?|is|are|gives?|has|have|performs?|was|were|costs?|lasts?|helps?"
    r"|needs?)\b)",
    re.IGNORECASE,
)
_AGAINST = re.compile(
    r"^compare(?: (?:it|this|that|them|these))? (?:with|to|against) (?P<with>.+)$", re.IGNORECASE
)


def resolve(typed: str, body: str, last: Reading) -> str:
    """The question with the words that point back replaced; as typed where none does."""
    among = AMONG.search(typed)
    if among and speaks_of_documents(body, last):
        return of_documents(typed, among, last)
    if oldest := OLDEST.match(body):
        return f"Which of {documents_of(last)} {typed[oldest.end() :]}"
    if speaks_of_documents(body, last):
        return re.sub(
            r"\b(?:they|these|those|them|it)\b",
            documents_of(last).replace("\\", ""),
            typed,
            count=1,
            flags=re.IGNORECASE,
        )
    if among and not re.search(r"\b(?:those|these) (?:that|which|with|of)\b", typed):
        listed = re.match(r"(?:which|what|list|name|show|compare|give|who|how)\b", last.text, re.I)
        return of_things(typed, among, last) if listed or last.compared else bracketed(typed, last)
    if _BETTER.match(body) and not re.search(r",|\bor\b", body) and (len(last.compared) > 1):
        return appended(typed, f"- {' or '.join(last.compared)}").replace(" - ", ", ")
    noun, said = asked_noun(last)
    if noun and len(last.compared) < 2 and (bare_which := _BARE_WHICH.match(body)):
        rest = body[bare_which.end() :]
        one = noun.endswith("s") and re.match(r"(?:is|was|has|[a-z]+[^s]s)\b", rest)
        asked = f"of the {noun}" if one else noun
        return f"Which {asked} {rest} ({re.sub('^(?:is|are|was|were) ', '', said)})?"
    if match := _AGAINST.match(body):
        things = (
            topic(last) if re.match(r"compare (?:with|to|against)", body, re.IGNORECASE) else ""
        )
        if things:
            return f"Compare {bare(things)} with {match['with']}"
    return pointers_resolved(_same_conditions(typed, last), last)


def _same_conditions(typed: str, last: Reading) -> str:
    match = _SAME_CONDITIONS.search(typed)
    if not match:
        return typed
    what = match["what"].lower()
    wanted = [
        one
        for one in last.measured_at
        if what.startswith("condition")
        or one.dimension.lower() in what
        or what.rstrip("s") in one.dimension.lower()
    ]
    phrases = []
    for one in wanted:
        start = preposition_before(last.text, one.start)
        phrases.append(last.text[one.start if start is None else start : one.end])
    return typed[: match.start()] + " ".join(phrases) + typed[match.end() :] if phrases else typed
