"""The extractive answer: search, weigh every sentence found, decide, choose, frame and cite."""

from __future__ import annotations

from dataclasses import dataclass, replace

from assistant.answers.asked import Asked, read_question
from assistant.answers.choose import choose, choose_listed, differing, with_following
from assistant.answers.compose import Chosen, compose
from assistant.answers.decide import answers, confidence
from assistant.answers.documents import (
    asks_for_documents,
    count_frame,
    found_frame,
    title_candidates,
)
from assistant.answers.needs import Surface
from assistant.answers.refuse import refused
from assistant.answers.retrieve import DOCUMENTS, LISTED, find, named_documents
from assistant.answers.table import wants_table
from assistant.answers.weigh import Candidate, candidates
from assistant.gate import is_order, markup_in
from assistant.questions import Question
from assistant.records import ANSWERED, Answer
from index.analysis import query_terms
from index.library import Library
from index.records import SearchResult

# Kinds of questions whose answers run over several sentences, and how many more are shown.
_RUNS_ON, _FOLLOWING = ("cause", "procedure"), 2
# Passages of a hit that an answer carries, as a search does.
_SHOWN = 3


@dataclass(frozen=True)
class Extracted:
    """An extractive answer with what it was made from.

    weighed: the sentences found, best first. prose: whether the answer is sentences that state
    something, and not a list of documents, a count or a refusal.
    """

    answer: Answer
    asked: Asked
    weighed: list[Candidate]
    prose: bool


def extract(library: Library, question: Question) -> Extracted:
    """The answer made of verbatim sentences, or a refusal.

    Raises UnknownDocument where a document was replaced between the search and its reading.
    """
    listing = asks_for_documents(question)
    result = find(library, question, LISTED if listing else DOCUMENTS)
    asked = read_question(library, question, listing)
    counted = count_frame(library, question, asked, result)
    of_record = listing and named_documents(library, question)
    if (counted or of_record) and result.hits:
        titles = title_candidates(library, asked, result.hits)
        chosen = Chosen(titles, True, opening=counted)
        return Extracted(_answer(library, question, asked, result, chosen), asked, titles, False)
    # A sentence that tells its reader what to do or say is no finding.
    weighed = [c for c in candidates(library, asked, result.hits) if _may_be_shown(c.text)]
    sure = confidence(asked, weighed) if _asks_something(question, asked) else 0.0
    if question.kind == "legal" or not answers(sure):
        refusal = refused(library, question, asked, _trimmed(result), weighed, sure)
        return Extracted(_about(question, refusal), asked, weighed, False)
    chosen = _chosen(question, asked, weighed, listing)
    answer = _answer(library, question, asked, result, chosen)
    answer = replace(answer, confidence=round(sure, 4))
    return Extracted(answer, asked, weighed, not listing and answer.status == ANSWERED)


def _chosen(question: Question, asked: Asked, weighed: list[Candidate], listing: bool) -> Chosen:
    if listing:
        listed = choose_listed(weighed)
        return Chosen(listed, True, opening=found_frame(question, listed))
    sentences = choose(weighed)
    if question.kind in _RUNS_ON:
        sentences = with_following(weighed, sentences, _FOLLOWING)
    sentences = _with_compared(question, weighed, sentences)
    return Chosen(sentences, differing=differing(asked, sentences[0], sentences))


def _answer(
    library: Library, question: Question, asked: Asked, result: SearchResult, chosen: Chosen
) -> Answer:
    chosen = replace(chosen, table=wants_table(question, asked))
    answer = compose(library, question, asked, chosen)
    return _about(question, replace(answer, hits=_trimmed(result).hits))


def _about(question: Question, answer: Answer) -> Answer:
    """The answer with how its question was understood."""
    return replace(
        answer,
        question=question.typed,
        completed=question.text if question.completed else None,
        kind=question.kind,
        chips=question.chips,
        filters=question.filters,
    )


def _with_compared(
    question: Question, weighed: list[Candidate], chosen: list[Candidate]
) -> list[Candidate]:
    """The chosen sentences, with one for each compared thing that none of them names."""
    chosen = list(chosen)
    for thing in question.compared:
        wanted = frozenset(query_terms(thing))
        if any(wanted <= Surface(c.text).terms for c in chosen):
            continue
        chosen += [c for c in weighed if wanted <= Surface(c.text).terms][:1]
    return chosen


def _may_be_shown(text: str) -> bool:
    return not is_order(text) and markup_in(text) is None


def _asks_something(question: Question, asked: Asked) -> bool:
    return bool(asked.needs or asked.conditions or question.chips or question.among)


def _trimmed(result: SearchResult) -> SearchResult:
    hits = (replace(hit, passages=hit.passages[:_SHOWN]) for hit in result.hits)
    return replace(result, hits=tuple(hits))
