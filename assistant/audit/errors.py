"""What can go wrong with the audit log.

AuditError
├── AuditNotWritten  an entry cannot be written, so what it was to permit is refused
├── AuditBroken      the log is not what its head says; nothing is added to it
├── AuditBusy        another process keeps the log locked
└── BadAudit         an entry, a date or a number that the log cannot take
"""

from __future__ import annotations

from assistant.errors import AssistantError


class AuditError(AssistantError):
    """Base of every stated error of the audit log."""


class AuditNotWritten(AuditError):
    """An entry cannot be written, so what it was to permit is refused."""


class AuditBroken(AuditError):
    """The log is not what its head says."""


class AuditBusy(AuditNotWritten):
    """Another process keeps the log locked."""


class BadAudit(AuditError):
    """An entry, a date or a number that the log cannot take."""
