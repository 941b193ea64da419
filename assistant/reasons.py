"""What a search did, in lines for people: the command line and the web app say the same."""

from __future__ import annotations

from index.marks import Feedback
from index.records import SearchResult
from index.why import Why

# Added words that are named.
_WORDS = 8
_HOW = {"inside": "within", "overlap": "overlaps"}


def reasons_line(why: Why) -> str:
    """Ranks by each engine, what raised it, words and figures that it has; "" for nothing known.

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
    parts += [f"{found} for {typed}" for typed, found in why.synonyms]
    parts += [f"{m.found} ({_HOW[m.how]} {m.condition})" for m in why.quantities]
    return "; ".join(parts)


def meant(result: SearchResult) -> tuple[str, ...]:
    """What a query was taken to mean beyond its words, one line each; none for nothing.

    Example: "FEC also as fluoroethylene carbonate", "ranked higher: 0.5 wt% <= FEC <= 5 wt%".
    """
    lines = []
    for some in result.expansions:
        names = list(some.names)
        if some.materials:
            names.append(f"any spelling of {some.materials[0]}")
        lines.append(f"{some.typed} also as {', '.join(names)}")
    if result.conditions:
        lines.append(f"ranked higher: {'; '.join(result.conditions)}")
    return (*lines, *_learned(result.feedback))


def _learned(feedback: Feedback | None) -> tuple[str, ...]:
    """What the marks of a search did, and which of them did nothing."""
    if feedback is None:
        return ()
    lines = []
    if feedback.relevant or feedback.not_relevant:
        counts = f"{len(feedback.relevant)} relevant, {len(feedback.not_relevant)} not"
        words = ", ".join(word for word, _ in feedback.terms[:_WORDS])
        lines.append(
            f"ranked by your marks ({counts})" + (f"; also asked: {words}" if words else "")
        )
    if feedback.ignored:
        names = ", ".join(feedback.ignored)
        lines.append(f"marks without effect, not one document that this search may see: {names}")
    return tuple(lines)
