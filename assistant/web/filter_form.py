"""The collapsible block of filters, and what was typed into it as `Filters`."""

from __future__ import annotations

import re
from typing import Any

import gradio as gr

from assistant.web.unwritten import message_of
from index.records import DATES, KINDS, Filters
from ingest.records import SECTION_KINDS

# Names of companies have commas ("Mirabor Energy Co., Ltd."), symbols and countries have not.
_LIST, _NAMES = re.compile(r"[,;\s]+"), re.compile(r"\s*;\s*")
_DAY = {"placeholder": "YYYY-MM-DD", "max_lines": 1, "min_width": 130}


def filter_form() -> list[Any]:
    """Draw the block; its components in the order that `read_filters` takes their values."""
    with gr.Accordion("Filters", open=False, elem_classes="pa-filters"):
        with gr.Row():
            kind = gr.CheckboxGroup([(k.capitalize(), k) for k in KINDS], label="Kind", scale=1)
            section = gr.CheckboxGroup(
                [(s.capitalize(), s) for s in SECTION_KINDS], label="Section", scale=2
            )
        with gr.Row():
            date = gr.Dropdown(
                [(f"{d.capitalize()} date", d) for d in DATES],
                value="publication",
                label="Which date",
                min_width=150,
            )
            after = gr.Textbox(label="Later than", **_DAY)
            before = gr.Textbox(label="Earlier than", **_DAY)
        with gr.Row():
            party = gr.Textbox(label="Party", placeholder="several with ;", min_width=160)
            cpc = gr.Textbox(label="CPC begins with", placeholder="H01M4/36", min_width=130)
            country = gr.Textbox(label="Country", placeholder="US, EP", min_width=110)
            label = gr.Textbox(label="Label", placeholder="confidential", min_width=130)
        where = gr.Textbox(
            label="Figures (all must be met, several with ;)",
            placeholder="thickness <= 20 um; FEC between 0.5 and 5 wt%",
        )
    return [kind, section, date, after, before, party, cpc, country, label, where]


def read_filters(*values: Any) -> Filters:
    """The values of the form's components as filters. Raises BadFilter."""
    kind, section, date, after, before, party, cpc, country, label, where = values
    return Filters(
        before=(before or "").strip() or None,
        after=(after or "").strip() or None,
        date=date or "publication",
        cpc=_split(_LIST, cpc),
        party=_split(_NAMES, party),
        country=_split(_LIST, country),
        kind=tuple(kind or ()),
        section=tuple(section or ()),
        label=_split(_NAMES, label),
        where=_split(_NAMES, where),
    )


def plainly(error: Exception) -> str:
    """A stated error's message for people who never saw the command line.

    >>> plainly(ValueError("--after '2019' is no day; write it as 2019-03-01"))
    "After '2019' is no day; write it as 2019-03-01"
    """
    message = re.sub(r"(?<!\w)--?([a-z])", r"\1", message_of(error))
    return message[:1].upper() + message[1:]


def _split(separator: re.Pattern[str], text: str | None) -> tuple[str, ...]:
    return tuple(part.strip() for part in separator.split(text or "") if part.strip())
