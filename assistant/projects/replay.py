"""Run a project's searches, questions and charts again, and say what is the same and what is not.

Scores are compared exactly. Where nothing but scores differ, and by less than float32 rounding
explains, the entry counts as the same and says so; `identical` tells the two apart.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from assistant.errors import AssistantError
from assistant.projects.access import within
from assistant.projects.asked import AskAsked, ChartAsked, SearchAsked, read_back
from assistant.projects.bare import claim_line
from assistant.projects.bodies import answer_body, search_body
from assistant.projects.compare import Changes, compare_answers, compare_charts, compare_searches
from assistant.projects.entries import Entry
from assistant.projects.errors import BrokenRecord
from assistant.projects.made_with import made_with
from assistant.projects.project import Project
from assistant.projects.recorded import Searcher
from assistant.projects.why import THREADS, Difference, difference, other_models
from index.clearance import Clearance
from index.errors import LibraryError
from index.snapshot import Snapshot

SAME, CHANGED, FAILED = "same", "changed", "not replayed"
_UNEXPLAINED = (
    "documents, labels and models are those of then: a fact of a document (a date, a family) may "
    "have come from another file since, or the program's code is another"
)


@dataclass(frozen=True)
class Replayed:
    """One entry, run again.

    Attributes:
        entry, kind: of the record. text: the query, question or claim.
        status: SAME, CHANGED, or FAILED where it cannot be run again.
        identical: the same to the last digit of every score.
        changes: what is another, in words. reasons: what changed since in the library and the
            models, also where the result is the same; for FAILED why it cannot be run.
        documents: of the library that changed since; None where it is not known.
        entered, left: ids of documents in the ranking or chart now only, and no longer.
    """

    entry: int
    kind: str
    text: str
    status: str
    identical: bool
    changes: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()
    documents: Difference | None = None
    entered: tuple[str, ...] = ()
    left: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """One element of `entries` in the JSON of a replay."""
        return {
            "entry": self.entry,
            "kind": self.kind,
            "text": self.text,
            "status": self.status,
            "identical": self.identical,
            "changes": list(self.changes),
            "reasons": list(self.reasons),
            "documents": self.documents.to_dict() if self.documents is not None else None,
            "entered": list(self.entered),
            "left": list(self.left),
        }


def replay(
    project: Project,
    searcher: Searcher,
    progress: Callable[[int, int], None] | None = None,
    seen_by: Callable[[Clearance], Searcher] | None = None,
) -> Iterator[Replayed]:
    """Run every search, question and chart of a record again, the oldest first.

    All of it under the project's clearance, so that every member gets the same. seen_by: as in
    access.within.
    progress: is told how many are done, of how many. Raises BrokenRecord for a record that is not
    as it was written: what it says was asked is not certain then.
    """
    read = project.record.read()
    if read.finding is not None:
        raise project.record.broken(read.finding)
    entries = [entry for entry in read.entries if entry.kind in ("search", "ask", "chart")]
    with within(searcher, project.clearance, seen_by) as seen:
        again = _Again(project, seen)
        for done, entry in enumerate(entries):
            if progress is not None:
                progress(done, len(entries))
            yield again.run(entry)
    if progress is not None:
        progress(len(entries), len(entries))


class _Again:
    """What runs entries again. Snapshots are read once for each state of the library."""

    def __init__(self, project: Project, searcher: Searcher) -> None:
        self.project = project
        self.searcher = searcher
        self.differences: dict[tuple[str, str], Difference] = {}

    def run(self, entry: Entry) -> Replayed:
        """One entry."""
        text = _text(entry)
        try:
            changes = self._compared(entry)
        except (LibraryError, AssistantError) as error:
            reasons = (f"{type(error).__name__}: {error}", *self._reasons(entry)[0])
            return Replayed(entry.number, entry.kind, text, FAILED, False, reasons=reasons)
        reasons, documents = self._reasons(entry)
        same = not changes.lines or changes.rounding
        if not changes.lines:  # Then no sum was rounded otherwise.
            reasons = tuple(reason for reason in reasons if not reason.startswith(THREADS))
        if not same and not reasons:
            reasons = (_UNEXPLAINED,)
        return Replayed(
            entry.number, entry.kind, text, SAME if same else CHANGED, not changes.lines,
            changes.lines, reasons, documents, changes.entered, changes.left,
        )  # fmt: skip

    def _compared(self, entry: Entry) -> Changes:
        asked = entry.body["asked"]
        if entry.kind == "search":
            return compare_searches(entry.body, self._search(read_back(asked, SearchAsked)))
        if entry.kind == "ask":
            return compare_answers(entry.body, self._ask(read_back(asked, AskAsked)))
        with self.project.filler() as filler:
            subject = filler.claim(asked["subject"], strict=True)
        again = read_back({**asked, "subject": subject}, ChartAsked)
        return compare_charts(
            self.project.chart_as_made(entry.number),
            self.searcher.chart(
                again.subject, again.against, again.k, again.filters, again.subject_date
            ),
        )

    def _search(self, asked: SearchAsked) -> Mapping[str, Any]:
        given = (asked.k, asked.filters, asked.options)
        if asked.query is not None:
            return search_body(asked, self.searcher.search(asked.query, *given))
        return search_body(asked, self.searcher.search_like(asked.like or "", *given))

    def _ask(self, asked: AskAsked) -> Mapping[str, Any]:
        *_, answer = self.searcher.ask_growing(
            asked.question, asked.filters, asked.conversation, asked.off
        )
        return answer_body(asked, answer)

    def _reasons(self, entry: Entry) -> tuple[tuple[str, ...], Difference | None]:
        """What changed since the entry was made."""
        library = self.searcher.library
        then = entry.body["made_with"]
        now = made_with(library, library.fingerprint(), None)
        writing = getattr(self.searcher, "writing", None)
        if entry.kind == "ask" and then["generator"] is not None:
            now["generator"] = writing.generator.name if writing else None
        models = other_models(then, now)
        name = entry.body["attached"].get("collection")
        if name is None:
            unknown = "what the library held then is not known: it changed during the search"
            return (unknown, *models), None
        try:
            documents = self._difference(name, library.snapshot())
        except BrokenRecord as error:
            return (str(error), *models), None
        return (*documents.lines(), *models), documents

    def _difference(self, name: str, now: Snapshot) -> Difference:
        key = (name, now.fingerprint)
        if key not in self.differences:
            self.differences[key] = difference(self.project.snapshot(name), now)
        return self.differences[key]


def _text(entry: Entry) -> str:
    asked = entry.body["asked"]
    if entry.kind == "chart":
        return claim_line(asked["subject"])
    if entry.kind == "ask":
        return str(asked["question"])
    return str(asked["query"] if asked["query"] is not None else f"like {asked['like']}")
