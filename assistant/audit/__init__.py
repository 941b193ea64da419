"""The audit log: who saw and exported what, and when. Chained by hashes, without any text."""

from assistant.audit.audited import Audited
from assistant.audit.log import AuditLog
from assistant.audit.query import Wanted
from assistant.audit.recorder import Recorder
from assistant.audit.records import Act, Visitor
from assistant.audit.saw import computing, exporting, exporting_ids, saw, unrecorded, watched
from assistant.audit.switch import audit_of, local_visitor

__all__ = [
    "Act",
    "AuditLog",
    "Audited",
    "Recorder",
    "Visitor",
    "Wanted",
    "audit_of",
    "computing",
    "exporting",
    "exporting_ids",
    "local_visitor",
    "saw",
    "unrecorded",
    "watched",
]
