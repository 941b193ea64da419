"""Records, one JSON object a line: the BEIR layout and Lens.org's export in it.

`_id` becomes the document's id. A broken line is rejected alone. Streams: memory does not grow
with the file.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from typing import IO, Any

from ingest.compose import Composer
from ingest.errors import Malformed, Rejection
from ingest.facts import DocumentFacts
from ingest.isolate import Reply
from ingest.numbers import parse_number
from ingest.readers.bibliography import iso_date, unique, written_symbol
from ingest.readers.opened import Sample, SourceFile, document_id
from ingest.records import Document
from ingest.text import one_line

_LINE_LIMIT = 20 << 20


def is_records(sample: Sample) -> bool:
    """Whether a file holds JSON objects, one a line."""
    return sample.suffix in (".jsonl", ".ndjson")


def read_records(file: SourceFile) -> Iterator[Reply]:
    """A document for each line; blank lines are nothing."""
    number = 0
    while line := file.stream.readline(_LINE_LIMIT):
        number += 1
        if not line.strip():
            continue
        try:
            if len(line) == _LINE_LIMIT and not line.endswith(b"\n"):
                _skip_line(file.stream)
                raise Malformed(f"longer than {_LINE_LIMIT >> 20} MB")
            document = _document(_record(line), line)
            digest = hashlib.sha256(line.strip()).hexdigest()
            yield Reply(document, content_hash=digest, position=file.stream.tell())
        except Malformed as error:
            yield Reply(rejection=Rejection(f"#line {number}", "Malformed", str(error)))


def _skip_line(stream: IO[bytes]) -> None:
    while (rest := stream.readline(_LINE_LIMIT)) and not rest.endswith(b"\n"):
        pass


def _record(line: bytes) -> dict[str, Any]:
    try:
        record = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise Malformed(f"not JSON: {error}") from error
    if not isinstance(record, dict):
        raise Malformed("not a JSON object")
    return record


def _document(record: dict[str, Any], line: bytes) -> Document:
    title, text = _string(record, "title"), _string(record, "text")
    if not (title.strip() or text.strip()):
        raise Malformed('neither "title" nor "text" holds anything')
    identity = one_line(_string(record, "_id")) or document_id(line)
    extra = record.get("metadata")
    metadata = extra if isinstance(extra, dict) else {}
    number = parse_number(identity) or parse_number(_string(metadata, "Display Key"))
    jurisdiction = one_line(_string(metadata, "Jurisdiction")).upper()
    country = number[:2] if number else jurisdiction or None
    patent = bool(number or country)
    composer = Composer("abstract" if patent else "body")
    composer.paragraph(text if text.strip() else title)
    facts = DocumentFacts(
        id=identity,
        kind="patent" if patent else "report",
        number=number,
        title=one_line(title),
        parties=unique(one_line(name) for name in _string(metadata, "Applicants").split(";;")),
        priority_date=iso_date(_string(metadata, "Earliest Priority Date")),
        filing_date=iso_date(_string(metadata, "Application Date")),
        publication_date=iso_date(_string(metadata, "Publication Date")),
        cpc=unique(
            written_symbol(code) for code in _string(metadata, "CPC Classifications").split(";;")
        ),
        country=country,
    )
    return composer.document(facts)


def _string(record: dict[str, Any], key: str) -> str:
    value = record.get(key)
    return "" if value is None else str(value)
