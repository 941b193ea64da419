"""Nouns that need a complement: "who is the assignee?", "is the effect reversible?" lack theirs."""

from __future__ import annotations

import re

from assistant.questions.reading import Reading

_OF_DOCUMENTS = (
    r"inventors?|authors?|applicants?|assignees?|owners?|titles?|abstracts?|priority(?: date)?"
    r"|(?:filing|publication|grant) dates?|expiry(?: date)?|legal status|famil(?:y|ies)"
    r"|(?:independent |main |first |dependent )*claims?|scope|inventive concept"
)
_OF_THINGS = (
    r"effects?|results?|values?|tests?|experiments?|samples?|cells? used|differences?|reasons?"
    r"|mechanisms?|trends?|improvements?|gains?|increase|decrease|reduction|changes?|loss(?:es)?"
    r"|drop|examples?|control|reference|baseline|conclusions?|limits?|optimum|conditions"
    r"|treatments?|steps?|procedures?|methods?|data|sources?|evidence|drawbacks?|downsides?"
    r"|(?:dis)?advantages?|benefits?|side effects?|alternatives?|problems?|solutions?|purpose"
    r"|countermeasures?|remed(?:y|ies)|consequences?|causes?|findings?|outcomes?|observations?"
    r"|recommendations?|substitutes?|replacements?|equivalents?|suppliers?|vendors?|goals?"
    r"|objectives?|motivation|errors?|uncertainty|trade-?offs?|penalt(?:y|ies)|risks?"
    r"|limitations?|(?:typical |best |highest |lowest |optimal |recommended |usual )+(?:value"
    r"|range|amount|level|choice|option|temperature|result|performance)s?|side reactions?"
    r"|products?|by-?products?|applications?|uses?|set-?up|parameters?|settings?|cut-?offs?"
)
_LACKS = re.compile(
    rf"\b(?:(?:the|any|which|what|an?|other|some|are there|is there|main|key|possible|known) )"
    rf"+(?:\w+ )?(?P<noun>{_OF_DOCUMENTS}|{_OF_THINGS})\b"
    r"(?! (?:of|for|in|on|from|between|behind|with|to|that|against|by|about)\b)(?![\w-]| \d)",
    re.IGNORECASE,
)
_ONE = re.compile(
    r"\b(?:an?|another|any|each|the other|which|thicker|thinner|better|cheaper) (?:\w+ ){0,2}?"
    r"ones?\b(?! of\b)|\b(?:an?|other|any) (?:alternative|other way)s?\b",
    re.IGNORECASE,
)
_THE_ONE = re.compile(
    r"\bthe ones? (?:with|from|in|using|without|for|on|at|that|which)\b", re.IGNORECASE
)
_THE_DOCUMENT = re.compile(
    r"\bthe (?:patent|report|application|paper|study|document)(?= *(?:$|[?.,!])| (?:filed|published"
    r"|granted|written|says?|teach|claims?|mentions?|disclose|describe|about|give|expire|cover"
    r"|valid"
    r"|still|in force|measure|use|find|also|really)\b)",
    re.IGNORECASE,
)
_DEFINITE = re.compile(r"the (?!(?:best|highest|lowest|optimal|usual|typical)\b)", re.IGNORECASE)
_LONGEST = 12  # words


def lacks_complement(asked: Reading) -> bool:
    """Whether a short question has a noun without what it belongs to, and names nothing exact.

    >>> from assistant.questions.records import Known
    >>> from assistant.questions.reading import read
    >>> lacks_complement(read("Is the effect reversible?", Known(), "publication"))
    True
    >>> lacks_complement(read("Is the effect of FEC reversible?", Known(), "publication"))
    False
    """
    text = asked.text
    if _THE_ONE.search(text) and len(text.split()) <= _LONGEST:
        return True
    if _THE_DOCUMENT.search(text) and not asked.entities:
        return len(text.split()) <= _LONGEST
    if len(text.split()) > _LONGEST or any(
        one.terms or one.kind in ("number", "document", "party") for one in asked.entities
    ):
        return False
    if not asked.entities:
        return bool(_LACKS.search(text) or _ONE.search(text))
    found = _LACKS.search(text)
    return bool(found and _DEFINITE.match(found.group())) or bool(_ONE.search(text))


def is_relational(words: str) -> bool:
    """Whether these words are such a noun alone.

    >>> is_relational("priority date"), is_relational("graphite")
    (True, False)
    """
    return bool(re.fullmatch(rf"(?:\w+ )?(?:{_OF_DOCUMENTS}|{_OF_THINGS})", words, re.IGNORECASE))


def ends_with_it(text: str) -> bool:
    """Whether the noun stands last, so that "of X" can follow.

    >>> ends_with_it("Who is the assignee?"), ends_with_it("Is the effect reversible?")
    (True, False)
    """
    found = list(_LACKS.finditer(text.rstrip(" ?.!")))
    return bool(found) and found[-1].end() == len(text.rstrip(" ?.!"))
