"""The page's header: the product's name and how much the library holds."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.web.html import escape, tag
from ingest.facts import DocumentFacts

_MARK = (
    '<svg class="pa-mark" viewBox="0 0 24 24" aria-hidden="true">'
    '<rect x="3" y="2.5" width="14" height="19" rx="2.5"/>'
    '<path d="M7 8h6M7 12h4"/><circle cx="16" cy="15.5" r="4"/><path d="m19 18.5 3 3"/></svg>'
)


def header(documents: Sequence[DocumentFacts]) -> str:
    """The header as HTML."""
    patents = sum(facts.kind == "patent" for facts in documents)
    count = f"{len(documents):,} document{'' if len(documents) == 1 else 's'}"
    kinds = f"{patents:,} patents, {len(documents) - patents:,} reports"
    switch = tag("button", "", type="button", css="pa-theme", aria_label="Switch light and dark")
    return tag(
        "header",
        _MARK,
        tag("h1", "prior-art"),
        tag("span", escape(count), css="pa-total", title=kinds),
        tag("span", escape(kinds), css="pa-kinds"),
        switch,
        css="pa-header",
    )
