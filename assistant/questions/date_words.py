"""The words around a date that say what it bounds, in five languages."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

Means = Literal["since", "after", "before", "until", "in"]


@dataclass(frozen=True)
class Cue:
    """Words around one or two dates, the groups `one` and `two` of the pattern.

    closed: nothing that follows can change the meaning; unsure: numbers in these words can be
    something else than years.
    """

    means: Means
    pattern: re.Pattern[str]
    closed: bool = False
    unsure: bool = False


_MONTH = (
    r"(?:jan(?:uary|uar)?|feb(?:ruary|ruar)?|mar(?:ch)?|märz|apr(?:il)?|may|mai|june?|juni"
    r"|july?|juli|aug(?:ust)?"
    r"|sept?(?:ember)?|o[ck]t(?:ober)?|nov(?:ember)?|de[cz](?:ember)?)\.?"
)
_YEAR = r"(?:19[5-9]\d|20[0-4]\d)"
_DATE = (
    rf"(?:\d{{4}}-\d{{1,2}}(?:-\d{{1,2}})?(?!\d)|\d{{4}}/\d{{1,2}}(?:/\d{{1,2}})?(?!\d)"
    rf"|\d{{1,2}}\. ?\d{{1,2}}\. ?{_YEAR}"
    rf"|(?:the )?\d{{1,2}}(?:st|nd|rd|th|\.)?(?: of)? {_MONTH},? {_YEAR}"
    rf"|{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?,? {_YEAR}|{_MONTH},? {_YEAR}|{_YEAR})(?![\w%°µ]"
    rf"|[.,/]\d|-\d|-\w)"
)
_CJK = r"\d{4} ?[년年](?: ?\d{1,2} ?[월月](?: ?\d{1,2} ?[일日])?)?"
_ONE = (
    rf"(?:the (?:year|beginning|start) (?:of )?|(?:the )?years? |(?:dem )?jahr |anfang"
    rf" )?(?P<one>{_DATE})"
)
_END = rf"(?:the (?:year|end) (?:of )?|ende )?(?P<one>{_DATE})"
_TWO = rf"(?P<two>{_DATE})"
_B = r"(?<![\w-])"


def _cue(means: Means, pattern: str, *, closed: bool = False, unsure: bool = False) -> Cue:
    return Cue(means, re.compile(pattern, re.IGNORECASE), closed, unsure)


CUES = (
    _cue(
        "in",
        rf"{_B}(?:between|zwischen)(?: the years| den jahren)? {_ONE} (?:and|und|to|-) {_TWO}",
        unsure=True,
    ),
    _cue(
        "in",
        rf"{_B}(?:from|von)(?: the years?)? {_ONE} ?(?:to|until|till|through|up to|bis|-|–)"
        rf" ?{_TWO}",
        unsure=True,
    ),
    _cue(
        "in",
        rf"{_B}(?:in|during|published|filed|dated|years)(?: the years?)? (?P<one>{_YEAR})"
        rf" ?[-–] ?(?P<two>{_YEAR})(?![\w%°])",
        unsure=True,
    ),
    _cue(
        "since",
        rf"{_B}(?:from|as of|as from|starting(?: in| from| with)?|beginning(?: in| with)?"
        rf"|ab) {_ONE}(?: and later| on(?:wards?)?\b|(?= onwards?)| forward| an\b)",
        closed=True,
    ),
    _cue(
        "since",
        rf"{_B}(?:since|ever since|seit|not (?:before|earlier than|older than)|no"
        rf" (?:earlier|older) than|starting (?:in|from|with)|as of) {_ONE}",
    ),
    _cue("since", rf"{_B}ab {_ONE}"),
    _cue(
        "since",
        rf"{_B}(?:in |from |on )?{_ONE} (?:or|and) (?:later|newer|after|onwards?)\b",
        closed=True,
    ),
    _cue(
        "after",
        rf"{_B}(?<!not )(?<!no )(?:after|later than|newer than|more recent than|younger"
        rf" than|post|nach) {_END}",
        unsure=True,
    ),
    _cue(
        "before",
        rf"{_B}(?<!not )(?<!no )(?:before|prior to|earlier than|older than|predating|ahead"
        rf" of|vor) {_ONE}",
        unsure=True,
    ),
    _cue(
        "until",
        rf"{_B}(?:until|till|up to(?: and including)?|through|no later than|not (?:later"
        rf"|newer) than|not after|bis(?: einschließlich)?|by the end of) {_END}",
        unsure=True,
    ),
    _cue(
        "until", rf"{_B}(?:in |from |on )?{_ONE} (?:or|and) (?:earlier|before|older)\b", closed=True
    ),
    _cue(
        "in",
        rf"{_B}(?:in|during|within|im)(?: the)?(?: course of)?(?: year| calendar year|"
        rf" jahre?)? (?P<one>{_DATE})",
        unsure=True,
    ),
    _cue(
        "in",
        rf"{_B}(?:published|filed|issued|dated|veröffentlicht|angemeldet)(?: on| am)?:?"
        rf" (?P<one>{_DATE})",
    ),
)
ASIAN = (
    _cue(
        "in",
        rf"(?P<one>{_CJK})(?:부터|から|到|至|[~〜-]) ?(?P<two>{_CJK})(?: ?까지| ?まで)?(?:에|の)?",
        closed=True,
    ),
    _cue(
        "since",
        rf"(?P<one>{_CJK}) ?(?:이후(?:로|에)?|부터|以降|以后|以後|以来|から|起)",
        closed=True,
    ),
    _cue("until", rf"(?P<one>{_CJK}) ?(?:이전(?:에)?|까지|以前|まで)", closed=True),
    _cue("before", rf"(?P<one>{_CJK}) ?(?:전에?(?= |$)|より前|之前|前(?=の|に))", closed=True),
    _cue(
        "in", rf"(?P<one>{_CJK})(?:에|に|の|(?= ?(?:출원|공개|公開|出願|公开|申请)))", closed=True
    ),
)

_NUMBERS = "one two three four five six seven eight nine ten eleven twelve".split()
_GERMAN = "ein zwei drei vier fünf sechs sieben acht neun zehn".split()
DAYS: dict[str, dict[str, int]] = {
    "months": {
        name: place
        for place, names in enumerate(
            "jan,feb,mar mär,apr,may mai,jun,jul,aug,sep,oct okt,nov,dec dez".split(","), start=1
        )
        for name in names.split()
    },
    "numbers": {
        word: place for words in (_NUMBERS, _GERMAN) for place, word in enumerate(words, start=1)
    }
    | {"couple of": 2, "zwanzig": 20, "twenty": 20, "fifteen": 15},
}
_N = "|".join([*DAYS["numbers"], r"\d{1,2}"])
RECENT = re.compile(
    rf"{_B}(?:(?:in|within|during|over|from|of|published|filed) )?(?:the |den )?"
    rf"(?:last|past|previous|letzten|vergangenen) (?:(?P<n>{_N}) "
    r"(?P<unit>years|months|weeks|jahren?|monaten?|wochen)|(?P<decade>decade))\b(?! of\b)"
    rf"|{_B}(?:in|from|of|published|filed|during) (?P<which>last|this) year\b",
    re.IGNORECASE,
)

_SAID = r"(?:(?:that|which) (?:were|was|are|have been|has been) |(?:were|was|been|being) )?"
BASES = tuple(
    (
        basis,
        re.compile(rf"(?<![\w-]){_SAID}(?:{before})[,:]? *$", re.IGNORECASE),
        re.compile(rf" *(?:{after})", re.IGNORECASE),
    )
    for basis, before, after in (
        (
            "filing",
            r"(?:first )?filed|with (?:a |an )?(?:filing|application) dates?(?: of)?|filing"
            r" dates?|applied for|submitted|angemeldet|eingereicht|anmeldung(?:en)?",
            r"(?:filed|angemeldet(?:e[nrs]?)?|eingereicht(?:e[nrs]?)?)\b|(?:에 )?출원(?:된|한)?"
            r"|に?出願(?:された)?|申请的?",
        ),
        (
            "priority",
            r"(?:with |having |claiming )?(?:an? |the |its |their )?(?:earliest"
            r" )?priority(?: dates?)?(?: of| is)?|priorität(?:sdatum)?",
            r"priority\b|우선일|優先(?:日|権)?|优先权?",
        ),
        (
            "publication",
            r"(?:first )?published|publications?(?: dates?)?|issued|granted|with (?:a"
            r" )?publication dates?(?: of)?|dated|veröffentlicht|erschienen",
            r"(?:published|veröffentlicht(?:e[nrs]?)?)\b|(?:에 )?공개(?:된)?"
            r"|に?公開(?:された)?|公开的?",
        ),
    )
)
