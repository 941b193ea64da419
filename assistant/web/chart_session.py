"""What one browser session charts: the claim that was read, the chart, and what people decided."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from assistant.assistant import Assistant
from assistant.audit import computing
from assistant.chart import Cell, Chart, Override, Place, override
from assistant.claims import ReadClaim
from assistant.errors import BadInput
from assistant.projects import ChartAsked, Projects
from assistant.projects.access import within
from assistant.projects.names import user_name
from assistant.records import Citation
from index.library import Library

# Limitation and document of a cell.
CellKey = tuple[str, str]


@dataclass(frozen=True)
class Charting:
    """The state of the tab. Never shared between sessions.

    Attributes:
        read: the claim as it was read last. typed: what stood in the claim's box then.
        made: the chart without what people decided. chart: with it.
        asked: what was asked for.
        decided: what was decided here, of a chart that is in no project.
        project, entry: the project that keeps the chart, and its entry there; "" for none.
        cell: the one that is being decided.
    """

    read: ReadClaim | None = None
    typed: str = ""
    made: Chart | None = None
    chart: Chart | None = None
    asked: ChartAsked | None = None
    decided: Mapping[CellKey, tuple[Override, Place | None]] = field(default_factory=dict)
    project: str = ""
    entry: int | None = None
    cell: CellKey | None = None

    def charted(self, chart: Chart, asked: ChartAsked) -> Charting:
        """The session with a new chart that is in no project."""
        return replace(
            self,
            made=chart,
            chart=chart,
            asked=asked,
            decided={},
            project="",
            entry=None,
            cell=None,
        )


def keep(charting: Charting, library: Library, projects: Projects, project: str) -> Charting:
    """The session whose chart is in a project, with what was decided of it so far.

    Where the project is for fewer labels than the chart was made with, the chart is made anew
    under those. Who is shown the chart is to be written down then. Raises NoProject, BadClearance,
    BadInput, BrokenRecord, RecordNotWritten, ProjectBusy.
    """
    if charting.made is None or charting.asked is None:
        return charting
    library = computing(library)
    opened, asked = projects.open(project), charting.asked
    with within(Assistant(library), opened.clearance) as seen:
        made = charting.made
        if seen.library is not library:
            given = (asked.against, asked.k, asked.filters, asked.subject_date)
            made = seen.chart(asked.subject, *given)
        for key, document_id in charting.decided:
            if cell_of(made, (key, document_id)) is None:
                raise BadInput(
                    f"{document_id}, of which a cell was decided, is not among the references "
                    "that the project may hold; make the chart in the project"
                )
        entry = opened.record_chart(seen.library, made, asked).number
    for (key, document_id), (change, place) in charting.decided.items():
        opened.override(entry, key, document_id, change, place)
    chart = opened.chart(entry)
    return replace(charting, made=made, chart=chart, decided={}, project=project, entry=entry)


def reopened(charting: Charting, projects: Projects, project: str, entry: int) -> Charting:
    """The session with a chart of a project. Raises NoProject, BadEntry, BrokenRecord."""
    opened = projects.open(project)
    return replace(
        charting,
        made=opened.chart_as_made(entry),
        chart=opened.chart(entry),
        asked=None,
        decided={},
        project=project,
        entry=entry,
        cell=None,
    )


def decide(
    charting: Charting, projects: Projects, change: Override | None, place: Place | None = None
) -> Charting:
    """The session with its cell decided; change None gives it back to the program.

    Raises BadInput, and where the chart is in a project what Project.override raises.
    """
    if charting.made is None or charting.cell is None:
        return charting
    if charting.entry is not None:
        opened = projects.open(charting.project)
        opened.override(charting.entry, *charting.cell, change, place)
        return replace(charting, chart=opened.chart(charting.entry))
    decided = {cell: kept for cell, kept in charting.decided.items() if cell != charting.cell}
    if change is not None:
        decided[charting.cell] = (change, place)
    chart = charting.made
    for (key, document_id), (made, chosen) in decided.items():
        chart = override(chart, key, document_id, made, chosen)
    return replace(charting, chart=chart, decided=decided)


def user_of(charting: Charting, projects: Projects) -> str:
    """Who decides: the name that the project's record would have."""
    if charting.entry is not None:
        return projects.open(charting.project).user
    return user_name(projects.user)


def cell_of(chart: Chart | None, cell: CellKey | None) -> Cell | None:
    """A cell of a chart, None where it has no such cell."""
    if chart is None or cell is None:
        return None
    found = (c for row in chart.rows if row.limitation.key == cell[0] for c in row.cells)
    return next((c for c in found if c.document_id == cell[1]), None)


def quoted(chart: Chart) -> tuple[dict[tuple[str, str, int], int], tuple[Citation, ...]]:
    """Citations of all places of a chart, and the number of each in them.

    A place is named by its limitation, its document, and 0 for the one that is shown, 1 and so on
    for the others.
    """
    facts = {one.id: one for one in chart.references}
    numbers: dict[tuple[str, str, int], int] = {}
    found: list[Citation] = []
    for row in chart.rows:
        for cell in row.cells:
            for nth, place in enumerate((cell.place, *cell.others)):
                if place is None:
                    continue
                numbers[row.limitation.key, cell.document_id, nth] = len(found)
                document = facts[cell.document_id]
                found.append(
                    Citation(
                        "",
                        document.id,
                        document.number,
                        document.title,
                        place.passage_id,
                        place.quote,
                        place.section,
                        place.claim,
                        place.paragraph,
                        place.page,
                    )
                )
    return numbers, tuple(found)
