"""A claim chart as tables: the matrix, one row per cell, combinations, references, about it."""

from __future__ import annotations

from assistant.chart.records import DISCLOSED, NOT_DISCLOSED, PARTLY, Cell, Chart, Row
from assistant.exports.chart_page import header, tags
from assistant.exports.records import About
from assistant.exports.tables import Table, Toned, Value
from assistant.exports.words import (
    NO_CONCLUSION,
    STATUS_WORDS,
    cited,
    date_class,
    decided_by,
    human_lines,
    legal,
    name_of,
    others_line,
    pinpoint,
)
from ingest.facts import DocumentFacts

_TONES = {DISCLOSED: "disclosed", PARTLY: "partly", NOT_DISCLOSED: "missing"}


def chart_tables(chart: Chart, about: About) -> tuple[Table, ...]:
    """All sheets of a chart's workbook."""
    about_rows = [*header(chart, about), ("Note", NO_CONCLUSION)]
    about_rows += [("Notice", notice) for notice in (*chart.subject.notices, *chart.notices)]
    return (
        _matrix(chart),
        quotes_table(chart),
        _combinations(chart),
        _references(chart),
        Table("About", ("What", "Value"), (24, 110), tuple(about_rows)),
    )


def quotes_table(chart: Chart) -> Table:
    """One row for each cell of the chart, in the order of its rows."""
    head = (
        "Limitation", "Limitation text", "Claim", "Role", "Reference", "Document", "Document id",
        "Status", "Decided by", "Score", "Quotation", "Citation", "Section", "Claim of reference",
        "Paragraph", "Page", "Passage id", "Reason", "Other places", "Human decision", "Note",
        "User", "When", "Machine status",
    )  # fmt: skip
    widths = (
        10, 44, 7, 11, 10, 22, 20, 18, 11, 8, 70, 34, 12, 10, 11, 7, 22, 34, 34, 34, 30, 12, 20, 16,
    )  # fmt: skip
    rows = [
        _quote_row(chart, row, facts, cell)
        for row in chart.rows
        for facts, cell in zip(chart.references, row.cells, strict=True)
    ]
    return Table("Quotes", head, widths, tuple(rows), frozen=1)


def _quote_row(
    chart: Chart, row: Row, facts: DocumentFacts, cell: Cell
) -> tuple[Value | Toned, ...]:
    limitation, place, human = row.limitation, cell.place, cell.human
    return (
        limitation.key, limitation.text, limitation.claim, limitation.role,
        tags(chart)[facts.id], name_of(facts), facts.id,
        Toned(STATUS_WORDS[cell.status], _TONES[cell.status]), decided_by(cell), cell.score,
        place.quote if place else None,
        cited(facts, pinpoint(place)) if place else None,
        place.section if place else None,
        place.claim if place else None,
        place.paragraph if place else None,
        place.page if place else None,
        place.passage_id if place else None,
        cell.reason, others_line(facts, cell), "\n".join(human_lines(cell)),
        human.note if human else None,
        human.user if human else None,
        human.when if human else None,
        human.machine if human else None,
    )  # fmt: skip


def _matrix(chart: Chart) -> Table:
    names = [f"{tags(chart)[facts.id]}: {name_of(facts)}" for facts in chart.references]
    rows: list[tuple[Value | Toned, ...]] = []
    for row in chart.rows:
        cells = zip(chart.references, row.cells, strict=True)
        limitation = row.limitation
        rows.append((limitation.key, limitation.text, *(_cell(*pair) for pair in cells)))
    coverage = chart.coverage()
    share = (round(coverage[facts.id], 4) for facts in chart.references)
    rows.append(("", "Coverage (partly counted half)", *share))
    return Table(
        "Chart",
        ("Limitation", "Text", *names),
        (11, 50, *(60 for _ in names)),
        tuple(rows),
        frozen=2,
    )


def _cell(facts: DocumentFacts, cell: Cell) -> Toned:
    lines = [STATUS_WORDS[cell.status]]
    if cell.place is not None:
        lines += [f"“{legal(cell.place.quote)}”", cited(facts, pinpoint(cell.place))]
    lines += human_lines(cell)
    return Toned("\n".join(lines), _TONES[cell.status])


def _combinations(chart: Chart) -> Table:
    names = {facts.id: f"{tags(chart)[facts.id]}: {name_of(facts)}" for facts in chart.references}
    texts = {row.limitation.key: row.limitation.text for row in chart.rows}
    rows = tuple(
        (
            "\n".join(names.get(document_id, document_id) for document_id in one.document_ids),
            round(one.covered, 4),
            "\n".join(f"[{key}] {texts.get(key, '')}" for key in one.partly) or "none",
            "\n".join(f"[{key}] {texts.get(key, '')}" for key in one.uncovered) or "none",
        )
        for one in chart.combinations
    )
    head = ("References", "Share disclosed", "Only partly", "Not disclosed by any")
    return Table("Combinations", head, (34, 12, 60, 60), rows)


def _references(chart: Chart) -> Table:
    head = (
        "Reference", "Document", "Title", "Parties", "Priority date", "Filing date",
        "Publication date", "Standing to the subject date", "Coverage", "Classes", "Family",
        "Confidentiality", "Language", "Document id",
    )  # fmt: skip
    coverage = chart.coverage()
    rows = tuple(
        (
            tags(chart)[facts.id], name_of(facts), facts.title, "; ".join(facts.parties),
            facts.priority_date or "unknown", facts.filing_date or "unknown",
            facts.publication_date or "unknown", date_class(facts, chart.dated),
            round(coverage[facts.id], 4), "; ".join(facts.cpc), facts.family, facts.label,
            facts.language, facts.id,
        )
        for facts in chart.references
    )  # fmt: skip
    return Table(
        "References", head, (10, 22, 50, 34, 12, 12, 14, 50, 10, 34, 20, 16, 10, 20), rows, 2
    )
