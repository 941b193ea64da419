"""Other names and spellings of what a query says: abbreviations, full names, formulas."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence

from index.analysis import query_counts, terms
from index.chemistry import Abbreviations, expansions, material_terms
from index.lexical_query import Alternatives, LexicalQuery
from index.weigh import rarity, rarity_power, term_weights
from index.why import Synonyms
from index.words import Words

# Weight of a composition's family (NCM for NCM811) beside that of a word of the query.
_FAMILY = 0.3


def synonyms_of(
    query: str, table: Abbreviations | None = None, off: Collection[str] = ()
) -> tuple[Synonyms, ...]:
    """Other names of what a query says, in its order. off: typed or added names to leave alone.

    >>> [(s.typed, s.names[:1], s.materials) for s in synonyms_of("FEC with NCM 811")]
    [('FEC', ('fluoroethylene carbonate',), ()), ('NCM 811', (), ('ncm811', 'ncm'))]
    >>> synonyms_of("FEC", off=["fec"])
    ()
    """
    unwanted = {name.casefold() for name in off}
    names: dict[tuple[int, int], list[str]] = defaultdict(list)
    for expansion in expansions(query, table, off):
        names[expansion.start, expansion.end].append(expansion.added)
    materials: dict[tuple[int, int], list[str]] = defaultdict(list)
    for start, end, term in material_terms(query):
        if not unwanted & {query[start:end].casefold(), term}:
            materials[start, end].append(term)
    found: dict[str, Synonyms] = {}
    for start, end in sorted(_outermost({*names, *materials})):
        typed = query[start:end]
        some = Synonyms(typed, tuple(names[start, end]), tuple(materials[start, end]))
        found.setdefault(typed.casefold(), some)
    return tuple(found.values())


def _outermost(spans: Collection[tuple[int, int]]) -> list[tuple[int, int]]:
    """Spans that lie in no longer one: the NCM of "NCM 811" says nothing of its own."""
    return [
        (start, end)
        for start, end in spans
        if not any(a <= start and end <= b and b - a > end - start for a, b in spans)
    ]


def lexical_query(words: Words, query: str, synonyms: Iterable[Synonyms]) -> LexicalQuery:
    """A query's terms by their weights, with the synonyms that the index knows.

    What the query says in one term counts once, by whichever spelling scores best in a passage;
    a name of several words has its words' scores, and that of its other spellings.
    """
    counts = query_counts(query)
    weights = term_weights(counts, words.counts(list(counts)), len(words))
    others: dict[str, Alternatives] = {}
    extra: dict[Alternatives, float] = {}
    power = rarity_power(len(weights))
    for some in synonyms:
        said = terms(some.typed)
        ways = Alternatives(
            tuple(tuple(terms(name)) for name in some.names), tuple(some.materials[:1])
        )
        if len(said) == 1 and said[0] in weights:
            others[said[0]] = ways
        elif holding := _holding(words, ways):
            extra[ways] = rarity(holding, len(words)) ** power
        for family in some.materials[1:]:
            wider = Alternatives(materials=(family,))
            if holding := _holding(words, wider):
                extra[wider] = _FAMILY * rarity(holding, len(words)) ** power
    return LexicalQuery(weights, others, tuple(extra.items()))


def _holding(words: Words, ways: Alternatives) -> int:
    """About how many passages say one thing in one of these ways; 0 where none can."""
    named = words.material_counts(ways.materials).values()
    return max([*named, *(_least(words, phrase) for phrase in ways.phrases)], default=0)


def _least(words: Words, phrase: Sequence[str]) -> int:
    return min(words.counts(phrase).values(), default=0)
