"""Whether the words, materials and names of a sentence stand in what it cites."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.gate.lexicon import is_glue
from assistant.gate.reading import Material, Reading

_LEAST = 0.6  # of the words that say something, in the part itself
_MOST_FROM_BEFORE = 3  # words taken from the sentences before
_LENIENT = 0.7  # of the words, where a support model reads the sentence as well


@dataclass(frozen=True)
class Coverage:
    """How much of a sentence a part says. said: things it says; share: of them in the part."""

    said: int
    share: float


def coverage(sentence: Reading, part: Reading) -> Coverage:
    """The share of a sentence's words, figures, materials and names that stand in a part."""
    things, there = _things(sentence), _things(part)
    return Coverage(len(things), len(things & there) / len(things) if things else 0.0)


def _things(reading: Reading) -> set[str]:
    return {
        *(word for word, _, _ in reading.words if not is_glue(word)),
        *(material.main for material in reading.materials),
        *(name.folded for name in reading.names),
        *(f"{f.dimension} {f.low:g} {f.high:g}" for f in reading.figures),
    }


def wrong_name(sentence: Reading, part: Reading, before: Sequence[Reading]) -> str | None:
    """The first material or name of a sentence that what it cites does not hold.

    A material from the sentences before counts only where the part names none itself and the
    nearest of them names this one alone.
    """
    earlier = next((r for r in reversed(before) if r.materials), None)
    for material in sentence.materials:
        if any(means(given, material) for given in part.materials):
            continue
        text = sentence.text[material.start : material.end]
        if earlier is None or part.materials:
            return f"{text!r} is not in the quote"
        if not all(means(given, material) for given in earlier.materials):
            return f"whether the quote means {text!r} is not certain"
    known = {n.folded for reading in (part, *before) for n in reading.names}
    words = {w for reading in (part, *before) for w, _, _ in reading.words}
    for name in sentence.names:
        text = sentence.text[name.start : name.end]
        if name.folded not in known and name.folded not in words:
            return f"{text!r} is not in the quote"
    return None


def means(given: Material, said: Material) -> bool:
    """Whether what is given is the material that is said, or a kind of it.

    "NCM811" is an NCM; an abbreviation with several meanings is none of them for certain.
    """
    return said.main == given.main or (
        said.main in given.terms and (len(given.terms) == 1 or given.main.startswith(said.main))
    ) or (given.main in said.terms and not given.main.startswith(said.main))  # fmt: skip


def wrong_word(
    sentence: Reading, part: Reading, before: Sequence[Reading], lenient: bool
) -> str | None:
    """The first word of a sentence that is not there, or that too little of it is."""
    here = {w for w, _, _ in part.words} | {n.folded for n in part.names}
    earlier = {w for reading in before for w, _, _ in reading.words}
    wanted: dict[str, str] = {}
    for word, start, end in sentence.words:
        if not is_glue(word):
            wanted.setdefault(word, sentence.text[start:end])
    missing = [text for word, text in wanted.items() if word not in here | earlier]
    if missing and not (lenient and len(missing) <= (1 - _LENIENT) * len(wanted)):
        return f"{missing[0]!r} is not in the quote"
    readings = (sentence, part, *before)
    said, *given = (Counter(word for word, _, _ in reading.words) for reading in readings)
    repeated = next((w for w in wanted if said[w] > sum(count[w] for count in given) > 0), None)
    if repeated:
        return f"the sentence says {wanted[repeated]!r} more often than the quote"
    borrowed = sum(word in earlier - here for word in wanted)
    found = coverage(sentence, part)
    if found.said < 2:
        return "it says too little to be held against the quote"
    if found.share < _LEAST or borrowed > _MOST_FROM_BEFORE:
        return "too little of it is said in one place of the quote"
    return None
