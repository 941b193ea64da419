"""The search: a query, a claim or a file goes in, documents with their passages come out."""

from __future__ import annotations

from functools import partial
from typing import Any

import gradio as gr

from assistant.exports import HIT_SUFFIXES
from assistant.web import search_page
from assistant.web.downloads import press, save_button
from assistant.web.filter_form import filter_form
from assistant.web.holder import AssistantHolder
from assistant.web.project_bar import ProjectBar
from assistant.web.search_page import SearchPage, Shown
from assistant.web.side_panel import html_area

_SAVE = "pa-save-hits"
_NAMES = {".bib": "BibTeX"}
_OPTIONS: dict[str, Any] = {
    "show_progress": "minimal",
    "api_visibility": "private",
    "concurrency_limit": 8,
}

_MARKING: dict[str, Any] = {
    **_OPTIONS,
    "show_progress": "hidden",
    "trigger_mode": "multiple",
    "concurrency_limit": 1,
    "concurrency_id": "mark",
}


def search_tab(holder: AssistantHolder, memory: gr.State, bar: ProjectBar) -> list[gr.HTML]:
    """Draw the tab and connect it; the areas with buttons that open something."""
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
        with gr.Row(elem_id="pa-search-by"):
            like = _box("Documents like (number)", "pa-like")
            subject = _box("Class by subject: number or date", "pa-subject")
            file = gr.UploadButton("Search for a file", size="sm", elem_id="pa-query-file")
        filters = filter_form()
    count = gr.Radio(
        [("10 documents", 10), ("20", 20), ("50", 50)],
        value=10,
        label="Documents to find",
        show_label=False,
        elem_id="pa-count",
    )
    page, buttons = _results_area(memory, query, subject)
    inputs = [memory, query, like, subject, count, page.also, bar.project, bar.who, *filters]
    _connect(holder, page, inputs)
    gr.on(
        [query.submit, count.change], partial(search_page.search, holder, page), inputs, **_to(page)
    )
    like.submit(partial(search_page.like, holder, page), inputs, **_to(page))
    file.upload(partial(search_page.file, holder, page), [file, *inputs], **_to(page))
    bar.project.change(partial(search_page.project, holder, page), inputs, **_to(page))
    for suffix, button in buttons.items():
        made = button.click(
            partial(search_page.download, holder, page, suffix), inputs, **_to(page)
        )
        made.then(None, None, None, js=press(_SAVE))
    return [page.hits, page.near]


def _box(what: str, name: str) -> gr.Textbox:
    return gr.Textbox(
        placeholder=what,
        label=what,
        show_label=False,
        container=False,
        max_lines=1,
        min_width=180,
        elem_id=name,
    )


def _results_area(
    memory: gr.State, query: gr.Textbox, subject: gr.Textbox
) -> tuple[SearchPage, dict[str, gr.Button]]:
    """Draw what stands below the form; it, and the buttons of downloads by suffix."""
    also = gr.CheckboxGroup(label="Also looked for", visible=False, elem_id="pa-also")
    told = gr.HTML("", elem_id="pa-classed", apply_default_css=False)
    with gr.Row(elem_id="pa-by-marks"):
        again = gr.Button("Rank again by marks", visible=False, size="sm", elem_id="pa-again")
        step = gr.Button("Follow citations", visible=False, size="sm", elem_id="pa-step")
    with gr.Row(visible=False, elem_id="pa-downloads", elem_classes="pa-files") as files:
        buttons = {
            suffix: gr.Button(_NAMES.get(suffix, suffix[1:].upper()), size="sm", min_width=60)
            for suffix in HIT_SUFFIXES
        }
        save = save_button(_SAVE)
    near, hits = html_area("pa-near"), html_area("pa-results")
    page = SearchPage(query, subject, also, told, again, step, files, save, near, hits, memory)
    return page, buttons


def _to(page: SearchPage) -> dict[str, Any]:
    return {"outputs": page.parts(), **_OPTIONS}


def _connect(holder: AssistantHolder, page: SearchPage, inputs: list[Any]) -> None:
    """What can be done with the results."""

    # A closure and no partial: Gradio finds the event by the annotation of its parameter.
    def mark(event: gr.EventData, *values: Any) -> Shown:
        return search_page.mark(holder, page, (str(event.mark), str(event.said)), *values)

    # One after the other: two marks in a row must not undo each other.
    for area in (page.hits, page.near):
        area.mark(mark, inputs, page.parts(), **_MARKING)
    page.also.input(partial(search_page.search_again, holder, page), inputs, **_to(page))
    page.again.click(partial(search_page.by_marks, holder, page), inputs, **_to(page))
    page.step.click(partial(search_page.step, holder, page), inputs, **_to(page))
    gr.on(
        [page.subject.submit, page.subject.blur],
        partial(search_page.classed, holder, page),
        inputs,
        **_to(page),
    )
