"""One search from what the form holds to the session that remembers it. Knows no Gradio."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any

from assistant.projects import SearchAsked
from assistant.web.dated import classed
from assistant.web.filter_form import read_filters
from assistant.web.holder import AssistantHolder
from assistant.web.marks import Marks, marks_of, parted
from assistant.web.refs import Session
from assistant.web.results import results
from index.records import SearchOptions, SearchResult

# A query of more words than this is taken as text, unless an operator stands in it.
_LONG = 40
_OPERATOR = re.compile(r"\b(AND|OR|NOT|NEAR/\d+)\b")


@dataclass(frozen=True)
class Form:
    """What the components of the tab hold, in their order. filters: those of `filter_form`."""

    session: Session
    query: str
    like: str
    subject: str
    count: int
    also: tuple[str, ...]
    project: str
    who: str
    filters: tuple[Any, ...]

    @classmethod
    def of(cls, *values: Any) -> Form:
        """The form of the values that Gradio gives."""
        session, query, like, subject, count, also, project, who, *filters = values
        given = (query or "", like or "", subject or "", int(count), tuple(also or ()))
        return cls(session, *given, project or "", who or "", tuple(filters))

    def asked(self, **options: Any) -> SearchAsked:
        """The search that is typed. Raises BadFilter, BadQuery."""
        syntax = self.query != self.session.uploaded and not is_pasted(self.query)
        made = SearchOptions(syntax=syntax, **options)
        return SearchAsked(self.query, None, self.count, read_filters(*self.filters), made)

    def asked_like(self) -> SearchAsked:
        """The search for documents like the named one. Raises BadFilter."""
        filters = read_filters(*self.filters)
        return SearchAsked(None, self.like.strip(), self.count, filters)


def is_pasted(query: str) -> bool:
    """Whether a query is a claim or a paragraph rather than conditions, whatever signs it has.

    >>> is_pasted("boron AND cathode"), is_pasted("A cell having a layer*, " * 20)
    (False, True)
    """
    return len(query.split()) > _LONG and not _OPERATOR.search(query)


def switchable(result: SearchResult | None) -> tuple[str, ...]:
    """Words with other names, and numeric conditions."""
    if result is None:
        return ()
    return (*(s.typed for s in result.expansions), *result.conditions)


def found(holder: AssistantHolder, form: Form, asked: SearchAsked) -> Session:
    """The session after a search, which a chosen project records.

    Raises BadQuery, BadFilter, UnknownDocument, ProjectError.
    """
    searcher = holder.recording(form.project, form.who)
    rest = (asked.k, asked.filters, asked.options)
    if asked.query is None:
        result = searcher.search_like(asked.like or "", *rest)
    else:
        result = searcher.search(asked.query, *rest)
    names = switchable(result)
    return replace(form.session, result=result, searched=asked, switchable=names)


def by_marks_asked(holder: AssistantHolder, form: Form, last: SearchAsked) -> SearchAsked:
    """The last search, ranked by the marks that hold. Raises NoProject."""
    relevant, not_relevant = parted(marks_of(holder, form.project, form.session))
    options = replace(last.options, relevant=relevant, not_relevant=not_relevant)
    return replace(last, k=form.count, options=options)


def shown(holder: AssistantHolder, form: Form) -> tuple[str, str, Marks]:
    """Results and the line of the subject's date as HTML, and the marks. Raises NoProject."""
    result = form.session.result
    marks = marks_of(holder, form.project, form.session)
    dated, line = classed(holder, form.subject, result)
    return results(result, marks, dated) if result else "", line, marks
