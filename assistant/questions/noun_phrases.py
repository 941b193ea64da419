"""Noun phrases in a question: what stands behind a preposition, and what stands before a noun."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.questions.entities import find_entities
from assistant.questions.verbs import is_verb

PREPOSITIONS = (
    "through along across into onto via against inside within beside of for in on from with by"
    " under over between at after before during per as without using to around near"
).split()


STOP = frozenset(
    (
        *PREPOSITIONS,
        *(
            "what which why how when where who whose is are was were be been do does did can could"
            " should would will must may might has have had and or than that the a an our its their"
            " this these those not if when while because compare list show find there it they we"
        ).split(),
    )
)


ARTICLE = re.compile(r"^(?:the|an?) ", re.IGNORECASE)


TOKEN = re.compile(r"[^\s?,;:!()]+")


LONGEST = 5  # words of a phrase without its article


@dataclass(frozen=True)
class Phrase:
    """A noun phrase in a text: article, words before the head, head. start, end: half-open."""

    article: str
    words: tuple[str, ...]
    start: int
    end: int


def phrase_at(text: str, start: int) -> Phrase | None:
    """The noun phrase that begins here."""
    article = ARTICLE.match(text[start:])
    place = start + (article.end() if article else 0)
    words: list[str] = []
    end = place
    for token in TOKEN.finditer(text, place):
        gap = text[end : token.start()]
        word = token.group()
        verb = is_verb(word) and words and not word.endswith("ed") and not is_named(word)
        if word.lower() in STOP or verb or (words and gap != " ") or len(words) == LONGEST:
            break
        words.append(word.rstrip("."))
        end = token.start() + len(words[-1])
    if not words:
        return None
    return Phrase(article.group().strip() if article else "", tuple(words), start, end)


def is_named(word: str) -> bool:
    """Whether a word is a known thing."""
    return bool(find_entities(word))


def phrases_behind(preposition: str, text: str) -> list[Phrase]:
    """The noun phrases behind a preposition, without those that hold figures."""
    found = (
        phrase_at(text, match.end())
        for match in re.finditer(rf"\b{preposition} (?=\S)", text, re.IGNORECASE)
    )
    return [one for one in found if one and not re.match(r"[-–]?\d", one.words[0])]


def noun_phrase(noun: str, text: str) -> str:
    """The words before a noun in a text, with it; "" where it does not stand there.

    >>> noun_phrase("fibre", "Who coats separators with electrospun PVDF fibres?")
    'electrospun PVDF fibres'
    """
    words = noun.split()
    match = re.search(rf"(?<![\w-]){re.escape(noun)}s?(?![\w-])", text, re.IGNORECASE)
    if not match or not words:
        return ""
    start = match.start()
    for token in reversed(list(TOKEN.finditer(text[: match.start()]))):
        word = token.group()
        if text[token.end() : start] != " " or word.lower() in STOP or is_verb(word):
            break
        start = token.start()
    return text[start : match.end()]


def full_start(text: str, start: int) -> int:
    """Where the words before a noun begin that are one phrase with it, without the article.

    >>> full_start("Does the barium titanate layer crack?", 25)
    9
    """
    for token in reversed(list(TOKEN.finditer(text[:start]))):
        word = token.group()
        single = text[token.end() : start] == " " and word.lower() not in STOP
        if not single or is_verb(word) or re.match(r"[-–]?\d", word):
            break
        start = token.start()
    return start
