"""What sets the texts of each region apart: its words by class-based tf-idf.

A term counts by the documents of a region that have it, against those of all regions, as BERTopic
does with frequencies (Grootendorst, 2022). Words are shown as the documents write them.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from index.analysis import STOP_WORDS, terms

_WORD = re.compile(r"[^\W\d_](?:[\w\-]|\.(?=\d))*[^\W_]")
# Words of every patent and report, which set nothing apart.
_FORMAL = frozenset(
    term
    for word in "invention present disclosure embodiment method methods apparatus system systems"
    " device devices comprising comprise comprises include including includes provide provided"
    " provides according plurality wherein first second third one two example use used using based"
    " least portion step steps process thereof relate relates disclosed described claim claims"
    " application may result results study report show shown technical field solution model utility"
    " respectively corresponding configured arranged following various different set new invented"
    " improve improved connected prior art preparation contain contains containing making made"
    " side position positions".split()
    for term in terms(word)
) | frozenset(term for word in STOP_WORDS for term in terms(word))
_LONGEST_CJK = 8
# A label's word stands in this share of its region's documents at least, and in two of them.
_LEAST_SHARE = 0.06
_PAIR_BONUS = 1.5

Name = tuple[str, ...]


def region_words(
    texts: Sequence[str], regions: Sequence[int], count: int = 3
) -> dict[int, tuple[str, ...]]:
    """For each region the words that set it apart, the most telling first; () where none do.

    texts, regions: of each document, in the same order.

    >>> region_words(["sulfide electrolyte"] * 3 + ["battery tray"] * 3, [0] * 3 + [1] * 3, 1)
    {0: ('sulfide electrolyte',), 1: ('battery tray',)}
    """
    having: dict[int, Counter[Name]] = defaultdict(Counter)
    written: dict[Name, Counter[str]] = defaultdict(Counter)
    for text, region in zip(texts, regions, strict=True):
        found: dict[Name, set[str]] = defaultdict(set)
        for name, shown in _names(text):
            found[name].add(shown)
        having[region].update(found.keys())
        for name, spellings in found.items():
            written[name].update(spellings)
    total = sum(having.values(), Counter())
    sizes = Counter(regions)
    labels = {}
    for region in sorted(sizes):
        least = max(min(2, sizes[region]), _LEAST_SHARE * sizes[region])
        weights = {
            name: _weight(name, had, sizes[region], total[name], len(texts))
            for name, had in having[region].items()
            if had >= least
        }
        ranked = sorted(weights, key=lambda name: (-weights[name], name))
        labels[region] = tuple(_chosen([n for n in ranked if weights[n] > 0], written, count))
    return labels


def _weight(name: Name, had: int, size: int, everywhere: int, documents: int) -> float:
    """Share of the region that has a term, times how much commoner it is there than in all."""
    share, usual = had / size, everywhere / documents
    if size == documents:
        return share * (_PAIR_BONUS if len(name) > 1 else 1.0)
    return share * math.log(share / usual) * (_PAIR_BONUS if len(name) > 1 else 1.0)


def _names(text: str) -> Iterator[tuple[Name, str]]:
    """The telling words and the pairs of them that stand side by side: terms, and as written."""
    last: tuple[str, str, int] | None = None
    # Titles in capitals only: there they say nothing.
    text = " . ".join(p.casefold() if p.isupper() else p for p in text.split(" . "))
    for match in _WORD.finditer(text):
        word = match.group()
        found = terms(word)
        if len(found) != 1 or found[0] in _FORMAL or len(word) < 3:
            last = None
            # A run of Chinese, Japanese or Korean gives pairs of characters: it is one word.
            if len(found) > 1 and not word.isascii() and len(word) <= _LONGEST_CJK:
                yield (word,), word
            continue
        word = word if _is_name(word) else word.casefold()
        yield (found[0],), word
        if last and text[last[2] : match.start()] == " ":
            yield (last[0], found[0]), f"{last[1]} {word}"
        last = found[0], word, match.end()


def _is_name(word: str) -> bool:
    """Whether its capitals say something, as in LiFePO4, SiO and BMS but not in TITLES."""
    if any(character.isdigit() for character in word):
        return True
    return (word.isupper() and len(word) < 6) or not (word.isupper() or word[1:].islower())


def _chosen(ranked: Sequence[Name], written: dict[Name, Counter[str]], count: int) -> Iterator[str]:
    """The best names that share no term, each as most documents write it."""
    had: set[str] = set()
    for name in ranked:
        if count and not had & set(name):
            had |= set(name)
            count -= 1
            yield min(written[name], key=lambda word: (-written[name][word], word))
