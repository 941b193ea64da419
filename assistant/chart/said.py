"""Text as a limitation's items see it: terms with their places, and materials."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property, lru_cache

from assistant.answers.needs import Need
from assistant.gate.cover import means
from assistant.gate.reading import Material, read
from index.analysis import STOP_WORDS, terms, tokens
from index.chemistry.formulas import find_formulas

# Terms between two texts that stand apart, so that no name is found across them.
_GAP = 50
# Terms that may stand between the words of one name: "battery made of lithium metal".
_SLACK = 2
# Letters that words of one family share at least, and share of the shorter one's.
_SHORTEST_KIN, _KIN_SHARE = 4, 0.8
_SILENT = frozenset(term for word in STOP_WORDS for term in terms(word))


class Said:
    """One or more texts. Places count the terms that say something, stop words left out."""

    def __init__(self, texts: Iterable[str]) -> None:
        self.texts = tuple(texts)
        self.places: dict[str, list[int]] = {}
        at = 0
        for text in self.texts:
            said = _said(text)
            for place, (term, doer) in enumerate(said, at):
                self.places.setdefault(term, []).append(place)
                if doer:
                    self.places.setdefault(doer, []).append(place)
            at += len(said) + _GAP

    def where(self, need: Need) -> list[int]:
        """Places where a need is named, ascending; a name's words must stand together."""
        return sorted({place for name in need.names for place in self._named(name)})

    def names(self, need: Need) -> bool:
        """Whether a need is named."""
        if any(self._named(name) for name in need.names):
            return True
        return bool(need.material) and need.material in self._terms_of_materials

    def has(self, material: Material) -> bool:
        """Whether a material is named, in whatever spelling, or a kind of it."""
        return any(means(given, material) for text in self.texts for given in _given(text))

    @cached_property
    def elements(self) -> frozenset[str]:
        """Symbols in lower case of the elements in the formulas of the texts."""
        return frozenset(symbol for text in self.texts for symbol in _elements(text))

    @cached_property
    def _terms_of_materials(self) -> frozenset[str]:
        return frozenset(t for text in self.texts for given in _given(text) for t in given.terms)

    def names_kin(self, need: Need) -> bool:
        """Whether a word of the same family as a need of one word is there."""
        return any(
            _is_kin(term, other)
            for name in need.names
            if len(name) == 1
            for term in name
            if len(term) >= _SHORTEST_KIN and term.isalpha()
            for other in self.kin.get(term[:_SHORTEST_KIN], ())
        )

    @cached_property
    def kin(self) -> dict[str, list[str]]:
        """Terms by their first letters."""
        found: dict[str, list[str]] = {}
        for term in self.places:
            if len(term) >= _SHORTEST_KIN and term.isalpha():
                found.setdefault(term[:_SHORTEST_KIN], []).append(term)
        return found

    def _named(self, name: frozenset[str]) -> list[int]:
        lists = [self.places.get(term, []) for term in name]
        if not all(lists):
            return []
        lists.sort(key=len)
        reach = len(name) - 1 + _SLACK
        return [
            place
            for place in lists[0]
            if all(any(abs(other - place) <= reach for other in rest) for rest in lists[1:])
        ]


def _is_kin(one: str, other: str) -> bool:
    """Whether two stems begin alike: sens and sensor, but not electrode and electrolyte."""
    shared = next(
        (i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b),
        min(len(one), len(other)),
    )
    return shared >= max(_SHORTEST_KIN, _KIN_SHARE * max(len(one), len(other)) - 1)


@lru_cache(maxsize=20_000)
def _said(text: str) -> tuple[tuple[str, str], ...]:
    """Terms in order, each with the thing that it names as a whole word, "" for none."""
    pairs = zip(tokens(text), terms(text), strict=True)
    return tuple((term, doer(token)) for token, term in pairs if term not in _SILENT)


def doer(word: str) -> str:
    """A word for what does something, without its plural; "" for other words.

    Its stem is that of the verb, and what is separated need have no separator.

    >>> doer("separators"), doer("separated")
    ('separator', '')
    """
    one = word.casefold().removesuffix("s")
    return one if one.endswith("ator") else ""


def with_doers(typed: str, name: frozenset[str]) -> frozenset[str]:
    """A name whose words for what does something stand for themselves, not for their stems."""
    whole = {terms(token)[0]: doer(token) for token in tokens(typed) if doer(token)}
    return frozenset(whole.get(term, term) for term in name)


@lru_cache(maxsize=20_000)
def _elements(text: str) -> frozenset[str]:
    formulas = (formula for _, _, formula in find_formulas(text))
    return frozenset(symbol.lower() for formula in formulas for symbol in formula.elements)


@lru_cache(maxsize=20_000)
def _given(text: str) -> tuple[Material, ...]:
    return read(text).materials
