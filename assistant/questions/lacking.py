"""Questions that only lack what they are about, without pointing at it: "How much is added?"."""

from __future__ import annotations

import re

from assistant.questions.asking import proposition
from assistant.questions.reading import Reading
from assistant.questions.topics import asked_noun, topic

_THE_PROPERTY = re.compile(
    r"^(?:what|how high|how large)(?: exactly)? (?:is|was|are|were) the (?P<property>[\w -]+)$",
    re.IGNORECASE,
)
_HOW_MUCH = re.compile(
    r"^(?P<how>how (?:much|many)) (?P<rest>(?:is|are|was|were|should be|must be|can be)"
    r" (?:\w+ed|used|best|enough|optimal|too much)(?: \w+){0,2})$",
    re.IGNORECASE,
)
_NO_SUBJECT = re.compile(
    r"^(?:what (?:happens|would happen|is the effect)|is (?:more|less|\w+er)|are (?:more"
    r"|fewer)|does more|what else|which \w+ (?:is|was|are|were) used|what (?:was|is) used"
    r"|(?:what|which) (?:\w+ ){1,2}(?:is|was|are|were) (?:used|best|needed|recommended"
    r"|optimal|suitable|preferred|added|required|applied|measured|found)|how (?:is|was)"
    r" (?:measured|made|done)|which is|is there one|are there (?:any"
    r"|ones))\b",
    re.IGNORECASE,
)
_LONGEST = 160  # characters
_GERMAN = re.compile(
    r"^(?:wie|warum|wieso|was|wodurch|kann|ist) .*\b(?:das|dies|es|davon|dafür|dagegen)\b",
    re.IGNORECASE,
)


def _other_noun(body: str, last: Reading) -> str:
    """Put "what salt?" into "what solvent is used in the electrolyte?"."""
    match = re.fullmatch(r"(?:what|which) (?P<noun>[\w-]+(?: [\w-]+)?)", body, re.IGNORECASE)
    noun, _ = asked_noun(last)
    if not match or not noun or re.search(r"\b(?:is|are|was|one|ones|else|about)\b", body):
        return ""
    place = last.text.index(noun)
    return last.text[:place] + match["noun"] + last.text[place + len(noun) :]


def _context(last: Reading) -> str:
    """What the last question is about; all of it where it asks why or whether."""
    if last.kind in ("cause", "yes/no") and len(said := proposition(last)) <= _LONGEST:
        return said
    return topic(last)


def with_subject(typed: str, asked: Reading, last: Reading) -> str:
    """A question that lacks what it is about, with it: "How much is added?"; else as typed."""
    if swapped := _other_noun(asked.text, last):
        return swapped
    if (asked.entities or asked.chips) and not _NO_SUBJECT.match(asked.text):
        return typed
    if asked.entities or asked.chips:
        about_document = re.match(
            r"^is there one\b|^are there (?:any|ones)\b", asked.text, re.IGNORECASE
        )
        noun = re.search(r"\b(patent|report|document|paper)s\b", last.text, re.IGNORECASE)
        if about_document and noun:
            return re.sub(r"\b(?:one|any|ones)\b", f"a {noun[1].lower()}", typed, count=1)
    about = _context(last)
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
        return f"{match['how']} {topic(last) or about} {match['rest']}?"
    if _NO_SUBJECT.match(body):
        return f"{typed.rstrip(' ?.')} ({about})?"
    if _GERMAN.match(body):
        return f"{typed.rstrip(' ?.')} ({last.text.strip(' ?.')})?"
    return typed
