"""Follow-ups that the conversation stands behind in brackets where its place is not sure."""

from __future__ import annotations

import re

from assistant.questions.asking import proposition
from assistant.questions.prefixes import JOINS
from assistant.questions.reading import Reading
from assistant.questions.statements import statement
from assistant.questions.topics import context, topic
from assistant.questions.verbs import first_verb

_LONGEST = 160  # characters of what is put in brackets
_WORDS = 12  # a longer question says what it is about
_LONG_WORD = re.compile(r"\b(?!(?:batter|electrod|cells?\b|lithium))[^\W\d_]{5,}")
_VERB_OF_BEING = re.compile(r"\b(?:is|are|was|were|does|do|did|can|has|have)\b", re.IGNORECASE)
_FEW = 7  # words: "how fast does the carbonate form?"
_OPEN = re.compile(
    r"^why (?:not|(?:this|that|these|those) ones?)\b|^(?:what|which) (?:goes|went|could go"
    r"|can go) wrong\b|\bthere$"
    r"|\b(?:that|this|it) (?:also|still|even|really|already|alone|alike)\b|^(?:how much|how many"
    r"|which) of (?:it|that|this)\b|\b(?:he|she)\b",
    re.IGNORECASE,
)
_MEANS_ALL = re.compile(
    r"^(?:and |but |so )?(?:why|how come) (?:(?:is|was|are|were|does|do|did|should|would|can|has"
    r"|have)(?:n't)?"
    r" )?(?:it|that|this|they|those|these)(?: ones?)?\b.*\b(?:(?!(?:water|layer|after|under"
    r"|other|binder|polymer|power|number|over|copper|silver"
    r"|fiber|either|whether|separator)\b)\w+er|more|less|better|worse)\b(?!.*\bthan\b)",
    re.IGNORECASE,
)
_THAT_CHANGE = re.compile(
    r"\b(?:is|was|are|were|does|of|for|behind|explains?|causes?) (?:that|this) (?:difference"
    r"|change|increase|decrease|drop|gain"
    r"|improvement|trend)\b",
    re.IGNORECASE,
)
_WHY_THIS = re.compile(r"^why (?:this|that|these|those) ones?$", re.IGNORECASE)
_ANYTHING = re.compile(
    r"^(?:do (?:you|we) have|is there|are there|have (?:you|we)(?: got)?|can you find|show me|find)"
    r" (?:anything|something|(?:any |some )?(?:info|information|documents?|reports?|patents?"
    r"|papers?))"
    r" (?:on|about|regarding) (?P<rest>.+)",
    re.IGNORECASE,
)
_DEFINITE = re.compile(
    r"^(?:how (?:fast|long|quickly|often|deep|far|strongly|much|many)|why|when|does|do|did|is|are)"
    r"\b(?:(?! of\b).)*\bthe [a-z]+\b(?! of\b)",
    re.IGNORECASE,
)
_UNNAMED = re.compile(  # "their electrolytes", but not "of its capacity does the cathode keep"
    r"^(?:what|which|how|why|when|where|do|does|did|is|are|can)\b(?:(?!\b(?:and|that|when|if)\b)[^,:]){0,30}"
    r"\b(?:its|their|they|them)\b(?!.*\b(?:do|does|did|can|has|have) (?:the|an?) )",
    re.IGNORECASE,
)
_THEY = re.compile(r"\b(?:do|did|have|can|could|will|would|are|were) they\b", re.IGNORECASE)
_MAKERS = re.compile(
    r"^(?:who|which (?:[\w-]+ ){0,2}?(?:company|companies|firms?|makers?|manufacturers?|groups?"
    r"|teams?|suppliers?|applicants?|universit(?:y|ies)|institutes?))\b",
    re.IGNORECASE,
)


def gist(last: Reading) -> str:
    """What the conversation is about, to be read in brackets: a noun phrase, or all that was asked.

    >>> from assistant.questions.records import Known
    >>> from assistant.questions.reading import read
    >>> gist(read("What is the melting point of LiTFSI?", Known(), "publication"))
    'the melting point of LiTFSI'
    >>> gist(read("Which salt does the cell use?", Known(), "publication"))
    'which salt the cell uses'
    """
    if added := context(last.text):
        return added
    if said := statement(last.text):
        return said
    if found := _ANYTHING.match(last.text.strip(" ?.!")):
        return found["rest"]
    text = last.text.strip(" ?.!")
    named = re.match(
        r"^what(?:'s| is| are| was| were) (?P<rest>(?:the|an?) .+)", text, re.IGNORECASE
    )
    if named:
        return named["rest"]
    if last.kind in ("cause", "yes/no"):
        return _indirect(text, last) or proposition(last)
    small = text[:1].lower() + text[1:] if text[1:2].islower() else text
    return _indirect(small, last) or small


def _indirect(text: str, last: Reading) -> str:
    """An indirect question: "what energy an atom needs"; "" where its verb cannot be told."""
    match = re.match(
        r"(?P<asks>(?:what|which|how|why) .*?)?\b(?P<do>do|does) (?P<rest>.+)", text, re.I
    )
    if not match:
        return ""
    rest = match["rest"]
    verb = first_verb(rest, [one.typed for one in last.entities])
    if not verb or first_verb(f"x{rest[verb.end() :]}", ()):
        return ""
    word = verb.group().split()[-1]
    if word.endswith(("s", "ed", "ing", "er")):
        return ""
    if match["do"].lower() == "does":
        word = (
            _ENDINGS.sub(lambda found: _THIRD[found.group().lower()], word)
            if _ENDINGS.search(word)
            else f"{word}s"
        )
    asks = match["asks"] or "whether "
    return f"{asks}{rest[: verb.end() - len(verb.group().split()[-1])]}{word}{rest[verb.end() :]}"


_ENDINGS = re.compile(r"(?:have|(?<=[^aeiou])y|ch|sh|x|z|o)$", re.IGNORECASE)
_THIRD = {"have": "has", "y": "ies", "ch": "ches", "sh": "shes", "x": "xes", "z": "zes", "o": "oes"}


def bracketed(typed: str, last: Reading) -> str:
    """The question with the gist behind it; as typed where there is none.

    >>> from assistant.questions.records import Known
    >>> from assistant.questions.reading import read
    >>> last = read("What is the melting point of LiTFSI?", Known(), "publication")
    >>> bracketed("Why not higher?", last)
    'Why not higher (the melting point of LiTFSI)?'
    """
    said = gist(last)
    if re.search(r"\bclaims? \d", typed):  # another claim of the same document
        numbers = (one.typed for one in last.entities if one.kind in ("number", "document"))
        said = next(numbers, said)
    if len(said) > _LONGEST:
        said = topic(last)
    return f"{typed.rstrip(' ?.!')} ({said})?" if said and said not in typed else typed


def means_all(body: str, last: Reading) -> bool:
    """Whether a pointing question is about all that was asked, or about those who did it."""
    short = len(body.split()) <= _WORDS and not re.search("[,:]| [-–] ", body)
    documents = any(one.kind in ("number", "document") for one in last.entities)
    if short and _THEY.search(body) and (documents or _MAKERS.match(last.text)):
        return True
    if _WHY_THIS.match(body) or _THAT_CHANGE.search(body):
        return True
    asks_value = last.kind == "value" and re.match(r"what (?:is|are|was|were)\b", last.text, re.I)
    return bool(_MEANS_ALL.search(body)) and not asks_value


def hangs(typed: str, asked: Reading, last: Reading) -> bool:
    """Whether a question with a verb of its own still hangs on the last one."""
    if len(asked.text.split()) > _WORDS or asked.kind == "legal" or statement(asked.text):
        return False
    if re.match(r"(?:and )?what (?:is|are) (?!the )", asked.text, re.IGNORECASE):
        return False
    known = {one.typed.lower() for one in last.entities}
    own = [one for one in asked.entities if one.typed.lower() not in known]
    exact = any(one.terms or one.kind in ("number", "document", "party") for one in own)
    if exact or asked.chips:
        return False
    if said := statement(last.text):
        shared = set(_LONG_WORD.findall(said.lower())) & set(_LONG_WORD.findall(asked.text.lower()))
        if shared and re.search(r"\bthe [a-z]", asked.text) and _VERB_OF_BEING.search(asked.text):
            return True
    fronted = re.match(r"(?:for|with|in|on|at) [^,]{3,30}, ", asked.text, re.IGNORECASE)
    short = len(asked.text.split()) <= _FEW and not asked.entities and not asked.conditions
    if short and _DEFINITE.match(asked.text):
        return True
    if _UNNAMED.search(asked.text):
        return True
    return bool(_OPEN.search(asked.text)) or (
        bool(JOINS.match(typed)) and not (own and not fronted)
    )
