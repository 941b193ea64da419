"""What a reference names only to say that it is not there."""

from __future__ import annotations

import re
from functools import lru_cache

from assistant.chart.items import Item
from assistant.chart.reference import Reference, Run
from assistant.chart.wanted import Wanted
from index.analysis import terms

_CUE = re.compile(
    r"(?:no|not|without|free|devoid|lacks?|lacking|neither|nor|never|excludes?|excluding|absence"
    r"|absent|omitted|cannot)",
    re.IGNORECASE,
)
# Negations that deny nothing: "not only", "no more than", "without limitation", "free end".
_HARMLESS = re.compile(
    r"\bnot (?:only|limited|necessarily|particularly|especially|restricted|less than|more than"
    r"|exceed\w*)\b|\bno (?:more|less|later|greater) than\b"
    r"|\bwithout (?:limitation|departing|being limited)\b"
    r"|\bfree (?:end|space|surface|radical|standing|lithium)\w*",
    re.IGNORECASE,
)
_TOKEN = re.compile(r"[\w-]+|[.,;:()]")
_REACH = 4  # words that a negation reaches over, small ones not counted
_SMALL = frozenset("of from a an the any been be and or".split())
_ENDS = frozenset("but which that is are was were has comprises".split())
_FREE = re.compile(r"(.+)-free", re.IGNORECASE)
_UN = re.compile(r"(?:un|non-?)(\w{4,})", re.IGNORECASE)
# Share of the rarest item's rarity from which on an item's denial denies the limitation.
_MATTERS = 0.4


def denial(wanted: Wanted, reference: Reference) -> str:
    """The item that a reference only names to say that it is not there; "" for none."""
    for item in _that_matter(wanted):
        naming = [
            run
            for run, said in zip(reference.sentences, reference.said, strict=True)
            if item.met(said) >= 1
        ]
        if naming and all(_denied(item, reference.text(run)) for run in naming):
            return item.typed
    return ""


def denies(wanted: Wanted, reference: Reference, run: Run) -> bool:
    """Whether a run says that something of a limitation is not there."""
    text = reference.text(run)
    return any(_denied(item, text) for item in _that_matter(wanted))


def _that_matter(wanted: Wanted) -> list[Item]:
    if wanted.negated or wanted.limitation.role == "preamble":
        return []
    top = max((item.rarity for item in wanted.items), default=0.0)
    return [item for item in wanted.items if item.rarity >= _MATTERS * top]


def _denied(item: Item, text: str) -> bool:
    gone = denied_terms(text)
    return bool(gone) and all(
        any(name & gone for name in word.need.names) for words in item.members for word in words
    )


@lru_cache(maxsize=50_000)
def denied_terms(text: str) -> frozenset[str]:
    """Terms of a text that it only has behind a negation.

    >>> sorted(denied_terms("The anode is free of silicon and not only of graphite."))
    ['silicon']
    """
    text = _HARMLESS.sub(lambda found: "x" * len(found.group()), text)
    left, denied, said = 0, set[str](), set[str]()
    for token in _TOKEN.findall(text):
        low = token.lower()
        if _CUE.fullmatch(token):
            left = _REACH
        elif low in _ENDS or not token[0].isalnum() or not low.strip("x"):
            left = 0
        elif free := _FREE.fullmatch(low):
            denied.update(terms(free[1]))
        elif undone := _UN.fullmatch(low):
            denied.update(terms(undone[1]))
            said.update(terms(low))
        elif low not in _SMALL:
            (denied if left > 0 else said).update(terms(token))
            left -= 1
    return frozenset(denied - said)
