"""Ask questions through the same code as everybody, and keep what judging the answers needs."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from assistant.assistant import Assistant
from assistant.errors import AssistantError
from assistant.evaluation.match import is_gold, states, without_keys
from assistant.evaluation.questions import Question
from assistant.questions import Turn
from assistant.records import ANSWERED, Answer, Citation
from index.errors import LibraryError
from ingest.facts import DocumentFacts

Documents = Mapping[str, DocumentFacts]  # by id


@dataclass(frozen=True)
class Outcome:
    """A question, what was answered, and the evidence for judging it.

    Attributes:
        answer: to the last turn; None where asking raised a stated error.
        error: that error, with its class.
        seconds: for the last turn.
        found: whether the answer's text states each of the question's facts.
        right, verbatim: for each citation, in the order of the statements: whether its document
            is gold, and whether its quote is a piece of the passage that it names.
        gold_in_hits: whether the search behind the answer found a gold document.
        gold_known: whether a gold document is in the index at all.
    """

    question: Question
    answer: Answer | None
    error: str | None
    seconds: float
    found: tuple[bool, ...] = ()
    right: tuple[bool, ...] = ()
    verbatim: tuple[bool, ...] = ()
    gold_in_hits: bool = False
    gold_known: bool = False

    @property
    def answered(self) -> bool:
        """Whether statements were given."""
        return self.answer is not None and self.answer.status == ANSWERED

    @property
    def refused(self) -> bool:
        """Whether it was said that no document answers."""
        return self.answer is not None and self.answer.status != ANSWERED

    @property
    def accurate(self) -> bool:
        """Whether an answerable question was answered with all its facts."""
        return self.answered and self.question.answerable and all(self.found)

    @property
    def gold_cited(self) -> bool:
        """Whether a gold document is among the citations."""
        return any(self.right)

    @property
    def good(self) -> bool:
        """Whether it is just as it should be: facts and gold document, or a refusal."""
        if not self.question.answerable:
            return self.refused
        return self.accurate and self.gold_cited

    def problems(self) -> list[str]:
        """What is wrong with it, for people; empty where nothing is."""
        question, answer = self.question, self.answer
        if answer is None:
            return [f"error: {self.error}"]
        found = [
            f"statement without citation: {s.text}" for s in answer.statements if not s.citations
        ]
        if not all(self.verbatim):
            found.append(f"{self.verbatim.count(False)} quotes are not in the passage they name")
        if not question.answerable:
            why = question.why_unanswerable or "no document states it"
            return found if self.refused else [*found, f"answered, but {why}"]
        if self.refused:
            where = "found" if self.gold_in_hits else "not found"
            where = where if self.gold_known else "not in the index"
            return [*found, f"refused, but it is answerable; the right document was {where}"]
        if not self.gold_cited:
            found.append("no right document is cited")
        facts = zip(question.facts, self.found, strict=True)
        found += [f"missing: {' | '.join(fact)}" for fact, there in facts if not there]
        return found


def run_questions(
    assistant: Assistant,
    questions: Sequence[Question],
    progress: Callable[[int, int], None] | None = None,
) -> list[Outcome]:
    """Ask all questions, one after another.

    progress: called with the number of questions done and of all. A stated error for one
    question is its outcome, and the others are asked all the same.
    """
    documents = {facts.id: facts for facts in assistant.documents()}
    outcomes = []
    for done, question in enumerate(questions):
        if progress is not None:
            progress(done, len(questions))
        outcomes.append(_outcome(assistant, question, documents))
    return outcomes


def ask_in_turn(assistant: Assistant, turns: Sequence[str]) -> tuple[Answer, float]:
    """The answer to the last turn of a conversation, and the seconds that it took."""
    conversation: list[Turn] = []
    for earlier in turns[:-1]:
        conversation.append(assistant.ask(earlier, conversation=conversation).turn())
    started = time.perf_counter()
    answer = assistant.ask(turns[-1], conversation=conversation)
    return answer, time.perf_counter() - started


def _outcome(assistant: Assistant, question: Question, documents: Documents) -> Outcome:
    known = any(_is_gold(question, facts) for facts in documents.values())
    started = time.perf_counter()
    try:
        answer, seconds = ask_in_turn(assistant, question.turns)
    except (AssistantError, LibraryError) as error:
        seconds = time.perf_counter() - started
        said = f"{type(error).__name__}: {error}"
        return Outcome(question, None, said, seconds, gold_known=known)
    citations = [citation for s in answer.statements for citation in s.citations]
    text = without_keys(answer.text)
    cited = [documents.get(citation.document_id) for citation in citations]
    return Outcome(
        question,
        answer,
        None,
        seconds,
        found=tuple(states(text, fact) for fact in question.facts),
        right=tuple(facts is not None and _is_gold(question, facts) for facts in cited),
        verbatim=tuple(_is_verbatim(assistant, citation) for citation in citations),
        gold_in_hits=any(
            _is_gold(question, facts)
            for hit in answer.hits
            for facts in (hit.document, *hit.members)
        ),
        gold_known=known,
    )


def _is_gold(question: Question, facts: DocumentFacts) -> bool:
    names = [name for name in (facts.id, facts.number) if name]
    return is_gold(question.gold, names, facts.source)


def _is_verbatim(assistant: Assistant, citation: Citation) -> bool:
    """Whether the quote stands in the passage that is cited."""
    try:
        assistant.evidence(citation)
    except (ValueError, AssistantError, LibraryError):
        return False
    return bool(citation.quote.strip())
