"""The form of the chart tab: the claim beside its limitations, the references, the date."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import gradio as gr

from assistant.web.filter_form import filter_form

_DAY = {"placeholder": "YYYY-MM-DD", "max_lines": 1, "min_width": 150}


@dataclass(frozen=True)
class ChartForm:
    """What a chart is made of.

    read_told: what was read of the claim. told: that the chart is being made, or why it is not.
    """

    claim: gr.Textbox
    name: gr.Textbox
    number: gr.Textbox
    file: gr.UploadButton
    read: gr.Button
    read_told: gr.HTML
    lines: gr.Textbox
    references: gr.Textbox
    count: gr.Number
    date: gr.Textbox
    filters: list[Any]
    make: gr.Button
    told: gr.HTML

    def inputs(self) -> list[Any]:
        """What `make_chart` takes of the form, in its order."""
        typed = [self.claim, self.number, self.name, self.lines]
        return [*typed, self.references, self.count, self.date, *self.filters]


def chart_form() -> ChartForm:
    """Draw the form."""
    with gr.Row(elem_id="pa-claim-form"):
        with gr.Column(min_width=320):
            claim, name, number, file, read, read_told = _claim()
        with gr.Column(min_width=320):
            lines = gr.Textbox(
                label="Limitations, one a line: edit, add, join or delete them before charting",
                placeholder="Read claim fills this. A line: 1c: a porous separator",
                lines=10,
                max_lines=18,
                elem_id="pa-lines",
            )
    references, count, date = _against()
    filters = filter_form()
    make = gr.Button("Make the chart", variant="primary", elem_id="pa-make-chart")
    told = gr.HTML("", elem_id="pa-chart-told", apply_default_css=False)
    return ChartForm(
        claim,
        name,
        number,
        file,
        read,
        read_told,
        lines,
        references,
        count,
        date,
        filters,
        make,
        told,
    )


def _claim() -> tuple[Any, ...]:
    """The ways to give a claim, and where what was read of it is told."""
    claim = gr.Textbox(
        label="Claim",
        placeholder="Paste a claim, or several numbered ones",
        lines=6,
        max_lines=12,
        elem_id="pa-claim",
    )
    with gr.Row(elem_id="pa-claim-from"):
        name = gr.Textbox(
            label="or a patent and its claim",
            placeholder="US20160336597A1:3",
            max_lines=1,
            submit_btn="Get",
            min_width=200,
            scale=3,
            elem_id="pa-claim-name",
        )
        number = gr.Textbox(
            label="Claim no.",
            placeholder="of several",
            max_lines=1,
            min_width=90,
            scale=1,
            elem_id="pa-claim-number",
        )
        file = gr.UploadButton(
            "or upload a file", size="sm", scale=0, min_width=130, elem_id="pa-claim-file"
        )
    read = gr.Button("Read claim", size="sm", elem_id="pa-read")
    read_told = gr.HTML("", elem_id="pa-claim-told", apply_default_css=False)
    return claim, name, number, file, read, read_told


def _against() -> tuple[Any, ...]:
    """What the claim is held against."""
    with gr.Row(elem_id="pa-against"):
        references = gr.Textbox(
            label="References: numbers or ids, one a line or with commas",
            placeholder="empty: those most like the claim",
            lines=2,
            max_lines=8,
            min_width=260,
            scale=4,
            elem_id="pa-references",
        )
        count = gr.Number(
            5,
            label="How many, if empty",
            precision=None,
            min_width=130,
            scale=1,
            elem_id="pa-reference-count",
        )
        date = gr.Textbox(
            label="Subject date (empty: of the claim's document)",
            scale=2,
            elem_id="pa-subject-date",
            **_DAY,
        )
    return references, count, date
