"""Documents by CPC symbol, as bars. Titles of the symbols are not told: none are known here."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from assistant.pictures.fonts import shortened
from assistant.pictures.records import Box, Picture, Value, Words
from assistant.pictures.sheet import MARGIN, WIDTH, Sheet, counted, widest
from ingest.facts import DocumentFacts

COLUMNS = ("symbol", "documents", "share of documents", "document ids")
# What a level keeps of a symbol such as H01M4/525.
LEVELS = {
    "section": re.compile(r"[A-HY]"),
    "class": re.compile(r"[A-HY]\d{2}"),
    "subclass": re.compile(r"[A-HY]\d{2}[A-Z]"),
    "group": re.compile(r"[A-HY]\d{2}[A-Z]\d{1,4}(?=/|$)"),
    "subgroup": re.compile(r"[A-HY]\d{2}[A-Z]\d{1,4}/\d{2,}"),
}
NO_SYMBOL = "no symbol"
_MOST_BARS = 25
_ROW = 24.0


def cpc_distribution(documents: Sequence[DocumentFacts], level: str = "subclass") -> Picture:
    """How many documents carry each symbol, each document once for a symbol.

    level: "section" (H), "class" (H01), "subclass" (H01M), "group" (H01M4) or "subgroup"
    (H01M4/525). Symbols of CPC and of IPC count alike. Raises ValueError for another level.
    """
    if level not in LEVELS:
        raise ValueError(f"no level {level!r}; choose from {', '.join(LEVELS)}")
    documents = list({document.id: document for document in documents}.values())
    found: dict[str, list[str]] = defaultdict(list)
    for document in documents:
        for symbol in dict.fromkeys(_cut(symbol, level) for symbol in document.cpc):
            if symbol:
                found[symbol].append(document.id)
    ranked = sorted(found, key=lambda symbol: (-len(found[symbol]), symbol))
    classed = {identity for ids in found.values() for identity in ids}
    without = [document.id for document in documents if document.id not in classed]
    title = f"Documents by CPC and IPC {level}"
    told = f"{len(classed):,} of {counted(len(documents))} with a symbol of this level"
    sheet = Sheet("cpc", title, f"{told}; each is counted once for every symbol it carries")
    rows: list[tuple[Value, ...]] = [
        (s, len(found[s]), round(len(found[s]) / len(documents), 4), "; ".join(found[s]))
        for s in ranked
    ]
    if without:
        share = round(len(without) / len(documents), 4)
        rows.append((NO_SYMBOL, len(without), share, "; ".join(without)))
    if not found:
        if not documents:
            return sheet.empty(COLUMNS, "There are no documents to count.")
        return sheet.picture(_draw_without(sheet, sheet.top, without), COLUMNS, rows)
    bottom = _draw(sheet, ranked[:_MOST_BARS], found)
    if without:
        bottom = _draw_without(sheet, bottom, without)
    notes = []
    if len(ranked) > _MOST_BARS:
        notes.append(
            f"The {_MOST_BARS} most frequent of {len(ranked):,} symbols; all in the table."
        )
    return sheet.picture(bottom, COLUMNS, rows, notes)


def _cut(symbol: str, level: str) -> str:
    kept = LEVELS[level].match(symbol.replace(" ", "").upper())
    return kept.group() if kept else ""


def _draw(sheet: Sheet, symbols: Sequence[str], found: dict[str, list[str]]) -> float:
    """The bars; where they end."""
    left = MARGIN + max(60.0, widest(symbols, 13) + 22)
    plot = Box(left, sheet.top, WIDTH - MARGIN - 56 - left, len(symbols) * _ROW + 8, None)
    scale = sheet.axis_of_counts(plot, len(found[symbols[0]]), "Documents", upright=False)
    for place, symbol in enumerate(symbols):
        y = plot.y + 4 + place * _ROW
        ids = found[symbol]
        long = len(ids) * scale
        sheet.draw(
            Words(left - 10, y + 16, shortened(symbol, left - MARGIN, 13), 13, "ink", "end"),
            Box(left, y + 3, long, _ROW - 6, "accent"),
            Words(left + long + 7, y + 16, f"{len(ids):,}", 12, "ink"),
            documents=ids,
            label=f"{symbol}: {counted(len(ids))}",
        )
    return plot.y + plot.height + 46


def _draw_without(sheet: Sheet, y: float, ids: Sequence[str]) -> float:
    """A line for the documents that no bar counts, which opens them; where it ends."""
    verb = "carries" if len(ids) == 1 else "carry"
    text = f"{counted(len(ids))} {verb} no symbol of this level."
    sheet.draw(Words(MARGIN, y + 20, text, 12, "ink"), documents=ids, label=text)
    return y + 24
