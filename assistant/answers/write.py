"""Let a model word an answer from the passages that answer by themselves.

The model is asked only where the evidence was enough to answer; what it writes and the gate does
not let pass is listed. If what is left does not answer, the extractive answer stands.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from assistant.answers.asked import Asked
from assistant.answers.choose import WEAKER
from assistant.answers.compose import citation_of, laid_out
from assistant.answers.extract import Extracted
from assistant.answers.figures import typed
from assistant.answers.frames import frame
from assistant.answers.weigh import Candidate
from assistant.gate import CrossEncoderSupport, SupportModel
from assistant.generate import DraftStatement, Generator, GeneratorSettings, Source, stream_answer
from assistant.generate.records import Notice
from assistant.questions import Question
from assistant.records import Answer, Citation, Dropped, Statement
from index.library import Library
from index.records import ScoredPassage
from ingest.records import Document

# Passages that the model reads: small models have small windows.
_PASSAGES = 6


@dataclass(frozen=True)
class Writing:
    """What words answers. support: vouches for words that the gate's rules leave open."""

    generator: Generator
    support: SupportModel | None = None


def writing_of(settings: GeneratorSettings) -> Writing | None:
    """What the settings set up, nothing loaded or contacted yet; None for none."""
    generator = settings.make()
    if generator is None:
        return None
    return Writing(generator, CrossEncoderSupport(settings.support) if settings.supports else None)


@dataclass(frozen=True)
class _Sources:
    """The passages that the model is given, by key, with their documents by id."""

    passages: Mapping[str, ScoredPassage]
    documents: Mapping[str, Document]

    def given(self) -> list[Source]:
        return [Source(key, passage.text) for key, passage in self.passages.items()]


def written(
    library: Library, question: Question, extracted: Extracted, writing: Writing
) -> Iterator[Answer]:
    """The generated answer as it grows; in the end whole, or the extractive one with a notice."""
    sources = _sources(library, extracted)
    statements: list[Statement] = []
    dropped: list[Dropped] = []
    notices: list[str] = []
    keys: dict[str, str] = {}
    base = replace(extracted.answer, generator=writing.generator.name, table=())
    answers = False
    events = stream_answer(question.text, sources.given(), writing.generator, writing.support)
    for event in events:
        if isinstance(event, Dropped):
            dropped.append(event)
        elif isinstance(event, Notice):
            notices.append(event.text)
        else:
            statements.append(_statement(event, sources, keys, statements))
            answers = answers or _answers(event, sources, extracted)
            yield replace(base, statements=tuple(statements), text=laid_out(statements))
    if not answers:
        notices.append(
            f"The answer below is the documents' own sentences: what {writing.generator.name} "
            "wrote did not answer the question with support from the passages."
        )
        base = replace(extracted.answer, generator=None)
        statements = list(extracted.answer.statements)
    yield replace(
        base,
        statements=tuple(statements),
        text=laid_out(statements),
        dropped=tuple(dropped),
        notice=" ".join(notices) or None,
    )


def _sources(library: Library, extracted: Extracted) -> _Sources:
    """The passages of the best sentences, each once."""
    best = {c.passage.id: c.passage for c in extracted.weighed[: _PASSAGES * 4]}
    passages = {str(i): p for i, p in enumerate(list(best.values())[:_PASSAGES], 1)}
    names = {passage.document_id for passage in passages.values()}
    return _Sources(passages, {name: library.document(name) for name in names})


def _statement(
    event: DraftStatement, sources: _Sources, keys: dict[str, str], before: Sequence[Statement]
) -> Statement:
    """The sentence with its citations, and with who says it where that is not the one before."""
    citations: list[Citation] = []
    for quote in event.quotes:
        passage = sources.passages[quote.key]
        key = keys.setdefault(passage.id, str(len(keys) + 1))
        document = sources.documents[passage.document_id]
        citations.append(citation_of(key, passage, (quote.start, quote.end), document))
    label = _frame(citations, sources)
    said = next((s.frame for s in reversed(before) if s.frame), "")
    return Statement(
        event.text,
        tuple(citations),
        frame=label if label != said else "",
        role="support" if before else "lead",
        generated=True,
    )


def _frame(citations: Sequence[Citation], sources: _Sources) -> str:
    """Who says it and how; all of them where a sentence rests on several documents."""
    frames = [frame(sources.documents[c.document_id].facts, c.section) for c in citations]
    return " and ".join(dict.fromkeys(f.removesuffix(":") for f in frames)) + ":"


def _answers(event: DraftStatement, sources: _Sources, extracted: Extracted) -> bool:
    """Whether a sentence rests on one that answers, and states a figure if one is asked for."""
    return _states_enough(extracted.asked, event.text, extracted.weighed[0]) and any(
        sources.passages[quote.key].id == c.passage.id
        and c.start < quote.end
        and quote.start < c.start + len(c.text)
        for quote in event.quotes
        for c in extracted.weighed
        if c.weight >= extracted.weighed[0].weight - WEAKER
    )


def _states_enough(asked: Asked, text: str, best: Candidate) -> bool:
    return typed(asked, text) >= typed(asked, best.text)
