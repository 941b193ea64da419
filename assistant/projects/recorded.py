"""Searches, questions and charts that a project records as they are made."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Protocol, TypeVar

from assistant.chart.records import Chart
from assistant.claims.records import ReadClaim
from assistant.projects.asked import AskAsked, ChartAsked, SearchAsked
from assistant.projects.project import Project
from assistant.projects.store import Projects
from assistant.questions.records import NO_FILTERS, Turn
from assistant.records import Answer
from index.library import Library
from index.records import Filters, SearchOptions, SearchResult


class Searcher(Protocol):
    """What is recorded and run again; `assistant.Assistant` is one."""

    @property
    def library(self) -> Library:
        """The library that is searched."""

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


def recording(searcher: _Searcher, projects: Projects, name: str | None) -> _Searcher | Recorded:
    """The searcher itself, or where a project is named one that it records. Raises NoProject."""
    return searcher if name is None else Recorded(searcher, projects.open(name))


class Recorded:
    """A searcher with the same methods, each of which adds an entry to a project.

    What is refused as a mistake (BadQuery, BadFilter) is not recorded: nothing was searched.
    """

    def __init__(self, searcher: Searcher, project: Project) -> None:
        self.searcher = searcher
        self.project = project

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
        filters, options = filters or NO_FILTERS, options or SearchOptions()
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
        filters, options = filters or NO_FILTERS, options or SearchOptions()
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
        chart = self.searcher.chart(claim, against, k, filters, subject_date)
        asked = ChartAsked(chart.subject, tuple(against), k, filters, subject_date)
        self.project.record_chart(self.library, chart, asked)
        return chart
