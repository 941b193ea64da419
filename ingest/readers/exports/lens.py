"""A record in the shape of the Lens.org patent API (https://docs.api.lens.org)."""

from __future__ import annotations

import re
from typing import Any

from ingest.facts import Priority, Reference, Title
from ingest.readers.bibliography import iso_date, unique, written_symbol
from ingest.readers.exports.entry import Entry, in_language, ordered
from ingest.readers.exports.rows import family_of
from ingest.readers.exports.values import plain_markup, publication, texts
from ingest.text import one_line

# Phases of DOCDB's citations, as far as they say who cites.
CITED_BY = {
    "APP": "applicant", "EXA": "examiner", "SEA": "search report", "OPP": "opponent",
    "ISR": "international search report", "SUP": "supplementary search report",
    "PRS": "pre-search", "TPO": "third party",
}  # fmt: skip


def is_lens(record: dict[str, Any]) -> bool:
    """Whether a record has the shape of Lens.org's patent API."""
    return isinstance(record.get("biblio"), dict) and ("lens_id" in record or "kind" in record)


def lens_entry(record: dict[str, Any]) -> Entry:
    """The record; what has another type than the API gives is left out."""
    biblio = record["biblio"]
    application = _filing(biblio.get("application_reference"))
    claims = _claims(record.get("claims"))
    description = localized(record.get("description"))[:1]
    abstracts = localized(record.get("abstract"))
    country = text_of(record, "jurisdiction").upper()
    parties = _mapping(biblio.get("parties"))
    ipc = _symbols(biblio, "classifications_ipcr") or _symbols(biblio, "classifications_ipc")
    priorities = _mapping(biblio.get("priority_claims"))
    earliest = _mapping(priorities.get("earliest_claim"))
    titles = localized(biblio.get("invention_title"))
    return Entry(
        number=_number(biblio.get("publication_reference")) or _number(record),
        country=country if re.fullmatch("[A-Z]{2}", country) else None,
        titles=titles,
        abstracts=abstracts,
        applicants=_names(parties.get("applicants")),
        assignees=_names(parties.get("owners_all")) or _names(parties.get("assignees")),
        inventors=_names(parties.get("inventors")),
        application=application,
        application_number=application[0].number if application else None,
        filings=tuple(f for claim in _list(priorities.get("claims")) if (f := _filing(claim))),
        priority_date=iso_date(text_of(earliest, "date")[:10]),
        filing_date=application[0].date if application else None,
        publication_date=iso_date(text_of(record, "date_published")[:10]),
        cpc=_symbols(biblio, "classifications_cpc"),
        ipc=ipc,
        claims=claims,
        description=description[0].text if description else "",
        references=_references(biblio.get("references_cited")),
        family=_family(record.get("families")),
        document_type=text_of(record, "publication_type"),
        language=language_of(description, abstracts),
    )


def localized(value: Any) -> tuple[Title, ...]:
    """Texts with their languages, English first, from `{text, lang}` or a list of such.

    >>> localized([{"text": "Zelle", "lang": "de"}, {"text": "Cell", "language": "en"}])[0]
    Title(language='en', text='Cell')
    """
    entries = value if isinstance(value, list) else [value]
    found = []
    for entry in entries:
        mapping = _mapping(entry)
        language = text_of(mapping, "lang") or text_of(mapping, "language")
        found.append(in_language(language, plain_markup("\n".join(texts(entry)))))
    return ordered(found)


def language_of(*candidates: tuple[Title, ...]) -> str | None:
    """The language of the first text there is."""
    return next((texts[0].language for texts in candidates if texts), None)


def text_of(record: dict[str, Any], key: str) -> str:
    """The one text under a key, on one line; "" where there is none."""
    return one_line(next(iter(texts(record.get(key))), ""))


def _mapping(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _number(value: Any) -> str | None:
    reference = _mapping(value)
    country = text_of(reference, "jurisdiction") or text_of(reference, "country")
    number, kind = text_of(reference, "doc_number"), text_of(reference, "kind")
    return publication(f"{country}{number} {kind}") if country and number else None


def _filing(value: Any) -> tuple[Priority, str] | None:
    reference = _mapping(value)
    country = (text_of(reference, "jurisdiction") or text_of(reference, "country")).upper()
    number, kind = text_of(reference, "doc_number"), text_of(reference, "kind").upper()
    if not number or not re.fullmatch("[A-Z]{2}", country):
        return None
    dated = iso_date(text_of(reference, "date")[:10])
    if kind == "W":
        return Priority("WO", number if number.startswith("PCT") else country + number, dated), kind
    return Priority(country, number, dated), kind


def _names(value: Any) -> tuple[str, ...]:
    found = []
    for party in _list(value):
        named = _mapping(party)
        parts = [named.get(key) for key in ("extracted_name", "name", "applicant_name")]
        found += [text for part in [*parts, party] for text in texts(part)[:1]][:1]
    return unique(map(one_line, found))


def _symbols(biblio: dict[str, Any], key: str) -> tuple[str, ...]:
    held = biblio.get(key)
    entries = held if isinstance(held, list) else _list(_mapping(held).get("classifications"))
    return unique(written_symbol(text) for text in texts(entries))


def _claims(value: Any) -> tuple[str, ...]:
    """The claims of one language: English ones where there are such."""
    sets = [_mapping(entry) for entry in (value if isinstance(value, list) else [value])]
    sets.sort(key=lambda entry: text_of(entry, "lang") != "en")
    for entry in sets:
        found = [
            "\n".join(texts(_mapping(c).get("claim_text"))) for c in _list(entry.get("claims"))
        ]
        if any(found):
            return tuple(plain_markup(text) for text in found if text)
    return ()


def _references(value: Any) -> tuple[Reference, ...]:
    found = []
    for citation in _list(_mapping(value).get("citations")):
        entry = _mapping(citation)
        phase = text_of(entry, "cited_phase").upper()
        cited_by = CITED_BY.get(phase, phase.lower() or None)
        patent = _mapping(_mapping(entry.get("patcit")).get("document_id"))
        written = " ".join(filter(None, (text_of(patent, k) for k in _NUMBER_KEYS)))
        literature = text_of(_mapping(entry.get("nplcit")), "text")
        if written:
            found.append(Reference(_number(patent), written, "patent", cited_by))
        elif literature:
            found.append(Reference(None, literature, "literature", cited_by))
    return tuple(dict.fromkeys(found))


_NUMBER_KEYS = ("jurisdiction", "doc_number", "kind")


def _family(value: Any) -> str | None:
    members = _list(_mapping(_mapping(value).get("simple_family")).get("members"))
    numbers = (_number(_mapping(member).get("document_id")) for member in members)
    return family_of(number for number in numbers if number)
