"""Negation, certainty, causes, obligations, directions: words that turn a sentence round."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.gate.reading import read

_NEGATION = re.compile(
    r"\b(?:not|cannot|never|none|nobody|nothing|neither|nor|no|without|hardly|scarcely|barely"
    r"|fail(?:s|ed|ing)? to|lack(?:s|ed|ing)?|absen(?:t|ce)|unable|free (?:of|from)|except|unless"
    r"|(?:instead of|rather than|unlike)(?! (?:the |a )?\d)|few|little|insufficient(?:ly)?"
    r"|impossible|unsuitable|unchanged|unaffected)\b|n['’]t\b|\b\w+-free\b|아니|않|없",
    re.IGNORECASE,
)
# Verbs that undo what they are about.
_UNDOING = re.compile(
    r"\b(?:prevent(?:s|ed|ing)?|avoid(?:s|ed|ing)?|refus(?:es|ed)|exclud\w+|remov\w+|eliminat\w+"
    r"|reject\w+|withdr\w+|lost|los(?:s|ses|ing)|suppress\w*|inhibit\w*|interrupt\w*|omit\w*)\b",
    re.IGNORECASE,
)
_CLAUSE_END = re.compile(r"[,;:()]|\b(?:and|but|or|whereas|while|because|so|although)\b")
_BOTH_WAYS = re.compile(r"not|cannot|never|n['’]t|hardly|scarcely|barely|unable", re.IGNORECASE)
_CONDITION = re.compile(r"\b(?:without|unless|except)\b", re.IGNORECASE)
# One class each: where the quote has it beside what the sentence says, the sentence keeps it, and
# the sentence brings in none of the second kind by itself.
_HEDGE = re.compile(
    r"\b(?:may|might|could|can|possib\w+|perhaps|probab\w+|likely|unlikely|seem\w*|appear(?:s"
    r"|ed)?(?! in)"
    r"|suspect\w*|suggest\w*|believ\w+|expect\w*|assum\w+|potential(?:ly)?(?= \w+ly| to\b)|if"
    r"|whether|presum\w+"
    r"|estimat\w+|predict\w*|hypothe\w+|uncertain|unclear|would|provided that|in principle"
    r"|hope[ds]?"
    r"|tend(?:s|ed)? to|intended|plan(?:s|ned)?|propos\w+|supposed|rumou?r\w*|alleg\w+|attributed"
    r"|not known|unknown)\b",
    re.IGNORECASE,
)
_DUTY = re.compile(
    r"\b(?:must|should|shall|ought|required?|requires|recommend\w*|need(?:s|ed)?|has to|have to"
    r"|necessary|mandatory|prescrib\w+|prefer\w*|advis\w+)\b",
    re.IGNORECASE,
)
_ORDER = re.compile(r"^(?:\W|\d+[.)])*(?:set|keep|take|repeat|do|use|dry|accept|withdraw"
                    r"|release|study|fill"
                    r"|balance|run|replace|add|stop|start|avoid|limit|specify|test|order"
                    r"|install|change"
                    r"|continue|introduce|adopt|measure|check|raise|reduce|increase|build|make)\b",
                    re.IGNORECASE)  # fmt: skip
_CAUSE = re.compile(
    r"\b(?:because|due to|owing to|caus\w+|leads? to|led to|leading to|results? in|resulted in"
    r"|therefore"
    r"|thus|hence|consequently|so that|thereby|attributed|reason|why|responsible|thanks to"
    r"|stems? from"
    r"|as a result|triggers?|triggered|induc\w+|since|explain\w*|by (?!weight|volume|mass"
    r"|mole)\w+ing)\b",
    re.IGNORECASE,
)
_EXTREME = re.compile(
    r"\b(?:only|all|always|every|each|any|most|least|best|worst|highest|lowest|largest|smallest"
    r"|maximum"
    r"|minimum|optim\w+|first|second|third|last|entire(?:ly)?|complete(?:ly)?|full(?:y)?"
    r"|exact(?:ly)?"
    r"|solely|exclusively|majority|both|fastest|slowest|strongest|weakest|longest|shortest|greatest"
    r"|unique|perfect(?:ly)?|guarante\w+|proven?|significant(?:ly)?|universal(?:ly)?|never"
    r"|nearly|almost"
    r"|even|still|already|again|same|equal(?:ly)?|identical|similar(?:ly)?|safe(?:ly|r)?)\b",
    re.IGNORECASE,
)
_SAME_EXTREME = {"optimum": "best", "optimal": "best", "solely": "only", "exclusively": "only",
                 "each": "every", "greatest": "largest", "completely": "complete",
                 "entirely": "complete", "entire": "complete", "fully": "complete",
                 "almost": "nearly"}  # fmt: skip


def turned(sentence: str, part: str) -> str | None:
    """How a sentence turns round what the part of a quote says; None if it does not.

    >>> turned("Corrosion was observed.", "No corrosion was observed.")
    'the quote negates what the sentence says'
    >>> turned("It removes gas.", "It may remove gas.")
    'the quote is less certain'
    """
    return (
        _negation(sentence, part)
        or _certainty(sentence, part)
        or _duty(sentence, part)
        or _added(sentence, part)
    )


def _negation(sentence: str, part: str) -> str | None:
    words, known = _words(sentence), _words(part)
    for verbs in (False, True):
        said, given = list(_scopes(sentence, verbs)), list(_scopes(part, verbs))
        for scope in given:
            if scope & words and not any(scope & other for other in said):
                return "the quote negates what the sentence says"
        for scope in said:
            if not any(scope & other for other in given):
                return "the sentence negates what the quote says"
            if not scope & known:
                return "the sentence negates what the quote does not mention"
        if len(said) > len(given):
            return "the sentence negates more than the quote"
        if not verbs and not said and _CONDITION.search(part):
            return "it leaves out what the quote excepts"
    return None


def _scopes(text: str, verbs: bool) -> Iterator[frozenset[str]]:
    """For each negation the words it can be about. verbs: of "prevent" and "remove" instead."""
    for match in (_UNDOING if verbs else _NEGATION).finditer(text):
        end = next((m.start() for m in _CLAUSE_END.finditer(text, match.end())), len(text))
        both = verbs or bool(_BOTH_WAYS.fullmatch(match.group()))
        scope = set(_said(text, match.end(), end)[: 5 if both else 3])
        if both:
            starts = [m.end() for m in _CLAUSE_END.finditer(text, 0, match.start())]
            scope |= set(_said(text, starts[-1] if starts else 0, match.start())[-6:])
        if match.group().lower().endswith("-free"):
            scope |= set(_said(match.group()[:-5], 0, len(match.group())))
        if scope or match.group().lower() != "no":  # "no" alone is the cell of a table
            yield frozenset(scope or _words(text))


def _said(text: str, start: int, end: int) -> list[str]:
    """The words and materials of a stretch of text, figures left out."""
    reading = read(text)
    found = [(a, word) for word, a, _ in reading.words]
    found += [(m.start, m.main) for m in reading.materials]
    found += [(n.start, n.folded) for n in reading.names]
    return [word for place, word in sorted(found) if start <= place < end]


def _certainty(sentence: str, part: str) -> str | None:
    if len(_HEDGE.findall(sentence)) < _said_with(_HEDGE, part, sentence):
        return "the quote is less certain"
    return None


def _said_with(mark: re.Pattern[str], part: str, sentence: str) -> int:
    """How often a mark stands in a clause of the part that the sentence takes words from."""
    words = _words(sentence)
    clauses = [_words(_clause(part, m.start(), m.end())) for m in mark.finditer(part)]
    return sum(
        len(clause & words) >= max(2, min(len(clause), len(words)) / 2) for clause in clauses
    )


def _duty(sentence: str, part: str) -> str | None:
    says, gives = bool(_DUTY.search(sentence)), bool(_DUTY.search(part))
    ordered = bool(_ORDER.search(part))
    if says and not gives and not ordered:
        return "the quote does not say that it has to be so"
    if ordered and not says and not _ORDER.search(sentence):
        return "the quote recommends what the sentence states as done"
    if len(_DUTY.findall(sentence)) < _said_with(_DUTY, part, sentence):
        return "the quote demands or prefers what the sentence states as done"
    return None


def _added(sentence: str, part: str) -> str | None:
    if _CAUSE.search(sentence) and not _CAUSE.search(part):
        return "the quote names no cause"
    given = {_extreme(m.group()) for m in _EXTREME.finditer(part)}
    for match in _EXTREME.finditer(sentence):
        if match.group().lower() == "both" and " and " in part:
            continue
        if _extreme(match.group()) not in given:
            return f"{match.group()!r} is not in the quote"
    return None


def _extreme(word: str) -> str:
    return _SAME_EXTREME.get(word.lower(), word.lower())


def _clause(text: str, start: int, end: int) -> str:
    before = max((m.end() for m in re.finditer(r"[,;:]", text[:start])), default=0)
    after = next((m.start() for m in re.finditer(r"[,;:]", text[end:])), len(text) - end)
    return text[before : end + after]


def _words(text: str) -> set[str]:
    return set(_said(text, 0, len(text)))
