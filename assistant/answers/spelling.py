"""Words of a question that no document has: misspelt ones, and those of another language."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace

from assistant.answers.needs import Need, need_terms, needs_of
from index.analysis import STOP_WORDS, terms
from index.library import Library

# A word in so few passages is taken for another one, one letter off, in so many times as many.
_HARDLY_KNOWN, _TIMES = 2, 200
_SHORT_WORD = 3  # letters; of one that no document has, nothing follows
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
# A misspelt word has so many letters at least, and the right one stands in so many passages.
_FEWEST_LETTERS, _FEWEST_PASSAGES = 4, 5


def respelt(word: str, counts: Callable[[list[str]], Mapping[str, int]], fewest: int = 0) -> str:
    """The commonest word that differs in one letter, or in two that changed places; "" for none.

    word: that hardly a document has. counts: in how many passages terms stand. fewest: in how
    many the right one must.

    >>> known = {"batteri": 90}
    >>> respelt("batery", lambda words: {w: known.get(w, 0) for w in words})
    'battery'
    """
    word = word.casefold()
    if len(word) < _FEWEST_LETTERS or not (word.isascii() and word.isalpha()):
        return ""
    cuts = [(word[:i], word[i:]) for i in range(len(word) + 1)]
    near = {a + b[1:] for a, b in cuts if b}
    near |= {a + b[1] + b[0] + b[2:] for a, b in cuts if len(b) > 1}
    near |= {a + c + b for a, b in cuts for c in _LETTERS}
    near |= {a + c + b[1:] for a, b in cuts if b for c in _LETTERS}
    stems = {one: terms(one)[0] for one in near - {word}}
    found = counts(sorted(set(stems.values())))
    best = max(sorted(stems), key=lambda one: (one in STOP_WORDS, found.get(stems[one], 0)))
    known = found.get(stems[best], 0) >= max(fewest, _FEWEST_PASSAGES)
    return best if best in STOP_WORDS or known else ""


def with_spelling(library: Library, needs: tuple[Need, ...], passages: int) -> tuple[Need, ...]:
    """The needs, plain words that no document has replaced by what they may be misspelt for."""
    found = []
    for need in needs:
        count = max(library.term_counts(need_terms(need.typed)).values(), default=0)
        if need.is_material or not need.typed.islower() or count > _HARDLY_KNOWN:
            found.append(need)
        elif len(need.typed) <= _SHORT_WORD and not count:
            continue
        elif word := respelt(need.typed, library.term_counts, _TIMES * count):
            counts = library.term_counts(need_terms(word))
            meant = needs_of(word, counts, passages)
            found += [replace(one, typed=need.typed, start=need.start) for one in meant]
        else:
            found.append(need)
    return tuple(found) or needs


# What German questions are built with; English ones are treated in index.analysis.
_GRAMMAR = frozenset(
    terms(
        "der die das den dem des ein eine einen einem einer ist sind war wird werden wurde wurden"
        " hat haben kann können darf dürfen soll sollen muss müssen was wer wie wo wann warum"
        " welche welcher welches welchen welchem wieviel viel viele lange hoch bei mit von vom zu"
        " zum zur im in am an auf aus für nach vor über unter und oder nicht durch als sich es"
        " zwei drei gibt gegenüber"
    )
)
_FOREIGN = re.compile("[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af]")


def is_foreign(need: Need) -> bool:
    """Whether a need can only be met by a text in its own script."""
    words = [term for name in need.names for term in name]
    return not need.material and all(_FOREIGN.search(w) or w in _GRAMMAR for w in words)
