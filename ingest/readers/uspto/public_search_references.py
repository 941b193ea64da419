"""What patents from public search cite, and access to the values of their keys."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from ingest.facts import Reference
from ingest.readers.uspto.public_search_text import plain
from ingest.readers.uspto.red_book_facts import cited_by, cited_patent
from ingest.text import one_line

_US_REFERENCE = re.compile(r"(?:US )?([A-Z]{0,2}\d[\d,]*)(?: ([A-Z]\d?)(?= .*cited by))?(?: |$)")
_BY = re.compile(r"(?<![\s.])[\s.]*+\bcited by (examiner|applicant|other)\b")


def answered_references(record: dict[str, Any]) -> Iterator[Reference]:
    """Citations of a document as the service answers."""
    for line in texts(record, "usRefGroup"):
        match = _US_REFERENCE.match(line)
        if match:
            yield cited_patent("US", match[1], match[2] or "", _by(line))
        else:
            yield Reference(None, line, cited_by=_by(line))
    groups, countries, numbers = (
        texts(record, key)
        for key in ("foreignRefGroup", "foreignRefCountryCode", "foreignRefPatentNumber")
    )
    if len(groups) == len(countries) == len(numbers):
        for line, country, number in zip(groups, countries, numbers, strict=True):
            yield cited_patent(country, number, "", _by(line))
    else:
        for line in groups:
            yield Reference(None, line, cited_by=_by(line))
    for field in texts(record, "otherRefPub"):
        for line in re.split(r"<br\s*/?>", field):
            if said := one_line(plain(_BY.sub("", line))):
                yield Reference(None, said, "literature", _by(line))


def client_references(record: dict[str, Any]) -> Iterator[Reference]:
    """Citations as the client in snake case writes them."""
    for cited in records(record, "us_references"):
        yield cited_patent("US", text(cited, "publication_number"), "", _examiner(cited))
    for cited in records(record, "foreign_references"):
        country, number = text(cited, "country_code"), text(cited, "patent_number")
        yield cited_patent(country, number, "", _examiner(cited))
    for cited in records(record, "npl_references"):
        if said := one_line(plain(text(cited, "citation"))):
            yield Reference(None, said, "literature", _examiner(cited))


def flat_references(record: dict[str, Any]) -> Iterator[Reference]:
    """Citations of a flattened record."""
    details = record.get("citationsDetails")
    for cited in records(details if isinstance(details, dict) else {}, "details"):
        said = text(cited, "citation")
        by = "examiner" if cited.get("examiner") is True else None
        if cited.get("npl"):
            yield Reference(None, one_line(said), "literature", by)
        elif match := re.fullmatch(r"([A-Z]{2})(\w+?)([A-Z]\d?)?", said):
            yield cited_patent(match[1], match[2], match[3] or "", by)
        elif said:
            yield Reference(None, said, cited_by=by)


def _examiner(cited: dict[str, Any]) -> str | None:
    """Who cites. "Not the examiner" is said of old patents too, whose files do not tell."""
    return "examiner" if cited.get("cited_by_examiner") is True else None


def _by(line: str) -> str | None:
    match = _BY.search(line)
    return cited_by(match[1]) if match else None


def text(record: dict[str, Any], key: str) -> str:
    """The first value of a key; "" if there is none."""
    return next(iter(texts(record, key)), "")


def texts(record: dict[str, Any], key: str) -> list[str]:
    """All values of a key that are text or whole numbers, without blanks around them."""
    value = record.get(key)
    values = value if isinstance(value, list) else [value]
    return [str(v).strip() for v in values if isinstance(v, str | int) and str(v).strip()]


def records(record: dict[str, Any], key: str) -> list[dict[str, Any]]:
    """All values of a key that are objects."""
    value = record.get(key)
    return [v for v in value if isinstance(v, dict)] if isinstance(value, list) else []
