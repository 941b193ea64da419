"""Which claims a claim refers to, read from its words in English, German and French.

Korean, Japanese and Chinese are read by the rules of `asian_claim_references`.
"""

from __future__ import annotations

import re

from ingest.readers.patent_xml.asian_claim_references import asian_claim_references
from ingest.text import one_line

# References to claims in English, German and French, the languages of the EPO.
_NOUN = r"(?:claims?|(?:patent)?anspr(?:uch(?:e?s)?|üchen?)|revendications?)"
_TO = r"(?:to|through|bis|à)"
_JOINT = rf"(?: ?[-–] ?| ?, ?(?:(?:and/or|or|and|und|oder|et|ou|{_TO}) )?"
_JOINT += rf"| (?:and/or|or|and|und|oder|et|ou|{_TO}) )"
_CLAIM_REFERENCE = re.compile(
    rf"\b{_NOUN} (\d{{1,4}})\b((?:{_JOINT}(?:{_NOUN} )?\d{{1,4}}\b)*)", re.IGNORECASE
)
_FOLLOWING = re.compile(rf"({_TO}|[-–])? ?(?:{_NOUN} )?(\d+)", re.IGNORECASE)
_BEFORE = r"(?:preceding|previous|foregoing|above|prior|afore(?:said|mentioned))"
_VOR = r"(?:vor(?:her|an)(?:ge(?:hend|gangen)|ig)|vorstehend|obenstehend|vorig|obig|vorgenannt)"
_FORE = r"(?:précédente|antérieure)"
# Several, or any of them; with numbers behind, the numbers say which.
_ALL_BEFORE = re.compile(
    rf"\b{_BEFORE} claims\b(?! \d)|\bclaims (?:above|hereinbefore)\b"
    rf"|\b(?:any|each|every|all|one)(?: (?:one|or more|of|the|said))* {_BEFORE} claim\b(?! \d)"
    rf"|\bany(?: one)? claim (?:above|hereinbefore)\b"
    rf"|\b{_VOR}en (?:patent)?ansprüchen?\b(?! \d)"
    rf"|\b(?:ein|jed|irgendein)em {_VOR}en (?:patent)?anspruch\b(?! \d)"
    rf"|\brevendications (?:{_FORE}s|ci-dessus)\b(?! \d)"
    rf"|\b(?:une|toute)(?: quelconque)? revendication {_FORE}\b",
    re.IGNORECASE,
)
_ONE_BEFORE = re.compile(
    rf"\b{_BEFORE} claim\b(?! \d)|\bthe claim above\b|\b{_VOR}en (?:patent)?anspruch\b(?! \d)"
    rf"|\brevendication {_FORE}\b",
    re.IGNORECASE,
)
# "claim 1 and 80 to 92 wt% of graphite" refers to one claim only.
_FIGURES = r"\d[\d.,]{0,40}+"
_QUANTITY = re.compile(
    rf"(?<![\d.])(?<!claim )(?<!claims ){_FIGURES}(?: ?(?:{_TO}|-|–|and|or|und|oder) ?{_FIGURES})?"
    r" ?(?:%|°|at\.?%|(?:wt|vol|mol|parts|ppm|[nµμmck]?m|[mk]?g|m?A?h|[mk]?V|[kM]?Pa|K|min)\b)"
)
_LONGEST_RANGE = 200
_CANCELLED = re.compile(
    r"[\s\d.,;:)(–-]*(?:claims?\s+[\d\s,–-]+)?"
    r"\(?\s*(?:are |is |were |was )?(?:previously )?(?:cancell?ed|deleted)\s*\)?[\s.]*",
    re.IGNORECASE,
)


def claim_references(text: str, own_number: int) -> tuple[int, ...]:
    """Numbers of the claims that a claim refers to, ascending, without its own.

    >>> claim_references("The cell of any one of claims 1 to 3 or 5", 6)
    (1, 2, 3, 5)
    >>> claim_references("Zelle nach einem der vorhergehenden Ansprüche", 4)
    (1, 2, 3)
    >>> claim_references("The cell of the preceding claim", 9)
    (8,)
    """
    found = set(asian_claim_references(text, own_number))
    text = _QUANTITY.sub("_", one_line(text))
    if _ALL_BEFORE.search(text):
        found.update(range(1, own_number))
    elif own_number > 1 and _ONE_BEFORE.search(text):
        found.add(own_number - 1)
    for match in _CLAIM_REFERENCE.finditer(text):
        last = int(match.group(1))
        found.add(last)
        for joint, digits in _FOLLOWING.findall(match.group(2)):
            number = int(digits)
            if number >= own_number:  # A claim names later ones one by one, if at all.
                break
            if joint and 0 < number - last <= _LONGEST_RANGE:
                found.update(range(last, number))
            found.add(number)
            last = number
    return tuple(sorted(found - {own_number}))


def is_cancelled(text: str) -> bool:
    """Whether all that a claim says is that it, or a range of claims, was cancelled.

    >>> is_cancelled("1-30. (canceled)"), is_cancelled("A cell whose seal is cancelled.")
    (True, False)
    """
    return len(text) < 120 and _CANCELLED.fullmatch(text) is not None
