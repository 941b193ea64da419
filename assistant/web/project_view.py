"""What a project holds, as HTML."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from assistant.projects.alerts import Alerts
from assistant.projects.entries import Entry
from assistant.projects.lines import asked_line, gist
from assistant.projects.replay import Replayed
from assistant.projects.state import Made, Mark, Note, Saved, State
from assistant.projects.verify import Verified
from assistant.web.html import escape, name_of, notice, one_line, opener, tag
from assistant.web.refs import document_ref
from assistant.web.results import mark_buttons
from assistant.web.shelves import table
from ingest.facts import DocumentFacts

# Facts of documents by their ids.
Facts = Mapping[str, DocumentFacts]
DROP = "drop"
_QUERY = 240  # characters


def no_project() -> str:
    """What stands where no project is chosen."""
    return notice(
        "No project is chosen",
        "Choose one above, or give a new one its name there. Searches, questions and charts made "
        "while it is chosen go into its record.",
    )


def project_html(state: State, facts: Facts) -> str:
    """A project whole. facts: of the documents that it names, as far as they are there."""
    made = f"{state.entries} entries, begun {_day(state.created)} by {state.user}"
    if state.clearance is not None:
        made += f"; for {', '.join(state.clearance)}"
    title = tag("h2", escape(state.name)) + tag("p", escape(made), css="pa-muted")
    broken = ""
    if state.broken:
        told = f"{state.broken} What can be read is shown; nothing is added to it."
        broken = notice("The record is not as it was written", told, "pa-wrong")
    charts = [one for one in state.made if one.kind == "chart"]
    others = [one for one in state.made if one.kind != "chart"]
    parts = (
        _part("Saved queries", [_saved(one) for one in state.saved]),
        _part("Charts", [_made(one) for one in charts]),
        _part("Marked documents", [_mark(one, facts) for one in state.marks]),
        _part("Notes", [_note(one, facts) for one in state.notes]),
        _part("Searches and questions", [_made(one) for one in reversed(others)]),
    )
    return tag("div", title, broken, _subject(state), *parts, css="pa-project")


def named_ids(state: State) -> list[str]:
    """Ids of the documents that `project_html` names."""
    notes = [note.document_id for note in state.notes if note.document_id]
    return [*(mark.document_id for mark in state.marks), *notes]


def record_html(entries: Sequence[Entry]) -> str:
    """The entries, the newest first."""
    rows = [
        [
            escape(entry.number),
            tag("span", escape(entry.time[:19].replace("T", " ")), css="pa-date"),
            escape(entry.user),
            escape(entry.kind),
            escape(gist(entry)),
            tag("code", escape(entry.hash[:12]), title=entry.hash),
        ]
        for entry in reversed(entries)
    ]
    return table(("No.", "Time (UTC)", "By", "Kind", "What", "Hash"), rows)


def verified_html(verified: Verified) -> str:
    """What a check of the record found."""
    if verified.finding is not None:
        where = f" (entry {verified.finding.entry})" if verified.finding.entry else ""
        return notice(f"The record is broken{where}", verified.finding.message, "pa-wrong")
    told = [f"{verified.entries} entries, each chained to the one before.", *verified.notices]
    told.append(
        f"Head {verified.head}: keep it elsewhere to show later that nothing was rewritten."
    )
    return notice("Every byte is as it was written", " ".join(told), "pa-done")


def replayed_html(replayed: Sequence[Replayed], *, running: bool) -> str:
    """Entries run again so far. running: whether more come."""
    if not replayed:
        return "" if running else notice("Nothing to replay", "Nothing was searched or asked yet.")
    rows = []
    for one in replayed:
        status = one.status
        if status == "same" and not one.identical:
            status = "same but for rounding"
        said = [*one.changes, *(f"Since then: {reason}" for reason in one.reasons)]
        what = escape(one_line(one.text, _QUERY))
        what += "".join(tag("div", escape(line), css="pa-muted") for line in said)
        rows.append([escape(one.entry), escape(one.kind), what, tag("strong", escape(status))])
    same = sum(one.status == "same" for one in replayed)
    count = f"{same} of {len(replayed)} the same{' so far' if running else ''}"
    listed = table(("No.", "Kind", "What was asked", "Now"), rows)
    return tag("p", escape(count), css="pa-searching" if running else "pa-muted") + listed


def alerts_html(found: Sequence[Alerts]) -> str:
    """New documents of each saved query."""
    if not found:
        return notice("No saved queries", "Save the last search; alerts begin from then.")
    parts = []
    for one in found:
        rows = [
            _opens(alert.document) + tag("span", escape(f" rank {alert.hit.rank}"), css="pa-muted")
            for alert in one.alerts
        ]
        query = one_line(asked_line(one.saved.asked), _QUERY)
        count = f"{len(rows)} new" if rows else "nothing new"
        head = tag("strong", escape(f"{query}: {count}")) + " "
        head += tag("span", escape(f"({one.matched})"), css="pa-muted")
        parts.append(tag("div", head, _items(rows) if rows else "", css="pa-alert"))
    return "".join(parts)


def _subject(state: State) -> str:
    subject = state.subject
    if subject is None:
        return ""
    claim = f", claim {subject.claim}" if subject.claim else ""
    facts = (
        f"{subject.number}{claim}" if subject.number else "",
        f"date {subject.date}" if subject.date else "",
        subject.text,
    )
    said = [tag("p", escape(text)) for text in facts if text]
    return tag("section", tag("h3", "Subject"), *said, css="pa-subject")


def _part(title: str, items: Sequence[str]) -> str:
    if not items:
        return ""
    return tag("section", tag("h3", escape(f"{title} ({len(items)})")), _items(items))


def _items(items: Sequence[str]) -> str:
    return tag("ul", *(tag("li", item) for item in items), css="pa-linked")


def _said(entry: int, time: str, user: str) -> str:
    said = f"entry {entry}, {_day(time)}, {user}"
    return tag("div", escape(said), css="pa-muted")


def _made(one: Made) -> str:
    what = f"{one.kind.capitalize()}: {one_line(one.text, _QUERY)}"
    return escape(f"{what} [{one.outcome}]") + _said(one.entry, one.time, one.user)


def _saved(one: Saved) -> str:
    button = tag(
        "button",
        "Drop",
        type="button",
        css="pa-small",
        data_mark=one.entry,
        data_said=DROP,
        aria_label=f"Drop the saved query of entry {one.entry}",
    )
    line = escape(one_line(asked_line(one.asked), _QUERY))
    return f"{line} {button}" + _said(one.entry, one.time, one.user)


def _mark(one: Mark, facts: Facts) -> str:
    known = facts.get(one.document_id)
    said = _said(one.entry, one.time, one.user)
    if known is None:
        judged = f"{'' if one.relevant else 'not '}relevant"
        gone = f"{one.name or one.document_id}: {judged} (in the library no more)"
        return escape(gone) + said
    return _opens(known) + mark_buttons(known, {known.id: one.relevant}) + said


def _note(one: Note, facts: Facts) -> str:
    known = facts.get(one.document_id or "")
    about = _opens(known) if known else escape(one.document_id or "")
    text = tag("div", escape(one.text), css="pa-note")
    return about + text + _said(one.entry, one.time, one.user)


def _opens(facts: DocumentFacts) -> str:
    number = tag("span", escape(name_of(facts)), css="pa-number")
    title = escape(f" {one_line(facts.title, 120)} ")
    return opener(document_ref(facts.id), number, title, css="pa-link")


def _day(time: str) -> str:
    return time[:10]
