"""The lines of a greenbook file: groups (`INVT`) of fields (`NAM  ...`) with continued values."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

_TAG = re.compile(r"([A-Z][A-Z0-9]{2}[A-Z0-9]?)(?: {1,3}(.*))?$")
# Groups have four letters and no value of their own.
_GROUP = re.compile(r"[A-Z]{4}\s*$")


@dataclass
class Group:
    """A group and its fields in order: (tag, lines of the value)."""

    tag: str
    fields: list[tuple[str, list[str]]] = field(default_factory=list)

    def first(self, tag: str) -> str:
        """The first value of a field on one line, blanks inside it kept; "" if there is none."""
        return next(iter(self.all(tag)), "")

    def all(self, tag: str) -> list[str]:
        """All values of a field."""
        return [joined(lines) for name, lines in self.fields if name == tag]


def joined(lines: list[str]) -> str:
    """A value whose lines were broken to fit, on one line."""
    return " ".join(line.strip() if at else line.rstrip() for at, line in enumerate(lines)).strip()


def groups(text: str) -> Iterator[Group]:
    r"""The groups of one patent.

    >>> [g] = groups("INVT\nNAM  Vik; Sara\nSTR  1 Long\n      Street\n")
    >>> g.tag, g.first("STR")
    ('INVT', '1 Long Street')
    """
    group: Group | None = None
    for line in text.splitlines():
        if _GROUP.fullmatch(line):
            if group is not None:
                yield group
            group = Group(line.strip())
            continue
        match = _TAG.match(line)
        if group is None or not line.strip():
            continue
        if match and len(match[1]) == 3:
            group.fields.append((match[1], [match[2] or ""]))
        elif group.fields:
            group.fields[-1][1].append(line)
    if group is not None:
        yield group
