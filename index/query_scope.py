"""Find the documents that a query's condition lets appear, inside what the filters let be seen.

An unknown date makes a condition neither true nor false: such a document is left out, whether the
date is asked for or excluded, and counted.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from index.catalog import Catalog, Ids
from index.errors import BadQuery
from index.filters import Scope, matching, narrowed
from index.fuse import Scores
from index.query_nodes import (
    DATE_FIELDS,
    Dated,
    Either,
    Every,
    Fact,
    Near,
    Node,
    Not,
    StructuredQuery,
    Words,
)
from index.records import Filters
from index.word_lookup import MOST_FORMS, TEXT_FIELDS, Place, TooManyForms, WordLookup
from ingest.numbers import number_key, parse_number


@dataclass(frozen=True)
class _Found:
    """Document keys, ascending: where a condition holds, and where it may for all we know."""

    certain: Ids
    possible: Ids


def query_scope(catalog: Catalog, lookup: WordLookup, query: StructuredQuery, seen: Scope) -> Scope:
    """The part of a scope that a query's condition lets appear.

    Words are looked for in the sections of the scope only. Raises BadQuery for a wildcard that
    stands for too many words.
    """
    every = matching(catalog, Filters()) if seen.document_keys is None else seen.document_keys
    found = _Evaluator(catalog, lookup, every, seen.sections).find(query.condition)
    return narrowed(catalog, seen, found.certain, found.possible.size - found.certain.size)


def unranked(catalog: Catalog, seen: Scope, count: int) -> tuple[Ids, Scores]:
    """The first passage of each of the first `count` documents of a scope by id, all scored 1.

    For a query without words to rank by.
    """
    if seen.passage_keys is None or seen.document_keys is None or not seen.passage_keys.size:
        return np.empty(0, np.int64), np.empty(0, np.float32)
    documents = catalog.document_keys(seen.passage_keys.tolist())
    first: dict[int, int] = {}
    for passage in sorted(documents):
        first.setdefault(documents[passage], passage)
    ids = {key: facts.id for key, facts in catalog.facts(first).items()}
    chosen = sorted(ids, key=lambda key: ids[key])[:count]
    return np.array([first[key] for key in chosen], np.int64), np.ones(len(chosen), np.float32)


class _Evaluator:
    """Finds documents for a tree. every: documents in the scope; sections: () for all."""

    def __init__(
        self, catalog: Catalog, lookup: WordLookup, every: Ids, sections: tuple[str, ...]
    ) -> None:
        self._catalog = catalog
        self._lookup = lookup
        self._every = every
        self._sections = sections

    def find(self, node: Node) -> _Found:
        """Documents in the scope for which a node holds."""
        if isinstance(node, Not):
            part = self.find(node.part)
            return _Found(
                np.setdiff1d(self._every, part.possible, assume_unique=True),
                np.setdiff1d(self._every, part.certain, assume_unique=True),
            )
        if isinstance(node, Every | Either):
            return self._joined(node)
        if isinstance(node, Dated):
            return self._dated(node)
        keys = self._fact(node) if isinstance(node, Fact) else self._text(node)
        keys = np.intersect1d(keys, self._every, assume_unique=True)
        return _Found(keys, keys)

    def _joined(self, node: Every | Either) -> _Found:
        found = self.find(node.parts[0])
        for part in node.parts[1:]:
            other = self.find(part)
            if isinstance(node, Every):
                found = _Found(
                    np.intersect1d(found.certain, other.certain, assume_unique=True),
                    np.intersect1d(found.possible, other.possible, assume_unique=True),
                )
            else:
                found = _Found(
                    np.union1d(found.certain, other.certain),
                    np.union1d(found.possible, other.possible),
                )
        return found

    def _text(self, node: Words | Near) -> Ids:
        try:
            if isinstance(node, Words):
                return self._lookup.holding(node.run, self._place(node.field))
            sides = [[words.run for words in side] for side in (node.left, node.right)]
            place = self._place(node.left[0].field)
            return self._lookup.near(sides[0], sides[1], node.distance, place)
        except TooManyForms as error:
            message = f"{error} stands for more than {MOST_FORMS:,} words; write more letters"
            raise BadQuery.at(node.start, str(node), message) from None

    def _place(self, field: str | None) -> Place:
        sections = self._sections or None
        if field is None:
            return Place(TEXT_FIELDS, sections)
        if field == "title":
            return Place(("title",), sections)
        allowed = (field,) if not self._sections or field in self._sections else ()
        return Place(("body", "heading"), allowed)

    def _fact(self, node: Fact) -> Ids:
        value = node.value
        if node.field == "number":
            return self._numbered(value)
        if node.field == "language":
            test = "json_extract(CAST(facts AS TEXT), '$.language') = ?"
            return self._keys(f"SELECT key FROM documents WHERE {test} ORDER BY key", value)
        # The parser lets only names of Filters' repeatable fields through, which mypy cannot know.
        return matching(self._catalog, Filters(**{node.field: (value,)}))  # type: ignore[arg-type]

    def _numbered(self, value: str) -> Ids:
        """Documents of this publication, however it is typed; with a * all that begin so."""
        if value.endswith("*"):
            beginning = "".join(value.rstrip("*").upper().split())
            test = "upper(substr(number, 1, length(?1))) = ?1"
            return self._keys(f"SELECT key FROM documents WHERE {test} ORDER BY key", beginning)
        wanted, typed = number_key(value), parse_number(value)
        return self._keys(
            "SELECT key FROM documents WHERE number_key = ? AND ? IN ('', number) ORDER BY key",
            wanted, typed if typed and typed != wanted else "",
        )  # fmt: skip

    def _dated(self, node: Dated) -> _Found:
        column = f"{DATE_FIELDS[node.field]}_date"
        known = self._keys(
            f"SELECT key FROM documents WHERE {column} BETWEEN ? AND ? ORDER BY key",
            node.first or "0000", node.last or "9999-99",
        )  # fmt: skip
        unknown = self._keys(f"SELECT key FROM documents WHERE {column} IS NULL ORDER BY key")
        certain = np.intersect1d(known, self._every, assume_unique=True)
        return _Found(certain, np.union1d(certain, np.intersect1d(unknown, self._every)))

    def _keys(self, query: str, *values: str) -> Ids:
        rows = self._catalog.connection.execute(query, values)
        return np.fromiter((key for (key,) in rows), np.int64)
