"""Ranked documents to hits: the families folded, the best passages fetched, the reasons added."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from index.catalog import Catalog
from index.explain import Asked, matched_quantities, matched_synonyms, matched_words
from index.filters import Scope
from index.quantity_store import Disclosed, quantities_of
from index.rank import Candidates, RankedDocument
from index.records import Hit, ScoredPassage
from index.rows import StoredPassage
from index.why import Why
from ingest.facts import DocumentFacts

# SQLite takes 32,766 parameters in one statement; stay well below.
_BATCH = 10_000
_NO_DATE = "9999"


@dataclass(frozen=True)
class Owner:
    """The document of a passage: key and id as in the catalogue; family: None if unknown."""

    key: int
    id: str
    family: str | None


@dataclass(frozen=True)
class Wanted:
    """What hits are to be made.

    Attributes:
        count: hits at most.
        fold_families: one hit for each family, its other members listed.
        language: of the query, None if unknown.
        asked: what reasons can be given for.
        scope: what the search may see.
        passages: of each hit at most.
    """

    count: int
    fold_families: bool
    language: str | None
    asked: Asked
    scope: Scope
    passages: int


@dataclass(frozen=True)
class _Group:
    """A hit to be: the member that ranks best, and all members that were found."""

    best: RankedDocument
    found: list[int]


def owners(catalog: Catalog, passage_keys: Sequence[int]) -> dict[int, Owner]:
    """The document of each passage key that the catalogue knows."""
    found: dict[int, Owner] = {}
    for start in range(0, len(passage_keys), _BATCH):
        batch = [int(key) for key in passage_keys[start : start + _BATCH]]
        query = (
            "SELECT p.id, d.key, d.id, d.family FROM passages p JOIN documents d"
            f" ON d.key = p.document_key WHERE p.id IN ({','.join('?' * len(batch))})"
        )
        for key, *owner in catalog.connection.execute(query, batch):
            found[key] = Owner(*owner)
    return found


def family_of(catalog: Catalog, key: int) -> tuple[str, ...]:
    """Ids of the members of a document's family, itself first."""
    query = (
        "SELECT o.id FROM documents d JOIN documents o ON o.key = d.key OR o.family = d.family"
        " WHERE d.key = ? ORDER BY o.key != d.key, o.id"
    )
    return tuple(name for (name,) in catalog.connection.execute(query, [key]))


def group_hits(
    catalog: Catalog,
    ranked: Iterable[RankedDocument],
    found: Candidates,
    owner_of: dict[int, Owner],
    wanted: Wanted,
) -> tuple[Hit, ...]:
    """The best documents as hits, each with its best passages; one hit for each family.

    A family stands where its best member ranks. It is shown by the member whose text is in the
    query's language, then by the one published first, then by id; of those that were found, so
    that there are passages to show. The others that the filters let pass are listed.
    """
    document_of = {owner.key: owner for owner in owner_of.values()}
    groups = _groups(ranked, document_of, wanted)
    others = _members(catalog, groups, document_of, wanted)
    facts = catalog.facts({key for group in groups for key in group.found} | set().union(*others))
    passages = best_passages(found, wanted.passages)
    leaders = [_leader(group, facts, wanted.language) for group in groups]
    shown_keys = [key for leader in leaders for key, _ in passages[leader]]
    stored = catalog.passages(shown_keys)
    disclosed: dict[str, tuple[Disclosed, ...]] = {}
    if wanted.asked.conditions:
        found_in = quantities_of(catalog.connection, shown_keys)
        disclosed = {stored[key].passage.id: some for key, some in found_in.items()}
    hits = []
    for rank, (group, leader, members) in enumerate(
        zip(groups, leaders, others, strict=True), start=1
    ):
        shown = _shown(passages[leader], stored)
        listed = sorted((facts[key] for key in members - {leader}), key=lambda f: f.id)
        neighbours = tuple(document_of[key].id for key in group.best.neighbours)
        why = _why(facts[leader], shown, disclosed, wanted.asked)
        why = replace(
            why, words=group.best.words, meaning=group.best.meaning, neighbours=neighbours
        )
        score = group.best.score
        hits.append(Hit(rank, score, facts[leader], shown, tuple(listed), why))
    return tuple(hits)


def _groups(
    ranked: Iterable[RankedDocument], document_of: dict[int, Owner], wanted: Wanted
) -> list[_Group]:
    groups: list[_Group] = []
    of_family: dict[str, _Group] = {}
    for document in ranked:
        family = document_of[document.key].family if wanted.fold_families else None
        if family is not None and family in of_family:
            of_family[family].found.append(document.key)
        elif len(groups) < wanted.count:
            groups.append(_Group(document, [document.key]))
            if family is not None:
                of_family[family] = groups[-1]
    return groups


def _members(
    catalog: Catalog, groups: list[_Group], document_of: dict[int, Owner], wanted: Wanted
) -> list[set[int]]:
    """Keys of every group's members that may be seen, found or not."""
    seen = wanted.scope.document_keys
    allowed = None if seen is None else set(seen.tolist())
    members = []
    for group in groups:
        keys = set(group.found)
        family = document_of[group.best.key].family
        if wanted.fold_families and family is not None:
            rows = catalog.connection.execute(
                "SELECT key FROM documents WHERE family = ?", [family]
            )
            keys |= {key for (key,) in rows if allowed is None or key in allowed}
        members.append(keys)
    return members


def _leader(group: _Group, facts: dict[int, DocumentFacts], language: str | None) -> int:
    def order(key: int) -> tuple[bool, str, str]:
        other = language is not None and facts[key].language != language
        return other, facts[key].publication_date or _NO_DATE, facts[key].id

    return min(group.found, key=order)


def best_passages(found: Candidates, count: int = 1) -> dict[int, list[tuple[int, float]]]:
    """(passage key, score) of every document's `count` best passages, best first."""
    by_document: dict[int, list[tuple[int, float]]] = defaultdict(list)
    rows = zip(
        found.documents.tolist(), found.keys.tolist(), found.passage_scores().tolist(), strict=True
    )
    for document, key, score in sorted(rows, key=lambda row: (-row[2], row[1])):
        if len(by_document[document]) < count:
            by_document[document].append((key, score))
    return by_document


def _shown(
    passages: list[tuple[int, float]], stored: dict[int, StoredPassage]
) -> tuple[ScoredPassage, ...]:
    return tuple(
        ScoredPassage(**vars(stored[key].passage), score=score)
        for key, score in passages
        if key in stored
    )


def _why(
    facts: DocumentFacts,
    shown: tuple[ScoredPassage, ...],
    disclosed: dict[str, tuple[Disclosed, ...]],
    asked: Asked,
) -> Why:
    """What of the query stands in what is shown."""
    texts = [facts.title, *(text for p in shown for text in (p.heading or "", p.text))]
    return Why(
        terms=matched_words(asked.words, texts),
        synonyms=matched_synonyms(asked.synonyms, texts),
        quantities=matched_quantities(asked.conditions, shown, disclosed),
    )
