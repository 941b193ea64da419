"""Cut a document into passages, the units of evidence.

A passage never crosses a section or a claim, ends where a sentence ends, and fits the encoder
together with its context (title and heading). Only a sentence that is longer than the encoder's
window by itself is cut, at a clause end. Knows the encoder only as a function that counts tokens.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from ingest.language import detect_language
from ingest.records import Document, Paragraph, Passage
from ingest.sentences import clause_spans, sentence_spans

# Texts to their lengths in the encoder's own tokens, special tokens not counted.
CountTokens = Callable[[Sequence[str]], list[int]]

# Raise it when the same document would be cut differently, so that indexes know they are older.
PASSAGE_RULES = 2

# Characters of title and of heading given to the encoder beside the passage.
_CONTEXT_CHARS = 160


@dataclass(frozen=True)
class PassageSettings:
    """How long passages are. Tokens are the encoder's own.

    window: tokens of passage and context together; target: where a passage is closed at the
    next sentence end. Both exclude the encoder's special tokens.
    """

    window: int = 254
    target: int = 254


@dataclass(frozen=True)
class _Piece:
    """A sentence, or a part of one. start, end: characters of the document's text."""

    start: int
    end: int
    paragraph: str | None
    tokens: int


@dataclass(frozen=True)
class _Place:
    section: str
    heading: str | None
    heading_path: tuple[str, ...]
    claim: int | None
    paragraphs: tuple[Paragraph, ...]


def context(
    title: str, heading: str | None, count_tokens: CountTokens, settings: PassageSettings
) -> str:
    """What the encoder sees before a passage; not part of the verbatim text.

    Shortened until it takes at most a third of the window.

    >>> words = lambda texts: [len(text.split()) for text in texts]
    >>> context("Coated cathode", "Example 2", words, PassageSettings())
    'Coated cathode. Example 2. '
    """
    parts = [part[:_CONTEXT_CHARS].strip(" .") for part in (title, heading or "")]
    text = "".join(f"{part}. " for part in parts if part)
    while text and count_tokens([text])[0] > settings.window // 3:
        kept = text.rstrip()
        text = f"{kept[: len(kept) // 2].rstrip()} " if len(kept) > 1 else ""
    return text


def split_passages(
    document: Document, count_tokens: CountTokens, settings: PassageSettings | None = None
) -> list[Passage]:
    """All passages of a document in reading order: abstract, description or body, claims.

    Holds for every passage: `document.text[p.start:p.end] == p.text`, and context and text
    together have at most `settings.window` tokens.
    """
    settings = settings or PassageSettings()
    passages: list[Passage] = []
    for place in _places(document):
        before = context(document.facts.title, place.heading, count_tokens, settings)
        window = settings.window - (count_tokens([before])[0] if before else 0)
        pieces = _pieces(document.text, place, count_tokens, window)
        for group in _groups(pieces, min(settings.target, window), window):
            passages.append(_passage(document, place, group, len(passages)))
    return passages


def _places(document: Document) -> Iterator[_Place]:
    for section in document.sections:
        yield _Place(section.kind, section.heading, section.heading_path, None, section.paragraphs)
    for claim in document.claims:
        yield _Place("claims", None, (), claim.number, (Paragraph(claim.start, claim.end),))


def _pieces(text: str, place: _Place, count_tokens: CountTokens, window: int) -> list[_Piece]:
    spans = [
        (paragraph.start + a, paragraph.start + b, paragraph)
        for paragraph in place.paragraphs
        for a, b in _units(text[paragraph.start : paragraph.end], paragraph.table)
    ]
    # Each with the white space before it, which some tokenizers count.
    befores = [start for start, _, _ in spans[:1]] + [end for _, end, _ in spans[:-1]]
    texts = [text[before:end] for before, (_, end, _) in zip(befores, spans, strict=True)]
    counts = count_tokens(texts) if spans else []
    pieces: list[_Piece] = []
    for (a, b, paragraph), tokens in zip(spans, counts, strict=True):
        piece = _Piece(a, b, paragraph.number, tokens)
        if tokens <= window:
            pieces.append(piece)
        elif paragraph.table and "\n" in text[a:b]:
            rows = tuple(Paragraph(a + c, a + d) for c, d in _lines(text[a:b]))
            pieces += _pieces(text, replace(place, paragraphs=rows), count_tokens, window)
        else:
            pieces += _cut(text, piece, count_tokens, window)
    return pieces


def _units(text: str, table: bool) -> Iterable[tuple[int, int]]:
    """What is not cut apart as long as it fits: the sentences, or all of a group of rows."""
    return [(0, len(text))] if table else sentence_spans(text)


def _lines(text: str) -> list[tuple[int, int]]:
    return [match.span() for match in re.finditer(r"[^\n]+", text)]


def _cut(text: str, piece: _Piece, count_tokens: CountTokens, window: int) -> list[_Piece]:
    """Parts of one over-long sentence, each within the window."""
    # Aim a little below the window: tokens are not spread evenly over the characters.
    size = max(1, int((piece.end - piece.start) * window * 0.9 / piece.tokens))
    spans = clause_spans(text[piece.start : piece.end], size)
    if len(spans) < 2:
        spans = clause_spans(text[piece.start : piece.end], max(1, (piece.end - piece.start) // 2))
    counts = count_tokens([text[piece.start + a : piece.start + b] for a, b in spans])
    parts: list[_Piece] = []
    for (a, b), tokens in zip(spans, counts, strict=True):
        part = _Piece(piece.start + a, piece.start + b, piece.paragraph, tokens)
        shrinks = b - a < piece.end - piece.start
        if tokens > window and shrinks and b - a > 1:
            parts += _cut(text, part, count_tokens, window)
        else:
            parts.append(part)
    return parts


def _groups(pieces: list[_Piece], target: int, window: int) -> Iterator[list[_Piece]]:
    """Neighbouring sentences, closed when the next one would pass the target."""
    group: list[_Piece] = []
    total = 0
    for piece in pieces:
        # The blank between sentences can cost a token with some tokenizers.
        cost = piece.tokens + 1
        if group and total + cost > min(target, window):
            yield group
            group, total = [], 0
        group.append(piece)
        total += cost
    if group:
        yield group


def _passage(document: Document, place: _Place, group: list[_Piece], position: int) -> Passage:
    start, end = group[0].start, group[-1].end
    text = document.text[start:end]
    first_page, last_page = document.page_at(start), document.page_at(end - 1)
    confidences = [
        page.ocr_confidence
        for page in document.pages[(first_page or 1) - 1 : last_page or 0]
        if page.ocr_confidence is not None
    ]
    return Passage(
        id=f"{document.facts.id}:{position}",
        document_id=document.facts.id,
        section=place.section,
        heading=place.heading,
        heading_path=place.heading_path,
        text=text,
        claim=place.claim,
        paragraph=group[0].paragraph,
        first_page=first_page,
        last_page=last_page,
        start=start,
        end=end,
        language=detect_language(text) or document.facts.language,
        ocr_confidence=min(confidences, default=None),
    )
