"""Projects and their records as lines of text for people."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assistant.projects.alerts import Alerts
from assistant.projects.asked import SearchAsked
from assistant.projects.bare import claim_line
from assistant.projects.entries import Entry
from assistant.projects.names import shown
from assistant.projects.replay import Replayed
from assistant.projects.state import State
from assistant.projects.verify import Verified
from ingest.facts import DocumentFacts

_TEXT = 90


def list_lines(states: Sequence[State]) -> list[str]:
    """One line for each project."""
    lines = [
        f"{state.name}   {state.entries} entries, created {_day(state.created)} by {state.user}"
        f"{_labels(state)}"
        f"{', archived' if state.archived else ''}{', BROKEN RECORD' if state.broken else ''}"
        for state in states
    ]
    return lines or ["no projects"]


def state_lines(state: State) -> list[str]:
    """What a project holds."""
    lines = [state.name, *list_lines([state])[0].split("   ")[-1:]]
    if state.subject is not None:
        claim = f" claim {state.subject.claim}" if state.subject.claim else ""
        parts = [f"{state.subject.number or ''}{claim}", _short(state.subject.text)]
        date = f"date {state.subject.date}" if state.subject.date else ""
        lines.append("subject: " + ", ".join(part.strip() for part in (*parts, date) if part))
    for title, listed in _lists(state):
        if listed:
            lines += ["", f"{title} ({len(listed)})", *(f"  {line}" for line in listed)]
    return [*lines, "", f"head {state.head}"]


def _labels(state: State) -> str:
    """For whom it is, where not for everybody who may use the index."""
    if state.clearance is None:
        return ""
    return f", for {', '.join(shown(label) for label in state.clearance)}"


def _lists(state: State) -> Iterator[tuple[str, list[str]]]:
    yield (
        "searches, questions, charts",
        [
            f"{m.entry:>4}  {_day(m.time)} {m.user}  {m.kind}: {_short(m.text)}  [{m.outcome}]"
            for m in state.made
        ],
    )
    yield (
        "marks",
        [
            f"{m.entry:>4}  {m.name or m.document_id}  {'' if m.relevant else 'not '}relevant  "
            f"({m.user})"
            for m in state.marks
        ],
    )
    yield "saved queries", [f"{s.entry:>4}  {asked_line(s.asked)}  ({s.user})" for s in state.saved]
    yield (
        "cells decided by people",
        [
            f"{o.entry:>4}  chart {o.chart}, {o.limitation}, {o.document_id}: "
            f"{o.override.status or 'status kept'} ({o.override.user}) {_short(o.override.note)}"
            for o in state.overrides
        ],
    )
    yield (
        "notes",
        [
            f"{n.entry:>4}  {_day(n.time)} {n.user}  {_about(n.document_id)}{shown(n.text)}"
            for n in state.notes
        ],
    )


def _about(document_id: str | None) -> str:
    return f"{document_id}: " if document_id else ""


def asked_line(asked: SearchAsked) -> str:
    """A search as asked, with its filters."""
    query = _short(asked.query) if asked.query is not None else f"like {asked.like}"
    given = asked.filters.to_dict()
    filters = [f"{name} {_value(v)}" for name, v in given.items() if v and name != "date"]
    if asked.filters.before or asked.filters.after:
        filters.append(f"by {asked.filters.date} date")
    return f"{query}  [{'; '.join(filters)}]" if filters else query


def record_lines(entries: Sequence[Entry]) -> list[str]:
    """One line for each entry."""
    return [
        f"{e.number:>5}  {e.time[:19]}  {e.user}  {e.kind}  {gist(e)}  {e.hash[:16]}"
        for e in entries
    ]


def gist(entry: Entry) -> str:
    """What an entry is about; nothing where its body is of another shape."""
    body = entry.body
    asked = body.get("asked") or {}
    subject = asked.get("subject") or {}
    charted = claim_line(subject) if "text" in subject else None
    listed = body.get("document_ids") or ()
    cell = "/".join(str(body[name]) for name in ("limitation", "document_id") if name in body)
    finding = body.get("finding") or {}
    said = (
        asked.get("query"), asked.get("like"), asked.get("question"), charted,
        finding.get("message"), body.get("text"), body.get("name"), cell,
        ", ".join(map(str, listed)),
    )  # fmt: skip
    return _short(next((str(one) for one in said if one), ""))


def verified_lines(verified: Verified) -> list[str]:
    """The verdict first."""
    if verified.finding is None:
        lines = [f"whole: {verified.entries} entries are as they were written"]
    else:
        at = f" at entry {verified.finding.entry}" if verified.finding.entry is not None else ""
        lines = [f"BROKEN{at} ({verified.finding.what}): {verified.finding.message}"]
    lines += [f"note: {notice}" for notice in verified.notices]
    if verified.finding is None:
        lines.append(f"head {verified.head}")
    return lines


def replayed_lines(replayed: Replayed) -> list[str]:
    """Same, or what changed and why."""
    status = replayed.status
    if status == "same" and not replayed.identical:
        status = "same but for rounding"
    lines = [f"{replayed.entry:>5}  {replayed.kind}: {_short(replayed.text)}   {status}"]
    lines += [f"         {change}" for change in replayed.changes]
    lines += [f"         since then: {reason}" for reason in replayed.reasons]
    return lines


def replay_summary(replayed: Sequence[Replayed]) -> str:
    """Counts."""
    same = sum(one.status == "same" for one in replayed)
    failed = sum(one.status == "not replayed" for one in replayed)
    changed = len(replayed) - same - failed
    return f"{same} same, {changed} changed, {failed} could not be run again"


def alert_lines(alerts: Sequence[Alerts]) -> list[str]:
    """The new documents of each saved query."""
    lines: list[str] = []
    for one in alerts:
        lines.append(f"{one.saved.entry:>4}  {asked_line(one.saved.asked)}  ({one.matched})")
        for alert in one.alerts:
            lines.append(f"        {alert.hit.rank:>3}. {_name(alert.document)}")
        if not one.alerts:
            lines.append("        nothing new")
    return lines or ["no saved queries; keep one with `prior-art project save`"]


def _name(facts: DocumentFacts) -> str:
    return "  ".join(part for part in (facts.number or facts.id, facts.title) if part)


def _short(text: str) -> str:
    line = shown(text)
    return line if len(line) <= _TEXT else f"{line[: _TEXT - 1]}…"


def _value(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def _day(time: str) -> str:
    return time[:10]
