"""The records of the date gate. A leaf: imports no other module of the package."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ingest.facts import plain

# Published before; filed or with priority before but published after; published in the grace
# period before; later; not to be told from the dates that are known.
CATEGORIES = ("before", "earlier right", "grace period", "later", "unknown")


@dataclass(frozen=True)
class Dated:
    """How a document stands to a subject's date.

    Attributes:
        category: one of CATEGORIES.
        rules: those it is classed by, as cited ("35 U.S.C. 102(a)(2)", "Art. 54(3) EPC").
        reason: one sentence with the dates that decided.
    """

    document_id: str
    category: str
    rules: tuple[str, ...]
    reason: str

    def to_dict(self) -> dict[str, Any]:
        """The classification in JSON."""
        return plain(self)
