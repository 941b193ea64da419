"""Questions about documents: which there are, how many, whose they are, and of when."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.answers.asked import Asked
from assistant.answers.refuse import limits
from assistant.answers.weigh import Candidate, candidates
from assistant.questions import Question
from index.library import Library
from index.records import Hit, SearchResult

_DOCUMENTS = (
    r"(?:patents?|documents?|reports?|applications?|publications?|papers?|filings?|stud(?:y|ies)"
    r"|inventions?|compan(?:y|ies)|applicants?|assignees?|inventors?|authors?|firms?"
    r"|universit(?:y|ies)|manufacturers?|institutes?|parties)"
)
# "What thickness does the report recommend?" asks for no reports.
_WORD = r"(?:(?!do|does|did|the|this|that|can|is|are|was|were)\S+ )"
_ASKS = re.compile(
    r"^\W*(?:who|whose)\b.*\b(?:fil|own|invent|publish|appl|assign|develop|work|wrote|made|patent)"
    rf"|\b(?:which|what|list|show|find|give me|name|any|by what) {_WORD}{{0,3}}?{_DOCUMENTS}\b"
    rf"|\bhow many (?:\S+ ){{0,2}}?{_DOCUMENTS}\b"
    r"|^when (?:was|were|did)\b.*\b(?:filed|published|granted|file|publish|appl(?:y|ied))\b"
    r"|\b(?:publication|filing|priority) date\b",
    re.IGNORECASE,
)


_PARTIES = re.compile(
    r"\bhow many (?:\S+ ){0,2}?(?:compan|applicant|assignee|part(?:y|ies)|firm|manufacturer"
    r"|invent|author|universit)",
    re.IGNORECASE,
)


def asks_for_documents(question: Question) -> bool:
    """Whether documents, or facts of their records, are asked for instead of what they state.

    >>> from assistant.questions import understand
    >>> asks_for_documents(understand("Which patents disclose an aerogel barrier?"))
    True
    >>> asks_for_documents(understand("Which binder does the patent use?"))
    False
    """
    return question.kind == "count" or bool(_ASKS.search(question.text))


def count_frame(library: Library, question: Question, asked: Asked, result: SearchResult) -> str:
    """How many documents match, where filters alone say it; "" where that is not so."""
    counted = question.chips and not asked.needs and asks_for_documents(question)
    if not counted or _PARTIES.search(question.text):
        return ""
    one = result.searched == 1
    return (
        f"{result.searched} of {library.counts()[0]} documents "
        f"match{'es' if one else ''}{limits(result.filters)}."
    )


def found_frame(question: Question, sentences: Sequence[Candidate]) -> str:
    """How many documents were found, for questions how many there are; "" for others."""
    if question.kind != "count" or _PARTIES.search(question.text):
        return ""
    count = len({candidate.document.id for candidate in sentences})
    return f"At least {count} document{'' if count == 1 else 's'} found with a sentence on this."


def title_candidates(library: Library, asked: Asked, hits: Sequence[Hit]) -> list[Candidate]:
    """The best sentence of each hit, to cite its record by."""
    best: dict[str, Candidate] = {}
    for candidate in candidates(library, asked, hits):
        best.setdefault(candidate.document.id, candidate)
    return sorted(best.values(), key=lambda c: c.rank)
