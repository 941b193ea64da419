"""Words as the gate compares them: stems, with the synonyms of its table, and nothing guessed.

A word that is neither in the quote nor in the table counts as invented.
"""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

from index.analysis import STOP_WORDS, terms
from index.quantities.subjects import known_terms

_TABLE = Path(__file__).parent / "words.tsv"
_SPELLINGS = (
    ("sulph", "sulf"),
    ("aluminium", "aluminum"),
    ("fibre", "fiber"),
    ("vapour", "vapor"),
    ("colour", "color"),
    ("litre", "liter"),
    ("isation", "ization"),
    ("ise", "ize"),
)
# Stop words of a search that say something in a sentence.
_SAYING = frozenset(
    "above after before below down more most no nor not once only out over under until up all any"
    " both each further same through between against off again other without".split()
)
SILENT = STOP_WORDS - _SAYING


@lru_cache(maxsize=1)
def _table() -> tuple[dict[str, str], frozenset[str]]:
    """Stem to the first stem of its group, and the stems of glue."""
    same: dict[str, str] = {}
    glue: set[str] = set()
    for line in _TABLE.read_text(encoding="utf-8").splitlines():
        kind, _, words = line.partition("\t")
        if kind == "same":
            stems = [stem(word) for word in words.split()]
            for one in stems:
                same.setdefault(one, stems[0])
        elif kind == "glue":
            glue.update(stem(word) for word in words.split())
    return same, frozenset(same.get(one, one) for one in glue)


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """One form for the inflections and spellings of a word."""
    word = word.casefold().removesuffix("'s").removesuffix("’s")
    for spelling, ours in _SPELLINGS:
        word = word.replace(spelling, ours)
    found = terms(word)
    return found[0] if len(found) == 1 else word


@lru_cache(maxsize=50_000)
def concept(word: str) -> str:
    """The form under which a word finds its synonyms.

    >>> concept("rose") == concept("increases"), concept("nickel"), concept("aluminium")
    (True, 'ni', 'al')
    """
    same, _ = _table()
    plain = stem(word)
    if plain in same:
        return same[plain]
    known = known_terms(word) if len(word) > 2 else frozenset()
    return next(iter(known)) if len(known) == 1 else plain


def is_glue(word_concept: str) -> bool:
    """Whether a paraphrase may add the word."""
    return word_concept in _table()[1]


def content_words(text: str) -> list[tuple[str, int, int]]:
    """Concept, start and end of the words that say something, numbers left out.

    >>> [word for word, _, _ in content_words("The slurry thickened after 30 hours.")]
    ['slurri', 'thicken', 'after', 'hour']
    """
    found = []
    for match in _WORD.finditer(text):
        word = match.group()
        if word.casefold() not in SILENT and not word.isdigit():
            found.append((concept(word), match.start(), match.end()))
    return found


_WORD = re.compile(r"[^\W\d_]+(?:['’]s\b)?")
