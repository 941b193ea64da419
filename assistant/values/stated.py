"""Which values of a sentence are those of an asked property, by the sentence's own words."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from assistant.questions.properties import find_properties
from assistant.values.beside import in_a_row, is_aside, is_change
from assistant.values.conditions import list_of, quantities_in
from assistant.values.subjects import SHARES, subject_of, whole_of
from assistant.values.wanted import Wanted, is_generic, names
from index.analysis import STOP_WORDS, terms
from index.chemistry import material_terms
from index.quantities import Quantity

# Dimensions in which a value mostly says under what another holds.
_CIRCUMSTANCES = frozenset(
    {"temperature", "time", "cycles", "C-rate", "voltage", "current density"}
)
# What is stated in these can be nothing else that a document of the field measures.
_UNMISTAKABLE = frozenset(
    {"specific capacity", "specific energy", "specific power", "conductivity", "viscosity",
     "specific surface area", "molar mass", "diffusivity"}
)  # fmt: skip
_FURTHEST = 110
_CLAUSE = re.compile(r"[;|\n]|[.:]\s|\b(?:whereas|while|but|wherein|which)\b", re.IGNORECASE)
_STEP = re.compile(r"[;,|\n]|[.:]\s|\b(?:and|then|whereas|while|but|or)\b", re.IGNORECASE)
_CONTENTS = frozenset(terms("content amount concentration fraction proportion dosage share"))
_NEXT = re.compile(r"\W{0,2}(?:[^\W\d_]+[\s-])?[^\W\d_]+")
# "Pressure drop" is no pressure.
_ANOTHER = re.compile(
    r"\s*(?:drop|loss|difference|cycle|change|ratio|increase|rise|decrease|coefficient|gradient|window"
    r"|gain|plateau|sensor|swing|fade|decay|variation|deviation)"
)
_THAT_OF = re.compile(r"\b(?:that|those)\s+(?:of|for|with)\b")
_BETWEEN = STOP_WORDS | frozenset(
    "respectively was were is are had has about approximately cell cells sample samples one only"
    " for of with to and the a an at least than more".split()
)
_WORD = re.compile(r"[^\W\d_][\w.+-]*|\d[\w.+-]*")


def stated(text: str, wanted: Sequence[Wanted], around: Collection[str]) -> list[Quantity]:
    """The values of a sentence that its own words give to one of the wanted properties.

    around: terms of the things and processes that the question names. Where the words leave it
    open, a value is left out.

    >>> text = "With 0.5% boron oxide the retention was 93% and that of the bare powder 80%."
    >>> [text[q.start : q.end] for q in stated(text, [Wanted("retention", ("percent",))], ())]
    ['93%', '80%']
    """
    quantities = quantities_in(text)
    found: list[Quantity] = []
    for place, quantity in enumerate(quantities):
        for one in wanted:
            listed = _goes_on(text, quantity, quantities[:place], found, around)
            if (
                _of_kind(one, quantity)
                and not in_a_row(text, quantity, quantities)
                and (
                    _is_named(text, one, quantity, quantities[:place], around)
                    or (listed and not is_aside(text, quantity))
                )
            ):
                found.append(quantity)
                break
    return found


def _of_kind(wanted: Wanted, quantity: Quantity) -> bool:
    if wanted.dimensions:
        return quantity.dimension in wanted.dimensions
    return quantity.dimension not in _CIRCUMSTANCES


def _is_named(
    text: str,
    wanted: Wanted,
    quantity: Quantity,
    earlier: Sequence[Quantity],
    around: Collection[str],
) -> bool:
    if is_change(text, quantity):
        return False
    if not wanted.words:
        return True
    if "capacity" in whole_of(text, quantity) and "retention" in wanted.words.casefold():
        return True
    before, right = _window(text, quantity, earlier), _right(text, quantity)
    said = frozenset(_near_head(wanted, f"{before} {right} {_following(text, quantity)}"))
    if not wanted.modifiers <= said:
        return False
    if (right and names(wanted, right)) or _names_right(text, wanted, quantity):
        return True
    if quantity.dimension in _CIRCUMSTANCES:
        return _is_asked_circumstance(text, wanted, quantity, earlier, around)
    if "mass fraction" in wanted.dimensions:
        things = {*around, *wanted.modifiers}
        return _is_content(before, right, things) and not whole_of(text, quantity)
    if is_aside(text, quantity) or (right and quantity.dimension in SHARES):
        return False
    other = [one for one in find_properties(before) if not is_generic(one.words)]
    if other and not names(wanted, before[other[-1].start :]):
        return False
    if _is_of_another(wanted, before):
        return False
    return names(wanted, before) or quantity.dimension in _UNMISTAKABLE


def _is_of_another(wanted: Wanted, before: str) -> bool:
    """Whether the property only names another, as in "pressure drop"."""
    head = wanted.words.split()[-1][:5]
    places = list(re.finditer(rf"{re.escape(head)}\w*", before, re.IGNORECASE))
    return bool(places and _ANOTHER.match(before, places[-1].end()))


def _is_content(before: str, right: str, around: Collection[str]) -> bool:
    """Whether a share is of a thing of the question, or called its content."""
    if right:
        return bool(frozenset(terms(right)) & frozenset(around))
    bracketed = re.search(r"([^\W\d_]\S*)\s?\($", before)
    if bracketed:
        return bool(frozenset(terms(bracketed[1])) & frozenset(around))
    said = frozenset(terms(before))
    return bool(said & _CONTENTS and (not around or said & frozenset(around)))


def _is_asked_circumstance(
    text: str,
    wanted: Wanted,
    quantity: Quantity,
    earlier: Sequence[Quantity],
    around: Collection[str],
) -> bool:
    """Whether a temperature, time or the like is the asked one, by the words right before it.

    "Sintered at 1100 °C", and not "stored at 25 °C".
    """
    start = max((q.end for q in earlier if q.dimension == quantity.dimension), default=0)
    before = _STEP.split(text[max(start, quantity.start - _FURTHEST) : quantity.start])[-1]
    said = frozenset(terms(before))
    if wanted.modifiers:
        return wanted.modifiers <= said
    return names(wanted, before) or bool(said & frozenset(around))


def _right(text: str, quantity: Quantity) -> str:
    """The words behind a value that it is of, or behind the list that it is in."""
    last = list_of(text, quantity, quantities_in(text))[-1]
    return subject_of(text, last, last.start)[0]


def _names_right(text: str, wanted: Wanted, quantity: Quantity) -> bool:
    """Whether the next two words name it: "9 µm thick", "41% open porosity"."""
    following = _following(text, quantity)
    return bool(following) and names(wanted, following)


def _following(text: str, quantity: Quantity) -> str:
    """The next two words, "" where they begin something else."""
    match = _NEXT.match(text[quantity.end :])
    words = match.group().strip(" -–") if match else ""
    return "" if any(word in STOP_WORDS for word in words.casefold().split()) else words


def _near_head(wanted: Wanted, words: str) -> list[str]:
    """The terms from three words before the property's own word on; all where it has none."""
    written = words.split()
    head = terms(wanted.words)[-1:]
    places = [i for i, word in enumerate(written) if set(head) & set(terms(word))]
    start = max(places[-1] - 3, 0) if places else 0
    return terms(" ".join(written[start:]))


def _window(text: str, quantity: Quantity, earlier: Sequence[Quantity]) -> str:
    """The words before a value, over figures that only say under what it holds."""
    start = max(0, quantity.start - _FURTHEST)
    for one in reversed(earlier):
        other = one.dimension != quantity.dimension or subject_of(text, one, one.start)[0]
        if not (is_aside(text, one) and other):
            start = max(start, one.end)
            break
    before = text[start : quantity.start]
    return _CLAUSE.split(before)[-1]


def _goes_on(
    text: str,
    quantity: Quantity,
    earlier: Sequence[Quantity],
    found: Sequence[Quantity],
    around: Collection[str],
) -> bool:
    """Whether a value follows one that was found, with only the name of another thing between."""
    before = [q for q in earlier if q.dimension == quantity.dimension]
    if not before or not found or before[-1] is not found[-1]:
        return False
    between = text[before[-1].end : quantity.start]
    whole = whole_of(text, before[-1])
    if len(between) > _FURTHEST or re.search(r"[;|\n]|\.\s", between):
        return False
    if is_change(text, quantity):
        return False
    for one in earlier:
        if before[-1].end <= one.start:
            at = one.start - before[-1].end
            between = (
                between[:at] + " " * (one.end - one.start) + between[at + one.end - one.start :]
            )
    between = " ".join(between.split()).removeprefix(whole)
    if find_properties(between):
        return False
    if _THAT_OF.search(between):
        return True
    for start, end, _ in material_terms(between):
        between = between[:start] + " " * (end - start) + between[end:]
    return all(_is_name(word, around) for word in _WORD.findall(between))


def _is_name(word: str, around: Collection[str]) -> bool:
    plain = word.casefold().strip(".-+")
    if plain in _BETWEEN or re.search(r"\d|[A-Z]", word):
        return True
    return bool(set(terms(plain)) & set(around))
