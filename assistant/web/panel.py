"""The side panel as HTML: a passage where it stands, or a whole document's facts."""

from __future__ import annotations

import base64
import re
from collections.abc import Sequence

from assistant.records import Citation, Evidence
from assistant.web.html import (
    date_of,
    escape,
    file_name,
    label_badge,
    name_of,
    notice,
    one_line,
    opener,
    place,
    recognised,
    tag,
)
from assistant.web.neighbours import picked_list
from assistant.web.refs import document_ref
from ingest.facts import DocumentFacts
from ingest.records import Document

EMPTY = ""
# CPC symbols listed before "and N more".
_SYMBOLS = 12
# Characters of an abstract or claim shown of a whole document.
_LONGEST = 3000
# A single line end after a long line, with neither a table's row nor a list's item beside it.
_WRAPPED = re.compile(r"(?<=[^\n|])[ ]*\n(?![\n|•*–-]|\(?\w{1,3}\) |\d+\. )")


def evidence_panel(facts: DocumentFacts, evidence: Evidence, page: str) -> str:
    """A passage in its surroundings, its quote highlighted. page: HTML of the page's image."""
    heading = evidence.heading_path[-1] if evidence.heading_path else None
    where = place(evidence.section, heading, evidence.claim, evidence.paragraph, evidence.page)
    if evidence.ocr_confidence is not None:
        where = f"{where}, {recognised(evidence.ocr_confidence)}"
    context = tag(
        "div",
        escape(_from_a_word(flow(evidence.before))),
        tag("mark", escape(flow(evidence.quote))),
        escape(flow(evidence.after)),
        css="pa-context",
    )
    path = " › ".join(evidence.heading_path)
    trail = tag("p", escape(path), css="pa-trail") if len(evidence.heading_path) > 1 else ""
    passage = tag("h3", escape(where[:1].upper() + where[1:])) + trail + context
    return _panel(facts, tag("section", passage, css="pa-passage") + page)


def missing_panel(facts: DocumentFacts, citation: Citation) -> str:
    """The cited words alone, for a document that has changed since they were shown."""
    text = "The document has changed since; this is what was cited."
    quote = tag("div", tag("mark", escape(citation.quote)), css="pa-context")
    return _panel(facts, notice("Not found in the document", text) + quote)


def document_panel(document: Document, relations: str = "") -> str:
    """Facts, abstract or beginning, and first claim of a document.

    relations: HTML of its family and citations.
    """
    parts = []
    abstract = [s for s in document.sections if s.kind == "abstract"] or document.sections[:1]
    for section in abstract[:1]:
        text = "\n\n".join(document.text[p.start : p.end] for p in section.paragraphs)
        title = "Abstract" if section.kind == "abstract" else section.heading or "Beginning"
        parts.append(_excerpt(title, text))
    for claim in document.claims[:1]:
        text = document.text[claim.start : claim.end]
        parts.append(_excerpt(f"Claim {claim.number} of {len(document.claims)}", text))
    return _panel(document.facts, "".join(parts) + relations)


def picked_panel(documents: Sequence[DocumentFacts]) -> str:
    """The documents that a part of a picture stands for."""
    count = f"{len(documents):,} document{'' if len(documents) == 1 else 's'}"
    head = tag("header", _close(), tag("h2", escape(count)))
    return tag("div", head, picked_list(list(documents)), css="pa-panel", data_panel="picked")


def unknown_panel(message: str) -> str:
    """What is said when a reference opens nothing."""
    body = notice("This cannot be opened", message)
    return tag("div", _close(), body, css="pa-panel", data_panel="unknown")


def page_waiting(page: int) -> str:
    """What stands where the page's image will be."""
    return _page(page, tag("p", escape("Drawing the page …"), css="pa-searching"))


def page_drawn(page: int, png: bytes, name: str) -> str:
    """The image of a page, carried by the panel itself: there is no address to guess."""
    source = "data:image/png;base64," + base64.b64encode(png).decode("ascii")
    return _page(page, tag("img", src=source, alt=f"Page {page} of {name}"))


def page_missing(page: int, reason: str) -> str:
    """Why the page is not shown."""
    return _page(page, tag("p", escape(f"The page cannot be shown: {reason}"), css="pa-muted"))


def _page(page: int, content: str) -> str:
    return tag("section", tag("h3", escape(f"Page {page}")), content, css="pa-page")


def _panel(facts: DocumentFacts, body: str) -> str:
    head = tag(
        "header",
        opener(
            document_ref(facts.id),
            escape(name_of(facts)),
            tip="The document: abstract, family, citations",
            css="pa-number pa-link",
        ),
        label_badge(facts.label),
        _close(),
        tag("h2", escape(one_line(facts.title) or "Untitled")),
    )
    return tag("div", head, _facts(facts), body, css="pa-panel", data_panel=facts.id)


def _close() -> str:
    return opener("", "&times;", label="Close the panel", css="pa-close")


def flow(text: str) -> str:
    r"""Text without the line ends that only come from the width of a printed line.

    Empty lines, rows of tables and items of lists stay on lines of their own.

    >>> flow("pressed to\n3.45 g/cm³\n\n| a | b |\n| 1 | 2 |")
    'pressed to 3.45 g/cm³\n\n| a | b |\n| 1 | 2 |'
    """
    return _WRAPPED.sub(" ", text)


def _from_a_word(text: str) -> str:
    """Text that may begin in the middle of a sentence, from its first whole word on.

    >>> _from_a_word("mething else. Then")
    '… else. Then'
    """
    text = text.lstrip()
    if not text[:1].islower():
        return text
    return "… " + text.partition(" ")[2]


def _excerpt(title: str, text: str) -> str:
    short = text if len(text) <= _LONGEST else text[:_LONGEST].rsplit(None, 1)[0] + " …"
    inner = tag("h3", escape(title)) + tag("div", escape(short), css="pa-context")
    return tag("section", inner, css="pa-passage")


def _facts(facts: DocumentFacts) -> str:
    dates = [
        f"{value} ({name})"
        for name, value in (
            ("priority", facts.priority_date),
            ("filed", facts.filing_date),
            ("published", facts.publication_date),
        )
        if value
    ]
    rows = [
        ("Parties", "; ".join(facts.parties)),
        ("Inventors", "; ".join(facts.inventors)),
        ("Kind", facts.legal_kind or ""),
        ("Application", facts.application_number or ""),
        ("Dates", ", ".join(dates) or date_of(facts)),
        ("CPC", _symbols(facts.cpc)),
        ("Family", facts.family or ""),
        ("File", file_name(facts.source)),
    ]
    written = "".join(
        tag("dt", escape(name)) + tag("dd", escape(value)) for name, value in rows if value
    )
    return tag("dl", written, css="pa-facts")


def _symbols(symbols: tuple[str, ...]) -> str:
    more = len(symbols) - _SYMBOLS
    return ", ".join(symbols[:_SYMBOLS]) + (f" and {more} more" if more > 0 else "")
