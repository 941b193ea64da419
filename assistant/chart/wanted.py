"""What a limitation asks of a reference: words by rarity, materials, figures, negations."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from assistant.answers.needs import need_terms, needs_of
from assistant.chart.items import CLAIMING, Item, items_of
from assistant.claims.records import Limitation
from index.analysis import query_terms, terms
from index.encoder import Vectors
from index.quantities import Condition, find_conditions

_ABBREVIATED = re.compile(r"((?:[\w-]+\s+){1,6})\(([A-Z][A-Za-z-]{0,8}[A-Z])s?\)")
_OTHER_CLAIM = re.compile(
    r"\b(?:any (?:one )?of )?claims?\s+\d+(?:\s*(?:to|or|and|,|-|–)\s*\d+)*", re.IGNORECASE
)
_NUMERAL = re.compile(r"\(\d+[a-z]?(?:, ?\d+[a-z]?)*\)")
_NEGATED = re.compile(
    r"\b(?:not|no|without|free (?:of|from)|\w+-free|devoid of|absen(?:t|ce)|exclud\w+|except"
    r"|neither|nor|never|non-\w+|lack\w*|substantially free|does not|do not|cannot|omit\w*)\b",
    re.IGNORECASE,
)
_EITHER = re.compile(
    r"[\s,;]*(?:(?:or|preferably|more preferably|even|still|most|further|optionally)\b[\s,]*)*"
    r"(?:(?:a temperature|an amount|an? \w+|at|in|of|from|between|about|range)\b[\s,]*)*",
    re.IGNORECASE,
)
_OR = re.compile(r"\b(?:or|preferably)\b", re.IGNORECASE)
_CONTEXT_SHARE = 0.5  # of the rarity of a subject's words that counts
_PAIR_REACH = 3


@dataclass(frozen=True)
class Wanted:
    """A limitation made ready.

    Attributes:
        text: its subject, where it does not name it, and its words.
        items: the words and materials that it says; figures left out.
        conditions: its figures; of each tuple, one is enough ("from 5 to 40 or from 10 to 25 wt%").
        pairs: neighbouring terms of it, which say what belongs to what.
        negated: whether it says that something is not there.
        vector: of the text, (dimension,).
    """

    limitation: Limitation
    text: str
    items: tuple[Item, ...]
    conditions: tuple[tuple[Condition, ...], ...]
    pairs: frozenset[tuple[str, str]]
    negated: bool
    vector: Vectors


def wording(limitation: Limitation) -> str:
    """The text of a limitation with its subject in front."""
    return f"{limitation.subject} {limitation.text}".strip()


def wanted_terms(limitation: Limitation) -> list[str]:
    """The terms whose counts `wanted` needs."""
    return need_terms(_plain(wording(limitation)))


def wanted(
    limitation: Limitation,
    counts: Mapping[str, int],
    passages: int,
    vector: Vectors,
    abbreviated: Mapping[str, str],
) -> Wanted:
    """A limitation made ready.

    counts: of `wanted_terms` in passages. vector: of its wording. abbreviated: what the claim's
    abbreviations stand for.
    """
    text = wording(limitation)
    needs = needs_of(_plain(text), counts, passages)
    return Wanted(
        limitation,
        text,
        _with_context(items_of(text, needs, abbreviated), len(limitation.subject)),
        _alternatives(text),
        pairs_of(text),
        negates(limitation.text),
        vector,
    )


def _with_context(items: tuple[Item, ...], end: int) -> tuple[Item, ...]:
    """The items, those of the subject in front (up to `end`) as context, which counts less."""
    return tuple(
        replace(item, rarity=item.rarity * _CONTEXT_SHARE, exact=False)
        if item.start < end
        else item
        for item in items
    )


def abbreviations_of(limitations: Sequence[Limitation]) -> dict[str, str]:
    """Abbreviations that a claim explains: "a user equipment (UE)" gives UE its name."""
    found = {}
    for limitation in limitations:
        for _, _, name, short in _explained(limitation.text):
            found[short] = name
    return found


def _explained(text: str) -> Iterator[tuple[int, int, str, str]]:
    """Start, end and name of abbreviations that stand behind their names."""
    for match in _ABBREVIATED.finditer(text):
        words, letters = match[1].split(), [c.lower() for c in match[2] if c.isalpha()]
        name = words[-len(letters) :]
        initials = [part[0].lower() for word in name for part in re.findall(r"\w+", word)]
        if letters[0] in initials and letters[-1] in initials:
            yield match.start(2), match.end(2), " ".join(name), match[2]


def negates(text: str) -> bool:
    """Whether a text says that something is not there or not so.

    >>> negates("wherein the layer is free of binder"), negates("a layer with a binder")
    (True, False)
    """
    return _NEGATED.search(text) is not None


def pairs_of(text: str) -> frozenset[tuple[str, str]]:
    """Terms that stand near each other, in order, stop words and claim words left out."""
    kept = set(query_terms(text)) - CLAIMING
    said = [term for term in terms(text) if term in kept]
    return frozenset(
        (one, other)
        for place, one in enumerate(said)
        for other in said[place + 1 : place + _PAIR_REACH]
        if one != other
    )


def _plain(text: str) -> str:
    """The text with blanks for quantities, explained abbreviations, and what only refers."""
    gone = [(start, end) for start, end, _, _ in _explained(text)]
    gone += [m.span() for pattern in (_NUMERAL, _OTHER_CLAIM) for m in pattern.finditer(text)]
    for start, end in gone:
        text = f"{text[:start]}{' ' * (end - start)}{text[end:]}"
    return _without_figures(text)


def _alternatives(text: str) -> tuple[tuple[Condition, ...], ...]:
    """The figures of a text, those of one dimension that are parted by "or" as one."""
    found: list[tuple[Condition, ...]] = []
    for condition in find_conditions(text):
        last = found[-1][-1] if found else None
        between = text[last.end : condition.start] if last else ""
        either = _EITHER.fullmatch(between) and _OR.search(between + text[condition.end :][:60])
        if last and last.dimension == condition.dimension and either:
            found[-1] = (*found[-1], condition)
        else:
            found.append((condition,))
    # "from 2 to 80, from 5 to 40, or from 10 to 25 wt%": the commas part alternatives too.
    return tuple(found)


def _without_figures(text: str) -> str:
    """The text with blanks for its quantities, which are compared by value."""
    for condition in find_conditions(text):
        size = condition.end - condition.start
        text = text[: condition.start] + " " * size + text[condition.end :]
    return text
