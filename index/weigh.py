"""How much each term of a query counts: how often it is said, how rare it is."""

from __future__ import annotations

import math
from collections.abc import Mapping

# A query of so many different terms is a question, and of so many a claim or an abstract.
_SHORT, _LONG = 10, 20
# Power of the rarity in a long query's weights, beside the rarity that BM25 itself counts.
_RARITY_POWER = 0.5


def longness(terms: int) -> float:
    """Between a question (0) and a claim or an abstract (1), by the number of different terms.

    terms: those that the index knows, without stop words.

    >>> longness(6), longness(15), longness(80)
    (0.0, 0.5, 1.0)
    """
    return min(max((terms - _SHORT) / (_LONG - _SHORT), 0.0), 1.0)


def term_weights(
    counts: Mapping[str, int], holding: Mapping[str, int], passages: int
) -> dict[str, float]:
    """Weight of every term that the index knows: (1 + ln count) * idf ^ (0.5 * longness).

    counts: times in the query; holding: passages with the term; passages: all of them. The
    logarithm of the count is that of Salton and Buckley 1988
    (https://doi.org/10.1016/0306-4573(88)90021-0), the rarity that of BM25 as Lucene and tantivy
    compute it, ln(1 + (N - n + 0.5) / (n + 0.5)), always above 0. Chosen and checked:
    benchmarks/ranking.md.

    >>> term_weights({"cell": 2, "boron": 1, "xyzzy": 1}, {"cell": 40, "boron": 3}, 100)
    {'cell': 1.6931471805599454, 'boron': 1.0}
    """
    known = {term: count for term, count in counts.items() if holding.get(term)}
    power = rarity_power(len(known))
    return {
        term: (1 + math.log(count)) * rarity(holding[term], passages) ** power
        for term, count in known.items()
    }


def rarity_power(terms: int) -> float:
    """Power of a term's rarity in its weight, by the number of different terms (`longness`).

    >>> rarity_power(5), rarity_power(50)
    (0.0, 0.5)
    """
    return _RARITY_POWER * longness(terms)


def rarity(holding: int, passages: int) -> float:
    """Inverse document frequency as BM25 counts it; above 0.

    >>> rarity(1, 100) > rarity(50, 100) > 0
    True
    """
    # Passages that were deleted are counted until tantivy merges, so it may know more than all.
    return math.log(1 + (max(passages - holding, 0) + 0.5) / (holding + 0.5))
