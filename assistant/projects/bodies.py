"""What an entry keeps of a search, an answer and a chart: places and scores, no documents' text."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from assistant.chart.records import Cell, Chart
from assistant.projects.asked import AskAsked, ChartAsked, SearchAsked, kept
from assistant.projects.bare import bare_answer, bare_claim, bare_understood
from assistant.projects.entries import storable
from assistant.projects.places import NO_TEXTS, Texts
from assistant.records import Answer
from index.records import Hit, SearchResult


def search_body(asked: SearchAsked, result: SearchResult) -> dict[str, Any]:
    """A search and what it found."""
    found = result.to_dict()
    names = (
        "understood", "matching", "expansions", "conditions", "undated", "searched", "feedback",
    )  # fmt: skip
    given = kept(asked)
    body = {
        "asked": given,
        "understood": bare_understood({name: found.get(name) for name in names}, given),
        "hits": ranked(result.hits),
    }
    stored: dict[str, Any] = storable(body)
    return stored


def answer_body(asked: AskAsked, answer: Answer, texts: Texts = NO_TEXTS) -> dict[str, Any]:
    """A question and its answer or refusal. texts: of the documents that it quotes."""
    said = answer.to_dict()
    understood = ("completed", "kind", "chips", "filters")
    given = ("status", "refusal", "reason", "text", "statements", "table", "dropped", "confidence")
    question = kept(asked)
    body = {
        "asked": question,
        "understood": bare_understood({name: said[name] for name in understood}, question),
        "answer": bare_answer({name: said[name] for name in given}, texts),
        "hits": ranked(answer.hits),
    }
    stored: dict[str, Any] = storable(body)
    return stored


def chart_body(asked: ChartAsked, chart: Chart, texts: Texts) -> dict[str, Any]:
    """A chart's claim, references and statuses; all of its cells are attached."""
    given = kept(asked)
    body = {
        "asked": {**given, "subject": bare_claim(given["subject"], texts)},
        "references": [[facts.id, facts.number] for facts in chart.references],
        "statuses": {
            row.limitation.key: {cell.document_id: machine_status(cell) for cell in row.cells}
            for row in chart.rows
        },
    }
    stored: dict[str, Any] = storable(body)
    return stored


def ranked(hits: Iterable[Hit]) -> list[dict[str, Any]]:
    """The ranked list: documents, their scores, their best passages."""
    return [
        {
            "rank": hit.rank,
            "score": hit.score,
            "id": hit.document.id,
            "name": hit.document.number,
            "label": hit.document.label,
            "passages": [[passage.id, passage.score] for passage in hit.passages],
            "members": [member.id for member in hit.members],
        }
        for hit in hits
    ]


def machine_status(cell: Cell) -> str:
    """A cell's status before any person changed it."""
    return cell.human.machine if cell.human else cell.status
