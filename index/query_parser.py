"""Read the tokens of a query into a tree, by recursive descent.

either  = every (OR every)*
every   = beside ((AND | NOT) beside)*
beside  = NOT* near near*              side by side
near    = operand [NEAR/n operand]
operand = word | word* | "phrase" | field:operand | ( either )
"""

from __future__ import annotations

import re

from index.errors import BadQuery
from index.query_facts import fact
from index.query_nodes import DATE_FIELDS, FACT_FIELDS, Either, Every, Near, Node, Not, Words
from index.query_tokens import (
    AND,
    CLOSE,
    END,
    FIELD,
    NEAR,
    NOT,
    OPEN,
    OR,
    PHRASE,
    WORD,
    Token,
    has_star,
)
from index.word_lookup import EXACT, PUNCTUATION, run_of
from index.word_lookup import WORD as INFLECTED

# Bounds that no human query reaches and that keep any other from being expensive.
DEEPEST = 50
FARTHEST = 50

_BEGINS_OPERAND = (WORD, PHRASE, FIELD, OPEN)
_DISTANCE = re.compile(r"NEAR/?(\d{1,6})")


class Parser:
    """Reads the tokens of one query from left to right, once."""

    def __init__(self, query: str, tokens: list[Token]) -> None:
        self._query = query
        self._tokens = [t for t in tokens if t.kind != WORD or _means_something(t)]
        self._at = 0
        self._depth = 0

    def parse(self) -> Node:
        """The whole query. Raises BadQuery."""
        root = self._either(None)
        token = self._now
        if token.kind == CLOSE:
            raise BadQuery.at(token.start, token.text, "this parenthesis closes nothing")
        return root

    @property
    def _now(self) -> Token:
        return self._tokens[self._at]

    def _next(self) -> Token:
        self._at += 1
        return self._tokens[self._at - 1]

    def _either(self, field: str | None) -> Node:
        start = self._now.start
        parts = [self._every(field)]
        while self._now.kind == OR:
            self._next()
            parts.append(self._every(field))
        return parts[0] if len(parts) == 1 else Either(start, tuple(parts))

    def _every(self, field: str | None) -> Node:
        start = self._now.start
        first = self._beside(field)
        parts = [first]
        while self._now.kind in (AND, NOT):
            if self._now.kind == AND:
                self._next()
            parts.append(self._beside(field))
        if len(parts) == 1:
            return first
        flat: list[Node] = []
        for part in parts:
            flat += part.parts if isinstance(part, Every) and part.side_by_side else [part]
        return Every(start, tuple(flat))

    def _beside(self, field: str | None) -> Node:
        start = self._now.start
        parts = [self._negated(field)]
        while self._now.kind in _BEGINS_OPERAND:
            parts.append(self._near(field))
        return parts[0] if len(parts) == 1 else Every(start, tuple(parts), True)

    def _negated(self, field: str | None) -> Node:
        token, count = self._now, 0
        while self._now.kind == NOT:
            self._next()
            count += 1
        part = self._near(field)
        return Not(token.start, part) if count % 2 else part

    def _near(self, field: str | None) -> Node:
        left = self._operand(field)
        token = self._now
        if token.kind != NEAR:
            return left
        distance = _distance(self._next())
        right = self._operand(field)
        if self._now.kind == NEAR:
            message = "NEAR joins two only; write a NEAR/3 b AND b NEAR/3 c"
            raise BadQuery.at(self._now.start, self._now.text, message)
        sides = [_alternatives(node, token) for node in (left, right)]
        if len({words.field for side in sides for words in side}) > 1:
            raise BadQuery.at(token.start, token.text, "both sides must stand in the same field")
        return Near(left.start, sides[0], sides[1], distance)

    def _operand(self, field: str | None) -> Node:
        token = self._now
        if token.kind not in _BEGINS_OPERAND:
            raise self._missing(token)
        self._next()
        if token.kind == FIELD:
            if self._now.kind not in (WORD, PHRASE, OPEN):
                raise BadQuery.at(token.start, f"{token.text}:", "nothing follows this field")
            return self._operand(token.text)
        if token.kind == OPEN:
            return self._group(token, field)
        if field in FACT_FIELDS or field in DATE_FIELDS:
            return fact(str(field), token.text, token.start)
        return _words(token, field)

    def _group(self, opened: Token, field: str | None) -> Node:
        self._depth += 1
        if self._depth > DEEPEST:
            message = f"parentheses are nested more than {DEEPEST} deep"
            raise BadQuery.at(opened.start, "(", message)
        node = self._either(field)
        if self._now.kind != CLOSE:
            raise BadQuery.at(opened.start, "(", "this parenthesis is never closed")
        self._next()
        self._depth -= 1
        return node

    def _missing(self, token: Token) -> BadQuery:
        """What to say where something to look for should stand."""
        before = self._tokens[self._at - 1] if self._at else None
        if before is not None and before.kind not in (CLOSE, WORD, PHRASE):
            shown = before.text
            return BadQuery.at(before.start, shown, f"nothing to look for stands behind {shown}")
        if token.kind == END:
            return BadQuery.at(0, self._query[:20], "there is no word to look for")
        return BadQuery.at(token.start, token.text, f"nothing stands in front of {token.text}")


def _means_something(token: Token) -> bool:
    """Whether a word can be looked up; a dash or an emoji is passed over, a lone * is not."""
    return any(c.isalnum() for c in token.text) or set(token.text) == {"*"}


def _words(token: Token, field: str | None) -> Words:
    phrase = token.kind == PHRASE
    for word in token.text.split():
        bare = word.rstrip(PUNCTUATION).rstrip("*")
        if set(word) == {"*"} or (has_star(word) and "*" in bare):
            message = "a * can only end a word that has letters in front of it, as in cathod*"
            raise BadQuery.at(token.start, word, message)
    starred = any(map(has_star, token.text.split()))
    run = run_of(
        token.text if starred else token.text.replace("*", " "), EXACT if phrase else INFLECTED
    )
    if not run:
        raise BadQuery.at(token.start, token.text, "there is no letter or digit to look for")
    return Words(token.start, token.text, run, phrase, field)


def _distance(token: Token) -> int:
    match = _DISTANCE.fullmatch(token.text)
    if not match or not 1 <= int(match[1]) <= FARTHEST:
        message = f"write NEAR/n with n from 1, side by side, to {FARTHEST} words apart"
        raise BadQuery.at(token.start, token.text, message)
    return int(match[1])


def _alternatives(node: Node, near: Token) -> tuple[Words, ...]:
    """The words that one side of NEAR stands for."""
    if isinstance(node, Words):
        return (node,)
    if isinstance(node, Either):
        return tuple(words for part in node.parts for words in _alternatives(part, near))
    message = "each side must be a word, a phrase, or several in parentheses with OR between"
    raise BadQuery.at(near.start, near.text, message)
