"""The verbs of questions, which end the noun phrase before them."""

from __future__ import annotations

import re
from collections.abc import Iterable

_VERBS = (
    r"(?:affect|improve|increase|decrease|reduce|prevent|cause|form|chang|work|influenc"
    r"|impact|degrad|occur|happen|fail|swell|crack|dissolv"
    r"|need|requir|contain|have|has|use|made|lower|rais|enhanc|limit|suppress|inhibit"
    r"|protect|stop|lead|produc|generat|releas|react|decompos"
    r"|depend|differ|compar|behav|perform|last|cost|weigh|shrink|melt|burn|ignit|expand"
    r"|contract|migrat|diffus|gain|lose|drop|fall|rise|grow|accelerat|slow"
    r"|help|hinder|keep|remain|stay|become|get|give|show|yield|provide|achiev|reach|exceed"
    r"|withstand|tolerat|survive|pass|meet|store|conduct|bind|adher|wet"
    r"|disclos|describ|claim|report|mention|teach|say|suggest|recommend|propos|cover|add"
    r"|coat|mix|dri"
    r"|heat(?! (?:of|capacity|flux|release|transfer)\b)"
    r"|cool|press|wash|mill|sinter|calcin|anneal|measur|determin|prepar"
    r"|manufactur|synthes|fabricat|known|better|worse|higher|larger|smaller|safer|cheaper"
    r"|important|necessary"
    r"|possible|suitable|safe|stable|used|be|look|correlat|scale|vary|vari|evolve|corrod"
    r"|oxidi|plate|precipitat|crystalli|delaminat|peel|age|aged|blend|appl|deposit|insert"
    r"|remov|gave|took|found|went|led|kept|had|fell|rose|grew|held|became|got|met|stays?"
    r"|makes?|suits?|takes?|works?|runs?|mean|means|exist|expire|allow|specif|absorb|adsorb"
    r"|places|puts|carr(?=y|i)|replac|hop|climb)"
)
_VERB = re.compile(
    rf" (?:(?:not|also|still|only|often|usually|typically|actually|normally|really|so|too"
    rf"|always|strongly) )*(?:{_VERBS}(?:s|e|es|ed|d|ied|ies|y|ing|en|t)?|to be|\w+ed|\w+er"
    rf" than)\b",
    re.IGNORECASE,
)


def is_verb(word: str) -> bool:
    """Whether a word is one of the verbs of the field's questions.

    >>> is_verb("contain"), is_verb("fumed")
    (True, True)
    """
    return bool(_VERB.match(f" {word.strip()}"))


_DETERMINER = re.compile(r"\b(?:the|an?|our|this|its|each)$", re.IGNORECASE)


def first_verb(rest: str, names: Iterable[str]) -> re.Match[str] | None:
    """The first verb behind the first word that is no part of a name, as "coating" is."""
    for match in _VERB.finditer(rest):
        places = [(rest.find(name), len(name)) for name in names]
        inside = any(0 <= at <= match.start() + 1 < at + size for at, size in places)
        named = _DETERMINER.search(rest[: match.start()])  # "the report" is no verb
        if match.start() > 0 and not inside and not named:
            return match
    return None
