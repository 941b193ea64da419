"""Which two or three references together cover a claim; no conclusion in law is drawn."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

from assistant.chart.records import DISCLOSED, NOT_DISCLOSED, PARTLY, WEIGHTS, Combination, Row

# References that are combined; every pair and triple of these is looked at.
_MOST_REFERENCES = 40
_SHOWN = 10


def best_combinations(rows: Sequence[Row]) -> tuple[Combination, ...]:
    """The best pairs and triples, those that cover most first, smaller before larger.

    A combination of which one reference adds nothing is left out: the others alone do as well.
    Beyond 40 references the 40 that disclose most are combined.

    >>> from assistant.chart.records import Cell
    >>> from assistant.claims.records import Limitation
    >>> def row(key, *statuses):
    ...     cells = (Cell(f"d{i}", None, s, 1, None, "") for i, s in enumerate(statuses))
    ...     return Row(Limitation(key, "a part", 1), tuple(cells))
    >>> table = [row("1a", "disclosed", "not disclosed"), row("1b", "partly", "disclosed")]
    >>> [(c.document_ids, c.covered) for c in best_combinations(table)]
    [(('d0', 'd1'), 1.0)]
    """
    if not rows:
        return ()
    names = [cell.document_id for cell in rows[0].cells]
    weights = [[WEIGHTS[row.cells[i].status] for row in rows] for i in range(len(names))]
    # Stable: references that disclose as much keep the chart's order.
    kept = sorted(range(len(names)), key=lambda i: -sum(weights[i]))[:_MOST_REFERENCES]
    found: list[tuple[float, int, tuple[int, ...]]] = []
    for size in (2, 3):
        for chosen in combinations(sorted(kept), size):
            total = _total([weights[i] for i in chosen])
            if all(total > _total([weights[i] for i in chosen if i != left]) for left in chosen):
                found.append((-total, size, chosen))
    found.sort()
    return tuple(_combination(rows, names, chosen) for _, _, chosen in found[:_SHOWN])


def _total(weights: Sequence[Sequence[float]]) -> float:
    return sum((max(column) for column in zip(*weights, strict=True)), 0.0)


def _combination(rows: Sequence[Row], names: Sequence[str], chosen: tuple[int, ...]) -> Combination:
    best = {
        row.limitation.key: max((row.cells[i].status for i in chosen), key=WEIGHTS.__getitem__)
        for row in rows
    }
    return Combination(
        tuple(names[i] for i in chosen),
        sum(status == DISCLOSED for status in best.values()) / len(best),
        tuple(key for key, status in best.items() if status == PARTLY),
        tuple(key for key, status in best.items() if status == NOT_DISCLOSED),
    )
