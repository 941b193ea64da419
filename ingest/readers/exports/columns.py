"""What the columns of a table are by their names, and what a header row therefore is.

Names are compared without case, blanks and punctuation.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.readers.exports.column_names import COLUMNS

# Columns that no other table than one of patents has.
_OF_PATENTS = frozenset(
    "applicants|assignees|inventors|inventors with commas|cpc|ipc|application number|filing date"
    "|grant date|priority numbers|priority dates|earliest priority|claims|independent claims"
    "|first claim|family members|family number|kind".split("|")
)
_NUMBERS = frozenset(["number", "laid-open number", "registration number"])


@dataclass(frozen=True)
class Columns:
    """What a header row says. names: all of them; places: field -> columns, the best first.

    kind: "patents", "records" (the BEIR layout) or "literature" (titles with abstracts).
    """

    names: tuple[str, ...]
    places: dict[str, tuple[int, ...]]
    kind: str


def column_key(name: str) -> str:
    """A column's name without case, blanks and punctuation.

    >>> column_key("CPC - Current") == column_key("cpc_current")
    True
    >>> column_key("#"), column_key("_id")
    ('#', '_id')
    """
    plain = unicodedata.normalize("NFKC", name).strip().casefold()
    return re.sub(r"[\W_]+", "", plain) if plain not in ("_id", "#") else plain


_FIELDS = {
    column_key(name): (field, rank)
    for field, names in COLUMNS.items()
    for rank, name in reversed(list(enumerate(names)))
}


def recognise(header: Sequence[str]) -> Columns | None:
    """The columns of a header row; None if it is no header that is known.

    A table of patents names numbers or titles beside another column that only patents have.

    >>> recognise(["Publication Number", "Title", "CPC"]).kind
    'patents'
    >>> recognise(["_id", "text"]).kind, recognise(["Sample", "Capacity (mAh/g)", "Title"])
    ('records', None)
    """
    found: dict[str, list[tuple[int, int]]] = {}
    for place, name in enumerate(header):
        field, rank = _FIELDS.get(column_key(name), ("", 0))
        if field:
            found.setdefault(field, []).append((rank, place))
    kind = _kind(frozenset(found))
    if kind is None:
        return None
    places = {field: tuple(place for _, place in sorted(ranked)) for field, ranked in found.items()}
    return Columns(tuple(header), places, kind)


def _kind(fields: frozenset[str]) -> str | None:
    readable = fields & {"title", "abstract", "claims", "first claim", "description"}
    of_patents = fields & _OF_PATENTS
    if "text" in fields and fields & {"record id", "title"}:
        return "records"
    if "record id" in fields and "title" in fields:
        return "records"
    if fields & _NUMBERS and (readable or len(of_patents) >= 2):
        return "patents"
    if "title" in fields and len(of_patents) >= 2:
        return "patents"
    if "abstract" in fields and ("title" in fields) and len(of_patents) == 1:
        return "patents"
    return "literature" if {"title", "abstract"} <= fields else None
