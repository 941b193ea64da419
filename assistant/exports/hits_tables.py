"""The hits of a search as tables: one row per document, one row per passage, about the search."""

from __future__ import annotations

from pathlib import PurePosixPath

from assistant.exports.hits_page import header
from assistant.exports.records import About
from assistant.exports.tables import Table, Toned, Value
from assistant.exports.words import cited, name_of, pinpoint_passage
from index.records import Hit, SearchResult


def hits_tables(result: SearchResult, about: About) -> tuple[Table, ...]:
    """All sheets of the workbook."""
    return (
        documents_table(result),
        _passages(result),
        Table("About", ("What", "Value"), (24, 110), header(result, about)),
    )


def documents_table(result: SearchResult) -> Table:
    """One row for each document, with all its passages: the best, and the others after it."""
    head = (
        "Rank", "Score", "Document", "Title", "Parties", "Priority date", "Filing date",
        "Publication date", "Kind", "Classes", "Family", "Family members found",
        "Confidentiality", "Language", "Best passage", "Citation", "Other passages", "File",
        "Document id",
    )  # fmt: skip
    widths = (6, 9, 22, 46, 30, 12, 12, 14, 9, 30, 18, 24, 16, 10, 70, 34, 70, 28, 20)
    return Table("Hits", head, widths, tuple(_row(hit) for hit in result.hits), frozen=3)


def _row(hit: Hit) -> tuple[Value | Toned, ...]:
    facts = hit.document
    cites = [cited(facts, pinpoint_passage(passage)) for passage in hit.passages]
    texts = [passage.text for passage in hit.passages]
    others = zip(texts[1:], cites[1:], strict=True)
    # The file's name only: where it lies on the machine is nobody's business.
    file = PurePosixPath(facts.source.replace("\\", "/")).name
    return (
        hit.rank, hit.score, name_of(facts), facts.title, "; ".join(facts.parties),
        facts.priority_date, facts.filing_date, facts.publication_date, facts.kind,
        "; ".join(facts.cpc), facts.family, "; ".join(map(name_of, hit.members)), facts.label,
        facts.language, texts[0] if texts else None, cites[0] if cites else None,
        "\n\n".join(f"{text}\n({cite})" for text, cite in others), file, facts.id,
    )  # fmt: skip


def _passages(result: SearchResult) -> Table:
    head = (
        "Rank", "Document", "Passage", "Citation", "Section", "Heading", "Claim", "Paragraph",
        "First page", "Last page", "Score", "Passage id",
    )  # fmt: skip
    rows = tuple(
        (
            hit.rank, name_of(hit.document), passage.text,
            cited(hit.document, pinpoint_passage(passage)), passage.section, passage.heading,
            passage.claim, passage.paragraph, passage.first_page, passage.last_page,
            passage.score, passage.id,
        )
        for hit in result.hits
        for passage in hit.passages
    )  # fmt: skip
    return Table("Passages", head, (6, 22, 90, 34, 12, 24, 8, 11, 8, 8, 9, 22), rows, frozen=2)
