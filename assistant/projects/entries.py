"""The kinds of entry of a search record; what an entry is, is in assistant.chained."""

from __future__ import annotations

from assistant.chained.entries import NOTHING, Entry, canonical, read_line, storable

__all__ = ["KINDS", "NOTHING", "Entry", "canonical", "read_line", "storable"]

KINDS = (
    "created", "subject", "search", "ask", "chart", "mark", "note", "override", "save", "unsave",
    "seen", "export", "archive", "recovered", "repaired", "forgotten", "rewritten",
)  # fmt: skip
