"""Find what an answer is looked for in: the best documents, with more passages than are shown."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.questions import Known, Question
from index.errors import UnknownDocument
from index.library import Library
from index.records import Hit, SearchOptions, SearchResult

# Documents, and passages of each: enough that a gold document was missing for one question of a
# hundred (docs/answers.md).
DOCUMENTS, PASSAGES = 8, 6
LISTED = 12
# Documents of a party that the question names without limiting itself to it.
OF_PARTY = 4


def find(
    library: Library, question: Question, count: int = DOCUMENTS, exclude: tuple[str, ...] = ()
) -> SearchResult:
    """The best documents for a question in plain words. exclude: ids of those not to be found.

    Those of a party that the question names come first, without leaving out the others: "the ITRI
    electrolyte" is surely of no one else, yet the name may not be the applicant's.
    """
    among = question.among or named_documents(library, question)
    options = SearchOptions(syntax=False, exclude=exclude, among=among or None, passages=PASSAGES)
    result = library.search(question.search_text, count, question.filters, options)
    parties = tuple(t for e in question.entities if e.kind == "party" for t in e.terms)
    if not parties or question.filters.party or among:
        return result
    filters = replace(question.filters, party=parties)
    own = library.search(question.search_text, OF_PARTY, filters, options)
    return replace(result, hits=_first(own.hits, result.hits))


_BEYOND = re.compile(
    r"\b(?:cit\w+|like|similar|differ\w*|compar\w+|than|besides?|famil\w+)\b", re.I
)


def named_documents(library: Library, question: Question) -> tuple[str, ...]:
    """Ids of the documents that a question asks of, and of no others; () if one is unknown."""
    if _BEYOND.search(question.text):
        return ()
    found = []
    for entity in question.entities:
        if entity.kind in ("number", "document"):
            try:
                found.append(library.document(entity.terms[0] if entity.terms else entity.typed))
            except UnknownDocument:
                return ()
    return tuple(document.facts.id for document in found)


def _first(own: Sequence[Hit], others: Sequence[Hit]) -> tuple[Hit, ...]:
    """Both, each document once, ranked in this order."""
    best = max((hit.score for hit in others), default=0.0)
    raised = [replace(hit, score=max(hit.score, best)) for hit in own]
    seen = {hit.document.id for hit in own}
    both = [*raised, *(hit for hit in others if hit.document.id not in seen)]
    return tuple(replace(hit, rank=rank) for rank, hit in enumerate(both, 1))


_KNOWN: dict[str, Known] = {}


def known_of(library: Library) -> Known:
    """The names that a library holds, for reading a question; remembered until it changes."""
    fingerprint = library.fingerprint()
    known = _KNOWN.get(fingerprint)
    if known is None:
        documents = library.documents()
        known = Known(
            parties=tuple(sorted({party for d in documents for party in d.parties})),
            countries=tuple(sorted({d.country for d in documents if d.country})),
            labels=tuple(sorted({d.label for d in documents if d.label})),
        )
        _KNOWN.clear()
        _KNOWN[fingerprint] = known
    return known
