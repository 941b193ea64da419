"""What a limitation names, one by one: words, materials, and lists of which one is enough."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from assistant.answers.needs import Need
from assistant.chart.said import Said, with_doers
from assistant.gate.reading import Material, read
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
_JOINING = frozenset(query_terms("combination combinations mixture mixtures two three others"))
_FORMAL_SHARE = 0.35  # of their rarity that counts
_LINK = 4  # terms between two items that belong together
_IN_FORMULA = 0.5  # of an element that a text has in a compound's formula only
_PART = 0.6  # of a name of several words whose words stand there in part
_KIN = 0.6  # of a word of which another of its family stands there: sensing, sensor
_SYMBOL = re.compile(r"[a-zA-Z]{1,2}\d?(?:/[a-zA-Z]{1,2}\d?)?|\S*[a-z][A-Z]\S*/\S*|\d+[a-z]?")
_NUMBER = re.compile(r"[\d.,:/]+")
# Inverse document frequency from which on a missing word counts in full.
_RARE = 7.0
_LIST = re.compile(
    r"(?:(?:selected|chosen) from(?: (?:the|a) group)?(?: (?:consisting|composed|made up) of)?"
    r"|group consisting of|at least one of|one or more of|any(?: one)? of|either of|either)"
    r":?\s+(?P<list>[^;:]{3,600})"
    r"|(?:formed of|made of|made from|composed of|includ\w+|compris\w+|is|are|being)\s+"
    r"(?P<joined>[^;:]{3,400}?,? (?:and|or|and/or) (?:any )?(?:combination|mixture)s?"
    r" (?:thereof|of))"
    r"|(?P<plain>(?:[\w()./-]+ ){0,3}[\w()./-]+(?:, (?:[\w()./-]+ ){0,4}[\w()./-]+)+,? or"
    r" (?!(?:more|less|higher|lower|greater|above|below|fewer)\b)(?:[\w()./-]+ ?){1,4})",
    re.IGNORECASE,
)
_CUT = re.compile(r",?\s+(?:and/or|and|or)\s+|,\s+|\s*/\s*|\s\|\s")
_LIST_END = re.compile(
    r",? (?:wherein|whereby|which|that|in an amount|at a|is|are)\b", re.IGNORECASE
)


@dataclass(frozen=True)
class Word:
    """A word or a material of a limitation.

    material: set where it is one, found in all its spellings. exact: a material or a number, for
    which nothing else stands. rarity: above 0.
    """

    need: Need
    rarity: float
    exact: bool
    material: Material | None = None

    def met(self, text: Said) -> float:
        """1 where a text names it, else what the part of its name that stands there counts."""
        if text.names(self.need) or (self.material is not None and text.has(self.material)):
            return 1.0
        if self.material is not None and self.material.main in text.elements:
            return _IN_FORMULA
        if self.exact and self.need.is_material:
            return 0.0
        names = [name for name in self.need.names if len(name) > 1]
        parts = (len(name & text.places.keys()) / len(name) for name in names)
        part = _PART * max(parts, default=0.0)
        return max(part, _KIN if text.names_kin(self.need) else 0.0)


@dataclass(frozen=True)
class Item:
    """One thing that a limitation names.

    members: ways to meet it, each some words that must all be met; several for a list of which
    one is enough. rarity: above 0. exact: whether all of it is.
    """

    members: tuple[tuple[Word, ...], ...]
    rarity: float
    exact: bool

    def met(self, text: Said) -> float:
        """How far a text names it, 0 to 1: the share of its best member."""
        return max(sum(w.met(text) for w in words) / len(words) for words in self.members)

    @property
    def start(self) -> int:
        """Where in the limitation it begins."""
        return self.members[0][0].need.start

    @property
    def typed(self) -> str:
        """As the limitation writes it."""
        return " or ".join(" ".join(word.need.typed for word in words) for words in self.members)


def items_of(text: str, needs: Sequence[Need], abbreviated: Mapping[str, str]) -> tuple[Item, ...]:
    """The items of a limitation. abbreviated: abbreviations of the claim with their full names."""
    said = [need for need in needs if need.is_material or not _all_in(need, CLAIMING)]
    left = _words(text, [_named(need, abbreviated) for need in said or needs])
    items: list[Item] = []
    for parts in _lists(text):
        members = [
            tuple(word for word in left if start <= word.need.start < end) for start, end in parts
        ]
        members = [words for words in members if not all(_joins(word) for word in words)]
        if len(members) > 1:
            inside = {word for words in members for word in words}
            left = [word for word in left if word not in inside]
            rarity = sorted(max(w.rarity for w in words) for words in members)[len(members) // 2]
            items.append(Item(tuple(members), rarity, all(word.exact for word in inside)))
    items += [Item(((word,),), word.rarity, word.exact) for word in left]
    return tuple(sorted(items, key=lambda item: item.start))


def _words(text: str, needs: list[Need]) -> list[Word]:
    """Needs as words; those of one material as one."""
    words: list[Word] = []
    for material in read(text).materials:
        inside = [n for n in needs if material.start <= n.start < material.end]
        if any(need.is_material for need in inside):
            typed, rarity = text[material.start : material.end], max(n.rarity for n in inside)
            names = frozenset(terms(typed))
            need = replace(inside[0], typed=typed, names=(names, *inside[0].names[1:]))
            words.append(Word(need, rarity, True, material))
            needs = [need for need in needs if need not in inside]
    words += [Word(need, _weight(need), _exact(need)) for need in needs]
    return sorted(words, key=lambda word: word.need.start)


def share(items: Sequence[Item], text: Said) -> float:
    """Share of the items that a text names, by rarity, 0 to 1; 1 where there are none."""
    total = sum(item.rarity for item in items)
    return sum(item.rarity * item.met(text) for item in items) / total if total else 1.0


def worst(items: Sequence[Item], text: Said) -> float:
    """1 less the rarity of the rarest missing item, 0 to 1; an exact one counts in full."""
    lost = [
        (1.0 if item.exact else min(item.rarity / _RARE, 1.0)) * (1 - item.met(text))
        for item in items
    ]
    return 1 - max(lost, default=0.0)


def linked(items: Sequence[Item], text: Said) -> float:
    """Share of neighbouring items that stand near each other in a text as well, 0 to 1."""
    places = [
        [place for words in item.members for word in words for place in text.where(word.need)]
        for item in items
    ]
    pairs = list(pairwise(places))
    near = sum(any(abs(a - b) <= _LINK for a in one for b in other) for one, other in pairs)
    return near / len(pairs) if pairs else float(bool(places and places[0]))


def _lists(text: str) -> Iterator[list[tuple[int, int]]]:
    """The alternatives of each list in a text, as spans."""
    for match in _LIST.finditer(text):
        group = next(name for name in ("list", "joined", "plain") if match[name])
        start, end = match.span(group)
        if match["list"] and (stop := _LIST_END.search(text, start, end)):
            end = stop.start()
        parts, at = [], start
        for cut in _CUT.finditer(text, start, end):
            parts.append((at, cut.start()))
            at = cut.end()
        parts.append((at, end))
        yield [(a, b) for a, b in parts if text[a:b].strip()]


def _joins(word: Word) -> bool:
    """Whether it only says that several of a list may be taken together."""
    return _all_in(word.need, _JOINING)


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
    names = tuple(with_doers(need.typed, one) for one in need.names)
    return replace(need, names=(*names, frozenset(terms(name))) if name else names)
