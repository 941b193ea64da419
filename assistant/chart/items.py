"""What a limitation names, one by one: words, materials, and lists of which one is enough."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from assistant.answers.needs import Need, Surface
from index.analysis import query_terms, terms

# What claims are worded with whatever they claim.
CLAIMING = frozenset(
    query_terms(
        "comprise comprises comprising comprised include includes including consist consists"
        " consisting having characterized characterised configured adapted operable arranged"
        " capable plurality respective respectively least one said thereof wherein whereby"
        " according claim claims recited defined described set forth further group selected"
        " consisting essentially provided providing provide predetermined preset"
        " corresponding associated plural multiple step steps method being used using use"
    )
)
# What claims of a kind share whatever they claim; worth little as evidence.
_FORMAL = frozenset(
    query_terms(
        "apparatus system device mechanism equipment unit module means assembly member portion"
        " element component processor processing computer computing readable storage medium media"
        " non-transitory instruction instructions executed execute program product hardware"
        " software memory process manner structure part article arrangement based type formula"
    )
)
_FORMAL_SHARE = 0.35  # of their rarity that counts
_SYMBOL = re.compile(r"[a-zA-Z]{1,2}\d?|\S*[a-z][A-Z]\S*/\S*|\d+[a-z]?")
_NUMBER = re.compile(r"[\d.,:/]+")
# Inverse document frequency from which on a missing word counts in full.
_RARE = 7.0
_LIST = re.compile(
    r"(?:(?:selected|chosen) from(?: (?:the|a) group)?(?: (?:consisting|composed|made up) of)?"
    r"|group consisting of|at least one of|one or more of|any(?: one)? of|either of|either)"
    r":?\s+(?P<list>[^;:]{3,600})"
    r"|(?P<plain>(?:[\w()./-]+ ){0,3}[\w()./-]+(?:, (?:[\w()./-]+ ){0,4}[\w()./-]+)+,? or"
    r" (?:[\w()./-]+ ?){1,4})",
    re.IGNORECASE,
)
_CUT = re.compile(r",?\s+(?:and/or|and|or)\s+|,\s+|\s*/\s*|\s\|\s")
_LIST_END = re.compile(
    r",? (?:wherein|whereby|which|that|in an amount|at a|is|are)\b", re.IGNORECASE
)


@dataclass(frozen=True)
class Item:
    """One thing that a limitation names.

    members: ways to meet it, each a set of needs that must all be met; several for a list of
    which one is enough. rarity: above 0. exact: a material or a number, for which nothing else
    stands.
    """

    members: tuple[tuple[Need, ...], ...]
    rarity: float
    exact: bool

    def met(self, text: Surface) -> float:
        """How far a text names it, 0 to 1: the share of its best member."""
        return max(sum(n.is_met(text) for n in needs) / len(needs) for needs in self.members)

    @property
    def typed(self) -> str:
        """As the limitation writes it."""
        return " or ".join(" ".join(need.typed for need in needs) for needs in self.members)


def items_of(text: str, needs: Sequence[Need], abbreviated: Mapping[str, str]) -> tuple[Item, ...]:
    """The items of a limitation. abbreviated: abbreviations of the claim with their full names."""
    said = [need for need in needs if need.is_material or not _all_in(need, CLAIMING)]
    said = [_named(need, abbreviated) for need in said or needs]
    left = list(said)
    items: list[Item] = []
    for parts in _lists(text):
        members = [
            tuple(need for need in said if start <= need.start < end) for start, end in parts
        ]
        members = [needs for needs in members if needs]
        if len(members) > 1:
            inside = {need for needs in members for need in needs}
            left = [need for need in left if need not in inside]
            rarity = sorted(max(_weight(n) for n in needs) for needs in members)[len(members) // 2]
            exact = all(_exact(need) for needs in members for need in needs)
            items.append(Item(tuple(members), rarity, exact))
    items += [Item(((need,),), _weight(need), _exact(need)) for need in left]
    return tuple(sorted(items, key=lambda item: item.members[0][0].start))


def share(items: Sequence[Item], text: Surface) -> float:
    """Share of the items that a text names, by rarity, 0 to 1; 1 where there are none."""
    total = sum(item.rarity for item in items)
    return sum(item.rarity * item.met(text) for item in items) / total if total else 1.0


def worst(items: Sequence[Item], text: Surface) -> float:
    """1 less the rarity of the rarest missing item, 0 to 1; an exact one counts in full."""
    lost = [
        (1.0 if item.exact else min(item.rarity / _RARE, 1.0)) * (1 - item.met(text))
        for item in items
    ]
    return 1 - max(lost, default=0.0)


def _lists(text: str) -> Iterator[list[tuple[int, int]]]:
    """The alternatives of each list in a text, as spans."""
    for match in _LIST.finditer(text):
        start, end = match.span("list" if match["list"] else "plain")
        if match["list"] and (stop := _LIST_END.search(text, start, end)):
            end = stop.start()
        parts, at = [], start
        for cut in _CUT.finditer(text, start, end):
            parts.append((at, cut.start()))
            at = cut.end()
        parts.append((at, end))
        yield [(a, b) for a, b in parts if text[a:b].strip()]


def _all_in(need: Need, words: frozenset[str]) -> bool:
    return any(name <= words for name in need.names)


def _exact(need: Need) -> bool:
    return need.is_material or bool(_NUMBER.fullmatch(need.typed))


def _weight(need: Need) -> float:
    if _exact(need):
        return need.rarity
    formal = _all_in(need, _FORMAL) or bool(_SYMBOL.fullmatch(need.typed))
    return need.rarity * (_FORMAL_SHARE if formal else 1)


def _named(need: Need, abbreviated: Mapping[str, str]) -> Need:
    name = abbreviated.get(need.typed) or abbreviated.get(need.typed.removesuffix("s"))
    return replace(need, names=(*need.names, frozenset(terms(name)))) if name else need
