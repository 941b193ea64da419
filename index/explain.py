"""Say why a hit was found: words, other names and figures of the query in what is shown of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from index.analysis import query_terms, terms, tokens
from index.chemistry import material_terms
from index.quantities import Condition
from index.quantity_store import Disclosed, meeting, overlap
from index.records import ScoredPassage
from index.why import Matched, Synonyms

# Words named for one hit.
_MOST = 12


@dataclass(frozen=True)
class Asked:
    """What a query asks for, as far as a hit can show it.

    words: (term, word as written), the weightiest first. synonyms, conditions: as in a Request.
    """

    words: tuple[tuple[str, str], ...]
    synonyms: tuple[Synonyms, ...] = ()
    conditions: tuple[Condition, ...] = ()


def query_words(query: str, weights: Mapping[str, float]) -> tuple[tuple[str, str], ...]:
    """(term, word as the query first writes it) of a query's terms, the weightiest first.

    weights: by term; what is not in it weighs nothing.
    """
    written: dict[str, str] = {}
    for token in dict.fromkeys(tokens(query)):
        for term in terms(token):
            written.setdefault(term, token)
    some = [(term, written.get(term, term)) for term in query_terms(query)]
    return tuple(sorted(some, key=lambda pair: -weights.get(pair[0], 0.0)))


def matched_words(words: Iterable[tuple[str, str]], texts: Iterable[str]) -> tuple[str, ...]:
    """The first twelve of the words that stand in one of the texts, in any inflection.

    >>> matched_words((("boron", "boron"), ("coat", "coating")), ["Coated cells."])
    ('coating',)
    """
    standing = {term for text in texts for term in terms(text)}
    return tuple(word for term, word in words if term in standing)[:_MOST]


def matched_synonyms(
    synonyms: Iterable[Synonyms], texts: Sequence[str]
) -> tuple[tuple[str, str], ...]:
    """(words of the query, other name as a text writes it), at most one for each of the words.

    What a text says in the query's own words is not named again.

    >>> lfp = Synonyms("LFP", ("lithium iron phosphate",), ("lfp",))
    >>> matched_synonyms([lfp], ["Coated LiFePO4 in a cell."])
    (('LFP', 'LiFePO4'),)
    """
    found = []
    for some in synonyms:
        said = terms(some.typed)
        other = next((name for text in texts if (name := _said_otherwise(some, said, text))), None)
        if other:
            found.append((some.typed, other))
    return tuple(found[:_MOST])


def _said_otherwise(some: Synonyms, said: list[str], text: str) -> str | None:
    for start, end, material in material_terms(text) if some.materials else ():
        written = text[start:end]
        if material == some.materials[0] and terms(written) != said:
            return " ".join(written.split())
    standing = terms(text)
    for name in some.names:
        wanted = terms(name)
        if any(standing[i : i + len(wanted)] == wanted for i in range(len(standing))):
            return name
    return None


def matched_quantities(
    conditions: Iterable[Condition],
    passages: Iterable[ScoredPassage],
    disclosed: Mapping[str, Sequence[Disclosed]],
) -> tuple[Matched, ...]:
    """For each condition the first shown passage that meets it. disclosed: by passage id."""
    shown = tuple(passages)
    found = []
    for condition in conditions:
        for passage in shown:
            some = disclosed.get(passage.id, ())
            best = meeting(condition, some)
            if best is not None:
                how = overlap(condition, next(d for d in some if d.quantity is best))
                written = " ".join(passage.text[best.start : best.end].split())
                found.append(Matched(str(condition), written, how, passage.id))
                break
    return tuple(found)
