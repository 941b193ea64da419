"""Numeric conditions of a search: how far each passage discloses something in the wanted range."""

from __future__ import annotations

import math
import sqlite3
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from functools import reduce

import numpy as np

from index.catalog import Ids
from index.filters import Scope
from index.fuse import Scores
from index.quantities import Condition, find_conditions
from index.quantity_store import Disclosed, overlap, passages_meeting, quantities_of, same_range

# Passages that only meet a condition, and that no engine proposed, which are ranked as well.
MOST_ADDED = 1000
# How far a passage meets a condition that discloses the wanted range of something else, and one
# that discloses another range of what is asked for; 1 is the wanted range of the right thing.
# These and the bonus: benchmarks/ranking.md.
_OTHER_SUBJECT, _OTHER_RANGE = 0.7, -1.0
# Added to a score, in standard deviations of an engine's, for a condition that one passage meets.
BONUS = 8.0


@dataclass(frozen=True)
class Met:
    """Conditions, and the keys of the passages in a scope that meet each of them, ascending.

    weights: what meeting each adds to a score; less for one that many passages of the library meet.
    """

    conditions: tuple[Condition, ...] = ()
    passages: tuple[Ids, ...] = ()
    weights: Scores = field(default_factory=lambda: np.empty(0, np.float32))

    def any_of(self) -> Ids:
        """Keys of the passages that meet a condition, ascending."""
        return reduce(np.union1d, self.passages, np.empty(0, np.int64))

    def table(self, database: sqlite3.Connection, keys: Ids) -> Scores:
        """What each condition adds to each passage's score, (passages, conditions)."""
        degrees = np.zeros((keys.size, len(self.conditions)), np.float32)
        if self.conditions:
            disclosed = quantities_of(database, keys.tolist())
            for row, key in enumerate(keys.tolist()):
                some = disclosed.get(key, ())
                degrees[row] = [_degree(condition, some) for condition in self.conditions]
        table: Scores = degrees * self.weights
        return table


def conditions_of(query: str, literal: Collection[str] = ()) -> tuple[Condition, ...]:
    """Conditions that a question states in plain words. literal: those to be taken as words only.

    >>> [str(c) for c in conditions_of("FEC 0.5 to 5 wt% below 20 °C", ["any < 20 °C"])]
    ['0.5 wt% <= FEC <= 5 wt%']
    """
    found = {str(condition): condition for condition in find_conditions(query)}
    return tuple(condition for name, condition in found.items() if name not in literal)


def meet(
    database: sqlite3.Connection, conditions: Sequence[Condition], seen: Scope, passages: int
) -> Met:
    """The passages of a scope that meet conditions. passages: how many the library has."""
    meeting = [passages_meeting(database, condition) for condition in conditions]
    # A condition that many passages meet by chance (25 °C) says little.
    rare = [1 - math.log1p(keys.size) / math.log1p(max(passages, 2)) for keys in meeting]
    weights = BONUS * np.maximum(np.array(rare, np.float32), 0) / max(len(rare), 1)
    if seen.passage_keys is not None:
        meeting = [np.intersect1d(keys, seen.passage_keys) for keys in meeting]
    return Met(tuple(conditions), tuple(meeting), np.asarray(weights, np.float32))


def _degree(condition: Condition, disclosed: Sequence[Disclosed]) -> float:
    """How far a passage meets a condition: 1 at best, below 0 where it says another range."""
    if any(overlap(condition, one) != "none" for one in disclosed):
        return 1.0
    kinds = {same_range(condition, one) for one in disclosed}
    if "other range" in kinds:
        return _OTHER_RANGE
    return _OTHER_SUBJECT if "other subject" in kinds else 0.0
