"""Decide whether a sentence answers a question, and say why not when none does.

Fails towards refusing: related text that does not state what was asked is no answer.
"""

from __future__ import annotations

import re

from assistant.select import Candidate, subject_terms
from index.records import Filters, SearchResult

# A sentence must share this much with the question: cosine, weighted words in the sentence, and
# weighted words in it and its surroundings. Measured on the sample's questions and near misses.
_LEAST_MEANING = 0.35
_LEAST_WORDS = 0.2
_LEAST_AROUND = 0.6
# A question of few words has none to spare.
_FEW_WORDS, _LEAST_AROUND_FEW = 3, 0.75

_ASKS_VALUE = re.compile(
    r"\b(how (much|many|long|thick|large|small|high|low|hot|fast|far|often|big)"
    r"|(what|which) (is the |are the |was the )?(\w+ ){0,2}"
    r"(temperature|amount|content|ratio|thickness|pressure|density|capacity|concentration|share"
    r"|percentage|time|duration|size|diameter|loading|range|value|number|weight|width|speed|rate))"
    r"\b",
    re.IGNORECASE,
)
_FIGURE = re.compile(
    r"\d|\b(one|two|three|four|five|six|seven|eight|nine|ten|half|twice)\b", re.IGNORECASE
)


def states_an_answer(question: str, candidate: Candidate) -> bool:
    """Whether the sentence is evidence enough to be shown as an answer."""
    if _ASKS_VALUE.search(question) and not _FIGURE.search(candidate.text):
        return False
    few = len(subject_terms(question)) <= _FEW_WORDS
    return (
        not candidate.missing
        and candidate.meaning >= _LEAST_MEANING
        and candidate.words >= _LEAST_WORDS
        and candidate.around >= (_LEAST_AROUND_FEW if few else _LEAST_AROUND)
    )


def refusal(question: str, result: SearchResult, documents: int, weighed: list[Candidate]) -> str:
    """Why there is no answer: what was searched, and what came closest."""
    searched = f"Searched {result.searched} of {documents} documents{_limits(result.filters)}."
    if not result.hits or not weighed:
        undated = f" {result.undated} have no such date on record." if result.undated else ""
        return f"No answer: nothing was found. {searched}{undated}"
    closest = weighed[0].passage
    document = next(h.document for h in result.hits if h.document.id == closest.document_id)
    name = " ".join(filter(None, [document.number, f"({document.title})"]))
    lacking = set.intersection(*(set(candidate.missing) for candidate in weighed))
    lack = f" None of them mentions {', '.join(sorted(lacking))}." if lacking else ""
    return (
        f"No answer: none of the passages found states what was asked.{lack} "
        f"{searched} The closest was {name}: {weighed[0].shown()}"
    )


def _limits(filters: Filters) -> str:
    given = [
        f"{name} {', '.join(value) if isinstance(value, tuple) else value}"
        for name, value in vars(filters).items()
        if value and name != "date"
    ]
    if filters.before or filters.after:
        given.append(f"by {filters.date} date")
    return f" (limited to {'; '.join(given)})" if given else ""
