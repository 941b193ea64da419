"""A row of an export's table as a record: each known column read as what it is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from ingest.facts import Priority, Reference, Title
from ingest.readers.exports.columns import Columns, column_key
from ingest.readers.exports.entry import Entry, in_language
from ingest.readers.exports.row_number import row_publication
from ingest.readers.exports.values import (
    cited_patents,
    day,
    days,
    docdb_family,
    filed,
    names,
    persons,
    pieces,
    plain_markup,
    publication,
    symbols,
    written_numbers,
)
from ingest.text import one_line

_NAMED_LANGUAGE = {"english": "en"}


def row_entry(values: Mapping[str, Sequence[str]], columns: Columns) -> Entry:
    """The record in a row. values: field -> its cells, the best column first."""
    own = row_publication(values, columns)
    country, number = own.country, own.number
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
        publication_date=own.date,
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


def _filled(values: Mapping[str, Sequence[str]], name: str) -> list[str]:
    return [cell for cell in values.get(name, ()) if cell.strip()]


def _first(values: Mapping[str, Sequence[str]], name: str) -> str:
    return next(iter(_filled(values, name)), "")


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
    return docdb_family(_first(values, "family number")) or family_of(
        written_numbers(_first(values, "family members"))
    )


def family_of(members: Iterable[str]) -> str | None:
    """A key that all members of a simple family share: the first publication in order.

    >>> family_of(["US 2015/0123456 A1", "EP 3456789 A1"])
    'EP3456789A1'
    """
    return min(filter(None, map(publication, members)), default=None)
