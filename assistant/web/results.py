"""Results of a search as HTML."""

from __future__ import annotations

from collections.abc import Mapping

from assistant.date_gate import Dated
from assistant.reasons import meant, reasons_line
from assistant.web.dated import brief_badge, date_badge
from assistant.web.html import (
    date_of,
    escape,
    label_badge,
    name_of,
    notice,
    one_line,
    opener,
    passage_place,
    tag,
)
from assistant.web.marks import NOT_RELEVANT, RELEVANT, Marks
from assistant.web.refs import document_ref, result_ref
from index.records import Hit, ScoredPassage, SearchResult
from ingest.facts import DocumentFacts

_SNIPPET = 420  # characters


def results(
    result: SearchResult, marks: Marks | None = None, dated: Mapping[str, Dated] | None = None
) -> str:
    """Hits with their best passages, or a line that says that nothing was found.

    marks: those that hold. dated: by document id, how hits stand to a subject's date.
    """
    undated = f" {result.undated} left out: the date is unknown." if result.undated else ""
    searched = f"Searched {result.searched:,} document{'' if result.searched == 1 else 's'}."
    understood = ""
    if result.understood is not None:
        fits = f"Understood as {result.understood}; {result.matching or 0:,} documents fit. "
        understood = tag("p", escape(fits), css="pa-muted", id="pa-understood")
    lines = [tag("p", escape(line), css="pa-muted") for line in meant(result)]
    understood += tag("div", *lines, id="pa-meant") if lines else ""
    if not result.hits:
        advice = f"{searched}{undated} Try fewer filters or other words."
        return understood + notice("Nothing found", advice)
    found = f"{len(result.hits)} document{'' if len(result.hits) == 1 else 's'} shown. "
    head = tag("p", escape(found + searched + undated), css="pa-muted", role="status")
    hits = [tag("li", _hit(i, hit, marks or {}, dated or {})) for i, hit in enumerate(result.hits)]
    return understood + head + tag("ol", *hits, css="pa-hits")


def mark_buttons(facts: DocumentFacts, marks: Marks) -> str:
    """Two buttons that mark a document, the one that holds pressed."""
    now = marks.get(facts.id)
    buttons = (
        tag(
            "button",
            escape(words),
            type="button",
            data_mark=facts.id,
            data_said=said,
            aria_pressed="true" if now is value else "false",
        )
        for words, said, value in (
            ("Relevant", RELEVANT, True),
            ("Not relevant", NOT_RELEVANT, False),
        )
    )
    return tag("span", *buttons, css="pa-marks", role="group", aria_label=f"Mark {name_of(facts)}")


def _hit(number: int, hit: Hit, marks: Marks, dated: Mapping[str, Dated]) -> str:
    facts = hit.document
    title = opener(
        document_ref(facts.id),
        escape(one_line(facts.title, 200) or "Untitled"),
        css="pa-hit-title",
    )
    line = " · ".join(filter(None, ["; ".join(facts.parties), date_of(facts)]))
    head = tag(
        "div",
        tag("span", escape(name_of(facts)), css="pa-number"),
        label_badge(facts.label),
        title,
        tag("span", escape(line), css="pa-muted"),
        css="pa-hit-head",
    )
    passages = [_passage(result_ref(number, i), p, facts.title) for i, p in enumerate(hit.passages)]
    tools = tag("div", mark_buttons(facts, marks), date_badge(dated.get(facts.id)), css="pa-tools")
    listed = tag("ul", *passages, css="pa-passages")
    body = tag("div", head, tools, listed, _family(hit, dated), _why(hit))
    return tag("span", escape(hit.rank), css="pa-rank") + body


def _passage(ref: str, passage: ScoredPassage, title: str) -> str:
    button = opener(
        ref,
        tag("span", escape(passage_place(passage, title)), css="pa-place"),
        tag("span", escape(one_line(passage.text, _SNIPPET)), css="pa-snippet"),
        css="pa-found",
    )
    return tag("li", button)


def _why(hit: Hit) -> str:
    reasons = reasons_line(hit.why)
    return tag("p", escape(f"Why: {reasons}"), css="pa-why pa-muted") if reasons else ""


def _family(hit: Hit, dated: Mapping[str, Dated]) -> str:
    if not hit.members:
        return ""
    members = [
        opener(document_ref(m.id), escape(name_of(m)), label=m.title, css="pa-member")
        + brief_badge(dated, m.id)
        for m in hit.members
    ]
    return tag("p", escape("Same family: "), ", ".join(members), css="pa-family pa-muted")
