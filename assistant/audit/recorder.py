"""Writes down what one visitor sees, before he sees it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from assistant.audit.log import AuditLog
from assistant.audit.named import document_ids
from assistant.audit.records import Act, Visitor


@dataclass(frozen=True)
class Recorder:
    """The log and who is written down in it."""

    log: AuditLog
    visitor: Visitor

    def saw(self, act: Act, value: object = None, part: str = "shown") -> None:
        """Have an entry on the disk for a result that is about to be shown.

        value: a record, or several, whose documents are added to the act as `part`. The count is
        that of the documents where the act has none. Raises AuditNotWritten: then show nothing.
        """
        ids = document_ids(value)
        if ids:
            act = replace(act, documents={**act.documents, part: ids})
        if act.count is None:
            act = replace(act, count=len(ids))
        self.log.add(self.visitor, act)
