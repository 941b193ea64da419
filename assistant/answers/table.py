"""Values side by side, for questions that compare things or ask for several values.

A row is left out rather than shown with a cell that the sentence does not say.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.answers.asked import Asked
from assistant.answers.figures import quantities
from assistant.answers.frames import document_name
from assistant.answers.needs import Surface
from assistant.answers.weigh import Candidate
from assistant.questions import Question
from assistant.records import Citation, Row, Statement
from assistant.values.conditions import conditions_in, list_of, unit_of
from assistant.values.held import held_under
from assistant.values.owners import has_contrast, owner_of, things_in
from assistant.values.stated import stated
from assistant.values.subjects import SHARES
from assistant.values.wanted import Wanted, is_generic
from index.analysis import terms
from index.quantities import Quantity
from index.quantities.conditions import compare

_MOST = 12
_LISTS_VALUES = re.compile(
    r"\b(?:list|compare|table|tabulate|for each|values|vs\.?|versus)\b|각각|比較|vergleich",
    re.IGNORECASE,
)
_RESPECTIVELY = re.compile(r"\brespectively\b|\bin (?:this|that) order\b", re.IGNORECASE)
# A number that is not the exponent of a unit, with its power of ten.
_NUMBER = re.compile(
    r"(?<![^\W\d_°])(?<![/^²³])(?<![^\W\d_][-−–^])\d+(?:[.,]\d+)*(?:\s?[×x·]\s?10[-−–⁻^]?\s?[\d⁰¹²³⁴-⁹]+)?"
)
_TWO_UNITS = re.compile(r"\d\s?[^\W\d]+\s(?:to|and|or|-)\s.*\d|%.*\d")
_BOUND = re.compile(r"\d\s?[^\d\s]*\s(?:or|and)\s\D+$")  # "60 µm or more"
_UNITLESS = ("number", "pH")


def wants_table(question: Question, asked: Asked) -> bool:
    """Whether a question compares things, or asks for several values."""
    if question.kind == "comparison":
        return True
    several = any(re.search(r"[^s]s$", p.words) for p in question.properties)
    return bool(asked.wants_value and (several or _LISTS_VALUES.search(question.text)))


def rows(
    question: Question, asked: Asked, stating: Sequence[tuple[Candidate, Statement]]
) -> tuple[Row, ...]:
    """One row for each asked value of the sentences, twelve at most; none where they state none.

    stating: the sentences of the answer, each with the statement that it became.
    """
    wanted = _wanted(question, asked)
    if not wanted:
        return ()
    found = [
        row
        for candidate, statement in stating
        for row in _of_sentence(wanted, asked, candidate, statement)
    ]
    return tuple(dict.fromkeys(found))[:_MOST]


def _wanted(question: Question, asked: Asked) -> list[Wanted]:
    """The properties that the table is of; none where the question names none."""
    named = [p for p in question.properties if not is_generic(p.words)]
    if named:
        return [Wanted(p.words, p.dimensions) for p in named]
    words = " ".join(need.typed for need in asked.wanted if not need.is_material)
    return [Wanted(words, asked.dimensions)] if words or asked.dimensions else []


def _of_sentence(
    wanted: Sequence[Wanted], asked: Asked, candidate: Candidate, statement: Statement
) -> list[Row]:
    text = candidate.text
    # Which column a cell of a document's own table stands in is not in its row.
    if "|" in text:
        return []
    around = {term for need in asked.subject for term in terms(need.typed)}
    given = [c for c in asked.conditions if c.dimension not in asked.dimensions]
    values = [
        q
        for q in stated(text, wanted, around)
        if not any(c.dimension == q.dimension and compare(c, q) == "inside" for c in given)
    ]
    if not values:
        return []
    everything = quantities(text)
    listed = [q for q in values if len(list_of(text, q, everything)) > 1]
    if listed or _RESPECTIVELY.search(text):
        made = [_joint_row(wanted, asked, text, values)]
    else:
        made = [_row(wanted, asked, text, quantity, values) for quantity in values]
    sure = _is_about(asked, text)
    cited = [(row, _citations(statement, row)) for row in made if row and (row.material or sure)]
    source = _source(candidate, statement)
    return [
        Row(
            row.material, row.value, row.unit, row.condition, source,
            tuple(dict.fromkeys(c.key for c in citations)), citations,
        )
        for row, citations in cited
        if citations
    ]  # fmt: skip


def _row(
    wanted: Sequence[Wanted],
    asked: Asked,
    text: str,
    quantity: Quantity,
    values: Sequence[Quantity],
) -> Row | None:
    everything = quantities(text)
    value, unit = value_and_unit(text[quantity.start : quantity.end])
    if not unit and not _TWO_UNITS.search(value) and not _BOUND.search(value):
        shared = unit_of(text, everything[everything.index(quantity) :])
        if not shared and quantity.dimension not in _UNITLESS:
            return None
        unit = shared or ""
    thing = owner_of(text, quantity, [w.words for w in wanted], _things(asked))
    return Row(thing, value, unit, _condition(text, quantity, values, wanted), "", ())


def _joint_row(
    wanted: Sequence[Wanted], asked: Asked, text: str, values: Sequence[Quantity]
) -> Row | None:
    """One row for all values of a list: which belongs to which thing is for the reader."""
    first, last = values[0], values[-1]
    inside = [q for q in quantities(text) if first.start <= q.start <= last.start]
    if len(inside) != len(values) or len({q.dimension for q in values}) > 1:
        return None
    if any(q.dimension == first.dimension and q not in values for q in quantities(text)):
        return None
    value, unit = value_and_unit(text[first.start : last.end])
    before = text[: first.start]
    things = [] if has_contrast(before) else things_in(before, _things(asked))
    material = ", ".join(things) if len(things) == len(values) else ""
    if first.dimension in SHARES and not _RESPECTIVELY.search(text):
        material = owner_of(text, first, [w.words for w in wanted], _things(asked))
    under = conditions_in(text, quantities(text))
    condition = "" if first in under else _condition(text, first, values, wanted)
    return Row(material, value, unit, condition, "", ())


def _condition(
    text: str, quantity: Quantity, values: Sequence[Quantity], wanted: Sequence[Wanted]
) -> str:
    """Under what a value holds; a content of a mixture is what it is."""
    contents = any("mass fraction" in one.dimensions for one in wanted)
    if contents and quantity.dimension in SHARES:
        return ""
    return "; ".join(held_under(text, quantity, values))


def _is_about(asked: Asked, text: str) -> bool:
    """Whether a value without a thing can be taken for one of the question's things at all."""
    if has_contrast(text):
        return False
    things = [need for need in asked.things if need not in asked.wanted]
    things = [need for need in things if need.is_material] or things
    things = things or [need for need in asked.subject if not need.is_verb]
    surface = Surface(text)
    return not things or any(need.is_met(surface) for need in things)


def _things(asked: Asked) -> list[str]:
    return [need.typed for need in asked.things if need not in asked.wanted]


def _source(candidate: Candidate, statement: Statement) -> str:
    """The document's name, with the claim where it is one: a claim is not a finding."""
    name = document_name(candidate.document)
    claims = (c.claim for c in statement.citations if c.document_id == candidate.document.id)
    claim = next((number for number in claims if number), None)
    return f"{name}, claim {claim}" if claim else name


def _citations(statement: Statement, row: Row) -> tuple[Citation, ...]:
    """Those of a statement whose quote has the value with its unit."""
    return tuple(
        citation
        for citation in statement.citations
        for quote in [" ".join(citation.quote.split())]
        if row.value in quote and row.unit in quote
    )


def value_and_unit(written: str) -> tuple[str, str]:
    """A quantity's text cut behind its last number.

    >>> value_and_unit("at least 3.4 to 3.6 g/cm3"), value_and_unit("25 °C.")
    (('at least 3.4 to 3.6', 'g/cm3'), ('25', '°C'))
    """
    written = " ".join(written.split())
    numbers = list(_NUMBER.finditer(written))
    if not numbers or _TWO_UNITS.search(written) or _BOUND.search(written):
        return written, ""
    end = numbers[-1].end()
    return written[:end], written[end:].strip(" .,;")
