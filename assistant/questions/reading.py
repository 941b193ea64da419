"""What one text says by itself, before any conversation is looked at."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from assistant.questions.chips import find_chips
from assistant.questions.compared import compared_things, without_reference
from assistant.questions.entities import find_entities
from assistant.questions.kinds import question_kind
from assistant.questions.parties import find_parties, parties
from assistant.questions.properties import find_properties
from assistant.questions.records import Asked, Chip, Entity, Kind, Known
from index.quantities import Condition, find_conditions

# A question is read this far; what lies behind is still searched for. Reading grows with the
# square of the length, and nobody asks in longer sentences.
READ = 600
_RUN = re.compile(r"[!-~₀-₉]{65,}")
_UNDER = re.compile(
    r"(?:\b(?:at|after|under|during|over|between|from|for|within|bei|nach|unter|zwischen"
    r"|when|heated to|cooled to|charged to|of|to)|에서|で)"
    r"(?: (?:a|an|the|about|around|approximately|roughly|constant|temperatures?|voltages?"
    r"|rates?|pressures?|C-rates?|current|upper|cut-?off|storage|charge|discharge|of"
    r"|elevated|high|low|relative|cycling|in|range))* ?$",
    re.IGNORECASE,
)
_BEHIND = re.compile(r" ?(?:에서|후|의 ?온도|で|後|に|下|时|時)")
_STATES = (
    "temperature",
    "cycles",
    "C-rate",
    "time",
    "voltage",
    "pressure",
    "current",
    "current density",
    "specific current",
    "rotation",
    "scan rate",
    "frequency",
    "percent",
    "heating rate",
    "speed",
)
_TYPED_TEMPERATURE = re.compile(
    r"(?<![\w.])(-?\d{2,3}) ?(?:C|deg\.?|degrees?|°)(?! ?[CFK]\b|[\w/-]| [Cc]el| [Ff]ahr)"
)


@dataclass(frozen=True)
class Reading:
    """A text with all that was found in it. Places are characters of text, half-open."""

    text: str
    kind: Kind
    properties: tuple[Asked, ...]
    entities: tuple[Entity, ...]
    conditions: tuple[Condition, ...]
    measured_at: tuple[Condition, ...]
    chips: tuple[Chip, ...]
    compared: tuple[str, ...]


@lru_cache(maxsize=256)
def read(text: str, known: Known, basis: str) -> Reading:
    """Read a text. basis: the date that "since 2015" means."""
    # A run without blanks this long is no formula, and looking for one in it takes for ever.
    head = _RUN.sub(lambda run: " " * len(run.group()), text[:READ])
    conditions = find_conditions(head)
    chips = find_chips(head, known, basis, conditions)
    dates = [chip for chip in chips if chip.filter == "date"]
    conditions = tuple(one for one in conditions if not any(_overlap(one, chip) for chip in dates))
    kind = question_kind(without_reference(text))
    properties = tuple(
        one for one in find_properties(head) if not any(_overlap(one, c) for c in conditions)
    )
    entities = _entities(head, known, chips)
    return Reading(
        text=text,
        kind=kind,
        properties=_main_first(head, properties),
        entities=entities,
        conditions=conditions,
        measured_at=tuple(one for one in conditions if _is_circumstance(head, one)),
        chips=chips,
        compared=compared_things(head, entities, kind == "comparison"),
    )


def _overlap(
    one: Condition | Asked | Entity | Chip, other: Condition | Asked | Entity | Chip
) -> bool:
    return one.start < other.end and other.start < one.end


def _entities(text: str, known: Known, chips: tuple[Chip, ...]) -> tuple[Entity, ...]:
    mentions = find_parties(text, parties(known.parties)) if known.parties else []
    named = [Entity("party", m.typed, m.start, m.end, m.names, "party") for m in mentions]
    # "EP patents" speaks of an office, not of ethyl propionate.
    offices = [chip for chip in chips if chip.filter not in ("party", "date")]
    return tuple(
        one
        for one in find_entities(text, named)
        if not any(_overlap(one, chip) for chip in offices)
    )


_ASKS = re.compile(
    r"\b(?:what|which|how|at what|compare|list|wie|welche\w*|was)\b(?: (?:is|are|was|were"
    r"|would be|should be))?(?: the| a| an| its| their)?(?: \w+)? *$",
    re.IGNORECASE,
)


def _main_first(text: str, properties: tuple[Asked, ...]) -> tuple[Asked, ...]:
    """Those that stand right behind the asking word before the others."""
    main = [
        one
        for one in properties
        if one.words.lower().startswith(("how ", "wie "))
        or _ASKS.search(text, max(0, one.start - 50), one.start)
    ]
    # "How thick" says less than a property that is named beside it.
    return (*main, *(one for one in properties if one not in main))


def _is_circumstance(text: str, one: Condition) -> bool:
    if _BEHIND.match(text, one.end):
        return True
    before = _UNDER.search(text, max(0, one.start - 60), one.start)
    if not before or one.dimension not in _STATES:
        return False
    if before.group().lower().startswith(("of", "to")):  # "a shrinkage of 3 %" is wanted
        return (
            one.dimension in ("temperature", "voltage", "C-rate") and before.group().strip() != "of"
        )
    return True


def typed_temperatures(text: str) -> list[tuple[int, int]]:
    """Places of temperatures typed without a degree sign: "at 60C" is no C-rate of sixty."""
    return [m.span() for m in _TYPED_TEMPERATURE.finditer(text) if abs(int(m[1])) >= 20]


_WORDED_TEMPERATURE = re.compile(
    r"\b(?:(?:room|ambient|elevated|high|higher|low|lower|sub-?zero|sub-?ambient|cryogenic)"
    r"[ -]temperatures?|RT|(?<=at )ambient|room temp"
    r"|Raumtemperatur|ambient conditions|(?<=in )the (?:cold"
    r"|heat))\b(?! (?:range|stability))"
)


def worded_temperatures(text: str) -> list[tuple[int, int]]:
    """Places of temperatures in words: "room temperature", "RT", "in the cold".

    >>> worded_temperatures("retention at RT")
    [(13, 15)]
    """
    return [m.span() for m in _WORDED_TEMPERATURE.finditer(text)]
