"""The part of a dependent claim that refers to other claims."""

from __future__ import annotations

import re

from ingest.readers.patent_xml.claim_references import claim_references

_JOINT = r"(?:-|–|to|or|and|bis|oder|und|à|ou|et|through|,|내지|또는|및|~)"
_NUMBERS = rf"\d+(?:\s*{_JOINT}\s*(?:claims?\s+|제\s*)?\d+\s*항?)*"
_BEFORE = r"(?:preceding|previous|foregoing|above|prior|aforementioned)"
_VOR = r"(?:vor(?:her|an)?gehenden|vorstehenden|vorigen|obigen|vorgenannten)"
# What names the claims that are referred to.
REFERENCE = re.compile(
    rf"(?:claims?\s+{_NUMBERS}|(?:any|either|each|one|all)(?:\s+(?:one|or\s+more))?\s+of\s+(?:the\s+)?"
    rf"{_BEFORE}\s+claims|(?:any|the|a)\s+{_BEFORE}\s+claims?"
    rf"|(?:Patent)?Ansprüche\w*\s+{_NUMBERS}|(?:Patent)?Anspruch\s+{_NUMBERS}"
    rf"|revendications?\s+{_NUMBERS}|revendications?\s+précédentes?"
    rf"|{_VOR}\s+(?:Patent)?Ansprüche?n?"
    rf"|(?:제|청구항)\s*{_NUMBERS}\s*항?[^,]{{0,24}}에\s*(?:있어서|따른|따르는|기재된?|의한)"
    rf"|权利要求\s*{_NUMBERS}\s*(?:中?任[一意]项)?\s*所述的?[^，,]{{0,40}})\s*(?:[,，]\s*)?",
    re.IGNORECASE,
)
FURTHEST_REFERENCE = 220
# A reference after these words takes the earlier claim in as a part, an ingredient or a step.
TAKES_IN = re.compile(
    r"\b(?:compris|includ|contain|using|use of|prepared|produc|manufactur|making|obtain|having|with"
    r"|made|operat|charg|umfassend|enthaltend|verwend|herstell|mit\b|transformed)|포함|구비",
    re.IGNORECASE,
)
# "further comprising" behind a reference: part of it, for what is added follows.
_ADDS = re.compile(
    r"\s*,?\s*(?:and\s+)?(?:(?:which|that|ferner|weiterhin|weiter)\s+)?(?:(?:further|also|additionally)\s+)*"
    r"(?:compris(?:ing|es)|includ(?:ing|es)|umfassend|comprenant)\b"
    r"(?:\s+(?:the\s+|an?\s+)?(?:following\s+|further\s+|additional\s+)*steps?(?:\s+of\b)?)?\s*:?\s*(?:\(?[a-z]\)\s)?",
    re.IGNORECASE,
)


def reference_end(text: str, above: str = "") -> int:
    """Characters of the reference with which a dependent claim begins, 0 for none.

    above: the text of the claim referred to, to tell a claim on the same thing from one that takes
    that thing in as a part ("A vehicle comprising the battery of claim 1"), which gives 0.

    >>> reference_end("The cell of claim 1, further comprising a seal.", "A cell.")
    40
    >>> reference_end("A pack comprising the cell of claim 1.", "A cell.")
    0
    """
    found = REFERENCE.search(text[:FURTHEST_REFERENCE])
    if found is None:
        return 0
    before = text[: found.start()]
    if TAKES_IN.search(before) and _head(before) != _head(above):
        return 0
    adds = _ADDS.match(text, found.end())
    end = adds.end() if adds else found.end()
    return end if re.search(r"\w{2}", text[end:]) else 0


def reference_groups(
    text: str, depends_on: tuple[int, ...], own: int
) -> tuple[tuple[int, ...], ...]:
    """The claims referred to: alternatives in one group, what is taken in together in several.

    >>> text = "A cell comprising the foil of claim 1 and the seal of claim 2 or 3"
    >>> reference_groups(text, (1, 2, 3), 4)
    ((1,), (2, 3))
    """
    groups: list[set[int]] = []
    last_end = 0
    for match in REFERENCE.finditer(text):
        numbers = set(claim_references(match.group(), own)) & set(depends_on)
        between = text[last_end : match.start()]
        if groups and (
            numbers <= set().union(*groups) or re.search(r"\b(?:or|oder|ou)\b", between)
        ):
            groups[-1] |= numbers - set().union(*groups)
        elif numbers:
            groups.append(numbers)
        last_end = match.end()
    left = set(depends_on) - set().union(*groups)
    groups = [groups[0] | left, *groups[1:]] if groups else [left]
    return tuple(tuple(sorted(group)) for group in groups if group)


def _head(text: str) -> str:
    """The noun that a claim is on, in lower case: "method", "battery"."""
    words = re.match(
        r"\W*(?:\([\w\s]+\)\s*)?(?:(?:an?|the|eine?|der|die|das)\s+)?((?:[\w-]+\s+){0,6}?[\w-]+?)"
        r"(?=\s+(?:of|for|as|according|in|to|with|which|that|comprising|including|having|containing"
        r"|wherein|using|nach|gemäß|mit|zum|zur|umfassend|selon)\b|[,:.]|\s*$)",
        text,
        re.IGNORECASE,
    )
    return words[1].split()[-1].lower() if words else ""
