"""The facts of patents from public search, in its own keys and in those of two clients.

The service lists related applications and their dates in lists that do not match each other;
they are taken from its lines of continuity data, where number and date stand together.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from ingest.facts import DocumentFacts, Priority, Reference
from ingest.numbers import canonical_number
from ingest.readers.bibliography import iso_date, unique
from ingest.readers.uspto.prose_filings import mentions_earlier, prose_filings
from ingest.readers.uspto.public_search_references import (
    answered_references,
    client_references,
    flat_references,
    records,
    text,
    texts,
)
from ingest.readers.uspto.public_search_text import Body, plain
from ingest.readers.uspto.red_book_facts import (
    turned_name,
    us_application_number,
    us_legal_kind,
    us_priority,
    us_symbol,
    with_family,
)
from ingest.text import one_line

Read = tuple[DocumentFacts, tuple[Reference, ...], Body]

# The title of patents that the office only has as recognised images.
_NO_TITLE = "OCR SCANNED DOCUMENT"
_LINE_FILING = re.compile(r"\b(PCT/\w+/\d+|\d{8})\s+(\d{8})\b")
_NO_BENEFIT = re.compile(r"substitut|reexam", re.IGNORECASE)
_START_CHARS = 3000


def read_answer(record: dict[str, Any], identity: str) -> Read:
    """A document as the service answers."""
    filed = us_application_number(text(record, "applicationNumber"))
    facts = _facts(
        texts(record, "guid"), text(record, "inventionTitle"), identity, text(record, "type"),
        filing_type=text(record, "applicationRefFilingType"),
    )  # fmt: skip
    ipc = _symbols(record, "ipcCodeFlattened", "curIntlPatentClassificationPrimary",
                   "curIntlPatentClassificationSecondary")  # fmt: skip
    cpc = _symbols(record, "cpcInventive", "cpcInventiveFlattened", "cpcAdditional",
                   "cpcAdditionalFlattened")  # fmt: skip
    priorities = tuple(dict.fromkeys(_answered_priorities(record)))
    body = _body(record, "abstractHtml", ("backgroundTextHtml", "briefHtml", "descriptionHtml"),
                 "claimsHtml")  # fmt: skip
    facts = replace(
        facts,
        filing_date=_date(record, "applicationFilingDate"),
        publication_date=_date(record, "datePublished"),
        application_number=filed,
        applicants=_names(record, "applicantName"),
        assignees=_names(record, "assigneeName"),
        inventors=_names(record, "inventorsName"),
        cpc=unique([*cpc, *ipc]),
        ipc=unique(ipc),
        priorities=priorities,
    )
    unknown = not priorities and (texts(record, "continuityData") or not filed)
    return _finished(facts, bool(unknown), body), tuple(answered_references(record)), body


def read_client(record: dict[str, Any], identity: str) -> Read:
    """A document as the Python client of public search writes it (snake case)."""
    facts = _facts(texts(record, "guid"), text(record, "patent_title"), identity,
                   text(record, "type"), text(record, "application_type"))  # fmt: skip
    filed = us_application_number(text(record, "appl_id"))
    related = [r for r in records(record, "related_apps") if text(r, "number")]
    foreign = records(record, "foreign_priority")
    pairs = [(text(r, "country_code"), text(r, "number"), _date(r, "filing_date")) for r in related]
    claimed = [(text(r, "country"), text(r, "app_number"), _date(r, "app_filing_date"))
               for r in foreign]  # fmt: skip
    # Several related filings come from lists that do not match; one pair can be trusted.
    certain = claimed + (pairs if len(pairs) == 1 and pairs[0][1] != filed else [])
    ipc = [us_symbol(text) for text in texts(record, "intl_class_issued")]
    ipc += _joined(record, ("intl_class_current_primary", "intl_class_currrent_secondary",
                            "intl_class_current_secondary"), "intl_")  # fmt: skip
    cpc = _joined(record, ("cpc_inventive", "cpc_additional"), "cpc_")
    inner = record.get("document") if isinstance(record.get("document"), dict) else {}
    body = _body(inner, "abstract_html", ("background_html", "brief_html", "description_html"),
                 "claims_html")  # fmt: skip
    facts = replace(
        facts,
        filing_date=_date(record, "app_filing_date"),
        publication_date=_date(record, "publication_date"),
        application_number=filed,
        applicants=_names(record, "applicants"),
        assignees=_names(record, "assignees"),
        inventors=_names(record, "inventors"),
        cpc=unique([*cpc, *ipc]),
        ipc=unique(ipc),
        priorities=tuple(us_priority(c, _bare(n), d) for c, n, d in certain if n),
    )
    finished = _finished(facts, not filed or len(pairs) > bool(certain), body)
    dates = [d for _, _, d in pairs + claimed if d]
    if len(pairs) > 1 and len(dates) == len(pairs) + len(claimed):
        finished = replace(finished, priority_date=min(dates))
    return finished, tuple(client_references(record)), body


def read_flat(record: dict[str, Any], identity: str) -> Read:
    """A document of a client that writes plain text and one list of names for each party."""
    number = f"{text(record, 'countryCode')}-{record.get('number')}-{text(record, 'kindCode')}"
    facts = _facts([number], text(record, "title"), identity, "",
                   text(record, "applicationType"))  # fmt: skip
    classes = record.get("classifications")
    ipc = _symbols(classes if isinstance(classes, dict) else {}, "ipcr", "ipcs")
    cpc = _symbols(classes if isinstance(classes, dict) else {}, "cpcs")
    claims = record.get("claims")
    body = Body(
        text(record, "abstract"),
        (str(record.get("description") or ""),),
        tuple(map(str, claims)) if isinstance(claims, list) else str(claims or ""),
        markup=False,
    )
    facts = replace(
        facts,
        filing_date=_date(record, "filingDate"),
        publication_date=_date(record, "publicationDate"),
        application_number=us_application_number(text(record, "applicationNumber")),
        applicants=_names(record, "applicants"),
        assignees=_names(record, "assignees"),
        inventors=_names(record, "inventors"),
        cpc=unique([*cpc, *ipc]),
        ipc=unique(ipc),
    )
    stated, own = _date(record, "priorityDate"), with_family(facts)
    family = own.family if stated and stated == facts.filing_date else None
    return replace(own, priority_date=stated, family=family), tuple(flat_references(record)), body


def _facts(
    guid: list[str], title: str, identity: str, source: str, filing_type: str = ""
) -> DocumentFacts:
    country, _, rest = (guid[0] if guid else "").partition("-")
    number, _, kind = rest.rpartition("-")
    country = country or "US"
    granted = source in ("USPAT", "USOCR") or kind.startswith("B")
    letters = re.match(r"[A-Z]*", number)
    digits = number[letters.end() :].lstrip("0") if letters else number
    number = (letters[0] if letters else "") + digits
    return DocumentFacts(
        id=identity,
        kind="patent",
        number=canonical_number(country, number, kind) if digits else None,
        title="" if title == _NO_TITLE else one_line(plain(title)),
        language="en",
        country=country,
        legal_kind=us_legal_kind(kind, filing_type, granted),
    )


def _finished(facts: DocumentFacts, unknown: bool, body: Body) -> DocumentFacts:
    """The facts with family and earliest date, unless an earlier filing is claimed unread."""
    start = " ".join(field[:_START_CHARS] for field in body.description)
    finished = with_family(facts)
    if unknown or (not facts.priorities and mentions_earlier(start)):
        return replace(finished, priority_date=None, family=None)
    return finished


def _answered_priorities(record: dict[str, Any]) -> Iterator[Priority]:
    columns = ("priorityClaimsCountry", "priorityClaimsDocNumber", "priorityClaimsDate")
    claims = [texts(record, column) for column in columns]
    if len({len(column) for column in claims}) == 1:
        for country, number, date in zip(*claims, strict=True):
            yield us_priority(country, number, iso_date(date[:10]))
    for line in texts(record, "continuityData"):
        if _NO_BENEFIT.search(line):
            continue
        found = _LINE_FILING.findall(line)
        for number, date in found:
            yield us_priority("US", number, iso_date(date))
        if not found:
            yield from prose_filings(one_line(plain(line)))
    number, date = text(record, "pctFilingNumber"), _date(record, "pctFilingDate")
    if number:
        yield us_priority("WO", number, date)


def _date(record: dict[str, Any], key: str) -> str | None:
    return iso_date(text(record, key)[:10])


def _names(record: dict[str, Any], key: str) -> tuple[str, ...]:
    names = [text(party, "name") for party in records(record, key)] or texts(record, key)
    return unique(turned_name(plain(name)) for name in names)


def _symbols(record: dict[str, Any], *keys: str) -> list[str]:
    parts = (part for key in keys for text in texts(record, key) for part in text.split(";"))
    return [us_symbol(part) for part in parts]


def _joined(record: dict[str, Any], keys: tuple[str, ...], prefix: str) -> list[str]:
    entries = (entry for key in keys for entry in records(record, key))
    return [
        us_symbol(text(entry, f"{prefix}class") + text(entry, f"{prefix}subclass"))
        for entry in entries
    ]


def _bare(number: str) -> str:
    return number.split()[-1]


def _body(record: Any, abstract: str, fields: tuple[str, ...], claims: str) -> Body:
    return Body(
        text(record, abstract), tuple(text(record, key) for key in fields), text(record, claims)
    )
