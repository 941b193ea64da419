"""The search: a query goes in, documents with their passages come out."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import partial
from typing import Any

import gradio as gr

from assistant.errors import AssistantError
from assistant.web.filter_form import filter_form, plainly, read_filters
from assistant.web.holder import AssistantHolder
from assistant.web.html import notice
from assistant.web.refs import Session
from assistant.web.results import results
from assistant.web.side_panel import html_area
from index.errors import LibraryError
from index.records import SearchOptions, SearchResult

# A query of more words than this is taken as text, unless an operator stands in it.
_LONG = 40
_OPERATOR = re.compile(r"\b(AND|OR|NOT|NEAR/\d+)\b")


def search_tab(holder: AssistantHolder, memory: gr.State) -> gr.HTML:
    """Draw the tab and connect it; the area with the results."""
    with gr.Group(elem_id="pa-searcher"):
        query = gr.Textbox(
            placeholder='Words, a question, a claim, or conditions: "boron coating" AND cathod*',
            show_label=False,
            container=False,
            lines=1,
            max_lines=12,
            submit_btn=True,
            elem_id="pa-query",
        )
        filters = filter_form()
    count = gr.Radio(
        [("10 documents", 10), ("20", 20), ("50", 50)],
        value=10,
        label="Documents to find",
        show_label=False,
        elem_id="pa-count",
    )
    also = gr.CheckboxGroup(label="Also looked for", visible=False, elem_id="pa-also")
    found = html_area("pa-results")
    options: dict[str, Any] = {
        "show_progress": "minimal",
        "api_visibility": "private",
        "concurrency_limit": 8,
    }
    inputs, outputs = [query, count, memory, also, *filters], [found, memory, also]
    gr.on([query.submit, count.change], partial(_search, holder), inputs, outputs, **options)
    also.input(partial(_search_again, holder), inputs, outputs, **options)
    return found


def _is_pasted(query: str) -> bool:
    """Whether a query is a claim or a paragraph rather than conditions, whatever signs it has.

    >>> _is_pasted("boron AND cathode"), _is_pasted("A cell having a layer*, " * 20)
    (False, True)
    """
    return len(query.split()) > _LONG and not _OPERATOR.search(query)


def _search(
    holder: AssistantHolder, query: str, count: int, session: Session, _also: Any, *values: Any
) -> tuple[str, Session, Any]:
    """A new search, with all that its words mean as well."""
    found, session = _found(holder, query, count, session, (), values)
    names = _switchable(session.result)
    return found, session, gr.update(choices=names, value=names, visible=bool(names))


def _search_again(
    holder: AssistantHolder, query: str, count: int, session: Session, also: Any, *values: Any
) -> tuple[str, Session, Any]:
    """The same search without what was switched off."""
    names = session.switchable
    literal = tuple(name for name in names if name not in (also or ()))
    found, session = _found(holder, query, count, session, literal, values)
    return found, replace(session, switchable=names), gr.skip()


def _switchable(result: SearchResult | None) -> list[str]:
    """Words with other names, and numeric conditions."""
    return [s.typed for s in result.expansions] + list(result.conditions) if result else []


def _found(
    holder: AssistantHolder,
    query: str,
    count: int,
    session: Session,
    literal: tuple[str, ...],
    values: tuple[Any, ...],
) -> tuple[str, Session]:
    if not query.strip():
        return "", replace(session, result=None)
    try:
        options = SearchOptions(syntax=not _is_pasted(query), literal=literal)
        result = holder.ready().search(query, int(count), read_filters(*values), options)
    except (LibraryError, AssistantError) as error:
        return notice("This cannot be searched", plainly(error)), replace(session, result=None)
    switchable = tuple(_switchable(result))
    return results(result), replace(session, result=result, switchable=switchable)
