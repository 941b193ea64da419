"""Text to HTML. Every text that a person or a document wrote reaches a page through `escape`.

Nothing here interprets markup, Markdown or formulas: what a document says is shown as it says it.
"""

from __future__ import annotations

import html

from assistant.web.given_names import shown_name
from ingest.facts import DocumentFacts
from ingest.records import Passage

_SECTION_NAMES = {
    "abstract": "abstract",
    "description": "description",
    "claims": "claims",
    "body": "text",
}


def escape(text: object) -> str:
    """Text that shows as itself, in element content and in quoted attributes alike.

    >>> escape('<img src="x" onerror=a()> R&D')
    '&lt;img src=&quot;x&quot; onerror=a()&gt; R&amp;D'
    """
    return html.escape(str(text), quote=True)


def tag(name: str, *children: str, **attributes: object) -> str:
    """One element. children: HTML already; attributes: any text, None leaves one out.

    `css` stands for class, and `_` for `-` in a name.

    >>> tag("p", escape("a < b"), css="x", data_open='"q"')
    '<p class="x" data-open="&quot;q&quot;">a &lt; b</p>'
    """
    written = "".join(
        f' {"class" if key == "css" else key.replace("_", "-")}="{escape(value)}"'
        for key, value in attributes.items()
        if value is not None
    )
    return f"<{name}{written}>{''.join(children)}</{name}>"


def opener(
    target: str, *children: str, label: str | None = None, tip: str | None = None, css: str = ""
) -> str:
    """A button that opens a place in the side panel. target: a reference of `assistant.web.refs`.

    label: what a screen reader says where the visible text is not enough; tip: shown on hovering.
    """
    return tag(
        "button", *children, type="button", css=css, data_open=target, aria_label=label, title=tip
    )


def notice(title: str, text: str, css: str = "") -> str:
    """A calm box with something to know: a refusal, a bad filter, an empty list."""
    inner = tag("strong", escape(title)) + tag("p", escape(text))
    return tag("div", inner, css=f"pa-notice {css}".strip(), role="status")


def one_line(text: str, limit: int | None = None) -> str:
    r"""Text on one line, blanks collapsed, cut at a word with an ellipsis. Not escaped.

    >>> one_line("pressed\nto  3.45 g/cm³", 12)
    'pressed to …'
    """
    line = " ".join(text.split())
    if limit is None or len(line) <= limit:
        return line
    return line[:limit].rsplit(" ", 1)[0] + " …"


def place(
    section: str, heading: str | None, claim: int | None, paragraph: str | None, page: int | None
) -> str:
    """Where something stands, for people. Not escaped.

    >>> place("body", "Results", None, None, 3)
    'Results, page 3'
    """
    named = heading if section == "body" and heading else _SECTION_NAMES.get(section, section)
    parts = [
        f"claim {claim}" if claim else named,
        f"paragraph {paragraph}" if paragraph else "",
        f"page {page}" if page else "",
    ]
    return ", ".join(part for part in parts if part)


def passage_place(passage: Passage, title: str) -> str:
    """Where a passage begins. title: the document's, which is no place. Not escaped."""
    heading = passage.heading if passage.heading != title else None
    where = place(passage.section, heading, passage.claim, passage.paragraph, passage.first_page)
    return f"{where}, {recognised(passage.ocr_confidence)}".removesuffix(", ")


def recognised(confidence: float | None) -> str:
    """Says that a text was recognised from an image; "" for others. Not escaped.

    >>> recognised(0.843)
    'read by OCR with 84 % confidence'
    """
    return "" if confidence is None else f"read by OCR with {confidence * 100:.0f} % confidence"


def name_of(facts: DocumentFacts) -> str:
    """What to call a document: its number, else its file. Not escaped."""
    return facts.number or file_name(facts.source) or facts.id


def file_name(source: str) -> str:
    """The name of the file without its folders: those are the server's business.

    An uploaded one is called what it was called then. Not escaped.

    >>> file_name("/srv/docs/pack.zip/a.pdf")
    'a.pdf'
    """
    return shown_name(source)


def model_name(name: str) -> str:
    """What to call a chat model: neither its folder nor its address is the reader's business.

    >>> model_name("/srv/models/small-chat"), model_name("qwen at http://localhost:8000/v1")
    ('small-chat', 'qwen')
    """
    named = name.rsplit(" at http", 1)[0]
    return file_name(named.rstrip("/\\")) or named


def date_of(facts: DocumentFacts) -> str:
    """The date that a list shows: published, else filed, else priority; '' where unknown."""
    return facts.publication_date or facts.filing_date or facts.priority_date or ""


def label_badge(label: str | None) -> str:
    """The confidentiality label as a badge, '' where there is none."""
    if not label:
        return ""
    return tag("span", escape(label), css="pa-label", data_label=label.casefold())
