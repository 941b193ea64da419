"""The words that make a number a bound, and two numbers a range, in four languages."""

from __future__ import annotations

import re

_ABOUT = (
    r"(?:about|approximately|approx\.?|around|ca\.?|circa|roughly|nearly|almost|etwa|rund"
    r"|약|約|~|≈)"
)
# Low and high bounds before a number; the first two include it, the others do not.
_AT_LEAST = (
    r"at least|(?:not?|never) (?:less|lower|smaller|fewer|shorter|thinner) than|not below|not under"
    r"|(?:a )?(?:minimum|lower limit)(?: value)?(?: of)?|(?:greater|more|higher"
    r"|larger) than or equal(?: to)?"
    r"|equal(?: to)? or (?:greater|more|higher|larger)(?: than)?|≥|>=|=>|mindestens"
    r"|wenigstens|min\."
)
_AT_MOST = (
    r"at most|(?:not?|never) (?:more|greater|higher|larger|longer|thicker) than"
    r"|(?:not|without|does not|do not|must not|should not) exceed(?:ing)?|not above"
    r"|not over|up to|as much as"
    r"|(?:a )?(?:maximum|upper limit)(?: value)?(?: of)?|(?:less|lower"
    r"|smaller) than or equal(?: to)?"
    r"|equal(?: to)? or (?:less|lower|smaller)(?: than)?|≤|<=|=<|höchstens|maximal|bis zu|max\."
)
_MORE_THAN = (
    r"(?:more|greater|higher|larger|longer|thicker|better) than|above|over|exceed(?:ing|s|ed)?"
    r"|in excess of|>|über|mehr als|größer als|oberhalb von"
)
_LESS_THAN = (
    r"(?:less|lower|smaller|fewer|shorter|thinner) than|below|under|<|unter|weniger als|kleiner als"
    r"|unterhalb von"
)
_OF = r"(?: (?:of|to|the|a total of|von|or))*"
BEFORE = re.compile(
    rf"(?:(?P<at_least>{_AT_LEAST})|(?P<at_most>{_AT_MOST})|(?P<more>{_MORE_THAN})"
    rf"|(?P<less>{_LESS_THAN}))"
    rf"{_OF}(?:,? ?(?P<about>{_ABOUT}))? ?$",
    re.IGNORECASE,
)
ABOUT = re.compile(rf"{_ABOUT} ?$", re.IGNORECASE)
_MORE = r"(?:more|greater|higher|above|larger|over|longer|thicker|better|at least)"
_LESS = r"(?:less|lower|below|smaller|fewer|under|shorter|thinner|at most)"
AFTER = re.compile(
    rf" ?,? ?(?:(?P<at_least>(?:or|and|oder) (?:even )?(?:{_MORE}|mehr|höher)\b(?! than)"
    rf"|이상|以上|or up\b)"
    rf"|(?P<at_most>(?:or|and|oder) (?:even )?(?:{_LESS}|weniger)\b(?! than)|이하|以下"
    rf"|(?:or )?max(?:imum|\.)"
    r"|at (?:the )?most\b|inclusive)"
    r"|(?P<more>초과|超)|(?P<less>미만|未満|未满))",
    re.IGNORECASE,
)
# Between the two numbers of a range: "3 to about 8", "3-8", "3 내지 8".
TO = re.compile(
    r" ?,? ?(?:-{1,2}|—|~|to|through|thru|up to|bis(?: zu)?"
    r"|내지|부터|에서|から|至|\.\.\.|…|and up to)"
    rf"(?: (?:a maximum of|at most|less than|below))?(?: ?{_ABOUT})? ?$",
    re.IGNORECASE,
)
BETWEEN = re.compile(rf"(?:between|zwischen|range of|ranges? from)(?: {_ABOUT})? ?$", re.IGNORECASE)
AND = re.compile(rf" ?(?:and|und|&)(?: ?{_ABOUT})? ?$", re.IGNORECASE)
# Between members of a list that share a unit.
LIST = re.compile(
    rf" ?(?:,|/|;)? ?(?:(?:and|or|und|oder|및|또는)(?:/or)?)?(?: ?{_ABOUT})?(?: respectively)? ?$",
    re.IGNORECASE,
)
# Between a low and a high bound of one range, after and before their own words.
THEN = re.compile(r" ?,? ?(?:and|but|to|und|및)? ?(?:also |is |are |it is )?$", re.IGNORECASE)
# Between the numbers of 3 ≤ D50 < 8.
CHAIN = re.compile(r" ?(?P<low>[<≤>≥]=?) ?(?P<subject>[^<>≤≥=;:.]{1,40}?) ?(?P<high>[<≤>≥]=?) ?$")
COMPARISON = re.compile(r"(?<![\w-])(?P<subject>[A-Za-zαβγδ]\w{0,3}) ?(?P<sign>[<≤>≥]=?|=) ?$")
# The basis of a fraction is no disclosed value: "per 100 parts by weight of the active material".
BASIS = re.compile(
    r"(?:based on|relative to|with respect to|per|for|on the basis of|out of|bezogen auf|against)"
    r"(?: a| the)?(?: total(?: of| amount of)?)? ?$",
    re.IGNORECASE,
)
PH = re.compile(
    r"\bpH(?: value)?(?: ?(?:of|=|is|was|at|between|from|to|range of|in the range of))* ?$"
)
# Words between a range and the value preferred within it: the subject is still the same.
PREFERENCE = frozenset(
    "preferably preferred particularly especially particular most more even further"
    " typically suitably"
    " specifically optionally advantageously ideally respectively example instance e.g"
    " i.e such range"
    " bevorzugt vorzugsweise besonders amount value another embodiment embodiments"
    " approximately about"
    " least exactly exceeding less greater".split()
)


def bound(match: re.Match[str] | None) -> tuple[str, bool]:
    """What a match of BEFORE or AFTER makes of a number: "low" or "high", and whether included.

    >>> bound(BEFORE.search("not more than about ")), bound(None)
    (('high', True), ('', False))
    """
    groups = match.groupdict() if match else {}
    for name, kind, included in (
        ("at_least", "low", True),
        ("at_most", "high", True),
        ("more", "low", False),
        ("less", "high", False),
    ):
        if groups.get(name):
            return kind, included
    return "", False
