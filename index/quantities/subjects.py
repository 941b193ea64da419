"""What a quantity is about, as terms that are the same for all names of a property or material."""

from __future__ import annotations

import re
from functools import lru_cache

from index.analysis import STOP_WORDS, terms
from index.chemistry.abbreviations import packaged_abbreviations
from index.chemistry.materials import material_terms

# Names of one property; the term is the first word's. Longer names come first.
_PROPERTIES = (
    ("particle-size", r"[Dd]v?_?\{?\(?50\}?\)?(?!\d)|particle (?:size|diameter)s?|평균 ?입경|입경"
     r"|(?:median|average|mean|volume[- ]average)(?: (?:secondary )?(?:particle|grain))?"
     r" (?:size|diameter)s?"),
    ("particle-size-10", r"[Dd]v?_?\{?\(?10\)?\}?(?!\d)"),
    ("particle-size-90", r"[Dd]v?_?\{?\(?90\)?\}?(?!\d)"),
    ("particle-size-99", r"[Dd]v?_?\{?\(?99\)?\}?(?!\d)"),
    ("thickness", r"thick(?:ness(?:es)?)?\b|두께|Dicke"),
    ("surface-area", r"BET(?: (?:specific )?surface(?: area)?)?\b|specific surface(?: area)?"
     r"|surface area|비표면적"),
    ("tap-density", r"tap(?:ped)? density"),
    ("press-density", r"press(?:ed)? density|compaction density|pellet density|rolling density"),
    ("molecular-weight", r"(?:weight[- ]average |number[- ]average )?molecular weight|M[wn]\b"),
    ("loading", r"(?:mass |areal |active material )?loading(?: amount| level)?|로딩"),
    ("porosity", r"porosit(?:y|ies)|공극률|기공률"),
    ("viscosity", r"viscosit(?:y|ies)|점도"),
    ("conductivity", r"(?:ionic |electronic |electrical |ion )?conductivit(?:y|ies)|이온 ?전도도"),
    ("retention", r"(?:capacity )?retention(?: rate)?|용량 ?유지율"),
    (
        "capacity",
        r"(?:(?:dis)?charge |specific |reversible |initial |areal )*capacit(?:y|ies)|용량",
    ),
    ("temperature", r"temperatures?|온도|Temperatur"),
    ("voltage", r"voltages?|potentials?|cut-?off|전압|Spannung"),
)  # fmt: skip
_PROPERTY = re.compile(
    "|".join(f"(?P<p{i}>(?<![A-Za-z0-9]){pattern})" for i, (_, pattern) in enumerate(_PROPERTIES)),
)
_ELEMENTS = {
    name: symbol
    for symbol, names in {
        "ni": "nickel 니켈", "co": "cobalt kobalt 코발트", "mn": "manganese mangan 망간",
        "li": "lithium 리튬", "al": "aluminum aluminium 알루미늄", "fe": "iron eisen 철",
        "si": "silicon silizium 실리콘 규소", "ti": "titanium titan 티타늄",
        "zr": "zirconium 지르코늄", "b": "boron bor 붕소", "f": "fluorine fluor 불소",
        "p": "phosphorus 인", "s": "sulfur sulphur 황",
        "w": "tungsten 텅스텐", "mg": "magnesium 마그네슘", "nb": "niobium", "ta": "tantalum",
        "na": "sodium natrium 나트륨", "cu": "copper kupfer 구리", "zn": "zinc zink 아연",
        "o": "oxygen sauerstoff 산소", "h": "hydrogen", "n": "nitrogen stickstoff", "c": "carbon",
        "mo": "molybdenum", "y": "yttrium", "la": "lanthanum", "ca": "calcium", "sr": "strontium",
    }.items()
    for name in names.split()
}  # fmt: skip
_SYMBOL = re.compile(
    r"(?<![A-Za-z0-9])(?:Ni|Co|Mn|Li|Al|Fe|Si|Ti|Zr|Mg|Nb|Ta|Na|Cu|Zn|Mo|La|Sr|Y|W"
    r"|B)(?![A-Za-z0-9])"
)
_WORDS = re.compile(r"[^\W\d_]+")
# Say that something is measured, not what.
_GENERIC = frozenset(
    term
    for word in "content contents amount amounts ratio proportion fraction percentage range value"
    " concentration values level levels ranging comprising comprise comprises comprised containing"
    " contain contains contained including include includes total based weight mass mole molar"
    " percent greater less least preferably preferred example respectively approximately set"
    " adjusted measured used using added addition average mean wherein having has with between"
    " sized sample samples cell cells or higher lower up".split()
    for term in terms(word)
) | {term for word in STOP_WORDS for term in terms(word)}  # fmt: skip


@lru_cache(maxsize=20_000)
def subject_terms(text: str) -> frozenset[str]:
    """The terms of a subject: properties, materials, abbreviations, elements and other words.

    >>> sorted(subject_terms("an average particle diameter of the NCM811"))
    ['ncm', 'ncm811', 'particle-size']
    >>> subject_terms("nickel content") == subject_terms("Ni") == {"ni"}
    True
    >>> subject_terms("fluoroethylene carbonate") >= {"fec"}
    True
    """
    found = set()
    rest = text
    for match in _PROPERTY.finditer(text):
        found.add(_PROPERTIES[int(str(match.lastgroup)[1:])][0])
        rest = _blanked(rest, match.start(), match.end())
    for start, end, term in material_terms(text):
        found.add(term)
        rest = _blanked(rest, start, end)
    for start, end, entries in packaged_abbreviations().mentions(rest):
        found.update(_squeezed(short) for entry in entries for short in entry.short[:1])
        rest = _blanked(rest, start, end)
    for match in _SYMBOL.finditer(rest):
        found.add(match.group().lower())
        rest = _blanked(rest, match.start(), match.end())
    for word in _WORDS.findall(rest):
        element = _ELEMENTS.get(word.casefold()) or next(
            (
                s
                for name, s in _ELEMENTS.items()
                if name >= "가" and len(name) > 1 and word.startswith(name)
            ),
            "",
        )
        found.update([element] if element else (t for t in terms(word) if t not in _GENERIC))
    return frozenset(found)


def names_property(text: str) -> bool:
    """Whether a property that is measured stands in a text.

    >>> names_property("tap density"), names_property("LiMn2O4 spinel")
    (True, False)
    """
    return _PROPERTY.search(text) is not None


def known_terms(text: str) -> frozenset[str]:
    """Only the properties, materials and elements among a subject's terms.

    >>> sorted(known_terms("an improved separator with a thickness"))
    ['thickness']
    """
    words = {term for word in _WORDS.findall(text) for term in terms(word)}
    named = {name for name, _ in _PROPERTIES} | set(_ELEMENTS.values())
    return frozenset(
        term
        for term in subject_terms(text)
        if term in named or (term not in words or _is_name(text, term))
    )


def _is_name(text: str, term: str) -> bool:
    """Whether a term is written as an abbreviation or formula in the text."""
    return any(_squeezed(text[start:end]) == term for start, end in _names(text))


def _names(text: str) -> list[tuple[int, int]]:
    materials = [(start, end) for start, end, _ in material_terms(text)]
    return materials + [(s, e) for s, e, _ in packaged_abbreviations().mentions(text)]


def _squeezed(name: str) -> str:
    return "".join(re.findall(r"\w+", name.lower()))


def _blanked(text: str, start: int, end: int) -> str:
    return text[:start] + " " * (end - start) + text[end:]
