"""A record in the shape of BigQuery's table `patents-public-data.patents.publications`."""

from __future__ import annotations

import re
from typing import Any

from ingest.facts import Priority, Reference
from ingest.readers.bibliography import iso_date, unique
from ingest.readers.exports.entry import Entry
from ingest.readers.exports.lens import CITED_BY, language_of, localized, text_of
from ingest.readers.exports.values import docdb_family, publication, symbols, texts
from ingest.text import one_line

# US-2016336597-A1 as DOCDB writes an application: country, number, kind of application.
_DOCDB = re.compile(r"([A-Z]{2})-([0-9A-Z./]+)-([A-Z]\d?)")


def is_bigquery(record: dict[str, Any]) -> bool:
    """Whether a record has the columns of that table."""
    own = {"title_localized", "abstract_localized", "claims_localized", "description_localized"}
    own |= {"assignee_harmonized", "inventor_harmonized"}
    return "publication_number" in record and not own.isdisjoint(record)


def bigquery_entry(record: dict[str, Any]) -> Entry:
    """The record. Dates are numbers of eight digits, 0 where unknown."""
    claims = localized(record.get("claims_localized"))[:1]
    description = localized(record.get("description_localized"))[:1]
    abstracts = localized(record.get("abstract_localized"))
    number = publication(text_of(record, "publication_number"))
    country = text_of(record, "country_code").upper()
    filing_date = iso_date(text_of(record, "filing_date"))
    application = _filing(text_of(record, "application_number"), filing_date)
    return Entry(
        number=number,
        country=country if re.fullmatch("[A-Z]{2}", country) else None,
        titles=localized(record.get("title_localized")),
        abstracts=abstracts,
        assignees=_names(record, "assignee"),
        inventors=_names(record, "inventor"),
        application=application,
        application_number=text_of(record, "application_number") or None,
        filings=_priorities(record.get("priority_claim")),
        priority_date=iso_date(text_of(record, "priority_date")),
        filing_date=filing_date,
        publication_date=iso_date(text_of(record, "publication_date")),
        cpc=symbols("\n".join(texts(record.get("cpc")))),
        ipc=symbols("\n".join(texts(record.get("ipc")))),
        claims=tuple(claim.text for claim in claims),
        description=description[0].text if description else "",
        references=_references(record.get("citation")),
        family=docdb_family(text_of(record, "family_id")),
        language=language_of(claims, description, abstracts),
    )


def _names(record: dict[str, Any], key: str) -> tuple[str, ...]:
    named = texts(record.get(f"{key}_harmonized")) or texts(record.get(key))
    return unique(map(one_line, named))


def _filing(written: str, dated: str | None) -> tuple[Priority, str] | None:
    match = _DOCDB.fullmatch(written.upper())
    if match is None:
        return None
    country, number, kind = match.groups()
    if kind == "W":
        return Priority("WO", country + number, dated), kind
    return Priority(country, number, dated), kind


def _mappings(value: Any) -> list[dict[str, Any]]:
    return [v for v in value if isinstance(v, dict)] if isinstance(value, list) else []


def _priorities(value: Any) -> tuple[tuple[Priority, str], ...]:
    found = (
        _filing(text_of(claim, "application_number"), iso_date(text_of(claim, "filing_date")))
        for claim in _mappings(value)
    )
    return tuple(dict.fromkeys(filing for filing in found if filing))


def _references(value: Any) -> tuple[Reference, ...]:
    found = []
    for citation in _mappings(value):
        category = text_of(citation, "category").upper()
        cited_by = CITED_BY.get(category, category.lower() or None)
        written, literature = text_of(citation, "publication_number"), text_of(citation, "npl_text")
        if written:
            found.append(Reference(publication(written), written, "patent", cited_by))
        elif literature:
            found.append(Reference(None, literature, "literature", cited_by))
    return tuple(dict.fromkeys(found))
