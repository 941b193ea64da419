"""Say why a hit was found: which words of the query stand in what is shown of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from index.analysis import query_terms, terms, tokens

# Words named for one hit.
_MOST = 12


def query_words(query: str, weights: Mapping[str, float]) -> tuple[tuple[str, str], ...]:
    """(term, word as the query first writes it) of a query's terms, the weightiest first.

    weights: by term; what is not in it weighs nothing.
    """
    written: dict[str, str] = {}
    for token in dict.fromkeys(tokens(query)):
        for term in terms(token):
            written.setdefault(term, token)
    some = [(term, written.get(term, term)) for term in query_terms(query)]
    return tuple(sorted(some, key=lambda pair: -weights.get(pair[0], 0.0)))


def matched_words(words: Iterable[tuple[str, str]], texts: Iterable[str]) -> tuple[str, ...]:
    """The first twelve of the words that stand in one of the texts, in any inflection.

    >>> matched_words((("boron", "boron"), ("coat", "coating")), ["Coated cells."])
    ('coating',)
    """
    standing = {term for text in texts for term in terms(text)}
    return tuple(word for term, word in words if term in standing)[:_MOST]
