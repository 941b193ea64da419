"""How a question is worded: verbs, which a text replaces freely, and the noun after "which"."""

from __future__ import annotations

import re

_WORD = re.compile(r"[^\W\d_]+(?:[-'][^\W\d_]+)*|\d\S*|[?.,;]")
_DO = frozenset("do does did can could may might should shall must will would".split())
_BE = frozenset("is are was were be been being".split())
_LINKS = frozenset(
    "of in on at to for from by with between as into onto over under during after before per via"
    " without within than when while if that which and or through across against above below"
    " about around along near using".split()
)
_LIMITS = frozenset("the a an its their this these those all both each any no more less".split())
# Verbs that say little; where one of them is the question's, no other word is.
_LIGHT = frozenset(
    "have show use contain give reach keep need make say get find serve achieve exhibit provide"
    " deliver take become comprise include possess require cost state claim disclose".split()
)
_NOUN_ENDINGS = ("tion", "sion", "ity", "ness", "ment", "ance", "ence", "ism", "age", "ure", "cy")


def verbs(question: str) -> frozenset[int]:
    """Where the verbs of an English question start that its form gives away.

    A document may state the same with another verb, but seldom with another noun.

    >>> text = "How many cycles did the vertical transistors withstand at 60 °C?"
    >>> [text[start:start + 9] for start in verbs(text)]
    ['withstand']
    >>> text = "At which temperature was the ampoule annealed to grow black phosphorus?"
    >>> sorted(text[start:start + 4] for start in verbs(text))
    ['anne', 'grow']
    """
    words = [(m.group().casefold(), m.start()) for m in _WORD.finditer(question)]
    found: set[int] = set()
    helped = passive = False
    for place, (word, start) in enumerate(words):
        before = words[place - 1][0] if place else ""
        after = words[place + 1][0] if place + 1 < len(words) else "?"
        ends = after in "?.,;" or after in _LINKS
        led = before in _LIMITS or before in _LINKS
        if word in _DO:
            helped = not any(w in _LIGHT for w, _ in words[place:])
        elif word in _BE:
            passive = True
        elif not word.isalpha() or len(word) < 3 or word.endswith(_NOUN_ENDINGS):
            continue
        elif before == "to" and not word.endswith(("ing", "s")) and (after in _LIMITS or not ends):
            found.add(start)
        elif helped and not led and before not in _DO and (after in _LIMITS or ends):
            found.add(start)
            helped = False
        elif passive and word.endswith("ed") and not led and ends:
            found.add(start)
    return frozenset(found)


def category(question: str) -> tuple[int, int] | None:
    """Where the noun phrase behind "which" or "what" stands, if things of its kind are asked for.

    >>> for text in ("Which lithium salts are added?", "Which hormone regulates the sleep cycle?",
    ...     "What is the capacity?"):
    ...     place = category(text)
    ...     print(place and text[place[0]:place[1]])
    lithium salts
    hormone
    None
    """
    asks = _ASKS.search(question)
    if not asks:
        return None
    words = list(_WORD.finditer(question, asks.end()))
    if not words or words[0].group().casefold() in _BE | _DO | _LINKS | _LIMITS:
        return None
    ends = 0
    for place, match in enumerate(words):
        word = match.group().casefold()
        if word in _BE | _DO | _HAVE | _LINKS or word in "?.,;":
            break
        if place and (word in _LIMITS or word.endswith("ed")):
            break
        ends = place
    helped = words[ends + 1].group().casefold() if ends + 1 < len(words) else "?"
    if helped not in _BE | _DO | _HAVE and ends:
        # The verb is among the words: the first that looks like one, or else the second word.
        like = [i for i in range(1, ends + 1) if re.search(r"[^s]s$|ed$", words[i].group())]
        ends = (like[0] if like else 1) - 1
    return words[0].start(), words[ends].end()


_ASKS = re.compile(
    r"^\W*(?:(?:at|in|to|by|from|for|on|with|under|below|above|of)\s+)?(?:what|which)\s+",
    re.IGNORECASE,
)
_HAVE = frozenset("has have had".split())
