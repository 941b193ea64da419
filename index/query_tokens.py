"""Cut a query into tokens, and tell a query from a sentence that somebody pasted.

Written by hand: which `(`, `:`, `"` and AND are syntax depends on what stands around them, and a
sentence must never become a syntax error. A parser generator would leave exactly that part to us.
"""

from __future__ import annotations

import difflib
import itertools
import re
from dataclasses import dataclass, replace

from index.errors import BadQuery
from index.query_nodes import FIELDS
from index.word_lookup import PUNCTUATION

# Kinds of tokens. END is after the last character.
OPEN, CLOSE, FIELD, PHRASE, WORD, END = "(", ")", "field", "phrase", "word", "end"
AND, OR, NOT, NEAR = "AND", "OR", "NOT", "NEAR"
OPERATORS = (AND, OR, NOT, NEAR)

_CLOSING = {'"': '"”', "“": '”"', "„": '“”"'}
_OPERATOR = re.compile(r"(?:(AND|OR|NOT)|(NEAR)(/[^\s()]*|\d+)?)(?=[\s()]|$)")
_FIELD = re.compile(r"([A-Za-z_]+):(\s*)")
_STRAY_QUOTE = re.compile(r"(?<!\d)[\"”]")
_INNER_STAR = re.compile(r"(?<=[^\W\d_]{3})\*+[^\W_]")
_DECORATED = re.compile(r"(\*+)[^*]+\1")
# What other systems call the fields.
_ELSEWHERE = {
    "ttl": "title", "abst": "abstract", "clm": "claims", "claim": "claims", "desc": "description",
    "spec": "description", "ipc": "cpc", "class": "cpc", "assignee": "party", "owner": "party",
    "applicant": "party", "inventor": "party", "publication": "published", "date": "published",
    "year": "published", "filing": "filed", "lang": "language",
}  # fmt: skip


@dataclass(frozen=True)
class Token:
    """A token. text: as typed, without quotation marks or colon; start: of its first character."""

    kind: str
    text: str
    start: int


def tokenise(query: str) -> list[Token]:
    """The tokens of a query, an END last.

    Raises BadQuery at a quotation mark without its other half and at a field that is none.

    >>> [(t.kind, t.text) for t in tokenise('title:"boron oxide" OR (x y)')][:3]
    [('field', 'title'), ('phrase', 'boron oxide'), ('OR', 'OR')]
    """
    pairs = _parentheses(query)
    found: list[Token] = []
    at = 0
    while at < len(query):
        if query[at].isspace():
            at += 1
            continue
        token, at = _next(query, at, found[-1].kind if found else OPEN, pairs)
        found.append(token)
    return [*_without_titles(found), Token(END, "", len(query))]


def is_structured(tokens: list[Token]) -> bool:
    """Whether tokens are a query in the query language, not just words.

    >>> is_structured(tokenise("FEC (fluoroethylene carbonate): what does it do?"))
    False
    """
    if any(t.kind in (*OPERATORS, FIELD, PHRASE) for t in tokens):
        return True
    words = [t.text for t in tokens if t.kind == WORD]
    return any(map(has_star, words)) or (bool(words) and all(set(w) == {"*"} for w in words))


def has_star(word: str) -> bool:
    """Whether a word has a `*` that is meant as a wildcard, wherever it stands.

    >>> [has_star(w) for w in ("cathod*", "alumin*um", "**NMC**", "5*10", "*")]
    [True, True, False, False, False]
    """
    bare = word.rstrip(PUNCTUATION)
    if _DECORATED.fullmatch(bare) or not any(c.isalnum() for c in bare):
        return False
    return bare.endswith("*") or bare.startswith("*") or bool(_INNER_STAR.search(bare))


def _next(query: str, at: int, before: str, pairs: dict[int, int]) -> tuple[Token, int]:
    """The token at a character, and where the next one may begin."""
    char = query[at]
    if char in (OPEN, CLOSE):
        return Token(char, char, at), at + 1
    if char in _CLOSING:
        return _phrase(query, at)
    if operator := _OPERATOR.match(query, at):
        kind = operator[1] or operator[2]
        return Token(kind, operator[0], at), operator.end()
    if (field := _FIELD.match(query, at)) and _is_field(query, field, before):
        return Token(FIELD, field[1].lower(), at), at + len(field[1]) + 1
    end = _word_end(query, at, pairs)
    word = query[at:end]
    if quote := _STRAY_QUOTE.search(word):
        place = at + quote.start()
        raise BadQuery.at(place, word, "this quotation mark closes nothing; put one in front too")
    return Token(WORD, word, at), end


def _phrase(query: str, at: int) -> tuple[Token, int]:
    for end in range(at + 1, len(query)):
        if query[end] in _CLOSING[query[at]]:
            return Token(PHRASE, query[at + 1 : end], at), end + 1
    raise BadQuery.at(at, query[at : at + 20], "this quotation mark has no end; put one behind")


def _is_field(query: str, match: re.Match[str], before: str) -> bool:
    """Whether a name with a colon is meant as a field, and not the beginning of a list."""
    name, blank = match[1], match[2]
    following = query[match.end() : match.end() + 1]
    if name.lower() in FIELDS:
        if blank or not following:
            # "Abstract: A cell ..." and "of this kind: ..." are prose.
            return name.islower() and before not in (WORD, PHRASE, CLOSE)
        return True
    if not blank and following and following not in ":/)" and (meant := _meant(name)):
        message = f"there is no field {name}:; did you mean {meant}:? Fields are "
        raise BadQuery.at(match.start(), match[0], message + " ".join(f"{f}:" for f in FIELDS))
    return False


def _meant(name: str) -> str | None:
    """The field that somebody may have meant by another name."""
    if name in _ELSEWHERE:
        return _ELSEWHERE[name]
    if not name.islower() or not 5 <= len(name) <= 15:
        return None
    close = difflib.get_close_matches(name, FIELDS, 1, 0.8)
    return close[0] if close else None


def _parentheses(query: str) -> dict[int, int]:
    """Place of the `)` of each `(`, where no blank stands between them."""
    pairs: dict[int, int] = {}
    opened: list[int] = []
    for place, char in enumerate(query):
        if char.isspace():
            opened.clear()
        elif char == OPEN:
            opened.append(place)
        elif char == CLOSE and opened:
            pairs[opened.pop()] = place
    return pairs


def _word_end(query: str, at: int, pairs: dict[int, int]) -> int:
    """Where a word ends. Parentheses inside a formula belong to it: Al(OH)3."""
    while at < len(query) and not query[at].isspace() and query[at] != CLOSE:
        if query[at] == OPEN:
            if at not in pairs:
                break
            at = pairs[at]
        at += 1
    return at


def _without_titles(tokens: list[Token]) -> list[Token]:
    """The tokens with AND and the like made words where they stand in a title in capitals."""
    result: list[Token] = []
    run: list[Token] = []
    for token in tokens:
        capital = token.kind in OPERATORS or (token.kind == WORD and token.text.isupper())
        if not capital:
            result += _untitled(run)
            run = []
        (run if capital else result).append(token)
    return result + _untitled(run)


def _untitled(run: list[Token]) -> list[Token]:
    """A run of tokens in capitals; words if it reads like CATHODE MATERIAL AND METHOD."""
    long = [t for t in run if t.kind == WORD and len(t.text) > 4 and t.text.isalpha()]
    side_by_side = any(a.kind == b.kind == WORD for a, b in itertools.pairwise(run))
    if len(long) < 2 or not side_by_side:
        return run
    return [replace(token, kind=WORD) for token in run]
