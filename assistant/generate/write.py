"""Let a generator write an answer, and keep only what the gate lets pass.

A sentence is given out only after its keys were resolved and its passages were found to support
it; everything else is listed with its reason.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.gate import SupportModel, is_order, judge, markup_in
from assistant.generate.errors import GeneratorError
from assistant.generate.keys import cited, only_keys
from assistant.generate.messages import build_messages
from assistant.generate.patience import patiently
from assistant.generate.records import (
    Draft,
    DraftStatement,
    Generator,
    Notice,
    Quote,
    Source,
)
from assistant.generate.sentences import SentenceBuffer
from assistant.records import Dropped
from ingest.language import detect_language

SECONDS = 120.0
_MOST_SENTENCES = 40
_MOST_REPEATED = 3  # repetitions after which the rest is not read
_MOST_KEPT = 300  # characters of a dropped sentence that are listed
_SOURCES = re.compile(
    r"\W*(?:references?|sources?|bibliography|citations?|works cited|footnotes?|출처"
    r"|참고 ?문헌|Quellen)"
    r"\W*(?:$|:)",
    re.IGNORECASE,
)
_NO_ANSWER = re.compile(r"\W*no answer\b", re.IGNORECASE)
# Letters of scripts that mark another language even in a text too short to be classified.
_FOREIGN = re.compile("[\u0370-\u03ff\u0400-\u04ff\u0590-\u06ff\u0900-\u097f\u0e00-\u0e7f"
                      "\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]{2}")  # fmt: skip
Event = DraftStatement | Dropped | Notice


def write_answer(
    question: str,
    sources: Sequence[Source],
    generator: Generator,
    support: SupportModel | None = None,
    *,
    seconds: float = SECONDS,
) -> Draft:
    """The generator's answer after the gate. seconds: for all of it. Raises nothing of its own."""
    events = list(stream_answer(question, sources, generator, support, seconds=seconds))
    notices = [event.text for event in events if isinstance(event, Notice)]
    return Draft(
        tuple(event for event in events if isinstance(event, DraftStatement)),
        tuple(event for event in events if isinstance(event, Dropped)),
        " ".join(notices) or None,
    )


def stream_answer(
    question: str,
    sources: Sequence[Source],
    generator: Generator,
    support: SupportModel | None = None,
    *,
    seconds: float = SECONDS,
) -> Iterator[Event]:
    """The same piece by piece: each statement as soon as it passed, what was dropped, notices."""
    if not sources:
        yield Notice("There are no passages to write from.")
        return
    language = detect_language(question)
    messages = build_messages(question, sources, language)
    check = _Check(language, _FOREIGN.search(question) is None, sources, support)
    buffer, written = SentenceBuffer(), False
    try:
        for piece in patiently(generator, messages, seconds):
            written = written or bool(piece.strip())
            for sentence in buffer.add(piece):
                yield from check.events(sentence)
            if buffer.overfull:
                yield Notice(f"{generator.name} wrote no end of a sentence; the rest was not read.")
                return
            if check.tired:
                yield Notice(f"{generator.name} {check.tired}; the rest was not read.")
                return
    except GeneratorError as error:
        yield Notice(f"The generated answer is not complete: {error}.")
        return
    for sentence in buffer.end():
        yield from check.events(sentence)
    if not written:
        yield Notice(f"{generator.name} returned nothing.")


class _Check:
    """What was written so far, and what may be shown of the next sentence."""

    def __init__(
        self,
        language: str | None,
        latin: bool,
        sources: Sequence[Source],
        support: SupportModel | None,
    ) -> None:
        self._language, self._latin, self._support = language, latin, support
        self._texts = {source.key: source.text for source in sources}
        self._seen: set[str] = set()
        self._repeated = self._count = 0
        self._sources_begun = False

    @property
    def tired(self) -> str:
        """Why no more is read; empty if more is."""
        if self._repeated >= _MOST_REPEATED:
            return "repeats itself"
        if self._count >= _MOST_SENTENCES:
            return f"wrote {self._count} sentences"
        return "wrote a list of sources" if self._sources_begun else ""

    def events(self, sentence: str) -> Iterator[Event]:
        """The statement, or why there is none."""
        if only_keys(sentence) or not re.search(r"\w", sentence):
            return
        self._count += 1
        reason = self._reason(sentence)
        if reason is None:
            yield from self._judged(sentence)
        else:
            yield Dropped(sentence[:_MOST_KEPT], reason)

    def _reason(self, sentence: str) -> str | None:
        """What is wrong with a sentence before its passages are asked."""
        found = cited(sentence, self._texts)
        if self._sources_begun or _SOURCES.match(sentence):
            self._sources_begun = True
            return "the model writes no sources; they are resolved by code"
        written = {_folded(sentence), _folded(found.text)}
        if written & self._seen:
            self._repeated += 1
            return "it was said before"
        self._seen.add(_folded(sentence))
        if _NO_ANSWER.match(found.text):
            return "the model finds no answer in the passages"
        if found.unknown:
            return f"it cites [{'], ['.join(found.unknown)}], which no source has"
        if not found.keys:
            return "it cites nothing"
        if reason := markup_in(found.text):
            return reason
        if is_order(found.text):
            return "it gives orders instead of stating a finding"
        return self._language_reason(found.text)

    def _language_reason(self, text: str) -> str | None:
        own = detect_language(text)
        foreign = self._latin and _FOREIGN.search(text)
        if foreign or (own and self._language and own != self._language):
            return "it is in another language than the question"
        return None

    def _judged(self, sentence: str) -> Iterator[Event]:
        found = cited(sentence, self._texts)
        judged = judge(found.text, [self._texts[key] for key in found.keys], self._support)
        if not judged.supported:
            yield Dropped(sentence[:_MOST_KEPT], judged.reason or "it is not supported")
            return
        quotes = (
            Quote(key, *span)
            for key, span in zip(found.keys, judged.spans, strict=True)
            if span is not None
        )
        self._seen.add(_folded(found.text))
        yield DraftStatement(found.text, tuple(quotes))


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())
