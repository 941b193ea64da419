"""What a complete question is about: the words that "it" or "why?" in the next one stand for."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.questions.chips import without
from assistant.questions.clauses import attribute
from assistant.questions.noun_phrases import full_start
from assistant.questions.openings import OPENINGS
from assistant.questions.reading import Reading, read
from assistant.questions.records import NOTHING_KNOWN
from assistant.questions.statements import ACTED_ON, DONE_TO, WHICH_DOES, statement
from assistant.questions.verbs import first_verb

AUXILIARY = (
    r"(?:do|does|did|is|are|was|were|can|could|should|would|will|has|have|had|must|may|might)"
)
_PREPOSITION = (
    r"(?:at|after|during|before|when|while|under|with|without|using|by|from|to|since|if|than|as"
    r"|upon|above|below|between|over|in|on|for|into|through|that|which|and|or|per|due|because"
    r"|within|compared|versus)"
)
_PHRASE_END = re.compile(
    rf"[?!,;:]|\.(?:\s|$)| {_PREPOSITION}\b| (?:is|are|was|were|be|been|does|do|can|should"
    rf"|has|have|will)\b",
    re.IGNORECASE,
)
_CLAUSE = re.compile(
    rf"^(?:(?:why|how|what|when|where|to what extent|by how much|how (?:much|fast|strongly"
    rf"|well|often|long|exactly)|(?:at|in|under|to|for) (?:what|which) [\w -]+?)"
    rf" )?(?P<aux>{AUXILIARY})(?:n't)? (?P<rest>.+)",
    re.IGNORECASE,
)
_HOW_ADJECTIVE = re.compile(
    rf"^how (?!often|long|much|many|fast|quickly|well)\w+ {AUXILIARY} (?P<rest>.+)", re.IGNORECASE
)
_HOW_MUCH = re.compile(r"^(?:how (?:much|many)|which|what) (?P<rest>.+)", re.IGNORECASE)
_WHAT_IS = re.compile(
    r"^(?:what|who)(?: exactly)?(?: is| are| was| were|'s) (?P<rest>.+)", re.IGNORECASE
)
_NO_START = re.compile(r"^(?:(?:all|any|some|only|there|it|that|this) )+", re.IGNORECASE)
_GENERIC = frozenset(
    "coating coatings layer layers additive additives binder material materials content"
    " film particles particle solution powder slurry cell cells foil surface electrode".split()
)


_ASKED_OF = re.compile(
    r"^(?:what|which|how many|how much) (?:(?!(?:is|are|was|were|do|does|did"
    r"|can) )[\w/-]+ ){1,4}(?:do|does|did)"
    r" (?P<rest>.+)",
    re.IGNORECASE,
)
_MEASURED_FOR = re.compile(
    r" (?:is|are|was|were)(?: \w+)? (?:for|of|with|by) (?P<rest>.+)", re.IGNORECASE
)
_MEASURED_BY = re.compile(
    r" (?:does|do|did|has|have|had|should|can|may|must) (?P<rest>.+)", re.IGNORECASE
)
_STARTS_CLAUSE = re.compile(
    rf"^(?:why|{AUXILIARY}|how (?:do|does|did|is|are|can)|what (?:do|does|did)) ", re.IGNORECASE
)
_SUBJECTS = ((_HOW_ADJECTIVE, False), (_CLAUSE, True), (_WHAT_IS, False), (_HOW_MUCH, True))
_LONGEST = 160  # characters


def topic(last: Reading) -> str:
    """The noun phrase that a question is about, with its article; "" if there is none.

    >>> from assistant.questions.records import Known
    >>> from assistant.questions.reading import read
    >>> topic(read("What is the thickness of the ceramic coating?", Known(), "publication"))
    'the ceramic coating'
    """
    added = re.sub(r"^(?:whether|why) ", "does ", context(last.text), flags=re.IGNORECASE)
    if re.match(r"(?:which|what|how|who|where|when) ", added):
        return topic(read(f"{added}?", NOTHING_KNOWN, "publication"))
    if added or len(last.compared) > 1:
        return added or " and ".join(last.compared)
    for found in _topics(last):
        if found and not _NO_TOPIC.fullmatch(found):
            return found[:_LONGEST]
    named = next((one for one in last.entities if one.kind != "party"), None)
    if named and not named.terms:
        return last.text[full_start(last.text, named.start) : named.end]
    return named.typed if named else ""


def _topics(last: Reading) -> Iterator[str]:
    """What a question may be about, the likeliest first."""
    text = without(last.text, [chip for chip in last.chips if chip.filter != "kind"]).strip()
    text = text.split(" – and ")[0]
    if said := statement(text):
        yield said.split(",")[0]
    if found := ACTED_ON.match(text):
        yield re.sub("^an? ", "the ", _phrase(found["rest"] or found["rest2"], last, verb=True))
    asked = attribute(last)
    if asked and re.match(r"(?:what|which) (?!is\b|are\b|was\b|were\b)", text, re.IGNORECASE):
        yield asked.thing
    if not _STARTS_CLAUSE.match(text):
        for one in last.properties:
            if behind := re.match(r" (?:of|for) (?P<rest>.+)", last.text[one.end :], re.IGNORECASE):
                yield _placed(behind["rest"], last)
        if last.kind == "value" and last.properties:
            yield _measured(last)
    does = WHICH_DOES.match(text)
    for pattern in () if does and " of " in does["noun"] else OPENINGS:
        if match := pattern.search(text):
            yield _phrase(match["rest"], last)
    if match := _ASKED_OF.match(text):
        yield _phrase(match["rest"], last, verb=True)
    if match := re.match(r"what [^?]*? (?:use|add|take|employ)s? as (?P<rest>[^?]+)", text, re.I):
        yield f"the {re.sub('^(?:the|an?) ', '', _phrase(match['rest'], last))}"
    if match := DONE_TO.match(text):
        yield _phrase(match["rest"], last, verb=True)
    if does:
        yield f"the {does['noun']} that {does['rest']}".rstrip(" ?.!")
    if _asks_for_things(text, last):
        yield asked_things(last)
    for pattern, verb in _SUBJECTS:
        if match := pattern.search(text):
            yield _phrase(match["rest"], last, verb=verb)
    if last.kind == "other" and not first_verb(text, [one.typed for one in last.entities]):
        yield re.sub(r"^prior art (?:for|on|about|in) ", "", text.strip(" ?.!"), flags=re.I)


_ADDED = re.compile(
    r" \((?!(?:in|at|on|for|with|under|e\.g\.|i\.e\.) |\d)(?P<context>[^()]* [^()]+(?=\))"
    r"|[a-z]{4,}(?=\))|[^()]{2,}(?=\)[?.!]*$))"
)
_NO_TOPIC = re.compile(
    rf"{AUXILIARY}\b.*|(?:it|its|that|this|they|them|these|those|there|one|ones)\b.*|\w+ed|we|you|I"
    r"|the (?:\w+ )?ones?(?: .*)?|the (?:effect|problem|mechanism|result)s?",
    re.IGNORECASE,
)


def context(text: str) -> str:
    """What an earlier completion put in brackets into a question; "" if nothing.

    >>> context("Is it stable (LFP at 60 °C)?")
    'LFP at 60 °C'
    """
    found = list(_ADDED.finditer(text))
    return found[-1]["context"] if found else ""


def _measured(last: Reading) -> str:
    """LFP of "what capacity was measured for LFP?" and of "what capacity does LFP give?"."""
    asked = last.properties[0]
    if not re.match(r"(?:what|which) (?:\w+ )*$", last.text[: asked.start], re.IGNORECASE):
        return ""
    behind = re.sub(r"^ (?:vs\.?|versus) \S+", "", last.text[asked.end :])
    match = _MEASURED_FOR.match(behind) or _MEASURED_BY.match(behind)
    return _phrase(match["rest"], last, verb=match.re is _MEASURED_BY) if match else ""


def _asks_for_things(text: str, last: Reading) -> bool:
    """Whether it begins "which coating ..."; "which temperature ..." asks for a value."""
    match = re.match(
        rf"^(?:which|what) (?!{AUXILIARY}\b|about\b|happens\b)(?P<noun>(?:[\w-]+ ){{1,4}})",
        text,
        re.IGNORECASE,
    )
    if not match or last.kind == "value":
        return False
    return not any(one.start < match.end() for one in last.properties)


def _phrase(rest: str, last: Reading, *, verb: bool = False) -> str:
    """The noun phrase at the beginning of these words."""
    rest = _NO_START.sub("", rest)
    ends = [match.start() for match in _PHRASE_END.finditer(rest)]
    if verb:
        found = first_verb(rest, [one.typed for one in last.entities])
        ends += [found.start()] if found else []
    end = min(ends, default=len(rest))
    phrase = rest[:end].strip(" ?.!")
    # "The coating" alone could be any: keep what it is on, or of.
    named = any(one.terms and one.typed in phrase for one in last.entities)
    where = re.match(r" (?:on|in|of|with|by) ", rest[end:])
    last_word = phrase.lower().split()[-1] if phrase else ""
    generic = last_word in _GENERIC and where and where.group() not in (" with ", " by ")
    bare_noun = re.fullmatch(r"(?:the|this|our) \w+", phrase) and last_word in _GENERIC
    if where and (bare_noun or (generic and not named) or last_word.endswith("ed")):
        behind = _phrase(rest[end + where.end() :], last, verb=verb)
        return f"{phrase}{where.group()}{behind}" if behind else phrase
    return phrase if len(phrase) <= _LONGEST else ""


def _placed(rest: str, last: Reading) -> str:
    """The noun phrase with where it is: "thermal runaway in NMC cells"."""
    phrase = _phrase(rest, last)
    place = re.match(r" in (?!the \w+ing\b)[^?.,;]+", rest[len(phrase) :]) if phrase else None
    if not place or not rest.startswith(phrase):
        return phrase
    where = _phrase(place.group()[4:], last)
    figures = any(one.typed in where for one in last.entities)
    return f"{phrase} in {where}" if figures and where else phrase


def asked_things(last: Reading) -> str:
    """What a question asks for, as a noun phrase: for "which of those"; "" if nothing.

    >>> from assistant.questions.records import Known
    >>> from assistant.questions.reading import read
    >>> asked_things(read("Which binders are used for anodes?", Known(), "publication"))
    'the binders used for anodes'
    """
    if len(last.compared) > 1:
        return " and ".join(last.compared)
    match = re.match(
        r"^(?:which|what|list(?: all| the)?|name(?: the| all)?|what kinds? of|show me(?:"
        r" the)?) (?P<rest>.+)$",
        last.text.strip(" ?."),
        re.IGNORECASE,
    )
    if not match:
        return topic(last)
    rest = re.sub(r"^(?:are|is|were) (?:the )?", "", match["rest"])
    verb = first_verb(rest, [one.typed for one in last.entities])
    being = re.search(r" (?:is|are|was|were) (?=\w)", rest)
    if being and (not verb or being.start() <= verb.start()):
        return f"the {rest[: being.start()]} {rest[being.end() :]}"
    if verb:
        return f"the {rest[: verb.start()]} that{rest[verb.start() :]}"
    return f"the {rest}"


def asked_noun(last: Reading) -> tuple[str, str]:
    """The noun behind "which" and what is asked of it; two empty texts if it is no such question.

    >>> from assistant.questions.records import Known
    >>> from assistant.questions.reading import read
    >>> asked_noun(read("Which coating gave the best retention?", Known(), "publication"))
    ('coating', 'gave the best retention')
    """
    match = re.match(r"^(?:which|what) (?P<rest>.+)$", last.text.strip(" ?."), re.IGNORECASE)
    rest = match["rest"] if match else ""
    verb = first_verb(rest, [one.typed for one in last.entities])
    being = re.search(r" (?:is|are|was|were) (?=\w)", rest)
    starts = [found.start() for found in (verb, being) if found]
    noun = rest[: min(starts)] if starts else ""
    if not noun or re.search(rf"\b{AUXILIARY}\b|^of\b", noun, re.IGNORECASE):
        return "", ""
    return noun, rest[min(starts) + 1 :]
