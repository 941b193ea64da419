"""Put the figure of a follow-up where one of its kind stands: "and at 60 °C?"."""

from __future__ import annotations

import re
from collections.abc import Callable

from assistant.questions.placing import appended, beside, edited, preposition_before
from assistant.questions.reading import Reading, typed_temperatures, worded_temperatures


def under_other_figures(body: str, last: Reading, read_again: Callable[[str], Reading]) -> str:
    """The last question under "if we go up to 1.6 V"; "" where it has no figure of that kind."""
    if not re.match(r"(?:if|when|once) ", body, re.IGNORECASE):
        return ""
    found = read_again(body).conditions
    here = {one.dimension for one in last.conditions}
    if not found or any(one.dimension not in here for one in found):
        return ""
    now = last
    for one in found:
        value = body[one.start : one.end]
        now = read_again(with_condition(now, value, value, one.dimension))
    return now.text


def dosed(words: str, reading: Reading) -> frozenset[str]:
    """The dimension of "with 10 % germanium", a figure and its noun; empty if it is no such."""
    figures = reading.conditions
    if len(figures) != 1 or reading.chips:
        return frozenset()
    before, behind = words[: figures[0].start], words[figures[0].end :]
    measured = re.fullmatch(
        r"(?:(?:with|in|of|using|without) )?(?:only |about |an? )?", before, re.I
    )
    named = re.match(r" (?!of\b|for\b|at\b|in\b)[A-Za-z]", behind)
    return frozenset({figures[0].dimension}) if measured and named else frozenset()


def phrase_start(words: str, start: int) -> int:
    """Where the preposition before a figure begins."""
    before = preposition_before(words, start)
    return start if before is None else before


def has_temperature(last: Reading) -> bool:
    """Whether a question says at which temperature, in figures or in words."""
    said = any(one.dimension == "temperature" for one in last.conditions)
    return said or bool(typed_temperatures(last.text) or worded_temperatures(last.text))


def with_condition(last: Reading, phrase: str, value: str, dimension: str) -> str:
    """The last question with a figure for the one of that dimension, or behind it."""
    same = [(one.start, one.end) for one in last.conditions if one.dimension == dimension]
    under = [(one.start, one.end) for one in last.measured_at if one.dimension == dimension]
    if dimension == "temperature" and not same:
        same = typed_temperatures(last.text) or worded_temperatures(last.text)
    places = under or same
    if not places:
        bare = phrase == value and last.kind != "other"
        return beside(last.text, phrase) if bare else appended(last.text, phrase)
    start, end = places[-1]
    before = preposition_before(last.text, start)
    noun = re.match(
        r" (?!(?:and|or|with|at|in|for|after|of|to|by|on|than)\b)[a-z]", last.text[end:]
    )
    kept = (
        last.text[start - 3 : start] == "at "
        and value[0] in "-–0123456789"
        and re.match("(?:with|for|in|to) ", phrase)
    )
    if before is not None and phrase != value and not noun and not kept:
        return edited(last.text, before, end, phrase)
    return edited(last.text, start, end, value)
