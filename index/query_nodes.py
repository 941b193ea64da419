"""What a query means after parsing: a tree that says which documents may appear.

Every node knows the 0-based character of the query where it begins. `str` of a node is a query
again, one that parses to the same tree.
"""

from __future__ import annotations

from dataclasses import dataclass

from index.word_lookup import Run

# Fields of text: where a word must stand. All but the title are SECTION_KINDS.
TEXT_QUERY_FIELDS = ("title", "abstract", "claims", "description", "body")
FACT_FIELDS = ("cpc", "party", "number", "label", "country", "kind", "language")
# The document's date that a field means.
DATE_FIELDS = {"published": "publication", "filed": "filing", "priority": "priority"}
FIELDS = (*TEXT_QUERY_FIELDS, *FACT_FIELDS, *DATE_FIELDS)


@dataclass(frozen=True)
class Words:
    """A word, a wildcard or a phrase. text: as typed; field: one of TEXT_QUERY_FIELDS."""

    start: int
    text: str
    run: Run
    phrase: bool
    field: str | None = None

    def __str__(self) -> str:
        """The words as typed."""
        typed = f'"{self.text}"' if self.phrase else self.text
        return f"{self.field}:{typed}" if self.field else typed


@dataclass(frozen=True)
class Near:
    """One of `left` and one of `right`, at most `distance` words apart, in either order."""

    start: int
    left: tuple[Words, ...]
    right: tuple[Words, ...]
    distance: int

    def __str__(self) -> str:
        """Both sides, with the operator between."""
        sides = [str(s[0]) if len(s) == 1 else _group(s, " OR ") for s in (self.left, self.right)]
        return f"{sides[0]} NEAR/{self.distance} {sides[1]}"


@dataclass(frozen=True)
class Fact:
    """A fact of the document. field: one of FACT_FIELDS. value: checked."""

    start: int
    field: str
    value: str

    def __str__(self) -> str:
        """Field and value."""
        value = self.value
        return f'{self.field}:"{value}"' if not value.isalnum() else f"{self.field}:{value}"


@dataclass(frozen=True)
class Dated:
    """A date of the document from `first` to `last`, ISO days, both included; None is open.

    field: one of DATE_FIELDS.
    """

    start: int
    field: str
    first: str | None
    last: str | None

    def __str__(self) -> str:
        """Field and range."""
        return f"{self.field}:{self.first or ''}..{self.last or ''}"


@dataclass(frozen=True)
class Not:
    """What the document must not be."""

    start: int
    part: Node

    def __str__(self) -> str:
        """The part after NOT."""
        inner = _operand(self.part)
        return f"NOT ({inner})" if isinstance(self.part, Not) else f"NOT {inner}"


@dataclass(frozen=True)
class Every:
    """All parts must hold. side_by_side: no operator was typed between them."""

    start: int
    parts: tuple[Node, ...]
    side_by_side: bool = False

    def __str__(self) -> str:
        """The parts with AND between."""
        return " AND ".join(_operand(part) for part in self.parts)


@dataclass(frozen=True)
class Either:
    """One of the parts must hold."""

    start: int
    parts: tuple[Node, ...]

    def __str__(self) -> str:
        """The parts with OR between."""
        return " OR ".join(_operand(part) for part in self.parts)


Leaf = Words | Near | Fact | Dated
Node = Words | Near | Fact | Dated | Not | Every | Either


@dataclass(frozen=True)
class StructuredQuery:
    """A query in the query language.

    Attributes:
        text: as typed.
        condition: which documents may appear.
        words: what they are ranked by: all words but those after NOT, "" if there are none.
    """

    text: str
    condition: Node
    words: str

    @property
    def understood(self) -> str:
        """How the query was read, in one line."""
        words = " ".join(self.words.split())
        words = words if len(words) <= 200 else f"{words[:199]}…"
        order = f"ranked by: {words}" if words else "not ranked: there are no words to rank by"
        return f"{self.condition}; {order}"


def _operand(node: Node) -> str:
    return f"({node})" if isinstance(node, Every | Either) else str(node)


def _group(parts: tuple[Words, ...], operator: str) -> str:
    return f"({operator.join(map(str, parts))})"
