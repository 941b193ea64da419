"""Where words without a known thing in them belong in the last question: its slots."""

from __future__ import annotations

import re

from assistant.questions.among import DOCUMENTS
from assistant.questions.asking import proposition
from assistant.questions.clauses import attribute
from assistant.questions.entities import find_entities
from assistant.questions.placing import appended, beside, edited, place_entity, preposition_before
from assistant.questions.properties import looks_like_property
from assistant.questions.reading import Reading
from assistant.questions.relational import is_relational
from assistant.questions.statements import ACTED_ON
from assistant.questions.swaps import ARTICLE
from assistant.questions.things import plain_things
from assistant.questions.topics import topic

_ENDS = "at|after|with|in|on|for|during|under|by|from|to|and|or|is|are|be|has|have|when|since"
_OF_DOCUMENTS = re.compile(
    r"(?:(?:any|the|some|more|much) )*(?P<which>later|earlier|newer|older|recent|latest|other"
    r"|granted|pending|expired|similar|further|additional|unpublished|confidential)",
    re.IGNORECASE,
)
_ORDER = re.compile(
    r"\b(?:the )?(?P<nth>first|second|third|fourth|fifth|last|1st|2nd|3rd)\b(?= \w)", re.IGNORECASE
)
_FIXED = ("for", "in", "on", "of", "from", "during", "under", "by")  # what they add has one place
# "The gel content" is one property; "the initial capacity" is a property with an adjective.
_COMPOUND = re.compile(
    r"\bthe (?P<noun>(?!(?:initial|average|mean|total|max\w*|min\w*|typical|best|highest|lowest"
    r"|first|specific|theoretical|measured|reported|final|overall|\w+ed|\w+al|\w+ic)\b)[a-z-]+ )$"
)


def ones(bare: str, preposition: str, last: Reading) -> str:
    """Put "in cylindrical ones" where "in pouch cells" stands; "" if no "ones" are meant."""
    if not re.search(r" ones?$", bare):
        return ""
    if changed := _other_documents(bare, last):
        return changed
    if (order := _ORDER.match(bare)) and (old := _ORDER.search(last.text)):
        return edited(last.text, *old.span("nth"), order["nth"])
    if re.match(r"(?:the )?(?:other|same|first|second|third|last) one$", bare, re.IGNORECASE):
        return beside(last.text, f"{preposition} {bare}".strip())
    same = (
        rf"\b{preposition} (?P<old>(?:the |an? )?(?:[\w-]+ ){{0,2}}?(?P<head>[\w-]+))(?="
        rf" \w+ing\b| (?:{_ENDS})\b|[?.,]|$)"
    )
    old = re.search(same, last.text, re.IGNORECASE) if preposition else None
    if old:
        return edited(last.text, *old.span("old"), re.sub(r"ones?$", old["head"], bare))
    about = topic(last)
    if not about or about not in last.text:
        return ""
    kinds = {one.group for one in last.entities if one.typed in about}
    phrase = re.sub(r" ones?$", "", bare)
    if any(one.group in kinds for one in find_entities(phrase)):
        return place_entity(phrase, "", last)
    article = "a " if re.match(r"an? ", about) else "the " if about.startswith("the ") else ""
    start = last.text.index(about)
    thing = re.split(r" (?:in|on|with|for|from|at) ", about)[0]
    new = article + re.sub(r"ones?$", thing.split()[-1], bare)
    return edited(last.text, start, start + len(thing), new)


def _other_documents(bare: str, last: Reading) -> str:
    """Put "later" before the patents that the last question asks for."""
    match = _OF_DOCUMENTS.match(bare)
    noun = re.search(rf"\b{DOCUMENTS}\b", last.text, re.IGNORECASE)
    if not match or not noun or not last.text[: noun.start()].strip():
        return ""
    before = last.text[: noun.start()]
    if old := re.search(rf"{_OF_DOCUMENTS.pattern} $", before, re.IGNORECASE):
        before = before[: old.start("which")]
    return f"{before}{match['which'].lower()} {last.text[noun.start() :]}"


def same_slot(phrase: str, preposition: str, last: Reading) -> str:
    """Put "on dry electrodes" where "on tabless electrodes" stands; "" if there is no such place.

    A place is one behind the same preposition with the same noun, or, where neither the phrase
    nor the place names a known thing, the only one behind that preposition.
    """
    bare = ARTICLE.sub("", phrase)
    if not preposition or any(c.isdigit() for c in bare):
        return ""
    head = re.escape(bare.split()[-1].rstrip("s"))
    alike = re.search(
        rf"\b{preposition} (?P<old>(?!(?:{_ENDS})\b)(?:(?!(?:{_ENDS})\b)[\w-]+ ){{0,4}}?{head}s?)"
        rf"(?= (?:{_ENDS})\b|[?.,]|$)",
        last.text,
        re.IGNORECASE,
    )
    if alike:
        return edited(last.text, *alike.span("old"), phrase)
    if german := _german_slot(phrase, preposition, last):
        return german
    if preposition not in _FIXED or find_entities(bare):
        return ""
    places = list(
        re.finditer(
            rf"\b{preposition} (?P<old>(?:(?!(?:{_ENDS})\b)[\w-]+ ?){{1,4}})"
            rf"(?= ?(?:{_ENDS})\b|[?.,]|$)",
            last.text,
            re.IGNORECASE,
        )
    )
    if len(places) != 1 or find_entities(places[0]["old"]) or re.search(r"\d", places[0]["old"]):
        return ""
    start, end = places[0].span("old")
    return edited(
        last.text, start, end - len(places[0]["old"]) + len(places[0]["old"].rstrip()), phrase
    )


def _german_slot(phrase: str, preposition: str, last: Reading) -> str:
    """Put "für Graphit" where "für Siliziumanoden" stands, with the verb behind it."""
    if preposition not in ("für", "bei", "mit", "ohne", "nach", "im", "von"):
        return ""
    groups = {one.group for one in find_entities(phrase)}
    places = list(
        re.finditer(
            rf"\b{preposition} (?P<old>(?:(?:der|die|das|den|dem) )?(?:[a-zäöüß-]+ )?"
            r"[A-ZÄÖÜ][\w-]+)",
            last.text,
        )
    )
    if len(places) != 1 or groups & {one.group for one in last.entities}:
        return ""
    return edited(last.text, *places[0].span("old"), phrase)


def circumstances(last: Reading) -> str:
    """The figures under which the last question asks, with their prepositions."""
    spans = []
    for one in last.measured_at:
        before = preposition_before(last.text, one.start)
        spans.append((one.start if before is None else before, one.end))
    return "".join(f" {last.text[start:end]}" for start, end in spans)


def is_property(phrase: str, last: Reading) -> bool:
    """Whether a phrase names something to ask of the last question's thing: "the hysteresis"."""
    bare = ARTICLE.sub("", phrase)
    if looks_like_property(bare) or is_relational(bare):
        return True
    head = bare.split()[-1].lower()
    named = any(one.end == len(bare) for one in find_entities(bare)) or head in ("one", "ones")
    return bool(re.match(r"(?:its|their) ", phrase)) and not named and attribute(last) is not None


def unclear(phrase: str, last: Reading) -> bool:
    """Whether "the foil" may be another thing or another property of the last question's thing."""
    bare = ARTICLE.sub("", phrase)
    asked = attribute(last)
    if bare == phrase or asked is None or is_relational(asked.words):
        return False
    head = re.escape(bare.split()[-1].lower().rstrip("s"))
    return not re.search(rf"\b{head}s?\b", topic(last).lower())


def with_property(words: str, last: Reading) -> str:
    """The last question with another property of the same thing."""
    words = ARTICLE.sub("", words)
    found = attribute(last)
    acted_on = ACTED_ON.match(last.text) or re.match(r"who (?:makes|sells|uses)\b", last.text, re.I)
    if acted_on and (about := topic(last)):
        return f"What {'are' if words.endswith('ies') else 'is'} the {words} of {about}?"
    if is_relational(words) and last.kind in ("cause", "yes/no"):
        return f"What {'are' if words.endswith('s') else 'is'} the {words} ({proposition(last)})?"
    if is_relational(words) and (about := topic(last)):
        return f"What {'are' if words.endswith('s') else 'is'} the {words} of {about}?"
    if found:
        return edited(last.text, found.start, found.end, words)
    asked = last.properties[0] if last.properties else None
    if asked and not asked.words.lower().startswith(("how", "wie")):
        start = asked.start
        modifier = next(
            (one for one in last.entities if one.end == start - 1 and one.kind == "process"), None
        )
        if modifier and any(kind == "process" for _, _, kind, _ in plain_things(words)):
            start = modifier.start  # "drying temperature" for "calendering density"
        if of_noun := re.match(
            r"(?:what|which) (?=(?:(?!do|is\b|are\b|was\b)[a-z-]+ ){1,2}$)", last.text[:start], re.I
        ):
            start = of_noun.end()  # "solids loading" is one property
        elif of_noun := _COMPOUND.search(last.text[:start]):
            start = of_noun.start("noun")
        if korean := re.search(r"의 (?P<modifier>\S+ )$", last.text[:start]):
            start = korean.start("modifier")  # "압축 밀도" is one property
        return edited(last.text, start, asked.end, words)
    about = topic(last)
    if not about:
        return appended(last.text, words)
    return f"What is the {words} of {about}{circumstances(last)}?"
