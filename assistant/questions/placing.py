"""Put a thing, or any words, into a question where one of its kind stands, or behind it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.questions.asking import asked_of
from assistant.questions.entities import find_entities
from assistant.questions.noun_phrases import full_start
from assistant.questions.reading import Reading
from assistant.questions.records import Entity
from assistant.questions.verbs import is_verb

_ARTICLE = re.compile(r"^(?:the|a|an|der|die|das|den|dem) ", re.IGNORECASE)
_BEFORE_FIGURE = re.compile(
    r"\b(?:at|after|under|during|over|between|from|for|within|with|in|to|of|below|above|bei"
    r"|nach|unter|zwischen|mit)(?: (?:a|an|the|about|around|only|temperatures?(?: of)?"
    r"|rates? of|voltages? of))* $",
    re.IGNORECASE,
)
_VOWEL = re.compile(r"8|11(?!\d)|18(?!\d)|[aeio]|un(?!i)")
_IMPERATIVE = re.compile(
    r"(?:list|show|find|give|compare|name|describe|explain|summari[sz]e|tell|search|define)\b",
    re.IGNORECASE,
)
_ASIAN = re.compile("[가-힣぀-ヿ一-鿿]")


@dataclass(frozen=True)
class _Cluster:
    """Things that stand side by side and are one noun phrase: "silicon anodes"."""

    entities: tuple[Entity, ...]

    @property
    def start(self) -> int:
        return self.entities[0].start

    @property
    def end(self) -> int:
        return self.entities[-1].end

    @property
    def groups(self) -> frozenset[str]:
        return frozenset(one.group for one in self.entities)


def edited(text: str, start: int, end: int, words: str) -> str:
    """The text with text[start:end] replaced; an article is not doubled.

    >>> edited("Is LFP safe?", 3, 6, "NCM")
    'Is NCM safe?'
    """
    if _ARTICLE.match(words) and re.search(
        r"\b(?:the|a|an|our|this|its) $", text[:start], re.IGNORECASE
    ):
        words = _ARTICLE.sub("", words)
    first, rest = words.partition(" ")[0], words.partition(" ")[2]
    if rest and re.search(rf"(?<!\w){re.escape(first)} $", text[:start], re.IGNORECASE):
        words = rest  # "report" of "report R-022" stands there already
    if article := re.search(r"\b(an?) $", text[:start]):
        new = "an" if _VOWEL.match(words) else "a"
        if re.match(r"\d|[a-z]{2}", words) and new != article[1]:
            return f"{text[: article.start()]}{new} {words}{text[end:]}"
    following = re.match(r" (\w+)", text[end:])
    if following and words.lower().endswith(f" {following[1].lower()}"):
        end += following.end()  # "cell" of "the LCO cell" stands there already
    return f"{text[:start]}{words}{text[end:]}"


def appended(text: str, words: str) -> str:
    """The text with words behind it, before its end mark; before it where verbs come last.

    >>> appended("Is LFP safe?", "at 60 °C")
    'Is LFP safe at 60 °C?'
    """
    if len(_ASIAN.findall(text)) > len(text) / 4:
        return f"{words} {text}"
    if re.match(r"[A-Z][a-z]+ ", words) and not find_entities(words.split()[0]):
        words = words[:1].lower() + words[1:]
    body = text.rstrip(" ?.!")
    ending = "" if _IMPERATIVE.match(body) else "?"
    return f"{body} {words.strip()}{text[len(body) :].strip() or ending}"


def beside(text: str, words: str) -> str:
    """The text with words whose place in it cannot be told; the last such words are replaced.

    >>> beside(beside("Is LFP safe?", "the foil"), "the can")
    'Is LFP safe – and the can?'
    """
    kept = re.sub(r" – and [^–?]*", "", text)
    if _ASIAN.search(text):
        return f"{kept} – {words}"
    body = kept.rstrip(" ?.!")
    return f"{body} – and {words}{'' if _IMPERATIVE.match(body) else '?'}"


def preposition_before(text: str, start: int) -> int | None:
    """Where the preposition before a figure begins; None if there is none."""
    match = _BEFORE_FIGURE.search(text, max(0, start - 40), start)
    return match.start() if match else None


def _clusters(text: str, entities: tuple[Entity, ...]) -> list[_Cluster]:
    found: list[list[Entity]] = []
    for one in entities:
        if found and re.fullmatch(r"[\s\-–/]{0,2}", text[found[-1][-1].end : one.start]):
            found[-1].append(one)
        else:
            found.append([one])
    return [_Cluster(tuple(group)) for group in found]


_ASKED_FOR = re.compile(
    r"^(?:which|what|welche[nrsm]?)(?: kinds? of| types? of)? (?:\w+ )?$", re.IGNORECASE
)
_ONLY_OF = re.compile(r"\b(?:of|for|is|are|does|do|about) (?:the |a |an )?$", re.IGNORECASE)
_REPLACING = ("", "for", "of", "about", "regarding", "für", "von", "bei")
_DOCUMENTS = ("party", "number", "document")


def place_entity(phrase: str, preposition: str, last: Reading) -> str:
    """The last question with the thing that a phrase names; "" if it names none or has no place."""
    named = _clusters(phrase, find_entities(phrase))
    if not named:
        return ""
    new = named[-1] if len(named) == 1 else None
    groups = new.groups if new else frozenset(g for one in named for g in one.groups)
    clusters = _clusters(last.text, last.entities)
    asked = [
        one
        for one in clusters
        if _ASKED_FOR.search(last.text[: one.start]) and not one.entities[-1].terms
    ]
    if preposition in _REPLACING and any(one.groups & groups for one in asked):
        return asked_of(phrase, last) or beside(last.text, phrase)
    if asked and len(clusters) == len(asked) and preposition in _REPLACING:
        return asked_of(phrase, last) or beside(last.text, phrase)
    clusters = [one for one in clusters if one not in asked] or clusters
    if len(last.compared) > 1 and preposition in _REPLACING:
        return _into_comparison(phrase, last)
    alike = [one for one in clusters if one.groups & groups]
    if alike:
        return _instead(
            max(alike, key=lambda one: len(one.groups & groups)), groups, phrase, last.text
        )
    kinds = {one.kind for cluster in named for one in cluster.entities}
    same_kind = [one for one in clusters if kinds & {e.kind for e in one.entities}]
    others = [one for one in clusters if one.entities[0].kind not in _DOCUMENTS]
    if preposition in _REPLACING and len(same_kind) == 1:
        return _instead(same_kind[0], groups, phrase, last.text)
    about_it = others and _ONLY_OF.search(last.text[: others[0].start])
    if preposition in ("", "of") and len(others) == 1 and about_it:
        return edited(last.text, others[0].start, others[0].end, phrase)
    if not preposition:
        return beside(last.text, phrase)
    if preposition == "of":
        return ""
    return appended(last.text, f"{preposition} {phrase}")


def _instead(old: _Cluster, groups: frozenset[str], phrase: str, text: str) -> str:
    """Replace a noun phrase, or only the part of it that is alike: graphite for silicon anodes."""
    part = [one for one in old.entities if one.group in groups]
    if part and groups == {"electrode"} and re.fullmatch(r"the \w+", phrase):
        start = old.start  # "the anode" is no LFP anode
        if lead := re.search(r"\b(?:the|an?) $", text[:start], re.IGNORECASE):
            start = lead.start()
        return f"{text[:start]}{phrase}{text[old.end :]}"
    kinds = {one.kind for one in find_entities(phrase)}
    alone = [one for one in old.entities if one.kind in kinds]
    if not part and len(alone) == 1 and len(old.entities) > 1:  # PP for the PE of "PE separator"
        return edited(text, alone[0].start, alone[0].end, _ARTICLE.sub("", phrase))
    if part and groups < old.groups and len(part) == 1:
        return edited(text, part[0].start, part[0].end, _ARTICLE.sub("", phrase))
    start = old.start
    new_article = _ARTICLE.match(phrase)
    if new_article:  # "the anode" for the layer of "a barium titanate layer"
        start = full_start(text, start)
    before = re.search(
        r"\b(?:the|an?|der|des|die|das|dem|den) (?P<word>[\w-]+ )?$", text[:start], re.IGNORECASE
    )
    if (
        before
        and before["word"]
        and (not new_article or (is_verb(before["word"]) and not before["word"].endswith("ed ")))
    ):
        before = None
    if before and (
        new_article or not before.group().lower().startswith(("the ", "de", "di", "da"))
    ):
        start = before.start()
    return edited(text, start, old.end, phrase)


def _into_comparison(phrase: str, last: Reading) -> str:
    thing = last.compared[-1]
    place = last.text.rfind(thing)
    return (
        edited(last.text, place, place + len(thing), f"{thing} and {_ARTICLE.sub('', phrase)}")
        if place >= 0
        else ""
    )
