"""Follow-ups that change one word of the last question: another unit, "X instead of Y"."""

from __future__ import annotations

import re

from assistant.questions.placing import appended, edited
from assistant.questions.properties import find_properties, looks_like_property
from assistant.questions.reading import Reading
from assistant.questions.topics import topic
from index.quantities import read_unit

_INSTEAD = re.compile(
    r"^(?:(?:with|using|for|by|in|of|and) )?(?P<new>.+?),? (?:instead of|rather than|in"
    r" place of|not|statt|anstatt|anstelle von) (?P<old>.+?)$",
    re.IGNORECASE,
)
_REPLACED = re.compile(
    r"^(?:replace|swap|change) (?P<old>.+?) (?:with|by|for|to) (?P<new>.+?)$", re.IGNORECASE
)
ARTICLE = re.compile(r"^(?:the|a|an|its|their|der|die|das|den|dem) ", re.IGNORECASE)
_BARE_NUMBER = re.compile(
    r"^(?:(?P<p>at|after|for|with|to|up to|over|during|nach|bei) )?(?:only |about |around"
    r" )?(?P<n>-?\d[\d.,]*)$",
    re.IGNORECASE,
)
_IN_UNIT = re.compile(r"\bin (?P<unit>[^\s?,]+)", re.IGNORECASE)
_OTHER = re.compile(
    r"^(?:at |under |in )?(?:an? |the )?(?P<np>(?:(?:much |even )?(?:higher|lower|elevated"
    r"|room|ambient|low|high|different|other|sub-?zero|smaller|larger|faster|slower|longer"
    r"|shorter)) [\w -]+|RT|room temperature)$",
    re.IGNORECASE,
)


def swapped(words: str, last: Reading) -> str:
    """The last question with one word or number changed as the words say; "" if they do not.

    >>> from assistant.questions.records import Known
    >>> from assistant.questions.reading import read
    >>> swapped("NCA instead of LFP", read("Is LFP safe?", Known(), "publication"))
    'Is NCA safe?'
    """
    ways = (
        _superlative,
        _participle,
        _claims,
        _year,
        _thing,
        _numbered,
        _bare_number,
        _other_state,
        _unit,
        _owned,
    )
    return next((text for way in ways if (text := way(words, last))), "")


_SUPERLATIVE = re.compile(
    r"\b(?:(?:most|least) \w+|best|worst|(?:high|low|larg|small|thick|thin|fast|slow|new|old|cheap"
    r"|saf|short|long|early|great|strong|weak|earli|lat)est)\b",
    re.IGNORECASE,
)


def _superlative(words: str, last: Reading) -> str:
    """The other end: "and the lowest?" behind "which has the highest ...?"."""
    old = _SUPERLATIVE.search(last.text)
    new = _SUPERLATIVE.fullmatch(ARTICLE.sub("", words))
    return edited(last.text, *old.span(), new.group()) if old and new else ""


_DONE = re.compile(r"\b(?:is|are|was|were|be|been)\b.*\b(?P<done>[a-z]{3,}ed)\b")


def _participle(words: str, last: Reading) -> str:
    """Another thing done: "and discharged?" behind "at what rate was it charged?"."""
    old = _DONE.search(last.text)
    new = re.fullmatch(r"(?:when )?(?P<done>[a-z]{3,}ed)", words)
    return edited(last.text, *old.span("done"), new["done"]) if old and new else ""


def _claims(words: str, last: Reading) -> str:
    """Other claims: "and the dependent claims?" behind "does claim 1 require ...?"."""
    old = re.search(r"\bclaim \d+\b", last.text, re.IGNORECASE)
    new = re.fullmatch(r"(?:the )?(?:other |(?:in)?dependent |method |product )+claims?", words)
    return edited(last.text, *old.span(), words) if old and new else ""


def _year(words: str, last: Reading) -> str:
    """Another year: "and the ones from 2021?" behind "the cells from the 2019 trial"."""
    new = re.fullmatch(
        r"(?:(?:the|that|those|ones?|in|from|of|for) )*(?P<year>(?:19|20)\d\d)(?: ones?)?", words
    )
    old = re.search(r"\bthe (?P<year>(?:19|20)\d\d) [a-z]", last.text)
    return edited(last.text, *old.span("year"), new["year"]) if old and new else ""


def _thing(words: str, last: Reading) -> str:
    match = _INSTEAD.match(words) or _REPLACED.match(words)
    if not match:
        return ""
    old = ARTICLE.sub("", match["old"].strip())
    place = last.text.lower().find(old.lower())
    if place < 0:
        return ""
    return edited(last.text, place, place + len(old), ARTICLE.sub("", match["new"].strip()))


def _numbered(words: str, last: Reading) -> str:
    """The same with another number: "and claim 2?" behind "what does claim 1 cover?"."""
    match = re.fullmatch(r"(?:(?:in|for|of) )?(?P<noun>[A-Za-z]{3,}) (?P<n>\d+\w?)", words)
    if not match or match["noun"].lower() == "after":
        return ""
    old = re.search(rf"\b{match['noun']} (\d+\w?)\b", last.text, re.IGNORECASE)
    return edited(last.text, *old.span(1), match["n"]) if old else ""


def _is_unit(written: str) -> bool:
    return read_unit(written) is not None


def _unit(words: str, last: Reading) -> str:
    """Another unit: "in mol%?" behind "in wt%"."""
    match = _IN_UNIT.fullmatch(words)
    if not match or not _is_unit(match["unit"]):
        return ""
    for old in _IN_UNIT.finditer(last.text):
        if _is_unit(old["unit"]):
            return edited(last.text, old.start("unit"), old.end("unit"), match["unit"])
    return appended(last.text, words)


def _owned(words: str, last: Reading) -> str:
    """What the subject has: "and its independent claims?", where no property is meant."""
    match = re.fullmatch(r"(?:its|their) (?P<rest>.+)", words, re.IGNORECASE)
    about = topic(last)
    if not match or not about or looks_like_property(match["rest"]):
        return ""
    place = last.text.find(about)
    if re.match(r"(?:when|where|is|are|was|does|did|do|has|can)\b", last.text, re.I) and place > 0:
        return f"{last.text[:place]}the {match['rest']} of {last.text[place:]}"
    return f"What {'are' if match['rest'].endswith('s') else 'is'} the {match['rest']} of {about}?"


def _bare_number(words: str, last: Reading) -> str:
    """Another number of the same unit: "and after 1000?" behind "after 500 cycles"."""
    match = _BARE_NUMBER.match(words)
    if not match:
        return ""
    fitting = [
        one
        for one in last.conditions
        if not match["p"]
        or re.search(rf"\b{match['p']}\b[\w -]{{0,20}}$", last.text[: one.start], re.IGNORECASE)
    ]
    fitting = fitting or (list(last.conditions) if not match["p"] else [])
    for one in reversed(fitting):
        written = last.text[one.start : one.end]
        number = re.search(r"-?\d[\d.,]*", written)
        if number:
            start = one.start + number.start()
            return edited(last.text, start, start + len(number.group()), match["n"].rstrip(".,"))
    return ""


def _other_state(words: str, last: Reading) -> str:
    """A circumstance in words: "at higher temperatures?" behind "at 60 °C"."""
    match = _OTHER.match(words)
    if not match:
        return ""
    named = find_properties(match["np"])
    dimension = (
        "temperature" if match["np"].upper() == "RT" else named[-1].dimension if named else None
    )
    for one in last.measured_at:
        if one.dimension == dimension:
            return edited(last.text, one.start, one.end, match["np"])
    return ""
