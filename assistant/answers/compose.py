"""Put chosen sentences together: frames, keys, citations, paragraphs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from assistant.answers.asked import Asked
from assistant.answers.frames import facts_frame, frame
from assistant.answers.table import rows
from assistant.answers.weigh import Candidate
from assistant.questions import Question
from assistant.records import ANSWERED, Answer, Citation, Statement
from index.library import Library
from ingest.records import Document, Passage


@dataclass(frozen=True)
class Chosen:
    """What an answer is made of.

    Attributes:
        sentences: the lead first; those of one document stand together.
        listed: one document each, with its bibliographic record.
        differing: those of the sentences that give another value than the lead.
        opening: words before the first frame, made by code ("5 of 34 documents match:").
        table: whether the values are to be laid out in a table.
    """

    sentences: list[Candidate]
    listed: bool = False
    differing: list[Candidate] = field(default_factory=list)
    opening: str = ""
    table: bool = False


def compose(library: Library, question: Question, asked: Asked, chosen: Chosen) -> Answer:
    """The answer in its parts. Raises UnknownDocument for one that has gone meanwhile."""
    stated = [c for sentence in chosen.sentences for c in (sentence, *sentence.same)]
    names = {c.passage.document_id for c in stated}
    documents = {name: library.document(name) for name in names}
    keys: dict[str, str] = {}
    statements: list[Statement] = []
    said = ""
    for place, candidate in enumerate(_ordered(chosen)):
        label = _frame(chosen, candidate)
        new = chosen.listed or label != said
        if place == 0 and chosen.opening:
            label = f"{chosen.opening} {label}"
        said = label
        statements.append(
            Statement(
                candidate.text,
                _citations(candidate, documents, keys),
                frame=label if new else "",
                role=_role(chosen, candidate, place),
                cut=candidate.cut,
            )
        )
    text = laid_out(statements)
    stating = list(zip(_ordered(chosen), statements, strict=True))
    table = rows(question, asked, stating) if chosen.table else ()
    return Answer(question.text, ANSWERED, text, None, tuple(statements), (), table=table)


def laid_out(statements: Sequence[Statement]) -> str:
    """The answer to read: a paragraph for each one who speaks, sentences with their keys."""
    paragraphs: list[str] = []
    for statement in statements:
        if statement.frame or not paragraphs:
            paragraphs.append(statement.shown())
        else:
            paragraphs[-1] += f" {statement.shown()}"
    return "\n\n".join(paragraphs)


def _ordered(chosen: Chosen) -> list[Candidate]:
    """What differs comes last, after all that supports the lead."""
    other = [c for c in chosen.sentences if c in chosen.differing]
    return [c for c in chosen.sentences if c not in other] + other


def _role(chosen: Chosen, candidate: Candidate, place: int) -> str:
    if candidate in chosen.differing:
        return "differs"
    return "lead" if place == 0 else "support"


def _frame(chosen: Chosen, candidate: Candidate) -> str:
    if chosen.listed:
        return facts_frame(candidate.document, candidate.passage.section)
    whereas = candidate in chosen.differing
    return frame(candidate.document, candidate.passage.section, whereas=whereas)


def _citations(
    candidate: Candidate, documents: Mapping[str, Document], keys: dict[str, str]
) -> tuple[Citation, ...]:
    found = []
    for source in (candidate, *candidate.same):
        key = keys.setdefault(source.passage.id, str(len(keys) + 1))
        span = (source.start, source.start + len(source.text))
        found.append(citation_of(key, source.passage, span, documents[source.passage.document_id]))
    return tuple(found)


def citation_of(key: str, passage: Passage, span: tuple[int, int], document: Document) -> Citation:
    """The citation of passage.text[slice(*span)]."""
    at = passage.start + span[0]
    return Citation(
        key=key,
        document_id=passage.document_id,
        number=document.facts.number,
        title=document.facts.title,
        passage_id=passage.id,
        quote=passage.text[slice(*span)],
        section=passage.section,
        claim=passage.claim,
        paragraph=document.paragraph_at(at),
        page=document.page_at(at),
    )
