"""The query language: words rank; operators, quotes, fields and wildcards decide what may appear.

Why our own and not luqum or lark: see index.query_tokens.
"""

from __future__ import annotations

from collections.abc import Iterator

from index.errors import BadQuery
from index.query_nodes import Either, Every, Leaf, Near, Node, Not, StructuredQuery, Words
from index.query_parser import Parser
from index.query_tokens import has_star, is_structured, tokenise

# A bound that no human query reaches and that keeps any other from being expensive.
MOST_TERMS = 300


def parse_query(query: str) -> StructuredQuery | None:
    """A query in the query language; None where it is just words.

    Raises BadQuery, which names the place.

    >>> parse_query("boron oxide coating (B2O3) on nickel-rich cathodes: how thick?")
    >>> parse_query('thin layer "boron oxide" published:2015..2019').understood
    '"boron oxide" AND published:2015-01-01..2019-12-31; ranked by: thin layer boron oxide'
    """
    tokens = tokenise(query)
    if not is_structured(tokens):
        return None
    root = Parser(query, tokens).parse()
    parts = [part for part in _outermost(root) if not _is_free(part)]
    condition = parts[0] if len(parts) == 1 else Every(0, tuple(parts), True)
    _check(condition)
    words = " ".join(_bare(leaf) for leaf, wanted in _leaves(root) if wanted)
    return StructuredQuery(query, condition, " ".join(words.split()))


def _check(condition: Node) -> None:
    leaves = list(_leaves(condition))
    if len(leaves) > MOST_TERMS:
        leaf = leaves[MOST_TERMS][0]
        message = f"more than {MOST_TERMS} terms; split the query"
        raise BadQuery.at(leaf.start, str(leaf), message)
    if not any(wanted for _, wanted in leaves):
        message = "the query only says what must not appear; say what is sought as well"
        raise BadQuery.at(condition.start, "NOT", message)


def _outermost(root: Node) -> list[Node]:
    """What stands side by side at the outermost level, without needless parentheses."""
    if isinstance(root, Every) and root.side_by_side:
        return [inner for part in root.parts for inner in _outermost(part)]
    return [root]


def _is_free(node: Node) -> bool:
    """Whether a node is a bare word, which only ranks where no operator touches it."""
    return (
        isinstance(node, Words)
        and not node.phrase
        and node.field is None
        and not has_star(node.text)
    )


def _leaves(node: Node, wanted: bool = True) -> Iterator[tuple[Leaf, bool]]:
    """The leaves in order, and whether each is wanted, not excluded."""
    if isinstance(node, Not):
        yield from _leaves(node.part, not wanted)
    elif isinstance(node, Every | Either):
        for part in node.parts:
            yield from _leaves(part, wanted)
    else:
        yield node, wanted


def _bare(leaf: Leaf) -> str:
    """The words of a leaf, for ranking."""
    if isinstance(leaf, Near):
        return " ".join(words.text.replace("*", " ") for words in (*leaf.left, *leaf.right))
    return leaf.text.replace("*", " ") if isinstance(leaf, Words) else ""
