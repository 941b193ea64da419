"""A question read for answering: what is asked, of what, under which conditions."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

import numpy as np

from assistant.answers.needs import Need, need_terms, needs_of
from assistant.answers.spelling import is_foreign, with_spelling
from assistant.answers.wording import category, verbs
from assistant.questions import Question
from index.analysis import terms
from index.encoder import Vectors
from index.library import Library
from index.quantities import Condition, find_conditions, read_unit

FRACTIONS = ("mass fraction", "amount fraction", "atomic fraction", "volume fraction")
_ASKS_VALUE = re.compile(
    r"\b(how (much|many|long|thick|thin|large|small|high|low|hot|fast|far|often|big|deep|wide"
    r"|strong|heavy|porous)"
    r"|(what|which|whose) ((is|are|was|were) the |the )?([\w-]+ ){0,3}"
    r"(temperatures?|amount|content|ratio|thickness|pressure|density|capacity|concentration|share"
    r"|percentage|time|duration|size|diameter|loading|range|values?|number|weight|width|speed"
    r"|rate|voltage|potential|conductivity|modulus|energy|gap|barrier|retention|efficiency"
    r"|fraction|strength|coefficient|constants?|parameters?|volume|area|viscosity|dose"
    r"|length|angle|frequency|power|porosity|yield|accuracy|error|price|cost|degree))\b",
    re.IGNORECASE,
)
# The noun phrase right behind the question word, up to the words that lead to its subject.
_PROPERTY = re.compile(
    r"^\W*(?:(?:at|in|to|by|from|for|on|with|under|below|above|of)\s+)?(?:what|which)\s+"
    r"(?:(?:is|are|was|were)\s+)?(?:the\s+|an?\s+)?(?P<phrase>.+?)"
    r"(?=\s+(?:of|in|for|at|by|from|to|with|on|between|when|that|which|after|during|under|do|does"
    r"|did|is|are|was|were|has|have|had|can|could|may|must|should|shall|will|would|and)\b|[?,]|$)",
    re.IGNORECASE,
)
# How much the noun behind "which" counts, and a verb, which another one may stand for.
_CATEGORY_SHARE, _VERB_SHARE = 0.25, 0.4
# In these kinds of questions the verb is what is asked about.
_ABOUT_VERBS = ("cause", "yes/no")
_HOW = re.compile(r"\bhow (thick|long|hot|large|deep|wide|fast|thin|porous)\b", re.IGNORECASE)
_UNIT = re.compile(r"\b(?:in|how many) (\S*[/%µ°]\S*|[a-zA-ZµΩ]{1,3}\b)")
_SAID_BY_UNITS = frozenset(
    terms(
        "temperature voltage potential time duration pressure cycles long thick thin hot large deep"
        " wide fast porous thickness"
    )
)
_YEAR = re.compile(r"(19|20)\d\d")
_NAME = re.compile(r"\b(?:\w*\d[\w.]*\w|\d|\w*[A-Z]\w*[A-Z]\w*)\b")
_CAPITALISED = re.compile(r"\b[A-Z][a-z]{2,}\b")


@dataclass(frozen=True)
class Asked:
    """A question made ready for weighing sentences.

    Attributes:
        text: completed, the words that became filters blanked out. kind: as in
            assistant.questions. vector: of what is searched for.
        needs: what an answer names, conditions left out.
        wanted: those of the needs that are asked for; empty where the question's form hides it.
        names: those that an answer cannot leave out: formulas, abbreviations, proper names.
        things: those that are materials, components, processes, or names.
        said: those of the property that a figure's unit says by itself, as °C says temperature.
        wants_value: whether a figure is asked for. dimensions: in which it, or what is
            compared, can be stated.
        conditions: figures that the question gives. premise: what it takes for true, "" for none.
        listing: whether documents, or facts of their records, are asked for.
    """

    text: str
    kind: str
    vector: Vectors
    needs: tuple[Need, ...]
    wanted: tuple[Need, ...]
    names: tuple[Need, ...]
    things: tuple[Need, ...]
    said: tuple[Need, ...]
    wants_value: bool
    dimensions: tuple[str, ...]
    conditions: tuple[Condition, ...]
    premise: str = ""
    listing: bool = False

    @property
    def subject(self) -> tuple[Need, ...]:
        """The needs that are not what is asked for."""
        return tuple(need for need in self.needs if need not in self.wanted)


def read_question(library: Library, question: Question, listing: bool = False) -> Asked:
    """What a question asks, with the rarity of its words in a library.

    listing: whether it asks for documents, as `documents.asks_for_documents` says.
    """
    text = _without_filters(question)
    conditions = find_conditions(text)
    plain = _without(text, conditions)
    counts = library.term_counts(need_terms(plain))
    passages = max(library.counts()[1], 1)
    needs = needs_of(plain, counts, passages)
    if question.language in (None, "en"):
        needs = with_spelling(library, needs, passages)
    else:
        # What no document has is a word of the question's language, of which nothing follows.
        needs = tuple(n for n in needs if n.known and not is_foreign(n)) or needs[:1]
    needs = _with_verbs(_with_category(needs, text, question), text, question.kind)
    inside = tuple(need for need in needs if _is_asked_for(need, text, question))
    dimensions = _asked_unit(text) or _dimensions(question)
    value = question.kind == "value" or bool(_ASKS_VALUE.search(text))
    # "Which film shrinks by less than 3%?" gives the figure and asks for the thing.
    given = {c.dimension for c in question.conditions if c not in question.measured_at}
    value = value and not (given & set(dimensions) and question.kind != "value")
    places = _name_places(plain)
    return Asked(
        text=text,
        kind=question.kind,
        vector=_vector(library, question.search_text),
        needs=needs,
        wanted=inside if len(inside) < len(needs) else (),
        names=tuple(need for need in needs if need.start in places),
        things=tuple(n for n in needs if n.start in places or _is_thing(n, question)),
        said=tuple(n for n in inside if any(name & _SAID_BY_UNITS for name in n.names)),
        wants_value=value,
        dimensions=dimensions if value or question.kind == "comparison" else (),
        conditions=conditions,
        premise=question.presupposes,
        listing=listing,
    )


def _vector(library: Library, text: str) -> Vectors:
    """Of the question; zeros where the encoder cannot read it, whose cosines would be chance."""
    if library.encoder.reads(text):
        return library.encoder.encode_query(text)
    return np.zeros(library.encoder.dimension, np.float32)


def _dimensions(question: Question) -> tuple[str, ...]:
    """Dimensions in which what is asked for can be stated; none where one of them has none."""
    if not all(asked.dimensions for asked in question.properties):
        return ()
    if any("number" in asked.dimensions for asked in question.properties):
        return ()  # ratios are written without a unit, "1:1" or "twice"
    found = [name for asked in question.properties for name in asked.dimensions]
    return tuple(dict.fromkeys((*found, *(FRACTIONS if "percent" in found else ()))))


def _with_category(needs: tuple[Need, ...], text: str, question: Question) -> tuple[Need, ...]:
    """The needs, the noun behind "which" counting little: its instances answer, unlike a property.

    "Which substances are added?" is answered by a text without the word.
    """
    place = category(text)
    if not place or question.properties or _ASKS_VALUE.search(text):
        return needs
    inside = [n for n in needs if place[0] <= n.start < place[1]]
    last = [n for n in inside[-1:] if not n.material and n.typed.islower()]
    return tuple(replace(n, rarity=n.rarity * _CATEGORY_SHARE) if n in last else n for n in needs)


def _with_verbs(needs: tuple[Need, ...], text: str, kind: str) -> tuple[Need, ...]:
    """The needs, its verbs counting less: a text states the same in other words."""
    places = verbs(text) if kind not in _ABOUT_VERBS else ()
    return tuple(
        replace(n, rarity=n.rarity * _VERB_SHARE, is_verb=True) if n.start in places else n
        for n in needs
    )


def _asked_unit(text: str) -> tuple[str, ...]:
    """The dimension of a unit that the question asks for: in S/cm, how many Wh/kg."""
    for match in _UNIT.finditer(text):
        unit = read_unit(match.group(1).strip("?.,"))
        if unit:
            return (unit.dimension,)
    return ()


def _is_thing(need: Need, question: Question) -> bool:
    """Whether a need is among the materials, components and processes of the question."""
    if need.is_material:
        return True
    words = {term for entity in question.entities for term in terms(entity.typed)}
    return any(name <= words for name in need.names)


def _is_asked_for(need: Need, text: str, question: Question) -> bool:
    """Whether a need stands where the question names what it wants to know."""
    phrase = _PROPERTY.search(text) or _HOW.search(text)
    of_a_kind = category(text) and not question.properties
    if phrase and not of_a_kind and _lies_in(need, phrase):
        return True
    words = {word for asked in question.properties for word in terms(asked.words)}
    return any(name <= words for name in need.names)


def _without_filters(question: Question) -> str:
    """The completed text, the words that became filters blanked out: every place stays."""
    text = question.text
    for chip in question.chips:
        text = text[: chip.start] + " " * (chip.end - chip.start) + text[chip.end :]
    return text


def _without(question: str, conditions: tuple[Condition, ...]) -> str:
    """The question with its figures blanked out, which are compared as quantities."""
    for condition in conditions:
        size = condition.end - condition.start
        question = question[: condition.start] + " " * size + question[condition.end :]
    return question


def _lies_in(need: Need, phrase: re.Match[str]) -> bool:
    inner = phrase.span("phrase") if "phrase" in phrase.re.groupindex else phrase.span()
    return inner[0] <= need.start < inner[1]


def _name_places(question: str) -> set[int]:
    """Where figures, formulas, abbreviations and proper names stand.

    Years are dates, and capitals mean nothing where most words have one.
    """
    found = [m for m in _NAME.finditer(question) if not _YEAR.fullmatch(m.group())]
    capitals = [m for m in _CAPITALISED.finditer(question) if m.start() > 0]
    if len(capitals) * 2 < len(question.split()):
        found += capitals
    places = {m.start() for m in found}
    # A need may start at the bracket or at the word that the name stands in.
    for match in re.finditer(r"\S+", question):
        if any(match.start() <= place < match.end() for place in places):
            places.add(match.start())
    return places
