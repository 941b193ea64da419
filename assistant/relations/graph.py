"""The citations around some documents as a small graph."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from assistant.errors import BadInput
from assistant.relations.records import CitationGraph, Node
from index.citations import CitationLink
from index.library import Library

# More than this nobody reads as a drawing.
MOST_NODES = 60
MOST_STEPS = 5


def citation_graph(
    library: Library, ids: Iterable[str], depth: int = 1, most: int = MOST_NODES
) -> CitationGraph:
    """The documents that can be reached from these by citations, in either direction.

    ids: of documents; depth: citations to follow from them, 0 to 5; most: nodes at most, of which
    the ones asked for come first. Raises BadInput, OtherRules, and UnknownDocument for an id that
    the library does not know.
    """
    if not 0 <= depth <= MOST_STEPS:
        raise BadInput(f"the graph's depth is {depth}; ask for 0 to {MOST_STEPS} citations")
    if most < 1:
        raise BadInput(f"a graph of {most} documents shows nothing; ask for 1 or more")
    # A document asked for twice, or by number, is one node.
    start = tuple(dict.fromkeys(library.family(name)[0] for name in ids))
    distances = dict.fromkeys(start[:most], 0)
    left_out = set(start[most:])
    level: tuple[str, ...] = tuple(distances)
    for distance in range(1, depth + 1):
        around = _next(library.citation_links(level), distances)
        around = [name for name in around if name not in left_out]
        level = tuple(around[: most - len(distances)])
        left_out.update(around[len(level) :])
        distances.update(dict.fromkeys(level, distance))
        if not level:
            break
    facts = library.facts_of(distances)
    nodes = tuple(Node(facts[name], step) for name, step in distances.items() if name in facts)
    shown = {node.document.id for node in nodes}
    links = library.citation_links(tuple(shown))
    between = tuple(link for link in links if {link.citing, link.cited} <= shown)
    return CitationGraph(nodes, between, len(left_out))


def _next(links: Iterable[CitationLink], known: dict[str, int]) -> list[str]:
    """Documents that links lead to, those of most links first, then by id."""
    ends = Counter(end for link in links for end in (link.citing, link.cited) if end not in known)
    return sorted(ends, key=lambda name: (-ends[name], name))
