"""Text to the terms of the lexical index, the same for documents and queries.

Unicode-normalised, case-folded, English words in one spelling and stemmed (Snowball), decimal
numbers and chemical formulas kept whole, and text without blanks between words (Chinese, Japanese,
Korean) cut into overlapping pairs of characters.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from functools import lru_cache

import Stemmer

from index.spelling import one_spelling

# Raise it when the same text would give other terms, so that indexes know they are older.
ANALYSIS_RULES = 3

_CJK = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af"
_TOKEN = re.compile(rf"[{_CJK}]+|[^\W_{_CJK}]+(?:\.\d+[^\W_{_CJK}]*)*")
_PLAIN_WORD = re.compile(r"[a-z]+")

# Words that say nothing about what is sought: grammar, and what questions and claims begin with.
STOP_WORDS = frozenset(
    "a about above after all also an and any are as at be because been being between both but by"
    " can could did do does doing done each either for from further had has have having he her his"
    " how i if in into is it its itself just may me might more most must my no nor not of on once"
    " one only or other our out over own please said same shall she should so some such than that"
    " the their them then there thereby therefore therein thereof these they this those through"
    " thus to too under until up upon us very was we were what when where whereby wherein which"
    " while who whom whose why will with within would you your".split()
)


@lru_cache(maxsize=1)
def _stemmer() -> Stemmer.Stemmer:
    return Stemmer.Stemmer("english")


@lru_cache(maxsize=200_000)
def _stem(word: str) -> str:
    return str(_stemmer().stemWord(one_spelling(word)))


def tokens(text: str) -> list[str]:
    """The words of a text as written, but normalised and case-folded: one for each of `terms`.

    >>> tokens("Coatings on LiNi₀.₈Co₀.₁O₂")
    ['coatings', 'on', 'lini0.8co0.1o2']
    """
    found: list[str] = []
    for token in _TOKEN.findall(unicodedata.normalize("NFKC", text).casefold()):
        if len(token) > 1 and "\u3040" <= token[0] <= "\ud7af":
            found += [token[i : i + 2] for i in range(len(token) - 1)]
        else:
            found.append(token)
    return found


def terms(text: str) -> list[str]:
    """The terms of a text in order, repetitions and stop words included.

    >>> terms("Coatings of 0.5 wt% on LiNi0.8Co0.1O2")
    ['coat', 'of', '0.5', 'wt', 'on', 'lini0.8co0.1o2']
    >>> terms("양극재")
    ['양극', '극재']
    """
    return [_stem(token) if _PLAIN_WORD.fullmatch(token) else token for token in tokens(text)]


_STEMMED_STOP_WORDS = frozenset(_stem(word) for word in STOP_WORDS)


def query_counts(text: str) -> dict[str, int]:
    """How often each term stands in a query, stop words left out; all if nothing else is there.

    >>> query_counts("What is the coating of the coated cathode?")
    {'coat': 2, 'cathod': 1}
    """
    found = Counter(terms(text))
    said = {term: count for term, count in found.items() if term not in _STEMMED_STOP_WORDS}
    return said or dict(found)


def query_terms(text: str) -> list[str]:
    """Terms of a query without stop words and repetitions; all of them if nothing else is left.

    >>> query_terms("What is the coating of the cathode?")
    ['coat', 'cathod']
    """
    return list(query_counts(text))
