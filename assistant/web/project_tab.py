"""The project that is chosen: what it holds, its alerts, its record, and all of it as a zip."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

import gradio as gr

from assistant.web import project_page
from assistant.web.downloads import press, save_button
from assistant.web.holder import AssistantHolder
from assistant.web.project_bar import ProjectBar
from assistant.web.project_page import ProjectPage, Shown
from assistant.web.side_panel import html_area

_SAVE = "pa-save-project"
_PRIVATE: dict[str, Any] = {"api_visibility": "private", "concurrency_limit": 4}


def project_tab(
    holder: AssistantHolder, bar: ProjectBar, memory: gr.State, tab: gr.Tab
) -> list[gr.HTML]:
    """Draw the tab and connect it; the areas with buttons that open something.

    memory: the session of the searches. tab: around it; opened, it shows the project as it is.
    """
    page, events = _drawn(memory)
    named = [bar.project, bar.who]
    to: dict[str, Any] = {"outputs": page.parts(), **_PRIVATE}
    gr.on([tab.select, bar.project.change], partial(project_page.drawn, holder, page), named, **to)
    for event, do, more in events:
        event(partial(do, holder, page), [*named, *more], **to)

    # Closures and no partials: Gradio finds an event by the annotation of its parameter, and what
    # yields by its being a generator.
    def pressed(event: gr.EventData, name: str, who: str) -> Shown:
        return project_page.pressed(holder, page, name, who, (str(event.mark), str(event.said)))

    def run_again(name: str, who: str) -> Iterator[Shown]:
        yield from project_page.run_again(holder, page, name, who)

    page.view.mark(pressed, named, **to)
    page.replay.click(run_again, named, **to)
    export = page.export.click(partial(project_page.export, holder, page), named, **to)
    export.then(None, None, None, js=press(_SAVE))
    return [page.view, page.new]


def _drawn(memory: gr.State) -> tuple[ProjectPage, list[tuple[Any, Any, list[Any]]]]:
    """Draw the tab; its parts, and (event, what it does, further inputs) of its buttons."""
    told = gr.HTML("", elem_id="pa-project-told", apply_default_css=False)
    with gr.Column(visible=False, elem_id="pa-project-work") as work:
        with gr.Row(elem_classes="pa-files"):
            keep = gr.Button("Save the last search", size="sm", elem_id="pa-keep")
            look = gr.Button("Look for new documents", size="sm", elem_id="pa-look")
            seen = gr.Button("Mark as seen", visible=False, size="sm", elem_id="pa-seen")
            export = gr.Button("Export as zip", size="sm", elem_id="pa-zip")
            save = save_button(_SAVE)
        new = html_area("pa-alerts")
        note = _note()
        subject, say = _subject_form()
    view = html_area("pa-project-view")
    verify, replay, outcome, record = _record()
    found = gr.State(None)
    page = ProjectPage(
        work, view, told, new, seen, found, record, outcome, note, subject, save, export, replay
    )
    return page, [
        (note.submit, project_page.add_note, [note]),
        (say.click, project_page.set_subject, list(subject)),
        (keep.click, project_page.save_query, [memory]),
        (look.click, project_page.look, []),
        (seen.click, project_page.take_seen, [found]),
        (verify.click, project_page.check, []),
    ]


def _note() -> gr.Textbox:
    return gr.Textbox(
        placeholder="Add a note",
        label="Note",
        show_label=False,
        container=False,
        max_lines=8,
        submit_btn="Add",
        elem_id="pa-note",
    )


def _record() -> tuple[gr.Button, gr.Button, gr.HTML, gr.HTML]:
    """The search record: two buttons, what they found, the entries."""
    with gr.Accordion("Search record", open=False, elem_id="pa-record-block"):
        with gr.Row(elem_classes="pa-files"):
            verify = gr.Button("Verify", size="sm", elem_id="pa-verify")
            replay = gr.Button("Replay", size="sm", elem_id="pa-replay")
        outcome = gr.HTML("", elem_id="pa-outcome", apply_default_css=False)
        record = gr.HTML("", elem_id="pa-record", apply_default_css=False)
    return verify, replay, outcome, record


def _subject_form() -> tuple[tuple[gr.Textbox, gr.Textbox, gr.Textbox, gr.Textbox], gr.Button]:
    with gr.Accordion("Subject of the search", open=False, elem_classes="pa-filters"):
        text = gr.Textbox(label="What is searched for", max_lines=6, elem_id="pa-subject-text")
        with gr.Row():
            number = gr.Textbox(
                label="Number of a document here", max_lines=1, elem_id="pa-subject-number"
            )
            claim = gr.Textbox(label="Claim", max_lines=1, min_width=80, elem_id="pa-subject-claim")
            date = gr.Textbox(
                label="Date",
                placeholder="YYYY-MM-DD",
                max_lines=1,
                min_width=130,
                elem_id="pa-subject-date",
            )
            say = gr.Button("Keep", size="sm", min_width=90, elem_id="pa-say-subject")
    return (text, number, claim, date), say
