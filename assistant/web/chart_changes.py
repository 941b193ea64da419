"""What happens to a chart that is there: shown otherwise, opened again, kept, saved, decided."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import gradio as gr

from assistant.audit import saw
from assistant.errors import AssistantError
from assistant.projects.named import of_state
from assistant.projects.state import Made
from assistant.web import chart_edit, chart_session
from assistant.web.chart_answers import ChartPage, seen
from assistant.web.chart_save import chart_file
from assistant.web.chart_session import Charting, cell_of
from assistant.web.downloads import offered
from assistant.web.html import escape, notice, one_line, tag
from index.errors import LibraryError

_STATED = (LibraryError, AssistantError)


def redraw(page: ChartPage, charting: Charting, *look: Any) -> tuple[Any, ...]:
    """The same chart in another view."""
    return seen(page, charting, *look)


def list_charts(page: ChartPage, charting: Charting, project: str | None, user: str) -> Any:
    """The charts of the project that is chosen, the newest first; hidden where there is none."""
    if not project:
        return gr.update(choices=[], value=None, visible=False)
    try:
        opened = page.projects(user).open(project)
        made = opened.state().made
        saw(page.holder.assistant, "project", of_state(opened))
    except AssistantError:
        return gr.update(choices=[], value=None, visible=False)
    choices = [(_named(one), one.entry) for one in reversed(made) if one.kind == "chart"]
    shown = charting.entry if charting.project == project else None
    return gr.update(choices=choices, value=shown, visible=bool(choices))


def open_chart(
    page: ChartPage,
    charting: Charting,
    project: str | None,
    user: str,
    entry: int | None,
    *look: Any,
) -> tuple[Any, ...]:
    """A chart of the project with what was decided of it; the form stays as it is."""
    nothing = (gr.skip(),) * len(page.seen)
    if not project or entry is None:
        return (charting, *nothing)
    try:
        opened = chart_session.reopened(charting, page.projects(user), project, int(entry))
        saw(page.holder.assistant, "chart", opened.chart)
        charting = opened
    except (*_STATED, ValueError) as error:
        return (charting, *_told(page, page.wrong("The chart cannot be opened", error)))
    return (charting, *seen(page, charting, *look))


def keep_chart(
    page: ChartPage, charting: Charting, project: str | None, user: str, *look: Any
) -> tuple[Any, ...]:
    """The chart put into the project that is chosen, with what was decided of it."""
    if not project:
        text = "Choose a project above the tabs first, or create one there."
        return (charting, *_told(page, notice("No project is chosen", text)))
    try:
        assistant = page.holder.assistant
        kept = chart_session.keep(charting, assistant.library, page.projects(user), project)
        saw(assistant, "chart", kept.chart)
        charting = kept
    except _STATED as error:
        return (charting, *_told(page, page.wrong("The chart is not kept", error)))
    return (charting, *seen(page, charting, *look))


def save_chart(
    page: ChartPage, suffix: str, charting: Charting, _project: str | None, user: str
) -> tuple[Any, str]:
    """The chart as a file, and what went wrong."""
    try:
        name, data = chart_file(charting, page.holder, page.projects(user), suffix)
        given = offered(page.bar.save, name, data)
    except _STATED as error:
        # Without a button nothing is pressed, and no earlier file is given instead.
        return gr.update(visible=False), page.wrong("The file was not made", error)
    noted = "" if charting.entry is None else " The project's record notes it."
    return given, tag("p", escape(f"{name} was made.{noted}"), css="pa-muted", role="status")


def edit_cell(page: ChartPage, charting: Charting, key: str, document_id: str) -> tuple[Any, ...]:
    """The editor of a cell: state, and what `ChartEditor.shown` lists."""
    charting = replace(charting, cell=(key, document_id))
    cell = cell_of(charting.chart, charting.cell)
    if cell is None:
        return (charting, gr.update(visible=False), *(gr.skip(),) * 7)
    offered = chart_edit.offered(charting)
    passage = gr.update(choices=offered, value=chart_edit.chosen(charting), visible=bool(offered))
    note = cell.human.note if cell.human else ""
    undo = gr.update(visible=cell.human is not None)
    head = chart_edit.editor_head(charting)
    return (charting, gr.update(visible=True), head, cell.status, passage, "", note, undo, "")


def set_cell(page: ChartPage, charting: Charting, *values: Any) -> tuple[Any, ...]:
    """Save in the editor: the cell as it says; where that cannot be, the editor stays."""
    _project, user, status, passage, words, note, *look = values
    assistant = page.holder.assistant
    try:
        place = chart_edit.pasted_place(charting, assistant, words)
        chosen = place if place is not None else passage
        charting = chart_edit.save_cell(charting, page.projects(user), status, note, chosen)
    except _STATED as error:
        nothing = (gr.skip(),) * len(page.seen)
        return (charting, gr.skip(), page.wrong("The cell was not changed", error), *nothing)
    return _decided(page, charting, *look)


def undo_cell(
    page: ChartPage, charting: Charting, _project: str | None, user: str, *look: Any
) -> tuple[Any, ...]:
    """The cell given back to the program."""
    try:
        charting = chart_session.decide(charting, page.projects(user), None)
    except _STATED as error:
        nothing = (gr.skip(),) * len(page.seen)
        return (charting, gr.skip(), page.wrong("The cell was not changed", error), *nothing)
    return _decided(page, charting, *look)


def leave_cell(charting: Charting) -> tuple[Any, ...]:
    """Cancel in the editor."""
    return (replace(charting, cell=None), gr.update(visible=False))


def _named(made: Made) -> str:
    day = made.time[:16].replace("T", " ")
    return f"{made.entry} · {day} · {made.user} · {one_line(made.text, 70)}"


def _decided(page: ChartPage, charting: Charting, *look: Any) -> tuple[Any, ...]:
    charting = replace(charting, cell=None)
    closed = gr.update(visible=False)
    return (charting, closed, "", *seen(page, charting, *look))


def _told(page: ChartPage, html: str) -> tuple[Any, ...]:
    """All that shows a chart as it is, but for a line that says something."""
    return tuple(html if part is page.bar.told else gr.skip() for part in page.seen)
