"""The row above the tabs: the project that records what is done, who does it, a new project."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Any

import gradio as gr

from assistant.accounts.records import PROJECTS
from assistant.errors import AssistantError
from assistant.web.filter_form import plainly
from assistant.web.holder import AssistantHolder
from assistant.web.html import notice

NO_PROJECT = ""
_NONE = ("No project", NO_PROJECT)
_PRIVATE: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}


@dataclass(frozen=True)
class ProjectBar:
    """The components of the row.

    project: its value is the chosen name, NO_PROJECT for none. who: the name that entries are
    made under, "" for the server's user; not shown with logins, as it is whoever is signed in.
    """

    project: gr.Dropdown
    who: gr.Textbox


def project_bar(holder: AssistantHolder, blocks: gr.Blocks) -> ProjectBar:
    """Draw the row and connect it."""
    with gr.Row(elem_id="pa-project-bar"):
        # The page is drawn for everybody; whose projects there are is asked when it is loaded.
        project = gr.Dropdown(
            [_NONE] if holder.logins else choices(holder),
            value=NO_PROJECT,
            label="Project",
            container=False,
            filterable=True,
            min_width=200,
            scale=3,
            elem_id="pa-project",
        )
        new = _box("New project", "pa-new-project", 2, submit_btn="Create")
        who = _box("Your name", "pa-who", 1, visible=not holder.logins)
    told = gr.HTML("", elem_id="pa-made-project", apply_default_css=False)
    kept = gr.BrowserState("", storage_key="pa-who", secret="pa-who")
    new.submit(partial(_create, holder), [new, who], [project, new, told], **_PRIVATE)
    gr.on([blocks.load, project.focus], partial(_refreshed, holder), project, project, **_PRIVATE)
    blocks.load(lambda name: name, kept, who, **_PRIVATE)
    who.blur(lambda name: name, who, kept, **_PRIVATE)
    return ProjectBar(project, who)


def _box(what: str, name: str, scale: int, **more: Any) -> gr.Textbox:
    return gr.Textbox(
        placeholder=what,
        label=what,
        show_label=False,
        container=False,
        max_lines=1,
        min_width=70 + 40 * scale,
        scale=scale,
        elem_id=name,
        **more,
    )


def choices(holder: AssistantHolder) -> list[tuple[str, str]]:
    """What whoever asks can choose: (shown, value)."""
    names = holder.projects().names() if holder.may(PROJECTS) else []
    return [_NONE, *((name, name) for name in names)]


def _refreshed(holder: AssistantHolder, chosen: str | None) -> Any:
    found = choices(holder)
    known = {value for _, value in found}
    return gr.update(choices=found, value=chosen if chosen in known else NO_PROJECT)


def _create(holder: AssistantHolder, name: str, who: str) -> tuple[Any, Any, str]:
    if not name.strip():
        return gr.skip(), gr.skip(), ""
    try:
        projects = holder.projects(who)
        made = projects.create(name)
        listed = {project.folder: name for name, project in projects.all()}
    except AssistantError as error:
        return gr.skip(), gr.skip(), notice("No project was made", plainly(error))
    return gr.update(choices=choices(holder), value=listed[made.folder]), "", ""
