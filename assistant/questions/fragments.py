"""Follow-ups without a verb: "and at 60 °C?", "what about PVDF?", put into the last question."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from assistant.questions.alike import alike, same_head, topmost
from assistant.questions.asking import proposition
from assistant.questions.figures import dosed, has_temperature, phrase_start, with_condition
from assistant.questions.placing import appended, beside, edited, place_entity
from assistant.questions.properties import find_properties, looks_like_property
from assistant.questions.reading import Reading, typed_temperatures, worded_temperatures
from assistant.questions.records import Chip
from assistant.questions.slots import (
    circumstances,
    is_property,
    ones,
    same_slot,
    unclear,
    with_property,
)
from assistant.questions.subjects import for_topic, other_subject, whole_thing
from assistant.questions.swaps import ARTICLE, swapped
from assistant.questions.topics import topic

_PREPOSITION = re.compile(
    r"^(?P<p>at|for|with|without|in|on|of|after|before|during|under|using|from|by|as|to"
    r"|through|along|across|into|onto|via|against|inside|over|below|above|between|per|about"
    r"|regarding|concerning|versus|vs\.?|bei|für|mit"
    r"|ohne|nach|unter|im|in|von) (?=\S)",
    re.IGNORECASE,
)
_COMPARES = re.compile(r"compare the (?P<old>[\w -]+?) of ", re.IGNORECASE)
_OF_PROPERTIES = tuple(" of for in about regarding concerning".split(" "))
_COMPARATIVE = re.compile(
    r"(?:much |even |far )?(?:higher|lower|thicker|thinner|larger|smaller|longer|shorter"
    r"|faster|slower|hotter|colder|too (?:high|low|thick|thin|long|short|hot))",
    re.IGNORECASE,
)
_TRAILING_PARTICLES = re.compile(r"(?:에서는|에서|은|는|이|가|도|では|は|も|で|呢)$")


@dataclass(frozen=True)
class Fragment:
    """A follow-up without its opening words and end mark, and what it says."""

    words: str
    reading: Reading
    instead: bool = False  # the reader said so


def fill(fragment: Fragment, last: Reading, read_again: Callable[[str], Reading]) -> str:
    """The last question with the fragment put where it belongs.

    read_again: reads a text as the conversation's texts are read.
    """
    if changed := swapped(fragment.words, last):
        return changed
    if (whole := dosed(fragment.words, fragment.reading)) and not {
        one.dimension for one in last.conditions
    } & whole:
        add = appended if _PREPOSITION.match(fragment.words) else beside
        return add(last.text, fragment.words)
    rest = fragment.words
    for chip in sorted(fragment.reading.chips, key=lambda one: -one.start):
        rest = f"{rest[: chip.start]} {rest[chip.end :]}"
    now = last
    for chip in fragment.reading.chips:
        now = read_again(_with_chip(now, chip, fragment.words))
    places = [(one.start, one.end, one.dimension) for one in fragment.reading.conditions]
    places += [
        (a, b, "temperature")
        for find in (typed_temperatures, worded_temperatures)
        for a, b in find(fragment.words)
        if has_temperature(last)
    ]
    phrases = [(phrase_start(fragment.words, a), a, b, d) for a, b, d in places]
    for start, value, end, dimension in phrases:
        now = read_again(
            with_condition(now, fragment.words[start:end], fragment.words[value:end], dimension)
        )
        rest = rest.replace(fragment.words[start:end], " ", 1)
    rest = _tidy(rest)
    said = set(re.findall(r"[^\W\d_]+", last.text.lower()))
    if (phrases or fragment.reading.chips) and set(rest.lower().split()) <= said:
        return now.text  # "pressed" of "pressed at 40 MPa" stands there already
    the_one = bool(re.match(r"(?:that|those|the ones?) (?!of\b|for\b)", fragment.words, re.I))
    return _with_rest(rest, now, fragment.instead or the_one) if rest else now.text


def _tidy(rest: str) -> str:
    rest = " ".join(rest.split()).strip(" ,;")
    rest = re.sub(
        r"^(?:that|those|the one|the ones) (?=of\b|for\b|in\b|with\b)",
        "",
        rest,
        flags=re.IGNORECASE,
    )
    rest = re.sub(
        r"^(?:(?:and|or|only|just|but|the ones?|those|ones?|any(?:thing)?|show me"
        r"|some|und|nur)\b *)+",
        "",
        rest,
        flags=re.IGNORECASE,
    )
    rest = re.sub(r"(?:^| )(?:only|and|then|instead)$|^ones?$", "", rest)
    rest = _TRAILING_PARTICLES.sub("", rest) if not rest.isascii() else rest
    return (
        ""
        if re.fullmatch(
            r"(?:the|a|an|at|in|for|by|with|of|only|one|ones|mit|bei|für|im|published|filed"
            r"|stored|heated|cycled|charged|discharged|measured|tested|kept|operated|cooled"
            r"|aged)?",
            rest.strip(),
            re.IGNORECASE,
        )
        else rest.strip()
    )


_ONE_KIND = {"patent": "patents", "report": "reports"}


def _with_chip(last: Reading, chip: Chip, words: str) -> str:
    said = words[chip.start : chip.end].strip()
    text = last.text
    if chip.filter == "kind":
        noun = _ONE_KIND[chip.value]
        for old in (one for one in last.chips if one.filter == "kind"):
            written = text[old.start : old.end]
            swapped = re.sub(
                r"\b(?:patents?|reports?)\b(?: applications| publications)?",
                noun,
                written,
                flags=re.IGNORECASE,
            )
            return edited(text, old.start, old.end, swapped)
        if generic := re.search(r"\b(?:documents|papers|publications|references)\b", text):
            return edited(text, generic.start(), generic.end(), noun)
        said = "in patents" if chip.value == "patent" else "in our reports"
    if chip.filter == "country":
        said = (
            f"in"
            f" {said if said.lower().endswith(('patents', 'applications')) else said + ' patents'}"
        )
        if kind := next(
            (
                one
                for one in last.chips
                if one.filter == "kind" and text[one.start : one.end].lower() == "patents"
            ),
            None,
        ):
            text = edited(text, kind.start, kind.end, said.removeprefix("in "))
            return _cut(text, [one for one in last.chips if one.filter == "country"])
    if chip.filter == "party" and not re.match(
        r"(?:by|from|of|assigned|owned|filed|von)\b", said, re.IGNORECASE
    ):
        said = f"by {re.sub(r'(?:s?[’]s|의|の)$', '', re.sub(chr(39) + 's$', '', said))}"
    return appended(_cut(text, [one for one in last.chips if one.filter == chip.filter]), said)


def _cut(text: str, chips: list[Chip]) -> str:
    for chip in sorted(chips, key=lambda one: -one.start):
        text = f"{text[: chip.start].rstrip()} {text[chip.end :].lstrip()}"
    return re.sub(r" +(?=[?.!,])", "", " ".join(text.split()))


def _with_rest(rest: str, last: Reading, instead: bool) -> str:
    """Words that are neither figures nor filters: a property, a thing, or unknown."""
    match = _PREPOSITION.match(rest)
    preposition = match["p"].lower() if match else ""
    phrase = rest[match.end() :] if match else rest
    bare = ARTICLE.sub("", phrase)
    if rest.lower() in ("with", "without"):
        return beside(last.text, rest)
    if re.match(r"(?:if|when|while|unless|because)\b", rest):
        return appended(last.text, rest)
    if asked := _another_question(phrase, bare, preposition, last):
        return asked
    if placed := same_head(phrase, preposition, last):
        return placed
    if preposition in _OF_PROPERTIES and is_property(phrase, last):
        return with_property(bare, last)
    if placed := alike(phrase, preposition, last, instead=instead):
        return placed
    if whole := whole_thing(phrase, preposition, last):
        return whole
    if not preposition and (changed := other_subject(phrase, last)):
        return changed
    if placed := same_slot(phrase, preposition, last) or place_entity(phrase, preposition, last):
        return placed
    if not preposition and unclear(phrase, last):
        return beside(last.text, phrase)
    return (
        for_topic(phrase, last) if preposition in ("", "for", "of") else appended(last.text, rest)
    )


def _another_question(phrase: str, bare: str, preposition: str, last: Reading) -> str:
    """Words that ask for something else than the last question: "higher?", "the adhesion of X?"."""
    if _COMPARATIVE.fullmatch(bare):
        if last.text.lower().startswith("what is"):
            return f"What happens if {proposition(last)} is {bare}?"
        if about := topic(last):
            return f"What happens if {about} is {bare}?"
        return appended(last.text, f"if it is {bare}")
    if changed := topmost(phrase, last.text):
        return changed
    if placed := ones(bare, preposition, last):
        return placed
    if not preposition and (asked := _asked_first(bare)):
        return with_property(asked, last)
    of = re.match(r"(?P<property>.+?) (?:of|for|in) (?P<thing>.+)", bare)
    if not preposition and of and looks_like_property(of["property"]):
        return f"What is the {bare}{circumstances(last)}?"
    if preposition and len(last.compared) > 1 and looks_like_property(bare):
        respect = re.search(rf"\b{preposition} (?P<old>(?:[\w-]+ ?){{1,3}})(?=[?.]|$)", last.text)
        if respect:
            return edited(last.text, *respect.span("old"), bare)
    if kind := re.fullmatch(r"(?P<thing>[^ ]+) (?:version|variant|type|grade|counterpart)s?", bare):
        return place_entity(kind["thing"], "", last) or beside(last.text, phrase)
    if not preposition and (compares := _COMPARES.match(last.text)) and looks_like_property(bare):
        return edited(last.text, *compares.span("old"), bare)
    return ""


def _asked_first(bare: str) -> str:
    """A property with what it is against: "average voltage vs Li"; "" if it is something else."""
    found = find_properties(bare)
    match = re.fullmatch(r"(?P<words>[\w -]+?) (?:vs\.?|versus|against|relative to) \S.*", bare)
    return bare if match and found and found[0].end == match.end("words") else ""
