"""A document cut into sentences that can be shown and cited."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.cutting import Piece, pieces
from assistant.gate.markup import is_order, markup_in
from assistant.records import Citation
from index.library import Library
from ingest.facts import DocumentFacts
from ingest.records import Document, Section
from ingest.sentences import clause_spans, sentence_spans

# A passage, or a part of one: its id, and start and end in the document's text.
Span = tuple[str, int, int]

# Scripts without blanks between words, whose sentences cannot be told by counting words.
_UNSPACED = re.compile("[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff]")
_SHORTEST_UNSPACED, _LONGEST_UNSPACED = 8, 200
# What lists and claims have before their parts.
BULLETS = " \n\t-–•*"
# What pages repeat above the abstract: office, numbers and dates, no sentences.
_FRONT_PAGE = "body"


@dataclass(frozen=True)
class Sentence:
    """A sentence, table row or part of an over-long sentence; it may be shown.

    Attributes:
        start, end: in the document's text. cut: whether it goes on before, and after.
        section: one of SECTION_KINDS. headings: of its section, outermost first.
        nth: 0-based, in its section. place: share of the description that stands before it.
    """

    text: str
    start: int
    end: int
    cut: tuple[bool, bool]
    section: str
    headings: tuple[str, ...]
    nth: int
    place: float

    @property
    def is_row(self) -> bool:
        """Whether it is a row of a table."""
        return "|" in self.text


@dataclass(frozen=True)
class Source:
    """A document with its passages' spans and the sentences outside its claims."""

    document: Document
    spans: tuple[Span, ...]
    sentences: tuple[Sentence, ...]

    @property
    def facts(self) -> DocumentFacts:
        """The document's facts."""
        return self.document.facts

    def parts(self, start: int, end: int) -> tuple[Span, ...]:
        """A span of the text in parts, each within one passage; () where a part is in none."""
        return _parts(self.document.text, self.spans, start, end)


def open_source(library: Library, number_or_id: str) -> Source:
    """A document of a library, cut. Raises UnknownDocument."""
    document, spans = library.document_and_spans(number_or_id)
    # Passages number the claims last; in the text they may stand first.
    spans = sorted(spans, key=lambda span: span[1])
    return Source(document, tuple(spans), tuple(_sentences(document, spans)))


def may_be_shown(sentence: str) -> bool:
    """Whether a text states something: no markup, address, or order to its reader."""
    return not is_order(sentence) and markup_in(sentence) is None


class Keys:
    """Numbers the cited passages of one summary, in the order in which they are first cited."""

    def __init__(self) -> None:
        self._keys: dict[str, str] = {}

    def cite(self, source: Source, start: int, end: int) -> tuple[Citation, ...]:
        """The citations of a span of the text: one for each passage that holds a part of it."""
        return tuple(self._cite(source, *part) for part in source.parts(start, end))

    def _cite(self, source: Source, passage: str, start: int, end: int) -> Citation:
        document = source.document
        claim = next((c.number for c in document.claims if c.start <= start < c.end), None)
        return Citation(
            key=self._keys.setdefault(passage, str(len(self._keys) + 1)),
            document_id=document.facts.id,
            number=document.facts.number,
            title=document.facts.title,
            passage_id=passage,
            quote=document.text[start:end],
            section="claims" if claim else section_at(document, start),
            claim=claim,
            paragraph=document.paragraph_at(start),
            page=document.page_at(start),
        )


def _sentences(document: Document, spans: list[Span]) -> Iterator[Sentence]:
    last = max((p.end for s in document.sections for p in s.paragraphs), default=0)
    for section in document.sections:
        if document.facts.kind == "patent" and section.kind == _FRONT_PAGE:
            continue
        for nth, (start, end, cut) in enumerate(_shown(document.text, section)):
            if _parts(document.text, spans, start, end):
                yield Sentence(
                    document.text[start:end], start, end, cut, section.kind, section.heading_path,
                    nth, start / last,
                )  # fmt: skip


def _shown(text: str, section: Section) -> Iterator[Piece]:
    for paragraph in section.paragraphs:
        whole = text[paragraph.start : paragraph.end]
        # An order must not be shown in parts either.
        orders = [(a, b) for a, b in sentence_spans(whole) if not may_be_shown(whole[a:b])]
        for start, end, cut in readable_pieces(whole):
            start += len(whole[start:end]) - len(whole[start:end].lstrip(BULLETS))
            if not any(a < end and start < b for a, b in orders):
                yield paragraph.start + start, paragraph.start + end, cut


def readable_pieces(text: str) -> list[Piece]:
    """Sentences, table rows, parts of over-long sentences, in scripts with and without blanks."""
    if 3 * len(_UNSPACED.findall(text)) < len(text):
        return pieces(text)
    found = []
    for start, end in sentence_spans(text):
        parts = clause_spans(text[start:end], _LONGEST_UNSPACED)
        last = len(parts) - 1
        found += [(start + a, start + b, (i > 0, i < last)) for i, (a, b) in enumerate(parts)]
    return [piece for piece in found if piece[1] - piece[0] >= _SHORTEST_UNSPACED]


def _parts(text: str, spans: Sequence[Span], start: int, end: int) -> tuple[Span, ...]:
    found: list[Span] = []
    place = max(bisect_right(spans, start, key=lambda span: span[1]) - 1, 0)
    reached = start
    for name, first, last in spans[place:]:
        if first >= end or text[reached:first].strip():
            break
        a, b = max(reached, first), min(end, last)
        if text[a:b].strip():
            part = text[a:b]
            a += len(part) - len(part.lstrip())
            found.append((name, a, a + len(part.strip())))
        reached = max(reached, b)
    return tuple(found) if not text[reached:end].strip() else ()


def section_at(document: Document, position: int) -> str:
    """Kind of the section with a character of the text; "body" behind the last one."""
    for section in document.sections:
        if section.paragraphs and section.paragraphs[-1].end > position:
            return section.kind
    return "body"
