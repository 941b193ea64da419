"""The hits of a search as a document to read: each document with its passages quoted."""

from __future__ import annotations

from assistant.exports.blocks import Block, Grid, GridCell, Heading, Line, Page, Pairs
from assistant.exports.records import About
from assistant.exports.words import cited, dates, labels, name_of, one_line, pinpoint_passage
from index.records import Hit, SearchResult


def hits_page(result: SearchResult, about: About) -> Page:
    """The whole document."""
    blocks: list[Block] = [Pairs(header(result, about)), Heading("Documents")]
    if result.hits:
        rows = tuple(_row(hit) for hit in result.hits)
        head = ("Rank", "Document", "Passages, verbatim")
        blocks.append(Grid(head, (0.06, 0.32, 0.62), rows))
    else:
        blocks.append(Line("Nothing was found."))
    foot = f"Made {about.day()} · library {result.fingerprint or 'without fingerprint'}"
    return Page("Search results", f"Search results · {_short(result.query)}", foot, tuple(blocks))


def header(result: SearchResult, about: About) -> tuple[tuple[str, str], ...]:
    """Query, filters, collection and day, as names with values."""
    named = f"{one_line(about.collection)}: " if about.collection else ""
    count = f"{about.documents} documents, " if about.documents is not None else ""
    confidential = labels(hit.document for hit in result.hits)
    rows = [
        ("Query", one_line(result.query)),
        ("Understood as", one_line(result.understood or "")),
        ("Conditions", one_line("; ".join(result.conditions))),
        ("Filters", filter_words(result)),
        ("Searched collection", f"{named}{count}fingerprint {result.fingerprint or 'unknown'}"),
        ("Searched documents", str(result.searched)),
        ("Left out, undated", str(result.undated) if result.undated else ""),
        ("Found", f"{len(result.hits)} documents"),
        ("Confidentiality", f"quotes documents labelled {confidential}" if confidential else ""),
        ("Made", about.day()),
    ]
    return tuple((name, value) for name, value in rows if value)


def filter_words(result: SearchResult) -> str:
    """The filters in words, "none" without any."""
    given = result.filters.to_dict() if result.filters else {}
    parts = []
    for name, value in given.items():
        if not value or name == "date":
            continue
        words = " or ".join(map(str, value)) if isinstance(value, list) else str(value)
        which = f" ({given['date']} date)" if name in ("before", "after") else ""
        parts.append(f"{name} {words}{which}")
    return one_line("; ".join(parts)) or "none"


def _short(query: str) -> str:
    text = one_line(query)
    return text if len(text) <= 80 else text[:80].rsplit(" ", 1)[0] + " …"


def _row(hit: Hit) -> tuple[GridCell, ...]:
    return (Line(str(hit.rank), "strong"),), _document(hit), _passages(hit)


def _document(hit: Hit) -> GridCell:
    facts = hit.document
    lines = [Line(name_of(facts), "strong")]
    if one_line(facts.title) != name_of(facts):
        lines.append(Line(one_line(facts.title)))
    lines.append(Line(one_line("; ".join(facts.parties)) or "parties unknown"))
    lines.append(Line(", ".join(dates(facts)), "small"))
    family = "; ".join(name_of(member) for member in hit.members)
    more = {
        "classes": "; ".join(facts.cpc),
        "family members found": family,
        "confidentiality": facts.label or "",
        "score": f"{hit.score:.3f}",
    }
    lines += [Line(f"{name}: {one_line(text)}", "small") for name, text in more.items() if text]
    return tuple(line for line in lines if line.text)


def _passages(hit: Hit) -> GridCell:
    lines = []
    for passage in hit.passages:
        lines.append(Line(f"“{one_line(passage.text)}”", "quote"))
        lines.append(Line(cited(hit.document, pinpoint_passage(passage)), "place"))
    return tuple(lines)
