"""What `prior-art family`, `citations` and `dates` do."""

from __future__ import annotations

import argparse
import textwrap
from collections import Counter
from collections.abc import Sequence
from typing import Any

from assistant.audit import exporting, saw, unrecorded
from assistant.commands.common import open_assistant, show
from assistant.date_gate import (
    CATEGORIES,
    Dated,
    SubjectDates,
    gate_all,
    subject_of,
)
from assistant.relations import citation_graph, draw
from assistant.relations.records import Citations, FamilyTimeline, Neighbours
from ingest.facts import DocumentFacts

_WIDTH = 96


def run_family(arguments: argparse.Namespace) -> int:
    """`prior-art family`."""
    timeline = open_assistant(arguments).family(arguments.name)
    show(arguments, timeline.to_dict(), family_lines(timeline))
    return 0


def run_citations(arguments: argparse.Namespace) -> int:
    """`prior-art citations`."""
    assistant = open_assistant(arguments)
    value: dict[str, Any]
    if len(arguments.names) == 1:
        found = assistant.citations(arguments.names[0])
        value, lines = found.to_dict(), citation_lines(found)
    else:
        around = assistant.neighbours(arguments.names)
        value, lines = around.to_dict(), neighbour_lines(around)
    if arguments.graph is not None:
        library = unrecorded(assistant).library
        graph = citation_graph(library, arguments.names, arguments.depth)
        exporting(assistant, graph, ".svg")
        arguments.graph.write_text(draw(graph), encoding="utf-8")
        value["graph"] = graph.to_dict()
        lines += ["", f"graph of {len(graph.nodes)} documents in {arguments.graph}"]
        if graph.left_out:
            lines.append(f"{graph.left_out} more next to these are not shown")
    else:
        value["graph"] = None
    show(arguments, value, lines)
    return 0


def run_dates(arguments: argparse.Namespace) -> int:
    """`prior-art dates`."""
    assistant = open_assistant(arguments)
    library = unrecorded(assistant).library
    subject = subject_of(library, arguments.subject)
    names = arguments.names
    documents = [library.document(n).facts for n in names] if names else library.documents()
    dated = gate_all(subject, documents)
    saw(assistant, "dates", (subject, dated))
    counts = Counter(one.category for one in dated)
    value = {
        "subject": subject.to_dict(),
        "counts": {category: counts[category] for category in CATEGORIES},
        "documents": [
            {**one.to_dict(), "number": facts.number, "title": facts.title}
            for one, facts in zip(dated, documents, strict=True)
        ],
    }
    show(arguments, value, date_lines(subject, documents, dated))
    return 0


def family_lines(timeline: FamilyTimeline) -> list[str]:
    """Members, then one line for each event."""
    lines = [f"family {timeline.family or 'not known'}, {len(timeline.members)} in the index"]
    lines += [f"  {_named(facts)}" for facts in timeline.members]
    lines.append("")
    names = {facts.id: facts.number or facts.id for facts in timeline.members}
    for event in timeline.events:
        members = ", ".join(names[name] for name in event.document_ids)
        what = event.what or "number not known"
        said = what if event.event == "publication" else f"{what} ({members})"
        lines.append(f"{event.date or 'date unknown':12}  {event.event:11}  {said}")
    return lines


def citation_lines(found: Citations) -> list[str]:
    """What it cites, then what cites it."""
    lines = [_named(found.document), "", f"cites ({len(found.made)})"]
    for cited in found.made:
        by = f", {cited.reference.cited_by}" if cited.reference.cited_by else ""
        name = cited.reference.number or " ".join(cited.reference.text.split())
        inside = "; ".join(_named(facts) for facts in cited.inside) or "not in the index"
        lines += _wrapped(f"{name}{by}: {inside}")
    lines += ["", f"cited in the index by ({len(found.received)})"]
    for facts in found.received:
        lines += _wrapped(_named(facts))
    return lines


def neighbour_lines(found: Neighbours) -> list[str]:
    """Documents linked to most of the relevant ones first, then numbers outside the index."""
    lines = [f"{len(found.found)} documents cite or are cited by these {len(found.relevant)}"]
    for one in found.found:
        how = f"cites {len(one.cites)}, cited by {len(one.cited_by)}"
        lines += _wrapped(f"{_named(one.document)} ({how})")
    if found.outside:
        lines += ["", "cited by them and not in the index"]
        lines += [f"  {one.number} (by {len(one.cited_by)})" for one in found.outside]
    return lines


def date_lines(
    subject: SubjectDates, documents: Sequence[DocumentFacts], dated: Sequence[Dated]
) -> list[str]:
    """The subject, then the documents of each category with rules and reason."""
    of = f" of {subject.number or subject.document_id}" if subject.document_id else ""
    lines = [f"classed by {subject.effective}{of}"]
    if len(subject.dates) > 1:
        lines.append(f"its further dates: {', '.join(map(str, subject.dates[1:]))}")
    for category in CATEGORIES:
        some = [pair for pair in zip(documents, dated, strict=True) if pair[1].category == category]
        if some:
            lines += ["", f"{category} ({len(some)})"]
        for facts, one in some:
            lines += _wrapped(_named(facts))
            rules = f"{', '.join(one.rules)}: " if one.rules else ""
            lines += textwrap.wrap(
                rules + one.reason, _WIDTH, initial_indent="    ", subsequent_indent="    "
            )
    return lines


def _named(facts: DocumentFacts) -> str:
    return f"{facts.number or facts.id}  {' '.join(facts.title.split())}".strip()


def _wrapped(text: str) -> list[str]:
    return textwrap.wrap(text, _WIDTH, initial_indent="  ", subsequent_indent="    ")
