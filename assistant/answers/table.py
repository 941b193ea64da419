"""Values side by side, for questions that compare things or ask for several values."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from assistant.answers.asked import Asked
from assistant.answers.figures import quantities, values_of
from assistant.answers.frames import document_name
from assistant.answers.needs import Surface
from assistant.answers.weigh import Candidate
from assistant.questions import Question
from assistant.records import Row, Statement
from index.analysis import STOP_WORDS, terms
from index.quantities import Quantity

_MOST = 12
_LISTS_VALUES = re.compile(
    r"\b(?:list|compare|table|tabulate|for each|values|vs\.?|versus)\b|각각|比較|vergleich",
    re.IGNORECASE,
)
_PART = re.compile(r"[,;:]\s+|\s+(?:and|whereas|while|but|versus|against|to)\s+", re.IGNORECASE)
# What is measured under, and not what is measured, unless the question names it as such.
_CIRCUMSTANCES = ("cycles", "time", "temperature", "c-rate")
_RESPECTIVELY = re.compile(r"\brespectively\b|\bin (?:this|that) order\b", re.IGNORECASE)
# A number that is not the exponent of a unit, with its power of ten.
_NUMBER = re.compile(
    r"(?<![^\W\d_°])(?<![/^²³])(?<![^\W\d_][-−–^])\d+(?:[.,]\d+)*(?:\s?[×x·]\s?10[-−–⁻^]?\s?[\d⁰¹²³⁴-⁹]+)?"
)
# A name right before a value: "graphite 0.47 eV", "MoS2 (0.28 eV)".
_BESIDE = re.compile(r"([\w.+−-]*[^\W\d][\w.+−-]+)\s*[(=]?\s*$")
_FIGURES = re.compile(r"(?<!\S)[\d.,\[\]()]+(?!\S)")
_TWO_UNITS = re.compile(r"\d\s?[^\W\d]+\s(?:to|and|or|-)\s.*\d|%.*\d")
Span = tuple[int, int]


def wants_table(question: Question, asked: Asked) -> bool:
    """Whether a question compares things, or asks for several values."""
    if question.kind == "comparison":
        return True
    several = any(re.search(r"[^s]s$", p.words) for p in question.properties)
    return bool(asked.wants_value and (several or _LISTS_VALUES.search(question.text)))


def rows(
    question: Question,
    asked: Asked,
    sentences: Sequence[Candidate],
    statements: Sequence[Statement],
) -> tuple[Row, ...]:
    """One row for each asked value of the sentences, twelve at most; none where they state none."""
    if not asked.dimensions:
        named = dict.fromkeys(d for p in question.properties for d in p.dimensions)
        asked = replace(asked, dimensions=tuple(named))
    keys = {s.text: tuple(c.key for c in s.citations) for s in statements}
    found = [row for c in sentences for row in _of_sentence(asked, c, keys[c.text])]
    return tuple(dict.fromkeys(found))[:_MOST]


def _of_sentence(asked: Asked, candidate: Candidate, keys: tuple[str, ...]) -> list[Row]:
    text = candidate.text
    values = _asked_values(asked, text)
    if not values:
        return []
    others = [q for q in quantities(text) if q not in values]
    source = document_name(candidate.document)
    if _RESPECTIVELY.search(text):
        # Which value belongs to which thing is for the reader: the row says what the sentence says.
        value, unit = _value_and_unit(text[values[0].start : values[-1].end])
        return [Row(_things(asked, text), value, unit, _written(text, others), source, keys)]
    parts = _parts(text, [*values, *others])
    alone = [q for q in others if not any(_inside(v, _part_of(q, parts)) for v in values)]
    found = []
    for quantity in values:
        part = _part_of(quantity, parts)
        conditions = [q for q in others if q in alone or _inside(q, part)]
        value, unit = _value_and_unit(text[quantity.start : quantity.end])
        rest = _without(text, part, [*values, *others])
        thing = _owner(asked, text, (text[part[0] : quantity.start], rest), len(values))
        found.append(Row(thing, value, unit, _written(text, conditions), source, keys))
    return found


def _asked_values(asked: Asked, text: str) -> list[Quantity]:
    """The values of the asked dimension; where there are none, those that the asked words name."""
    if values := values_of(asked, text):
        return values
    wanted = [need for need in asked.wanted if not need.is_material]
    if not wanted:
        return []
    measured = [q for q in quantities(text) if q.dimension not in _CIRCUMSTANCES]
    found = [q for q in measured if any(n.is_met(Surface(q.subject)) for n in wanted)]
    dimensions = [q.dimension for q in found]
    # Beside the asked values stand those of their conditions; what is commonest is asked for.
    common = max(dimensions, key=dimensions.count, default="")
    return [q for q in found if q.dimension == common]


def _parts(text: str, found: Sequence[Quantity]) -> list[Span]:
    """Where the text falls into parts, never inside a quantity."""
    cuts = [
        match.end()
        for match in _PART.finditer(text)
        if not any(q.start < match.end() and match.start() < q.end for q in found)
    ]
    edges = [0, *cuts, len(text)]
    return list(pairwise(edges))


def _part_of(quantity: Quantity, parts: Sequence[Span]) -> Span:
    return next(p for p in parts if p[0] <= quantity.start < p[1])


def _inside(quantity: Quantity, part: Span) -> bool:
    return part[0] <= quantity.start < part[1]


def _things(asked: Asked, text: str) -> str:
    """The things of the question that a text names."""
    surface = Surface(text)
    named = [need.typed for need in asked.things if need.is_met(surface)]
    return ", ".join(dict.fromkeys(named))


def _owner(asked: Asked, text: str, part: tuple[str, str], values: int) -> str:
    """What a value belongs to, as its part of the sentence says it; "" where that is not sure.

    part: what stands before the value in its part, and all of its part without figures. values:
    how many asked ones the sentence has.
    """
    before, rest = part
    property_words = {term for need in asked.wanted for name in need.names for term in name}
    beside = _BESIDE.search(before)
    if beside and set(_telling(beside[1])) - property_words:
        return beside[1]
    words = set(_telling(rest)) - property_words
    named = _things(asked, rest)
    if named or (words and values > 1):
        return named
    named = _things(asked, text)
    return "" if ", " in named else named


def _telling(text: str) -> list[str]:
    """The terms of its words, without those that only grammar needs."""
    words = re.findall(r"[^\W_][\w-]*", text.lower())
    return terms(" ".join(word for word in words if word not in STOP_WORDS))


def _without(text: str, part: Span, found: Sequence[Quantity]) -> str:
    """A part of a text with its figures blanked out."""
    for q in found:
        text = text[: q.start] + " " * (q.end - q.start) + text[q.end :]
    return _FIGURES.sub(" ", text[slice(*part)]).strip(" .,;:()[]")


def _value_and_unit(written: str) -> tuple[str, str]:
    """A quantity's text cut behind its last number.

    >>> _value_and_unit("at least 3.4 to 3.6 g/cm3"), _value_and_unit("25 °C.")
    (('at least 3.4 to 3.6', 'g/cm3'), ('25', '°C'))
    """
    written = " ".join(written.split())
    numbers = list(_NUMBER.finditer(written))
    if not numbers or _TWO_UNITS.search(written):
        return written, ""
    end = numbers[-1].end()
    return written[:end], written[end:].strip(" .,;")


def _written(text: str, found: Sequence[Quantity]) -> str:
    texts = (" ".join(text[q.start : q.end].split()).rstrip(".,;") for q in found)
    return "; ".join(dict.fromkeys(texts))
