"""JSON files of records: a list of objects, an object that holds such a list, or one record.

A list is read object by object, so that memory does not grow with it.
"""

from __future__ import annotations

import codecs
import hashlib
import json
import re
from collections.abc import Iterator
from typing import IO, Any

from ingest.errors import IngestError, Malformed, NoText, Rejection, TooLarge
from ingest.isolate import Reply
from ingest.readers.exports.columns import recognise
from ingest.readers.exports.json import is_beir, object_entry
from ingest.readers.exports.records import record_document, record_name
from ingest.readers.exports.seen import SeenRecords
from ingest.readers.opened import Sample, SourceFile

_KEY = re.compile(r'"([^"\\\n]{1,60})"\s*:')
_VALUE_LIMIT = 60 << 20  # characters of one object; a reply of an API is one object
_BLOCK = 1 << 16
_OWN_KEYS = ("lens_id", "title_localized", "abstract_localized", "claims_localized", "_id")
# The public search of the USPTO has a reader of its own.
_OTHERS = ("publicationReferenceDocumentNumber", "appl_id")


def is_json_records(sample: Sample) -> bool:
    """Whether a file holds JSON objects with keys of records, whatever it is called."""
    text = sample.head.removeprefix(codecs.BOM_UTF8).lstrip()
    if not text.startswith((b"{", b"[")):
        return False
    keys = _KEY.findall(text.decode("utf-8", "replace"))
    if not set(_OTHERS).isdisjoint(keys):
        return False
    return not set(_OWN_KEYS).isdisjoint(keys) or recognise(keys) is not None


def read_json_records(file: SourceFile) -> Iterator[Reply]:
    """A document for each record. What cannot be told apart is rejected from there on."""
    number, seen = 0, SeenRecords()
    file.stream.seek(0)
    for value in _values(file.stream):
        for record in _records(value):
            number += 1
            try:
                if isinstance(record, IngestError):
                    raise record
                source = json.dumps(record, ensure_ascii=False, sort_keys=True)
                data = source.encode("utf-8", "replace")
                document = record_document(record, data)
                seen.note(record_name(record, document))
                digest = hashlib.sha256(data).hexdigest()
                yield Reply(document, content_hash=digest, position=file.stream.tell())
            except IngestError as error:
                rejection = Rejection(f"#record {number}", type(error).__name__, str(error))
                yield Reply(rejection=rejection, position=file.stream.tell())
    if not number:
        raise NoText("the file holds no record")


def _records(value: Any) -> list[Any]:
    """The records of a value: itself, or those of the longest list of objects in it."""
    if isinstance(value, IngestError):
        return [value]
    if not isinstance(value, dict):
        return [Malformed("not a JSON object")]
    if is_beir(value) or object_entry(value) is not None:
        return [value]
    lists = [held for held in value.values() if isinstance(held, list)]
    lists += [h for v in value.values() if isinstance(v, dict) for h in v.values()
              if isinstance(h, list)]  # fmt: skip
    found = max((held for held in lists if _are_records(held)), key=len, default=None)
    if found is None:
        return [Malformed("none of its keys is known; see docs/exports.md")]
    return [r if isinstance(r, dict) else Malformed("not a JSON object") for r in found]


def _are_records(held: list[Any]) -> bool:
    objects = [entry for entry in held if isinstance(entry, dict)]
    return any(is_beir(entry) or object_entry(entry) is not None for entry in objects[:20])


def _values(stream: IO[bytes]) -> Iterator[Any]:
    """The values of a list, or those that stand one after another; an error ends them."""
    head = stream.read(4)
    stream.seek(0)
    utf16 = head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    reader = codecs.getreader("utf-16" if utf16 else "utf-8-sig")(stream, "replace")
    decoder = json.JSONDecoder()
    text, place, listed = "", 0, None
    while True:
        match = re.compile(r"[\s,]*").match(text, place)
        place = match.end() if match else place
        if place < len(text):
            if listed is None:
                listed = text[place] == "["
                place += listed
                continue
            if listed and text[place] == "]":
                return
            try:
                value, end = decoder.raw_decode(text, place)
            except (ValueError, RecursionError) as error:
                problem: Exception = error
            else:
                # A number or word at the end of what was read may go on.
                yield value
                place = end
                continue
            if len(text) - place > _VALUE_LIMIT:
                yield TooLarge(f"a record of more than {_VALUE_LIMIT >> 20} million characters")
                return
        else:
            problem = ValueError("the list is never closed")
        more = reader.read(max(_BLOCK, len(text) - place))
        if not more:
            if place < len(text) or listed:
                yield Malformed(f"not JSON from here on: {problem}")
            return
        text, place = text[place:] + more, 0
