"""How hits stand to a subject's date, for the page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from assistant.audit import saw, unrecorded
from assistant.date_gate import CATEGORIES, Dated, gate_all, subject_of
from assistant.errors import AssistantError
from assistant.web.filter_form import plainly
from assistant.web.holder import AssistantHolder
from assistant.web.html import escape, notice, tag
from index.errors import LibraryError
from index.records import SearchResult

# The categories in words, in the order of CATEGORIES.
_WORDS = dict(
    zip(
        CATEGORIES,
        (
            "published before",
            "earlier right, published after",
            "within the grace period",
            "later",
            "date unknown",
        ),
        strict=True,
    )
)


def classed(
    holder: AssistantHolder, subject: str, result: SearchResult | None
) -> tuple[dict[str, Dated], str]:
    """How hits and the members of their families stand to a subject, by id; a line as HTML.

    subject: a number or a date as typed, "" for none. A mistake is told in the line.
    """
    if not subject.strip():
        return {}, ""
    try:
        assistant = holder.assistant
        dates = subject_of(unrecorded(assistant).library, subject.strip())
        if dates.document_id is not None:
            saw(assistant, "dates", dates)
    except (LibraryError, AssistantError) as error:
        return {}, notice("The documents are not classed by date", plainly(error))
    hits = result.hits if result else ()
    dated = gate_all(dates, [facts for hit in hits for facts in (hit.document, *hit.members)])
    found = {one.document_id: one for one in dated}
    counts = Counter(found[hit.document.id].category for hit in hits)
    said = [f"{counts[category]} {_WORDS[category]}" for category in CATEGORIES if counts[category]]
    of = f" ({dates.number or 'the document'})" if dates.document_id else ""
    line = f"Classed by {dates.effective.isoformat()}{of}"
    return found, tag("p", escape(": ".join(filter(None, [line, ", ".join(said)]))), css="pa-muted")


def date_badge(one: Dated | None) -> str:
    """The category in words; opened, the rules and the reason. "" for a document not classed."""
    if one is None:
        return ""
    rules = f"{', '.join(one.rules)}: " if one.rules else ""
    return tag(
        "details",
        tag("summary", escape(_WORDS[one.category]), title=rules + one.reason),
        tag("p", tag("strong", escape(rules)) if rules else "", escape(one.reason)),
        css="pa-dated",
        data_category=one.category,
    )


def brief_badge(dated: Mapping[str, Dated], document_id: str) -> str:
    """The category of a folded member of a family, "" where it was not classed."""
    one = dated.get(document_id)
    return tag("span", escape(f" ({_WORDS[one.category]})"), title=one.reason) if one else ""
