"""Words that point at the subject of the last question: it, its, this coating, the former."""

from __future__ import annotations

import re

from assistant.questions.among import DOCUMENTS
from assistant.questions.asking import proposition, subject
from assistant.questions.noun_phrases import noun_phrase
from assistant.questions.placing import appended
from assistant.questions.pointing import DEMONSTRATIVE, POINTERS
from assistant.questions.reading import Reading
from assistant.questions.statements import ACTED_ON
from assistant.questions.topics import topic
from index.quantities import find_conditions

EXPLETIVE = re.compile(
    r"\bit(?: is|'s)? (?:\w+ly )?(?:possible|necessary|true|known|better|important|useful"
    r"|advisable|likely|common|safe|feasible|required|known|beneficial|permitted|allowed"
    r"|worth|difficult|easy|correct|right|recommended|sufficient|enough|clear)\b (?:to|that"
    r"|if|whether|when|for|\w+ing)"
    r"|\b(?:is|was|would|could) it (?:\w+ly )?(?:possible|necessary|true|known|better"
    r"|important|useful|advisable|likely|common|safe|feasible|required|beneficial|allowed"
    r"|worth|difficult|easy|correct|right|recommended|sufficient|enough|clear)\b (?:to|that"
    r"|if|whether|when|for|\w+ing)"
    r"|\bis it (?:really |also |actually |only )*\S+ (?:that|which|who)\b"
    r"|\b(?:its|their) [\w -]{3,40} (?:does|do|did|can|has|have) (?:the|an?|our) \w+ \w+"
    r"|\b(?:does|did|would) it take .*\bto\b \w+ \w+|\bmatter (?:if|whether|that)\b|\bit"
    r" takes\b|\bmake it possible\b|\bwhat it (?:is|means)\b|\bit (?:seems|appears"
    r"|follows)\b",
    re.IGNORECASE,
)
# "Any patents on that?" behind "does US... mention a binder?" is about the binder.
_TAUGHT = re.compile(
    r"^(?:does|do|did) \S+ (?:mention|describe|disclose|claim|teach|cover) (?P<what>.+)$",
    re.IGNORECASE,
)
_FEW = 4  # words that can carry an apostrophe
_BARE_NOUN = re.compile(r" (?:[\w-]+ ){0,2}(?:[a-z]{3,}(?<!ed)(?<!ing))")
_JOINT = re.compile(
    r"\b(?:and|but|when|if|because|while|although|before|after|until|so|unless|once|whereas"
    r"|than|or)\b|[,;:]",
    re.IGNORECASE,
)
_OF_VALUES = re.compile(
    r"\b(?:compar|higher|lower|better|worse|improv|measur|increas|decreas|affect|depend"
    r"|chang|good|bad|normal|typical|stated|reduc|high|low|influenc|determin|calculat"
    r"|constant|report|obtain|record|reproduc|realistic|plausible|accept|enough|sufficient"
    r"|exceed|above|below|rais|lift|drop|fall|rise|due to|reason|vary|varies|same)",
    re.IGNORECASE,
)
_WAS_THAT = re.compile(
    r"(?:what|which) [\w -]+ (?:is|was|are|were) (?:that|this|it|those)[ ?.!]*$", re.IGNORECASE
)
_OF_GOODS = re.compile(
    r"\b(?:patented|sold|available|commercial\w*|made|makes?|produced|supplied|manufactured"
    r"|expensive"
    r"|toxic|cheap|claimed|owned|invented)\b",
    re.IGNORECASE,
)
_CLAUSE_VERB = re.compile(
    r"\b(?:prevent|avoid|reduc|solv|fix|mitigat|suppress|happen|caus|explain|overcom|remed"
    r"|help|against|counter|hurt|harm|matter|occur|eliminat|minimi[sz]|due|true|so|the case"
    r"|correct|confirm|known|mean|stop"
    r"|stopped|done|start|started|begin|began)\w*\b",
    re.IGNORECASE,
)
_MEASURES = re.compile(
    r"\b(?:measured|determined|calculated|obtained|reported|recorded|quantified)\b", re.IGNORECASE
)


_LONGEST = 160  # characters


def pointers_resolved(typed: str, last: Reading) -> str:
    """The question with the first word that points back replaced; as typed where none does.

    >>> from assistant.questions.records import Known
    >>> from assistant.questions.reading import read
    >>> pointers_resolved("How thick is it?", read("What is SEI?", Known(), "publication"))
    'How thick is SEI?'
    """
    if EXPLETIVE.search(typed):
        return typed
    if match := DEMONSTRATIVE.search(typed):
        return _demonstrative(typed, match, last)
    for name, pattern in POINTERS:
        for match in pattern.finditer(typed):
            if not _inside(typed, match.start(), name):
                return _put(typed, match, name, last)
    return typed


def _demonstrative(typed: str, match: re.Match[str], last: Reading) -> str:
    """The last question's words for "this coating"."""
    if _inside(typed, match.start(), "own"):
        return typed
    noun = match["noun"].lower().removesuffix("s")
    about = topic(last)
    if ACTED_ON.match(last.text) and (named := noun_phrase(noun, last.text)):
        about = named
    for words in (about, *(one.typed for one in last.entities)):
        if noun and noun in words.lower():
            new = (
                words
                if re.match(r"(?:the|a|an) ", words, re.IGNORECASE)
                else f"the {words}"
                if words.islower()
                else words
            )
            return typed[: match.start()] + new + typed[match.end() :]
    about = (
        about
        if not _CLAUSE_VERB.search(typed)
        and noun
        not in (
            "effect",
            "proces",
            "method",
            "treatment",
            "procedure",
            "step",
            "problem",
            "issue",
            "behaviour",
            "behavior",
            "phenomenon",
        )
        else proposition(last)
    )
    if not about or about.lower() in typed.lower():
        return typed
    return typed[: match.end()] + f" ({about})" + typed[match.end() :]


def _inside(typed: str, place: int, name: str) -> bool:
    """Whether the word points at something in its own sentence."""
    before = typed[:place]
    words = re.findall(r"[^\W_]+", before)
    if len(words) < 2:
        return False
    joints = list(_JOINT.finditer(before))
    if name != "own" and not joints:
        return False
    clause = before[: joints[-1].start()] if joints and name != "own" else before
    said = re.sub(
        r"\b(?:what|which|why|how|is|are|was|were|does|do|did|can|could|should|the|a|an|and"
        r"|but|so|of|in|at|for|to|then|ok|also|much|many|thick|long|high|hot|much|effect"
        r"|influence|tell|me|about|explain|compare|with|show|list|summari[sz]e|it|its|they"
        r"|this|that|if|when|what's|affect|ha[sv]e?|be|used|on|by|or|will|would)\b",
        " ",
        clause,
        flags=re.IGNORECASE,
    )
    if name == "own" and not joints:
        return bool(re.search(r"\b[A-Z][A-Za-z]*[A-Z0-9]\w*\b", said)) or len(said.split()) > 2
    return bool(said.split())


def _put(typed: str, match: re.Match[str], name: str, last: Reading) -> str:
    """The question with one word that points back replaced, or explained in brackets."""
    start, end = match.span()
    word = match.group().lower()
    if name in ("first", "second"):
        if len(last.compared) < 2:
            return typed
        return typed[:start] + last.compared[0 if name == "first" else 1] + typed[end:]
    if _WAS_THAT.match(typed) and (asked := re.match(r"(?:which|what) (?P<rest>\w.+)", last.text)):
        return appended(typed, f"({asked['rest'].rstrip(' ?.!')})")
    if value := _value(typed, word, last):
        return typed[:start] + value + typed[end:]
    if _means_clause(typed, start, word, last) and 0 < len(said := proposition(last)) <= _LONGEST:
        return appended(typed, f"({said})")
    about = re.sub(r"^(?:a|an) ", "the ", topic(last))
    if not about:
        return typed
    if re.search(r"\b(?:on|about) $", typed[:start]) and (taught := _TAUGHT.search(last.text)):
        about = re.sub(r"^(?:a|an) ", "the ", taught["what"].strip(" ?."))
    if name == "place":
        about = f"in {about}"
    elif word in ("that", "this", "it") and last.properties and _MEASURES.search(typed):
        about = f"the {last.properties[0].words} of {about}"
    elif word in ("its", "their"):
        if len(about.split()) > _FEW and _BARE_NOUN.fullmatch(typed[end:].rstrip(" ?.!")):
            return f"{typed[:start]}the{typed[end:].rstrip(' ?.!')} of {about}?"
        about = f"{about}'" if about.endswith("s") else f"{about}'s"
    if start == 0:
        about = about[:1].upper() + about[1:]
    return typed[:start] + about + typed[end:]


def _value(typed: str, word: str, last: Reading) -> str:
    """The asked value, where a question for a value is pointed at; "" if its thing is meant."""
    if word in ("its", "their", "they", "them") or _OF_GOODS.search(typed):
        return ""
    if word == "it" and not _OF_VALUES.search(typed):
        return ""
    return subject(last, frozenset(one.dimension for one in find_conditions(typed)))


def _means_clause(typed: str, start: int, word: str, last: Reading) -> bool:
    """Whether all that was asked is meant: "how can it be prevented?"; not "does it help?"."""
    if word in ("its", "their") or not _CLAUSE_VERB.search(typed):
        return False
    if word in ("it", "they") and re.search(r"\b(?:do|does|did) $", typed[:start]):
        return False
    documents = re.search(rf"\b{DOCUMENTS}\b", last.text, re.IGNORECASE)
    return not documents and last.kind not in ("definition", "comparison")
