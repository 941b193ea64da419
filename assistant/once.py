"""A search in one call, for scripts."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from assistant.assistant import Assistant
from assistant.audit import watched
from index.clearance import EVERYTHING, Clearance
from index.records import Filters, Hit


def retrieve(
    query: str,
    k: int = 10,
    filters: Filters | None = None,
    index: str | Path = "library",
    clearance: Clearance = EVERYTHING,
) -> Sequence[Hit]:
    """The k best documents for a query, in one call. clearance: as in Assistant.open.

    Opens the library for this call only: to search more than once, keep an Assistant. Where the
    index is audited, the search is written down in the name of whoever runs the program.

    Example:
        for hit in retrieve("boron-coated nickel-rich cathode", k=10, index="library"):
            print(hit.score, hit.document.number, hit.passages[0].text)
    """
    assistant = watched(Assistant.open(index, clearance=clearance), Path(index))
    try:
        return assistant.search(query, k, filters).hits
    finally:
        assistant.close()
