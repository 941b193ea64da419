"""A claim chart as a document to file: limitations on the left, quotations on the right."""

from __future__ import annotations

from assistant.chart.records import DISCLOSED, NOT_DISCLOSED, PARTLY, Cell, Chart, Combination, Row
from assistant.exports.blocks import Block, Grid, GridCell, Heading, Line, Page, Pairs
from assistant.exports.records import About
from assistant.exports.words import (
    NO_CONCLUSION,
    STATUS_WORDS,
    cited,
    date_class,
    dates,
    human_lines,
    labels,
    name_of,
    one_line,
    others_line,
    percent,
    pinpoint,
)
from ingest.facts import DocumentFacts

# More columns than this are too narrow to read; each reference then has a table of its own.
MOST_COLUMNS = 3
_LOOKS = {DISCLOSED: "disclosed", PARTLY: "partly", NOT_DISCLOSED: "missing"}
_SHORT = 90


def chart_page(chart: Chart, about: About) -> Page:
    """The whole document."""
    blocks: list[Block] = [Pairs(header(chart, about)), Line(NO_CONCLUSION, "small")]
    notices = [*chart.subject.notices, *chart.notices]
    if notices:
        blocks += [Heading("Notices"), *(Line(one_line(notice)) for notice in notices)]
    if chart.references:
        blocks += [Heading("References"), _references(chart)]
        blocks += _comparison(chart)
    else:
        blocks.append(Heading("Limitations"))
        blocks.append(_table(chart, ()))
        blocks.append(Line("No reference was charted."))
    blocks += _combinations(chart)
    running = f"Claim chart · {subject_name(about)}, {claim_words(chart)}"
    foot = f"Made {about.day()} · library {chart.fingerprint or 'without fingerprint'}"
    return Page("Claim chart", running, foot, tuple(blocks))


def header(chart: Chart, about: About) -> tuple[tuple[str, str], ...]:
    """Subject, date, collection and day, as names with values."""
    named = f"{one_line(about.collection)}: " if about.collection else ""
    collection = f"{named}{chart.documents} documents, fingerprint {chart.fingerprint or 'unknown'}"
    title = one_line(about.subject.title) if about.subject else ""
    no_date = "none given; the references were not held against a date"
    confidential = labels(chart.references)
    rows = (
        ("Subject", subject_name(about) + (f", “{title}”" if title else "")),
        ("Claim", claim_words(chart)),
        ("Subject date", chart.subject_date or no_date),
        ("Searched collection", collection),
        ("References charted", str(len(chart.references))),
        ("Confidentiality", f"quotes documents labelled {confidential}" if confidential else ""),
        ("Made", about.day()),
    )
    return tuple((name, value) for name, value in rows if value)


def subject_name(about: About) -> str:
    """The subject in a few words."""
    if about.subject is None:
        return "claim as typed"
    return one_line(about.subject.number or about.subject.id)


def claim_words(chart: Chart) -> str:
    """The claim's number and those of the claims that it depends on."""
    own = f"claim {chart.subject.number}"
    inherited = [str(number) for number in chart.subject.chain if number != chart.subject.number]
    if not inherited:
        return own
    return (
        f"{own}, with what it takes from claim{'s' * (len(inherited) > 1)} {', '.join(inherited)}"
    )


def tags(chart: Chart) -> dict[str, str]:
    """For each reference its short name in the chart: D1, D2 ..."""
    return {facts.id: f"D{place}" for place, facts in enumerate(chart.references, start=1)}


def _references(chart: Chart) -> Grid:
    coverage = chart.coverage()
    rows = []
    for facts in chart.references:
        standing = date_class(facts, chart.dated) or "no subject date"
        rows.append(
            (
                (Line(tags(chart)[facts.id], "strong"),),
                (Line(name_of(facts), "strong"), *_title(facts)),
                (Line(one_line("; ".join(facts.parties)) or "unknown"),),
                tuple(Line(day) for day in dates(facts)),
                (Line(standing),),
                (Line(percent(coverage[facts.id])),),
            )
        )
    head = ("", "Document", "Parties", "Dates", "Standing to the subject date", "Coverage")
    return Grid(head, (0.05, 0.29, 0.19, 0.14, 0.25, 0.08), tuple(rows))


def _title(facts: DocumentFacts) -> GridCell:
    title = one_line(facts.title)
    lines = [Line(title)] if title and title != name_of(facts) else []
    if facts.label:
        lines.append(Line(f"confidentiality: {one_line(facts.label)}", "small"))
    return tuple(lines)


def _comparison(chart: Chart) -> list[Block]:
    places = range(len(chart.references))
    note = Line(
        "Coverage is the share of the limitations that a reference discloses, partly disclosed "
        "ones counted half.",
        "small",
    )
    if len(places) <= MOST_COLUMNS:
        return [note, Heading("Limitations and quotations"), _table(chart, tuple(places))]
    blocks: list[Block] = [note]
    for place in places:
        facts = chart.references[place]
        blocks.append(Heading(f"{tags(chart)[facts.id]}: {name_of(facts)}"))
        blocks.append(_table(chart, (place,)))
    return blocks


def _table(chart: Chart, places: tuple[int, ...]) -> Grid:
    """The limitations against some of the references, by their places in the chart."""
    facts = [chart.references[place] for place in places]
    head = [f"{tags(chart)[one.id]}: {name_of(one)}" for one in facts]
    rows = [
        (_limitation(row), *(_cell(chart.references[p], row.cells[p]) for p in places))
        for row in chart.rows
    ]
    left = {0: 1.0, 1: 0.36, 2: 0.28}.get(len(places), 0.25)
    widths = (left, *((1 - left) / len(places) for _ in places))
    title = f"Limitation of {claim_words(chart).split(',')[0]}"
    return Grid((title, *head), widths, tuple(rows))


def _limitation(row: Row) -> GridCell:
    limitation = row.limitation
    lines = [Line(f"[{limitation.key}]", "strong"), Line(one_line(limitation.text))]
    if limitation.subject:
        lines.append(Line(f"of: {one_line(limitation.subject)}", "small"))
    return tuple(lines)


def _cell(facts: DocumentFacts, cell: Cell) -> GridCell:
    """Status in words, quotation, pinpoint citation, reason, and what a person did."""
    lines = [Line(STATUS_WORDS[cell.status] + ".", _LOOKS[cell.status])]
    if cell.place is not None:
        lines.append(Line(f"“{one_line(cell.place.quote)}”", "quote"))
        lines.append(Line(cited(facts, pinpoint(cell.place)), "place"))
    lines += [Line(text, "human") for text in human_lines(cell)]
    reason = f"Reason: {one_line(cell.reason)}" if cell.reason else ""
    lines += [Line(text, "small") for text in (reason, others_line(facts, cell)) if text]
    return tuple(lines)


def _combinations(chart: Chart) -> list[Block]:
    if not chart.combinations:
        return []
    heading = Heading("Combinations of references")
    note = Line(
        "Which limitations are found in at least one reference of a combination. Whether anyone "
        "had reason to combine them is not examined.",
        "small",
    )
    head = ("References", "Disclosed by at least one", "Only partly", "Not disclosed by any")
    rows = tuple(_combination(chart, one) for one in chart.combinations)
    return [heading, note, Grid(head, (0.24, 0.14, 0.31, 0.31), rows)]


def _combination(chart: Chart, one: Combination) -> tuple[GridCell, ...]:
    names = {facts.id: f"{tags(chart)[facts.id]}: {name_of(facts)}" for facts in chart.references}
    count = round(one.covered * len(chart.rows))
    return (
        tuple(
            Line(names.get(document_id, document_id), "strong") for document_id in one.document_ids
        ),
        (Line(f"{count} of {len(chart.rows)} ({percent(one.covered)})"),),
        _keys(chart, one.partly),
        _keys(chart, one.uncovered),
    )


def _keys(chart: Chart, keys: tuple[str, ...]) -> GridCell:
    texts = {row.limitation.key: one_line(row.limitation.text) for row in chart.rows}
    lines = []
    for key in keys:
        text = texts.get(key, "")
        cut = text if len(text) <= _SHORT else text[:_SHORT].rsplit(" ", 1)[0] + " …"
        lines.append(Line(f"[{key}] {cut}".rstrip()))
    return tuple(lines) or (Line("none"),)
