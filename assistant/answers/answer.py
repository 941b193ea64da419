"""Answer a question: understand it, extract an answer, and let a model word it if one is set up."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from datetime import date

from assistant.answers.extract import Extracted, extract
from assistant.answers.retrieve import known_of
from assistant.answers.write import Writing, written
from assistant.errors import BadQuestion
from assistant.questions import Question, Turn, understand
from assistant.records import Answer
from index.errors import UnknownDocument
from index.library import Library
from index.records import Filters
from ingest.text import clean

LONGEST_QUESTION = 4000
# Turns of a conversation that can matter to a question; each is complete in itself.
_REMEMBERED = 30


def read(
    library: Library,
    text: str,
    filters: Filters | None = None,
    conversation: Sequence[Turn] = (),
    off: Collection[str] = (),
) -> Question:
    """A typed question as understood, completed from the conversation, oldest turn first.

    off: keys of chips whose words are to be plain. Raises BadQuestion, BadFilter.
    """
    typed = clean(text)
    _check(typed)
    return understand(
        typed,
        previous=conversation[-_REMEMBERED:],
        given=filters or Filters(),
        known=replace(known_of(library), today=date.today()),
        off=off,
    )


def answer_question(
    library: Library,
    question: str | Question,
    filters: Filters | None = None,
    writing: Writing | None = None,
) -> Answer:
    """The answer to a question, or a refusal that says what was searched.

    question: as typed, or understood already, with its filters in it. writing: the model that
    words the answer; None shows the documents' own sentences. Raises BadQuestion, BadFilter.
    """
    if isinstance(question, str):
        question = read(library, question, filters)
    *_, last = growing(library, question, writing)
    return last


def growing(
    library: Library, question: Question, writing: Writing | None = None
) -> Iterator[Answer]:
    """The answer as it is written, sentence by sentence; the last one is the answer.

    Without a model there is one. With one, a sentence comes only after the gate let it pass.
    """
    extracted = _extracted(library, question)
    if writing is None or not extracted.prose:
        yield extracted.answer
        return
    yield from written(library, question, extracted, writing)


def _extracted(library: Library, question: Question) -> Extracted:
    try:
        return extract(library, question)
    except UnknownDocument:
        # A document was replaced between the search and its reading: look at the new state.
        return extract(library, question)


def _check(question: str) -> None:
    if not question.strip():
        raise BadQuestion("the question is empty; ask something, such as a value or a cause")
    if len(question) > LONGEST_QUESTION:
        raise BadQuestion(
            f"the question has {len(question):,} characters, {LONGEST_QUESTION:,} are the most; "
            "to search with a whole disclosure use `prior-art search --file FILE`"
        )
