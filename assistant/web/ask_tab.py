"""The chat: a question goes in, an answer grows, its chips open the side panel.

The conversation stands in three areas, of which only the middle one changes while a question is
answered: so the last question of a long conversation costs what the first one did.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

import gradio as gr

from assistant.errors import AssistantError
from assistant.web import conversation
from assistant.web.apart import apart
from assistant.web.asking import asking, finished
from assistant.web.filter_form import filter_form, plainly, read_filters
from assistant.web.holder import AssistantHolder
from assistant.web.html import model_name
from assistant.web.project_bar import ProjectBar
from assistant.web.refs import Session, Turn
from assistant.web.side_panel import OPEN_JS
from assistant.web.welcome import welcome
from index.errors import LibraryError

_ASK_JS = OPEN_JS + (Path(__file__).parent / "ask.js").read_text(encoding="utf-8")
# What changes on the page; what is not named stays as it is.
_Shown = dict[Any, Any]
_RUNNING: dict[str, Any] = {"submit_btn": False, "stop_btn": True}
_IDLE: dict[str, Any] = {"submit_btn": True, "stop_btn": False}


@dataclass(frozen=True)
class _Page:
    """The parts of the tab that a question changes. chat: around the three areas."""

    chat: gr.HTML
    earlier: gr.HTML
    current: gr.HTML
    later: gr.HTML
    question: gr.Textbox
    memory: gr.State

    def parts(self) -> list[Any]:
        return list(vars(self).values())

    def laid_out(self, session: Session) -> _Shown:
        """All of a conversation."""
        return {
            self.chat: "",
            self.earlier: conversation.earlier(session),
            self.later: conversation.later(session),
            **self.grown(session),
        }

    def grown(self, session: Session) -> _Shown:
        """What changes while a question is answered."""
        return {self.current: conversation.current(session), self.memory: session}


def ask_tab(holder: AssistantHolder, memory: gr.State, bar: ProjectBar) -> gr.HTML:
    """Draw the tab and connect it; the area with the conversation."""
    with gr.HTML(
        html_template="${value}@children",
        elem_id="pa-chat",
        js_on_load=_ASK_JS,
        apply_default_css=False,
    ) as chat:
        earlier, current, later = _area("pa-earlier"), _area("pa-current"), _area("pa-later")
    with gr.Group(elem_id="pa-composer"):
        question = gr.Textbox(
            placeholder="Ask about your patents and reports",
            label="Question",
            show_label=False,
            container=False,
            lines=1,
            max_lines=6,
            autofocus=True,
            submit_btn=True,
            elem_id="pa-ask",
        )
        wording = gr.Checkbox(
            value=True,
            label=f"Let {model_name(holder.model or '')} word the answer",
            visible=holder.model is not None,
            container=False,
            elem_id="pa-wording",
        )
        filters = filter_form()
    again = gr.Button("New chat", size="sm", variant="secondary", elem_id="pa-new")
    page = _Page(chat, earlier, current, later, question, memory)
    _connect(holder, page, [memory, question, wording, bar.project, bar.who, *filters], again)
    return chat


def _area(name: str) -> gr.HTML:
    """One of the conversation's three; clicks in it are heard by the area around them."""
    return gr.HTML("", elem_id=name, js_on_load=None, apply_default_css=False)


def _connect(holder: AssistantHolder, page: _Page, inputs: list[Any], again: gr.Button) -> None:
    private: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}

    # A closure and no partial: Gradio finds the event by the annotation of its parameter.
    async def answering(
        session: Session,
        typed: str,
        wording: bool,
        project: str | None,
        who: str,
        event: gr.EventData,
        *values: Any,
    ) -> AsyncIterator[_Shown]:
        if isinstance(event.target, gr.HTML):
            example, limit = getattr(event, "ask", None), getattr(event, "limit", None)
            if limit is not None:
                begun = _switched(holder, session, str(limit), str(event.key))
            else:
                begun = _begun(holder, session, str(example or ""), wording, values)
            box: _Shown = {}
        else:
            box = {"value": ""}
            begun = _begun(holder, session, typed, wording, values)
        begun = begun and replace(begun, into=(project or "", who))
        async for shown in _run(holder, page, session, begun, box):
            yield shown

    # One event for all ways to ask: while it runs, no other question of the session begins.
    running = gr.on(
        [page.question.submit, page.chat.submit],
        answering,
        inputs,
        page.parts(),
        concurrency_limit=8,
        **private,
    )
    page.question.stop(
        partial(_stop, page), [page.memory], page.parts(), cancels=[running], **private
    )
    again.click(partial(_restart, holder, page), None, page.parts(), cancels=[running], **private)


def _begun(
    holder: AssistantHolder, session: Session, question: str, wording: bool, values: tuple[Any, ...]
) -> Session | None:
    """The session that asks a question; None if there is nothing to ask."""
    if not question.strip():
        return None
    model = holder.model if wording else None
    turn = Turn(session.asked, question.strip(), holder.count(), model=model)
    try:
        turn = replace(turn, filters=read_filters(*values))
    except (LibraryError, AssistantError) as error:
        turn = replace(turn, error=plainly(error), finished=True)
    return session.begun(turn)


def _switched(holder: AssistantHolder, session: Session, limit: str, key: str) -> Session | None:
    """The session that asks a turn again with one of its filters taken off, or put back."""
    turn = session.turn(int(limit) if limit.isdecimal() else None)
    chip = next((c for c in turn.chips if c.key == key), None) if turn else None
    if turn is None or chip is None:
        return None
    kept = tuple(c for c in turn.off if c.key != key)
    off = kept if len(kept) < len(turn.off) else (*kept, chip)
    again = Turn(
        session.asked,
        turn.question,
        holder.count(),
        filters=turn.filters,
        chips=turn.chips,
        off=off,
        model=turn.model,
    )
    return session.begun(again, instead_of=turn.number)


async def _run(
    holder: AssistantHolder, page: _Page, session: Session, begun: Session | None, box: _Shown
) -> AsyncIterator[_Shown]:
    """The page as a session's current turn is answered. box: what becomes of the question box."""
    if begun is None:
        yield {page.memory: session}
        return
    turn = begun.turn(begun.current)
    if turn is None or turn.finished:
        yield {**page.laid_out(begun), page.question: gr.update(**box)}
        return
    yield {**page.laid_out(begun), page.question: gr.update(**box, **_RUNNING)}
    async for session in apart(asking(holder, begun)):
        yield page.grown(session)
    yield {page.question: gr.update(**_IDLE)}


def _stop(page: _Page, session: Session) -> _Shown:
    return {**page.grown(finished(session, stopped=True)), page.question: gr.update(**_IDLE)}


def _restart(holder: AssistantHolder, page: _Page) -> _Shown:
    empty = page.laid_out(Session())
    return {**empty, page.chat: welcome(holder), page.question: gr.update(value="", **_IDLE)}
