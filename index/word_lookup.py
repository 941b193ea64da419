"""Which documents hold a word, a phrase or two neighbours: sets, no ranking.

Stemmed fields answer for bare words, fields with the words as written for phrases and wildcards.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import tantivy

from index.analysis import terms, tokens
from index.catalog import Ids
from index.words_schema import verbatim

TEXT_FIELDS = ("body", "title", "heading")
# Different words that one wildcard may stand for.
MOST_FORMS = 1000
# Beyond this many combinations of words one pattern is faster than a query for each.
_MOST_COMBINATIONS = 60
WORD, EXACT, PREFIX = "word", "exact", "prefix"
# What may follow a word, or its `*`, without belonging to it.
PUNCTUATION = ".,;:!?"


class TooManyForms(Exception):
    """What the message names stands for more than MOST_FORMS words."""


@dataclass(frozen=True)
class Slot:
    """One place in a run of words: a token of index.analysis, and how it is compared.

    how: WORD in any inflection (same stem), EXACT as written, PREFIX what begins so.
    """

    token: str
    how: str


Run = tuple[Slot, ...]


@dataclass(frozen=True)
class Place:
    """Where words are looked for. sections: SECTION_KINDS, None for all."""

    fields: tuple[str, ...] = TEXT_FIELDS
    sections: tuple[str, ...] | None = None


def run_of(text: str, how: str) -> Run:
    """A text's words as a run, all WORD or all EXACT. A `*` at a word's end makes it a PREFIX.

    Chinese, Japanese and Korean is found inside longer words anyway; `*` adds nothing there.

    >>> [(slot.token, slot.how) for slot in run_of("nickel-rich cathod*", EXACT)]
    [('nickel', 'exact'), ('rich', 'exact'), ('cathod', 'prefix')]
    """
    slots: list[Slot] = []
    for part in text.split():
        found = [Slot(token, how) for token in tokens(part)]
        if found and part.rstrip(PUNCTUATION).endswith("*") and not _is_cjk(found[-1].token):
            found[-1] = Slot(found[-1].token, PREFIX)
        slots += found
    return tuple(slots)


class WordLookup:
    """Look-ups in one state of the lexical index. All give document keys, ascending."""

    def __init__(self, searcher: tantivy.Searcher, schema: tantivy.Schema) -> None:
        self._searcher = searcher
        self._schema = schema
        self._known: dict[tuple[str, Slot], list[str]] = {}

    def holding(self, run: Run, place: Place) -> Ids:
        """Documents with a passage, title or heading that has this run of words.

        Raises TooManyForms.
        """
        return self._documents([self._run(field, run) for field in place.fields], place)

    def near(self, left: Sequence[Run], right: Sequence[Run], distance: int, place: Place) -> Ids:
        """Documents where a run of `left` and one of `right` are at most `distance` words apart.

        distance: 1 means side by side; either may come first. Raises TooManyForms.
        """
        queries = []
        for field in place.fields:
            for one in left:
                for other in right:
                    queries += self._pair(field, one, other, distance)
                    queries += self._pair(field, other, one, distance)
        return self._documents(queries, place)

    def _pair(self, field: str, first: Run, second: Run, distance: int) -> list[tantivy.Query]:
        """`second` begins 1 ... distance words after the end of `first`."""
        run = first + second
        if len(run) == 2 and {slot.how for slot in run} == {WORD}:
            words = [terms(slot.token)[0] for slot in run]
            # With slop, tantivy lets a word be its own neighbour.
            if words[0] != words[1] and not any(map(_is_lonely, run)):
                slop = distance - 1
                return [tantivy.Query.phrase_query(self._schema, field, words, slop)]
        queries = []
        for gap in range(1, distance + 1):
            places = [*range(len(first)), *(len(first) - 1 + gap + i for i in range(len(second)))]
            queries.append(self._run(field, run, places))
        return queries

    def _run(self, field: str, run: Run, places: Sequence[int] | None = None) -> tantivy.Query:
        places = range(len(run)) if places is None else places
        name = verbatim(field)
        if any(_is_lonely(slot) for slot in run):
            return self._patterns(field, run, places)
        if {slot.how for slot in run} == {WORD}:
            return self._words(field, [terms(slot.token)[0] for slot in run], places)
        if {slot.how for slot in run} == {EXACT}:
            return self._words(name, [slot.token for slot in run], places)
        forms = [self._forms(field, slot) for slot in run]
        if len(run) == 1:
            return tantivy.Query.term_set_query(self._schema, name, forms[0])
        if math.prod(len(slot_forms) for slot_forms in forms) > _MOST_COMBINATIONS:
            return self._patterns(field, run, places)
        some = [self._words(name, words, places) for words in itertools.product(*forms)]
        return tantivy.Query.boolean_query([(tantivy.Occur.Should, query) for query in some])

    def _words(self, field: str, words: Sequence[str], places: Iterable[int]) -> tantivy.Query:
        if len(words) == 1:
            return tantivy.Query.term_query(self._schema, field, words[0])
        phrase = list(zip(places, words, strict=True))
        return tantivy.Query.phrase_query(self._schema, field, phrase)

    def _patterns(self, field: str, run: Run, places: Iterable[int]) -> tantivy.Query:
        """The run as regular expressions over the words as written."""
        name = verbatim(field)
        patterns = [self._pattern(field, slot) for slot in run]
        if len(run) == 1:
            return tantivy.Query.regex_query(self._schema, name, patterns[0])
        phrase = list(zip(places, patterns, strict=True))
        if not all(patterns):
            return tantivy.Query.empty_query()
        return tantivy.Query.regex_phrase_query(self._schema, name, phrase)

    def _pattern(self, field: str, slot: Slot) -> str:
        if _is_lonely(slot):
            # The index holds pairs of these characters, and single ones only between others.
            return f"{slot.token}.|.{slot.token}|{slot.token}"
        return "|".join(form.replace(".", r"\.") for form in self._forms(field, slot))

    def _forms(self, field: str, slot: Slot) -> list[str]:
        """The words as written that a slot stands for in a field."""
        if (field, slot) not in self._known:
            self._known[field, slot] = self._looked_up(verbatim(field), slot)
        return self._known[field, slot]

    def _looked_up(self, field: str, slot: Slot) -> list[str]:
        if slot.how == EXACT:
            return [slot.token]
        if slot.how == PREFIX:
            found = self._searcher.terms_with_prefix(field, slot.token, limit=MOST_FORMS + 1)
            if len(found) > MOST_FORMS:
                raise TooManyForms(f"{slot.token}*")
            return [form for form, _ in found]
        stem = terms(slot.token)[0]
        # An inflection can differ from the stem in its last letters (battery, batteri).
        found = self._searcher.terms_with_prefix(field, stem[: max(2, len(stem) - 2)])
        return [form for form, _ in found if terms(form) == [stem]]

    def _documents(self, queries: list[tantivy.Query], place: Place) -> Ids:
        if self._searcher.num_docs == 0 or place.sections == ():
            return np.empty(0, np.int64)
        query = tantivy.Query.boolean_query([(tantivy.Occur.Should, q) for q in queries])
        if place.sections is not None:
            sections = list(place.sections)
            limit = tantivy.Query.term_set_query(self._schema, "section", sections)
            both = [(tantivy.Occur.Must, query), (tantivy.Occur.Must, limit)]
            query = tantivy.Query.boolean_query(both)
        query = tantivy.Query.const_score_query(query, 0.0)
        try:
            found = self._searcher.search(query, limit=self._searcher.num_docs, count=False)
        except ValueError as error:
            if "max expansions" not in str(error):
                raise
            # Only a single Chinese character among others: MOST_FORMS bounds everything else.
            raise TooManyForms("a character in it") from error
        addresses = [address for _, address in found.hits]
        keys = self._searcher.fast_field_values("document_key", addresses)
        return np.unique(np.array(keys, np.int64))


def _is_cjk(token: str) -> bool:
    """Whether index.analysis cuts such text into pairs of characters."""
    return "\u3040" <= token[0] <= "\ud7af"


def _is_lonely(slot: Slot) -> bool:
    """Whether a slot is a single character of such text."""
    return len(slot.token) == 1 and _is_cjk(slot.token)
