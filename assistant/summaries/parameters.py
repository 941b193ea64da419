"""Key parameters: which values a document gives to what, under which conditions."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.answers.frames import document_name
from assistant.records import Citation, Row
from assistant.summaries.claims import features
from assistant.summaries.records import SummarySection
from assistant.summaries.source import Keys, Source
from assistant.values.conditions import (
    conditions_in,
    conditions_of,
    in_one_clause,
    quantities_in,
    unit_of,
    words_before,
    written,
)
from assistant.values.subjects import SHARES, subject_of, whole_of
from index.quantities import Quantity
from index.quantities.subjects import known_terms, names_property, subject_terms

# Dimensions that say little without a known subject, and those that are no finding by themselves.
_UNTELLING = frozenset((*SHARES, "temperature", "time", "cycles", "C-rate", "number", "length"))
_ONLY_CLAIMED = ("number", "cycles", "C-rate")
_VERB = re.compile(
    r"\b(?:is|are|was|were|has|had|have|seems?|shows?|measured|(?:differ|decreas|increas|expand|reduc)(?:s|ed|e)?|could|can|fell|falls?|costs?|lies?|loses?|gave|used|rose|vanish|thickened|makes|found|left|need\w*"
    r"|became|remain\w*|let|run|runs)\b"
)
_RATE = re.compile(r"\s*(?:per|/|each)\b|/")  # the unit goes on, so the value is another
_PER = re.compile(r"\b(?:per|every|each)\s*$|/\s*$", re.IGNORECASE)
# The background tells values of others; so do comparative examples.
_OTHERS = re.compile(
    r"background|prior art|state of the art|related art|comparative|comparison|reference|배경|종래"
    r"|背景|比較|비교|Stand der Technik|Vergleich",
    re.IGNORECASE,
)
_CENTRAL = re.compile(r"summary|abstract|solution|conclu|result|recommend|finding|手段|해결", re.I)
_FEWEST_DIGITS = re.compile(r"\d")
# Least weight of a value that is shown; words of a subject that need not name anything known.
_ENOUGH, _SHORT = 1.75, 6


@dataclass(frozen=True)
class Parameter:
    """A value and what it belongs to.

    Attributes:
        subject: verbatim words. terms: of index.quantities, the same for all names of a thing.
        value, unit, conditions: verbatim. dimension: of index.quantities.
        claim: 1-based, None outside the claims. section: one of SECTION_KINDS.
        start, end: of the sentence in the document's text.
        weight: how telling it is; higher is better.
    """

    subject: str
    terms: frozenset[str]
    value: str
    unit: str
    dimension: str
    conditions: tuple[str, ...]
    claim: int | None
    section: str
    start: int
    end: int
    weight: float


@dataclass(frozen=True)
class _Part:
    """A piece of text in which values may stand."""

    text: str
    start: int
    section: str
    claim: int | None
    weight: float


def parameters(source: Source) -> list[Parameter]:
    """The values of a document, one for each subject and dimension, most telling first."""
    found = [p for part in _parts(source) for p in _of_part(part)]
    often = Counter((p.terms, p.dimension) for p in found)
    best: dict[tuple[frozenset[str], str], tuple[float, Parameter]] = {}
    for parameter in found:
        name = parameter.terms, parameter.dimension
        weight = parameter.weight + 0.5 * math.log(often[name])
        if name not in best or weight > best[name][0]:
            best[name] = weight, parameter
    kept: list[Parameter] = []
    for _, parameter in sorted(best.values(), key=lambda x: (-x[0], x[1].start)):
        if not any(_says_the_same(parameter, other) for other in kept):
            kept.append(parameter)
    return kept


def parameter_section(
    source: Source, keys: Keys, found: Sequence[Parameter], count: int
) -> SummarySection:
    """The most telling of them as rows: the claims' first, then in the document's order."""
    shown = sorted(found[:count], key=lambda p: (p.claim is None, p.start))
    made = [row_of(source, keys, parameter) for parameter in shown]
    return SummarySection(
        "Key parameters",
        rows=tuple(dict.fromkeys(row for row, _ in made)),
        citations=tuple(dict.fromkeys(citation for _, citation in made)),
    )


def row_of(source: Source, keys: Keys, parameter: Parameter) -> tuple[Row, Citation]:
    """A parameter as a row, and the citation of its sentence, or of the part with the value."""
    cited = keys.cite(source, parameter.start, parameter.end)
    holds = (c for c in cited if parameter.value in " ".join(c.quote.split()))
    citation = next(holds, cited[0])
    place = f"claim {parameter.claim}" if parameter.claim else parameter.section
    row = Row(
        material=parameter.subject,
        value=parameter.value,
        unit=parameter.unit,
        condition="; ".join(parameter.conditions),
        source=f"{document_name(source.facts)}, {place}",
        keys=(citation.key,),
        citations=(citation,),
    )
    return row, citation


def _says_the_same(one: Parameter, other: Parameter) -> bool:
    return (one.value, one.dimension) == (other.value, other.dimension) and bool(
        one.terms & other.terms
    )


def _parts(source: Source) -> Iterator[_Part]:
    text = source.document.text
    for sentence in source.sentences:
        heading = " ".join(sentence.headings)
        if sentence.is_row or _OTHERS.search(heading) or not _FEWEST_DIGITS.search(sentence.text):
            continue
        weight = 1.0
        if sentence.section == "abstract" or _CENTRAL.search(heading):
            weight = 2.2
        yield _Part(sentence.text, sentence.start, sentence.section, None, weight)
    for claim in source.document.claims:
        for start, end in features(source, claim):
            weight = 2.2 if claim.depends_on else 3.0
            yield _Part(text[start:end], start, "claims", claim.number, weight)


def _of_part(part: _Part) -> Iterator[Parameter]:
    text = part.text
    quantities = quantities_in(text)
    under = conditions_in(text, quantities)
    taken = 0
    for place, quantity in enumerate(quantities):
        if _is_aside(part, quantity, quantities, under):
            continue
        stop, nearest = words_before(text, quantity, quantities[:place], under)
        subject, taken = subject_of(text, quantity, max(nearest, taken), stop)
        unit = unit_of(text, quantities[place:])
        weight = _weight(part, quantity, subject) if subject and unit is not None else None
        if unit is None or weight is None:
            continue
        # A share of a mixture is what it is; a retention holds under conditions.
        measured = quantity.dimension not in SHARES or names_property(subject)
        whole = whole_of(text, quantity)
        held = conditions_of(text, quantity, quantities, under) if measured else ()
        yield Parameter(
            subject=subject,
            terms=subject_terms(subject),
            value=written(text, quantity),
            unit=unit,
            dimension=quantity.dimension,
            conditions=(whole, *held) if whole else held,
            claim=part.claim,
            section=part.section,
            start=part.start,
            end=part.start + len(text),
            weight=weight,
        )


def _is_aside(
    part: _Part, quantity: Quantity, quantities: Sequence[Quantity], under: Sequence[Quantity]
) -> bool:
    """Whether a value only says under what another holds, or what another is counted by."""
    if _PER.search(part.text[: quantity.start]) or _RATE.match(part.text, quantity.end):
        return True
    if part.claim is None and quantity.dimension in _ONLY_CLAIMED:
        return True
    if quantity not in under:
        return False
    if part.claim is None and quantity.dimension in _UNTELLING:
        return True
    beside = [q for q in quantities if q != quantity and in_one_clause(part.text, q, quantity)]
    return any(q not in under or q.start < quantity.start for q in beside)


def _weight(part: _Part, quantity: Quantity, subject: str) -> float | None:
    """How telling a value is; None for one that is not shown."""
    known = bool(known_terms(subject))
    property_named = names_property(subject)
    weight = part.weight + 1.5 * property_named + 0.8 * known - 1.5 * bool(_VERB.search(subject))
    weight += 0.5 * ((known or property_named) and quantity.dimension in SHARES)
    # What is measured in N/m can be told without knowing the word; what is in % cannot.
    told = len(subject.split()) <= _SHORT and quantity.dimension not in _UNTELLING
    allowed = known or property_named or part.claim or (part.weight > 1 and told)
    if weight < _ENOUGH or not allowed or not subject_terms(subject):
        return None
    return weight + 0.3 * (quantity.high > quantity.low) - (quantity.dimension == "time")
