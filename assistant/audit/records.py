"""What an entry of the audit log says: who, what, which documents by id. Never any text."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from assistant.accounts.records import Identity
from assistant.audit.errors import BadAudit

# Of documents; the walk of the public methods in audited.py and library.py uses these.
OF_DOCUMENTS = (
    "search", "ask", "follow_up", "show", "summarize", "evidence", "page_image", "chart", "claim",
    "dates", "family", "citations", "neighbours", "picture", "list", "facts", "rejected",
    "project", "replay", "alerts", "export", "upload", "ingest", "remove", "relabel",
)  # fmt: skip
# Of accounts and of the index as a whole; only these say `about`.
OF_ACCOUNTS = (
    "sign_in", "sign_in_failed", "sign_out", "locked_out", "key_made", "key_revoked",
    "account_added", "account_changed", "account_removed", "password_changed", "set_up",
    "reembed", "snapshot", "restore", "audit_on", "audit_read",
)  # fmt: skip
# Of the log itself; only the log writes these.
OF_THE_LOG = ("opened", "recovered", "archived", "repaired")
ACTIONS = (*OF_DOCUMENTS, *OF_ACCOUNTS, *OF_THE_LOG)
# What a document was in an access.
PARTS = ("shown", "subject", "listed", "exported", "added", "removed", "relabelled")
_ABOUT = re.compile(r"[^\x00-\x1f\x7f]{1,200}")
_FORMAT = re.compile(r"[a-z0-9]{1,8}")
_ADDRESS = re.compile(r"[0-9A-Fa-f:.%a-z]{1,60}")


@dataclass(frozen=True)
class Visitor:
    """Who an access comes from.

    Attributes:
        name: of the account. role: its role; None where nobody is signed in.
        how: as Identity.how. address: of the client as the server saw it, None where unknown.
    """

    name: str
    role: str | None
    how: str
    address: str | None = None

    @classmethod
    def of(cls, identity: Identity, address: str | None = None) -> Visitor:
        """The visitor with an identity. An address of another form than an IP's is left out."""
        return cls(identity.name, identity.role, identity.how, _address(address))

    @classmethod
    def nobody(cls, how: str, address: str | None = None) -> Visitor:
        """Whoever is not signed in, as at a failed attempt to be."""
        return cls("", None, how, _address(address))


def _address(text: str | None) -> str | None:
    return text if text is not None and _ADDRESS.fullmatch(text) else None


@dataclass(frozen=True)
class Act:
    """What is done. Everything but ids and the name in `about` stays out of the log.

    Attributes:
        action: one of OF_DOCUMENTS or OF_ACCOUNTS.
        documents: ids by what they were, PARTS.
        count: of results, None where that means nothing.
        query: the text that was asked, of which only a keyed hash is written; None for none.
        format: of an export or a picture, such as "xlsx". page: 1-based, of a page image.
        about: name of an account or a key, id of a snapshot; OF_ACCOUNTS only. Never what somebody
            typed where no such account is: people type passwords there.
    """

    action: str
    documents: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    count: int | None = None
    query: str | None = None
    format: str | None = None
    page: int | None = None
    about: str | None = None

    def __post_init__(self) -> None:
        """Raises BadAudit for what the log cannot take."""
        if self.action not in (*OF_DOCUMENTS, *OF_ACCOUNTS):
            raise BadAudit(f"no action {self.action!r}; choose from {', '.join(ACTIONS)}")
        if unknown := set(self.documents) - set(PARTS):
            raise BadAudit(f"documents are {', '.join(PARTS)}; not {', '.join(sorted(unknown))}")
        if self.format is not None and not _FORMAT.fullmatch(self.format):
            raise BadAudit("a format is up to 8 small letters and digits, such as xlsx")
        if self.about is not None:
            if self.action not in OF_ACCOUNTS:
                raise BadAudit(f"an entry of {self.action} names documents by id and nothing else")
            if not _ABOUT.fullmatch(self.about):
                raise BadAudit("what an entry is about has 1 to 200 visible characters")


@dataclass(frozen=True)
class Access:
    """An entry as read from the log.

    Attributes:
        number: 1-based, without gaps. time: ISO, in UTC. hash: of the entry.
        documents: ids by what they were. listed: SHA-256 names, by what they were, of long lists
            that are kept apart (AuditLog.listed).
        query: 32 hexadecimal digits of the keyed hash of what was asked.
        detail: of entries that the log writes about itself; else None.
    """

    number: int
    time: str
    name: str
    role: str | None
    how: str | None
    address: str | None
    action: str
    documents: Mapping[str, tuple[str, ...]]
    listed: Mapping[str, str]
    count: int | None
    query: str | None
    format: str | None
    page: int | None
    about: str | None
    detail: Mapping[str, Any] | None
    hash: str

    def to_dict(self) -> dict[str, Any]:
        """The entry in JSON; `listed` names long lists."""
        values = dict(vars(self))
        values["documents"] = {part: list(ids) for part, ids in self.documents.items()}
        values["listed"] = dict(self.listed)
        values["detail"] = dict(self.detail) if self.detail is not None else None
        return values


@dataclass(frozen=True)
class Rotation:
    """When a new file is begun. bytes: of a file, at least 1. period: "day", "month" or "year"."""

    bytes: int = 64 * 1024 * 1024
    period: str = "month"

    def begun(self, time: str) -> str:
        """The period that an ISO time lies in.

        >>> Rotation().begun("2031-05-17T09:00:00+00:00")
        '2031-05'
        """
        return time[: {"year": 4, "month": 7, "day": 10}[self.period]]
