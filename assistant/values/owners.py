"""What a value belongs to, in the sentence's own words, for the first cell of a table's row."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.questions.properties import find_properties
from assistant.values.conditions import conditions_in, list_of, quantities_in, words_before
from assistant.values.subjects import SHARES, subject_of
from index.analysis import STOP_WORDS, terms
from index.quantities import Quantity
from index.quantities.subjects import known_terms, names_property

# Beside these words stands what a value does not belong to.
_CONTRAST = re.compile(
    r"\b(?:unlike|compar\w+|than|relative to|versus|vs|replac\w+|rather|except|contrary|contrast"
    r"|instead|other than|in place of|respect to|times|due to|owing to|because|its|their"
    r"|against)\b",
    re.IGNORECASE,
)
_BESIDE = re.compile(r"\b(?:without|facing|opposite|adjacent|next to|away from)\b", re.IGNORECASE)
_VERBS = frozenset(
    "delivers delivered deliver shows showed show reached reaches reach namely selected selects"
    " exhibits exhibited exhibit yields yielded yield provides provided provide offers offered"
    " achieves achieved achieve attains attained obtained obtains displays displayed presents"
    " presented possesses possessed demonstrates demonstrated retains retained retain maintains"
    " maintained keeps kept keep stays stayed remains remained became becomes gives gave give"
    " has had have is are was were be being been becoming lies lay fell rose dropped decreased"
    " increased decreases increases found measured determined calculated reported estimated"
    " controlled adjusted chosen set used applied added mixed e.g i.e even still only also both"
    " either about up which that it they this these those preferably more most further then".split()
)
_OF = re.compile(r"(\S+(?: \S+){0,3}?) (?:of|for) (?:the |an? |said )?", re.IGNORECASE)
_HAS = re.compile(
    r"(?:\s+(?:preferably|typically|may|can))*\s+(?:has|have|had|having|shows?|showed|exhibits?|with"
    r"|gave|gives|reached|reaches|delivers?|delivered|provides?|offers?|yields?|possess(?:es)?"
    r"|(?:is|are|was|were) capable of)(?: an?| the)? (\S+(?: \S+){0,3})$"
)
# "of 9 µm and a porosity of 41%": the thing goes on.
_ALSO = re.compile(
    r"\s*,?\s*(?:and|with)?\s*(?:an?|the)\s+(?:[^\W\d_][\w-]*\s+){1,4}of\s+(?:about\s+)?"
)
# "graphene (0.33 eV)", "graphite (C = 372 mAh/g)"
_BRACKETED = re.compile(r"(?<![\w-])([\w.+-]*\w)\s?\((?:\w{1,2}\s?=\s?)?$")
# "The lower limit of the thickness" is of something that stands elsewhere.
_LIMIT_OF = re.compile(r"\b(?:limit|range|value|maximum|minimum|average|side)\b", re.IGNORECASE)
# What was done to learn a value is not what has it.
_WORK = re.compile(
    r"\b(?:calculation|simulation|experiment|result|stud(?:y|ie)|measurement|analys[ie]s|model|method"
    r"|author)s?$",
    re.IGNORECASE,
)
_DEGREE = re.compile(
    r"\b(?:very|high(?:er|est)?|low(?:er|est)?|medium|large|small|mean|average|total|typical|good"
    r"|best|certain|initial|final|overall)\b",
    re.IGNORECASE,
)
_MOST_WORDS = 7
_FINITE = re.compile(
    r"\b(?:have|has|had|can|could|may|might|will|would|must|should|is|are|was|were|we|they|it|this"
    r"|reports?|result(?:s|ed)? in|found|find|finds|use|uses|show|shows|showed|gave|gives|leads?"
    r"|causes?|makes?|which|that)\b"
)
_PREPOSITION = re.compile(
    r"(?:after|before|during|under|at|in|on|by|for|from|to|along|until|when|if|as)\b", re.IGNORECASE
)
_DONE = re.compile(r"\s+(?:is|are|was|were|be) \w+(?:ed|de|nt)$")
_DETERMINER = re.compile(r"\b(?:an?|the|said|this|each|of|for)\s+$", re.IGNORECASE)


def owner_of(text: str, quantity: Quantity, named: Sequence[str], others: Sequence[str]) -> str:
    """What a value belongs to, verbatim; "" where the words beside it do not say it surely.

    named: the properties that are asked for, which are no thing. others: things of the question,
    of which one counts where it alone stands in the value's own part of the sentence.

    >>> text = "Unlike silicon, graphite delivers 360 mAh/g."
    >>> owner_of(text, quantities_in(text)[0], (), ("silicon", "graphite"))
    'graphite'
    """
    bracketed = _BRACKETED.search(text[: quantity.start])
    if bracketed and _is_name(bracketed[1], others):
        return bracketed[1]
    before_it, part = _part(text, quantity)
    if _CONTRAST.search(before_it):
        return ""
    property_terms = {term for name in named for term in terms(name)[-1:]}
    # Where the words behind a value only name the property, those before it may name the thing.
    for shown in (text, text[: quantity.end]):
        subject = _without_property(_subject(shown, quantity), property_terms)
        if _says(subject, property_terms):
            whole = _is_whole(text, quantity, subject)
            return subject if whole and _is_noun(text, quantity, subject, others) else ""
    if _CONTRAST.search(part):
        return ""
    if _BESIDE.search(part):
        return ""
    standing = things_in(part, others)
    if standing:
        return standing[0] if len(standing) == 1 else ""
    before = [q for q in quantities_in(text) if q.end <= quantity.start]
    if before and _ALSO.fullmatch(text[before[-1].end : quantity.start]):
        owner = owner_of(text, before[-1], _properties(text), others)
        return "" if names_property(owner) else owner
    return ""


def _properties(text: str) -> list[str]:
    return [one.words for one in find_properties(text)]


def _is_name(word: str, others: Sequence[str]) -> bool:
    """Whether a word is a formula, an abbreviation, a known material or a thing of the question."""
    if re.search(r"\d|[^\W\d_].*[A-Z]", word):
        return True
    return bool(known_terms(word) and not find_properties(word)) or bool(things_in(word, others))


def has_contrast(text: str) -> bool:
    """Whether a text names something that its values do not belong to."""
    return bool(_CONTRAST.search(text))


def things_in(text: str, others: Sequence[str]) -> list[str]:
    """Those of the things that stand in a text by their own words, in the text's order."""
    found = {}
    for thing in others:
        letters = re.escape(thing.rstrip("s"))
        if match := re.search(rf"(?<![\w-]){letters}s?(?![\w-])", text, re.IGNORECASE):
            found[match.group().casefold()] = match
    ordered = sorted(found.values(), key=lambda m: m.start())
    outer = [m for m in ordered if not any(_inside(m, other) for other in ordered)]
    return [m.group() for m in outer]


def _inside(one: re.Match[str], other: re.Match[str]) -> bool:
    return one is not other and other.start() <= one.start() and one.end() <= other.end()


def _subject(text: str, quantity: Quantity) -> str:
    quantities = [q for q in quantities_in(text) if q.start < quantity.start]
    place = len(quantities)
    quantities.append(quantity)
    quantities += [q for q in quantities_in(text) if q.start > quantity.start]
    under = conditions_in(text, quantities)
    stop, nearest = words_before(text, quantity, quantities[:place], under)
    earlier = max((q.end for q in quantities[:place] if q.end <= stop), default=0)
    subject, _ = subject_of(text, quantity, max(nearest, earlier), stop)
    last = list_of(text, quantity, quantities)[-1]
    if last is not quantity and quantity.dimension in SHARES:
        subject = subject_of(text, last, last.start)[0] or subject
    if subject and subject in text[last.end :]:
        subject = _FINITE.split(subject)[0]  # behind a share: "5 wt% FEC showed a rise"
    # "With silicon the capacity": another phrase begins at the article.
    article = re.search(r"(\w+) the (?!.* the )(.+)$", subject)
    if article and article[1] not in STOP_WORDS and not article[1].endswith("ing"):
        subject = article[2]
    words = subject.split()
    while words and (_is_verb(words[-1]) or re.fullmatch("[a-z]{3,}ed", words[-1])):
        words.pop()
    while words and (_is_verb(words[0]) or words[0] in ("a", "an", "the")):
        words.pop(0)
    return " ".join(words).strip(" ,;:([")


def _is_verb(word: str) -> bool:
    return word.casefold().strip(".,") in _VERBS


def _without_property(subject: str, property_terms: set[str]) -> str:
    """A thing without what is measured of it: "thickness of the film", "film has a thickness"."""
    if (of := _OF.match(subject)) and _ends_with(of[1], property_terms):
        subject = subject[of.end() :]
    if (has := _HAS.search(subject)) and _only(has[1], property_terms):
        subject = subject[: has.start()]
    subject = _DONE.sub("", subject)
    # What stands before a verb is what did something, not surely what the value is of.
    return "" if _FINITE.search(subject) or _PREPOSITION.match(subject) else subject


def _ends_with(words: str, property_terms: set[str]) -> bool:
    """Whether words are a property, with what tells it from others before it."""
    found = find_properties(words)
    return set(terms(words)) <= property_terms or bool(found and found[-1].end == len(words))


def _only(words: str, property_terms: set[str]) -> bool:
    """Whether words only name the property."""
    return set(terms(words)) <= property_terms or bool(find_properties(words))


def _says(subject: str, property_terms: set[str]) -> bool:
    """Whether a subject says more than which property was measured."""
    if _LIMIT_OF.search(subject) or _WORK.search(subject) or len(subject.split()) > _MOST_WORDS:
        return False
    rest = subject
    for one in find_properties(subject):
        rest = rest.replace(one.words, " ")
    rest = _DEGREE.sub(" ", rest)
    return bool(set(terms(rest)) - property_terms) and bool(re.search(r"[^\W\d_]{2}", rest))


def _is_noun(text: str, quantity: Quantity, subject: str, others: Sequence[str]) -> bool:
    """Whether a subject is more than one plain word, or one that must be a noun where it stands."""
    if " " in subject or re.search(r"\d|[A-Z].*[A-Z]|[^\x00-\x7f]", subject):
        return True
    if known_terms(subject) or things_in(subject, others):
        return True
    at = text.rfind(subject, 0, quantity.start)
    if at < 0:
        return False
    bracketed = re.match(r"\s*\($", text[at + len(subject) : quantity.start])
    return bool(bracketed or _DETERMINER.search(text[:at]))


def _is_whole(text: str, quantity: Quantity, subject: str) -> bool:
    """Whether a subject is not the end of a list that a comma cut: "B and C" of "A, B and C"."""
    at = text.rfind(subject, 0, quantity.start)
    if at > 0 and re.search(r"\bto\s+$", text[:at]):
        return False  # a verb: "to simulate the cell"
    listed = re.search(r"\b(?:and|or)\b", subject)
    return not (listed and at > 0 and re.search(r",\s*$", text[:at]))


def _part(text: str, quantity: Quantity) -> tuple[str, str]:
    """The value's own part of the sentence, before the value and whole."""
    quantities = quantities_in(text)
    start = max((q.end for q in quantities if q.end <= quantity.start), default=0)
    before = text[start : quantity.start]
    before = re.split(r"[,;:|\n]\s|\.\s|\b(?:whereas|while|but)\b", before)[-1]
    after = re.split(r"[,;:.|\n]|\b(?:and|whereas|while|but|to)\b", text[quantity.end :])[0]
    return before, before + " " + after
