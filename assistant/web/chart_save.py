"""A chart as a file; of a project's chart its record notes that it left."""

from __future__ import annotations

from assistant.audit import exporting, unrecorded
from assistant.errors import BadInput
from assistant.exports import CHART_SUFFIXES, check_suffix, render_chart, safe_name
from assistant.projects import Projects
from assistant.web.chart_session import Charting
from assistant.web.downloads import about, digest
from assistant.web.holder import AssistantHolder
from ingest.facts import DocumentFacts


def chart_file(
    charting: Charting, holder: AssistantHolder, projects: Projects, suffix: str
) -> tuple[str, bytes]:
    """Name and content of the file of a session's chart. suffix: one of CHART_SUFFIXES.

    Raises BadInput, and what Project.record_export raises: then nothing is to be handed out.
    """
    suffix = check_suffix(f"chart{suffix}", CHART_SUFFIXES)
    chart = charting.chart
    if chart is None:
        raise BadInput("there is no chart any more; make it again, or open it from its project")
    facts = subject_facts(holder, charting)
    data = render_chart(chart, suffix, about(holder, facts))
    exporting(holder.assistant, chart, suffix)
    # The record notes the name, and keeps no words of documents.
    whose = (facts.number or facts.id) if facts else "claim"
    name = safe_name(f"chart-{whose}-{chart.subject.number}", suffix)
    if charting.entry is not None:
        projects.open(charting.project).record_export("chart", name, digest(data))
    return name, data


def subject_facts(holder: AssistantHolder, charting: Charting) -> DocumentFacts | None:
    """The document whose claim is charted, None where it is none of the library."""
    own = charting.chart.subject.document_id if charting.chart else None
    # Who sees the chart is written down with all documents in it.
    library = unrecorded(holder.assistant).library
    return library.facts_of([own]).get(own) if own else None
