"""Rows whose cells stand in the wrong columns: what belongs to none is listed, not taken."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from ingest.errors import Malformed
from ingest.readers.exports.row_number import NUMBER_FIELDS
from ingest.readers.exports.values import days, publication, written_numbers

DATE_FIELDS = ("publication date", "filing date", "earliest priority", "grant date")
_WITHOUT_DATE = 12  # "unknown", "n/a" and the like are shorter; a title in their place is not.
_NOTHING = re.compile(r"\W*(?:n/?a|none|null|nan|unknown|not available|tbd|pending)?\W*", re.I)
# Fields that never hold a publication number alone, unlike a column of citations or families.
_NEVER_NUMBERS = (
    *DATE_FIELDS, "title", "abstract", "applicants", "assignees", "inventors",
    "inventors with commas", "cpc", "ipc", "country", "kind", "claims", "description", "language",
)  # fmt: skip

Values = Mapping[str, Sequence[str]]


def check_width(cells: Sequence[str], names: Sequence[str]) -> None:
    """Raises Malformed for filled cells without a column, or columns without a cell."""
    extra = any(cell.strip() for cell in cells[len(names) :])
    missing = any(name.strip() for name in names[len(cells) :])
    if extra or missing:
        raise Malformed(
            f"{len(cells)} cells where the header has {len(names)}: its columns are shifted"
        )


def check_places(values: Values) -> None:
    """Raises Malformed where text stands for a date, or no number for a number.

    values: field -> its cells. A number that cannot be read alone is no proof: "P-17" may be one.

    >>> check_places({"number": ["A cell"], "publication date": ["Ohm"]})
    Traceback (most recent call last):
    ingest.errors.Malformed: no number and no date where they belong: its columns are shifted
    """
    for name in DATE_FIELDS:
        for cell in values.get(name, ()):
            if len(cell.strip()) > _WITHOUT_DATE and not re.search(r"\d", cell):
                raise Malformed(f"text where a {name} belongs: its columns are shifted")
    numbers = list(_filled(values, NUMBER_FIELDS))
    if not numbers or any(map(_may_be_number, numbers)):
        return
    if any(not _may_be_date(cell) for cell in _filled(values, DATE_FIELDS)):
        raise Malformed("no number and no date where they belong: its columns are shifted")
    if any(_is_publication(cell) for cell in _filled(values, _NEVER_NUMBERS)):
        raise Malformed("the number stands in another column: its columns are shifted")


def _filled(values: Values, fields: Sequence[str]) -> Iterator[str]:
    cells = (cell.strip() for field in fields for cell in values.get(field, ()))
    return (cell for cell in cells if not _NOTHING.fullmatch(cell))


def _may_be_number(cell: str) -> bool:
    """Whether a cell holds a publication or at least digits as long as one's."""
    return bool(
        re.search(r"\d{4}", re.sub(r"(?<=\d)[\s,./-]+(?=\d)", "", cell))
        or any(map(publication, written_numbers(cell)))
    )


def _may_be_date(cell: str) -> bool:
    return any(days(cell)) or re.search(r"\b(?:19|20)\d{2}\b", cell) is not None


def _is_publication(cell: str) -> bool:
    return len(cell) < 30 and re.match(r"[A-Za-z]{2}", cell) is not None and bool(publication(cell))
