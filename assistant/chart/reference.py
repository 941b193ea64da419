"""A reference cut into the runs of text that a claim chart may quote."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from assistant.chart.said import Said
from assistant.summaries.source import Source, open_source, readable_pieces, section_at
from index.library import Library
from ingest.facts import DocumentFacts
from ingest.records import Document

# Characters of two neighbouring sentences that may be quoted together.
_LONGEST_PAIR = 700


@dataclass(frozen=True)
class Run:
    """One sentence, table row or clause of a claim, or two sentences that follow each other.

    start, end: in the document's text, half-open, within the one passage. section: one of
    SECTION_KINDS. claim: 1-based, None outside the claims. first, last: places of its sentences
    among the reference's, inclusive.
    """

    start: int
    end: int
    passage_id: str
    section: str
    claim: int | None
    first: int
    last: int


class Reference:
    """A document ready to be held against limitations. Read once for all of them."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self.sentences = tuple(_sentences(source))
        self.said = tuple(Said([self.text(run)]) for run in self.sentences)
        self.whole = Said(self.text(run) for run in self.sentences)

    @property
    def document(self) -> Document:
        """The document whole."""
        return self._source.document

    @property
    def facts(self) -> DocumentFacts:
        """The document's facts."""
        return self._source.facts

    def text(self, run: Run) -> str:
        """The run as the document has it."""
        return self._source.document.text[run.start : run.end]

    def passage_text(self, passage_id: str) -> str:
        """The text of one of its passages. Raises KeyError for another document's."""
        spans = {name: (start, end) for name, start, end in self._source.spans}
        start, end = spans[passage_id]
        return self._source.document.text[start:end]

    @cached_property
    def pairs(self) -> tuple[Run, ...]:
        """Two sentences that follow each other in one passage."""
        found = []
        for one, other in zip(self.sentences, self.sentences[1:], strict=False):
            same = one.passage_id == other.passage_id and one.claim == other.claim
            if same and one.end <= other.start and other.end - one.start <= _LONGEST_PAIR:
                found.append(
                    Run(
                        one.start, other.end, one.passage_id, one.section, one.claim,
                        one.first, other.last,
                    )
                )  # fmt: skip
        return tuple(found)

    def around(self, run: Run, reach: int) -> Said:
        """A run with `reach` sentences on either side, of its claim where it is in one."""
        first, last = max(run.first - reach, 0), run.last + reach + 1
        near = self.sentences[first:last]
        texts = [self.text(one) for one in near if one.claim == run.claim]
        return Said(texts)


def read_reference(library: Library, name: str) -> Reference:
    """A document of a library. Raises UnknownDocument."""
    return Reference(open_source(library, name))


def _sentences(source: Source) -> list[Run]:
    document = source.document
    spans: list[tuple[int, int, str, int]] = [
        (s.start, s.end, s.section, 0) for s in source.sentences
    ]
    for claim in document.claims:
        whole = document.text[claim.start : claim.end]
        for start, end, _ in readable_pieces(whole):
            spans.append((claim.start + start, claim.start + end, "claims", claim.number))
    found: list[Run] = []
    for start, end, section, number in sorted(set(spans)):
        for passage, a, b in source.parts(start, end):
            kind = section if number else section_at(document, a)
            found.append(Run(a, b, passage, kind, number or None, len(found), len(found)))
    return found
