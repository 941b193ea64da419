"""Time searches and answers on an existing index: `python benchmarks/latency.py INDEX`.

Queries are made from the index itself: titles (short) and abstracts or first paragraphs (long),
every one used once, so that nothing is answered from a cache.
"""

from __future__ import annotations

import resource
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import numpy as np

from assistant import Assistant
from index import SearchOptions

_QUERIES = 100
_ANSWERS = 30


def main(index: str) -> None:
    """Print the table as Markdown."""
    started = time.perf_counter()
    assistant = Assistant.open(index)
    assistant.search("warm up")
    opening = time.perf_counter() - started
    documents = assistant.documents()[:: max(1, len(assistant.documents()) // _QUERIES)]
    titles = [facts.title for facts in documents if facts.title]
    long = [text for facts in documents if (text := _beginning(assistant, facts.id))]
    words = sum(len(text.split()) for text in long) / len(long)
    print(f"{len(assistant.documents())} documents, {assistant.library.counts()[1]} passages;")
    print(f"opening and first search {opening:.1f} s\n")
    print("| what | n | p50 ms | p95 ms |")
    print("|---|---|---|---|")
    # A title with a star in it is no query of the query language.
    search = partial(assistant.search, options=SearchOptions(syntax=False))
    _row("search, title as query", titles, search)
    _row(f"search, {words:.0f} words on average", long, search)
    _row("ask, title as question", titles[:_ANSWERS], assistant.ask)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"\npeak memory {peak:.0f} MB")
    print(f"index {sum(f.stat().st_size for f in Path(index).rglob('*')) / 1e6:.0f} MB")


def _row(name: str, queries: list[str], call: Callable[[str], object]) -> None:
    times = []
    for query in queries:
        started = time.perf_counter()
        call(query)
        times.append((time.perf_counter() - started) * 1000)
    p50, p95 = np.percentile(times, [50, 95])
    print(f"| {name} | {len(times)} | {p50:.0f} | {p95:.0f} |")


def _beginning(assistant: Assistant, document_id: str) -> str:
    document = assistant.show(document_id).document
    return " ".join(document.text.split()[:200])


if __name__ == "__main__":
    main(sys.argv[1])
