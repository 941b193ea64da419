"""The records of answering: an answer, its statements, their citations."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from index.records import Hit
from ingest.facts import plain

ANSWERED = "answered"
REFUSED = "refused"


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
    """One sentence of an answer, verbatim from what it cites. citations: at least one."""

    text: str
    citations: tuple[Citation, ...]

    def to_dict(self) -> dict[str, Any]:
        """One element of `statements`."""
        return {"text": self.text, "citations": [c.to_dict() for c in self.citations]}


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
    """

    question: str
    status: str
    text: str
    reason: str | None
    statements: tuple[Statement, ...]
    hits: tuple[Hit, ...]
    dropped: tuple[Dropped, ...] = ()

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
