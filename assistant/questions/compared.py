"""The things that a question compares, and what it takes for true."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.questions.records import Entity

_END = (
    r"(?= *(?:$|[?.!;]|,? (?:in terms of|with respect to|with regard to|regarding"
    r"|concerning|as to|in|at|for|as|on|when|under|after|during|used|by|since|before|with|"
    r"hinsichtlich|bei|bezüglich)\b))"
)
_SPLIT = re.compile(
    r",? *(?:\band\b|\bund\b|\bor\b|\boder\b|\bversus\b|\bvs\b\.?|,|와 |과 |と)\s*", re.IGNORECASE
)
_PATTERNS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\b(?:difference|differences|distinction|comparison|unterschiede?|trade-?off)"
        rf" (?:\w+ )?(?:between|of|zwischen) (?P<a>.+? (?:and|und|vs\.?) .+?){_END}",
        rf"\bcompar(?:e|es|ed|ing|ison of)(?: the \w+(?: \w+)? of)? (?P<a>.+?),? (?:with|to"
        rf"|against|and|versus|vs\.?) (?P<b>.+?){_END}",
        rf"\bvergleiche?(?:n)? (?:sie )?(?P<a>.+?) (?:mit|und) (?P<b>.+?){_END}",
        rf"\bhow (?:do|does|did) (?P<a>.+?) (?:differ from|compare (?:with|to|against))"
        rf" (?P<b>.+?){_END}",
        r"\bhow (?:do|does|did) (?P<a>.+? and .+?) (?:differ|compare)\b",
        rf"\b(?:advantages?|benefits?|disadvantages?) of (?P<a>.+?) over (?P<b>.+?){_END}",
        rf"^(?:is|are|does|do|did|has|have|was|were|can|will|why (?:is|are|does|do))"
        rf" (?P<a>.+?) (?:\w+ ){{0,3}}?(?:(?:much|far|really|a lot) )?(?:better|worse|\w+er"
        rf"|more \w+|less \w+)(?: \w+){{0,3}}? than (?P<b>.+?){_END}",
        rf"\b(?:which|what)\b[^?]*?\b(?:better|worse|best|\w+er|more \w+|\w+est|preferable"
        rf"|preferred)\b[^?,:]*[,:] (?P<a>.+?),? or (?P<b>.+?){_END}",
        rf"(?:^|.* (?:of|for|between|is|are|with) |.*: )?(?P<a>[\w\-/()₀-₉. ]{{2,60}}?)"
        rf" (?:vs\.?|versus) (?P<b>.+?){_END}",
        r"^(?:is|are|does|do) (?P<a>[^?]+?) or (?P<b>[^?]+?) (?:better|worse|\w+er|more \w+"
        r"|prefer\w+)\b",
        r"(?P<a>[\w\-/ ]{1,40}?)(?:와|과) ?(?P<b>[\w\-/ ]{1,40}?)(?:의|을|를)? ?(?:비교|차이)",
        r"(?P<a>[\w\-/]{1,40}?)と(?P<b>[\w\-/]{1,40}?)(?:の|を)(?:違い|比較|差)",
    )
)
_ARTICLE = re.compile(
    r"^(?:the|a|an|der|die|das|both|between|using|use of|is|are|which is|what is|how is) ",
    re.IGNORECASE,
)
_WHY = re.compile(
    r"\b(?:why|how come|by how much|how much|how strongly|to what extent)(?: exactly)?"
    r" (?:does|do|did|is|are|was|were|can|has|have|will|would|should)(?:n['’]t)?"
    r" (?P<clause>[^?]+)",
    re.IGNORECASE,
)
# A voltage against a reference electrode compares no things.
_REFERENCE = re.compile(
    r"(?P<before>\b(?:voltages?|potentials?|m?V|plateaus?|window)\b[^?.;]{0,60}?)"
    r" (?:vs\.?|versus|against) (?:(?:Li|Na|K|Mg|Zn|Ag)\+?(?:/(?:Li|Na|K|Mg|Zn|AgCl)\+?)?"
    r"|lithium|sodium|SHE|RHE|SCE|NHE)(?![\w/])"
)
_NEGATION = re.compile(
    r"\b(?:not|no|never|without|neither|nor|none|cannot|fails? to|lacks?|nicht|kein\w*|ohne"
    r"|nie)\b|n['’]t\b|않|없|못|ない|ません|なし|不|没有|无",
    re.IGNORECASE,
)


def compared_things(text: str, entities: Sequence[Entity], compares: bool) -> tuple[str, ...]:
    """Two or more things that are set against each other, as typed; () if there are none.

    >>> compared_things("Compare PVDF, SBR and CMC as binders.", (), True)
    ('PVDF', 'SBR', 'CMC')
    """
    if not compares:
        return ()
    for pattern in _PATTERNS:
        match = pattern.search(text)
        if not match:
            continue
        parts = [part for side in match.groupdict().values() if side for part in _SPLIT.split(side)]
        things = tuple(dict.fromkeys(thing for part in parts if (thing := _named(part))))
        if len(things) > 1 and all(len(thing) <= 80 for thing in things):
            return things
    for group in dict.fromkeys(one.group for one in entities):
        alike = tuple(
            dict.fromkeys(one.typed for one in entities if one.group == group and one.terms)
        )
        if len(alike) > 1:
            return alike
    return ()


def _named(part: str) -> str:
    part = part.strip(" ?.!,;:")
    while article := _ARTICLE.match(part):
        part = part[article.end() :]
    return part


def presupposed(text: str) -> str:
    """The clause that the question takes for true, as typed; "" if there is none.

    >>> presupposed("Why does washing lower the capacity?")
    'washing lower the capacity'
    """
    match = _WHY.search(text)
    return " ".join(match["clause"].split()) if match else ""


def is_negated(text: str) -> bool:
    """Whether the question has a word of negation."""
    return bool(_NEGATION.search(text))


def without_reference(text: str) -> str:
    """The text without the electrode that a voltage is measured against.

    >>> without_reference("What average voltage vs Li is predicted?")
    'What average voltage is predicted?'
    """
    return _REFERENCE.sub(r"\g<before>", text)
