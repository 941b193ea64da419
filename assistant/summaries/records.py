"""The records of a summary: sections of verbatim statements, rows of values, computed lines."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from assistant.records import Citation, Row, Statement

KINDS = ("document", "results", "comparison")


@dataclass(frozen=True)
class SummarySection:
    """One part of a summary.

    Attributes:
        statements: verbatim, each with citations.
        rows: values as documents state them; `citations` are theirs, the quote holding the value.
        lines: facts that code computed ("2019: 3 documents"); nothing in them is quoted.
    """

    heading: str
    statements: tuple[Statement, ...] = ()
    rows: tuple[Row, ...] = ()
    lines: tuple[str, ...] = ()
    citations: tuple[Citation, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """One element of `sections`."""
        return {
            "heading": self.heading,
            "statements": [statement.to_dict() for statement in self.statements],
            "rows": [row.to_dict() for row in self.rows],
            "lines": list(self.lines),
            "citations": [citation.to_dict() for citation in self.citations],
        }

    def text(self) -> str:
        """Heading, lines, statements and rows, one line each."""
        parts = [self.heading, *self.lines]
        parts += [f"- {statement.shown()}" for statement in self.statements]
        parts += [_row_text(row) for row in self.rows]
        return "\n".join(parts)


@dataclass(frozen=True)
class Summary:
    """What one document says, what a search found, or how some documents compare.

    Attributes:
        kind: one of KINDS.
        documents: ids of those summarised.
        missing: what was looked for and not found, in words.
    """

    kind: str
    title: str
    documents: tuple[str, ...]
    sections: tuple[SummarySection, ...]
    missing: tuple[str, ...] = ()

    @property
    def citations(self) -> tuple[Citation, ...]:
        """All of them, by key; a passage that is quoted twice has two of one key."""
        found = [
            citation
            for section in self.sections
            for some in (section.citations, *(s.citations for s in section.statements))
            for citation in some
        ]
        return tuple(sorted(dict.fromkeys(found), key=lambda c: int(c.key)))

    def to_dict(self) -> dict[str, Any]:
        """The JSON of `prior-art summarize`."""
        return {
            "kind": self.kind,
            "title": self.title,
            "documents": list(self.documents),
            "sections": [section.to_dict() for section in self.sections],
            "missing": list(self.missing),
        }

    def text(self) -> str:
        """The whole to read: sections, what is missing, and the sources of the keys."""
        parts = [self.title, *(section.text() for section in self.sections)]
        if self.missing:
            parts.append("\n".join(["Not found", *(f"- {what}" for what in self.missing)]))
        sources = {citation.key: citation for citation in self.citations}
        if sources:
            listed = [_source_text(citation) for citation in sources.values()]
            parts.append("\n".join(["Sources", *listed]))
        return "\n\n".join(parts)


def _row_text(row: Row) -> str:
    condition = f" ({row.condition})" if row.condition else ""
    keys = " ".join(f"[{key}]" for key in row.keys)
    unit = "" if row.unit in row.value else f" {row.unit}"
    return f"- {row.material}: {row.value}{unit}{condition} – {row.source} {keys}"


def _source_text(citation: Citation) -> str:
    name = citation.number or " ".join(citation.title.split()) or citation.document_id
    return f"[{citation.key}] {name}, {citation.place()}"


def comma_numbers(numbers: tuple[int, ...]) -> str:
    """Numbers as people list them.

    >>> comma_numbers((2, 3, 4, 7, 9, 10))
    '2 to 4, 7, 9, 10'
    """
    runs: list[list[int]] = []
    for number in sorted(set(numbers)):
        if runs and runs[-1][-1] == number - 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(
        f"{run[0]} to {run[-1]}" if len(run) > 2 else ", ".join(map(str, run)) for run in runs
    )
