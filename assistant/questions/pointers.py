"""Words that point at the subject of the last question: it, its, this coating, the former."""

from __future__ import annotations

import re

from assistant.questions.among import DOCUMENTS
from assistant.questions.asking import proposition, subject
from assistant.questions.placing import appended
from assistant.questions.reading import Reading
from assistant.questions.topics import topic
from index.quantities import find_conditions

_EXPLETIVE = re.compile(
    r"\bit(?: is|'s)? (?:\w+ly )?(?:possible|necessary|true|known|better|important|useful"
    r"|advisable|likely|common|safe|feasible|required|known|beneficial|permitted|allowed"
    r"|worth|difficult|easy|correct|right|recommended|sufficient|enough|clear)\b (?:to|that"
    r"|if|whether|when|for|\w+ing)"
    r"|\b(?:is|was|would|could) it (?:\w+ly )?(?:possible|necessary|true|known|better"
    r"|important|useful|advisable|likely|common|safe|feasible|required|beneficial|allowed"
    r"|worth|difficult|easy|correct|right|recommended|sufficient|enough|clear)\b (?:to|that"
    r"|if|whether|when|for|\w+ing)"
    r"|\b(?:does|did|would) it take .*\bto\b \w+ \w+|\bmatter (?:if|whether|that)\b|\bit"
    r" takes\b|\bmake it possible\b|\bwhat it (?:is|means)\b|\bit (?:seems|appears"
    r"|follows)\b",
    re.IGNORECASE,
)
_JOINT = re.compile(
    r"\b(?:and|but|when|if|because|while|although|before|after|until|so|unless|once|whereas"
    r"|than|or)\b|[,;:]",
    re.IGNORECASE,
)
_OF_VALUES = re.compile(
    r"\b(?:compar|higher|lower|better|worse|improv|measur|increas|decreas|affect|depend"
    r"|chang|good|bad|normal|typical|stated|reduc|high|low|influenc|determin|calculat)",
    re.IGNORECASE,
)
_CLAUSE_VERB = re.compile(
    r"\b(?:prevent|avoid|reduc|solv|fix|mitigat|suppress|happen|caus|explain|overcom|remed"
    r"|occur|eliminat|minimi[sz]|due|true|so|the case|correct|confirm|known|mean|stop"
    r"|stopped|done|start|started|begin|began)\w*\b",
    re.IGNORECASE,
)
_NOUN = (
    r"(?P<noun>[a-z][\w-]*(?: (?:material|layer|cell|electrode|coating|additive|effect|process"
    r"|temperature|value|range|composition|method|report|patent|document|foil|film|electrolyte"
    r"|salt|binder|powder)\b)?)"
)
_DEMONSTRATIVE = re.compile(
    rf"\b(?:this|these|those|such an?|the same|the said|(?<=of )that|(?<=for )that|(?<=in"
    rf" )that|(?<=with )that|(?<=about )that|(?<=does )that|(?<=is )that|(?<=at )that"
    rf"|(?<=on )that|(?<=by )that) (?!(?:\w+ed|is|are|was|were|be|been|do|does|did|can|has"
    rf"|have|as|for|of|with|in|at|to|and|or|by|also|still|not|too|happen\w*|affect\w*"
    rf"|improve\w*|work\w*|compare\w*|differ\w*|used|called|made|prevented|avoided|reduced"
    rf"|measured|then|from|on|when|if|after|under|during|so|a|an|the|in|good|better|worse"
    rf"|higher|lower|thicker|thinner|safer|cheaper|stable|true|good|bad|high|low|enough"
    rf"|known|correct|all|it|why|how|just|only|really|always|possible|necessary|important"
    rf"|that|which|who|increase\w*|decrease\w*|disclose\w*|describe\w*|claim\w*|mention\w*"
    rf"|say|report)\b){_NOUN}",
    re.IGNORECASE,
)
_POINTERS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("own", re.compile(r"\b(?:its|their)\b(?! own\b)", re.IGNORECASE)),
    ("thing", re.compile(r"\b(?:it|they|them)\b(?!')|\bit(?='s)", re.IGNORECASE)),
    (
        "thing",
        re.compile(
            r"\b(?:this|these|those)\b(?! (?:that|which|who|with|of|having"
            r"|containing)\b)(?= *(?:$|[?.,!]|is|are|was|were|be|can|do|does|did|has|have"
            r"|with|to|and|or|in|at|for|as|by|from|under|after|during|on|happen\w*"
            r"|affect\w*|improve\w*|work\w*|compare\w*|differ\w*|used|called|made"
            r"|prevent\w*|avoid\w*|reduc\w*|measur\w*|increas\w*|decreas\w*|not|also|too))",
            re.IGNORECASE,
        ),
    ),
    (
        "thing",
        re.compile(
            r"(?:(?<=\bof )|(?<=\bis )|(?<=\bdoes )|(?<=\bwith )|(?<=\babout )|(?<=\bfor )"
            r"|(?<=\bto )|(?<=\bcauses )|(?<=\bwas )|(?<=\bon )|(?<=\bby )|(?<=\bdid )"
            r"|(?<=\bthan )|(?<=\bfrom )|(?<=\bcan )|(?<=\bcompare )|(?<=\bexplain )"
            r"|(?<=\bprevent )|(?<=\bavoid )|(?<=\bfix )|(?<=\bstop )|(?<=\babove )"
            r"|(?<=\bbelow )|(?<=\bbeyond )|(?<=\bwould )|(?<=\bcould )|(?<=\bmeasure"
            r" ))that\b(?= *(?:$|[?.,!]|happen\w*|compare\w*|differ\w*|work\w*|with|to\b"
            r"|in\b|at\b|be\b|affect\w*|true|the case|so\b|prevented|avoided|measured|made"
            r"|stated|written|cost|help|improve\w*|high|low|a\b|an\b|and\b))",
            re.IGNORECASE,
        ),
    ),
    (
        "first",
        re.compile(
            r"\bthe (?:former|first(?: (?:one|material|option))?)\b(?=$|[?.,! ])(?! (?:\w+"
            r" )?(?:cycles?|step|charge|discharge|claim|report|cell|time))",
            re.IGNORECASE,
        ),
    ),
    (
        "second",
        re.compile(
            r"\bthe (?:latter|second one|second(?= *[?.,!]|$)|other one|other(?= *[?.,!]|$))",
            re.IGNORECASE,
        ),
    ),
    (
        "thing",
        re.compile(
            r"\b(?:the two|both(?: of them)?)\b(?= *(?:$|[?.,!]|be\b|in\b|at\b|used|differ"
            r"|have|combined))|\bthe same(?= *(?:$|[?.!]))",
            re.IGNORECASE,
        ),
    ),
)


def pointers_resolved(typed: str, last: Reading) -> str:
    """The question with the first word that points back replaced; as typed where none does.

    >>> from assistant.questions.records import Known
    >>> from assistant.questions.reading import read
    >>> pointers_resolved("How thick is it?", read("What is SEI?", Known(), "publication"))
    'How thick is SEI?'
    """
    if _EXPLETIVE.search(typed):
        return typed
    if match := _DEMONSTRATIVE.search(typed):
        return _demonstrative(typed, match, last)
    for name, pattern in _POINTERS:
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
    start, end = match.span()
    if name in ("first", "second"):
        if len(last.compared) < 2:
            return typed
        return typed[:start] + last.compared[0 if name == "first" else 1] + typed[end:]
    about = topic(last)
    documents = re.search(rf"\b{DOCUMENTS}\b", last.text, re.IGNORECASE)
    word = match.group().lower()
    if word not in ("its", "their", "they", "them") and (word != "it" or _OF_VALUES.search(typed)):
        own = frozenset(one.dimension for one in find_conditions(typed))
        if value := subject(last, own):
            return typed[:start] + value + typed[end:]
    if (
        word not in ("its", "their")
        and _CLAUSE_VERB.search(typed)
        and not documents
        and last.kind not in ("definition", "comparison")
    ):
        said = proposition(last)
        if said and len(said) <= 160:
            return appended(typed, f"({said})")
    if not about:
        return typed
    about = re.sub(r"^(?:a|an) ", "the ", about)
    if match.group().lower() in ("its", "their"):
        return (
            typed[:start]
            + f"{about}{chr(39) if about.endswith('s') else chr(39) + 's'}"
            + typed[end:]
        )
    if start == 0:
        about = about[:1].upper() + about[1:]
    return typed[:start] + about + typed[end:]
