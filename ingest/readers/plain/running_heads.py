"""Lines that repeat at the edge of pages: running heads, footers, page numbers.

Numbers in them may count the pages; any other difference means that the line says something.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

_FEWEST_PAGES = 3
_NUMBER = re.compile(r"\d+")
_PLACE_STEP = 3.0


@dataclass(frozen=True)
class Edge:
    """A line near the edge of a page.

    index: what the caller knows it by; place: its height on the page, or its rank from the edge;
    size: font size, 0 where unknown. A head in another size is a title, though others repeat it.
    """

    index: int
    text: str
    place: float
    size: float = 0.0


def running_heads(pages: Sequence[Sequence[Edge]], least_share: float = 0.0) -> list[set[int]]:
    """For each page the indexes of those of its lines that repeat on other pages.

    pages: the lines near the edges of every page; least_share: of the pages that a line must
    stand on, 0 to 1, besides the three that are asked for anyway (two of two).

    >>> pages = [[Edge(0, f"Wetting, page {n}", 800.0), Edge(1, f"Cell {n * 7}", 40.0)]
    ...          for n in (4, 5, 6)]
    >>> running_heads(pages)
    [{0}, {0}, {0}]
    """
    found: dict[tuple[str, int, int], list[tuple[int, Edge]]] = defaultdict(list)
    for page, edges in enumerate(pages):
        for edge in edges:
            pattern = _NUMBER.sub("#", " ".join(edge.text.split()).casefold())
            if pattern:
                slot = round(edge.place / _PLACE_STEP)
                found[pattern, round(edge.size), slot].append((page, edge))
    least = max(min(_FEWEST_PAGES, len(pages)), 2, round(least_share * len(pages)))
    drop: list[set[int]] = [set() for _ in pages]
    for pattern, size, slot in found:
        # A line may stand a point higher or lower than on the other pages.
        places = [(pattern, size, slot + step) for step in (-1, 0, 1)]
        near = [entry for place in places for entry in found.get(place, [])]
        kept = _regular(near, bare=not pattern.strip("#-–—.,/()[]| "))
        if len({page for page, _ in kept}) >= least:
            for page, edge in kept:
                drop[page].add(edge.index)
    return drop


def without_emptied(drop: list[set[int]], everything: Sequence[set[int]]) -> list[set[int]]:
    """Running heads less those that are all a page says.

    everything: the indexes of all lines of every page. Where most pages would be left empty the
    repeated lines are what the document says, and nothing is dropped.

    >>> without_emptied([{0}, {0}, {0}], [{0, 1}, {0, 1}, {0}])
    [{0}, {0}, set()]
    """
    emptied = [
        bool(of_page) and of_page >= lines for of_page, lines in zip(drop, everything, strict=True)
    ]
    if sum(emptied) * 2 >= sum(map(bool, drop)):
        return [set() for _ in drop]
    return [set() if gone else of_page for gone, of_page in zip(emptied, drop, strict=True)]


def _regular(entries: Iterable[tuple[int, Edge]], bare: bool) -> list[tuple[int, Edge]]:
    """Those whose numbers are the same or count the pages. bare: whether they are all it has."""
    entries = list(entries)
    if not entries:
        return []
    rows = [(page, [int(n[-9:]) for n in _NUMBER.findall(edge.text)[:8]]) for page, edge in entries]
    fits = [True] * len(entries)
    counts_pages = False
    for slot in range(len(rows[0][1])):
        same = Counter(numbers[slot] for _, numbers in rows).most_common(1)[0]
        shift = Counter(numbers[slot] - page for page, numbers in rows).most_common(1)[0]
        counting = shift[1] > same[1] or (shift[1] == same[1] == len(rows) == 1)
        counts_pages = counts_pages or counting
        for at, (page, numbers) in enumerate(rows):
            value = numbers[slot] - page if counting else numbers[slot]
            fits[at] = fits[at] and value == (shift if counting else same)[0]
    if bare and not counts_pages:
        return []  # "30" on three pages is a cell of three tables.
    return [entry for entry, fit in zip(entries, fits, strict=True) if fit]
