"""What `prior-art project` and `prior-art record` do."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from typing import Any

from assistant.audit import saw, unrecorded
from assistant.commands.audited import shown
from assistant.commands.common import filters_of, open_assistant, projects_of, show
from assistant.projects import Project, SearchAsked, alerts, lines, replay
from assistant.projects.access import within
from assistant.projects.alerts import mark_seen
from assistant.projects.entries import Entry
from assistant.projects.named import mentioned, of_state
from assistant.projects.replay import Replayed
from assistant.projects.state import Subject
from index.catalog import Catalog
from index.clearance import Clearance
from index.records import Filters
from ingest.facts import DocumentFacts


def run_project_create(arguments: argparse.Namespace) -> int:
    """`prior-art project create`."""
    chosen = Clearance.of(*arguments.clearance) if arguments.clearance else None
    project = projects_of(arguments).create(arguments.name, chosen)
    state = project.state()
    value = {
        "name": state.name,
        "folder": str(project.folder),
        "head": state.head,
        "clearance": project.clearance.to_list(),
    }
    text = f"created {state.name} in {project.folder}, for {project.clearance}"
    show(arguments, value, [text])
    return 0


def run_project_list(arguments: argparse.Namespace) -> int:
    """`prior-art project list`."""
    found = [(project, project.state()) for _, project in projects_of(arguments).all()]
    listed = [(project, state) for project, state in found if arguments.all or not state.archived]
    names = ("name", "created", "user", "archived", "entries", "head", "broken")
    value = [
        {
            **{name: getattr(state, name) for name in names},
            "folder": str(project.folder),
            "clearance": project.clearance.to_list(),
        }
        for project, state in listed
    ]
    show(arguments, {"projects": value}, lines.list_lines([state for _, state in listed]))
    return 0


def run_project_show(arguments: argparse.Namespace) -> int:
    """`prior-art project show`."""
    project = _project(arguments)
    state = project.state()
    shown(arguments, "project", of_state(project))
    show(arguments, state.to_dict(), lines.state_lines(state))
    _warn(state.broken)
    return 0


def run_project_subject(arguments: argparse.Namespace) -> int:
    """`prior-art project subject`."""
    project = _project(arguments)
    number = _facts(arguments, project, arguments.number).number if arguments.number else None
    Filters(before=arguments.date)  # Only to refuse what is no day.
    subject = Subject(arguments.text or "", number, arguments.claim, arguments.date)
    return _added(arguments, project.set_subject(subject))


def run_project_mark(arguments: argparse.Namespace) -> int:
    """`prior-art project mark`."""
    project = _project(arguments)
    facts = _facts(arguments, project, arguments.number)
    return _added(arguments, project.mark(facts, arguments.relevant))


def run_project_note(arguments: argparse.Namespace) -> int:
    """`prior-art project note`."""
    project = _project(arguments)
    about = _facts(arguments, project, arguments.about).id if arguments.about else None
    return _added(arguments, project.note(arguments.text, about))


def run_project_save(arguments: argparse.Namespace) -> int:
    """`prior-art project save`. The query is searched once, so that a mistake is told now."""
    project, assistant = _project(arguments), unrecorded(open_assistant(arguments))
    asked = SearchAsked(arguments.query, filters=filters_of(arguments))
    with within(assistant, project.clearance) as seen:
        seen.search(arguments.query, 1, asked.filters, asked.options)
        return _added(arguments, project.save_query(seen.library, asked))


def run_project_drop(arguments: argparse.Namespace) -> int:
    """`prior-art project drop`."""
    return _added(arguments, _project(arguments).drop_query(arguments.entry))


def run_project_alerts(arguments: argparse.Namespace) -> int:
    """`prior-art project alerts`."""
    project, assistant = _project(arguments), open_assistant(arguments)
    found = alerts(project, unrecorded(assistant))
    saw(assistant, "alerts", found)
    if arguments.seen:
        mark_seen(project, found)
    value = {"project": arguments.name, "alerts": [one.to_dict() for one in found]}
    show(arguments, value, lines.alert_lines(found))
    return 0


def run_project_archive(arguments: argparse.Namespace) -> int:
    """`prior-art project archive`."""
    return _added(arguments, _project(arguments).archive(not arguments.restore))


def run_record_show(arguments: argparse.Namespace) -> int:
    """`prior-art record show`."""
    project = _project(arguments)
    entries = project.entries()
    shown(arguments, "project", mentioned(entries))
    with project.filler() as filler:
        value = {
            "project": arguments.name,
            "entries": [entry.to_dict() for entry in entries],
            "quotes": {
                entry.number: filler.quotes(entry.body) for entry in entries if entry.kind == "ask"
            },
        }
    show(arguments, value, lines.record_lines(entries))
    _warn(project.state().broken)
    return 0


def run_record_verify(arguments: argparse.Namespace) -> int:
    """`prior-art record verify`. 1 where anything is not as it was written."""
    if arguments.head and not arguments.name:
        print("prior-art record verify: --head is of one project; name it", file=sys.stderr)
        return 2
    values, text = [], []
    for name, project in _one_or_all(arguments):
        verified = project.verify(arguments.head)
        values.append({"project": name, **verified.to_dict()})
        text += [*_heading(arguments, name), *lines.verified_lines(verified)]
    ok = all(value["ok"] for value in values)
    show(arguments, _value(arguments, values, {"ok": ok}), text or ["no projects"])
    return 0 if ok else 1


def run_record_replay(arguments: argparse.Namespace) -> int:
    """`prior-art record replay`. 0 also where results are others now: that is an answer."""
    assistant = open_assistant(arguments)
    values, text = [], []
    for name, project in _one_or_all(arguments):
        replayed = list(replay(project, unrecorded(assistant)))
        saw(assistant, "replay", (mentioned(project.entries()), replayed))
        values.append({"project": name, **replay_value(replayed)})
        text += _heading(arguments, name)
        text += [line for one in replayed for line in lines.replayed_lines(one)]
        text.append(lines.replay_summary(replayed))
    all_of_them = {key: all(value[key] for value in values) for key in ("same", "identical")}
    show(arguments, _value(arguments, values, all_of_them), text or ["no projects"])
    return 0


def replay_value(replayed: Sequence[Replayed]) -> dict[str, Any]:
    """The JSON of a replay."""
    return {
        "same": all(one.status == "same" for one in replayed),
        "identical": all(one.identical for one in replayed),
        "entries": [one.to_dict() for one in replayed],
    }


def run_record_repair(arguments: argparse.Namespace) -> int:
    """`prior-art record repair`."""
    return _added(arguments, _project(arguments).repair())


def _project(arguments: argparse.Namespace) -> Project:
    return projects_of(arguments).open(arguments.name)


def _one_or_all(arguments: argparse.Namespace) -> list[tuple[str, Project]]:
    """The project that was named, or all, archived ones too."""
    if arguments.name is None:
        return projects_of(arguments).all()
    return [(arguments.name, _project(arguments))]


def _heading(arguments: argparse.Namespace, name: str) -> list[str]:
    return [f"{name}:"] if arguments.name is None else []


def _value(
    arguments: argparse.Namespace, values: list[dict[str, Any]], total: dict[str, Any]
) -> dict[str, Any]:
    """One project's JSON, or that of all with what holds for them together."""
    return values[0] if arguments.name is not None else {**total, "projects": values}


def _facts(arguments: argparse.Namespace, project: Project, number_or_id: str) -> DocumentFacts:
    """Facts of a document that the project may see, without an encoder. Raises UnknownDocument."""
    catalog = Catalog(project.index, project.clearance)
    try:
        key = catalog.find(number_or_id)
        facts = catalog.facts([key])[key]
    finally:
        catalog.close()
    shown(arguments, "project", facts)
    return facts


def _added(arguments: argparse.Namespace, entry: Entry) -> int:
    show(arguments, entry.to_dict(), [f"entry {entry.number} ({entry.kind}), head {entry.hash}"])
    return 0


def _warn(broken: str | None) -> None:
    if broken:
        print(f"prior-art: BrokenRecord: {broken}", file=sys.stderr)
