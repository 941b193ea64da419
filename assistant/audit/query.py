"""Accesses of a log that are wanted, read entry by entry in bounded memory."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from assistant.audit.errors import BadAudit
from assistant.audit.files import log_files
from assistant.audit.lists import read_list
from assistant.audit.records import ACTIONS, OF_THE_LOG, Access
from assistant.chained.entries import Entry, canonical, read_line

_LISTS_AT_HAND = 8


@dataclass(frozen=True)
class Wanted:
    """Which accesses; all that is given must hold, None holds for every one.

    Attributes:
        document: id of a document in any part. who: name of the account. action: one of ACTIONS.
        since, until: ISO date or time, in UTC where it names no zone; both inclusive, so that
            until="2031-05" ends with that month.
        query: hash of what was asked (AuditLog.query_hash).
    """

    document: str | None = None
    who: str | None = None
    since: str | None = None
    until: str | None = None
    action: str | None = None
    query: str | None = None

    def __post_init__(self) -> None:
        """Raises BadAudit for a date or an action that is none."""
        if self.action is not None and self.action not in ACTIONS:
            raise BadAudit(f"no action {self.action!r}; choose from {', '.join(ACTIONS)}")
        for name in ("since", "until"):
            text = getattr(self, name)
            if text is not None:
                object.__setattr__(self, name, _utc(text))

    def lets(self, entry: Entry) -> bool:
        """Whether all but the document holds."""
        return (
            self.who in (None, entry.user)
            and self.action in (None, entry.kind)
            and self.query in (None, entry.body.get("query"))
            and (self.since is None or entry.time >= self.since)
            and (self.until is None or entry.time[: len(self.until)] <= self.until)
        )


def accesses(folder: Path, wanted: Wanted) -> Iterator[Access]:
    """The accesses that are wanted, the oldest first.

    What is not as it was written is left out; that there is any, `verify` says. Raises AuditBroken
    where a list of documents that must be looked into is damaged.
    """

    @functools.lru_cache(_LISTS_AT_HAND)
    def members(name: str) -> frozenset[str]:
        return read_list(folder, name)

    for file in log_files(folder):
        for line in file.lines():
            if _may_name(line, wanted.document):
                entry = read_line(line.rstrip(b"\n"))
                if entry and wanted.lets(entry) and _names(entry, wanted.document, members):
                    yield access_of(entry)


def access_of(entry: Entry) -> Access:
    """An entry of the chain as an access."""
    body = entry.body
    named = {part: tuple(ids) for part, ids in body.get("documents", {}).items()}
    own = entry.kind in OF_THE_LOG
    values = ("role", "how", "address", "count", "query", "format", "page", "about")
    return Access(
        number=entry.number,
        time=entry.time,
        name=entry.user,
        action=entry.kind,
        documents=named,
        listed=body.get("listed", {}),
        detail=dict(body) if own else None,
        hash=entry.hash,
        **{name: None if own else body.get(name) for name in values},
    )


def _may_name(line: bytes, document: str | None) -> bool:
    """Whether a line can name a document, told from its bytes; read_line is thirty times dearer."""
    return document is None or canonical(document) in line or b'"listed":' in line


def _names(entry: Entry, document: str | None, members: Callable[[str], frozenset[str]]) -> bool:
    if document is None:
        return True
    if any(document in ids for ids in entry.body.get("documents", {}).values()):
        return True
    return any(document in members(name) for name in entry.body.get("listed", {}).values())


def _utc(text: str) -> str:
    """A date or time as the entries have it, as far as it goes.

    >>> _utc("2031-05-17"), _utc("2031-05"), _utc("2031-05-17T09:00+02:00")
    ('2031-05-17', '2031-05', '2031-05-17T07:00:00+00:00')
    """
    try:
        time = datetime.fromisoformat(f"{text}-01" if len(text) == len("2031-05") else text)
    except ValueError:
        raise BadAudit(f"{text!r} is no date; write it as 2031-05-17 or 2031-05-17T09:30") from None
    if time.tzinfo is None:
        return text.replace(" ", "T")
    return time.astimezone(UTC).isoformat()
