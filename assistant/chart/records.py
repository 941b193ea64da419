"""The records of a claim chart: rows of limitations, cells of evidence.

A leaf but for the records that it is made of.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from assistant.claims.records import Limitation, ReadClaim
from assistant.date_gate.records import Dated
from ingest.facts import DocumentFacts, plain

DISCLOSED, PARTLY, NOT_DISCLOSED = STATUSES = ("disclosed", "partly", "not disclosed")
# What a status counts for in a reference's coverage.
WEIGHTS = {DISCLOSED: 1.0, PARTLY: 0.5, NOT_DISCLOSED: 0.0}


@dataclass(frozen=True)
class Place:
    """A verbatim passage of a reference and where it stands.

    quote: a piece of the passage. section: one of SECTION_KINDS. claim, page: 1-based, None where
    there is none. paragraph: as printed ("0012"). score: 0 to 1, how surely it discloses.
    """

    quote: str
    passage_id: str
    section: str
    claim: int | None
    paragraph: str | None
    page: int | None
    score: float

    def to_dict(self) -> dict[str, Any]:
        """The place in JSON."""
        return plain(self)


@dataclass(frozen=True)
class Override:
    """What a person decided of a cell.

    status: None where only a note was made or a passage chosen. machine: the status that stood
    there before. user: who; when: ISO time in UTC.
    """

    status: str | None
    note: str
    machine: str
    user: str
    when: str

    def to_dict(self) -> dict[str, Any]:
        """The override in JSON."""
        return plain(self)


@dataclass(frozen=True)
class Cell:
    """What one reference says of one limitation.

    Attributes:
        status: one of STATUSES.
        score: 0 to 1, how surely the reference discloses it.
        place: the best passage; None exactly where the status is "not disclosed".
        reason: in one line why it has the status ("states 12 µm, inside 5 to 20 µm").
        others: further passages that a person may choose, the best first; where nothing is
            disclosed, what came closest.
        human: what a person decided instead, None for nothing.
    """

    document_id: str
    number: str | None
    status: str
    score: float
    place: Place | None
    reason: str
    others: tuple[Place, ...] = ()
    human: Override | None = None

    def to_dict(self) -> dict[str, Any]:
        """One element of `evidence` in the public contract."""
        place = self.place
        return {
            "document_id": self.document_id,
            "number": self.number,
            "status": self.status,
            "score": self.score,
            "quote": place.quote if place else None,
            "section": place.section if place else None,
            "claim": place.claim if place else None,
            "paragraph": place.paragraph if place else None,
            "page": place.page if place else None,
            "passage_id": place.passage_id if place else None,
            "reason": self.reason,
            "others": [other.to_dict() for other in self.others],
            "human": self.human.to_dict() if self.human else None,
        }


@dataclass(frozen=True)
class Row:
    """A limitation and its cells, one for each reference in the order of the chart's."""

    limitation: Limitation
    cells: tuple[Cell, ...]

    def to_dict(self) -> dict[str, Any]:
        """One element of `limitations` in the public contract."""
        return {**self.limitation.to_dict(), "evidence": [cell.to_dict() for cell in self.cells]}


@dataclass(frozen=True)
class Combination:
    """References that are read together. No conclusion in law is drawn from it.

    covered: share of the limitations that at least one of them discloses, 0 to 1.
    partly, uncovered: keys of limitations that they disclose partly at best, and not at all.
    """

    document_ids: tuple[str, ...]
    covered: float
    partly: tuple[str, ...]
    uncovered: tuple[str, ...]

    def to_dict(self) -> dict[str, Any]:
        """One element of `combinations` in JSON."""
        return plain(self)


@dataclass(frozen=True)
class Chart:
    """A claim against references.

    Attributes:
        subject: the claim, as read.
        references: in the order of the cells.
        rows: one for each limitation.
        combinations: of two and three references, the best first.
        fingerprint: of the library that was read.
        documents: how many the library had.
        subject_date: ISO date that the references were held against, None for none.
        dated: one for each reference; () without a subject date.
        notices: what the reader should know.
    """

    subject: ReadClaim
    references: tuple[DocumentFacts, ...]
    rows: tuple[Row, ...]
    combinations: tuple[Combination, ...] = ()
    fingerprint: str = ""
    documents: int = 0
    subject_date: str | None = None
    dated: tuple[Dated, ...] = ()
    notices: tuple[str, ...] = ()

    def coverage(self) -> dict[str, float]:
        """For each reference the share of the limitations that it discloses, partly for half."""
        count = len(self.rows) or 1
        return {
            facts.id: sum(WEIGHTS[row.cells[place].status] for row in self.rows) / count
            for place, facts in enumerate(self.references)
        }

    def to_dict(self) -> dict[str, Any]:
        """The JSON of `prior-art chart`."""
        return {
            "claim": self.subject.text,
            "claim_number": self.subject.number,
            "chain": list(self.subject.chain),
            "subject_id": self.subject.document_id,
            "limitations": [row.to_dict() for row in self.rows],
            "coverage": self.coverage(),
            "references": [facts.to_dict() for facts in self.references],
            "combinations": [one.to_dict() for one in self.combinations],
            "fingerprint": self.fingerprint,
            "documents": self.documents,
            "subject_date": self.subject_date,
            "dated": [one.to_dict() for one in self.dated],
            "notices": [*self.subject.notices, *self.notices],
        }
