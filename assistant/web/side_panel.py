"""The side panel on the page: whatever was clicked opens here, first its words, then its page."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import gradio as gr

from assistant.audit import saw, unrecorded
from assistant.errors import AssistantError, NoPageImage
from assistant.records import Citation
from assistant.relations import citation_graph
from assistant.web import panel
from assistant.web.filter_form import plainly
from assistant.web.holder import AssistantHolder
from assistant.web.html import name_of, notice
from assistant.web.neighbours import citations_part, family_part
from assistant.web.refs import Session, resolve
from index.errors import LibraryError, OtherRules

# Runs where a gr.HTML is drawn and tells Python which of its buttons was pressed.
OPEN_JS = (Path(__file__).parent / "open.js").read_text(encoding="utf-8")


def html_area(name: str, value: str = "") -> gr.HTML:
    """An area of our own HTML whose buttons can open places. name: its id on the page."""
    return gr.HTML(value, elem_id=name, js_on_load=OPEN_JS, apply_default_css=False)


def connect(holder: AssistantHolder, areas: list[gr.HTML], side: gr.HTML, memory: gr.State) -> None:
    """Let the buttons of all areas open their places in the side panel."""

    # A closure and no partial: Gradio finds the event by the annotation of its parameter.
    def open_place(session: Session, event: gr.EventData) -> Iterator[str]:
        yield from opened(holder, session, str(event.open or ""))

    for area in areas:
        area.open(
            open_place,
            [memory],
            [side],
            show_progress="hidden",
            trigger_mode="always_last",
            api_visibility="private",
            concurrency_limit=8,
        )


def opened(holder: AssistantHolder, session: Session, ref: str) -> Iterator[str]:
    """The panel of a reference as HTML, once or twice: the page's image comes second."""
    if not ref:
        yield panel.EMPTY
        return
    target = resolve(ref, session)
    try:
        if isinstance(target, Citation):
            yield from _cited(holder, target)
        elif isinstance(target, tuple):
            known = holder.assistant.library.facts_of(target)
            yield panel.picked_panel([known[name] for name in target if name in known])
        elif target is not None:
            shown = holder.assistant.show(target).document
            yield panel.document_panel(shown, _relations(holder, shown.facts.id))
        else:
            yield panel.unknown_panel("The server no longer remembers this; ask once more.")
    except (LibraryError, AssistantError) as error:
        yield panel.unknown_panel(plainly(error))


def _relations(holder: AssistantHolder, document_id: str) -> str:
    """Family and citations of a document as HTML."""
    assistant = holder.assistant
    family = family_part(assistant.family(document_id))
    try:
        found = assistant.citations(document_id)
        graph = citation_graph(unrecorded(assistant).library, [document_id], depth=1)
        saw(assistant, "citations", graph)
    except OtherRules as error:
        return family + notice("Citations are not shown", plainly(error))
    return family + citations_part(found, graph)


def _cited(holder: AssistantHolder, citation: Citation) -> Iterator[str]:
    assistant = holder.assistant
    facts = unrecorded(assistant).show(citation.document_id).document.facts
    try:
        evidence = assistant.evidence(citation)
    except ValueError:
        saw(assistant, "facts", facts)
        yield panel.missing_panel(facts, citation)
        return
    page = evidence.page
    if page is None:
        yield panel.evidence_panel(facts, evidence, "")
        return
    yield panel.evidence_panel(facts, evidence, panel.page_waiting(page))
    try:
        png = assistant.page_image(facts.id, page)
        drawn = panel.page_drawn(page, png, name_of(facts))
    except NoPageImage as error:
        # The message names the file's folder on the server, which is not the reader's business.
        drawn = panel.page_missing(page, str(error).replace(facts.source, name_of(facts)))
    yield panel.evidence_panel(facts, evidence, drawn)


def session_state() -> Any:
    """Memory of one browser session, kept on the server and shared with no other."""
    return gr.State(Session())
