"""What is in the library and what is not, as HTML tables; what an upload did."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.web.html import (
    date_of,
    escape,
    file_name,
    label_badge,
    name_of,
    notice,
    one_line,
    opener,
    tag,
)
from assistant.web.refs import document_ref
from index.update import IngestReport
from ingest.errors import Rejection
from ingest.facts import DocumentFacts
from ingest.numbers import number_key, parse_number

# Rows drawn at once; a browser slows down with tens of thousands.
_ROWS = 200


def documents_table(documents: Sequence[DocumentFacts], wanted: str = "") -> str:
    """Documents whose number, title, party, label or file contain every word of `wanted`.

    A publication number finds its document however it is typed.
    """
    words = wanted.casefold().split()
    found = [d for d in documents if all(word in _searchable(d) for word in words)]
    if parse_number(wanted) is not None:
        key = number_key(wanted)
        typed = [d for d in documents if d.number and number_key(d.number) == key]
        found = typed or found
    if not found:
        return notice("No documents", "Nothing in the library matches." if words else "Add some.")
    shown = f"{min(len(found), _ROWS):,} of {len(found):,} shown; type to narrow the list."
    head = tag("p", escape(shown), css="pa-muted") if len(found) > _ROWS else ""
    columns = ("Number", "Title", "Parties", "Date", "File")
    return head + table(columns, [_document_row(facts) for facts in found[:_ROWS]])


def rejected_table(rejections: Sequence[Rejection]) -> str:
    """Files that are not in the library, with the reasons."""
    if not rejections:
        return tag("p", "Every file that was given could be read.", css="pa-muted")
    rows = [_rejection_row(rejection) for rejection in rejections[:_ROWS]]
    more = len(rejections) - len(rows)
    tail = tag("p", escape(f"And {more:,} more."), css="pa-muted") if more else ""
    return table(("File", "Reason", "Tried"), rows) + tail


def upload_report(report: IngestReport, brought: Sequence[DocumentFacts]) -> str:
    """What an upload brought into the library and what not. brought: its documents."""
    counts = [
        f"{count} {word}"
        for count, word in (
            (report.added, "added"),
            (report.updated, "updated"),
            (report.unchanged - len(report.duplicates), "unchanged"),
            (len(report.duplicates), "already in the library"),
            (len(report.rejected), "not taken"),
        )
        if count > 0
    ]
    total = f"The library now holds {report.documents:,} documents."
    box = notice(", ".join(counts) or "Nothing to add", total, "pa-done")
    rows = [[escape(file_name(facts.source)), _added(facts)] for facts in brought[:_ROWS]]
    rows += [
        [escape(file_name(d.source)), escape(f"The same file as {file_name(d.same_as)}")]
        for d in report.duplicates[:_ROWS]
    ]
    rows += [_rejection_row(rejection)[:2] for rejection in report.rejected[:_ROWS]]
    return box + (table(("File", "What became of it"), rows) if rows else "")


def _added(facts: DocumentFacts) -> str:
    name = " ".join(filter(None, [facts.number, one_line(facts.title, 160)])) or "Untitled"
    return tag("strong", "Added:") + " " + escape(name) + label_badge(facts.label)


def _searchable(facts: DocumentFacts) -> str:
    parts = [
        facts.number or "",
        facts.title,
        *facts.parties,
        facts.label or "",
        file_name(facts.source),
    ]
    return " ".join(parts).casefold()


def _document_row(facts: DocumentFacts) -> list[str]:
    title = one_line(facts.title, 160) or "Untitled"
    return [
        tag("span", escape(name_of(facts)), css="pa-number"),
        opener(document_ref(facts.id), escape(title), css="pa-link") + label_badge(facts.label),
        escape("; ".join(facts.parties)),
        tag("span", escape(date_of(facts)), css="pa-date"),
        escape(file_name(facts.source)),
    ]


def _rejection_row(rejection: Rejection) -> list[str]:
    reason = tag("strong", escape(_spaced(rejection.error))) + " " + escape(rejection.message)
    reason += tag("div", escape(f"To do: {rejection.remedy}"), css="pa-muted")
    when = (rejection.when or "")[:16].replace("T", " ")
    return [escape(file_name(rejection.source)), reason, escape(when)]


def _spaced(name: str) -> str:
    """The name of an error class as words.

    >>> _spaced("WrongSuffix")
    'Wrong suffix:'
    """
    words = "".join(f" {c.lower()}" if c.isupper() else c for c in name).strip()
    return f"{words[:1].upper()}{words[1:]}:"


def table(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """rows: cells of HTML. Each cell carries its column's name, for narrow windows."""
    head = tag("tr", *(tag("th", escape(column), scope="col") for column in columns))
    body = [
        tag("tr", *(tag("td", cell, data_column=c) for c, cell in zip(columns, row, strict=True)))
        for row in rows
    ]
    table = tag("table", tag("thead", head), tag("tbody", *body))
    return tag("div", table, css="pa-table")
