"""Quantities of passages in the catalogue, and which of them meet a condition."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import reduce
from typing import Literal

import numpy as np

from index.catalog import Ids
from index.quantities import Condition, Quantity, find_quantities
from index.quantities.conditions import Overlap, compare, dimensions_met, wanted_terms
from index.quantities.subjects import subject_terms

# Bits of the column `ends`.
_LOW_INCLUDED, _HIGH_INCLUDED, _APPROXIMATE = 1, 2, 4
_BATCH = 10_000
_COLUMNS = "passage_id, subject, subject_terms, low, high, ends, unit, dimension, start, end"
_Row = tuple[int, str, str, float, float, int, str, str, int, int]


@dataclass(frozen=True)
class Disclosed:
    """A quantity of a passage. terms: those of its subject."""

    quantity: Quantity
    terms: frozenset[str]


def put_quantities(database: sqlite3.Connection, key: int, text: str) -> None:
    """Store the quantities that a passage's text discloses."""
    rows = [
        (
            key, q.subject, " ".join(sorted(subject_terms(q.subject))), q.low, q.high,
            _LOW_INCLUDED * q.low_inclusive + _HIGH_INCLUDED * q.high_inclusive
            + _APPROXIMATE * q.approximate,
            q.unit, q.dimension, q.start, q.end,
        )
        for q in find_quantities(text)
    ]  # fmt: skip
    database.executemany(f"INSERT INTO quantities ({_COLUMNS}) VALUES ({_marks(10)})", rows)


def passages_meeting(database: sqlite3.Connection, condition: Condition) -> Ids:
    """Keys of the passages that disclose a value or range that overlaps the wanted one."""
    dimensions = dimensions_met(condition.dimension)
    rows = database.execute(
        f"SELECT {_COLUMNS} FROM quantities WHERE dimension IN ({_marks(len(dimensions))})"
        " AND low <= ? AND high >= ?",
        [*dimensions, *_widened(condition)],
    )
    found = {row[0] for row in rows if overlap(condition, _disclosed(row)) != "none"}
    return np.array(sorted(found), np.int64)


def quantities_of(
    database: sqlite3.Connection, passages: Sequence[int]
) -> dict[int, tuple[Disclosed, ...]]:
    """The quantities of passages by their keys, in the order of their texts."""
    found: dict[int, list[Disclosed]] = defaultdict(list)
    for start in range(0, len(passages), _BATCH):
        batch = passages[start : start + _BATCH]
        query = (
            f"SELECT {_COLUMNS} FROM quantities WHERE passage_id IN ({_marks(len(batch))})"
            " ORDER BY passage_id, start"
        )
        for row in database.execute(query, batch):
            found[row[0]].append(_disclosed(row))
    return {key: tuple(some) for key, some in found.items()}


def documents_meeting(
    database: sqlite3.Connection, conditions: Iterable[Condition], sections: Sequence[str]
) -> Ids:
    """Keys of the documents that meet all conditions, each in one passage or another, ascending.

    sections: those in which quantities count; empty for all.
    """
    found = [
        _documents(database, passages_meeting(database, condition), sections)
        for condition in conditions
    ]
    return reduce(np.intersect1d, found)


def _documents(database: sqlite3.Connection, passages: Ids, sections: Sequence[str]) -> Ids:
    keys: set[int] = set()
    limit = f" AND section IN ({','.join('?' * len(sections))})" if sections else ""
    for start in range(0, passages.size, 10_000):
        batch = passages[start : start + 10_000].tolist()
        marks = ",".join("?" * len(batch))
        query = f"SELECT DISTINCT document_key FROM passages WHERE id IN ({marks}){limit}"
        keys.update(key for (key,) in database.execute(query, [*batch, *sections]))
    return np.array(sorted(keys), np.int64)


def overlap(condition: Condition, disclosed: Disclosed) -> Overlap:
    """What index.quantities.satisfies says, with the subject's terms as stored."""
    quantity = disclosed.quantity
    if quantity.dimension not in dimensions_met(condition.dimension):
        return "none"
    found = compare(condition, quantity)
    if found != "none" and not wanted_terms(condition, quantity.dimension) <= disclosed.terms:
        return "none"
    return found


def same_range(
    condition: Condition, disclosed: Disclosed
) -> Literal["met", "other range", "other subject", "nothing"]:
    """What a quantity says where a condition is wanted: the range, the thing, both or nothing."""
    quantity = disclosed.quantity
    if quantity.dimension not in dimensions_met(condition.dimension):
        return "nothing"
    subject = wanted_terms(condition, quantity.dimension) <= disclosed.terms
    if compare(condition, quantity) != "none":
        return "met" if subject else "other subject"
    return "other range" if subject else "nothing"


def meeting(condition: Condition, disclosed: Iterable[Disclosed]) -> Quantity | None:
    """The first quantity that meets a condition; one that lies inside goes first."""
    found = {overlap(condition, one): one.quantity for one in reversed(tuple(disclosed))}
    return found.get("inside") or found.get("overlap")


def _disclosed(row: _Row) -> Disclosed:
    _, subject, terms, low, high, ends, unit, dimension, start, end = row
    quantity = Quantity(
        subject, low, high, bool(ends & _LOW_INCLUDED), bool(ends & _HIGH_INCLUDED),
        unit, dimension, bool(ends & _APPROXIMATE), start, end,
    )  # fmt: skip
    return Disclosed(quantity, frozenset(terms.split()))


def _widened(condition: Condition) -> tuple[float, float]:
    """Highest low and lowest high end that can meet, a rounding error apart."""
    return (
        condition.high + abs(condition.high) * 1e-9,
        condition.low - abs(condition.low) * 1e-9,
    )


def _marks(count: int) -> str:
    return ",".join("?" * count)
