"""Who does what to whom: directions of comparison, and sides of a verb."""

from __future__ import annotations

import re
from itertools import combinations

from assistant.gate.lexicon import content_words
from assistant.gate.reading import Reading

_DIRECTIONS = {
    word: (axis, sign)
    for axis, up, down in (
        ("quantity",
         "increas\\w* ris(?:e|es|en|ing) rose rais\\w+ grow\\w* grew higher high highest more"
         " most greater"
         " larger largest gain\\w* elevated upward exceed\\w* bigger up doubl\\w+ tripl\\w+"
         " outperform\\w*"
         " surpass\\w* superior maximum",
         "decreas\\w* fall\\w* fell drop\\w* declin\\w* reduc\\w+ lower\\w* low lowest less"
         " least fewer"
         " smaller smallest downward diminish\\w* shr[iau]nk\\w* halv\\w+ down los[est]\\w*"
         " inferior minimum"),
        ("quality", "better best improv\\w+ enhanc\\w+ good",
         "worse worst worsen\\w* deteriorat\\w+ degrad\\w+ bad poor\\w*"),
        ("place", "above top upper over outside outer", "below bottom under beneath inside inner"),
        ("time", "after later following follow\\w* subsequent\\w*",
         "before earlier prior preced\\w+ previous\\w*"),
        ("speed", "fast\\w* quick\\w* rapid\\w* accelerat\\w+ shorter short shorten\\w*",
         "slow\\w* delay\\w* longer long lengthen\\w*"),
        ("thickness", "thick\\w*", "thin\\w*"),
        ("strength", "strong\\w*", "weak\\w*"),
        ("heat", "hot\\w* warm\\w* heat\\w*", "cold\\w* cool\\w*"),
    )
    for sign, words in ((1, up), (-1, down))
    for word in words.split()
}  # fmt: skip
_DIRECTION = re.compile(
    "|".join(
        rf"(?P<d{i}>\b(?:{word})\b)" for i, word in enumerate(sorted(_DIRECTIONS, key=len)[::-1])
    ),
    re.IGNORECASE,
)
_ORDERED = sorted(_DIRECTIONS, key=len)[::-1]
_PIVOT = re.compile(
    r"\b(?:than|against|versus|vs|before|after|into|from|to|instead of|rather than"
    r"|compared (?:with|to)"
    r"|relative to|over|unlike|by|whereas|while|but|of|with|in|on|\w{3,}ed|rose|fell|grew|gave"
    r"|held|kept|led|made"
    r"|took|met|cost|costs|needs|melts?|feeds?|forms?|reacts?|replaces?|exceeds?|precedes?|follows?"
    r"|causes?|improves?|reduces?|increases?|decreases?|consumes?|produces?|protects?|dissolves?"
    r"|covers?|contains?|prevents?|removes?|absorbs?|attacks?|limits?|raises?|lowers?)\b",
    re.IGNORECASE,
)
_NOUNLIKE = re.compile(r"of|with|in|on|to|from|by", re.IGNORECASE)
_SPAN = re.compile(r"(?:after|before) (?:the (?:first|last) )?[\d-]", re.IGNORECASE)
_PASSIVE = re.compile(
    r"\b(?:is|are|was|were|be|been|being)\b(?: \w+){0,2} \w+(?:ed|en|wn|ght|lt|id|pt|de|ut"
    r"|ng) by\b",
    re.IGNORECASE,
)
_COMPARES = re.compile(
    r"\b(?:than|compared (?:with|to)|versus|vs|against|relative to|outperform\w*|surpass\w*"
    r"|superior|inferior)\b", re.IGNORECASE
)  # fmt: skip

Token = tuple[str, int]


def turned_roles(sentence: Reading, part: Reading) -> str | None:
    """How the sentence turns a direction, or exchanges the sides; None if it does not.

    >>> from assistant.gate.reading import read
    >>> turned_roles(read("The capacity rose."), read("The capacity fell."))
    "'rose' says the opposite of the quote"
    >>> turned_roles(read("Zinc replaces tin."), read("Tin replaces zinc."))
    'the sentence exchanges what stands on the two sides in the quote'
    """
    return (
        _directions(sentence.text, part.text)
        or _compared(sentence, part)
        or _sides(sentence, part)
        or _materials(sentence, part)
        or _alternatives(sentence, part)
    )


def _directions(sentence: str, part: str) -> str | None:
    given = _found(part)
    for word, axis, sign, place in _found(sentence):
        same = [g for g in given if g[1] == axis and g[2] == sign]
        other = [g for g in given if g[1] == axis and g[2] != sign]
        if not same and other:
            return f"{word!r} says the opposite of the quote"
        if not same and re.match(r"after \d", sentence[place:], re.IGNORECASE):
            continue  # "after 200 cycles" of a column headed "200 cycles"
        if not same:
            return f"the quote does not say {word!r}"
        about = _near(sentence, place)
        overlap = max(
            len(about & _near(part, g[3])) + 2 * (g[0].lower() == word.lower()) for g in same
        )
        if other and overlap < max(len(about & _near(part, g[3])) for g in other):
            return f"{word!r} is said of something else in the quote"
        if other and not overlap:
            return f"{word!r} is said of something else in the quote"
    if _COMPARES.search(sentence) and not _COMPARES.search(part):
        return "the quote does not compare"
    return None


def _found(text: str) -> list[tuple[str, str, int, int]]:
    return [
        (m.group(), *_DIRECTIONS[_ORDERED[int(str(m.lastgroup)[1:])]], m.start())
        for m in _DIRECTION.finditer(text)
    ]


def _near(text: str, place: int) -> set[str]:
    """The three content words on either side."""
    words = content_words(text)
    before = [w for w, _, end in words if end <= place][-3:]
    after = [w for w, start, _ in words if start > place][:3]
    return {*before, *after}


def _sides(sentence: Reading, part: Reading) -> str | None:
    """Two things on either side of a shared verb that stand the other way round in the quote."""
    if bool(_PASSIVE.search(sentence.text)) != bool(_PASSIVE.search(part.text)):
        return "active and passive differ, so the sides cannot be compared"
    said, given = _places(sentence), _places(part)
    shared = said.keys() & given.keys()
    for pivot, place in _pivots(sentence.text).items():
        at = _pivots(part.text).get(pivot)
        if at is None:
            continue
        moved = {
            (_nearest(given[x], at) < at, _nearest(said[x], place) < place)
            for x in shared - {pivot}
        }
        if {(True, False), (False, True)} <= moved:
            return "the sentence exchanges what stands on the two sides in the quote"
    return None


def _materials(sentence: Reading, part: Reading) -> str | None:
    """Materials come in the order of the quote; each may be what the other acts upon."""
    said = [m.main for m in sentence.materials]
    given = [m.main for m in part.materials]
    for first, second in combinations(dict.fromkeys(said), 2):
        once = all(m.count(x) == 1 for m in (said, given) for x in (first, second))
        if once and given.index(first) > given.index(second):
            return "the sentence exchanges two materials of the quote"
    return None


def _alternatives(sentence: Reading, part: Reading) -> str | None:
    """What the quote joins with "or" is not both, and the other way round."""
    said, given = _joined(sentence), _joined(part)
    for word, things in said.items():
        other = given["and" if word == "or" else "or"]
        if word == "or" and things - given[word]:
            return "'or' is not in the quote"
        if things & other - given[word]:
            return f"the quote has another word than {word!r} there"
    return None


def _joined(reading: Reading) -> dict[str, set[str]]:
    """What stands next behind "and" and behind "or", outside figures."""
    things = sorted((place, name) for name, places in _places(reading).items() for place in places)
    joined: dict[str, set[str]] = {"and": set(), "or": set()}
    for match in re.finditer(r"\b(and|or)\b", reading.text):
        if any(f.start <= match.start() < f.end for f in reading.figures):
            continue
        after = next((name for place, name in things if place >= match.end()), None)
        if after:
            joined[match[1]].add(after)
    return joined


def _compared(sentence: Reading, part: Reading) -> str | None:
    """A thing that the quote only compares with: "more than the pressure"."""
    than = re.search(r"\bthan (?!\d)", part.text)
    if than is None or _COMPARES.search(sentence.text):
        return None
    things = sorted((p, name) for name, places in _places(part).items() for p in places)
    behind = [name for place, name in things if place >= than.end()][:1]
    if set(behind) & _places(sentence).keys():
        return "the quote compares what the sentence joins"
    return None


def _nearest(places: list[int], pivot: int) -> int:
    return min(places, key=lambda place: abs(place - pivot))


def _places(reading: Reading) -> dict[str, list[int]]:
    """Where each thing stands that a text speaks of."""
    things: list[Token] = [
        *((m.main, m.start) for m in reading.materials),
        *((n.folded, n.start) for n in reading.names),
        *((w, a) for w, a, _ in reading.words),
        *((f"{f.dimension} {f.low:g} {f.written if not f.dimension else ''}", f.start)
          for f in reading.figures),
    ]  # fmt: skip
    places: dict[str, list[int]] = {}
    for name, place in things:
        places.setdefault(name, []).append(place)
    return places


def _pivots(text: str) -> dict[str, int]:
    """Verbs and comparing words that stand once; prepositions only bind what is beside them."""
    found = [
        (next((w for w, _, _ in content_words(m.group())), m.group().lower()), m.start())
        for m in _PIVOT.finditer(text)
        if not _NOUNLIKE.fullmatch(m.group()) and not _SPAN.match(text, m.start())
    ]
    names = [name for name, _ in found]
    return {name: place for name, place in found if names.count(name) == 1}
