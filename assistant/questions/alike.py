"""Put words where like ones stand: another noun before the same head, or behind the same word."""

from __future__ import annotations

import re

from assistant.questions.entities import find_entities
from assistant.questions.noun_phrases import (
    ARTICLE,
    LONGEST,
    PREPOSITIONS,
    STOP,
    TOKEN,
    Phrase,
    phrase_at,
    phrases_behind,
)
from assistant.questions.placing import edited
from assistant.questions.reading import Reading
from assistant.questions.verbs import first_verb, is_verb

# Heads that say nothing by themselves: another word before them is another thing.
_HEADS = frozenset(
    "sheet sheets layer layers plate plates foil foils film films membrane membranes electrolyte"
    " electrolytes electrode electrodes cell cells anode anodes cathode cathodes coating coatings"
    " separator separators direction axis plane ink inks paste slurry bath solution additive"
    " additives salt binder fluid gas atmosphere substrate mould crucible powder particles fibres"
    " fibers wire mesh foam housing can tab tabs weld monolayer surface ion ions atom atoms".split()
)
_CHEMICAL = re.compile(r"[a-z]{2,}(?:ol|ane|ene|ide|ate|one|ine|ium|ite|ose|ol|ether|ester)s?")
_BOUND = re.compile(r"\b(?:the|an?|with|of|for|in|on|from|by|do|does|are|is|and) $", re.IGNORECASE)
_ELEMENTS = re.compile(
    r"(?:chlorine|bromine|iodine|fluorine|sul(?:f|ph)ur|selenium|tellurium|oxygen|nitrogen|carbon"
    r"|phosphorus|boron|silicon|germanium|tin|lead|antimony|bismuth|gallium|indium|aluminium"
    r"|aluminum|thallium|lithium|sodium|potassium|rubidium|ca?esium|magnesium|calcium|strontium"
    r"|barium|scandium|yttrium|lanthanum|cerium|titanium|zirconium|hafnium|vanadium|niobium"
    r"|tantalum|chromium|molybdenum|tungsten|manganese|iron|cobalt|nickel|copper|silver|gold"
    r"|platinum|palladium|zinc|cadmium|fluoride|chloride|bromide|iodide|oxide|sulfide|nitride)s?",
    re.IGNORECASE,
)
_SYMBOL = (
    r"(?:H|Li|Be|B|C|N|O|F|Na|Mg|Al|Si|P|S|Cl|K|Ca|Sc|Ti|V|Cr|Mn|Fe|Co|Ni|Cu|Zn|Ga|Ge|As|Se|Br"
    r"|Rb|Sr"
    r"|Y|Zr|Nb|Mo|Ru|Pd|Ag|In|Sn|Sb|Te|I|Cs|Ba|La|Ce|Hf|Ta|W|Pt|Au|Pb|Bi)"
)
_FORMULA = re.compile(rf"(?=.*[a-z\d])(?:\(?{_SYMBOL}\)?[\d.]*){{2,}}")
_TOPMOST = re.compile(
    r"(?:the )?(?:highest|lowest|best|worst|largest|smallest|longest|shortest|fastest|slowest"
    r"|higher|lower|better|worse|larger|smaller|longer|shorter|faster|slower|most|least|more|less"
    r"|greatest|strongest|weakest)\b",
    re.IGNORECASE,
)


def alike(phrase: str, preposition: str, last: Reading, *, instead: bool = False) -> str:
    """The last question with a phrase put where a like one stands; "" if none does.

    instead: the reader said so: what stands behind the same preposition goes.

    >>> from assistant.questions.records import Known
    >>> from assistant.questions.reading import read
    >>> alike("brass plates", "", read("Do steel plates corrode?", Known(), "publication"))
    'Do brass plates corrode?'
    """
    if preposition in ("with", "without"):
        for old in phrases_behind("(?:with|without)", last.text):
            if old.words[-1] == phrase.split()[-1] and "without" in (
                preposition,
                _before(old, last),
            ):
                start = old.start - len(_before(old, last)) - 1
                return edited(last.text, start, old.end, f"{preposition} {phrase}")
    if placed := same_head(phrase, preposition, last):
        return placed
    words = _plain(phrase)
    if not words:
        return ""
    if (swap := _formula(words[0], last)) and len(words) == 1:
        return swap
    places = phrases_behind(preposition, last.text) if preposition in PREPOSITIONS else []
    fitting = [one for one in places if instead or _like(phrase, words, one, preposition, last)]
    if not fitting:
        return ""
    return _put(last.text, _kept_head(phrase, words, fitting[-1]), phrase)


def same_head(phrase: str, preposition: str, last: Reading) -> str:
    """The last question with a phrase for the one with the same last word; "" if none has it.

    >>> from assistant.questions.records import Known
    >>> from assistant.questions.reading import read
    >>> last = read("What torque do the lid screws need?", Known(), "publication")
    >>> same_head("the busbar screws", "", last)
    'What torque do the busbar screws need?'
    """
    words = _plain(phrase)
    if len(words) == 1 and "-" in words[0]:
        tail = re.escape(words[0].rsplit("-", 1)[1])
        places = list(re.finditer(rf"(?<![\w-])\w+-{tail}(?![\w-])", last.text))
        return edited(last.text, *places[0].span(), words[0]) if len(places) == 1 else ""
    if len(words) > 1 and (old := _same_head(phrase, words, preposition, last)):
        return _put(last.text, old, phrase)
    return ""


def _plain(phrase: str) -> tuple[str, ...]:
    """The words of a short noun phrase without its article; none for anything else."""
    words = tuple(ARTICLE.sub("", phrase).split())
    if len(words) > LONGEST or not re.fullmatch(r"[\w()/.+-]+(?: [\w()/.+-]+)*", phrase):
        return ()
    return () if any(word.lower() in STOP for word in words) else words


def _formula(word: str, last: Reading) -> str:
    """A formula for the only other one: LaNi5 for TiFe."""
    places = [one for one in TOKEN.finditer(last.text) if _FORMULA.fullmatch(one.group())]
    if not _FORMULA.fullmatch(word) or len(places) != 1:
        return ""
    old = {one.group for one in find_entities(places[0].group())}
    new = {one.group for one in find_entities(word)}
    return edited(last.text, *places[0].span(), word) if not old or not new or old & new else ""


def _before(old: Phrase, last: Reading) -> str:
    return (last.text[: old.start].lower().split() or [""])[-1]


def topmost(phrase: str, text: str) -> str:
    """Put "the highest voltage" where "the lowest corrosion" stands; "" where none does.

    >>> topmost("the highest voltage", "Which alloy gives the lowest corrosion?")
    'Which alloy gives the highest voltage?'
    """
    new = _TOPMOST.match(phrase)
    if not new or new.end() == len(phrase):
        return ""
    for old in _TOPMOST.finditer(text):
        found = phrase_at(text, old.end() + 1)
        if found and not found.article and old.group().lower().startswith("the "):
            behind = re.match(r" (?:against|towards?|with|at) .+", text[found.end :])
            more = " against " in phrase and behind
            end = found.end + (len(behind.group().rstrip(" ?")) if behind and more else 0)
            return edited(text, old.start(), end, phrase)
    return ""


def _same_head(
    phrase: str, words: tuple[str, ...], preposition: str, last: Reading
) -> Phrase | None:
    """The noun phrase with the same last word and others before it."""
    head = re.escape(words[-1].rstrip("s"))
    found: list[Phrase] = []
    for match in re.finditer(rf"(?<![\w-]){head}s?(?![\w-])", last.text, re.IGNORECASE):
        if _is_modifier(last, match.end(), bool(ARTICLE.match(phrase))):
            continue
        before, start = _before_head(last.text, match.start(), len(words) - 1)
        if not before or (is_verb(before[0]) and not before[0].endswith("ed")):
            continue
        same = " ".join(before).lower() == " ".join(words[:-1]).lower()
        if same or not _replaced_whole(before, words):
            continue
        lead = re.search(r"\b(the|an?) $", last.text[:start], re.IGNORECASE)
        begin = lead.start() if lead else start
        article = lead[1] if lead else ""
        found.append(Phrase(article, (*before, match.group()), begin, match.end()))
    behind = [one for one in found if preposition and _before(one, last) == preposition]
    return behind[0] if behind else found[-1] if len(found) == 1 else None


def _before_head(text: str, head: int, new: int) -> tuple[list[str], int]:
    """The words before a head and where they begin; of key words only as many as are new."""
    before: list[str] = []
    start = head
    for token in reversed(list(TOKEN.finditer(text[:head]))):
        word = token.group()
        if text[token.end() : start] != " " or word.lower() in STOP or re.match(r"[-–]?\d", word):
            break
        before.insert(0, word)
        start = token.start()
    if not _BOUND.search(text[:start]):
        before = before[len(before) - new :] if before else []
        start = head - sum(len(word) + 1 for word in before)
    return before, start


def _is_modifier(last: Reading, end: int, definite: bool) -> bool:
    """Whether another noun follows: the electrode of "electrode layer" is no head."""
    behind = re.match(r" ([a-z]+)", last.text[end:])
    if not behind or last.kind == "other":
        return False
    word = behind[1]
    if word in _HEADS and not definite:
        return False
    later = first_verb(last.text[end:], ()) or re.search(r" have\b", last.text[end:])
    if re.search(r"\b(?:do|does|did) ", last.text[:end]) and not later:
        return False  # the verb of the question, which is not known
    return not (word in STOP or is_verb(word) or word.endswith(("ed", "ing", "s")))


def _replaced_whole(before: list[str], words: tuple[str, ...]) -> bool:
    """Whether new words replace all those before a head; else the things in them are swapped."""
    new = {one.group for one in find_entities(" ".join(words[:-1]))}
    shared = any(one.group in new for one in find_entities(" ".join(before)))
    return not shared or len(before) == len(words) - 1


def _like(
    phrase: str, words: tuple[str, ...], old: Phrase, preposition: str, last: Reading
) -> bool:
    """Whether a phrase can stand for another behind the same preposition."""
    was = " ".join(old.words)
    if _ELEMENTS.fullmatch(words[-1]) and _ELEMENTS.fullmatch(old.words[-1]):
        return True
    if preposition in ("through", "along", "across", "into", "onto", "via", "against", "inside"):
        return True
    if preposition == "in" and len(words) == 1 and old.words[-1].lower() in _HEADS:
        return phrase.endswith("s") and old.words[-1].endswith("s") and not find_entities(phrase)
    at_end = last.text[old.end :].strip(" ?.!") == ""
    if preposition == "on" and phrase.startswith("the ") and old.article == "the" and at_end:
        return True
    if _CHEMICAL.fullmatch(phrase) and _CHEMICAL.fullmatch(was):
        return True
    if preposition != "with" or find_entities(phrase) or find_entities(was):
        return False
    return len(phrases_behind("with", last.text)) == 1 and (
        at_end or len(words) == len(old.words) == 1
    )


def _kept_head(phrase: str, words: tuple[str, ...], old: Phrase) -> Phrase:
    """The place without its head where the new words lack one: "a silicene sheet" for "stanene"."""
    bare = not ARTICLE.match(phrase) and words[-1].lower() not in _HEADS
    plural = words[-1].endswith("s") and old.words[-1].endswith("s")
    if not bare or plural or len(old.words) < 2 or old.words[-1].lower() not in _HEADS:
        return old
    return Phrase(old.article, old.words[:-1], old.start, old.end - len(old.words[-1]) - 1)


def _put(text: str, old: Phrase, phrase: str) -> str:
    """The text with the phrase there; the old article is kept where the new one is missing."""
    article = old.article
    if ARTICLE.match(phrase) or not article:
        new = phrase
    elif article.lower() == "the":
        new = f"{article} {phrase}"
    elif phrase.split()[-1].endswith("s") and text[old.end : old.end + 1] != " ":
        new = phrase
    else:
        new = f"{'an' if re.match('[aeiou]', phrase, re.IGNORECASE) else 'a'} {phrase}"
    return f"{text[: old.start]}{new}{text[old.end :]}"
