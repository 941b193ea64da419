"""Answer a question from passages, without any language model.

Search, weigh every sentence of the best passages, keep those that answer, join them with their
citations; refuse when none does. Each sentence is verbatim, so nothing can be invented.
"""

from __future__ import annotations

from assistant.errors import BadQuestion
from assistant.records import ANSWERED, REFUSED, Answer, Citation, Statement
from assistant.refuse import refusal, states_an_answer
from assistant.select import Candidate, candidates, choose
from index.errors import UnknownDocument
from index.library import Library
from index.records import Filters, SearchOptions, SearchResult
from ingest.records import Document
from ingest.text import clean

LONGEST_QUESTION = 4000
_DOCUMENTS = 8


def answer_question(library: Library, question: str, filters: Filters) -> Answer:
    """The answer to a question, or a refusal that says what was searched.

    Raises BadQuestion, BadFilter.
    """
    question = clean(question)
    _check(question)
    try:
        return _try_to_answer(library, question, filters)
    except UnknownDocument:
        # A document was replaced between the search and its reading: look at the new state.
        return _try_to_answer(library, question, filters)


def _try_to_answer(library: Library, question: str, filters: Filters) -> Answer:
    result = library.search(question, _DOCUMENTS, filters, SearchOptions(syntax=False))
    weighed = candidates(library, question, result.hits)
    answering = [c for c in weighed if states_an_answer(question, c)]
    if not answering:
        reason = refusal(question, result, library.counts()[0], weighed)
        return Answer(question, REFUSED, reason, reason, (), result.hits)
    groups = choose(answering)
    return _answer(library, question, result, groups)


def _answer(
    library: Library, question: str, result: SearchResult, groups: list[list[Candidate]]
) -> Answer:
    stated = [c for group in groups for candidate in group for c in (candidate, *candidate.same)]
    documents = {name: library.document(name) for name in {c.passage.document_id for c in stated}}
    keys: dict[str, str] = {}
    statements: list[Statement] = []
    paragraphs: list[str] = []
    for group in groups:
        sentences = []
        for candidate in group:
            citations = []
            for source in (candidate, *candidate.same):
                key = keys.setdefault(source.passage.id, str(len(keys) + 1))
                document = documents[source.passage.document_id]
                citations.append(_citation(key, source, document))
            statements.append(Statement(candidate.text, tuple(citations)))
            marks = " ".join(f"[{citation.key}]" for citation in citations)
            sentences.append(f"{candidate.shown()} {marks}")
        paragraphs.append(" ".join(sentences))
    text = "\n\n".join(paragraphs)
    return Answer(question, ANSWERED, text, None, tuple(statements), result.hits)


def _citation(key: str, candidate: Candidate, document: Document) -> Citation:
    passage = candidate.passage
    at = passage.start + candidate.start
    return Citation(
        key=key,
        document_id=passage.document_id,
        number=document.facts.number,
        title=document.facts.title,
        passage_id=passage.id,
        quote=candidate.text,
        section=passage.section,
        claim=passage.claim,
        paragraph=document.paragraph_at(at),
        page=document.page_at(at),
    )


def _check(question: str) -> None:
    if not question.strip():
        raise BadQuestion("the question is empty; ask something, such as a value or a cause")
    if len(question) > LONGEST_QUESTION:
        raise BadQuestion(
            f"the question has {len(question):,} characters, {LONGEST_QUESTION:,} are the most; "
            "to search with a whole disclosure use `prior-art search --file FILE`"
        )
