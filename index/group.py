"""Group found passages by document, and documents by family, into hits."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from index.catalog import Catalog
from index.records import Hit, ScoredPassage
from ingest.facts import DocumentFacts

# Passages shown of one document.
_PASSAGES = 3


@dataclass(frozen=True)
class Found:
    """A passage that was found: its key, its document's key, its score."""

    key: int
    document_key: int
    score: float


def group_hits(catalog: Catalog, found: list[Found], k: int) -> tuple[Hit, ...]:
    """The k best documents. A document's score is that of its best passage.

    Members of one family are one hit, its best document; the others are listed under it. Ties go
    by document id, then by passage.
    """
    by_document: dict[int, list[Found]] = defaultdict(list)
    for passage in sorted(found, key=lambda f: (-f.score, f.key)):
        by_document[passage.document_key].append(passage)
    facts = catalog.facts(by_document)
    ranked = sorted(
        (key for key in by_document if key in facts),
        key=lambda key: (-by_document[key][0].score, facts[key].id),
    )
    leaders, members = _families(ranked, facts, k)
    wanted = [f.key for leader in leaders for f in by_document[leader][:_PASSAGES]]
    stored = catalog.passages(wanted)
    hits = []
    for rank, leader in enumerate(leaders, start=1):
        passages = tuple(
            ScoredPassage(**vars(stored[f.key].passage), score=f.score)
            for f in by_document[leader][:_PASSAGES]
            if f.key in stored
        )
        others = tuple(facts[key] for key in members[leader])
        hits.append(Hit(rank, by_document[leader][0].score, facts[leader], passages, others))
    return tuple(hits)


def _families(
    ranked: list[int], facts: dict[int, DocumentFacts], k: int
) -> tuple[list[int], dict[int, list[int]]]:
    """The first k documents of different families, and the other members found of each."""
    leaders: list[int] = []
    leader_of: dict[str, int] = {}
    members: dict[int, list[int]] = defaultdict(list)
    for key in ranked:
        family = facts[key].family
        if family in leader_of:
            members[leader_of[family]].append(key)
        elif len(leaders) < k:
            leaders.append(key)
            if family:
                leader_of[family] = key
    return leaders, members
