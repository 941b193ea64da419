"""What a searcher said of documents, how far it moves a search, what it did. No engine."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from index.errors import BadQuery
from index.weigh import longness

# Marks of one search; more would take seconds to read.
MOST_MARKS = 1000


@dataclass(frozen=True)
class Feedback:
    """What marks did to a ranking.

    Attributes:
        relevant, not_relevant: ids of the marked documents that were learnt from.
        ignored: marks, as they were given, of what is not one document that the filters let pass:
            unknown, ambiguous or kept out. They had no effect.
        terms: (word as the marked documents write it, its weight) that the words were asked for
            as well or more, the weightiest first; weights are shares of the query's own, as a sum
            over its terms.
        meaning: whether the vectors were moved; never in "bm25".
    """

    relevant: tuple[str, ...] = ()
    not_relevant: tuple[str, ...] = ()
    ignored: tuple[str, ...] = ()
    terms: tuple[tuple[str, float], ...] = ()
    meaning: bool = False

    def to_dict(self) -> dict[str, Any]:
        """The value of `feedback` in the JSON of a search."""
        return {
            "relevant": list(self.relevant),
            "not_relevant": list(self.not_relevant),
            "ignored": list(self.ignored),
            "terms": [{"term": term, "weight": weight} for term, weight in self.terms],
            "meaning": self.meaning,
        }


@dataclass(frozen=True)
class Strength:
    """How far marks move a question; chosen and checked in benchmarks/feedback.md.

    Attributes:
        toward, away: lengths of the relevant documents' mean vector, which is added to the
            query's of length 1, and of the others', which is taken from it.
        terms: of the relevant documents that are added, at most. share: their weights in sum,
            as a share of the weights of the query's own.
        long: how much of all that is left for a query as long as a claim, which says more itself.
    """

    toward: float = 2.0
    away: float = 0.15
    terms: int = 20
    share: float = 1.0
    long: float = 0.5

    def of(self, terms: int) -> Strength:
        """The strength for a query of so many different terms (`longness`)."""
        left = 1 - (1 - self.long) * longness(terms)
        return replace(
            self, toward=left * self.toward, away=left * self.away, share=left * self.share
        )


STRENGTH = Strength()


def checked_marks(
    relevant: Iterable[str], not_relevant: Iterable[str]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Both kinds of marks, each once, in the order given. Raises BadQuery where they contradict.

    >>> checked_marks(["US1", "US2", "US1"], [])
    (('US1', 'US2'), ())
    """
    liked, disliked = tuple(dict.fromkeys(relevant)), tuple(dict.fromkeys(not_relevant))
    if len(liked) + len(disliked) > MOST_MARKS:
        raise BadQuery(
            f"{len(liked) + len(disliked):,} documents are marked, {MOST_MARKS:,} are the most"
        )
    for name in liked:
        if name in disliked:
            raise contradiction(name, name)
    return liked, disliked


def contradiction(liked: str, disliked: str) -> BadQuery:
    """The error of one document marked both ways, by the names that were given."""
    both = repr(liked) if liked == disliked else f"{liked!r}, which is {disliked!r},"
    return BadQuery(f"{both} is marked relevant and not relevant; take one of the marks back")
