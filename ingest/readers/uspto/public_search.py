"""USPTO public search as JSON: one patent or a list, in the service's keys or those of clients.

Recognised by the names of the keys alone, whatever the suffix.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from typing import Any

from ingest.compose import Composer
from ingest.errors import IngestError, Malformed, Rejection
from ingest.isolate import Reply
from ingest.readers.opened import Sample, SourceFile, document_id
from ingest.readers.uspto.public_search_facts import read_answer, read_client, read_flat
from ingest.readers.uspto.public_search_text import Body, compose_body
from ingest.records import Document

_MEGABYTES = 200
_START = re.compile(rb"\s*+(?:\xef\xbb\xbf)?\s*+[\[{]")
# Keys of an answer, of a client's record, of a flattened record; each set is one format.
_KEYS: tuple[frozenset[str], ...] = (
    frozenset(["guid", "inventionTitle", "datePublished"]),
    frozenset(["guid", "patent_title", "publication_number"]),
    frozenset(["publicationNumber", "kindCode", "countryCode"]),
)
_READERS = (read_answer, read_client, read_flat)
_LISTS = ("patents", "docs", "results", "documents")


def is_public_search(sample: Sample) -> bool:
    """Whether the content is a JSON document or list with the keys of public search."""
    if not _START.match(sample.head) or sample.suffix in (".jsonl", ".ndjson"):
        return False
    keys = {key.decode("ascii", "replace") for key in re.findall(rb'"(\w+)"\s*:', sample.head)}
    return any(names <= keys for names in _KEYS)


def read_public_search(file: SourceFile) -> Iterator[Reply]:
    """The patents of a file, in order; what is no patent of this kind is rejected by number."""
    data = file.data(_MEGABYTES)
    try:
        content = json.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise Malformed("broken JSON: its bytes are not UTF-8") from error
    except (ValueError, RecursionError) as error:
        raise Malformed(f"broken JSON: {error}") from error
    if isinstance(content, dict) and not _reader(content):
        lists = [content[key] for key in _LISTS if isinstance(content.get(key), list)]
        content = lists[0] if lists else content
    records = content if isinstance(content, list) else [content]
    for number, record in enumerate(records, start=1):
        own = data if len(records) == 1 else json.dumps(record, sort_keys=True).encode()
        try:
            document = _document(record, document_id(own))
        except IngestError as error:
            if len(records) == 1:
                raise
            rejection = Rejection(f"#document {number}", type(error).__name__, str(error))
            yield Reply(rejection=rejection)
            continue
        digest = hashlib.sha256(own).hexdigest() if len(records) > 1 else None
        position = len(data) * number // len(records)
        yield Reply(document=document, content_hash=digest, position=position)


def _reader(record: Any) -> Any:
    if isinstance(record, dict):
        for keys, reader in zip(_KEYS, _READERS, strict=True):
            if keys <= record.keys():
                return reader
    return None


def _document(record: Any, identity: str) -> Document:
    reader = _reader(record)
    if reader is None:
        raise Malformed("not a patent as public search writes it: its keys are missing")
    body: Body
    facts, references, body = reader(record, identity)
    composer = Composer()
    compose_body(composer, body)
    return composer.document(facts, references)
