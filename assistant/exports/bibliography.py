"""What RIS and BibTeX both need of a document: its key and its names."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from ingest.facts import DocumentFacts


def citation_keys(documents: Iterable[DocumentFacts]) -> list[str]:
    """One key for each document, unique also where upper and lower case count as one.

    >>> citation_keys([DocumentFacts("0f", "report", "R-1"), DocumentFacts("1a", "report", "r 1")])
    ['R-1', 'r-1-2']
    """
    keys: list[str] = []
    taken: set[str] = set()
    for facts in documents:
        base = _plain(facts.number or "") or _plain(facts.id) or "document"
        key, number = base, 1
        while key.casefold() in taken:
            number += 1
            key = f"{base}-{number}"
        taken.add(key.casefold())
        keys.append(key)
    return keys


def holders(facts: DocumentFacts) -> tuple[str, ...]:
    """Who a patent belongs to, or belonged to at filing."""
    return facts.parties or facts.assignees or facts.applicants


def _plain(text: str) -> str:
    ascii_text = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^A-Za-z0-9]+", "-", ascii_text).strip("-")
