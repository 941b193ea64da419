"""Choose the sentences of an answer: relevant, new, and from several documents where they agree."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.answers.asked import Asked
from assistant.answers.figures import quantities, values_of
from assistant.answers.needs import Surface, unmet
from assistant.answers.weigh import Candidate
from assistant.gate import judge
from index.quantities import Quantity

_MOST, _MOST_OF_ONE = 7, 5
_MOST_LISTED = 8
# In logits of the fitted weight: a sentence this much weaker than the best is no part of the
# answer; and what likeness to a chosen sentence costs, for each unit of cosine above _LIKE.
WEAKER = 3.0
_LIKE, _COST = 0.6, 4.0
# Beyond this cosine two sentences with the same figures say the same.
_SAME = 0.9
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_NEGATION = re.compile(r"\b(?:not|no|never|without|cannot|neither|nor|n't)\b", re.IGNORECASE)


def choose(weighed: list[Candidate]) -> list[Candidate]:
    """The sentences of the answer, the best first, then document by document.

    weighed: best first, not empty. Nothing is said twice: what another document says in the same
    words and figures becomes a citation more.
    """
    best = weighed[0].weight
    pool = [c for c in weighed if c.weight >= best - WEAKER]
    chosen: list[Candidate] = []
    while pool and len(chosen) < _MOST:
        pool.sort(key=lambda c: (-(c.weight - _likeness(c, chosen)), -c.weight))
        candidate = pool.pop(0)
        if chosen and candidate.weight - _likeness(candidate, chosen) < best - WEAKER:
            break
        repeated = next((i for i, c in enumerate(chosen) if repeats(candidate, c)), None)
        if repeated is not None and agrees(chosen[repeated], candidate):
            chosen[repeated] = _agreed(chosen[repeated], candidate)
        elif repeated is not None and _same_document(chosen[repeated], candidate):
            continue
        elif _count_of(chosen, candidate) < _MOST_OF_ONE:
            chosen.append(candidate)
    return _by_document(chosen)


def with_following(
    weighed: list[Candidate], chosen: list[Candidate], count: int
) -> list[Candidate]:
    """The chosen sentences, with those that follow the lead: causes and steps run on.

    count: of sentences behind the lead that are to be there.
    """
    lead = chosen[0]
    behind = sorted(
        (c for c in weighed if c.passage.id == lead.passage.id and c.start > lead.start),
        key=lambda c: c.start,
    )[:count]
    added = [c for c in behind if not any(repeats(c, other) for other in chosen)]
    return [lead, *added, *chosen[1:]]


def choose_listed(weighed: list[Candidate]) -> list[Candidate]:
    """The best sentence of each document, for questions that ask which documents there are."""
    listed: dict[str, Candidate] = {}
    for candidate in weighed:
        if candidate.weight < weighed[0].weight - WEAKER or len(listed) == _MOST_LISTED:
            break
        listed.setdefault(candidate.document.id, candidate)
    return list(listed.values())


def differing(asked: Asked, lead: Candidate, chosen: list[Candidate]) -> list[Candidate]:
    """Those of other documents that give another value of the asked property.

    Only where both sentences name all that is asked about, meet its conditions to the same degree
    and state one value of its dimension each, and the values have nothing in common.
    """
    mine = _one_value(asked, lead)
    if mine is None:
        return []
    family = lead.document.family
    found = []
    for other in chosen:
        same_family = family is not None and other.document.family == family
        if other.document.id == lead.document.id or same_family:
            continue
        value = _one_value(asked, other)
        if value is None or not (_is_about_it(asked, lead) and _is_about_it(asked, other)):
            continue
        apart = value.low > mine.high or value.high < mine.low
        if value.dimension == mine.dimension and apart and not _elsewhere(mine, lead, value, other):
            found.append(other)
    return found


def _same_document(one: Candidate, other: Candidate) -> bool:
    return one.document.id == other.document.id


def _elsewhere(mine: Quantity, lead: Candidate, value: Quantity, other: Candidate) -> bool:
    """Whether two values were found under figures of another dimension that are apart."""
    given = [q for q in quantities(lead.text) if q.dimension != mine.dimension]
    others = [q for q in quantities(other.text) if q.dimension != value.dimension]
    shared = {q.dimension for q in given} & {q.dimension for q in others}
    return any(
        all(a.high < b.low or b.high < a.low for a in given for b in others
            if a.dimension == b.dimension == dimension)
        for dimension in shared
    )  # fmt: skip


def _is_about_it(asked: Asked, candidate: Candidate) -> bool:
    """Whether the sentence itself, and not only what stands around it, names the asked thing."""
    signs = candidate.signs
    named = not unmet(asked.things, Surface(candidate.text))
    return named and not candidate.missing and signs.conditions == 1 and signs.property == 1


def _one_value(asked: Asked, candidate: Candidate) -> Quantity | None:
    values = values_of(asked, candidate.text)
    return values[0] if len(values) == 1 else None


def agrees(one: Candidate, other: Candidate) -> bool:
    """Whether each of two like sentences supports the other: "rose by 5" is like "fell by 5"."""
    texts = (" ".join(one.text.split()), " ".join(other.text.split()))
    if texts[0] == texts[1]:
        return True
    pairs = (texts, texts[::-1])
    return all(judge(sentence, [quote]).supported for sentence, quote in pairs)


def repeats(one: Candidate, other: Candidate) -> bool:
    """Whether two sentences are alike, with the same figures and as many negations."""
    if " ".join(one.text.split()) == " ".join(other.text.split()):
        return True
    return (
        float(one.vector @ other.vector) >= _SAME
        and set(_NUMBER.findall(one.text)) == set(_NUMBER.findall(other.text))
        and len(_NEGATION.findall(one.text)) == len(_NEGATION.findall(other.text))
        and len(quantities(one.text)) == len(quantities(other.text))
    )


def _likeness(candidate: Candidate, chosen: list[Candidate]) -> float:
    """What it costs a sentence to be like one that is chosen already."""
    nearest = max((float(candidate.vector @ c.vector) for c in chosen), default=0.0)
    return _COST * max(0.0, nearest - _LIKE)


def _agreed(candidate: Candidate, other: Candidate) -> Candidate:
    """The sentence with one more document that says the same, if it is one more."""
    documents = {c.passage.document_id for c in (candidate, *candidate.same)}
    if other.passage.document_id in documents:
        return candidate
    return replace(candidate, same=(*candidate.same, other))


def _count_of(chosen: list[Candidate], candidate: Candidate) -> int:
    return sum(c.document.id == candidate.document.id for c in chosen)


def _by_document(chosen: list[Candidate]) -> list[Candidate]:
    order = list(dict.fromkeys(c.document.id for c in chosen))
    return sorted(chosen, key=lambda c: order.index(c.document.id))
