"""The last question about another thing: what is its subject, or has the asked attribute, goes."""

from __future__ import annotations

import re

from assistant.questions.clauses import attribute
from assistant.questions.entities import find_entities
from assistant.questions.noun_phrases import STOP
from assistant.questions.placing import beside, edited
from assistant.questions.properties import looks_like_property
from assistant.questions.reading import Reading
from assistant.questions.swaps import ARTICLE
from assistant.questions.topics import topic

_ASIAN = re.compile("[가-힣぀-ヿ一-鿿]")
_NAME = re.compile(r"(?<![\w-])[A-Za-z]*[A-Z]\w*\d\w*(?![\w-])")


def whole_thing(phrase: str, preposition: str, last: Reading) -> str:
    """Another thing that has the asked attribute: "and that of the anode?"; "" if none has."""
    asked = attribute(last)
    if not asked or not re.match(r"(?:the|our) ", phrase):
        return ""
    head = re.escape(phrase.split()[-1].rstrip("s"))
    same = re.search(rf"\b{head}s?$", asked.thing)
    if preposition not in ("", "for", "of") and not same:
        return ""
    new = {one.group for one in find_entities(phrase)}
    old = {one.group for one in find_entities(asked.thing)}
    start = last.text.find(asked.thing)
    if start < 0 or not (same or new & old):
        return ""
    place = re.search(r" (?:in|on|for) (?=\S)", asked.thing)
    if (
        place
        and not same
        and not new & {e.group for e in find_entities(asked.thing[: place.start()])}
    ):
        start += place.end()  # "CNT in the cathode": only where it is changes
        thing = asked.thing[place.end() :]
    else:
        thing = asked.thing
    held = re.search(r" (?:at|after|under|during|when|per|between|from) .*", thing)
    end = start + (held.start() if held else len(thing))
    return edited(last.text, start, end, phrase)


def other_subject(phrase: str, last: Reading) -> str:
    """Another subject: "and the pad?" behind "how much does the sheet weigh?"; "" elsewhere."""
    about = topic(last)
    asks = re.match(
        r"how [a-z]+ (?:do|does|did|is|are|was|were|can) (?=the |an? )", last.text, re.I
    )
    if not asks or not re.match(r"(?:the|an?) ", phrase) or not about:
        return ""
    end = asks.end() + len(about)
    return (
        f"{last.text[: asks.end()]}{phrase}{last.text[end:]}"
        if (last.text[asks.end() : end] == about and not looks_like_property(about))
        else ""
    )


def for_topic(phrase: str, last: Reading) -> str:
    """The last question about something else; with it behind where nothing stands for it."""
    bare = ARTICLE.sub("", phrase)
    about = topic(last)
    if not about or about not in last.text or looks_like_property(about):
        return beside(last.text, phrase)
    known = [one for one in last.entities if one.terms]
    if _ASIAN.search(bare) and not find_entities(bare):
        return beside(last.text, bare)
    # One of several things, or one of which nothing is known: it cannot be told which.
    if any(one.typed in about for one in known) and len({one.typed for one in last.entities}) > 1:
        return beside(last.text, phrase)
    start = last.text.index(about)
    names = list(_NAME.finditer(about))
    if len(names) == 1 and _NAME.fullmatch(bare):  # PC6 in "a PC5 monolayer"
        return edited(last.text, start + names[0].start(), start + names[0].end(), bare)
    cut = re.match(r" ([a-z]+)", last.text[start + len(about) :])
    if re.match("what (?:is|are) ", last.text, re.I) and cut and cut[1] not in STOP:
        return beside(last.text, phrase)  # a noun that reads like a verb: "phase change wax"
    leading = ARTICLE.match(about)
    start += leading.end() if leading else 0
    new = bare if leading else phrase
    return edited(last.text, start, last.text.index(about) + len(about), new)
