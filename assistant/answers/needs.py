"""What a question needs of an answer: its words, materials and figures, each with its rarity."""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from assistant.answers.alike import alike
from index.analysis import query_terms, terms
from index.chemistry import expansions, material_terms
from index.quantities.subjects import subject_terms

# What questions are worded with, beside stop words; rare in documents, yet no sign of a subject.
_ASKING = frozenset(
    query_terms(
        "affect answer best better build contain contains effect find found gave get give"
        " given happen happens keep keeps know known large largest least less long lowest mean"
        " means need needed pass report reported reports small smallest"
        " stay stays suitable tell use used using work works much many often big kind type"
        " sort name list show shown describe described disclose disclosed discloses document"
        " documents patent patents paper papers study studies state stated value values"
        " according proposed propose observed obtained achieve achieved reach reached measured"
        " calculated percentage amount content contents number share proportion level range"
        " ranges exceed collection library company companies applicant applicants assignee"
        " inventor inventors filed published compare comparison deal deals serve serves made"
        " make makes go going become say says author authors present presented invention"
        " anyone someone without also claim claims granted earlier later far besides per around"
        " within along put puts kept part parts take takes taken took term terms lie lies run runs"
        " rid average mean total upper first second third main exact exactly"
        " present kind sort way ways help helps distinguish distinguishes differ differs become"
        " becomes under apart instead actually really roughly nearly"
    )
)
_FORMULA = re.compile(r"(?=\S*\d)(?:[A-Z][a-z]?\d*\.?\d*){2,}\S*")
_SYMBOLS = frozenset(
    "ni co mn li al fe si ti zr b f p s w mg nb ta na cu zn o h n c mo y la ca sr".split()
)
_ELEMENTS = (
    "lithium sodium potassium magnesium calcium aluminum zinc iron manganese cobalt nickel"
    " titanium silicon sulfur phosphorus copper tungsten niobium tantalum molybdenum lanthanum"
    " zirconium strontium yttrium"
)
_ODD = re.compile(r"[^\w\s]|_")


@dataclass(frozen=True)
class Need:
    """One thing that a question names.

    Attributes:
        typed: as the question writes it. start: where in the question.
        rarity: inverse document frequency, above 0; higher says more.
        names: alternative names, each a set of terms that must all be there.
        material: its term in index.chemistry, "" for none.
        known: whether it stands anywhere in the library.
        is_material: whether it is a material, an element or a formula.
        is_verb: whether it is a verb, as far as the question's form shows.
    """

    typed: str
    start: int
    rarity: float
    names: tuple[frozenset[str], ...]
    material: str = ""
    known: bool = True
    is_material: bool = False
    is_verb: bool = False

    def is_met(self, text: Surface) -> bool:
        """Whether a text names it in one of its ways."""
        if any(name <= text.terms for name in self.names):
            return True
        if self.material:
            return self.material in text.materials()
        return not self.known and any(_begins(name, text.terms) for name in self.names)


class Surface:
    """A text as needs see it: its terms, and its materials once somebody asks."""

    def __init__(self, *texts: str) -> None:
        self.texts = texts
        self.terms = frozenset(term for text in texts for term in _terms(text))

    def materials(self) -> frozenset[str]:
        """Terms of the materials that it names."""
        return frozenset().union(*map(_materials, self.texts))


@lru_cache(maxsize=4000)
def _terms(text: str) -> frozenset[str]:
    return frozenset(terms(text))


def _begins(name: frozenset[str], words: frozenset[str]) -> bool:
    """Whether a text has the name of an unknown composition with its figures: XYZ0.1 for XYZ."""
    if len(name) != 1:
        return False
    [word] = name
    size = len(word)
    return size > 2 and any(w.startswith(word) and w[size : size + 1].isdigit() for w in words)


@lru_cache(maxsize=2000)
def _materials(text: str) -> frozenset[str]:
    return frozenset(term for _, _, term in material_terms(text))


@dataclass(frozen=True)
class _Mention:
    start: int
    end: int
    names: tuple[frozenset[str], ...]
    material: str = ""
    symbol: bool = False


def needs_of(question: str, counts: Mapping[str, int], passages: int) -> tuple[Need, ...]:
    """The needs of a question, in its order.

    counts: in how many of the passages each term of `need_terms` stands.

    >>> [need.typed for need in needs_of("Which LFP and FEC are used with silicon?", {}, 9)]
    ['LFP', 'FEC', 'silicon']
    """
    found: list[Need] = []
    for mention in _mentions(question):
        if any(need.names == mention.names for need in found):
            continue
        rarity = max((_rarity(name, counts, passages) for name in mention.names), default=0.0)
        if len(mention.names) > 1 or mention.material:
            # Its commonest name says how rare the thing is.
            rarity = min(_rarity(name, counts, passages) for name in mention.names)
        typed = question[mention.start : mention.end].strip("?.,;:()[]\"'")
        known = bool(mention.material) or any(
            all(counts.get(term, 0) for term in name) for name in mention.names
        )
        is_material = bool(mention.material or mention.symbol or _FORMULA.fullmatch(typed))
        found.append(
            Need(
                typed, mention.start, rarity, mention.names, mention.material, known, is_material
            )
        )  # fmt: skip
    return tuple(found)


def need_terms(question: str) -> list[str]:
    """The terms whose counts `needs_of` wants."""
    return sorted({t for m in _mentions(question) for name in m.names for t in name})


def covered(needs: Collection[Need], text: Surface) -> float:
    """Share of the needs that a text meets, by rarity, 0 to 1; 1 where nothing is needed."""
    total = sum(need.rarity for need in needs)
    met = sum(need.rarity for need in needs if need.is_met(text))
    return met / total if total else 1.0


def unmet(needs: Iterable[Need], text: Surface) -> tuple[Need, ...]:
    """The needs that a text does not meet."""
    return tuple(need for need in needs if not need.is_met(text))


@lru_cache(maxsize=64)
def _mentions(question: str) -> tuple[_Mention, ...]:
    spans: dict[tuple[int, int], tuple[set[frozenset[str]], str]] = {}
    for start, end, material in material_terms(question):
        # A composition comes before its family; only the first one says what is meant.
        spans.setdefault((start, end), ({_named(question[start:end])}, material))
    for expansion in expansions(question):
        span = (expansion.start, expansion.end)
        names, _ = spans.setdefault(span, ({_named(expansion.typed)}, ""))
        names.add(_named(expansion.added))
    elements: set[tuple[int, int]] = set()
    for start, end, names_of, is_element in alike(question):
        others, _ = spans.setdefault((start, end), (set(), ""))
        others.update(names_of)
        elements.update({(start, end)} if is_element else ())
    mentions = []
    rest = question
    for (start, end), (others, material) in sorted(spans.items(), key=lambda s: s[0][0] - s[0][1]):
        if rest[start:end].strip() == question[start:end].strip():
            kept = tuple(sorted((n for n in others if n), key=sorted))
            symbol = (start, end) in elements
            mentions.append(_Mention(start, end, kept, material, symbol=symbol))
            rest = rest[:start] + "\n" * (end - start) + rest[end:]
    seen: set[str] = set()
    wanted = set(query_terms(question))
    for match in re.finditer(r"\S+", rest):
        for term in terms(match.group()):
            if term in wanted and term not in _ASKING and term not in seen and _says(term):
                seen.add(term)
                word = _part_with(match.group(), term)
                spoken = (frozenset([term]), *_symbols(word))
                mentions.append(
                    _Mention(match.start(), match.end(), spoken, symbol=_is_element(word))
                )
    return tuple(sorted(mentions, key=lambda m: (m.start, m.end)))


def _part_with(word: str, term: str) -> str:
    """The part of a hyphenated word that a term comes from: Na of "Na-ion"."""
    bare = word.strip("?.,;:()[]")
    return next((part for part in re.split(r"[-–/+]", bare) if terms(part) == [term]), bare)


def _symbols(word: str) -> tuple[frozenset[str], ...]:
    """The symbol of an element that a word names, or the name of one that it is the symbol of.

    Symbols of one letter mean too much else to stand for a name.
    """
    if named := _element_names().get(word):
        return (frozenset(terms(named)),)
    found = subject_terms(word) if word.isalpha() and word.islower() else frozenset()
    return tuple(frozenset([t]) for t in found if len(t) == 2 and t != word)


def _is_element(word: str) -> bool:
    if word in _element_names():
        return True
    letters = word.lower()
    found = subject_terms(letters) if letters.isalpha() else frozenset()
    return any(t in _SYMBOLS and t != letters for t in found)


@lru_cache(maxsize=1)
def _element_names() -> Mapping[str, str]:
    """Names of elements by their symbols, as typed."""
    named = {t: name for name in _ELEMENTS.split() for t in subject_terms(name) if t != name}
    return {symbol.capitalize(): name for symbol, name in named.items() if len(symbol) < 3}


def _says(term: str) -> bool:
    return len(term) > 1 or not term.isascii() or term.isdigit()


def _named(text: str) -> frozenset[str]:
    return frozenset(terms(_ODD.sub(" ", text)) if not re.search(r"\d", text) else terms(text))


def _rarity(name: Collection[str], counts: Mapping[str, int], passages: int) -> float:
    """Robertson and Sparck Jones' inverse document frequency, of the rarest word of a name."""
    known = min((counts.get(term, 0) for term in name), default=0)
    return math.log(1 + (passages - known + 0.5) / (known + 0.5)) if passages else 1.0
