"""The components around a chart: the bar over it with its views and files, the editor of a cell."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import gradio as gr

from assistant.chart import STATUSES
from assistant.exports import CHART_SUFFIXES
from assistant.exports.words import STATUS_WORDS
from assistant.web.chart_view import MATRIX, VIEWS
from assistant.web.downloads import save_button
from assistant.web.side_panel import OPEN_JS

_HERE = Path(__file__).parent
_CHART_JS = OPEN_JS + (_HERE / "chart.js").read_text(encoding="utf-8")
# The button that gives the file of a chart.
SAVE = "pa-chart-save"


@dataclass(frozen=True)
class ChartBar:
    """What stands over the chart, and its area. saves: buttons by suffix.

    save: gives the file that one of them made. told: what went wrong.
    """

    charts: gr.Dropdown
    view: gr.Radio
    reference: gr.Dropdown
    keep: gr.Button
    saves: Mapping[str, gr.Button]
    save: gr.DownloadButton
    told: gr.HTML
    area: gr.HTML
    box: gr.Column


@dataclass(frozen=True)
class ChartEditor:
    """What decides a cell. box: all of it, which is shown while a cell is decided."""

    box: gr.Column
    head: gr.HTML
    status: gr.Radio
    passage: gr.Radio
    words: gr.Textbox
    note: gr.Textbox
    save: gr.Button
    undo: gr.Button
    leave: gr.Button
    told: gr.HTML

    def inputs(self) -> list[Any]:
        """What `set_cell` takes, in its order."""
        return [self.status, self.passage, self.words, self.note]

    def shown(self) -> list[Any]:
        """What `edit_cell` sets, in its order."""
        return [self.box, self.head, *self.inputs(), self.undo, self.told]


def chart_bar() -> ChartBar:
    """Draw what stands over the chart, and the area of the chart."""
    charts = gr.Dropdown(
        [], label="Charts of this project", visible=False, elem_id="pa-charts", filterable=True
    )
    with gr.Column(visible=False, elem_id="pa-chart-bar") as box:
        with gr.Row():
            view = gr.Radio(
                [(name.capitalize(), name) for name in VIEWS],
                value=MATRIX,
                label="View",
                show_label=False,
                container=False,
                scale=3,
                min_width=300,
                elem_id="pa-view",
            )
            reference = gr.Dropdown(
                [],
                label="Reference",
                show_label=False,
                container=False,
                visible=False,
                scale=2,
                min_width=200,
                elem_id="pa-reference",
            )
        saves, save, keep = _files()
    told = gr.HTML("", elem_id="pa-chart-bar-told", apply_default_css=False)
    area = gr.HTML("", elem_id="pa-chart", js_on_load=_CHART_JS, apply_default_css=False)
    return ChartBar(charts, view, reference, keep, saves, save, told, area, box)


def _files() -> tuple[dict[str, gr.Button], gr.DownloadButton, gr.Button]:
    """The buttons that take a chart away, and the one that keeps it."""
    with gr.Row(elem_id="pa-chart-files"):
        saves = {
            suffix: gr.Button(
                suffix.lstrip(".").upper(),
                size="sm",
                min_width=64,
                scale=0,
                elem_id=f"pa-save-{suffix.lstrip('.')}",
            )
            for suffix in CHART_SUFFIXES
        }
        keep = gr.Button(
            "Keep in the project",
            size="sm",
            visible=False,
            scale=0,
            min_width=150,
            elem_id="pa-keep-chart",
        )
        save = save_button(SAVE)
    return saves, save, keep


def chart_editor() -> ChartEditor:
    """Draw the editor of a cell, which stays at the lower end of the window."""
    with gr.Column(visible=False, elem_id="pa-cell") as box:
        head = gr.HTML("", elem_id="pa-cell-head", apply_default_css=False)
        status = gr.Radio(
            [(STATUS_WORDS[status], status) for status in STATUSES],
            label="Status",
            elem_id="pa-cell-status",
        )
        passage = gr.Radio([], label="Passage", elem_id="pa-cell-passage")
        with gr.Row(equal_height=True):
            words = gr.Textbox(
                label="or other words of this reference, copied from it",
                max_lines=3,
                min_width=220,
                elem_id="pa-cell-words",
            )
            note = gr.Textbox(
                label="Note", lines=1, max_lines=4, min_width=220, elem_id="pa-cell-note"
            )
        told = gr.HTML("", elem_id="pa-cell-told", apply_default_css=False)
        with gr.Row():
            save = gr.Button("Save", variant="primary", size="sm", elem_id="pa-cell-save")
            undo = gr.Button("Take the program's again", size="sm", elem_id="pa-cell-undo")
            leave = gr.Button("Cancel", size="sm", elem_id="pa-cell-leave")
    return ChartEditor(box, head, status, passage, words, note, save, undo, leave, told)
