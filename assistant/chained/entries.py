"""One entry of a hash-chained record, its bytes and its hash. Knows no files."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from ingest.text import clean

# What stands for the hash of the entry before the first one.
NOTHING = "0" * 64
_FIELDS = ("number", "time", "user", "kind", "body", "previous")


def canonical(value: Any) -> bytes:
    """The one way in which a value is written: keys sorted, no blanks, UTF-8, no NaN.

    Floats are written with the fewest digits that give the same float back.

    >>> canonical({"b": 0.1, "a": ("ü", None)}).decode()
    '{"a":["ü",null],"b":0.1}'
    """
    text = json.dumps(
        value, sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False
    )
    return text.encode()


def storable(value: Any) -> Any:
    """A value with its texts as UTF-8 can hold them (no lone surrogates) and tuples as lists."""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, Mapping):
        return {clean(str(key)): storable(entry) for key, entry in value.items()}
    if isinstance(value, list | tuple):
        return [storable(entry) for entry in value]
    return value


@dataclass(frozen=True)
class Entry:
    """One line of a chained record: a search record of a project, or the audit log.

    Attributes:
        number: 1-based, without gaps.
        time: ISO, in UTC. user: as given or as the system says. kind: what was done.
        body: what belongs to the kind, JSON values only (docs/projects.md, docs/audit.md).
        previous: hash of the entry before, NOTHING for the first.
    """

    number: int
    time: str
    user: str
    kind: str
    body: Mapping[str, Any]
    previous: str

    @cached_property
    def hash(self) -> str:
        """SHA-256 over the canonical form of all fields but itself, 64 hexadecimal digits."""
        return hashlib.sha256(self._written(b"")).hexdigest()

    def to_dict(self) -> dict[str, Any]:
        """The entry in JSON."""
        return {**{name: getattr(self, name) for name in _FIELDS}, "hash": self.hash}

    def line(self) -> bytes:
        """The entry as it stands in the record: canonical(to_dict()) with a line break."""
        return self._written(b'"hash":"%s",' % self.hash.encode()) + b"\n"

    def _written(self, hash_: bytes) -> bytes:
        """The canonical form with a piece after the body, where "hash" is in the alphabet."""
        names = (name for name in _FIELDS if name != "body")
        rest = canonical({name: getattr(self, name) for name in names})
        return b'{"body":%s,%s%s' % (self._body, hash_, rest[1:])

    @cached_property
    def _body(self) -> bytes:
        return canonical(self.body)


def read_line(line: bytes) -> Entry | None:
    """The entry of a line without its line break; None for a line that is not as we write it.

    Every changed byte makes it None: the hash covers the values, the canonical form the rest.
    """
    try:
        value = json.loads(line)
        fields = {name: value[name] for name in _FIELDS}
        entry = Entry(**fields)
        typed = isinstance(entry.number, int) and isinstance(entry.body, dict)
        return entry if typed and entry.line() == line + b"\n" else None
    except (ValueError, KeyError, TypeError, RecursionError):
        return None
