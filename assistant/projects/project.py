"""One project: everything that is done in it is an entry of its record, its state their fold."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from assistant.chart.edit import override
from assistant.chart.records import Chart, Override, Place
from assistant.projects.asked import AskAsked, ChartAsked, SearchAsked, kept
from assistant.projects.bare import bare_chart, bare_place
from assistant.projects.bodies import answer_body, chart_body, search_body
from assistant.projects.entries import Entry, canonical, storable
from assistant.projects.errors import BadClearance, BadEntry
from assistant.projects.files import attach, attached_path
from assistant.projects.made_with import made_with, packed
from assistant.projects.names import shown
from assistant.projects.reading import ProjectReader
from assistant.projects.state import Subject
from assistant.records import Answer
from index.library import Library
from index.records import SearchResult
from index.snapshot import Snapshot
from ingest.facts import DocumentFacts, plain


class Project(ProjectReader):
    """A prior-art search that goes on over days and people.

    Safe for several threads and processes. Methods that add an entry raise BrokenRecord where the
    record is not as it was written, RecordNotWritten and ProjectBusy. Those that are given a
    library raise BadClearance where it is not seen under exactly the project's clearance.

    Example:
        project = Projects("library").create("Blade coating")
        project.mark(facts, relevant=True)
        project.state().relevant()
    """

    def by(self, user: str) -> Project:
        """The same project for another user's entries."""
        project = Project(self.folder, user, self.index)
        project.record = self.record
        return project

    def repair(self) -> Entry:
        """Close a broken record and begin a new part that says so. Raises BadEntry if whole."""
        return self.record.repair(self.user)

    def record_search(self, library: Library, result: SearchResult, asked: SearchAsked) -> Entry:
        """Add a search. library: that was searched."""
        around = self._around(library, result.fingerprint, None)
        return self._add("search", {**search_body(asked, result), **around})

    def record_answer(
        self, library: Library, answer: Answer, asked: AskAsked, before: str | None = None
    ) -> Entry:
        """Add a question and its answer.

        before: the library's fingerprint before the question; where it is another now, the entry
        says that what was searched is not known.
        """
        now = library.fingerprint()
        index = now if before in (None, now) else None
        around = self._around(library, index, answer.generator)
        with self.filler() as filler:
            body = answer_body(asked, answer, filler.texts)
        return self._add("ask", {**body, **around})

    def record_chart(self, library: Library, chart: Chart, asked: ChartAsked) -> Entry:
        """Add a chart; all of its cells are kept beside the record.

        Raises BadClearance where its claim is of a document that the project's labels keep out.
        """
        around = self._around(library, chart.fingerprint or None, None)
        with self.filler() as filler:
            own = chart.subject.document_id
            if own is not None and filler.texts.facts(own) is None:
                raise BadClearance(
                    f"the claim is of {own}, which is not among the documents of this project"
                )
            body = chart_body(asked, chart, filler.texts)
            bare = bare_chart(plain(chart), filler.texts)
        around["attached"]["chart"] = attach(self.folder, canonical(storable(bare)))
        return self._add("chart", {**body, **around})

    def override(
        self,
        chart: int,
        limitation: str,
        document_id: str,
        change: Override | None,
        place: Place | None = None,
    ) -> Entry:
        """Decide a cell; change None gives it back to the machine. chart: number of its entry.

        Raises BadEntry, and BadInput where the chart has no such cell or cannot take the change.
        """
        made = self.chart_as_made(chart)
        changed = change or Override(None, "", "", self.user, "")
        override(made, limitation, document_id, changed, place)  # Only to be refused early.
        with self.filler() as filler:
            chosen = bare_place(kept(place) if place else None, filler.texts)
        body = {
            "chart": chart,
            "limitation": limitation,
            "document_id": document_id,
            "override": kept(change) if change else None,
            "place": chosen,
        }
        return self._add("override", body)

    def set_subject(self, subject: Subject) -> Entry:
        """Say what the project is about."""
        return self._add("subject", kept(subject))

    def mark(self, document: DocumentFacts, relevant: bool | None) -> Entry:
        """Call a document relevant or not; None takes the mark back. Raises BadClearance."""
        if not self.clearance.allows(document.label):
            raise BadClearance(
                f"the label of {document.number or document.id} is not among those of this "
                f"project ({self.clearance}); mark it in a project for that label"
            )
        body = {"document_id": document.id, "name": document.number, "label": document.label}
        return self._add("mark", {**body, "relevant": relevant})

    def note(self, text: str, document_id: str | None = None) -> Entry:
        """Add a note on the project or on a document. Raises BadEntry for an empty one."""
        if not text.strip():
            raise BadEntry("the note is empty")
        return self._add("note", {"text": text, "document_id": document_id})

    def save_query(self, library: Library, asked: SearchAsked) -> Entry:
        """Keep a query for alerts, which begin with what comes into the library after now."""
        snapshot = library.snapshot()
        around = self._around(library, snapshot.fingerprint, None, snapshot)
        return self._add("save", {"asked": kept(asked), **around})

    def drop_query(self, saved: int) -> Entry:
        """Give up a saved query. saved: number of its entry. Raises BadEntry."""
        if saved not in {one.entry for one in self.state().saved}:
            raise BadEntry(f"entry {saved} is no saved query; `prior-art project show` lists them")
        return self._add("unsave", {"saved": saved})

    def record_export(self, what: str, name: str, sha256: str) -> Entry:
        """Note that something left the project. what: such as "hits"; name: of the file."""
        return self._add("export", {"what": what, "name": shown(name), "sha256": sha256})

    def record_seen(self, seen: Mapping[int, tuple[tuple[str, str], ...]]) -> Entry:
        """Take alerts as seen. seen: (document id, content hash) by entry of the saved query."""
        return self._add("seen", {"seen": seen})

    def archive(self, archived: bool = True) -> Entry:
        """Take the project out of the list, or put it back; nothing is deleted."""
        return self._add("archive", {"archived": archived})

    def _add(self, kind: str, body: Mapping[str, Any]) -> Entry:
        return self.record.append(kind, body, self.user)

    def _around(
        self,
        library: Library,
        index: str | None,
        generator: str | None,
        snapshot: Snapshot | None = None,
    ) -> dict[str, Any]:
        """What something was made with; what the library held is attached once for each state."""
        if library.clearance != self.clearance:
            raise BadClearance(
                f"this project takes what was found under its own labels ({self.clearance}) only"
            )
        with_ = made_with(library, index, generator)
        around: dict[str, Any] = {"made_with": with_, "attached": {}}
        if index is None:
            return around
        name = self._attached_before(index)
        if name is None:
            snapshot = snapshot or library.snapshot()
            if snapshot.fingerprint != index:  # It was changed since the search.
                return around
            with self.filler() as filler:
                name = attach(self.folder, packed(snapshot, filler.texts))
        around["attached"]["collection"] = name
        return around

    def _attached_before(self, index: str) -> str | None:
        for entry in reversed(self.entries()):
            if entry.body.get("made_with", {}).get("index") == index:
                name: str | None = entry.body["attached"].get("collection")
                if name and attached_path(self.folder, name).exists():
                    return name
        return None
