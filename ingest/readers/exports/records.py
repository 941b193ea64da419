"""Records, one JSON object a line: the BEIR layout and the exports of search services.

`_id` becomes the document's id. A broken line is rejected alone. Streams: memory does not grow
with the file.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import replace
from typing import IO, Any

from ingest.errors import IngestError, Malformed, Rejection
from ingest.facts import Title
from ingest.isolate import Reply
from ingest.numbers import parse_number
from ingest.readers.exports.entry import entry_document
from ingest.readers.exports.json import beir_entry, is_beir, object_entry
from ingest.readers.exports.seen import SeenRecords
from ingest.readers.exports.values import texts
from ingest.readers.opened import Sample, SourceFile, document_id
from ingest.records import Document
from ingest.text import one_line

_LINE_LIMIT = 20 << 20


def is_records(sample: Sample) -> bool:
    """Whether a file holds JSON objects, one a line."""
    return sample.suffix in (".jsonl", ".ndjson")


def read_records(file: SourceFile) -> Iterator[Reply]:
    """A document for each line; blank lines are nothing."""
    number, seen = 0, SeenRecords()
    while line := file.stream.readline(_LINE_LIMIT):
        number += 1
        if number == 1:
            line = line.removeprefix(b"\xef\xbb\xbf")
        if not line.strip():
            continue
        try:
            if len(line) == _LINE_LIMIT and not line.endswith(b"\n"):
                _skip_line(file.stream)
                raise Malformed(f"longer than {_LINE_LIMIT >> 20} MB")
            record = _record(line)
            document = record_document(record, line)
            seen.note(record_name(record, document))
            digest = hashlib.sha256(line.strip()).hexdigest()
            yield Reply(document, content_hash=digest, position=file.stream.tell())
        except IngestError as error:
            rejection = Rejection(f"#line {number}", type(error).__name__, str(error))
            yield Reply(rejection=rejection, position=file.stream.tell())


def record_name(record: dict[str, Any], document: Document) -> str:
    """What a record must not share with another of its file: its `_id`, else its number."""
    named = one_line(_string(record, "_id"))
    return named or document.facts.number or document.facts.id


def record_document(record: dict[str, Any], source: bytes) -> Document:
    """The document of a JSON object. source: its bytes, for the id where it names none.

    Raises Malformed where it holds no text.
    """
    if not is_beir(record) and (entry := object_entry(record)) is not None:
        document = entry_document(entry, document_id(source.strip()))
        if document is None:
            raise Malformed("it holds no title, abstract, claims or description")
        return document
    return _beir_document(record, source)


def _beir_document(record: dict[str, Any], source: bytes) -> Document:
    """Text composed as always, since measured figures depend on it: the text, or the title."""
    title, text = _string(record, "title"), _string(record, "text")
    entry = beir_entry(record)
    if not (title.strip() or text.strip() or entry.abstracts):
        raise Malformed('neither "title" nor "text" holds anything')
    identity = one_line(_string(record, "_id")) or document_id(source)
    number = parse_number(identity) or entry.number
    metadata = record.get("metadata")
    named = isinstance(metadata, dict) and "Jurisdiction" in metadata and entry.country
    entry = replace(
        entry,
        patent=bool(number or named or entry.patent),
        number=number,
        titles=(Title(None, title),) if title.strip() else (),
        abstracts=() if text.strip() else entry.abstracts,
        body=text if text.strip() or entry.abstracts else title,
    )
    document = entry_document(entry, identity)
    assert document is not None
    return document


def _string(record: dict[str, Any], key: str) -> str:
    """A key's value as text: numbers as written, lists as lines, anything else as nothing."""
    value = record.get(key)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    return "\n".join(texts(value))


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
