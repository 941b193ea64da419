"""A row of an export's table as a record: each known column read as what it is."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from ingest.errors import Malformed, NoText
from ingest.facts import Priority, Reference, Title
from ingest.readers.exports.columns import Columns, column_key
from ingest.readers.exports.entry import Entry, entry_document, in_language
from ingest.readers.exports.seen import SeenRecords
from ingest.readers.exports.values import (
    cited_patents,
    day,
    days,
    filed,
    names,
    persons,
    pieces,
    plain_markup,
    publication,
    symbols,
    written_numbers,
)
from ingest.records import Document
from ingest.text import one_line

_DATES = ("publication date", "filing date", "earliest priority", "grant date")
_WITHOUT_DATE = 12  # "unknown", "n/a" and the like are shorter; a title in their place is not.
_NAMED_LANGUAGE = {"english": "en"}


@dataclass
class RowReader:
    """Makes the documents of one table's rows; of each it keeps no more than a digest."""

    columns: Columns
    seen: SeenRecords = field(default_factory=SeenRecords)

    def document(self, cells: Sequence[str]) -> tuple[Document, str]:
        """The document of a row and the SHA-256 of what the row says.

        Raises Malformed where its columns are shifted, NoText without any text, DuplicateId.
        """
        width = len(self.columns.names)
        self._check_width(cells, width)
        digest = self._digest(cells)
        values = {
            name: [cells[place] for place in places if place < len(cells)]
            for name, places in self.columns.places.items()
        }
        self._check_dates(values)
        entry = row_entry(values, self.columns)
        document = entry_document(entry, entry.identity or digest[:16])
        if document is None:
            raise NoText("the row has no title, abstract, claims or description")
        self.seen.note(entry.identity or entry.number or one_line(_first(values, "id")))
        return document, digest

    def _check_width(self, cells: Sequence[str], width: int) -> None:
        extra = sum(1 for cell in cells[width:] if cell.strip())
        missing = any(name.strip() for name in self.columns.names[len(cells) :])
        if extra or missing:
            raise Malformed(
                f"{len(cells)} cells where the header has {width}: its columns are shifted"
            )

    def _digest(self, cells: Sequence[str]) -> str:
        """Of the filled cells and their names; an export's own row count is left out."""
        counted = self.columns.places.get("row number", ())
        filled = [
            f"{column_key(name)}\x1f{cell.strip()}"
            for place, (name, cell) in enumerate(zip(self.columns.names, cells, strict=False))
            if cell.strip() and place not in counted
        ]
        return hashlib.sha256("\x1e".join(filled).encode("utf-8", "replace")).hexdigest()

    @staticmethod
    def _check_dates(values: Mapping[str, Sequence[str]]) -> None:
        for name in _DATES:
            for cell in values.get(name, ()):
                if len(cell.strip()) > _WITHOUT_DATE and not re.search(r"\d", cell):
                    raise Malformed(f"text where a {name} belongs: its columns are shifted")


def row_entry(values: Mapping[str, Sequence[str]], columns: Columns) -> Entry:
    """The record in a row. values: field -> its cells, the best column first."""
    country = _country(values)
    numbers = written_numbers(_first(values, "number"))
    number = _number(values, numbers, country)
    filing_date = day(_first(values, "filing date"))
    application = _first(values, "application number")
    entry = Entry(
        identity=one_line(_first(values, "record id")),
        patent=columns.kind == "patents" or _is_patent(values, number),
        number=number,
        country=country or None,
        titles=_titles(values, columns),
        applicants=names(_first(values, "applicants")),
        assignees=names(_first(values, "assignees")),
        inventors=names(_first(values, "inventors"))
        or persons(_first(values, "inventors with commas")),
        authors=names(_first(values, "authors")),
        application=_application(application, country, filing_date),
        application_number=re.sub(r"\s+", "", application) or None,
        filings=_filings(values),
        priority_date=min(filter(None, days(_first(values, "earliest priority"))), default=None),
        filing_date=filing_date,
        publication_date=_publication_date(values, number, len(numbers)),
        cpc=symbols("\n".join(_filled(values, "cpc"))),
        ipc=symbols("\n".join(_filled(values, "ipc"))),
        references=_references(values),
        family=_family(values),
        document_type=_first(values, "document type"),
        language=in_language(_first(values, "language"), "").language,
    )
    return _with_texts(entry, values)


def _with_texts(entry: Entry, values: Mapping[str, Sequence[str]]) -> Entry:
    abstract, claims = _first(values, "abstract"), _first(values, "claims")
    independent = "" if claims else _first(values, "independent claims")
    return replace(
        entry,
        abstracts=(Title(None, plain_markup(abstract)),) if abstract else (),
        body=_first(values, "text"),
        claims=tuple(plain_markup(text) for text in (claims or independent,) if text),
        independent_claims=bool(independent),
        first_claim=plain_markup(_first(values, "first claim")),
        description=plain_markup(_first(values, "description")),
    )


def _number(
    values: Mapping[str, Sequence[str]], numbers: Sequence[str], country: str
) -> str | None:
    kind = one_line(_first(values, "kind")).upper()
    kind = kind if re.fullmatch(r"[A-Z]\d?", kind) else ""
    if numbers:
        return publication(numbers[0], country, kind)
    return publication(_first(values, "id"))


def _filled(values: Mapping[str, Sequence[str]], name: str) -> list[str]:
    return [cell for cell in values.get(name, ()) if cell.strip()]


def _first(values: Mapping[str, Sequence[str]], name: str) -> str:
    return next(iter(_filled(values, name)), "")


def _country(values: Mapping[str, Sequence[str]]) -> str:
    country = one_line(_first(values, "country")).upper()
    return country if re.fullmatch(r"[A-Z]{2}", country) else ""


def _is_patent(values: Mapping[str, Sequence[str]], number: str | None) -> bool:
    telling = ("cpc", "ipc", "application number", "priority numbers", "family members")
    return number is not None or any(_first(values, name) for name in telling)


def _titles(values: Mapping[str, Sequence[str]], columns: Columns) -> tuple[Title, ...]:
    """The best title first; others only where their column names a language."""
    found: list[Title] = []
    for place, cell in zip(columns.places.get("title", ()), values.get("title", ()), strict=False):
        key = column_key(columns.names[place])
        language = next((c for word, c in _NAMED_LANGUAGE.items() if word in key), None)
        if cell.strip() and (not found or language):
            found.append(Title(language, plain_markup(cell)))
    return tuple(found)


def _application(cell: str, country: str, dated: str | None) -> tuple[Priority, str] | None:
    text = next(iter(pieces(cell)), "")
    own = filed(text, dated)
    if own is None and country and re.search(r"\d{4}", text):
        return Priority(country, one_line(text), dated), ""
    return own


def _filings(values: Mapping[str, Sequence[str]]) -> tuple[tuple[Priority, str], ...]:
    """The priorities, each with its date where the row leaves no doubt which one is whose."""
    written = written_numbers(_first(values, "priority numbers"))
    dated = days(_first(values, "priority dates")) or days(_first(values, "earliest priority"))
    if len(dated) != len(written):
        dated = [None] * len(written)
    countries = list(pieces(_first(values, "priority countries")))
    if len(countries) == len(written):
        written = [
            text if re.match(r"[A-Za-z]{2}", text) else f"{country} {text}"
            for country, text in zip(countries, written, strict=True)
        ]
    found = (filed(text, when) for text, when in zip(written, dated, strict=True))
    return tuple(dict.fromkeys(one for one in found if one))


def _publication_date(
    values: Mapping[str, Sequence[str]], number: str | None, numbers: int
) -> str | None:
    """That of the row's first number; a date of grant is one of publication for grants only."""
    found = days(_first(values, "publication date"))
    if found and len(found) == max(1, numbers):
        return found[0]
    if not found and re.search(r"\d[BC]\d?$", number or ""):
        return day(_first(values, "grant date"))
    return None


def _references(values: Mapping[str, Sequence[str]]) -> tuple[Reference, ...]:
    patents = cited_patents(_first(values, "cited patents"))
    literature = [
        Reference(None, one_line(text), "literature")
        for text in pieces(_first(values, "cited literature"))
        if re.search(r"[^\W\d_]{2}", text)  # A bare count is no citation.
    ]
    return tuple(dict.fromkeys([*patents, *literature]))


def _family(values: Mapping[str, Sequence[str]]) -> str | None:
    """DOCDB's number of the simple family, or the first of the members in order."""
    number = one_line(_first(values, "family number"))
    if re.fullmatch(r"\d{5,12}", number):
        return f"DOCDB{number}"
    return family_of(written_numbers(_first(values, "family members")))


def family_of(members: Iterable[str]) -> str | None:
    """A key that all members of a simple family share: the first publication in order.

    >>> family_of(["US 2015/0123456 A1", "EP 3456789 A1"])
    'EP3456789A1'
    """
    return min(filter(None, map(publication, members)), default=None)
