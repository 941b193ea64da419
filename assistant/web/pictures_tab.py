"""Pictures of the documents: in time, by class, on a map; clickable, and given as files."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Any

import gradio as gr

from assistant.audit import exporting, saw, unrecorded
from assistant.errors import AssistantError
from assistant.exports import safe_name
from assistant.pictures import LEVELS, Picture, cpc_distribution, document_map, timeline
from assistant.pictures.files import SUFFIXES, render_picture
from assistant.web.downloads import offered, press, save_button
from assistant.web.filter_form import plainly
from assistant.web.holder import AssistantHolder
from assistant.web.html import escape, notice, tag
from assistant.web.refs import Session
from assistant.web.side_panel import html_area
from index.errors import LibraryError
from index.records import DATES
from ingest.facts import DocumentFacts

_SAVE = "pa-save-picture"
_KINDS = [("Timeline", "timeline"), ("Classes", "cpc"), ("Map", "map")]
_ALL, _FOUND = "all", "found"
_PRIVATE: dict[str, Any] = {"api_visibility": "private", "concurrency_limit": 2}


def pictures_tab(holder: AssistantHolder, memory: gr.State, tab: gr.Tab) -> gr.HTML:
    """Draw the tab and connect it; the area with the picture.

    memory: the session of the searches. tab: around it; opened, it draws.
    """
    kind, of, date, level = _choices()
    area = html_area("pa-picture")
    with gr.Row(visible=False, elem_id="pa-picture-files", elem_classes="pa-files") as files:
        buttons = {s: gr.Button(s[1:].upper(), size="sm", min_width=60) for s in SUFFIXES}
        save = save_button(_SAVE)
    inputs = [memory, kind, of, date, level]
    gr.on(
        [tab.select, kind.input, of.input, date.input, level.input],
        partial(_draw, holder),
        inputs,
        [area, memory, files, date, level, save],
        show_progress="minimal",
        trigger_mode="always_last",
        **_PRIVATE,
    )
    for suffix, button in buttons.items():
        button.click(partial(_file, holder, save, suffix), memory, save, **_PRIVATE).then(
            None, None, None, js=press(_SAVE)
        )
    return area


def _choices() -> tuple[gr.Radio, gr.Radio, gr.Dropdown, gr.Dropdown]:
    """What is drawn: kind of picture, which documents, by which date, by which level."""
    with gr.Row(elem_id="pa-picture-of"):
        kind = gr.Radio(
            _KINDS, value="timeline", label="Picture", show_label=False, container=False
        )
        of = gr.Radio(
            [("All documents", _ALL), ("Last search", _FOUND)],
            value=_ALL,
            label="Documents",
            show_label=False,
            container=False,
        )
        date = gr.Dropdown(
            [(f"By {name} date", name) for name in DATES],
            value="publication",
            label="Date",
            show_label=False,
            container=False,
            min_width=170,
        )
        level = gr.Dropdown(
            [(f"By {name}", name) for name in LEVELS],
            value="subclass",
            label="Level of classes",
            show_label=False,
            container=False,
            min_width=150,
            visible=False,
        )
    return kind, of, date, level


def _draw(
    holder: AssistantHolder, session: Session, kind: str, of: str, date: str, level: str
) -> tuple[str, Session, Any, Any, Any, Any]:
    shown = (
        gr.update(visible=True),
        gr.update(visible=kind == "timeline"),
        gr.update(visible=kind == "cpc"),
        gr.update(visible=False),
    )
    documents = _documents(holder, session, of)
    if not documents:
        told = notice(*(_NOT_SEARCHED if of == _FOUND else _EMPTY))
        return told, replace(session, pictures=()), gr.update(visible=False), *shown[1:]
    try:
        picture = _picture(holder, documents, kind, date, level)
        saw(holder.assistant, "picture", picture)
    except (LibraryError, AssistantError) as error:
        told = notice("No picture", plainly(error))
        return told, replace(session, pictures=()), gr.update(visible=False), *shown[1:]
    return picture_html(picture), replace(session, pictures=(picture,)), *shown


_NOT_SEARCHED = ("Nothing found yet", "Search first: the picture then shows what was found.")
_EMPTY = ("No documents", "The library is empty: add files in the Library tab.")


def _documents(holder: AssistantHolder, session: Session, of: str) -> list[DocumentFacts]:
    """All documents, or the hits of the last search with the members of their families."""
    if of == _ALL:
        return unrecorded(holder.assistant).documents()
    hits = session.result.hits if session.result else ()
    return [facts for hit in hits for facts in (hit.document, *hit.members)]


def _picture(
    holder: AssistantHolder, documents: list[DocumentFacts], kind: str, date: str, level: str
) -> Picture:
    if kind == "timeline":
        return timeline(documents, date)
    if kind == "cpc":
        return cpc_distribution(documents, level)
    library = unrecorded(holder.assistant).library
    return document_map(library, [facts.id for facts in documents])


def picture_html(picture: Picture) -> str:
    """A picture in the colours of the page: both are there, and style.css shows one."""
    drawn = (tag("div", picture.svg(theme), css=f"pa-in-{theme}") for theme in ("light", "dark"))
    hint = "Click a part of the picture to list its documents. Files are drawn for a light ground."
    return tag("figure", *drawn, tag("figcaption", escape(hint), css="pa-muted"), css="pa-figure")


def _file(holder: AssistantHolder, save: gr.DownloadButton, suffix: str, session: Session) -> Any:
    if not session.pictures:
        return gr.skip()
    picture = session.pictures[0]
    content = render_picture(picture, suffix)
    try:
        exporting(holder.assistant, picture, suffix)
    except AssistantError as error:
        raise gr.Error(plainly(error), print_exception=False) from error
    return offered(save, safe_name(picture.title, suffix), content)
