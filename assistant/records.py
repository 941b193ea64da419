"""The records of answering: an answer, its statements, their citations."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from assistant.questions.records import NO_FILTERS, Chip, Turn
from index.records import Filters, Hit
from ingest.facts import plain

ANSWERED = "answered"
REFUSED = "refused"
# Why a question is refused: nothing could be searched; nothing related; related, but not stated;
# the question takes for true what no document says; an opinion on the law is asked for.
REFUSALS = ("no document", "out of scope", "not stated", "false premise", "legal opinion")


@dataclass(frozen=True)
class Citation:
    """Where a statement stands.

    Attributes:
        key: what the answer's text shows in brackets, "1", "2" ..., one for each passage.
        quote: the verbatim piece of the passage that supports the statement.
        section: one of SECTION_KINDS. claim, page: 1-based, None where there is none.
        paragraph: as printed ("0012").
    """

    key: str
    document_id: str
    number: str | None
    title: str
    passage_id: str
    quote: str
    section: str
    claim: int | None
    paragraph: str | None
    page: int | None

    def to_dict(self) -> dict[str, Any]:
        """The CITATION object of the public contract."""
        return plain(self)

    def place(self) -> str:
        """The place in words, for people.

        >>> Citation("1", "0f", None, "", "0f:3", "", "claims", 4, None, 7).place()
        'claim 4, page 7'
        """
        parts = [
            f"claim {self.claim}" if self.claim else self.section,
            f"paragraph {self.paragraph}" if self.paragraph else "",
            f"page {self.page}" if self.page else "",
        ]
        return ", ".join(part for part in parts if part)


@dataclass(frozen=True)
class Statement:
    """One sentence of an answer.

    Attributes:
        text: verbatim from what it cites; where generated, in a model's words, which the gate
            found supported.
        citations: at least one.
        frame: who says it and how, as the answer's text shows it before the sentence ("HCW-R-014
            reports:"); made by code from the document's record, "" where the one before goes on.
        role: "lead" states the answer, "support" adds to it, "differs" gives another value.
        cut: whether the sentence goes on in its document before, and after, the text.
    """

    text: str
    citations: tuple[Citation, ...]
    frame: str = ""
    role: str = "support"
    cut: tuple[bool, bool] = (False, False)
    generated: bool = False

    def to_dict(self) -> dict[str, Any]:
        """One element of `statements`."""
        return {
            "text": self.text,
            "citations": [c.to_dict() for c in self.citations],
            "frame": self.frame,
            "role": self.role,
            "cut": list(self.cut),
            "generated": self.generated,
        }

    def shown(self) -> str:
        """The statement as the answer's text has it: frame, sentence on one line, keys."""
        before, after = self.cut
        line = " ".join(self.text.split())
        keys = " ".join(f"[{citation.key}]" for citation in self.citations)
        sentence = f"{'… ' if before else ''}{line}{' …' if after else ''}"
        return " ".join(part for part in (self.frame, sentence, keys) if part)


@dataclass(frozen=True)
class Row:
    """One value of a table of values, as a document states it.

    Attributes:
        material: what the value belongs to, in the document's words; "" where they do not say it.
        value, unit: as written in the document ("3.4 to 3.6", "g/cm³"), the unit "" for none.
        condition: temperature, cycles, content and the like, as written, joined with "; ".
        source: the document's number, or its title; for a claim with its number.
        keys: of the citations. citations: the quote of each has the value.
    """

    material: str
    value: str
    unit: str
    condition: str
    source: str
    keys: tuple[str, ...]
    citations: tuple[Citation, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """One row of `table`."""
        return plain(self)


@dataclass(frozen=True)
class Dropped:
    """A sentence that a generator wrote and the gate removed."""

    text: str
    reason: str

    def to_dict(self) -> dict[str, Any]:
        """One element of `dropped`."""
        return plain(self)


@dataclass(frozen=True)
class Answer:
    """What `ask` gives.

    Attributes:
        status: "answered" (one statement at least) or "refused" (none).
        text: the answer to read, statements followed by their keys in brackets.
        reason: why it was refused, what was searched and what came closest; None if answered.
        hits: what the answer was looked for in, as a search gives it.
        table: values with their conditions, where the question compares or lists some.
        refusal: the case of a refusal, one of REFUSALS; None if answered.
        confidence: how surely some sentence answers, 0 to 1; None where it was not weighed.
        completed: the question with what the conversation supplies; None if nothing was missing.
        kind: what kind of question it is. chips: the filters that its words became.
        filters: those given and those of the chips.
        generator: the model that worded the answer, None for none.
        notice: what the reader should be told of the generator; None if nothing.
    """

    question: str
    status: str
    text: str
    reason: str | None
    statements: tuple[Statement, ...]
    hits: tuple[Hit, ...]
    dropped: tuple[Dropped, ...] = ()
    table: tuple[Row, ...] = ()
    refusal: str | None = None
    confidence: float | None = None
    completed: str | None = None
    kind: str = "other"
    chips: tuple[Chip, ...] = ()
    filters: Filters = NO_FILTERS
    generator: str | None = None
    notice: str | None = None

    def turn(self) -> Turn:
        """What the next question of the conversation needs of this one."""
        cited = (c.document_id for s in self.statements for c in s.citations)
        asked = self.completed or self.question
        return Turn(asked, tuple(dict.fromkeys(cited)), self.status == ANSWERED)

    def to_dict(self) -> dict[str, Any]:
        """The JSON of `prior-art ask`."""
        return {
            "question": self.question,
            "status": self.status,
            "text": self.text,
            "reason": self.reason,
            "statements": [statement.to_dict() for statement in self.statements],
            "hits": [hit.to_dict() for hit in self.hits],
            "dropped": [dropped.to_dict() for dropped in self.dropped],
            "table": [row.to_dict() for row in self.table],
            "refusal": self.refusal,
            "confidence": self.confidence,
            "completed": self.completed,
            "kind": self.kind,
            "chips": [
                {"key": c.key, "label": c.label, "filter": c.filter, "value": c.value}
                for c in self.chips
            ],
            "filters": self.filters.to_dict(),
            "generator": self.generator,
            "notice": self.notice,
            "turn": plain(self.turn()),
        }


@dataclass(frozen=True)
class Evidence:
    """A cited sentence in its surroundings, for reading it where it stands.

    before, quote, after: neighbouring verbatim text of one section or claim; together they are
    one run of the document's text. ocr_confidence: 0 to 1 where the page was read from an image.
    """

    before: str
    quote: str
    after: str
    heading_path: tuple[str, ...]
    section: str
    claim: int | None
    paragraph: str | None
    page: int | None
    pages: int
    ocr_confidence: float | None = None
