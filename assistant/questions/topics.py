"""What a complete question is about: the words that "it" or "why?" in the next one stand for."""

from __future__ import annotations

import re

from assistant.questions.chips import without
from assistant.questions.reading import Reading
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
_DOCS = (
    r"(?:patents?|documents?|reports?|papers?|publications?|applications?|filings?|studies"
    r"|references?|disclosures?)"
)
_ABOUT = (
    r"(?:(?:that |which |who |do |we )?(?:describe|disclose|cover|claim|mention|discuss"
    r"|teach|report|use|are about|is about|deal with|concern|concerning|regarding|relate to"
    r"|relating to"
    r"|describing|disclosing|mentioning|discussing|teaching|covering|claiming|using|about"
    r"|on|for|with|contain|containing|have on|have about|address|focus on|study|investigate"
    r"|propose|speak of)s?)"
)
_OPENINGS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"^(?:which|what|how many|list|show|find|name|give|get|search|any|are there|is"
        rf" there|do any|do we have|who)\b[^?]*?\b{_DOCS}\b[^?]*?\b{_ABOUT} (?P<rest>.+)",
        r"\b(?:effect|effects|influence|impact|role|purpose|function|cause|causes|reason"
        r"|reasons|meaning|definition|advantages?|disadvantages?|benefits?|drawbacks?"
        r"|mechanism|difference) (?:of|for|behind) (?:using |adding )?(?P<rest>.+)",
        r"^(?:what|which) (?:\w+ )?(?:causes?|leads? to|affects?|limits?|determines?"
        r"|explains?|influences?|prevents?|improves?|increases?|reduces?|triggers?)"
        r" (?P<rest>.+)",
    )
)
_CLAUSE = re.compile(
    rf"^(?:(?:why|how|what|when|where|to what extent|by how much|how (?:much|fast|strongly"
    rf"|well|often|long|exactly)|(?:at|in|under|to|for) (?:what|which) [\w -]+?)"
    rf" )?(?P<aux>{AUXILIARY})(?:n't)? (?P<rest>.+)",
    re.IGNORECASE,
)
_HOW_ADJECTIVE = re.compile(rf"^how (?:\w+) {AUXILIARY} (?P<rest>.+)", re.IGNORECASE)
_HOW_MUCH = re.compile(r"^(?:how (?:much|many)|which|what) (?P<rest>.+)", re.IGNORECASE)
_WHAT_IS = re.compile(
    r"^(?:what|who)(?: exactly)?(?: is| are| was| were|'s) (?P<rest>.+)", re.IGNORECASE
)
_NO_START = re.compile(r"^(?:(?:all|any|some|only|there|it|that|this) )+", re.IGNORECASE)
_GENERIC = frozenset(
    "coating coatings layer layers additive additives binder material materials content"
    " film particles particle solution powder slurry cell cells foil surface electrode".split()
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
    if len(last.compared) > 1:
        return " and ".join(last.compared)
    text = without(last.text, [chip for chip in last.chips if chip.filter != "kind"]).strip()
    if not _STARTS_CLAUSE.match(text):
        for one in last.properties:
            if behind := re.match(r" (?:of|for) (?P<rest>.+)", last.text[one.end :], re.IGNORECASE):
                return _phrase(behind["rest"], last)
        if last.kind == "value" and last.properties and (found := _measured(last)):
            return found
    for pattern in _OPENINGS:
        if match := pattern.search(text):
            return _phrase(match["rest"], last)
    if _asks_for_things(text, last):
        return asked_things(last)[:_LONGEST]
    for pattern, verb in _SUBJECTS:
        if (match := pattern.search(text)) and (found := _phrase(match["rest"], last, verb=verb)):
            return found
    return last.entities[0].typed if last.entities else ""


def _measured(last: Reading) -> str:
    """LFP of "what capacity was measured for LFP?" and of "what capacity does LFP give?"."""
    asked = last.properties[0]
    if not re.match(r"(?:what|which) (?:\w+ )*$", last.text[: asked.start], re.IGNORECASE):
        return ""
    behind = last.text[asked.end :]
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
    if where and ((generic and not named) or last_word.endswith("ed")):
        behind = _phrase(rest[end + where.end() :], last, verb=verb)
        return f"{phrase}{where.group()}{behind}" if behind else phrase
    return phrase if len(phrase) <= _LONGEST else ""


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
    return (rest[: min(starts)], rest[min(starts) + 1 :]) if starts else ("", "")
