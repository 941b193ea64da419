"""Marks on documents: relevant or not, kept in the project that is chosen, else in the session."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from assistant.web.holder import AssistantHolder
from assistant.web.refs import Session
from index.errors import UnknownDocument

RELEVANT, NOT_RELEVANT = "relevant", "not"
# Document ids, in the order of marking, and whether each is relevant.
Marks = Mapping[str, bool]


def marks_of(holder: AssistantHolder, project: str | None, session: Session) -> Marks:
    """The marks that hold now. Raises NoProject."""
    if not project:
        return dict(session.marks)
    marks = holder.projects().open(project).state().marks
    return {mark.document_id: mark.relevant for mark in marks}


def marked(
    holder: AssistantHolder, project: str | None, who: str, session: Session, said: tuple[str, str]
) -> Session:
    """The session once a document was marked; the same mark again takes it back.

    said: the document's id and RELEVANT or NOT_RELEVANT. Raises UnknownDocument, ProjectError.
    """
    document_id, as_ = said
    relevant = None if as_ not in (RELEVANT, NOT_RELEVANT) else as_ == RELEVANT
    if marks_of(holder, project, session).get(document_id) == relevant:
        relevant = None
    facts = holder.assistant.library.facts_of([document_id]).get(document_id)
    if facts is None:
        raise UnknownDocument("this document is in the library no more")
    if project:
        holder.projects(who).open(project).mark(facts, relevant)
        return session
    kept = tuple(one for one in session.marks if one[0] != document_id)
    new = () if relevant is None else ((document_id, relevant),)
    return replace(session, marks=(*kept, *new))


def parted(marks: Marks) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Ids of the relevant documents and of the others.

    >>> parted({"a": True, "b": False, "c": True})
    (('a', 'c'), ('b',))
    """
    return tuple(d for d, yes in marks.items() if yes), tuple(d for d, y in marks.items() if not y)
