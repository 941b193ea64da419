"""A map on which documents of similar text lie near each other, its regions labelled."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assistant.pictures.fonts import shortened, visible, width
from assistant.pictures.place_labels import place_labels
from assistant.pictures.projection import Projection, project, regions
from assistant.pictures.records import Box, Dot, Picture, Value, Words
from assistant.pictures.region_words import region_words
from assistant.pictures.sheet import MARGIN, WIDTH, Sheet, counted
from index.errors import UnknownDocument
from index.library import Library
from ingest.facts import DocumentFacts
from ingest.records import Document

COLUMNS = ("region", "words of the region", "number", "title", "kind", "x", "y", "document id")
# Documents that are drawn unless told otherwise; more of them no eye tells apart.
LIMIT = 2000
MOST = 5000  # what is compared grows with the square of their number
_HEIGHT, _LABEL, _LINE = 640.0, 12.0, 16.0
_LONGEST_WORD = 190.0
_OPENING = 1500  # characters of a document without an abstract that tell what it is about


@dataclass(frozen=True)
class _Drawn:
    """The documents of the map, in one order, with their places and regions."""

    facts: tuple[DocumentFacts, ...]
    where: Projection
    region: NDArray[np.int64]
    words: dict[int, tuple[str, ...]]

    def ids_of(self, region: int) -> list[str]:
        return [f.id for f, its in zip(self.facts, self.region, strict=True) if its == region]

    def name_of(self, region: int) -> str:
        return ", ".join(self.words[region]) or f"region {region + 1}"


def document_map(library: Library, ids: Sequence[str] | None = None, limit: int = LIMIT) -> Picture:
    """The documents with these ids by the mean of their passages' vectors; None for all.

    limit: documents that are drawn at most, 1 to MOST; of more a sample is drawn, the same for
    the same documents. Raises ValueError for another limit.
    """
    if not 1 <= limit <= MOST:
        raise ValueError(f"the limit is {limit}; draw 1 to {MOST:,} documents")
    wanted = (
        [facts.id for facts in library.documents()] if ids is None else list(dict.fromkeys(ids))
    )
    chosen = _sampled(wanted, limit)
    known, vectors = library.document_vectors(chosen)
    documents = _read(library, known)
    kept = [place for place, name in enumerate(known) if name in documents]
    notes = _notes(len(wanted), len(chosen), len(kept))
    subtitle = f"{counted(len(kept))}; near each other where their texts are alike"
    sheet = Sheet("map", "Map of the documents", subtitle)
    if not kept:
        text = "No document has text to be placed by." if wanted else "There are no documents."
        return sheet.empty(COLUMNS, text, notes)
    where = project(vectors[kept])
    region = regions(where.points)
    told = [documents[known[place]] for place in kept]
    words = region_words([_about(document) for document in told], region.tolist())
    drawn = _Drawn(tuple(document.facts for document in told), where, region, words)
    bottom = _draw(sheet, drawn)
    return sheet.picture(bottom, COLUMNS, _rows(drawn), [*_method(where), *notes])


def _sampled(ids: Sequence[str], limit: int) -> list[str]:
    """At most so many ids, in their order; which ones depends on nothing but the ids."""
    if len(ids) <= limit:
        return list(ids)
    ranked = sorted(ids, key=lambda name: hashlib.sha256(name.encode("utf-8", "replace")).digest())
    kept = set(ranked[:limit])
    return [name for name in ids if name in kept]


def _read(library: Library, ids: Sequence[str]) -> dict[str, Document]:
    """The documents that are still there."""
    found = {}
    for name in ids:
        try:
            found[name] = library.document(name)
        except UnknownDocument:
            continue
    return found


def _about(document: Document) -> str:
    """Title and abstract, or what the document begins with."""
    sections = [section for section in document.sections if section.kind == "abstract"]
    abstract = [document.text[p.start : p.end] for s in sections for p in s.paragraphs]
    return f"{document.facts.title} . {' . '.join(abstract) or document.text[:_OPENING]}"


def _draw(sheet: Sheet, drawn: _Drawn) -> float:
    """Dots, labels of the regions, what the shapes mean; where it ends."""
    plot = Box(MARGIN, sheet.top + 6, WIDTH - 2 * MARGIN, _HEIGHT, None, "line")
    sheet.draw(plot)
    points = _pixels(drawn.where.points, plot)
    radius = 6.0 if len(points) < 100 else 4.6 if len(points) < 500 else 3.4
    for (x, y), facts, region in zip(points, drawn.facts, drawn.region, strict=True):
        name = facts.number or visible(facts.title) or facts.id
        title = f": {facts.title}" if facts.number and facts.title else ""
        square = facts.kind != "patent"
        sheet.draw(
            Dot(float(x), float(y), radius, f"c{region}", "edge", square),
            documents=[facts.id],
            label=f"{name}{title}",
        )
    _draw_labels(sheet, drawn, points, plot)
    return _draw_legend(sheet, drawn, plot)


def _pixels(points: NDArray[np.float64], plot: Box) -> NDArray[np.float64]:
    """Points of the unit square in the plot, stretched to fill it: the axes have no unit."""
    low, high = points.min(axis=0), points.max(axis=0)
    span = np.where(high - low > 1e-9, high - low, 1.0)
    unit = (points - (low + high) / 2) / span + 0.5
    placed = np.array([plot.x + 24, plot.y + 24]) + unit * [plot.width - 48, plot.height - 48]
    return np.asarray(placed, np.float64)


def _draw_labels(sheet: Sheet, drawn: _Drawn, points: NDArray[np.float64], plot: Box) -> None:
    """The words of each region and its number of documents, near the region's middle."""
    found = range(int(drawn.region.max()) + 1)
    lines = {
        region: [
            *(shortened(word, _LONGEST_WORD, _LABEL, True) for word in drawn.words[region]),
            counted(len(drawn.ids_of(region))),
        ]
        for region in found
    }
    sizes = [
        (max(width(line, _LABEL, True) for line in lines[r]) + 24, len(lines[r]) * _LINE + 10)
        for r in found
    ]
    middles = [np.median(points[drawn.region == region], axis=0) for region in found]
    inside = Box(plot.x + 4, plot.y + 4, plot.width - 8, plot.height - 8, None)
    placed = place_labels([(float(x), float(y)) for x, y in middles], sizes, points, inside)
    for region, box in zip(found, placed, strict=True):
        if box is None:
            continue
        *told, count = lines[region]
        words = [
            Words(box.x + 17, box.y + 17 + n * _LINE, line, _LABEL, "ink", bold=True)
            for n, line in enumerate(told)
        ]
        count_y = box.y + 17 + len(told) * _LINE
        sheet.draw(
            Box(box.x, box.y, box.width, box.height, "surface", "muted", 0.6, 0.93),
            Box(box.x + 3, box.y + 3, 7, box.height - 6, f"c{region}"),
            *words,
            Words(box.x + 17, count_y, count, 11, "muted"),
            documents=drawn.ids_of(region),
            label=f"{drawn.name_of(region)}: {count}",
        )


def _draw_legend(sheet: Sheet, drawn: _Drawn, plot: Box) -> float:
    x, y = plot.x, plot.y + plot.height + 20
    for kind, square in (("patent", False), ("report", True)):
        ids = [facts.id for facts in drawn.facts if (facts.kind != "patent") is square]
        if ids:
            text = counted(len(ids), kind)
            dot = Dot(x + 6, y - 4, 5, "others", "edge", square)
            sheet.draw(dot, Words(x + 18, y, text), documents=ids, label=text)
            x += 18 + width(text) + 26
    text = "The axes have no unit; only nearness means something."
    sheet.draw(Words(plot.x + plot.width, y, text, 12, "muted", "end"))
    return y + 4


def _rows(drawn: _Drawn) -> list[tuple[Value, ...]]:
    order = sorted(range(len(drawn.facts)), key=lambda place: (drawn.region[place], place))
    return [
        (
            int(drawn.region[place]) + 1,
            ", ".join(drawn.words[int(drawn.region[place])]),
            drawn.facts[place].number,
            drawn.facts[place].title,
            drawn.facts[place].kind,
            round(float(drawn.where.points[place, 0]), 4),
            round(float(drawn.where.points[place, 1]), 4),
            drawn.facts[place].id,
        )
        for place in order
    ]


def _method(where: Projection) -> list[str]:
    if where.trustworthiness is None:
        return []
    told = f"{where.method}; trustworthiness {where.trustworthiness:.2f} of 1"
    return [f"Places: {told}. Words: those that set a region's titles and abstracts apart."]


def _notes(wanted: int, chosen: int, kept: int) -> list[str]:
    notes = []
    if chosen < wanted:
        notes.append(f"A sample: {chosen:,} of {wanted:,} documents.")
    if kept < chosen:
        notes.append(f"{counted(chosen - kept)} without text, or no longer there, not drawn.")
    return notes
