"""What a complete question asks for or states, as words for the next question to use."""

from __future__ import annotations

import re

from assistant.questions.clauses import attribute, measured_phrase
from assistant.questions.reading import Reading
from assistant.questions.topics import AUXILIARY, context, topic
from assistant.questions.verbs import first_verb

_TOLD = re.compile(
    r"(?:explain|describe|discuss|tell me|show me) (?:how|why|when|whether|about) ", re.IGNORECASE
)


def proposition(last: Reading) -> str:
    """What a question says or asks, as a phrase: for "why is that?".

    >>> from assistant.questions.records import Known
    >>> from assistant.questions.reading import read
    >>> proposition(read("Does washing lower the capacity?", Known(), "publication"))
    'washing lower the capacity'
    """
    if added := context(last.text):
        return added
    text = last.text.strip(" ?.!")
    if told := _TOLD.match(text):
        return text[told.end() :]
    if match := re.match(
        rf"^why (?:{AUXILIARY}) (?P<rest>.+)|^(?:how(?: \w+)?|by how much|to what extent|(?:at|in"
        rf"|under|to|for) (?:what|which) [\w -]+?)? ?(?:is|are|was|were|do|does|did)"
        rf" (?P<clause>.+)",
        text,
        re.IGNORECASE,
    ):
        return match["rest"] or match["clause"]
    if match := re.match(
        r"^(?:what|which|who) (?:is|are|was|were|causes?|explains?) (?P<rest>.+)",
        text,
        re.IGNORECASE,
    ):
        return match["rest"]
    if match := re.match(rf"^{AUXILIARY} (?P<rest>.+)", text, re.IGNORECASE):
        return match["rest"]
    if re.match(r"(?:how|what|which|who|when|where)\b", text, re.IGNORECASE) and topic(last):
        return topic(last)
    return text[:1].lower() + text[1:] if text[1:2].islower() else text


def asked_again(last: Reading, word: str) -> str:
    """The last question with another asking word: "Why?" after "Does X improve Y?".

    >>> from assistant.questions.records import Known
    >>> from assistant.questions.reading import read
    >>> asked_again(read("What is the capacity of LFP at 60 °C?", Known(), "publication"), "Why")
    'What explains the capacity of LFP at 60 °C?'
    """
    text = last.text.strip()
    ending = "" if text.endswith(("?", ".", "!")) else "?"
    inverted = re.match(
        rf"^(?:why |{'how (?:[a-z]+ )?' if word.lower() != 'why' else 'how '}|when |where "
        rf"|by how much |to what extent |(?:at|in|under|to|for|with|on) (?:what|which)"
        rf" [\w -]+? )?(?P<rest>{AUXILIARY}(?:n't)? (?:.+))",
        text,
        re.IGNORECASE,
    )
    if inverted:
        rest = inverted["rest"]
        return f"{word} {rest[:1].lower()}{rest[1:]}{ending}"
    if word.lower() == "how many" and (
        listed := re.match(
            r"^(?:which|what|list|show(?: me)?|find(?: me)?|name|give me)(?: all| the| any"
            r"| some)* (?P<rest>.+)",
            text,
            re.IGNORECASE,
        )
    ):
        verb = "" if re.match("which|what", text, re.IGNORECASE) else " are there"
        return f"How many {listed['rest'].rstrip('?.! ')}{verb}?"
    what = re.match(r"^what (?:is|are|was|were) (?P<rest>.+)", text, re.IGNORECASE)
    if what and word.lower() == "why":
        return f"What explains {what['rest']}{ending}"
    if re.search(r"[^\x00-\u024f]", text):
        return f"{word} {text}"
    return f"{word}: {text}"


_BASES = {"gave": "give", "took": "take", "kept": "keep", "held": "hold", "had": "have"}
_BASES |= {"fell": "fall", "rose": "rise", "grew": "grow", "became": "become", "got": "get"}
_PAST = re.compile(rf"(?:{'|'.join(_BASES)})\b", re.IGNORECASE)


def asked_of(phrase: str, last: Reading) -> str:
    """Whether one thing is among those that are asked for: PVDF behind "which binders suit it?".

    >>> from assistant.questions.records import Known
    >>> from assistant.questions.reading import read
    >>> asked_of("PVDF", read("Which binders are used for anodes?", Known(), "publication"))
    'Is PVDF used for anodes?'
    """
    match = re.match(r"^(?:which|what) (?P<rest>.+)$", last.text.strip(" ?."), re.IGNORECASE)
    rest = match["rest"] if match else ""
    being = re.search(r" (?:is|are|was|were) (?=\w)", rest)
    if being:
        return f"Is {phrase} {rest[being.end() :]}?"
    verb = first_verb(rest, [one.typed for one in last.entities])
    past = _PAST.match(rest[verb.start() + 1 :]) if verb else None
    if verb and past:
        base = _BASES[past.group().lower()]
        return f"Did {phrase} {base}{rest[verb.start() + 1 + past.end() :]}?"
    if verb and not verb.group().endswith(("ed", "s")):
        return f"Does {phrase}{rest[verb.start() :]}?"
    return ""


def subject(last: Reading, without_dimensions: frozenset[str]) -> str:
    """The asked value as a phrase: "the retention of LFP at 60 °C"; "" where none is asked for.

    without_dimensions: of circumstances to leave out, because the next question has its own.

    >>> from assistant.questions.records import Known
    >>> from assistant.questions.reading import read
    >>> last = read("What is the retention of LFP at 60 °C?", Known(), "publication")
    >>> subject(last, frozenset({"temperature"}))
    'the retention of LFP'
    """
    match = re.match(r"^what (?:is|are|was|were) (?=the )", last.text, re.IGNORECASE)
    if not match or not last.properties or last.kind != "value":
        asked = attribute(last)
        return f"the {asked.words} of {asked.thing}" if asked else measured_phrase(last)
    text = last.text
    for one in reversed(last.measured_at):
        if one.dimension in without_dimensions:
            before = re.search(
                r" (?:at|after|under|during|for|with|between|from|in) (?:[\w-]+ ){0,3}$",
                text[: one.start],
            )
            text = text[: before.start() if before else one.start] + text[one.end :]
    return text[match.end() :].strip(" ?.!")
