"""Parties in questions: "by CATL", "Toyota's", "from LG Chem" where the library knows the name."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.questions.party_names import (
    ALIASES,
    LEGAL_FORMS,
    NOT_ALONE,
    TOKEN,
    WORDS_TOO,
    core_words,
)
from index.chemistry import material_terms
from index.chemistry.abbreviations import packaged_abbreviations
from index.chemistry.formulas import ELEMENTS


@dataclass(frozen=True)
class PartyMention:
    """A party that a text names. typed: text[start:end]; names: as the library has them.

    certain: whether it can mean nothing else, as initials can.
    """

    typed: str
    names: tuple[str, ...]
    start: int
    end: int
    certain: bool = True


_MOST_SECOND_WORDS = 5  # LG Chem, LG Display ... are one house; Shenzhen is a city
_INITIALS = re.compile(r"[A-Z]{3,6}")
_CAPITAL = re.compile(r"[A-Z0-9가-힣぀-ヿ一-鿿]")


class Parties:
    """The parties of a library, ready for looking up. Immutable."""

    def __init__(self, names: Iterable[str]) -> None:
        self._starts: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        self._initials: dict[str, list[str]] = {}
        for name in dict.fromkeys(names):
            words = core_words(name)
            if words:
                self._starts.setdefault(words[0], []).append((words, name))
                self._initials.setdefault(initials(words), []).append(name)
        self._known_as = {
            core_words(alias): line for line in ALIASES for alias in line if core_words(alias)
        }
        self._asian = [
            (alias, line)
            for line in ALIASES
            for alias in line
            if re.search("[가-힣぀-ヿ一-鿿]", alias)
        ]

    def at(self, text: str, start: int) -> PartyMention | None:
        """The party whose name begins at this character, by the longest name that is known."""
        tokens = list(TOKEN.finditer(text, start, start + 80))[:7]
        if not tokens or tokens[0].start() != start:
            return None
        for size in range(len(tokens), 0, -1):
            end = tokens[size - 1].end()
            if any(
                text[a.end() : b.start()].strip(" .,&-")
                for a, b in itertools.pairwise(tokens[:size])
            ):
                continue
            words = tuple(token.group().lower() for token in tokens[:size])
            names = self._names(words, text[start:end])
            if names and not re.match(r"-\w", text[end:]):
                return PartyMention(text[start:end], names, start, _with_legal_form(text, end))
        return self._by_initials(tokens[0]) or self._asian_at(text, start)

    def _by_initials(self, token: re.Match[str]) -> PartyMention | None:
        word = token.group()
        names = self._initials.get(word, []) if _INITIALS.fullmatch(word) else []
        if not names or not _stands_alone(word, []):
            return None
        return PartyMention(word, tuple(names), token.start(), token.end(), certain=False)

    def _asian_at(self, text: str, start: int) -> PartyMention | None:
        if text[start : start + 12].isascii():
            return None
        for alias, line in sorted(self._asian, key=lambda one: -len(one[0])):
            if text.startswith(alias, start) and (names := self._of_line(line)):
                return PartyMention(alias, names, start, start + len(alias))
        return None

    def _names(self, words: tuple[str, ...], typed: str) -> tuple[str, ...]:
        """Names of the library that these words mean."""
        stripped = words
        while len(stripped) > 1 and stripped[-1] in LEGAL_FORMS:
            stripped = stripped[:-1]
        line = self._known_as.get(stripped)
        capital = bool(_CAPITAL.match(typed))
        if line and (capital or " ".join(stripped) not in WORDS_TOO):
            return self._of_line(line)
        found = [
            (core, name)
            for core, name in self._starts.get(stripped[0], ())
            if core[: len(stripped)] == stripped
        ]
        if not capital:
            # "by ball milling" is no party Ball: lower case needs the whole name, of several words.
            found = [(core, name) for core, name in found if core == stripped and len(core) > 1]
        if len(stripped) == 1 and not _stands_alone(typed, [core for core, _ in found]):
            return ()
        return tuple(name for _, name in found)

    def _of_line(self, line: tuple[str, ...]) -> tuple[str, ...]:
        wanted = [core_words(alias) for alias in line]
        names = dict.fromkeys(
            name
            for words in wanted
            if words
            for core, name in self._starts.get(words[0], ())
            if core[: len(words)] == words
        )
        return tuple(names)


def initials(words: tuple[str, ...]) -> str:
    """The first letters of a name of three words or more, "" for shorter ones.

    >>> initials(("ind", "tech", "res", "inst"))
    'ITRI'
    """
    return "".join(word[0] for word in words).upper() if len(words) > 2 else ""


def _stands_alone(word: str, names: Sequence[tuple[str, ...]]) -> bool:
    """Whether one word is enough for a name: no place, no material, not the start of many names."""
    if word.lower() in NOT_ALONE or word in ELEMENTS or len(word) < 2:
        return False
    if any(packaged_abbreviations().mentions(word)) or material_terms(word):
        return False
    return len({name[1:2] for name in names}) <= _MOST_SECOND_WORDS


def _with_legal_form(text: str, end: int) -> int:
    """The end with "Co., Ltd." or the like behind the name."""
    match = re.match(
        r"(?:,? (?:Co\.?|Ltd\.?|Inc\.?|Corp\.?|GmbH|AG|LLC|KK|SE|Limited|Corporation"
        r"|Company)(?![\w]))+",
        text[end:],
    )
    end += match.end() if match else 0
    return (
        end + 1
        if re.search(r"\b(?:Co|Ltd|Inc|Corp)$", text[:end]) and text[end : end + 1] == "."
        else end
    )


@lru_cache(maxsize=8)
def parties(names: tuple[str, ...]) -> Parties:
    """The parties of these names, made once for a library."""
    return Parties(names)


_BEFORE = re.compile(
    r"(?<![\w-])(?:by|from|assigned to|owned by|applicants?:?|assignees?:?|filed by|von|der"
    r" firma)(?: the)?(?: company| applicant| firm)? (?=\S)",
    re.IGNORECASE,
)
_OF = re.compile(
    r"\b(?:patents?|applications?|documents?|publications?|filings?|inventions?|portfolio"
    r"|reports?|papers?|patente) of (?=\S)",
    re.IGNORECASE,
)
_JOINED = re.compile(r",? (?:and|or|und|oder|/) (?:by |from |von )?|, (?=[A-Z])")
_POSSESSIVE = re.compile(r"(?:'s|’s|s'|s’)(?!\w)|의(?=\s|$)|の")
_NOUN = re.compile(
    r" (?:(?:battery|US|European|Korean|Japanese|Chinese|granted|recent|own|EP|WO)"
    r" )?(?:patents?|applications?|filings|publications|portfolio|documents|family"
    r"|inventions?)\b(?! (?:law|office))",
    re.IGNORECASE,
)
_WORD_START = re.compile(r"(?<![^\W_])(?=[A-Z0-9가-힣぀-ヿ一-鿿])|(?<=[가-힣 ])(?=[가-힣])")


def find_party_filters(text: str, known: Parties) -> list[tuple[int, int, list[PartyMention]]]:
    """Places whose words certainly limit to parties, with the parties of each.

    >>> known = parties(("CONTEMPORARY AMPEREX TECHNOLOGY CO LTD", "Toyota Motor Corp"))
    >>> [(s, e, m[0].names) for s, e, m in find_party_filters("LFP by CATL, by weight", known)]
    [(4, 11, ('CONTEMPORARY AMPEREX TECHNOLOGY CO LTD',))]
    """
    found: list[tuple[int, int, list[PartyMention]]] = []
    for pattern in (_BEFORE, _OF):
        for match in pattern.finditer(text):
            named = _list_at(text, match.end(), known)
            if named:
                start = match.start() if pattern is _BEFORE else match.end() - len("of ")
                end = named[-1].end
                if possessive := _POSSESSIVE.match(text, end):
                    end = possessive.end()
                found.append((start, end, named))
    for mention in find_parties(text, known):
        if any(start < mention.end and mention.start < end for start, end, _ in found):
            continue
        if not mention.certain:
            continue
        possessive = _POSSESSIVE.match(text, mention.end)
        if possessive or _NOUN.match(text, mention.end):
            found.append(
                (mention.start, possessive.end() if possessive else mention.end, [mention])
            )
    return sorted(found, key=lambda one: one[0])


def _list_at(text: str, start: int, known: Parties) -> list[PartyMention]:
    named: list[PartyMention] = []
    while (mention := known.at(text, start)) and mention.certain:
        named.append(mention)
        joined = _JOINED.match(text, mention.end)
        if not joined:
            break
        start = joined.end()
    return named


def find_parties(text: str, known: Parties) -> list[PartyMention]:
    """All places that name a known party in capitals, whatever the words around them."""
    found: list[PartyMention] = []
    for match in _WORD_START.finditer(text):
        if found and match.start() < found[-1].end:
            continue
        if mention := known.at(text, match.start()):
            found.append(mention)
    return found
