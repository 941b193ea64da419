"""Documents by year and party, as stacked bars."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from assistant.pictures.fonts import width, wrapped
from assistant.pictures.parties import NOT_STATED, Parties, largest, parties_of
from assistant.pictures.records import Box, Line, Picture, Value, Words
from assistant.pictures.sheet import MARGIN, WIDTH, Sheet, counted, widest
from assistant.pictures.years import Span, span_of, year_of
from index.records import DATES
from ingest.facts import DocumentFacts

COLUMNS = ("year", "party", "drawn as", "documents", "document ids")
OTHERS = "other parties"
UNKNOWN = "unknown"
_NAMED = 7
_YEAR = 42.0  # pixels that the name of a year needs
_LEGEND, _HEIGHT, _UNDATED_GAP = 290.0, 380.0, 22.0

# (first year of a bar, None for documents without a usable date) and what a part of it stands for.
_Parts = Mapping[tuple[int | None, str], list[DocumentFacts]]


def timeline(documents: Sequence[DocumentFacts], date_of: str = "publication") -> Picture:
    """Documents per year, the largest parties named, the rest as others.

    date_of: "publication", "filing" or "priority". Every document is counted once: under the
    party of its own that has the most documents here, and apart where its date is unknown or
    cannot be right. Raises ValueError for another kind of date.
    """
    if date_of not in DATES:
        raise ValueError(f"no date {date_of!r}; choose from {', '.join(DATES)}")
    documents = list({document.id: document for document in documents}.values())
    years = {d.id: year_of(getattr(d, f"{date_of}_date")) for d in documents}
    parties = parties_of(documents)
    named = largest(parties, _NAMED)
    undated = sum(year is None for year in years.values())
    subtitle = f"{counted(len(documents))} by year of {date_of} and party"
    sheet = Sheet("timeline", f"Timeline by party ({date_of} date)", subtitle)
    if not documents:
        return sheet.empty(COLUMNS, "There are no documents to count.")
    span = span_of([year for year in years.values() if year is not None])
    parts = _parts(documents, years, span, parties, named)
    shown = [*named, OTHERS, NOT_STATED]
    left = MARGIN + 34 + widest([f"{max(_totals(parts).values()):,}"])
    plot = Box(left, sheet.top + 8, WIDTH - MARGIN - left - _LEGEND, _HEIGHT, None)
    _draw_bars(sheet, plot, span, parts, shown)
    _draw_legend(sheet, plot, parts, shown)
    title = f"Year of {date_of}" + (f", {span.step} in each bar" if span and span.step > 1 else "")
    y = plot.y + plot.height + 40
    sheet.draw(Words(plot.x + plot.width / 2, y, title, 12, "muted", "middle"))
    notes = _notes(documents, date_of, undated, parties)
    if others := len(parties.counts) - len(named):
        notes.append(f"Other parties: {others:,}; the table names each.")
    return sheet.picture(y + 6, COLUMNS, _rows(documents, years, date_of, parties, named), notes)


def _parts(
    documents: Sequence[DocumentFacts],
    years: Mapping[str, int | None],
    span: Span | None,
    parties: Parties,
    named: Sequence[str],
) -> _Parts:
    parts: dict[tuple[int | None, str], list[DocumentFacts]] = defaultdict(list)
    for document in documents:
        year = years[document.id]
        bar = None if year is None or span is None else year - (year - span.first) % span.step
        parts[bar, _drawn_as(parties.of[document.id], named)].append(document)
    return parts


def _totals(parts: _Parts) -> Counter[int | None]:
    """The height of each bar."""
    totals: Counter[int | None] = Counter()
    for (bar, _), found in parts.items():
        totals[bar] += len(found)
    return totals


def _drawn_as(party: str, named: Sequence[str]) -> str:
    return party if party in named or party == NOT_STATED else OTHERS


def _draw_bars(
    sheet: Sheet, plot: Box, span: Span | None, parts: _Parts, shown: Sequence[str]
) -> None:
    bars: list[int | None] = [*span.bars()] if span else []
    totals = _totals(parts)
    undated = None in totals
    scale = sheet.axis_of_counts(plot, max(totals.values()), "Documents")
    slots = len(bars) + undated
    slot = min(72.0, (plot.width - 12 - _UNDATED_GAP * undated) / slots)
    thick = slot * 0.78
    left = plot.x + 6
    for place, bar in enumerate([*bars, *([None] if undated else [])]):
        x = left + place * slot + (slot - thick) / 2
        x += _UNDATED_GAP if bar is None and bars else 0
        _draw_bar(sheet, Box(x, plot.y + plot.height, thick, scale, None), bar, parts, shown, span)
        middle = x + thick / 2
        name = span.name(bar) if span else "date unknown"
        if totals[bar] and width(f"{totals[bar]:,}", 11) <= slot:
            top = plot.y + plot.height - totals[bar] * scale - 5
            sheet.draw(Words(middle, top, f"{totals[bar]:,}", 11, "ink", "middle"))
        every = math.ceil(_YEAR / slot)
        if bar is None:
            x = min(middle, plot.x + plot.width - 6)
            for line, word in enumerate(("date", "unknown")):
                y = plot.y + plot.height + 17 + 13 * line
                sheet.draw(Words(x, y, word, 11, "muted", "middle"))
        elif place % every == 0:
            y = plot.y + plot.height + 18
            sheet.draw(Words(middle, y, name[:4], 12, "muted", "middle"))
    y = plot.y + plot.height
    sheet.draw(Line(plot.x, y, plot.x + plot.width, y, "muted"))


def _draw_bar(
    sheet: Sheet,
    foot: Box,
    bar: int | None,
    parts: _Parts,
    shown: Sequence[str],
    span: Span | None,
) -> None:
    """One bar, upwards from its foot. foot.height: pixels for one document."""
    y = foot.y
    for place, name in enumerate(shown):
        found = parts.get((bar, name), [])
        if not found:
            continue
        height = len(found) * foot.height
        y -= height
        when = span.name(bar) if span else "date unknown"
        sheet.draw(
            Box(foot.x, y, foot.width, height, _colour(name, place), _edge(name), 0.7),
            documents=[document.id for document in found],
            label=f"{when}, {name}: {counted(len(found))}",
        )


def _colour(name: str, place: int) -> str:
    return {OTHERS: "others", NOT_STATED: "unknown"}.get(name, f"c{place}")


def _edge(name: str) -> str:
    return "muted" if name == NOT_STATED else "surface"


def _draw_legend(sheet: Sheet, plot: Box, parts: _Parts, shown: Sequence[str]) -> None:
    """What the colours mean, in the order of the bars from their top down."""
    x, y = plot.x + plot.width + 24, plot.y + 8
    sheet.draw(Words(x, y, "Party (documents counted under it)", 12, "muted"))
    for place, name in reversed(list(enumerate(shown))):
        ids = [d.id for (_, drawn_as), found in parts.items() if drawn_as == name for d in found]
        if not ids:
            continue
        y += 24
        count = f" ({len(ids):,})"
        lines = wrapped(name, _LEGEND - 48 - width(count), 12, 2)
        lines[-1] += count
        sheet.draw(
            Box(x, y - 11, 13, 13, _colour(name, place), "muted", 0.6),
            *(Words(x + 21, y + 15 * nth, line, 12, "ink") for nth, line in enumerate(lines)),
            documents=ids,
            label=f"{name}: {counted(len(ids))}",
        )
        y += 15 * (len(lines) - 1)


def _rows(
    documents: Sequence[DocumentFacts],
    years: Mapping[str, int | None],
    date_of: str,
    parties: Parties,
    named: Sequence[str],
) -> list[tuple[Value, ...]]:
    """One row for each year and party, counted once as in the picture."""
    cells: dict[tuple[int, str, str], list[str]] = defaultdict(list)
    for document in documents:
        year = years[document.id]
        stated = getattr(document, f"{date_of}_date")
        told = str(year) if year is not None else f"not usable: {stated}" if stated else UNKNOWN
        party = parties.of[document.id]
        cells[9999 if year is None else year, told, party].append(document.id)
    return [
        (told if year == 9999 else year, party, _drawn_as(party, named), len(ids), "; ".join(ids))
        for (year, told, party), ids in sorted(cells.items())
    ]


def _notes(
    documents: Sequence[DocumentFacts], date_of: str, undated: int, parties: Parties
) -> list[str]:
    wrong = sum(
        bool(day := getattr(d, f"{date_of}_date")) and year_of(day) is None for d in documents
    )
    notes = []
    if undated:
        told = f"{counted(undated)} without a usable {date_of} date, in a bar of their own"
        notes.append(
            told + (f"; {wrong} of them state one that cannot be right." if wrong else ".")
        )
    if parties.several:
        told = f"{counted(parties.several)} with several parties: each is counted once, under the"
        notes.append(f"{told} party that has most here.")
    if parties.counts:
        notes.append("Names that differ in case, punctuation or legal form only are one party.")
    return notes
