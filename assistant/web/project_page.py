"""What happens on the project's tab: each function gives what changes on the page."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

import gradio as gr

from assistant.audit import exporting_ids, saw, unrecorded
from assistant.errors import AssistantError, BadInput
from assistant.exports import safe_name
from assistant.projects import Project, alerts, replay
from assistant.projects.access import options_known_to, within
from assistant.projects.alerts import Alerts, mark_seen
from assistant.projects.named import mentioned, of_state, of_zip
from assistant.projects.replay import Replayed
from assistant.projects.state import Subject
from assistant.projects.zipped import write_project
from assistant.web.downloads import about, folder_for, holding, without_folder
from assistant.web.filter_form import plainly
from assistant.web.holder import AssistantHolder
from assistant.web.html import notice, tag
from assistant.web.marks import marked
from assistant.web.project_view import (
    DROP,
    alerts_html,
    named_ids,
    no_project,
    project_html,
    record_html,
    replayed_html,
    verified_html,
)
from assistant.web.refs import Session
from index.errors import LibraryError
from index.records import Filters

# What changes on the page; what is not named stays as it is.
Shown = dict[Any, Any]


@dataclass(frozen=True)
class ProjectPage:
    """The parts of the tab.

    subject: text, number, claim and date of the subject's form. told: of mistakes and what was
    done. new: the alerts. seen: the button that takes them as seen; found: those that it means,
    with the name of their project. work: everything that needs a project.
    """

    work: gr.Column
    view: gr.HTML
    told: gr.HTML
    new: gr.HTML
    seen: gr.Button
    found: gr.State
    record: gr.HTML
    outcome: gr.HTML
    note: gr.Textbox
    subject: tuple[gr.Textbox, gr.Textbox, gr.Textbox, gr.Textbox]
    save: gr.DownloadButton
    export: gr.Button
    replay: gr.Button

    def parts(self) -> list[Any]:
        """All of them."""
        return [*(part for part in vars(self).values() if part is not self.subject), *self.subject]


def drawn(holder: AssistantHolder, page: ProjectPage, name: str | None, _who: str) -> Shown:
    """A project that was chosen, or the tab opened."""
    kept = {page.outcome: "", page.new: "", page.seen: gr.update(visible=False), page.told: ""}
    kept |= {page.save: gr.update(visible=False)}
    if not name:
        return {**kept, page.work: gr.update(visible=False), page.view: no_project()}

    def do() -> Shown:
        subject = holder.projects().open(name).state().subject or Subject("")
        fields = (subject.text, subject.number or "", str(subject.claim or ""), subject.date or "")
        return {**_state(holder, page, name), **dict(zip(page.subject, fields, strict=True))}

    return {**kept, page.work: gr.update(visible=True), **_stated(page, do)}


def add_note(holder: AssistantHolder, page: ProjectPage, name: str, who: str, text: str) -> Shown:
    """A note added."""

    def do() -> Shown:
        holder.projects(who).open(name).note(text)
        return {**_state(holder, page, name), page.note: "", page.told: ""}

    return _stated(page, do)


def set_subject(
    holder: AssistantHolder, page: ProjectPage, name: str, who: str, *fields: str
) -> Shown:
    """The subject said. fields: text, number, claim, date."""
    text, number, claim, date = (field.strip() for field in fields)

    def do() -> Shown:
        if claim and not (claim.isascii() and claim.isdecimal() and int(claim)):
            raise BadInput(f"{claim!r} is no number of a claim; write it as 1")
        Filters(before=date or None)  # Only to refuse what is no day.
        project = holder.projects(who).open(name)
        assistant, known = holder.assistant, None
        with within(unrecorded(assistant), project.clearance) as seen:
            facts = seen.library.document(number).facts if number else None
        if facts is not None:
            saw(assistant, "project", facts)
            known = facts.number
        subject = Subject(text, known, int(claim) if claim else None, date or None)
        project.set_subject(subject)
        return {**_state(holder, page, name), page.told: _done("The subject is kept.")}

    return _stated(page, do)


def save_query(
    holder: AssistantHolder, page: ProjectPage, name: str, who: str, session: Session
) -> Shown:
    """The last search kept for alerts."""

    def do() -> Shown:
        if session.searched is None:
            raise BadInput("nothing was searched yet; search first, then save it here")
        project = holder.projects(who).open(name)
        assistant = unrecorded(holder.assistant)
        with within(assistant, project.clearance) as seen:
            asked = session.searched
            if asked.like is not None:
                seen.library.document(asked.like)  # Raises UnknownDocument: not of this project.
            options = options_known_to(asked.options, assistant, seen)
            project.save_query(seen.library, replace(asked, options=options))
        told = _done("The last search is kept; documents added from now on that match are alerts.")
        return {**_state(holder, page, name), page.told: told}

    return _stated(page, do)


def pressed(
    holder: AssistantHolder, page: ProjectPage, name: str, who: str, said: tuple[str, str]
) -> Shown:
    """A button in the list: a mark, or a saved query given up. said: id or entry, and what."""
    what, as_ = said

    def do() -> Shown:
        if as_ == DROP:
            holder.projects(who).open(name).drop_query(int(what) if what.isdecimal() else 0)
        else:
            marked(holder, name, who, Session(), said)
        return {**_state(holder, page, name), page.told: ""}

    return _stated(page, do)


def look(holder: AssistantHolder, page: ProjectPage, name: str, _who: str) -> Shown:
    """Documents that came since queries were saved."""

    def do() -> Shown:
        assistant = holder.ready()
        found = alerts(holder.projects().open(name), unrecorded(assistant))
        saw(assistant, "alerts", found)
        some = any(one.alerts for one in found)
        shown = {page.new: alerts_html(found), page.seen: gr.update(visible=some)}
        return {**shown, page.found: (name, found), page.told: ""}

    return _stated(page, do)


def take_seen(
    holder: AssistantHolder,
    page: ProjectPage,
    name: str,
    who: str,
    found: tuple[str, tuple[Alerts, ...]] | None,
) -> Shown:
    """The alerts that were shown taken as seen."""

    def do() -> Shown:
        if found is not None and found[0] == name:
            mark_seen(holder.projects(who).open(name), found[1])
        shown = {page.new: "", page.seen: gr.update(visible=False), page.found: None}
        told = _done("Taken as seen; what comes next is new again.")
        return {**_state(holder, page, name), **shown, page.told: told}

    return _stated(page, do)


def check(holder: AssistantHolder, page: ProjectPage, name: str, _who: str) -> Shown:
    """The record checked."""
    return _stated(
        page, lambda: {page.outcome: verified_html(holder.projects().open(name).verify())}
    )


def run_again(holder: AssistantHolder, page: ProjectPage, name: str, _who: str) -> Iterator[Shown]:
    """The record replayed, entry by entry."""
    done: list[Replayed] = []
    try:
        yield {page.outcome: tag("p", "Running the record again …", css="pa-searching")}
        project, assistant = holder.projects().open(name), holder.ready()
        saw(assistant, "replay", mentioned(project.entries()))
        for one in replay(project, unrecorded(assistant)):
            if one.entered or one.documents:
                saw(assistant, "replay", one)
            done.append(one)
            yield {page.outcome: replayed_html(done, running=True)}
        yield {page.outcome: replayed_html(done, running=False)}
    except (LibraryError, AssistantError) as error:
        yield {page.outcome: notice("Not replayed", plainly(error))}


def export(holder: AssistantHolder, page: ProjectPage, name: str, who: str) -> Shown:
    """The whole project as a zip."""

    def do() -> Shown:
        project: Project = holder.projects(who).open(name)
        assistant = holder.assistant
        exporting_ids(assistant, of_zip(project), ".zip")
        path = folder_for(page.save) / safe_name(f"project {name}", ".zip")
        with without_folder(path), within(unrecorded(assistant), project.clearance) as seen:
            made = replace(about(holder), documents=seen.library.counts()[0])
            write_project(project, path, made, seen.library.facts_of)
        return {**_state(holder, page, name), page.save: holding(path), page.told: ""}

    return _stated(page, do)


def _state(holder: AssistantHolder, page: ProjectPage, name: str) -> Shown:
    project, assistant = holder.projects().open(name), holder.assistant
    state = project.state()
    saw(assistant, "project", of_state(project))
    with within(unrecorded(assistant), project.clearance) as seen:
        facts = seen.library.facts_of(named_ids(state))
    return {page.view: project_html(state, facts), page.record: record_html(project.entries())}


def _stated(page: ProjectPage, do: Callable[[], Shown]) -> Shown:
    """What is done, or why not."""
    try:
        return do()
    except (LibraryError, AssistantError) as error:
        return {page.told: notice("This cannot be done", plainly(error))}


def _done(text: str) -> str:
    return notice("Done", text, "pa-done")
