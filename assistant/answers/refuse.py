"""Say why there is no answer: what was searched, what came closest, and what is missing there."""

from __future__ import annotations

from assistant.answers.asked import Asked
from assistant.answers.figures import met
from assistant.answers.frames import document_name
from assistant.answers.weigh import Candidate
from assistant.questions import Question
from assistant.records import REFUSED, Answer
from index.library import Library
from index.records import Filters, SearchResult

# Below both, the closest sentence is about something else.
_RELATED_MEANING, _RELATED_WORDS = 0.45, 0.4


def refused(
    library: Library,
    question: Question,
    asked: Asked,
    result: SearchResult,
    weighed: list[Candidate],
    sure: float,
) -> Answer:
    """The refusal of a question, with its case. weighed: best first."""
    case = _case(question, asked, result, weighed)
    searched = (
        f"Searched {result.searched} of {library.counts()[0]} documents{limits(result.filters)}."
    )
    if result.undated:
        searched += f" {result.undated} have no such date on record."
    reason = f"{_OPENINGS[case].format(premise=question.presupposes)} {searched}"
    if weighed and case != "legal opinion":
        reason += _closest(asked, weighed[0])
    return Answer(
        question.text, REFUSED, reason, reason, (), result.hits,
        refusal=case, confidence=round(sure, 4),
    )  # fmt: skip


_OPENINGS = {
    "no document": "No answer: nothing was found.",
    "out of scope": "No answer: no document in this library seems to be about this.",
    "not stated": "No answer: none of the passages found states what was asked.",
    "false premise": "No answer: no passage found states what the question takes for true, "
    "“{premise}”.",
    "legal opinion": "No opinion is given on validity, patentability, infringement or freedom to "
    "operate; that is for a patent attorney. What documents state can be shown: ask for it "
    "directly, or make a claim chart, which sets the passages beside each limitation of a claim.",
}


def _case(question: Question, asked: Asked, result: SearchResult, weighed: list[Candidate]) -> str:
    if question.kind == "legal":
        return "legal opinion"
    if not result.hits or not weighed:
        return "no document"
    meaning = max(c.signs.meaning for c in weighed)
    words = max(c.signs.document for c in weighed)
    if meaning < _RELATED_MEANING and words < _RELATED_WORDS:
        return "out of scope"
    return "false premise" if question.presupposes else "not stated"


def _closest(asked: Asked, candidate: Candidate) -> str:
    place = f" (claim {candidate.passage.claim})" if candidate.passage.claim else ""
    name = document_name(candidate.document)
    if candidate.document.number:
        name += f" ({' '.join(candidate.document.title.split())})"
    said = f" The closest is {name}{place}: {candidate.shown()}"
    lacking = _lacking(asked, candidate)
    return f"{said} Missing there: {', '.join(lacking)}." if lacking else said


def _lacking(asked: Asked, candidate: Candidate) -> list[str]:
    """What the question has and the closest sentence, with its passage, has not."""
    lacking = [need.typed for need in candidate.missing]
    if asked.wants_value and candidate.signs.typed < 0.5:
        lacking.append("a value")
    shares = met(asked, candidate.text, candidate.passage.text)
    unmet = (c for c, share in zip(asked.conditions, shares, strict=True) if not share)
    lacking += [asked.text[c.start : c.end].strip() for c in unmet]
    return list(dict.fromkeys(lacking))


def limits(filters: Filters) -> str:
    """The filters in words, in brackets; "" for none."""
    given = [
        f"{name} {', '.join(map(str, value)) if isinstance(value, tuple) else value}"
        for name, value in vars(filters).items()
        if value and name != "date"
    ]
    if filters.before or filters.after:
        given.append(f"by {filters.date} date")
    return f" (limited to {'; '.join(given)})" if given else ""
