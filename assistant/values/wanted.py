"""A property that is asked for, and the words that name it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from index.analysis import terms
from index.quantities.subjects import known_terms, subject_terms

# Words of a property that its unit, or the property by itself, says.
_SAID = frozenset(
    terms(
        "specific gravimetric capacity average mean median total overall mass BET value ionic ion"
        " surface cycle rate level how"
    )
)
_GENERIC = re.compile(r"values?|ranges?|levels?|rates?", re.IGNORECASE)


@dataclass(frozen=True)
class Wanted:
    """A property that is asked for.

    words: as the question names it, "" where it only gives the unit. dimensions: of its values,
    empty for any.
    """

    words: str
    dimensions: tuple[str, ...]

    @property
    def modifiers(self) -> frozenset[str]:
        """The terms that tell it from others of its kind, as tap density from press density."""
        found = terms(self.words)
        return frozenset(found[:-1]) - _SAID if len(found) > 1 else frozenset()


def is_generic(words: str) -> bool:
    """Whether words only say that there are values, not of what."""
    return bool(_GENERIC.fullmatch(words))


def names(wanted: Wanted, words: str) -> bool:
    """Whether words name the property, in any of the ways that mean the same.

    >>> names(Wanted("thicknesses", ("length",)), "a 5 µm thick film")
    True
    >>> names(Wanted("retention", ("percent",)), "an efficiency")
    False
    """
    asked = subject_terms(wanted.words) & known_terms(wanted.words)
    if asked and asked <= subject_terms(words):
        return True
    own = terms(wanted.words)
    return bool(own) and own[-1] in terms(words)
