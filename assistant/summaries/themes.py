"""What found documents have in common: the words and pairs of words that several of them share."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from index.analysis import STOP_WORDS, query_counts, terms

_MOST_THEMES, _MOST_WORDS = 6, 3
# Themes of the same documents are one; this is the least share that two must have in common.
_SAME_DOCUMENTS = 0.6
_WORD = re.compile(r"[^\W\d_](?:[\w\-]|\.(?=\d))*[^\W_]")
# Words of every patent and report, which tell no theme.
_GENERIC = frozenset(
    term
    for word in "invention present disclosure embodiment method apparatus system device comprising"
    " comprise include including includes provide provided provides according plurality wherein"
    " first second third one two example use used using based least portion step process thereof"
    " relate relates disclosed described claim claims application may result results study report"
    " show shown found least high low higher lower improve improved number value new different"
    " corresponding respective configured formed form forming include contains containing material"
    " materials type various preferably particular amount range thereby good making made"
    " technical solution solutions field relates time hour hours meanwhile applied given part"
    " fall falls normal added fast represented steps combination thereof meaning selected group"
    " portfolio sample prior art invented assistant".split()
    for term in terms(word)
) | frozenset(term for word in STOP_WORDS for term in terms(word))


@dataclass(frozen=True)
class Theme:
    """Words that some documents share. words: as written there, most telling first.

    documents: positions of the documents, ascending. weight: higher is more telling.
    """

    words: tuple[str, ...]
    documents: tuple[int, ...]
    weight: float


@dataclass(frozen=True)
class Known:
    """How often terms stand in the library. passages: of it; with_terms: counts those of each."""

    passages: int
    with_terms: Callable[[list[str]], Mapping[str, int]]


def themes(texts: Sequence[str], same: Sequence[str], query: str, known: Known) -> list[Theme]:
    """Themes that are shared by two documents or more, most telling first.

    texts: of the documents. same: one key for each; documents with one key are one publication
    in several versions, which share everything. query: its words tell nothing that is new.
    """
    asked = frozenset(query_counts(query)) if query.strip() else frozenset()
    where: dict[tuple[str, ...], set[int]] = defaultdict(set)
    written: dict[tuple[str, ...], Counter[str]] = defaultdict(Counter)
    for place, text in enumerate(texts):
        for name, shown in _names(text):
            where[name].add(place)
            written[name][shown] += 1
    shared = {
        name: found
        for name, found in where.items()
        if len({same[place] for place in found}) >= 2 and not set(name) <= asked
    }
    counts = known.with_terms(sorted({term for name in shared for term in name}))
    rare = {term: math.log(1 + known.passages / (1 + count)) for term, count in counts.items()}
    weights = {
        name: _weight(name, {same[i] for i in found}, len(set(same)), rare, asked)
        for name, found in shared.items()
    }
    ranked = sorted(weights, key=lambda name: (-weights[name], name))
    return _joined(ranked, shared, weights, written)


def _names(text: str) -> Iterator[tuple[tuple[str, ...], str]]:
    """The telling words of a text and those pairs that stand side by side: terms, and as shown."""
    last: tuple[str, str, int] | None = None
    for match in _WORD.finditer(text):
        word = match.group()
        [*found] = terms(word)
        telling = len(found) == 1 and len(word) > 2 and found[0] not in _GENERIC
        if not telling:
            last = None
            continue
        word = _as_shown(word)
        yield (found[0],), word
        if last and text[last[2] : match.start()] == " ":
            yield (last[0], found[0]), f"{last[1]} {word}"
        last = found[0], word, match.end()


def _as_shown(word: str) -> str:
    """Without the capitals of titles and sentence beginnings; formulas and names keep theirs."""
    name = any(c.isdigit() for c in word) or not (word.isupper() or word[1:].islower())
    return word if name or (word.isupper() and len(word) < 6) else word.casefold()


def _weight(
    name: tuple[str, ...],
    found: set[str],
    count: int,
    rare: Mapping[str, float],
    asked: frozenset[str],
) -> float:
    telling = sum(rare.get(term, 0.0) for term in name if term not in asked) / len(name)
    # What nearly all documents share separates none of them.
    spread = len(found) * (1 - 0.7 * len(found) / count)
    return telling * spread * (2.0 if len(name) > 1 else 1.0)


def _joined(
    ranked: Sequence[tuple[str, ...]],
    shared: Mapping[tuple[str, ...], set[int]],
    weights: Mapping[tuple[str, ...], float],
    written: Mapping[tuple[str, ...], Counter[str]],
) -> list[Theme]:
    """Names of nearly the same documents are one theme."""
    made: list[tuple[list[tuple[str, ...]], set[int], float]] = []
    for name in ranked:
        found = shared[name]
        near = next((m for m in made if _overlap(m[1], found) >= _SAME_DOCUMENTS), None)
        if near is None:
            # A word alone begins a theme only where it is a name, such as a formula.
            if len(made) < _MOST_THEMES and (len(name) > 1 or re.search(r"\d", name[0])):
                made.append(([name], set(found), weights[name]))
        elif len(near[0]) < _MOST_WORDS and not any(set(name) & set(n) for n in near[0]):
            near[0].append(name)
    return [
        Theme(tuple(_usual(written[n]) for n in names), tuple(sorted(found)), weight)
        for names, found, weight in made
    ]


def _usual(written: Counter[str]) -> str:
    return min(written, key=lambda word: (-written[word], word))


def _overlap(one: set[int], other: set[int]) -> float:
    return len(one & other) / len(one | other)
