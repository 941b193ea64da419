"""An assistant that writes down what it shows, before it shows it.

Works with the plain assistant inside and looks at its results. What is not overridden here works
through `library`, which writes down whatever it hands out: a forgotten method says too much, not
too little.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from typing import NoReturn

from assistant.answers import Writing
from assistant.assistant import Assistant
from assistant.audit.errors import BadAudit
from assistant.audit.library import AuditedLibrary
from assistant.audit.named import document_ids
from assistant.audit.recorder import Recorder
from assistant.audit.records import Act
from assistant.chart import Chart
from assistant.claims import ReadClaim
from assistant.date_gate import Dated
from assistant.questions import Turn
from assistant.records import Answer, Citation, Evidence
from assistant.relations.records import Citations, FamilyTimeline, Neighbours
from assistant.show import ShownDocument
from assistant.summaries import Summary
from index.clearance import EVERYTHING, Clearance
from index.encoder import Encoder
from index.records import Filters, SearchOptions, SearchResult
from index.rerank import Reranker
from ingest.errors import Rejection
from ingest.facts import DocumentFacts

# Public names of Assistant that show no document.
SHOWS_NOTHING = frozenset({"close", "open", "seen_by"})


class Audited(Assistant):
    """An assistant with the same methods, each of which leaves an entry in the audit log.

    What is refused (BadQuery, UnknownDocument) leaves none: nothing was shown. Where the log
    cannot be written, every method raises AuditNotWritten and shows nothing.

    Example:
        log = AuditLog(index)
        plain = holder.assistant.seen_by(who.clearance)
        assistant = Audited(plain, Recorder(log, Visitor.of(who)))
    """

    def __init__(self, plain: Assistant, recorder: Recorder) -> None:
        self.plain = plain
        self.recorder = recorder
        self.library = AuditedLibrary(plain.library, recorder)
        self.writing = plain.writing

    @classmethod
    def open(
        cls,
        index: str | Path = "library",
        encoder: Encoder | None = None,
        reranker: Reranker | None = None,
        writing: Writing | None = None,
        clearance: Clearance = EVERYTHING,
    ) -> NoReturn:
        """Not to be used: open an Assistant, then say who uses it."""
        raise BadAudit("open an Assistant and give it to Audited with the one who uses it")

    def seen_by(self, clearance: Clearance) -> Audited:
        """As Assistant.seen_by; what is shown is written down in the same name."""
        return Audited(self.plain.seen_by(clearance), self.recorder)

    def extractive(self) -> Audited:
        """The same over the same library, but no chat model words its answers."""
        return Audited(Assistant(self.plain.library), self.recorder)

    def close(self) -> None:
        """Give the library's files back."""
        self.plain.close()

    def search(
        self,
        query: str,
        k: int = 10,
        filters: Filters | None = None,
        options: SearchOptions | None = None,
    ) -> SearchResult:
        """As Assistant.search."""
        result = self.plain.search(query, k, filters, options)
        self.recorder.saw(Act("search", count=len(result.hits), query=query), result)
        return result

    def search_like(
        self,
        number: str,
        k: int = 10,
        filters: Filters | None = None,
        options: SearchOptions | None = None,
    ) -> SearchResult:
        """As Assistant.search_like."""
        result = self.plain.search_like(number, k, filters, options)
        subject = (self.plain.library.document(number).facts.id,)
        act = Act("search", {"subject": subject}, count=len(result.hits))
        self.recorder.saw(act, result)
        return result

    def ask(
        self,
        question: str,
        filters: Filters | None = None,
        conversation: Sequence[Turn] = (),
        off: Collection[str] = (),
    ) -> Answer:
        """As Assistant.ask."""
        *_, last = self.plain.ask_growing(question, filters, conversation, off)
        self._answered(last, question, conversation)
        return last

    def ask_growing(
        self,
        question: str,
        filters: Filters | None = None,
        conversation: Sequence[Turn] = (),
        off: Collection[str] = (),
    ) -> Iterator[Answer]:
        """As Assistant.ask_growing; another entry where the answer comes to name more documents."""
        seen: set[str] | None = None
        for answer in self.plain.ask_growing(question, filters, conversation, off):
            ids = set(document_ids(answer))
            if seen is None or ids - seen:
                self._answered(answer, question, conversation)
                seen = ids | (seen or set())
            yield answer

    def _answered(self, answer: Answer, question: str, conversation: Sequence[Turn]) -> None:
        action = "follow_up" if conversation else "ask"
        self.recorder.saw(Act(action, count=len(answer.statements), query=question), answer)

    def summarize(self, *names: str) -> Summary:
        """As Assistant.summarize."""
        summary = self.plain.summarize(*names)
        self.recorder.saw(Act("summarize"), summary)
        return summary

    def summarize_search(self, query: str, k: int = 10, filters: Filters | None = None) -> Summary:
        """As Assistant.summarize_search."""
        summary = self.plain.summarize_search(query, k, filters)
        self.recorder.saw(Act("summarize", query=query), summary)
        return summary

    def claim(self, number_or_id: str, claim: int | None = None) -> ReadClaim:
        """As Assistant.claim."""
        read = self.plain.claim(number_or_id, claim)
        self.recorder.saw(Act("claim"), read)
        return read

    def chart(
        self,
        claim: str | ReadClaim,
        against: Sequence[str] = (),
        k: int = 5,
        filters: Filters | None = None,
        subject_date: str | None = None,
    ) -> Chart:
        """As Assistant.chart."""
        chart = self.plain.chart(claim, against, k, filters, subject_date)
        self.recorder.saw(Act("chart", query=chart.subject.text), chart)
        return chart

    def show(self, number_or_id: str) -> ShownDocument:
        """As Assistant.show."""
        shown = self.plain.show(number_or_id)
        self.recorder.saw(Act("show"), shown)
        return shown

    def dates(self, subject: str, names: Sequence[str] = ()) -> tuple[Dated, ...]:
        """As Assistant.dates."""
        dated = self.plain.dates(subject, names)
        self.recorder.saw(Act("dates"), dated)
        return dated

    def family(self, number_or_id: str) -> FamilyTimeline:
        """As Assistant.family."""
        timeline = self.plain.family(number_or_id)
        self.recorder.saw(Act("family"), timeline)
        return timeline

    def citations(self, number_or_id: str) -> Citations:
        """As Assistant.citations."""
        found = self.plain.citations(number_or_id)
        self.recorder.saw(Act("citations"), found)
        return found

    def neighbours(self, names: Sequence[str]) -> Neighbours:
        """As Assistant.neighbours."""
        found = self.plain.neighbours(names)
        self.recorder.saw(Act("neighbours"), found)
        return found

    def documents(self) -> list[DocumentFacts]:
        """As Assistant.documents."""
        return self.library.documents()

    def rejected(self) -> list[Rejection]:
        """As Assistant.rejected."""
        return self.library.rejected()

    def evidence(self, citation: Citation) -> Evidence:
        """As Assistant.evidence."""
        evidence = self.plain.evidence(citation)
        self.recorder.saw(Act("evidence"), citation)
        return evidence

    def page_image(self, document_id: str, page: int) -> bytes:
        """As Assistant.page_image."""
        image = self.plain.page_image(document_id, page)
        # What was asked for may be a number; the log knows ids.
        facts = self.plain.library.document(document_id).facts
        self.recorder.saw(Act("page_image", page=page), facts)
        return image
