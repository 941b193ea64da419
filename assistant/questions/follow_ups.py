"""Decide whether a question needs the conversation, and complete it; leave others as they are."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from assistant.questions.again import again
from assistant.questions.among import one_document, ordinal, speaks_of_documents
from assistant.questions.fragments import Fragment, fill
from assistant.questions.keeping import has_substance, kept, shortened
from assistant.questions.lacking import with_subject
from assistant.questions.pronouns import resolve
from assistant.questions.reading import READ, Reading, read
from assistant.questions.records import Known, Turn

_LONGEST = 160  # characters; a longer question says enough by itself


_WORDS = re.compile(r"[^\W_]")
_LEAD = re.compile(
    r"^(?:(?:and|but|or|so|then|also|plus|ok(?:ay)?|now|well|hmm+|ah|oh|great|thanks|thank"
    r" you|cool|yes|no|sorry|actually|alright|right|fine|good|next|please|finally|und|aber"
    r"|oder|auch|danke"
    r"|그리고|그럼|그러면|그렇다면|では|それでは|じゃあ|そして|那么|那)(?:[,.!;:…]+ ?| +"
    r"|(?=[?]?$)))+",
    re.IGNORECASE,
)
_ABOUT = re.compile(
    r"^(?:(?:what|how)(?:'s| is it| does it look| about the same| is the situation)?"
    r" ?(?:about|of|for|with)(?= )|what(?: happens)? if (?:(?:it|that|this|the \w+) (?:is"
    r"|was|were)|it's|we (?:use|used|have|go to|take)|you (?:use|take)|i (?:use|take)|one"
    r" uses)"
    r"|if (?:it is|it's)|what (?:is|was|are|were) (?:it|that|this|they|the value)(?= (?:at"
    r"|after|for|with|in|under|when)\b)|(?:do |is it |what about )?(?:the )?same(?:"
    r" question| thing| again| query)?(?: but)?(?= (?:for|with|at|in|on|by|after|under|of"
    r"|since|from|using)\b)"
    r"|(?:is|are|was|does|do|did|would|will|can) (?:(?:that|this|the same)(?: (?:also|too"
    r"|be))*(?: (?:true|the case|valid|so|apply|happen|happens|work|hold|different"
    r"|similar))+|it(?: also)?(?: (?:true|the case|apply|hold|different|so))+)(?: too| also"
    r"| as well)?(?= (?:for|with|in|at|after|under|on|to|when)\b)|(?:likewise|similarly"
    r"|ditto)(?= (?:for|with|at|in))|i (?:meant?|mean)|make (?:it|that)|change (?:it|that"
    r"|this) to|(?:repeat|redo|do|try|answer|show|give me) (?:it|this|that|the same)(?:"
    r" again)?(?: question)?(?= (?:for|with|at|in|on|using|after))"
    r"|how (?:much|high|large|long|many|big)(?: (?:is|was|would) (?:it|that)(?: be)?)?"
    r"(?= (?:with|at|for|in|after|under|without)\b)"
    r"|(?:also )?(?:include|add)(?: also)?(?= (?!it\b|them\b|that\b)\w)"
    r"|(?:try|use|take|consider)(?= (?!of|it\b)\w+(?: \w+)? instead)|(?:let's|lets) (?:try"
    r"|take|say)|was ist(?: denn)? mit|wie (?:ist|sieht|steht) es (?:\w+ )?(?=(?:mit|bei"
    r"|für|um)\b))(?:,? +|$)",
    re.IGNORECASE,
)
_TRAIL = re.compile(
    r"(?:,? +(?:instead|then|too|as well|also|please|though|now|rather|again|aus"
    r"|specifically|exactly|precisely|stattdessen))*[\s?.!…？。！]*$",
    re.IGNORECASE,
)
_VERB = re.compile(
    r"\b(?:is|are|was|were|does|do|did|can|could|should|would|will|has|have|had|must|may"
    r"|might|isn't|aren't|doesn't|ist|sind|wird|werden|hat|haben|kann|gibt)\b"
    r"|^(?:what|which|why|how|when|where|who|whose|compare|list|show|find|give|explain"
    r"|summari[sz]e|tell|describe|define|name|search|discuss|welche\w*|warum|wie|was|wer|wo"
    r"|wann|vergleiche|zeige)\b",
    re.IGNORECASE,
)
_OTHERS = re.compile(
    r"\b(?:the ones|those|ones|any|some) (?=(?:by|from|since|before|after|in|filed|published|on|for"
    r"|with|of|at|under)\b)",
    re.IGNORECASE,
)
_POINTS = re.compile(
    r"^(?:it|they|this|these)\b|\b(?:on|about|for|of|with|to|regarding|against|like) (?:that|this"
    r"|it|them|these|those)\b(?! \w+$)",
    re.IGNORECASE,
)
_SHORT = 10  # words; a longer question says what it is about
_UNRESOLVED = re.compile(r"\b(?:that|this|the other|the latter|the former) one\b", re.IGNORECASE)
_STARTS_FRAGMENT = re.compile(
    r"^(?:at|for|with|without|in|on|of|after|before|during|under|using|from|by|since|until"
    r"|between|only|just|not|below|above|up to|per|as|instead|except|bei|für|mit|ohne|seit"
    r"|nach|vor|nur|im|von)\b",
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


def complete(
    typed: str, previous: Sequence[Turn], known: Known, basis: str
) -> tuple[str, tuple[str, ...]]:
    """The question completed from the turns before it, and the documents it is limited to.

    basis: the date that "since 2015" means. A question that stands alone comes back as typed.

    >>> turns = [Turn("Which binders suit silicon anodes?", ("d1",))]
    >>> complete("which of those are patents?", turns, Known(), "publication")[1]
    ('d1',)
    """
    last = _spoken_of(previous, known, basis)
    if last is None or not _WORDS.search(typed) or len(typed) > _LONGEST:
        return typed, ()
    documents = next(
        (t.document_ids for t in reversed(previous) if t.answered and t.document_ids), ()
    )
    body = _TRAIL.sub("", typed)
    lead = _LEAD.match(body)
    body = body[lead.end() :] if lead else body
    bare = typed[lead.end() :] if lead else typed
    if repeated := again(body, last):
        return repeated, ()
    if numbered := ordinal(body, last, documents) or one_document(body, last, documents):
        return numbered
    others = (lead or _ABOUT.match(body)) and _OTHERS.search(body) and not _VERB.search(body[8:])
    if speaks_of_documents(body, last) and not others:
        return resolve(bare, body, last), documents

    def read_again(text: str) -> Reading:
        return read(text, known, basis)

    if fragment := _fragment(body, bool(lead), typed, last, read_again):
        return shortened(fill(Fragment(fragment.text, fragment), last, read_again), bare, last), ()
    resolved = resolve(bare, body, last)
    if resolved == bare:
        resolved = with_subject(bare, read_again(body), last)
    if resolved == bare and len(body.split()) < _SHORT and _UNRESOLVED.search(body):
        resolved = f"{bare.rstrip(' ?.')} ({last.text.strip(' ?.')})?"
    return (shortened(kept(resolved, last), bare, last) if resolved != bare else typed), ()


def _spoken_of(previous: Sequence[Turn], known: Known, basis: str) -> Reading | None:
    """The last question that says what it is about; the last one if none does."""
    turns = [turn.question for turn in reversed(previous) if _WORDS.search(turn.question)]
    # What lies behind is no question any more, and would be carried through all later turns.
    readings = (read(question[:READ], known, basis) for question in turns)
    found = next((one for one in readings if has_substance(one)), None)
    return found or (read(turns[0][:READ], known, basis) if turns else None)


def _fragment(
    body: str, lead: bool, typed: str, last: Reading, read_again: Callable[[str], Reading]
) -> Reading | None:
    """The words to put into the last question; None where the question has a verb of its own."""
    about = _ABOUT.match(body)
    rest = body[about.end() :] if about else body
    fragment = read_again(_as_filter(rest, read_again(rest), last))
    if fragment.text and (about or _is_fragment(fragment, lead, typed)):
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
    if not text or _VERB.search(text) or len(text.split()) > 14 or _POINTS.search(text):
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
