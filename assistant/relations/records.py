"""The records of families and citations. A leaf: imports no other module of the package."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from index.citations import CitationLink
from ingest.facts import DocumentFacts, Reference, plain

# What happens to a family's members, in the order in which it happens.
EVENTS = ("priority", "filing", "publication")


@dataclass(frozen=True)
class FamilyEvent:
    """Something that happened to one or several members of a family.

    Attributes:
        date: as the documents give it, ISO; None where unknown.
        event: one of EVENTS.
        what: number of the application or the publication, None where unknown.
        document_ids: the members that it happened to.
    """

    date: str | None
    event: str
    what: str | None
    document_ids: tuple[str, ...]

    def to_dict(self) -> dict[str, Any]:
        """One element of `events` in the JSON of `prior-art family`."""
        return plain(self)


@dataclass(frozen=True)
class FamilyTimeline:
    """A document's family. members: itself first; events: by date, those without one last."""

    family: str | None
    members: tuple[DocumentFacts, ...]
    events: tuple[FamilyEvent, ...]

    def to_dict(self) -> dict[str, Any]:
        """The JSON of `prior-art family`."""
        return {
            "family": self.family,
            "members": [facts.to_dict() for facts in self.members],
            "events": [event.to_dict() for event in self.events],
        }


@dataclass(frozen=True)
class Cited:
    """One entry of a document's list of citations.

    inside: the library's documents of that number, kind codes aside; () where it has none.
    """

    reference: Reference
    inside: tuple[DocumentFacts, ...]

    def to_dict(self) -> dict[str, Any]:
        """One element of `made` in the JSON of `prior-art citations`."""
        return {**plain(self.reference), "inside": [facts.to_dict() for facts in self.inside]}


@dataclass(frozen=True)
class Citations:
    """What a document cites, and the library's documents that cite it.

    made: in the order of its file, without repetitions. received: by number and id.
    """

    document: DocumentFacts
    made: tuple[Cited, ...]
    received: tuple[DocumentFacts, ...]

    def to_dict(self) -> dict[str, Any]:
        """The JSON of `prior-art citations`."""
        return {
            "document": self.document.to_dict(),
            "made": [cited.to_dict() for cited in self.made],
            "received": [facts.to_dict() for facts in self.received],
        }


@dataclass(frozen=True)
class Node:
    """A document of a graph. distance: citations between it and the nearest of those asked for."""

    document: DocumentFacts
    distance: int

    def to_dict(self) -> dict[str, Any]:
        """One element of `nodes` in JSON."""
        return {"document": self.document.to_dict(), "distance": self.distance}


@dataclass(frozen=True)
class CitationGraph:
    """Documents of the library and the citations between them.

    Attributes:
        nodes: by distance, those with more citations among the nearer ones first.
        links: between nodes, in both directions from those asked for.
        left_out: documents next to a node that are not shown for want of room. What lies behind
            them is not counted.
    """

    nodes: tuple[Node, ...]
    links: tuple[CitationLink, ...]
    left_out: int

    def to_dict(self) -> dict[str, Any]:
        """`graph` in the JSON of `prior-art citations`."""
        return {
            "nodes": [node.to_dict() for node in self.nodes],
            "links": [plain(link) for link in self.links],
            "left_out": self.left_out,
        }


@dataclass(frozen=True)
class Neighbour:
    """A document that cites relevant ones or is cited by them.

    cites, cited_by: ids of the relevant documents that it cites, and that cite it, each by itself
    or by a member of its family.
    """

    document: DocumentFacts
    cites: tuple[str, ...]
    cited_by: tuple[str, ...]

    @property
    def relevant(self) -> int:
        """How many of the relevant documents it is linked to."""
        return len({*self.cites, *self.cited_by})

    def to_dict(self) -> dict[str, Any]:
        """One element of `found` in JSON."""
        return {
            "document": self.document.to_dict(),
            "cites": list(self.cites),
            "cited_by": list(self.cited_by),
            "relevant": self.relevant,
        }


@dataclass(frozen=True)
class OutsideNumber:
    """A publication that the library does not hold. cited_by: ids of relevant documents."""

    number: str
    cited_by: tuple[str, ...]


@dataclass(frozen=True)
class Neighbours:
    """What is found by citations from relevant documents.

    found: those linked to most of the relevant documents first. outside: publications that
    relevant documents cite and the library does not hold, likewise.
    """

    relevant: tuple[str, ...]
    found: tuple[Neighbour, ...]
    outside: tuple[OutsideNumber, ...]

    def to_dict(self) -> dict[str, Any]:
        """The step in JSON."""
        return {
            "relevant": list(self.relevant),
            "found": [neighbour.to_dict() for neighbour in self.found],
            "outside": [plain(number) for number in self.outside],
        }
