"""References from the page back to what it shows, and one browser session's memory.

A button on the page carries only a reference, such as `answer:0:2:0`; what it stands for is kept
here, in the session that was shown it. A reference that was made up opens nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from assistant.records import Answer, Citation
from index.records import Filters, Hit, SearchResult
from ingest.facts import DocumentFacts
from ingest.records import Passage


@dataclass(frozen=True)
class Turn:
    """One question of a conversation. answer: None while searching, or if error says why not.

    documents: how many the library held.
    """

    question: str
    documents: int
    filters: Filters = field(default_factory=Filters)
    answer: Answer | None = None
    error: str | None = None


@dataclass(frozen=True)
class Session:
    """What one browser session has been shown. Never shared between sessions.

    switchable: what the searcher may switch off of what the query was taken to mean.
    """

    turns: tuple[Turn, ...] = ()
    result: SearchResult | None = None
    switchable: tuple[str, ...] = ()

    def with_turn(self, turn: Turn) -> Session:
        """The session after another question."""
        return replace(self, turns=(*self.turns, turn))


def answer_ref(turn: int, statement: int, citation: int) -> str:
    """Reference to a citation of an answer; all counted from 0."""
    return f"answer:{turn}:{statement}:{citation}"


def closest_ref(turn: int, hit: int, passage: int) -> str:
    """Reference to a passage of a hit of an answer or a refusal; all counted from 0."""
    return f"closest:{turn}:{hit}:{passage}"


def result_ref(hit: int, passage: int) -> str:
    """Reference to a passage of the last search; all counted from 0."""
    return f"result:{hit}:{passage}"


def document_ref(document_id: str) -> str:
    """Reference to a whole document."""
    return f"document:{document_id}"


def resolve(ref: str, session: Session) -> Citation | str | None:
    """The citation, or the id of the document, that a reference stands for.

    None where it stands for nothing that this session was shown.
    """
    kind, _, rest = ref.partition(":")
    if kind == "document":
        return rest or None
    try:
        numbers = [int(part) for part in rest.split(":")]
        if any(number < 0 for number in numbers):
            return None
        return _resolve(kind, numbers, session)
    except (ValueError, IndexError):
        return None


def _resolve(kind: str, numbers: list[int], session: Session) -> Citation | None:
    if kind == "result" and session.result is not None:
        hit, passage = numbers
        return _of_hit(session.result.hits[hit], passage)
    if kind not in ("answer", "closest"):
        return None
    turn, first, second = numbers
    answer = session.turns[turn].answer
    if answer is None:
        return None
    if kind == "answer":
        return answer.statements[first].citations[second]
    return _of_hit(answer.hits[first], second)


def _of_hit(hit: Hit, number: int) -> Citation:
    return whole_passage(hit.document, hit.passages[number])


def whole_passage(facts: DocumentFacts, passage: Passage) -> Citation:
    """A citation of all of a passage, so that search results open like citations do."""
    return Citation(
        key="",
        document_id=facts.id,
        number=facts.number,
        title=facts.title,
        passage_id=passage.id,
        quote=passage.text,
        section=passage.section,
        claim=passage.claim,
        paragraph=passage.paragraph,
        page=passage.first_page,
    )
