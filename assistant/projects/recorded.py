"""Searches, questions and charts that a project records as they are made."""

from __future__ import annotations

import contextlib
import weakref
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import replace
from typing import Protocol, TypeVar

from assistant.chart.records import Chart
from assistant.claims.records import ReadClaim
from assistant.projects.access import known_to, options_known_to, unlogged, within
from assistant.projects.asked import AskAsked, ChartAsked, SearchAsked
from assistant.projects.project import Project
from assistant.projects.store import Projects
from assistant.questions.records import NO_FILTERS, Turn
from assistant.records import Answer
from index.clearance import Clearance
from index.library import Library
from index.records import Filters, SearchOptions, SearchResult


class Searcher(Protocol):
    """What is recorded and run again; `assistant.Assistant` is one."""

    @property
    def library(self) -> Library:
        """The library that is searched."""

    def seen_by(self, clearance: Clearance) -> Searcher:
        """The same for somebody of this clearance; to be closed apart."""

    def close(self) -> None:
        """Give the files back."""

    def search(
        self, query: str, k: int, filters: Filters | None, options: SearchOptions | None
    ) -> SearchResult:
        """The k best documents for a query."""

    def search_like(
        self, number: str, k: int, filters: Filters | None, options: SearchOptions | None
    ) -> SearchResult:
        """Documents like one in the library."""

    def ask_growing(
        self,
        question: str,
        filters: Filters | None,
        conversation: Sequence[Turn],
        off: Collection[str],
    ) -> Iterator[Answer]:
        """The answer as it grows; the last one is whole."""

    def chart(
        self,
        claim: str | ReadClaim,
        against: Sequence[str],
        k: int,
        filters: Filters | None,
        subject_date: str | None,
    ) -> Chart:
        """The chart of a claim against references that are named, or that a search finds."""


_Searcher = TypeVar("_Searcher", bound=Searcher)
SeenBy = Callable[[Clearance], Searcher]


def recording(
    searcher: _Searcher, projects: Projects, name: str | None, seen_by: SeenBy | None = None
) -> _Searcher | Recorded:
    """The searcher itself, or where a project is named one that it records. Raises NoProject.

    What is recorded runs under the project's clearance, whatever the searcher's own. seen_by: as
    in access.within.
    """
    if name is None:
        return searcher
    return Recorded(searcher, projects.open(name), seen_by)


class Recorded:
    """A searcher with the same methods, each of which adds an entry to a project.

    It sees what the project's clearance lets it see, no more and no less. What is refused as a
    mistake (BadQuery, BadFilter) is not recorded: nothing was searched. To be closed, and closed
    at last when nothing refers to it any more; the searcher that was given stays open.
    """

    def __init__(self, searcher: Searcher, project: Project, seen_by: SeenBy | None = None) -> None:
        """Raises BadClearance where the searcher does not see all that the project does."""
        seen = contextlib.ExitStack()
        self.asking = searcher
        self.searcher = seen.enter_context(within(searcher, project.clearance, seen_by))
        self.project = project
        self._close = weakref.finalize(self, seen.close)

    def close(self) -> None:
        """Give back the files that were opened for the project's clearance."""
        self._close()

    @property
    def library(self) -> Library:
        """The library that is searched."""
        return self.searcher.library

    def search(
        self,
        query: str,
        k: int = 10,
        filters: Filters | None = None,
        options: SearchOptions | None = None,
    ) -> SearchResult:
        """As Assistant.search."""
        filters, options = (
            filters or NO_FILTERS,
            options_known_to(options or SearchOptions(), self.asking, self.searcher),
        )
        result = self.searcher.search(query, k, filters, options)
        asked = SearchAsked(query, None, k, filters, options)
        self.project.record_search(self.library, result, asked)
        return result

    def search_like(
        self,
        number: str,
        k: int = 10,
        filters: Filters | None = None,
        options: SearchOptions | None = None,
    ) -> SearchResult:
        """As Assistant.search_like."""
        filters, options = (
            filters or NO_FILTERS,
            options_known_to(options or SearchOptions(), self.asking, self.searcher),
        )
        result = self.searcher.search_like(number, k, filters, options)
        asked = SearchAsked(None, number, k, filters, options)
        self.project.record_search(self.library, result, asked)
        return result

    def ask(
        self,
        question: str,
        filters: Filters | None = None,
        conversation: Sequence[Turn] = (),
        off: Collection[str] = (),
    ) -> Answer:
        """As Assistant.ask."""
        *_, last = self.ask_growing(question, filters, conversation, off)
        return last

    def ask_growing(
        self,
        question: str,
        filters: Filters | None = None,
        conversation: Sequence[Turn] = (),
        off: Collection[str] = (),
    ) -> Iterator[Answer]:
        """As Assistant.ask_growing; the whole answer is recorded before it is given."""
        filters = filters or NO_FILTERS
        conversation = [
            replace(turn, document_ids=self._known(turn.document_ids)) for turn in conversation
        ]
        before = self.library.fingerprint()
        asked = AskAsked(question, filters, tuple(conversation), tuple(sorted(off)))
        last: Answer | None = None
        for answer in self.searcher.ask_growing(question, filters, conversation, off):
            if last is not None:
                yield last
            last = answer
        if last is not None:
            self.project.record_answer(self.library, last, asked, before)
            yield last

    def chart(
        self,
        claim: str | ReadClaim,
        against: Sequence[str] = (),
        k: int = 5,
        filters: Filters | None = None,
        subject_date: str | None = None,
    ) -> Chart:
        """As Assistant.chart."""
        filters = filters or NO_FILTERS
        own = claim.document_id if isinstance(claim, ReadClaim) else None
        if own is not None:
            unlogged(self.library).document(
                own
            )  # Raises UnknownDocument: its text is not this project's.
        chart = self.searcher.chart(claim, against, k, filters, subject_date)
        asked = ChartAsked(chart.subject, tuple(against), k, filters, subject_date)
        self.project.record_chart(self.library, chart, asked)
        return chart

    def _known(self, ids: Sequence[str]) -> tuple[str, ...]:
        return known_to(ids, self.asking, self.searcher)
