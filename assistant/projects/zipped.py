"""A project as one zip: its record, which can be verified as it is, and its charts to read."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from pathlib import Path

from assistant.exports import About, check_suffix, render_chart, safe_name, write_zip
from assistant.projects.entries import Entry
from assistant.projects.project import Project
from ingest.facts import DocumentFacts

_CHARTS = (".xlsx", ".docx", ".pdf")
# Facts of documents by their ids, such as Library.facts_of.
Facts = Callable[[Sequence[str]], dict[str, DocumentFacts]]


def write_project(project: Project, path: Path, about: About, facts: Facts) -> Entry:
    """Write the zip and note it in the record; that entry.

    In it: `project/`, a copy of the record and what is attached to it; `charts/`, every chart with
    what people decided, as XLSX, DOCX and PDF, with the words that the library has now for the
    project's clearance. facts: of the library under that clearance. Raises BadInput where the path
    is no .zip, NotWritten where it cannot be written whole, BrokenRecord.
    """
    check_suffix(path, (".zip",))
    parts = {f"project/{name}": data for name, data in project.parts().items()}
    for made in project.state().made:
        if made.kind != "chart":
            continue
        chart = project.chart(made.entry)
        own = chart.subject.document_id
        subject = facts([own]).get(own) if own else None
        header = About(about.made, about.collection, None, subject)
        name = f"chart {made.entry} {subject.number or '' if subject else ''}".strip()
        for suffix in _CHARTS:
            parts[f"charts/{safe_name(name, suffix)}"] = render_chart(chart, suffix, header)
    write_zip(path, parts)
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    try:
        return project.record_export("project", path.name, digest)
    except BaseException:
        path.unlink(missing_ok=True)  # what the record does not know of must not leave
        raise
