"""Which publication a row is: its own number, or the laid-open or granted one of those it names."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ingest.readers.exports.columns import Columns
from ingest.readers.exports.values import day, days, publication, written_numbers
from ingest.text import one_line

NUMBER_FIELDS = ("number", "laid-open number", "registration number")
_HANGUL = re.compile("[가-힣]")
_KOREAN = re.compile(r"[1-4]0-\d{4}-\d{7}|[1-4]0(?:19|20)\d{9}|[1-4]0-?\d{7}(?:-?0000)?")
# The register adds four zeros to a registration number.
_KOREAN_REGISTERED = re.compile(r"([1-4]0-?\d{7})-?0000")
_GRANTED = re.compile(r"(?!US|CN)..[BCYSEP]\d?|US[BCSEP]\d?|USA|CN[BCYSU]\d?|[BCYSEP]\d?")
# The tables of PatentsView hold US patents only, and name neither country nor office.
_PATENTSVIEW = frozenset(
    "patent_date patent_title patent_abstract patent_type patent_kind wipo_kind".split()
)

Values = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class Publication:
    """What a row says of itself. number: canonical; country: WIPO ST.3 or ""; date: ISO."""

    number: str | None
    country: str
    date: str | None


def row_publication(values: Values, columns: Columns) -> Publication:
    """The publication that a row describes. values: field -> its cells, the best column first.

    A kind code of grants belongs to the registration's number and date, any other one to those
    of the laid-open application; none is put on the number of the other.
    """
    country, kind = row_country(values, columns), _kind(values)
    granted = _GRANTED.fullmatch(country + kind) is not None
    field, registered = "number", False
    if not _numbered(values, "number"):
        laid_open = _numbered(values, "laid-open number")
        registered = bool(_numbered(values, "registration number")) and (granted or not laid_open)
        field = "registration number" if registered else "laid-open number"
        kind = kind if granted == registered else ""
    cell = _numbered(values, field)
    numbers = written_numbers(cell)
    if not numbers:
        named = publication(_first(values, "id")) or publication(_first(values, "document id"))
        return Publication(named, country, _date(values, named, 0))
    written = numbers[0]
    if registered and country == "KR":
        written = _KOREAN_REGISTERED.sub(r"\1", written)
    number = publication(written, country, kind)
    if registered:
        date = day(_first(values, "grant date"))
        if date is None and not _numbered(values, "laid-open number"):
            date = _date(values, number, len(numbers))
        return Publication(number, country, date)
    return Publication(number, country, _date(values, number, len(numbers)))


def row_country(values: Values, columns: Columns) -> str:
    """The country of a row: as a column says it, or as its columns' names leave no doubt."""
    country = one_line(_first(values, "country")).upper()
    if re.fullmatch(r"[A-Z]{2}", country):
        return country
    if "country" in columns.places:
        return ""
    for field in NUMBER_FIELDS:
        for place, cell in zip(columns.places.get(field, ()), values.get(field, ()), strict=False):
            if _HANGUL.search(columns.names[place]) and _KOREAN.fullmatch(cell.strip()):
                return "KR"
    names = {name.strip() for name in columns.names}
    return "US" if "patent_id" in names and len(names & _PATENTSVIEW) >= 2 else ""


def _kind(values: Values) -> str:
    kind = one_line(_first(values, "kind")).upper()
    return kind if re.fullmatch(r"[A-Z]\d?", kind) else ""


def _date(values: Values, number: str | None, numbers: int) -> str | None:
    """That of the row's first number; a date of grant is one of publication for grants only."""
    found = days(_first(values, "publication date"))
    if found and len(found) == max(1, numbers):
        return found[0]
    if not found and re.search(r"\d[BC]\d?$", number or ""):
        return day(_first(values, "grant date"))
    return None


def _first(values: Values, name: str) -> str:
    return next((cell for cell in values.get(name, ()) if cell.strip()), "")


def _numbered(values: Values, name: str) -> str:
    """The first cell with a digit: "-" or "none" stands where a publication has no number."""
    cells = (cell for cell in values.get(name, ()) if re.search(r"\d", cell))
    return next(cells, "")
