"""Documents that came into the library since a query was saved and that it finds."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from assistant.projects.access import within
from assistant.projects.project import Project
from assistant.projects.recorded import Searcher
from assistant.projects.state import Saved
from index.clearance import Clearance
from index.records import Hit, SearchResult
from index.snapshot import Snapshot
from ingest.facts import DocumentFacts

# Documents looked at for a query of plain words, which ranks every document: one that stands
# lower is not called a match. A query in the query language says itself what matches.
WATCHED = 20
_MOST = 10_000


@dataclass(frozen=True)
class Alert:
    """A document that is new to a saved query. hit: where it was found, as a search gives it.

    document: the hit's, or a member of its family. content_hash: of this version of it.
    """

    document: DocumentFacts
    content_hash: str
    hit: Hit

    def to_dict(self) -> dict[str, Any]:
        """One element of `documents` in JSON."""
        return {
            "document": self.document.to_dict(),
            "content_hash": self.content_hash,
            "hit": self.hit.to_dict(),
        }


@dataclass(frozen=True)
class Alerts:
    """The alerts of one saved query, in the order of its ranking.

    matched: "by its conditions", or "among the first 20" of the ranking.
    """

    saved: Saved
    alerts: tuple[Alert, ...]
    matched: str

    def to_dict(self) -> dict[str, Any]:
        """One element of `alerts` in the JSON of `prior-art project alerts`."""
        return {
            "saved": self.saved.entry,
            "query": self.saved.asked.query or f"like {self.saved.asked.like}",
            "matched": self.matched,
            "documents": [alert.to_dict() for alert in self.alerts],
        }


def alerts(
    project: Project,
    searcher: Searcher,
    seen_by: Callable[[Clearance], Searcher] | None = None,
) -> tuple[Alerts, ...]:
    """For each saved query the documents that it finds and that are new.

    Under the project's clearance. seen_by: as in access.within.

    New is what was not in the library when the query was saved, or not in this version, and what
    nobody has taken as seen since. Raises BrokenRecord where it is not known any more what the
    library held.
    """
    saved = project.state().saved
    with within(searcher, project.clearance, seen_by) as seen:
        now = seen.library.snapshot()
        return tuple(_alerts_of(one, project.snapshot(one.collection), now, seen) for one in saved)


def mark_seen(project: Project, shown: tuple[Alerts, ...]) -> None:
    """Take these alerts as seen, and no others that came meanwhile. One entry, or none."""
    seen = {
        one.saved.entry: tuple((a.document.id, a.content_hash) for a in one.alerts)
        for one in shown
        if one.alerts
    }
    if seen:
        project.record_seen(seen)


def _alerts_of(saved: Saved, then: Snapshot, now: Snapshot, searcher: Searcher) -> Alerts:
    old = {(d.id, d.content_hash) for d in then.documents} | set(saved.seen)
    new = {d.id: d.content_hash for d in now.documents if (d.id, d.content_hash) not in old}
    if not new:
        return Alerts(saved, (), "nothing new in the library")
    result, matched = _found(saved, tuple(new), searcher)
    found: dict[str, Alert] = {}
    for hit in result.hits:
        for document in (hit.document, *hit.members):
            if document.id in new:
                alert = Alert(document, new[document.id], hit)
                found.setdefault(document.id, alert)
    return Alerts(saved, tuple(found.values()), matched)


def _found(saved: Saved, new: tuple[str, ...], searcher: Searcher) -> tuple[SearchResult, str]:
    """The result in which new documents count, and how they were matched."""
    asked = saved.asked
    if asked.query is None:
        result = searcher.search_like(asked.like or "", WATCHED, asked.filters, asked.options)
        return result, f"among the first {WATCHED}"
    result = searcher.search(asked.query, WATCHED, asked.filters, asked.options)
    if result.understood is None:
        return result, f"among the first {WATCHED}"
    among = asked.options.among
    wanted = new if among is None else tuple(id_ for id_ in new if id_ in among)
    options = replace(asked.options, among=wanted)
    count = min(len(new), _MOST)
    return searcher.search(asked.query, count, asked.filters, options), "by its conditions"
