"""Why a hit was found, in one line for people: the command line and the web app say the same."""

from __future__ import annotations

from index.records import Why


def reasons_line(why: Why) -> str:
    """Ranks by each engine, documents that raised it, and words that it has; "" for nothing known.

    >>> reasons_line(Why(terms=("boron", "cathode"), words=2, meaning=1))
    'rank 2 by words; rank 1 by meaning; has boron, cathode'
    """
    parts = []
    if why.words is not None:
        parts.append(f"rank {why.words} by words")
    if why.meaning is not None:
        parts.append(f"rank {why.meaning} by meaning")
    if why.neighbours:
        count = len(why.neighbours)
        parts.append(f"raised by {count} document{'' if count == 1 else 's'} like it")
    if why.terms:
        parts.append("has " + ", ".join(why.terms))
    return "; ".join(parts)
