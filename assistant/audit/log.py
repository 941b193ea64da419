"""The audit log: entries are on the disk before what they permit is shown.

Threads that come while another one writes are written together by the next, in one step.
"""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from assistant.audit.errors import AuditError, AuditNotWritten
from assistant.audit.files import FOLDER, locked
from assistant.audit.key import key_check, make_key, query_hash, read_key
from assistant.audit.lists import INLINE, keep, packed, read_list
from assistant.audit.move import move_away
from assistant.audit.query import Wanted, accesses
from assistant.audit.records import Access, Act, Rotation, Visitor
from assistant.audit.repair import repair
from assistant.audit.verify import Verified, verify
from assistant.audit.writer import Draft, Writer
from assistant.chained.files import make_folder

_MOST = 500  # entries that are written in one step


@dataclass
class _Waiting:
    """An entry on its way to the disk."""

    draft: Draft
    query: str | None
    lists: Mapping[str, bytes] = field(default_factory=dict)
    number: int | None = None
    error: AuditError | None = None


class AuditLog:
    """The audit log of an index. Safe for several threads and processes.

    Example:
        log = AuditLog(Path("library"))
        number = log.add(Visitor.of(identity), Act("show", {"shown": (document_id,)}, count=1))
        assert log.verify().ok
    """

    def __init__(self, index: Path, rotation: Rotation | None = None) -> None:
        self.folder = Path(index) / FOLDER
        self._writer = Writer(self.folder, rotation or Rotation())
        self._changed = threading.Condition()
        self._waiting: list[_Waiting] = []
        self._writing = False
        self._kept: dict[str, None] = {}

    def create(self) -> None:
        """Make its folder, for its owner only, where there is none. Raises AuditNotWritten."""
        try:
            make_folder(self.folder)
        except OSError as error:
            raise self._not_written(error) from error

    def add(self, visitor: Visitor, act: Act) -> int:
        """Have an entry on the disk; its number. Whatever it permits may be shown after that.

        Raises AuditNotWritten, AuditBusy, AuditBroken: then nothing may be shown.
        """
        waiting = self._prepared(visitor, act)
        with self._changed:
            self._waiting.append(waiting)
            while waiting.number is None and waiting.error is None:
                if self._writing:
                    self._changed.wait()
                    continue
                batch, self._waiting = self._waiting[:_MOST], self._waiting[_MOST:]
                self._writing = True
                self._changed.release()
                try:
                    self._write(batch)
                finally:
                    self._changed.acquire()
                    self._writing = False
                    self._changed.notify_all()
        if waiting.error is not None:
            raise waiting.error
        assert waiting.number is not None
        return waiting.number

    def entries(self, wanted: Wanted | None = None) -> Iterator[Access]:
        """The accesses that are wanted, the oldest first, read as they are needed."""
        return accesses(self.folder, wanted or Wanted())

    def listed(self, name: str) -> frozenset[str]:
        """The ids of a long list that an entry names. Raises AuditBroken."""
        return read_list(self.folder, name)

    def query_hash(self, text: str) -> str | None:
        """What an entry has for a question; None where the key was deleted."""
        key = read_key(self.folder)
        return query_hash(key, text) if key else None

    def verify(self, head: str | None = None, elsewhere: Sequence[Path] = ()) -> Verified:
        """Check every byte.

        head: the hash of an earlier check, 16 digits at least, whose entry must still be there.
        elsewhere: folders that old files were moved to. Raises AuditBusy, BadAudit.
        """
        return verify(self.folder, head, elsewhere)

    def rotate(self, *, compress: bool = False, to: Path | None = None) -> list[str]:
        """Begin a new file, and compress older ones or move them to a folder; their names."""
        with self._exclusive():
            check = key_check(read_key(self.folder) or make_key(self.folder))
            self._writer.add([], check, anew=True)
            return move_away(self._writer, check, to) if compress or to else []

    def repair(self, visitor: Visitor) -> int:
        """Close a broken log as it stands and begin a new part that says so; its first number.

        Raises BadAudit where nothing is broken.
        """
        finding = self.verify().finding
        with self._exclusive():
            check = key_check(read_key(self.folder) or make_key(self.folder))
            return repair(self.folder, finding, visitor, check)

    def _prepared(self, visitor: Visitor, act: Act) -> _Waiting:
        """The entry without what needs the lock; long lists as they will be kept."""
        short = {part: list(ids) for part, ids in act.documents.items() if 0 < len(ids) <= INLINE}
        long = {part: packed(ids) for part, ids in act.documents.items() if len(ids) > INLINE}
        values: dict[str, Any] = {
            "role": visitor.role,
            "how": visitor.how,
            "address": visitor.address,
            "documents": short or None,
            "listed": {part: name for part, (name, _) in long.items()} or None,
            "count": act.count,
            "format": act.format,
            "page": act.page,
            "about": act.about,
        }
        body = {name: value for name, value in values.items() if value is not None}
        return _Waiting(Draft(visitor.name, act.action, body), act.query, dict(long.values()))

    def _write(self, batch: Sequence[_Waiting]) -> None:
        """Write a batch; every entry of it then has a number or an error."""
        error: AuditError | None = AuditNotWritten("the audit log was interrupted")
        try:
            with self._exclusive():
                key = read_key(self.folder) or make_key(self.folder)
                for one in batch:
                    self._keep(one.lists)
                numbers = self._writer.add([_draft(one, key) for one in batch], key_check(key))
            for one, number in zip(batch, numbers, strict=True):
                one.number = number
            error = None
        except AuditError as stated:
            error = stated
        finally:
            for one in batch:
                one.error = error

    def _keep(self, lists: Mapping[str, bytes]) -> None:
        for name, data in lists.items():
            if name not in self._kept:
                keep(self.folder, name, data)
                self._kept[name] = None

    @contextlib.contextmanager
    def _exclusive(self) -> Iterator[None]:
        """The log locked, and what the system says as an error of ours."""
        try:
            with locked(self.folder):
                yield
        except OSError as error:
            raise self._not_written(error) from error

    def _not_written(self, error: OSError) -> AuditNotWritten:
        return AuditNotWritten(
            f"nothing can be written to the audit log {self.folder}: {error.strerror or error}; "
            "nothing is shown that cannot be recorded. Make room or give the right to write, then "
            "try again"
        )


def _draft(waiting: _Waiting, key: bytes) -> Draft:
    """The entry with the hash of what was asked."""
    if waiting.query is None:
        return waiting.draft
    body = {**waiting.draft.body, "query": query_hash(key, waiting.query)}
    return replace(waiting.draft, body=body)
