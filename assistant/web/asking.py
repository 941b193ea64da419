"""One question of a conversation from asking to answer: the session as it grows.

Knows neither Gradio nor HTML.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import replace

from assistant.answers import read
from assistant.audit import computing
from assistant.errors import AssistantError
from assistant.questions import Chip
from assistant.questions import Turn as Said
from assistant.records import Answer
from assistant.web.filter_form import plainly
from assistant.web.holder import AssistantHolder
from assistant.web.refs import MOST_CLOSEST, Session, Turn
from index.errors import LibraryError
from index.library import Library


def asking(holder: AssistantHolder, session: Session) -> Iterator[Session]:
    """The session with its current turn answered, growing; the last one is finished.

    Raises nothing of its own: what goes wrong is said in the turn.
    """
    turn = session.turn(session.current)
    if turn is None:
        return
    try:
        for state in _grown(holder, session, turn):
            turn = state
            session = session.grown(turn)
            if turn.answer and turn.answer.generator:
                yield session
    except (LibraryError, AssistantError) as error:
        turn = replace(turn, error=plainly(error))
    except Exception:
        # Whatever it is, the page must not go on saying that it searches.
        logging.getLogger(__name__).exception("a question could not be answered")
        turn = replace(turn, error="Something went wrong on the server; its log says what.")
    yield finished(session.grown(turn))


def finished(session: Session, *, stopped: bool = False) -> Session:
    """The session with its current turn closed as far as it is. stopped: by the reader."""
    turn = session.turn(session.current)
    if turn is None or turn.finished:
        return session
    answer = _kept(turn.answer) if turn.answer else None
    return session.grown(replace(turn, answer=answer, finished=True, stopped=stopped))


def said(turns: tuple[Turn, ...]) -> list[Said]:
    """What the next question needs of earlier ones; those without an answer say nothing."""
    return [turn.answer.turn() for turn in turns if turn.answer is not None]


def _grown(holder: AssistantHolder, session: Session, turn: Turn) -> Iterator[Turn]:
    project, who = session.into
    assistant = holder.recording(project, who, worded=turn.model is not None)
    before = session.before(turn.number)
    conversation = said(before)
    if not turn.off and before:
        library = computing(assistant.library)
        turn = replace(turn, off=_still_off(library, turn, conversation, before[-1].off))
    off = tuple(chip.key for chip in turn.off)
    for answer in assistant.ask_growing(turn.question, turn.filters, conversation, off):
        yield replace(turn, answer=answer, chips=_chips(answer, turn.off))


def _chips(answer: Answer, off: tuple[Chip, ...]) -> tuple[Chip, ...]:
    """The filters that hold and those taken off, in the order of the question's words."""
    return tuple(sorted((*answer.chips, *off), key=lambda chip: chip.start))


def _still_off(
    library: Library, turn: Turn, conversation: list[Said], off: tuple[Chip, ...]
) -> tuple[Chip, ...]:
    """Filters taken off before that a follow-up has from the conversation, not from its words."""
    if not off:
        return ()
    question = read(library, turn.question, turn.filters, conversation)
    typed, keys = question.typed.casefold(), {chip.key for chip in off}
    return tuple(
        chip
        for chip in question.chips
        if chip.key in keys and question.text[chip.start : chip.end].casefold() not in typed
    )


def _kept(answer: Answer) -> Answer:
    """The answer without the passages that its turn neither cites nor lists: memory is finite."""
    if not answer.statements:
        hits = (replace(hit, passages=hit.passages[:1]) for hit in answer.hits[:MOST_CLOSEST])
        return replace(answer, hits=tuple(hits))
    cited = {c.passage_id for s in answer.statements for c in s.citations}
    hits = (
        replace(hit, passages=tuple(p for p in hit.passages if p.id in cited))
        for hit in answer.hits
    )
    return replace(answer, hits=tuple(hit for hit in hits if hit.passages))
