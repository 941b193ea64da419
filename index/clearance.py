"""Which confidentiality labels somebody may see. Decided before anything is looked up."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

# How a document without a label is named in a clearance.
UNLABELLED = "unlabelled"


@dataclass(frozen=True)
class Clearance:
    """The labels whose documents exist for somebody; all others do not.

    labels: exact labels, UNLABELLED among them for documents without one; None for everything.
    Labels have no order: who may see "secret" and "public" has both.

    >>> Clearance.of("public").allows("public"), Clearance.of("public").allows("secret")
    (True, False)
    >>> Clearance.of("public").allows(None), EVERYTHING.allows(None)
    (False, True)
    """

    labels: frozenset[str] | None = frozenset()

    @classmethod
    def of(cls, *labels: str | None) -> Clearance:
        """The clearance for these labels; None stands for documents without one."""
        return cls(frozenset(label if label is not None else UNLABELLED for label in labels))

    def allows(self, label: str | None) -> bool:
        """Whether documents with a label exist for its holder. label: None for none."""
        return self.labels is None or (UNLABELLED if label is None else label) in self.labels

    def covers(self, other: Clearance) -> bool:
        """Whether it lets see everything that another does."""
        if self.labels is None:
            return True
        return other.labels is not None and other.labels <= self.labels

    def within(self, other: Clearance) -> Clearance:
        """What both let see.

        >>> str(Clearance.of("public", "secret").within(Clearance.of("public")))
        'public'
        """
        if self.labels is None:
            return other
        if other.labels is None:
            return self
        return Clearance(self.labels & other.labels)

    def to_list(self) -> list[str] | None:
        """The labels sorted, None for everything: its form in JSON."""
        return None if self.labels is None else sorted(self.labels)

    @classmethod
    def from_list(cls, labels: Iterable[str] | None) -> Clearance:
        """The clearance that `to_list` gave."""
        return cls(None if labels is None else frozenset(labels))

    def __str__(self) -> str:
        """For people."""
        return "everything" if self.labels is None else ", ".join(sorted(self.labels)) or "nothing"


EVERYTHING = Clearance(None)
NOTHING = Clearance()
