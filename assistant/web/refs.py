"""References from the page back to what it shows, and one browser session's memory.

A button on the page carries only a reference, such as `answer:0:2:0`; what it stands for is kept
here, in the session that was shown it. A reference that was made up opens nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from assistant.pictures import Picture
from assistant.projects import SearchAsked
from assistant.questions import Chip
from assistant.records import Answer, Citation
from index.records import Filters, Hit, SearchResult
from ingest.facts import DocumentFacts
from ingest.records import Passage

# Questions of a conversation that are kept and shown; older ones are forgotten.
MOST_TURNS = 50
# Documents listed under a refusal.
MOST_CLOSEST = 4


@dataclass(frozen=True)
class Turn:
    """One question of a conversation, asked once; asked again it is another turn.

    Attributes:
        number: of this asking; no other of the session has it, so no reference opens another's.
        documents: how many the library held.
        chips: filters read from the question, in its order; those known before it is answered.
        off: those of them that the reader took off.
        model: what is to word the answer; None shows the documents' own sentences.
        answer: None while searching, or if error says why not; while it grows, what there is.
        finished: False while it is searched for or written. stopped: by the reader.
    """

    number: int
    question: str
    documents: int
    filters: Filters = field(default_factory=Filters)
    chips: tuple[Chip, ...] = ()
    off: tuple[Chip, ...] = ()
    model: str | None = None
    answer: Answer | None = None
    error: str | None = None
    finished: bool = False
    stopped: bool = False


@dataclass(frozen=True)
class Session:
    """What one browser session has been shown. Never shared between sessions.

    Attributes:
        turns: in the order of the conversation, which is not that of their numbers.
        asked: how many were asked so far; the next turn's number.
        current: number of the turn asked last, which may still be growing.
        switchable: what the searcher may switch off of what the query was taken to mean.
        into: project that records the current turn, "" for none, and who asks.
        searched: what `result` was searched with. uploaded: text that a file brought to the box.
        marks: document ids and whether relevant, of those marked while no project was chosen.
        charted: what the cells of the chart that is shown quote, as `chart_ref` counts them.
        pictures: those that are shown.
    """

    turns: tuple[Turn, ...] = ()
    asked: int = 0
    current: int | None = None
    result: SearchResult | None = None
    switchable: tuple[str, ...] = ()
    into: tuple[str, str] = ("", "")
    searched: SearchAsked | None = None
    uploaded: str = ""
    marks: tuple[tuple[str, bool], ...] = ()
    charted: tuple[Citation, ...] = ()
    pictures: tuple[Picture, ...] = ()

    def begun(self, turn: Turn, instead_of: int | None = None) -> Session:
        """The session in which a turn with the number `asked` is being asked.

        instead_of: number of the turn whose place it takes; None for the end.
        """
        turns = tuple(turn if t.number == instead_of else t for t in self.turns)
        if turn not in turns:
            turns = (*turns, turn)
        return replace(self, turns=turns[-MOST_TURNS:], asked=self.asked + 1, current=turn.number)

    def grown(self, turn: Turn) -> Session:
        """The session with a newer state of one of its turns."""
        turns = tuple(turn if t.number == turn.number else t for t in self.turns)
        return replace(self, turns=turns)

    def turn(self, number: int | None) -> Turn | None:
        """The turn with a number, None where there is none."""
        return next((turn for turn in self.turns if turn.number == number), None)

    def before(self, number: int | None) -> tuple[Turn, ...]:
        """The turns before one of them; all where there is none with the number."""
        numbers = [turn.number for turn in self.turns]
        return self.turns[: numbers.index(number)] if number in numbers else self.turns


def answer_ref(turn: int, statement: int, citation: int) -> str:
    """Reference to a citation of an answer. turn: its number; the others count from 0."""
    return f"answer:{turn}:{statement}:{citation}"


def row_ref(turn: int, row: int, citation: int) -> str:
    """Reference to a citation of a row of an answer's table, as `answer_ref`."""
    return f"row:{turn}:{row}:{citation}"


def closest_ref(turn: int, hit: int, passage: int) -> str:
    """Reference to a passage of a hit of an answer or a refusal, as `answer_ref`."""
    return f"closest:{turn}:{hit}:{passage}"


def result_ref(hit: int, passage: int) -> str:
    """Reference to a passage of the last search; all counted from 0."""
    return f"result:{hit}:{passage}"


def document_ref(document_id: str) -> str:
    """Reference to a whole document."""
    return f"document:{document_id}"


def chart_ref(number: int) -> str:
    """Reference to a citation of the chart that is shown, `Session.charted[number]`."""
    return f"chart:{number}"


def resolve(ref: str, session: Session) -> Citation | str | tuple[str, ...] | None:
    """The citation, the id of the document, or the ids of several, that a reference stands for.

    None where it stands for nothing that this session was shown.
    """
    kind, _, rest = ref.partition(":")
    if kind == "document":
        return rest or None
    if kind == "pick":
        return next((ids for p in session.pictures if (ids := p.picked(ref))), None)
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
    if kind == "chart":
        (number,) = numbers
        return session.charted[number]
    if kind not in ("answer", "closest", "row"):
        return None
    number, first, second = numbers
    turn = session.turn(number)
    if turn is None or turn.answer is None:
        return None
    if kind == "answer":
        return turn.answer.statements[first].citations[second]
    if kind == "row":
        return turn.answer.table[first].citations[second]
    return _of_hit(turn.answer.hits[first], second)


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
