"""What happens on the search tab: each function gives what changes on the page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import gradio as gr

from assistant.audit import exporting, unrecorded
from assistant.errors import AssistantError
from assistant.exports import render_hits, safe_name
from assistant.projects import SearchAsked
from assistant.web.disclosure import text_of
from assistant.web.downloads import about, digest, offered
from assistant.web.filter_form import plainly
from assistant.web.holder import AssistantHolder
from assistant.web.html import notice
from assistant.web.marks import marked, marks_of, parted
from assistant.web.neighbours import neighbours_list
from assistant.web.searching import Form, by_marks_asked, found, shown
from index.errors import LibraryError

# What changes on the page; what is not named stays as it is.
Shown = dict[Any, Any]
_NOT_DONE = "This cannot be done"
# Of the words of a query, for the name of a file.
_NAMED = 40


@dataclass(frozen=True)
class SearchPage:
    """The parts of the tab that a search changes.

    told: of dates and mistakes. near: what citations lead to.
    """

    query: gr.Textbox
    subject: gr.Textbox
    also: gr.CheckboxGroup
    told: gr.HTML
    again: gr.Button
    step: gr.Button
    files: gr.Row
    save: gr.DownloadButton
    near: gr.HTML
    hits: gr.HTML
    memory: gr.State

    def parts(self) -> list[Any]:
        """All of them."""
        return list(vars(self).values())


def search(holder: AssistantHolder, page: SearchPage, *values: Any) -> Shown:
    """A new search, with all that its words mean as well."""
    form = Form.of(*values)
    if not form.query.strip():
        return _nothing(page, form)
    return _new(holder, page, form, form.asked)


def search_again(holder: AssistantHolder, page: SearchPage, *values: Any) -> Shown:
    """The same search without what was switched off."""
    form = Form.of(*values)
    names = form.session.switchable
    literal = tuple(name for name in names if name not in form.also)
    new = _new(holder, page, form, lambda: form.asked(literal=literal))
    new.pop(page.also, None)
    new[page.memory] = replace(new[page.memory], switchable=names)
    return new


def like(holder: AssistantHolder, page: SearchPage, *values: Any) -> Shown:
    """Documents like the one that is named."""
    form = Form.of(*values)
    if not form.like.strip():
        return _nothing(page, form)
    return _new(holder, page, form, form.asked_like)


def file(holder: AssistantHolder, page: SearchPage, path: str, *values: Any) -> Shown:
    """The text of an uploaded file comes into the box and is searched for."""
    form = Form.of(*values)
    try:
        text = text_of(path)
    except AssistantError as error:
        return _nothing(page, form, notice("This file cannot be searched for", plainly(error)))
    form = replace(form, query=text, session=replace(form.session, uploaded=text))
    return {**_new(holder, page, form, form.asked), page.query: text}


def by_marks(holder: AssistantHolder, page: SearchPage, *values: Any) -> Shown:
    """The last search, ranked by the marks."""
    form = Form.of(*values)
    last = form.session.searched
    if last is None:
        return {}
    return _new(holder, page, form, lambda: by_marks_asked(holder, form, last))


def mark(holder: AssistantHolder, page: SearchPage, said: tuple[str, str], *values: Any) -> Shown:
    """A document marked, or its mark taken back. said: as marks.marked."""
    form = Form.of(*values)

    def do() -> Shown:
        session = marked(holder, form.project, form.who, form.session, said)
        return _drawn(holder, page, replace(form, session=session))

    return _stated(page, do)


def classed(holder: AssistantHolder, page: SearchPage, *values: Any) -> Shown:
    """The results, classed by another subject."""
    form = Form.of(*values)
    return _stated(page, lambda: _drawn(holder, page, form))


def project(holder: AssistantHolder, page: SearchPage, *values: Any) -> Shown:
    """The results with the marks of another project, and its subject where none is typed."""
    form = Form.of(*values)

    def do() -> Shown:
        subject = form.subject
        if form.project and not subject.strip():
            about = holder.projects().open(form.project).state().subject
            subject = (about.date or about.number or "") if about else ""
        drawn = _drawn(holder, page, replace(form, subject=subject))
        return {**drawn, page.subject: subject, page.near: ""}

    return _stated(page, do)


def step(holder: AssistantHolder, page: SearchPage, *values: Any) -> Shown:
    """What cites the relevant documents, and what they cite."""
    form = Form.of(*values)

    def do() -> Shown:
        marks = marks_of(holder, form.project, form.session)
        relevant, _ = parted(marks)
        assistant = holder.assistant
        known = unrecorded(assistant).library.facts_of(relevant)
        return {page.near: neighbours_list(assistant.neighbours(list(known)), marks)}

    return _stated(page, do)


def download(holder: AssistantHolder, page: SearchPage, suffix: str, *values: Any) -> Shown:
    """The results as a file, which a chosen project notes. suffix: one of HIT_SUFFIXES."""
    form = Form.of(*values)
    result = form.session.result
    if result is None:
        return {}

    def do() -> Shown:
        content = render_hits(result, suffix, about(holder))
        exporting(holder.assistant, result, suffix)
        name = safe_name(f"hits {' '.join(result.query.split())[:_NAMED]}", suffix)
        if form.project:
            opened = holder.projects(form.who).open(form.project)
            opened.record_export("hits", name, digest(content))
        return {page.save: offered(page.save, name, content)}

    return _stated(page, do)


def _stated(page: SearchPage, do: Callable[[], Shown]) -> Shown:
    """What is done, or why not."""
    try:
        return do()
    except (LibraryError, AssistantError) as error:
        return {page.told: notice(_NOT_DONE, plainly(error))}


def _drawn(holder: AssistantHolder, page: SearchPage, form: Form) -> Shown:
    """The results as they stand with marks and dates now."""
    hits, line, marks = shown(holder, form)
    result = form.session.result
    return {
        page.hits: hits,
        page.told: line,
        page.again: gr.update(visible=result is not None and bool(marks)),
        page.step: gr.update(visible=any(marks.values())),
        page.files: gr.update(visible=result is not None and bool(result.hits)),
        page.memory: form.session,
    }


def _new(
    holder: AssistantHolder, page: SearchPage, form: Form, asked: Callable[[], SearchAsked]
) -> Shown:
    """A new search on the page."""
    try:
        form = replace(form, session=found(holder, form, asked()))
        drawn = _drawn(holder, page, form)
    except (LibraryError, AssistantError) as error:
        return _nothing(page, form, notice("This cannot be searched", plainly(error)))
    names = list(form.session.switchable)
    return {
        **drawn,
        page.also: gr.update(choices=names, value=names, visible=bool(names)),
        page.near: "",
        page.save: gr.update(visible=False),
    }


def _nothing(page: SearchPage, form: Form, told: str = "") -> Shown:
    """The page without results. told: why."""
    return {
        page.hits: told,
        page.near: "",
        page.told: "",
        page.again: gr.update(visible=False),
        page.files: gr.update(visible=False),
        page.also: gr.update(choices=[], value=[], visible=False),
        page.memory: replace(form.session, result=None, searched=None),
    }
