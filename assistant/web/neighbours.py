"""Documents that citations lead to, as HTML: a step of a search, lists and a graph of one."""

from __future__ import annotations

from assistant.relations import draw
from assistant.relations.records import CitationGraph, Citations, FamilyTimeline, Neighbours
from assistant.web.html import date_of, escape, name_of, notice, one_line, opener, tag
from assistant.web.marks import Marks
from assistant.web.refs import document_ref
from assistant.web.results import mark_buttons
from ingest.facts import DocumentFacts

# Entries shown before "and N more" opens the rest.
_SHOWN = 15
_OUTSIDE = 40


def neighbours_list(found: Neighbours, marks: Marks) -> str:
    """What cites relevant documents and what they cite, which can be marked as well."""
    count = len(found.found)
    some = len(found.relevant)
    of = "the relevant document" if some == 1 else f"the {some} relevant documents"
    title = tag("h3", escape(f"Citing or cited by {of} ({count})"))
    if not count:
        title += notice(
            "No citation leads on", f"No other document here cites or is cited by {of}."
        )
    rows = []
    for one in found.found:
        links = (("cites", one.cites), ("cited by", one.cited_by))
        how = ", ".join(f"{word} {len(ids)}" for word, ids in links if ids)
        rows.append(
            _document(one.document)
            + tag("span", escape(how), css="pa-muted")
            + mark_buttons(one.document, marks)
        )
    outside = [f"{one.number} (by {len(one.cited_by)})" for one in found.outside[:_OUTSIDE]]
    more = len(found.outside) - len(outside)
    said = ", ".join(outside) + (f" and {more} more" if more > 0 else "")
    beyond = tag("p", escape(f"Cited by them and not in the library: {said}"), css="pa-muted")
    return tag("section", title, _list(rows), beyond if outside else "", css="pa-near")


def family_part(timeline: FamilyTimeline) -> str:
    """A document's family in time, "" where nothing is known of it but its own publication."""
    if not any(len(timeline.members) > 1 or e.event != "publication" for e in timeline.events):
        return ""
    names = {facts.id: facts for facts in timeline.members}
    rows = []
    for event in timeline.events:
        members = [_number(names[id_]) for id_ in event.document_ids]
        what = event.what or "number not known"
        said = "" if event.event == "publication" else escape(f"{what} ")
        rows.append(
            tag("td", escape(event.date or "unknown"), css="pa-date")
            + tag("td", escape(event.event))
            + tag("td", said, ", ".join(members))
        )
    table = tag("table", tag("tbody", *(tag("tr", row) for row in rows)))
    count = len(timeline.members)
    title = f"Family: {count} document{'' if count == 1 else 's'} here"
    return _part(title, tag("div", table, css="pa-events"))


def citations_part(found: Citations, graph: CitationGraph) -> str:
    """What a document cites, what cites it, and both as a drawing; "" where nothing is known."""
    made = []
    for cited in found.made:
        name = cited.reference.number or one_line(cited.reference.text, 160)
        by = f" ({cited.reference.cited_by})" if cited.reference.cited_by else ""
        inside = "".join(_document(facts) for facts in cited.inside)
        made.append(inside + tag("span", escape(f"as {name}{by}"), css="pa-muted") if inside
                    else tag("span", escape(f"{name}{by}"), css="pa-outside"))  # fmt: skip
    received = [_document(facts) for facts in found.received]
    parts = ""
    if made:
        parts += _part(f"Cites ({len(made)})", _list(made))
    if received:
        parts += _part(f"Cited here by ({len(received)})", _list(received))
    if graph.links:
        drawn = tag("div", draw(graph), css="pa-graph")
        parts += _part("Citations between documents here", drawn)
    return parts


def picked_list(documents: list[DocumentFacts]) -> str:
    """Documents that something in a picture stands for."""
    return _list([_document(facts) for facts in documents])


def _part(title: str, body: str) -> str:
    return tag("section", tag("h3", escape(title)), body, css="pa-passage")


def _list(items: list[str]) -> str:
    """A list whose later entries are folded away."""
    shown = "".join(tag("li", item) for item in items[:_SHOWN])
    rest = "".join(tag("li", item) for item in items[_SHOWN:])
    listed = tag("ul", shown, css="pa-linked") if shown else ""
    if rest:
        more = tag("summary", escape(f"and {len(items) - _SHOWN} more"))
        listed += tag("details", more, tag("ul", rest, css="pa-linked"), css="pa-more")
    return listed


def _number(facts: DocumentFacts) -> str:
    return opener(document_ref(facts.id), escape(name_of(facts)), css="pa-member")


def _document(facts: DocumentFacts) -> str:
    """One document that opens: its number, its title and its date."""
    title = one_line(facts.title, 120) or "Untitled"
    return opener(
        document_ref(facts.id),
        tag("span", escape(name_of(facts)), css="pa-number"),
        " ",
        tag("span", escape(title)),
        " ",
        tag("span", escape(date_of(facts)), css="pa-muted"),
        css="pa-link",
    )
