"""What `prior-art picture` does: choose the documents, draw them, write the file."""

from __future__ import annotations

import argparse
import sys
from dataclasses import replace

from assistant.assistant import Assistant
from assistant.audit import exporting, saw, unrecorded
from assistant.commands.common import filters_of, open_assistant, show
from assistant.pictures import Picture, cpc_distribution, document_map, timeline
from assistant.pictures.files import suffix_of, write_picture
from index.records import SearchOptions
from ingest.facts import DocumentFacts

_SHOWN_ROWS = 40


def run_picture(arguments: argparse.Namespace) -> int:
    """`prior-art picture`."""
    if arguments.out:
        suffix_of(arguments.out)  # a wrong name is said before any work is done
    assistant = open_assistant(arguments)
    documents, note = chosen_documents(unrecorded(assistant), arguments)
    picture = drawn(unrecorded(assistant), documents, arguments)
    saw(assistant, "picture", picture)
    if note:
        picture = replace(picture, notes=(*picture.notes, note))
    if arguments.out:
        exporting(assistant, picture, arguments.out.suffix)
        write_picture(picture, arguments.out, arguments.theme)
        print(f"prior-art: written to {arguments.out}", file=sys.stderr)
    show(arguments, picture.to_dict(), picture_lines(picture))
    return 0


def chosen_documents(
    assistant: Assistant, arguments: argparse.Namespace
) -> tuple[list[DocumentFacts], str]:
    """The hits of a query with the other members of their families, or all documents.

    Also says how many only an unknown date kept out, "" for none.
    """
    filters = filters_of(arguments)
    if arguments.query is None:
        documents, undated = assistant.library.documents_within(filters)
    else:
        result = assistant.search(arguments.query, arguments.k, filters, SearchOptions(passages=1))
        found = [facts for hit in result.hits for facts in (hit.document, *hit.members)]
        documents, undated = found, result.undated
    told = (
        f"Documents with an unknown {filters.date} date, which the filter leaves out: {undated:,}."
    )
    return documents, told if undated else ""


def drawn(
    assistant: Assistant, documents: list[DocumentFacts], arguments: argparse.Namespace
) -> Picture:
    """The picture that was asked for."""
    if arguments.picture == "timeline":
        return timeline(documents, arguments.date)
    if arguments.picture == "cpc":
        return cpc_distribution(documents, arguments.level)
    ids = [facts.id for facts in documents]
    return document_map(assistant.library, ids, arguments.limit)


def picture_lines(picture: Picture) -> list[str]:
    """The table and the notes, for people; ids of documents are in the file and the JSON."""
    shown = [at for at, name in enumerate(picture.columns) if not name.startswith("document id")]
    table = [[picture.columns[at] for at in shown]]
    table += [[_cell(row[at]) for at in shown] for row in picture.rows[:_SHOWN_ROWS]]
    widths = [max(len(row[at]) for row in table) for at in range(len(shown))]
    lines = [picture.title, ""]
    for row in table:
        cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        lines.append("  ".join(cells).rstrip())
    if len(picture.rows) > _SHOWN_ROWS:
        lines.append(f"... {len(picture.rows) - _SHOWN_ROWS} more rows: --out F.csv has all")
    return [*lines, *(["", *picture.notes] if picture.notes else [])]


def _cell(value: object) -> str:
    text = "" if value is None else " ".join(str(value).split())
    return text if len(text) <= 60 else text[:59] + "…"
