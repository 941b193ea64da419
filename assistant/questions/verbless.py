"""Find the words of a follow-up that has no verb of its own: they go into the last question."""

from __future__ import annotations

import re
from collections.abc import Callable

from assistant.questions.prefixes import ABOUT
from assistant.questions.reading import Reading

VERB = re.compile(
    r"\b(?:is|are|was|were|does|do|did|can|could|should|would|will|has|have|had|must|may"
    r"|might|isn't|aren't|doesn't|ist|sind|wird|werden|hat|haben|kann|gibt)\b"
    r"|^(?:what|which|why|how|when|where|who|whose|compare|list|show|find|give|explain"
    r"|summari[sz]e|tell|describe|define|name|search|discuss|welche\w*|warum|wie|was|wer|wo"
    r"|wann|vergleiche|zeige)\b",
    re.IGNORECASE,
)


_POINTS = re.compile(
    r"^(?:it|they|this|these)\b|\b(?:on|about|for|of|with|to|regarding|against|like) (?:that|this"
    r"|it|them|these|those)\b(?! \w+$)",
    re.IGNORECASE,
)


_STARTS_FRAGMENT = re.compile(
    r"^(?:at|for|with|without|in|on|of|after|before|during|under|using|from|by|since|until"
    r"|between|only|just|not|below|above|up to|per|as|instead|except|bei|für|mit|ohne|seit"
    r"|nach|vor|nur|im|von|through|along|across|into|onto|via|against|inside)\b",
    re.IGNORECASE,
)


_LIMITS = re.compile(
    r"^(?:(?:show|give|list|find|get|tell)(?: me)?|i (?:want|need)|limit (?:it|that|this"
    r"|them|the results)?(?: to)?|restrict (?:it|that|this|them|the results)?(?: to)?"
    r"|filter (?:it|them|those)?(?: (?:by|for|to))?|narrow (?:it|that|this)(?: down)? to"
    r"|keep|include|zeige?(?: mir)?)? ?(?:only|just|nur)?(?: the| die)? ?(?P<what>.+?)(?:"
    r" only| ones)*$",
    re.IGNORECASE,
)


_ELLIPSIS = re.compile(
    r"^(?:does|do|did|is|are|can|could|has|have|will|would|should) (?P<np>[^?]+?)(?: (?:too"
    r"|also|as well|do (?:so|that|it|the same)|work|help|apply|(?:any )?(?:different|better"
    r"|worse)))*$",
    re.IGNORECASE,
)


def fragment_of(
    body: str, lead: bool, typed: str, last: Reading, read_again: Callable[[str], Reading]
) -> Reading | None:
    """The words to put into the last question; None where the question has a verb of its own."""
    about = ABOUT.match(body)
    rest = body[about.end() :] if about else body
    fragment = read_again(_as_filter(rest, read_again(rest), last))
    asks = re.search(r"\w,? (?:which|what|how)\b", fragment.text)
    if fragment.text and not asks and (about or _is_fragment(fragment, lead, typed)):
        return fragment
    if limit := _limit(body, read_again):
        return limit
    short = _ELLIPSIS.match(body)
    named = read_again(short["np"]) if short else None
    return named if named and _only_thing(named) else None


_OFFICE = re.compile(
    r"\b(US|American|European|Korean|Japanese|Chinese|German|EP|WO|KR|JP|CN|DE) ones?\b"
)


def _as_filter(rest: str, fragment: Reading, last: Reading) -> str:
    """Take "BYD" for "by BYD" and "Korean ones" for "Korean patents"; nothing else can be meant."""
    rest = _OFFICE.sub(r"\1 patents", rest)
    parties = [one for one in fragment.entities if one.kind == "party"]
    limited = any(chip.filter == "party" for chip in fragment.chips)
    named = any(one.kind == "party" for one in last.entities)
    by_party = any(chip.filter == "party" for chip in last.chips)
    if len(parties) == 1 and not limited and (by_party or not named):
        words = re.sub(r"^(?:by|from|the|for) ", "", rest.strip(), flags=re.IGNORECASE)
        if words == parties[0].typed:
            return f"by {words}"
    return rest


def _is_fragment(fragment: Reading, lead: bool, typed: str) -> bool:
    """Whether words without a verb are part of a question rather than a search of their own."""
    text = fragment.text
    if not text or VERB.search(text) or len(text.split()) > 14 or _POINTS.search(text):
        return False
    if not typed.isascii() and re.search("[가-힣぀-ヿ一-鿿]", text):
        return lead or (
            bool(re.search(r"(?:은|는|에서는|では|は|呢)[?？]?$", re.sub(r"[?？ ]+$", "", typed)))
            and len(text) < 20
        )
    if lead or (_STARTS_FRAGMENT.match(text) and len(text.split()) <= 9):
        return True
    if typed.rstrip().endswith("?") and len(text.split()) <= 5:
        return True
    figures = [(one.start, one.end) for one in fragment.conditions]
    figures += [(one.start, one.end) for one in fragment.chips]
    said = sum(end - start for start, end in figures)
    return bool(figures) and said >= 0.6 * len(text)


def _limit(body: str, read_again: Callable[[str], Reading]) -> Reading | None:
    """Words that are nothing but filters: "show me the patents only"."""
    if not re.search(
        r"\b(?:only|just|nur|limit|restrict|filter|narrow|keep)\b", body, re.IGNORECASE
    ):
        return None
    match = _LIMITS.match(body)
    if not match:
        return None
    what = re.sub(r"^(?:the |those |ones? |to |documents? )*", "", match["what"])
    found = read_again(what)
    if not found.chips and (
        named := re.fullmatch(r"(?:our )?(?:reports?|patents?)", what, re.IGNORECASE)
    ):
        found = read_again("our reports" if "report" in named.group().lower() else "patents")
    said = sum(chip.end - chip.start for chip in found.chips)
    return found if said >= 0.5 * len(found.text) else None


def _only_thing(named: Reading) -> bool:
    """Whether a noun phrase is all there is: the verb of "does PVDF too?" is missing."""
    if named.properties or not named.entities:
        return False
    if any(one.kind in ("number", "document") for one in named.entities):
        return False
    said = sum(one.end - one.start for one in named.entities)
    return said >= 0.6 * len(re.sub(r"^(?:the|a|an) ", "", named.text))
