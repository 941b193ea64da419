"""What `prior-art project chart`, `override` and `export` do."""

from __future__ import annotations

import argparse
import sys

from assistant.audit import exporting, exporting_ids, unrecorded
from assistant.chart import Cell, Chart, Place, decided, place_of_quote
from assistant.chart.records import DISCLOSED, PARTLY
from assistant.commands.audited import shown
from assistant.commands.common import about, exported, open_assistant, projects_of, show
from assistant.errors import BadInput
from assistant.exports import CHART_SUFFIXES, check_suffix, write_chart
from assistant.printing_charts import chart_lines
from assistant.projects.access import within
from assistant.projects.named import of_zip
from assistant.projects.zipped import write_project
from index.library import Library


def run_project_chart(arguments: argparse.Namespace) -> int:
    """`prior-art project chart`."""
    if arguments.out:
        check_suffix(arguments.out, CHART_SUFFIXES)
    project = projects_of(arguments).open(arguments.name)
    chart: Chart = project.chart(arguments.entry)
    shown(arguments, "chart", chart)
    if broken := project.state().broken:
        print(f"prior-art: BrokenRecord: {broken}", file=sys.stderr)
    if arguments.out:
        own = chart.subject.document_id
        assistant = open_assistant(arguments)
        exporting(assistant, chart, arguments.out.suffix)
        with within(unrecorded(assistant), project.clearance) as seen:
            known = seen.library.facts_of([own] if own else [])
            write_chart(chart, arguments.out, about(seen.library, known.get(own or "")))
        arguments.project = None if broken else arguments.name
        exported(arguments, "chart")
    show(arguments, chart.to_dict(), chart_lines(chart, with_others=True))
    return 0


def run_project_override(arguments: argparse.Namespace) -> int:
    """`prior-art project override`."""
    project = projects_of(arguments).open(arguments.name)
    chart = project.chart(arguments.entry)
    with within(unrecorded(open_assistant(arguments)), project.clearance) as seen:
        facts = seen.library.document(arguments.number).facts
        reference = facts.id
        shown(arguments, "project", facts)
        place = _place(arguments, seen.library, chart, reference)
    change = None if arguments.undo else decided(arguments.status, arguments.note, project.user)
    disclosed = arguments.status in (DISCLOSED, PARTLY)
    if disclosed and place is None and not _cell(arguments, chart, reference).place:
        raise BadInput("say with --choose or --passage which passage discloses it")
    if change and not (change.status or change.note or place):
        raise BadInput("nothing to change: give --status, --note, a passage, or --undo")
    entry = project.override(arguments.entry, arguments.limitation, reference, change, place)
    show(arguments, entry.to_dict(), [f"entry {entry.number} ({entry.kind}), head {entry.hash}"])
    return 0


def run_project_export(arguments: argparse.Namespace) -> int:
    """`prior-art project export`."""
    project = projects_of(arguments).open(arguments.name)
    assistant = open_assistant(arguments)
    exporting_ids(assistant, of_zip(project), ".zip")
    with within(unrecorded(assistant), project.clearance) as seen:
        library = seen.library
        entry = write_project(project, arguments.out, about(library), library.facts_of)
    show(arguments, entry.to_dict(), [f"written to {arguments.out}, entry {entry.number}"])
    return 0


def _place(
    arguments: argparse.Namespace, library: Library, chart: Chart, reference: str
) -> Place | None:
    """The passage that was chosen, None for none. Raises BadInput."""
    if arguments.passage is not None:
        if arguments.passage.rpartition(":")[0] != reference:
            raise BadInput(f"passage {arguments.passage} is not of {arguments.number}")
        if not arguments.quote:
            raise BadInput("say with --quote which words of the passage shall be shown")
        return place_of_quote(library, arguments.passage, arguments.quote)
    if arguments.choose is None:
        return None
    others = _cell(arguments, chart, reference).others
    nth: int = arguments.choose
    if 1 <= nth <= len(others):
        return others[nth - 1]
    raise BadInput(f"the cell has {len(others)} other passages, choose from 1")


def _cell(arguments: argparse.Namespace, chart: Chart, reference: str) -> Cell:
    """The cell that was named. Raises BadInput."""
    rows = {row.limitation.key: row.cells for row in chart.rows}
    for cell in rows.get(arguments.limitation, ()):
        if cell.document_id == reference:
            return cell
    raise BadInput(f"the chart has no cell {arguments.limitation} of {arguments.number}")
