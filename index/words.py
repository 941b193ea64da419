"""The lexical index: BM25 over title, heading and body of passages, in tantivy.

Chosen over SQLite's FTS5 by measurement (benchmarks/lexical.md). It is a copy of what the
catalogue holds: keys that the catalogue does not know are to be ignored by the caller. Terms are
made by index.analysis; tantivy only cuts them apart at blanks.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import tantivy
from numpy.typing import NDArray

from index.catalog import Ids
from index.clearance import EVERYTHING, Clearance
from index.compartments import (
    allowed_compartments,
    best,
    join_words,
    symbolic,
    word_folders,
)
from index.errors import BrokenLibrary
from index.lexical_query import Alternatives, LexicalQuery
from index.word_lookup import WordLookup
from index.words_exact import agrees, exact_words, wanted_keys
from index.words_schema import (
    FIELD_BOOSTS,
    LONGEST_TERM,
    WORDS_FOLDER,
    keys_of,
    materials,
    open_words,
    words_schema,
)

# Seconds between looks at files that change meanwhile.
_PATIENCE = (0.0, 0.01, 0.05, 0.2, 0.5, 1.0)


@dataclass(frozen=True)
class Allowed:
    """Which passages may come back. None allows all.

    document_keys: documents; sections: SECTION_KINDS that a passage may belong to; keys: passages.
    """

    document_keys: Ids | None = None
    sections: tuple[str, ...] = ()
    keys: Ids | None = None


class Words:
    """The lexical index of the compartments that a clearance opens, opened for reading."""

    def __init__(self, folder: Path, clearance: Clearance = EVERYTHING) -> None:
        self._folder = folder
        self._path = folder / WORDS_FOLDER
        self._schema = words_schema()
        self._clearance = clearance
        self._searcher = self._opened()

    def reload(self) -> None:
        """See what the writer has committed since."""
        self._searcher = self._opened()

    def _opened(self) -> tantivy.Searcher:
        last: Exception | None = None
        for wait in _PATIENCE:
            time.sleep(wait)
            try:
                return self._open_now()
            except (OSError, ValueError, BrokenLibrary) as error:
                last = error  # A writer may tidy files away between two looks.
        raise BrokenLibrary(
            f"the word index in {self._path} cannot be opened ({last}); delete that folder and run "
            "`prior-art ingest` again: it is made anew from the catalogue"
        ) from last

    def _open_now(self) -> tantivy.Searcher:
        folders = word_folders(self._path)
        parts = {name: folders[name] for name in allowed_compartments(self._clearance, folders)}
        wanted = wanted_keys(self._folder)
        wanted = {n: wanted[n] for n in allowed_compartments(self._clearance, wanted)}
        # tantivy locks a file in the folder even to read it: it gets a folder of links, which
        # also makes one index of several. What a searcher has open outlives the links.
        with tempfile.TemporaryDirectory(prefix="prior-art-words-") as links:
            join_words(parts.values(), Path(links), symbolic)
            searcher = self._searcher_of(Path(links))
        if agrees(searcher, parts, wanted):
            return searcher
        with tempfile.TemporaryDirectory(prefix="prior-art-words-") as own:
            is_exact = exact_words(self._folder, parts, wanted, Path(own))
            return self._searcher_of(Path(own)) if is_exact else searcher

    def _searcher_of(self, path: Path) -> tantivy.Searcher:
        index = open_words(path, self._schema)
        index.config_reader(reload_policy="manual")
        return index.searcher()

    def __len__(self) -> int:
        """Number of passages."""
        return int(self._searcher.num_docs)

    def search(
        self, asked: LexicalQuery, count: int, allowed: Allowed | None = None
    ) -> tuple[Ids, NDArray[np.float32]]:
        """Keys and BM25 scores of passages, best first, at most `count`."""
        query = self._query(asked, allowed or Allowed())
        if query is None:
            return np.empty(0, np.int64), np.empty(0, np.float32)
        searcher = self._searcher

        def fetch(limit: int) -> tuple[Ids, NDArray[np.float32]]:
            # tantivy makes room for the limit at once, and panics at 0.
            found = searcher.search(query, limit=max(1, limit), count=False).hits
            keys = searcher.fast_field_values("key", [address for _, address in found])
            scores = np.array([score for score, _ in found], np.float32)
            return np.array([key or 0 for key in keys], np.int64), scores

        return best(fetch, count, int(searcher.num_docs))

    def counts(self, words: Sequence[str]) -> dict[str, int]:
        """In how many passages' bodies each term stands."""
        searcher = self._searcher
        return {word: int(searcher.doc_freq("body", word)) for word in words}

    def lookup(self) -> WordLookup:
        """Look-ups of words, phrases and neighbours in what is committed now."""
        return WordLookup(self._searcher, self._schema)

    def keys(self) -> Ids:
        """Keys of all passages, in no particular order."""
        return keys_of(self._searcher)

    def material_counts(self, names: Sequence[str]) -> dict[str, int]:
        """In how many passages' bodies each material (a term of index.chemistry) is named."""
        searcher = self._searcher
        return {name: int(searcher.doc_freq(materials("body"), name)) for name in names}

    def _query(self, asked: LexicalQuery, allowed: Allowed) -> tantivy.Query | None:
        if not asked or (allowed.document_keys is not None and not allowed.document_keys.size):
            return None
        parts = [
            self._one_of((self._phrase((term,)), *self._alternatives(asked.others.get(term))), n)
            for term, n in asked.weights.items()
            if len(term) <= LONGEST_TERM
        ]
        parts += [self._one_of(self._alternatives(some), n) for some, n in asked.extra]
        should = [(tantivy.Occur.Should, part) for part in parts]
        must = self._limits(allowed)
        if not must:
            return tantivy.Query.boolean_query(should)
        # The limits decide what may appear and add nothing to the score.
        some = tantivy.Query.boolean_query(should)
        return tantivy.Query.boolean_query([(tantivy.Occur.Must, part) for part in [some, *must]])

    def _one_of(self, queries: Sequence[tantivy.Query], weight: float) -> tantivy.Query:
        if len(queries) == 1:
            return tantivy.Query.boost_query(queries[0], weight)
        return tantivy.Query.boost_query(
            tantivy.Query.disjunction_max_query(list(queries), 0.0), weight
        )

    def _alternatives(self, some: Alternatives | None) -> tuple[tantivy.Query, ...]:
        if some is None:
            return ()
        return (*map(self._phrase, some.phrases), *map(self._named, some.materials))

    def _phrase(self, words: tuple[str, ...]) -> tantivy.Query:
        if len(words) == 1:
            return self._in_fields(lambda f: tantivy.Query.term_query(self._schema, f, words[0]))
        return self._in_fields(lambda f: tantivy.Query.phrase_query(self._schema, f, list(words)))

    def _named(self, material: str) -> tantivy.Query:
        return self._in_fields(
            lambda f: tantivy.Query.term_query(self._schema, materials(f), material)
        )

    def _in_fields(self, query: Callable[[str], tantivy.Query]) -> tantivy.Query:
        """The sum of what a query scores in every field."""
        parts = [
            (tantivy.Occur.Should, tantivy.Query.boost_query(query(field), boost))
            for field, boost in FIELD_BOOSTS.items()
        ]
        return tantivy.Query.boolean_query(parts)

    def _limits(self, allowed: Allowed) -> list[tantivy.Query]:
        limits = []
        if allowed.document_keys is not None:
            limits.append(("document_key", allowed.document_keys.tolist()))
        if allowed.keys is not None:
            limits.append(("key", allowed.keys.tolist()))
        if allowed.sections:
            limits.append(("section", list(allowed.sections)))
        return [
            tantivy.Query.const_score_query(
                tantivy.Query.term_set_query(self._schema, field, values), 0.0
            )
            for field, values in limits
        ]
