"""Citations of one document: those that it makes, and those that it receives in the library."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from assistant.relations.records import Citations, Cited
from index.library import Library
from ingest.facts import DocumentFacts, Reference
from ingest.numbers import number_key


def citations(library: Library, name: str) -> Citations:
    """What a document cites, inside the library and outside, and what cites it inside.

    name: number or id. Literature and numbers that the library lacks are listed as the document's
    file writes them. Raises UnknownDocument and OtherRules.

    Example:
        found = citations(library, "EP9900214A1")
        print([cited.reference.number for cited in found.made], len(found.received))
    """
    document = library.document(name)
    identity = document.facts.id
    links = library.citation_links([identity])
    others = {end for link in links for end in (link.citing, link.cited)} - {identity}
    facts = library.facts_of(others)
    inside: dict[str, list[DocumentFacts]] = {}
    for link in links:
        if link.citing == identity and (cited := facts.get(link.cited)) and cited.number:
            inside.setdefault(number_key(cited.number), []).append(cited)
    made = []
    for reference in _folded(document.references):
        found = inside.get(number_key(reference.number), []) if reference.number else []
        made.append(Cited(reference, tuple(sorted(found, key=by_number))))
    received = [facts[link.citing] for link in links if link.cited == identity]
    return Citations(document.facts, tuple(made), tuple(sorted(received, key=by_number)))


def _folded(references: Iterable[Reference]) -> Iterator[Reference]:
    """One for each publication or text, with all who cite it, in the order of the file."""
    by_name: dict[str, list[Reference]] = {}
    for reference in references:
        by_name.setdefault(reference.number or reference.text, []).append(reference)
    for same in by_name.values():
        who = dict.fromkeys(reference.cited_by for reference in same if reference.cited_by)
        yield replace(same[0], cited_by=", ".join(who) or None)


def by_number(facts: DocumentFacts) -> tuple[str, str]:
    """The order in which documents are listed."""
    return facts.number or "", facts.id
