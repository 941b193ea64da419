"""A sentence as the gate compares it: its figures, materials, names and words, with places."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from assistant.gate.lexicon import concept, content_words
from index.chemistry import material_terms
from index.chemistry.abbreviations import packaged_abbreviations
from index.quantities import find_quantities
from index.quantities.subjects import known_terms

_COUNTS = {
    word: str(value)
    for value, words in {
        2: "two twice double doubled", 3: "three thrice triple tripled", 4: "four", 5: "five",
        6: "six", 7: "seven", 8: "eight", 9: "nine", 10: "ten", 11: "eleven", 12: "twelve",
        15: "fifteen", 20: "twenty", 30: "thirty", 40: "forty", 50: "fifty", 100: "hundred",
        1000: "thousand", 1_000_000: "million",
    }.items()
    for word in words.split()
} | {"half": "1/2", "halved": "1/2", "quarter": "1/4", "quarters": "1/4", "dozen": "12",
     "thirds": "1/3", "tenth": "1/10", "tenths": "1/10", "tenfold": "10"}  # fmt: skip
_BARE = re.compile(
    rf"(?<![\w.])[-+−]?\d+(?:[.,:/]\d+)*|[½¼¾⅓⅔]|\b(?:{'|'.join(_COUNTS)})\b", re.IGNORECASE
)
_NAME = re.compile(r"[^\W_][\w]*(?:[-‐–/.][\w]+)*")
_POINTS = re.compile(r"\s*-?\s*(?:percentage[ -]?)?points?\b", re.IGNORECASE)
_PARTICLE = re.compile(r"(?<=[A-Za-z0-9])[가-힣]{1,4}")  # Korean ones stick to the name
_DECIMAL = re.compile(r"\d+(?:\.\d+)?")
_ABOUT = frozenset("about approximately around roughly nearly almost some".split())
_BOUND = re.compile(
    r"\b(?:about|approximately|around|roughly|nearly|almost|up to|at least|at most"
    r"|(?:not |no )?(?:more|less|fewer|higher|lower|greater) than|over|under|above|below) $",
    re.IGNORECASE,
)
_BAR = re.compile(r"[\W_]+")
# "claims 0.1 to 0.5 wt%": the verb, not the number of a claim.
_CLAIMS = re.compile(r"\bclaims(?= (?:about |from |between |at least |at most )?\d+\.\d)")
_ANIONS = "oxide fluoride chloride hydroxide carbonate sulfate phosphate nitrate sulfide nitride"
_COMPOUND = re.compile(
    r"\b([a-z]{3,10}) (?:(?:mono|di|tri|tetra|penta)?(?:"
    + "|".join(_ANIONS.split())
    + r"|borate|acid|alkoxide))\b",
    re.IGNORECASE,
)
_BINARY = re.compile(r"([a-z]{1,2})\d*(o|f|cl|s|n)\d*")
_BINARY_ANION = {"o": "oxide", "f": "fluoride", "cl": "chloride", "s": "sulfide", "n": "nitride"}


@dataclass(frozen=True)
class Figure:
    """A number. dimension: "" for one without a unit, which then is `written`.

    falling: a range written from its high end to its low one.
    """

    low: float
    high: float
    included: tuple[bool, bool]
    dimension: str
    approximate: bool
    written: str
    start: int
    end: int
    falling: bool = False


@dataclass(frozen=True)
class Material:
    """A material, component name or abbreviation of the tables. terms: its meanings."""

    terms: frozenset[str]
    main: str
    start: int
    end: int


@dataclass(frozen=True)
class Name:
    """A proper name, number of a document, code, or abbreviation, without its punctuation."""

    folded: str
    start: int
    end: int


@dataclass(frozen=True)
class Reading:
    """All that a text says which can be compared.

    words: concept, start, end of content words outside figures, materials and names, in order.
    """

    text: str
    figures: tuple[Figure, ...]
    materials: tuple[Material, ...]
    names: tuple[Name, ...]
    words: tuple[tuple[str, int, int], ...]


@lru_cache(maxsize=8192)
def read(text: str) -> Reading:
    """Read a sentence.

    >>> found = read("NCM811 with FEC held 92% in two cells.")
    >>> [m.main for m in found.materials], [f.written for f in found.figures]
    (['ncm811', 'fec'], ['92%', '2'])
    """
    plain = _PARTICLE.sub(lambda found: " " * len(found.group()), text)
    materials = tuple(_materials(plain))
    rest = _without(plain, [(m.start, m.end) for m in materials])
    quantities = [
        Figure(
            q.low,
            q.high,
            (q.low_inclusive, q.high_inclusive),
            q.dimension + (" points" if _POINTS.match(text, q.end) else ""),
            q.approximate,
            text[q.start : q.end],
            q.start,
            q.end,
            _falls(text[q.start : q.end]),
        )
        for q in find_quantities(_CLAIMS.sub("states", text))
        if not any(m.start < q.end and q.start < m.end for m in materials)
    ]
    rest = _without(rest, [(f.start, f.end) for f in quantities])
    names = tuple(_names(rest))
    rest = _without(rest, [(n.start, n.end) for n in names])
    bare = [_bare(match, text) for match in _BARE.finditer(rest)]
    rest = _without(rest, [(f.start, f.end) for f in bare])
    figures = tuple(sorted((*quantities, *bare), key=lambda f: f.start))
    return Reading(text, figures, materials, names, tuple(content_words(rest)))


def _falls(written: str) -> bool:
    numbers = [float(n) for n in _DECIMAL.findall(written)]
    return len(numbers) == 2 and numbers[0] > numbers[1]


def _materials(text: str) -> list[Material]:
    spans: dict[tuple[int, int], list[str]] = {}
    for start, end, term in material_terms(text):
        spans.setdefault((start, end), []).append(term)
    found = [Material(frozenset(_spelled(t)), t[0], a, b) for (a, b), t in spans.items()]
    rest = _without(text, list(spans))
    for match in _COMPOUND.finditer(rest):
        element = concept(match[1])
        if len(element) <= 2:  # a symbol: "boron oxide", not "metal oxide"
            main = f"{element} {match.group().split()[-1].lower().replace('sulph', 'sulf')}"
            found.append(Material(frozenset([main]), main, match.start(), match.end()))
    rest = _without(text, [(m.start, m.end) for m in found])
    for word, start, end in content_words(rest):
        if len(word) <= 2 < end - start and word in known_terms(rest[start:end]):  # an element
            found.append(Material(frozenset([word]), word, start, end))
    rest = _without(text, [(m.start, m.end) for m in found])
    for start, end, entries in packaged_abbreviations().mentions(rest):
        shorts = [fold(entry.short[0]) for entry in entries]
        found.append(Material(frozenset(shorts), shorts[0], start, end))
    return sorted(found, key=lambda m: m.start)


def _spelled(terms: list[str]) -> list[str]:
    """The terms, and of a simple formula its name: B2O3 is boron oxide."""
    binary = _BINARY.fullmatch(terms[0])
    return [*terms, f"{binary[1]} {_BINARY_ANION[binary[2]]}"] if binary else terms


def _names(rest: str) -> list[Name]:
    """Words with digits or with capitals that do not only begin a sentence."""
    found = []
    for match in _NAME.finditer(rest):
        word = match.group()
        letters = [c for c in word if c.isalpha()]
        if not letters:
            continue
        coded = any(c.isdigit() for c in word) or sum(c.isupper() for c in word) > 1
        inside = word[0].isupper() and not _begins(rest, match.start())
        if coded or inside:
            found.append(Name(fold(word), match.start(), match.end()))
    return found


def _begins(text: str, place: int) -> bool:
    """Whether only blanks and marks stand between the place and the start of a sentence."""
    before = text[:place].rstrip(" \"'“”‘’([*-|")
    return not before or before[-1] in ".!?:;…\n"


def _bare(match: re.Match[str], text: str) -> Figure:
    word = match.group()
    written = _COUNTS.get(word.lower(), word).replace("−", "-").lstrip("+")
    if re.fullmatch(r"-?\d{1,3}(?:,\d{3})+", written):
        written = written.replace(",", "")
    try:
        value = float(written)
        written = f"{value:g}" if abs(value) < 1e6 else written
    except ValueError:
        value = 0.0
    if bound := _BOUND.search(text[max(0, match.start() - 24) : match.start()]):
        about = bound.group().strip().lower() in _ABOUT
        written = written if about else f"{bound.group().strip().lower()} {written}"
        return Figure(value, value, (True, True), "", about, written, *match.span())
    return Figure(value, value, (True, True), "", False, written, *match.span())


def fold(name: str) -> str:
    """A name without case, blanks and punctuation.

    >>> fold("HCW-R-014")
    'hcwr014'
    """
    return _BAR.sub("", name.casefold())


def _without(text: str, spans: list[tuple[int, int]]) -> str:
    for start, end in spans:
        text = text[:start] + " " * (end - start) + text[end:]
    return text
