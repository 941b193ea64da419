"""DOCDB bulk files: thousands of `exchange-document` elements, read one at a time.

The file is cut at the elements' tags, so that memory does not grow with it, a broken record costs
no other, and fragments without the outer element or its namespaces are read as well.
"""

from __future__ import annotations

import codecs
import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO

from ingest.errors import IngestError, Malformed, NoText, Rejection, TooLarge
from ingest.isolate import Reply
from ingest.readers.epo.exchange import exchange_document
from ingest.readers.epo.fields import drop_namespaces
from ingest.readers.opened import Sample, SourceFile, document_id
from ingest.readers.patent_xml.parse import parse
from ingest.records import Document

_BLOCK = 1 << 20
_LONGEST_RECORD = 32 << 20
_NAMESPACE = "http://www.epo.org/exchange"
_FIRST = re.compile(
    rb"^(?:\xef\xbb\xbf)?\s*(?:<\?[^>]*\?>\s*|<!--.*?-->\s*|<!DOCTYPE[^>\[]*(?:\[[^\]]*\])?\s*>\s*)*"
    rb"<(?:([A-Za-z_][\w.-]*):)?exchange-document(s?)(?=[\s>/])[^>]*>",
    re.DOTALL,
)
_START = re.compile(rb"<(?:[A-Za-z_][\w.-]*:)?exchange-document(?=[\s>/])[^>]*>")
_BEGUN = re.compile(rb"<(?:[A-Za-z_][\w.-]*:)?exchange-document(?![\w.-])")
_END = re.compile(rb"</(?:[A-Za-z_][\w.-]*:)?exchange-document\s*>")
_LAST = re.compile(rb"</(?:[A-Za-z_][\w.-]*:)?exchange-documents\s*>")
_DECLARED = re.compile(rb"""xmlns(?::([\w.-]+))?\s*=\s*("[^"<]*"|'[^'<]*')""")
_ENCODING = re.compile(rb"""^\s*<\?xml[^>]*encoding\s*=\s*["']([\w.-]+)["']""")
_LONGEST_TAG = 8192


@dataclass(frozen=True)
class _Opening:
    """How a file begins. namespaces: declarations that hold for every record."""

    namespaces: bytes
    outer: bool


def is_docdb(sample: Sample) -> bool:
    """Whether the first element is one of the EPO's exchange documents, or their list."""
    return _FIRST.match(_as_utf8(sample.head)) is not None


def read_docdb(file: SourceFile) -> Iterator[Reply]:
    """A document for each record; deleted and broken records are named.

    Raises Malformed where the file ends inside a record or before its own end, and NoText where
    there is no record at all.
    """
    file.stream.seek(0)
    head = _as_utf8(file.stream.read(_LONGEST_TAG))
    file.stream.seek(0)
    opening = _opening(head)
    number = 0
    for number, record in enumerate(_records(file.stream, opening), start=1):
        try:
            document = _read(record, opening)
        except IngestError as error:
            where = f"#record {number}"
            yield Reply(rejection=Rejection(where, type(error).__name__, str(error)))
            continue
        digest = hashlib.sha256(record).hexdigest()
        yield Reply(document, content_hash=digest, position=file.stream.tell())
    if number == 0:
        raise NoText("it lists no documents")


def _opening(head: bytes) -> _Opening:
    first = _FIRST.match(head)
    if first is None:
        raise Malformed("its first element is no exchange-document")
    outer = bool(first[2])
    declared = {name or b"": uri for name, uri in _DECLARED.findall(first[0])} if outer else {}
    prefix = first[1] or b""
    if prefix not in {name or b"" for name, _ in _DECLARED.findall(first[0])}:
        declared[prefix] = f'"{_NAMESPACE}"'.encode()
    namespaces = b"".join(
        b" xmlns" + (b":" + name if name else b"") + b"=" + uri for name, uri in declared.items()
    )
    return _Opening(namespaces, outer)


def _read(record: bytes, opening: _Opening) -> Document:
    (element,) = parse(b"<record" + opening.namespaces + b">" + record + b"</record>")
    drop_namespaces(element)
    document = exchange_document(element, document_id(record))
    if element.get("status") == "D" or element.get("mstat") == "D":
        raise NoText(f"DOCDB has deleted {document.facts.number or 'this document'} (status D)")
    return document


def _records(stream: IO[bytes], opening: _Opening) -> Iterator[bytes]:
    """The bytes of each record, in UTF-8."""
    rest = b""
    for block in _blocks(stream):
        rest += block
        used = 0
        while (span := _record_span(rest, used)) is not None:
            yield rest[slice(*span)]
            used = span[1]
        rest = rest[used:]
        started = _START.search(rest)
        if started is None:
            # A tag may be cut between two blocks.
            rest = rest[-_LONGEST_TAG:]
        elif len(rest) > _LONGEST_RECORD:
            raise TooLarge(f"a record is longer than {_LONGEST_RECORD >> 20} MB")
    if _BEGUN.search(rest):
        raise Malformed("the file ends inside a record")
    if opening.outer and not _LAST.search(rest):
        raise Malformed("the file ends before its last tag; records may be missing")


def _record_span(data: bytes, position: int) -> tuple[int, int] | None:
    """Where the next whole record lies."""
    start = _START.search(data, position)
    if start is None:
        return None
    end = start if start[0].endswith(b"/>") else _END.search(data, start.end())
    return (start.start(), end.end()) if end is not None else None


def _blocks(stream: IO[bytes]) -> Iterator[bytes]:
    """The file in UTF-8, whatever it is written in. Raises Malformed where it is not that."""
    head = stream.read(_BLOCK)
    encoding = _encoding(head)
    try:
        decoder = codecs.getincrementaldecoder(encoding)()
        # UTF-8 is left to the parser: a bad byte then costs its record only.
        same = encoding == "utf-8"
        while head:
            yield head if same else decoder.decode(head).encode()
            head = stream.read(_BLOCK)
    except LookupError as error:
        raise Malformed(f"its encoding {encoding} is unknown") from error
    except UnicodeError as error:
        raise Malformed(f"it is not written in {encoding}, as it says: {error}") from error


def _encoding(head: bytes) -> str:
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    declared = _ENCODING.match(head)
    name = declared[1].decode("ascii").lower() if declared else "utf-8"
    return "utf-8" if name in ("utf-8", "utf8", "us-ascii", "ascii") else name


def _as_utf8(head: bytes) -> bytes:
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return head[: len(head) // 2 * 2].decode("utf-16", "ignore").encode()
    return head
