"""A step of a search: documents that cite the relevant ones or are cited by them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from assistant.relations.cited import by_number
from assistant.relations.records import Neighbour, Neighbours, OutsideNumber
from index.library import Library
from ingest.numbers import number_key


def neighbours(library: Library, relevant_ids: Iterable[str]) -> Neighbours:
    """What relevant documents and their families cite, and what cites them.

    relevant_ids: ids or numbers. Neither they nor members of their families are among the found.
    Those linked to most relevant documents come first, then by number and id. Raises
    UnknownDocument and OtherRules.

    Example:
        for neighbour in neighbours(library, ["US99100214B2", "EP9900452B1"]).found:
            print(neighbour.document.number, neighbour.relevant)
    """
    families = {members[0]: members for members in map(library.family, relevant_ids)}
    relevant_of: dict[str, set[str]] = defaultdict(set)
    for relevant, members in families.items():
        for member in members:
            relevant_of[member].add(relevant)
    cites: dict[str, set[str]] = defaultdict(set)
    cited_by: dict[str, set[str]] = defaultdict(set)
    for link in library.citation_links(relevant_of):
        if link.cited in relevant_of and link.citing not in relevant_of:
            cites[link.citing] |= relevant_of[link.cited]
        if link.citing in relevant_of and link.cited not in relevant_of:
            cited_by[link.cited] |= relevant_of[link.citing]
    found = [
        Neighbour(facts, tuple(sorted(cites[name])), tuple(sorted(cited_by[name])))
        for name, facts in library.facts_of({*cites, *cited_by}).items()
    ]
    found.sort(key=lambda n: (-n.relevant, by_number(n.document)))
    inside = {n.document.number for n in found} | _numbers(library, relevant_of)
    return Neighbours(tuple(families), tuple(found), _outside(library, families, inside))


def _numbers(library: Library, ids: Iterable[str]) -> set[str | None]:
    return {facts.number for facts in library.facts_of(ids).values()}


def _outside(
    library: Library, families: dict[str, tuple[str, ...]], inside: set[str | None]
) -> tuple[OutsideNumber, ...]:
    """Numbers that relevant documents cite and the library lacks, the most cited first."""
    known = {number_key(number) for number in inside if number}
    wanted: dict[str, tuple[str, set[str]]] = {}
    for relevant, members in families.items():
        for member in members:
            for number in library.document(member).cited:
                if (key := number_key(number)) not in known:
                    wanted.setdefault(key, (number, set()))[1].add(relevant)
    outside = [OutsideNumber(number, tuple(sorted(by))) for number, by in wanted.values()]
    return tuple(sorted(outside, key=lambda o: (-len(o.cited_by), o.number)))
