"""The records of reading a claim: its limitations. A leaf: imports no other module of ours."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

# What a limitation is in its claim: what stands before "comprising"; an element or a step; what a
# wherein-clause says of one; a part of another limitation, such as a numeric range.
ROLES = ("preamble", "element", "wherein", "feature")


@dataclass(frozen=True)
class Limitation:
    """One part of a claim that a reference discloses or not.

    Attributes:
        key: the claim's number and a letter: "1a", "1b" ... "1z", "1aa".
        text: one verbatim run of the claim's text.
        claim: 1-based number of the claim in which it stands, of the inherited one if inherited.
        role: one of ROLES.
        parent: key of the limitation whose feature it is, None for a part of the claim itself.
        subject: what it is about, in the claim's words, where its own text does not name it ("the
            separator" for "wherein it has a thickness of 5 to 9 µm"); "" where it does.
    """

    key: str
    text: str
    claim: int
    role: str = "element"
    parent: str | None = None
    subject: str = ""

    def to_dict(self) -> dict[str, Any]:
        """The limitation in JSON."""
        return {
            "key": self.key,
            "text": self.text,
            "claim": self.claim,
            "role": self.role,
            "parent": self.parent,
            "subject": self.subject,
        }


@dataclass(frozen=True)
class ReadClaim:
    """A claim made ready for a chart.

    Attributes:
        text: the claim as given, inherited claims before it, a blank line between two.
        number: 1-based; 1 for a text without number.
        chain: numbers of the claims that it is made of, the independent one first, itself last.
        limitations: of all of them, in that order.
        notices: what the user should know: alternatives of a multiple dependency that were not
            taken, a dependency that cannot be resolved, text that does not read like a claim.
        document_id: of the document in the library it was taken from, else None.
    """

    text: str
    number: int
    chain: tuple[int, ...]
    limitations: tuple[Limitation, ...]
    notices: tuple[str, ...] = ()
    document_id: str | None = None

    def to_dict(self) -> dict[str, Any]:
        """The JSON of `prior-art claim`."""
        return {
            "claim": self.text,
            "number": self.number,
            "chain": list(self.chain),
            "limitations": [each.to_dict() for each in self.limitations],
            "notices": list(self.notices),
            "document_id": self.document_id,
        }
