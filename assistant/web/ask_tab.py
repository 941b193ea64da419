"""The chat: a question goes in, an answer grows, its chips open the side panel."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from typing import Any

import gradio as gr

from assistant.errors import AssistantError
from assistant.records import ANSWERED
from assistant.web.conversation import conversation, word_count
from assistant.web.filter_form import filter_form, plainly, read_filters
from assistant.web.holder import AssistantHolder
from assistant.web.refs import Session, Turn
from assistant.web.side_panel import html_area
from assistant.web.welcome import welcome
from index.errors import LibraryError

# The answer is complete before it is shown; it grows so that the eye can follow it.
_WORDS_AT_ONCE = 4
_SECONDS_BETWEEN = 0.04

# HTML of the conversation, the session, and the text left in the box.
_Shown = tuple[str, Session, str]


def ask_tab(holder: AssistantHolder, memory: gr.State) -> gr.HTML:
    """Draw the tab and connect it; the area with the conversation."""
    chat = html_area("pa-chat")
    with gr.Group(elem_id="pa-composer"):
        question = gr.Textbox(
            placeholder="Ask about your patents and reports",
            show_label=False,
            container=False,
            lines=1,
            max_lines=6,
            autofocus=True,
            submit_btn=True,
            elem_id="pa-ask",
        )
        filters = filter_form()
    again = gr.Button("New chat", size="sm", variant="secondary", elem_id="pa-new")
    private: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
    outputs = [chat, memory, question]

    # A closure and no partial: Gradio finds the event by the annotation of its parameter.
    def ask_example(session: Session, event: gr.EventData, *values: Any) -> Iterator[_Shown]:
        yield from _ask(holder, str(event.ask), session, *values)

    asking = partial(_ask, holder)
    inputs = [memory, *filters]
    running = [
        question.submit(asking, [question, *inputs], outputs, concurrency_limit=8, **private),
        chat.ask(ask_example, inputs, outputs, concurrency_limit=8, **private),
    ]
    begin = partial(_begin, holder)
    again.click(begin, None, outputs, cancels=running, **private)
    return chat


def _begin(holder: AssistantHolder) -> _Shown:
    return welcome(holder), Session(), ""


def _ask(
    holder: AssistantHolder, question: str, session: Session, *values: Any
) -> Iterator[_Shown]:
    """The conversation as it grows."""
    if not question.strip():
        yield conversation(session) if session.turns else welcome(holder), session, ""
        return
    turn = Turn(question.strip(), holder.count())
    yield conversation(session.with_turn(turn)), session, ""
    try:
        turn = replace(turn, filters=read_filters(*values))
        turn = replace(turn, answer=holder.ready().ask(turn.question, turn.filters))
    except (LibraryError, AssistantError) as error:
        turn = replace(turn, error=plainly(error))
    except Exception:
        # Whatever it is, the page must not go on saying that it searches.
        logging.getLogger(__name__).exception("a question could not be answered")
        turn = replace(turn, error="Something went wrong on the server; its log says what.")
    done = session.with_turn(turn)
    if turn.answer is not None and turn.answer.status == ANSWERED:
        for words in range(_WORDS_AT_ONCE, word_count(turn.answer), _WORDS_AT_ONCE):
            yield conversation(done, words), done, ""
            time.sleep(_SECONDS_BETWEEN)
    yield conversation(done), done, ""
