"""The chart: a claim goes in, its limitations are edited, references are held against them."""

from __future__ import annotations

from functools import partial
from typing import Any

import gradio as gr

from assistant.web.chart_answers import (
    ChartPage,
    fetch_claim,
    make_chart,
    read_claim_box,
    read_file,
)
from assistant.web.chart_changes import (
    edit_cell,
    keep_chart,
    leave_cell,
    list_charts,
    open_chart,
    redraw,
    save_chart,
    set_cell,
    undo_cell,
)
from assistant.web.chart_components import SAVE, chart_bar, chart_editor
from assistant.web.chart_fields import chart_form
from assistant.web.downloads import press
from assistant.web.holder import AssistantHolder

# To the chart, unless the form has to say why there is none.
_TO_CHART = """() => {
  if (document.querySelector("#pa-chart-told .pa-notice")) return;
  document.querySelector("#pa-chart-bar")?.scrollIntoView({ block: "start" });
}"""
_TO_CELL = """() => setTimeout(() => {
  const status = document.querySelector("#pa-cell-status");
  (status?.querySelector("input:checked") ?? status?.querySelector("input"))?.focus();
}, 60)"""
_DECIDED = "() => document.dispatchEvent(new Event('pa-decided'))"
_PRIVATE: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}


def chart_tab(
    holder: AssistantHolder,
    project: gr.Dropdown,
    memory: gr.State,
    who: gr.Textbox | None = None,
) -> gr.HTML:
    """Draw the tab and connect it; the area with the chart, whose quotations open.

    project: its value is the name of the project that is to keep the charts, "" or None for none.
    memory: the session whose `charted` are the citations of the chart. who: the user's name.
    """
    user = who if who is not None else gr.State("")
    form = chart_form()
    bar = chart_bar()
    editor = chart_editor()
    page = ChartPage(holder, form, bar, editor, memory, project, user)
    _connect_form(page)
    _connect_chart(page)
    _connect_editor(page)
    return bar.area


def _connect_form(page: ChartPage) -> None:
    form, seen = page.form, page.seen
    read = [page.state, form.read_told, form.claim, form.lines]
    claim = [page.state, form.claim, form.number, form.name]
    form.read.click(partial(read_claim_box, page), claim, read, **_PRIVATE)
    form.name.submit(
        partial(fetch_claim, page), [page.state, form.name, form.number], read, **_PRIVATE
    )
    form.file.upload(
        partial(read_file, page),
        [page.state, form.file, form.number],
        read,
        **{**_PRIVATE, "show_progress": "minimal", "show_progress_on": form.claim},
    )
    form.make.click(
        partial(make_chart, page),
        [page.state, *page.who, *form.inputs(), *page.look],
        [page.state, form.told, form.claim, form.lines, *seen],
        concurrency_limit=2,
        **_PRIVATE,
    ).then(None, None, None, js=_TO_CHART).then(
        partial(list_charts, page), [page.state, *page.who], [page.bar.charts], **_PRIVATE
    )


def _connect_chart(page: ChartPage) -> None:
    bar = page.bar
    gr.on(
        [bar.view.change, bar.reference.input],
        partial(redraw, page),
        [page.state, *page.look],
        page.seen,
        **_PRIVATE,
    )
    gr.on(
        [page.project.change, bar.charts.focus],
        partial(list_charts, page),
        [page.state, *page.who],
        [bar.charts],
        **_PRIVATE,
    )
    bar.charts.input(
        partial(open_chart, page),
        [page.state, *page.who, bar.charts, *page.look],
        [page.state, *page.seen],
        **_PRIVATE,
    ).then(None, None, None, js=_TO_CHART)
    bar.keep.click(
        partial(keep_chart, page),
        [page.state, *page.who, *page.look],
        [page.state, *page.seen],
        **_PRIVATE,
    ).then(partial(list_charts, page), [page.state, *page.who], [bar.charts], **_PRIVATE)
    for suffix, button in bar.saves.items():
        button.click(
            partial(save_chart, page, suffix),
            [page.state, *page.who],
            [bar.save, bar.told],
            **_PRIVATE,
        ).then(None, None, None, js=press(SAVE))


def _connect_editor(page: ChartPage) -> None:
    bar, editor = page.bar, page.editor
    shown = [page.state, *editor.shown()]

    # A closure and no partial: Gradio finds the event by the annotation of its parameter.
    def begin(charting: Any, event: gr.EventData) -> Any:
        return edit_cell(page, charting, str(event.key or ""), str(event.document or ""))

    bar.area.edit(begin, [page.state], shown, **_PRIVATE).then(None, None, None, js=_TO_CELL)
    changed = [page.state, editor.box, editor.told, *page.seen]
    editor.save.click(
        partial(set_cell, page),
        [page.state, *page.who, *editor.inputs(), *page.look],
        changed,
        **_PRIVATE,
    ).then(None, None, None, js=_DECIDED)
    editor.undo.click(
        partial(undo_cell, page), [page.state, *page.who, *page.look], changed, **_PRIVATE
    ).then(None, None, None, js=_DECIDED)
    editor.leave.click(leave_cell, [page.state], [page.state, editor.box], **_PRIVATE).then(
        None, None, None, js=_DECIDED
    )
