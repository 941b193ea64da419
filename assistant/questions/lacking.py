"""Questions that only lack what they are about, without pointing at it: "How much is added?"."""

from __future__ import annotations

import re

from assistant.questions.among import DOCUMENTS, documents_of
from assistant.questions.asking import proposition
from assistant.questions.reading import Reading
from assistant.questions.relational import ends_with_it, lacks_complement
from assistant.questions.topics import asked_noun, topic
from assistant.questions.verbs import first_verb

_THE_PROPERTY = re.compile(
    r"^(?:what|how high|how large)(?: exactly)?(?:'s| is| was| are| were) the"
    r" (?P<property>[\w -]+)$",
    re.IGNORECASE,
)
_HOW_MUCH = re.compile(
    r"^(?P<how>how (?:much|many)) (?P<rest>(?:is|are|was|were|should be|must be|can be)"
    r" (?:\w+ed|used|best|enough|optimal|too much)(?: \w+){0,2})$",
    re.IGNORECASE,
)
_NO_SUBJECT = re.compile(
    r"^(?:what (?:happen(?:s|ed)|would happen|is the effect)|is (?:more|less|\w+er)|are (?:more"
    r"|fewer)|does more|what else|how (?:is|was) (?:measured|made|done)|which is|is there one"
    r"|are there (?:any|ones))\b"
    r"|^(?:(?:what|which) (?:\w+ ){0,3}(?:is|are|was|were) (?:used|best|needed|recommended"
    r"|optimal|suitable|preferred|added|required|applied|measured|found|chosen|tested|acceptable"
    r"|enough|sufficient|typical|usual|safe|possible|allowed|tolerable|tolerated|ideal|critical"
    r"|realistic|common|normal|right|advisable)|what"
    r" (?:was|is) used)(?: \w+){0,3}$",
    re.IGNORECASE,
)
_ASKS_NOUN = re.compile(
    r"(?:what|which|why|how (?:much|many)|whose)(?P<noun>(?: (?!is\b|are\b|was\b|were\b|do\b|does\b"
    r"|did\b|can\b|has\b|have\b|about\b|if\b|else\b|not\b)[\w/-]+){1,4})",
    re.IGNORECASE,
)
_ARTICLE = re.compile(r"^(?:the|an?) ", re.IGNORECASE)
_HELPS = re.compile(
    r"(?:how|why) (?:do|does|did|can|could|would|should) (?:[\w/-]+ ){1,5}(?:help|contribute|matter"
    r"|interfere|counteract)$",
    re.IGNORECASE,
)
_THERE = re.compile(
    r"(?P<is>(?:is|are) there) (?:one|any|ones)\b"
    r"(?= (?:from|by|since|in|before|after|with|for|on)\b|[ ?.]*$)",
    re.IGNORECASE,
)
_NO_MODIFIER = (
    r"what|which|why|how|is|are|was|were|do|does|did|can|could|has|have|the|an?|of|for|in|on"
    r"|with|by"
    r"|to|from|at|and|or|that|after|before|under|during|much|many|\w+ed"
)
_LONGEST = 160  # characters
_WORDS = 9  # a question with more of them says what it is about
_GERMAN = re.compile(
    r"^(?:wie|warum|wieso|was|wodurch|kann|ist) .*\b(?:das|dies|es|davon|dafür|dagegen)\b",
    re.IGNORECASE,
)


def _other_noun(body: str, last: Reading) -> str:
    """Put "what salt?" into "what solvent is used in the electrolyte?"."""
    match = re.fullmatch(r"(?:what|which) (?P<noun>[\w-]+(?: [\w-]+)?)", body, re.IGNORECASE)
    noun, _ = asked_noun(last)
    if (
        not match
        or not noun
        or re.search(r"\b(?:is|are|was|one|ones|else|about|happens?|happened)\b", body)
    ):
        return ""
    place = last.text.index(noun)
    return last.text[:place] + match["noun"] + last.text[place + len(noun) :]


def _context(last: Reading) -> str:
    """What the last question is about; all of it where it asks why or whether."""
    if last.kind in ("cause", "yes/no") and len(said := proposition(last)) <= _LONGEST:
        return said
    return topic(last)


def _elliptic(asked: Reading) -> bool:
    """Whether it is an asking word with a noun and no verb: "what burr height?", "why LiFSI?"."""
    match = _ASKS_NOUN.fullmatch(asked.text)
    return bool(match) and not first_verb(f"x {match['noun']}" if match else "", ())


def _modified(asked: Reading, last: Reading) -> str:
    """The last question's full name of "the shell": "a particle with a Mn-rich shell"."""
    of_it = re.match(r"(?:does|do|is|are|can|did|was|were) the [a-z]+ ", asked.text, re.IGNORECASE)
    if (any(one.terms for one in asked.entities) and not of_it) or len(asked.text.split()) > _WORDS:
        return ""
    for match in re.finditer(
        r"\bthe (?P<noun>[a-z]{4,})\b(?! (?:of|for|in|on|with)\b)", asked.text
    ):
        if re.fullmatch(DOCUMENTS, match["noun"]):
            continue
        full = re.search(
            rf"\b(?:the |an? )?(?:(?!(?:{_NO_MODIFIER})\b)[\w/-]+ ){{1,4}}{match['noun']}\b",
            last.text,
        )
        if full and len(full.group().split()) > 1 and full.group() != match.group():
            about = topic(last)
            place = last.text.find(about) if about else -1
            start = place if 0 <= place < full.start() else full.start()
            return last.text[start : full.end()]
    return ""


def _with_complement(typed: str, last: Reading) -> str:
    """Put what the last question is about behind "who is the assignee?"."""
    about = topic(last) if ends_with_it(typed) else _context(last)
    if not about or about.lower() in typed.lower():
        return typed
    body = typed.rstrip(" ?.!")
    return f"{body} of {about}?" if ends_with_it(typed) else f"{body} ({about})?"


def with_subject(typed: str, asked: Reading, last: Reading) -> str:
    """A question that lacks what it is about, with it: "How much is added?"; else as typed."""
    if swapped := _other_noun(asked.text, last):
        return swapped
    if _elliptic(asked):
        return f"{typed.rstrip(' ?.!')} ({_context(last)})?" if _context(last) else typed
    if full := _modified(asked, last):
        return f"{typed.rstrip(' ?.!')} ({full})?"
    if there := _THERE.match(asked.text):
        documents = documents_of(last).removeprefix("the ")
        return f"{there['is']} any {documents}{typed.rstrip(' ?.!')[there.end() :]}?"
    if lacks_complement(asked) or _HELPS.match(asked.text):
        return _with_complement(typed, last)
    named = any(one.terms for one in asked.entities) or len(asked.text.split()) > _WORDS
    if (asked.entities or asked.chips) and (named or not _NO_SUBJECT.match(asked.text)):
        return typed
    happened = re.match(r"what happen", typed, re.IGNORECASE)
    about = proposition(last)[:_LONGEST] if happened else _context(last)
    if not about or about.lower() in typed.lower():
        return typed
    body = asked.text
    if (
        (match := _THE_PROPERTY.match(body))
        and asked.properties
        and " of " not in body
        and asked.properties[-1].end == len(body)
    ):
        return f"What is the {match['property']} of {topic(last) or about}?"
    if match := _HOW_MUCH.match(body):
        return f"{match['how']} {_ARTICLE.sub('', topic(last) or about)} {match['rest']}?"
    if _NO_SUBJECT.match(body):
        return f"{typed.rstrip(' ?.')} ({about})?"
    if _GERMAN.match(body):
        return f"{typed.rstrip(' ?.')} ({last.text.strip(' ?.')})?"
    return typed
