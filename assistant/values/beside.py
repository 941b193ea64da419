"""Words right beside a value that make it a circumstance of another, or a change."""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.quantities import Quantity

_FURTHEST = 110
_ASIDE = re.compile(
    r"(?:\b(?:with|containing|contains?|comprising|comprises?|including|includes?|at|after|for|under"
    r"|(?:charged|discharged|limited|cut off|cycled|heated|cooled) (?:to|at)"
    r"|during|within|in|plus|per|every|each|adding|until|over)\s+|[@/]\s*)(?:(?:about|approximately"
    r"|around|only|an?|the|least|most|up to|another|further|ca\.?)\s+)*$",
    re.IGNORECASE,
)
# "by 5%" is how much something changed, "5% higher" too.
_CHANGED = re.compile(
    r"(?:\bby|\b(?:increas|decreas|improve|reduc|rise|drop|declin|gain|chang|differ)\w*\s+of"
    r"|\b(?:increas|decreas|improv|reduc|rose|rais|fell|drop|declin|grew|chang|went)\w*\s+from"
    r"|\bthan)\s+(?:(?:about|approximately|only|at|least|up|to|more|over|the|a|an)\s+)*$",
    re.IGNORECASE,
)
_MORE = re.compile(
    r"\s*(?:higher|lower|more|less|better|greater|smaller|thicker|thinner|larger|longer|shorter"
    r"|increase|decrease|improvement|reduction|gain|drop|times)\b|\s*(?:per\b|/)\s*\w"
    r"|\s*[A-Za-zµ]{1,3}\s?[-−–⁻]\s?[1-3¹²³](?!\w)",  # the unit goes on
    re.IGNORECASE,
)
_FROM = re.compile(r"\bfrom\s+(?:about\s+)?$", re.IGNORECASE)
_CHANGES = re.compile(
    r"\b(?:increas|decreas|improv|reduc|rose|rais|fell|drop|declin|grew|chang|went|drift|lower)\w*"
)


def is_aside(text: str, quantity: Quantity) -> bool:
    """Whether a value only says with or under what another holds: "with 30%", "at 50%"."""
    return bool(_ASIDE.search(text[: quantity.start]))


def is_change(text: str, quantity: Quantity) -> bool:
    """Whether it is by how much, or between what, something changed."""
    before = text[: quantity.start]
    if _CHANGED.search(before) or _MORE.match(text, quantity.end):
        return True
    return bool(_FROM.search(before) and _CHANGES.search(before[-_FURTHEST:]))


def in_a_row(text: str, quantity: Quantity, quantities: Sequence[Quantity]) -> bool:
    """Whether a figure stands right beside it, as in rows of tables that lost their columns."""
    if re.search(r"\d\s+$", text[: quantity.start]) or re.match(r"\s+\d", text[quantity.end :]):
        return True
    gaps = [text[quantity.end : q.start] for q in quantities if q.start >= quantity.end]
    gaps += [text[q.end : quantity.start] for q in quantities if q.end <= quantity.start]
    return any(gap.isspace() for gap in gaps)
