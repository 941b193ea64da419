"""Patent XML: find the documents in a file, parse them safely, and hand each to its reader.

A file may hold many documents one after another, as the offices publish a week; they are read
one at a time.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator

from lxml import etree

from ingest.errors import (
    EmptyFile,
    IngestError,
    Malformed,
    NoText,
    Rejection,
    TooLarge,
    UnsafeXml,
    UnsupportedFormat,
)
from ingest.isolate import Reply
from ingest.readers.epo.full_text import read_epo
from ingest.readers.epo.ops import read_ops
from ingest.readers.opened import Sample, SourceFile, document_id
from ingest.readers.patent_xml.entities import resolve_characters
from ingest.readers.patent_xml.inline_text import local_name
from ingest.readers.patent_xml.mend import escape_stray_signs
from ingest.readers.patent_xml.xml_encoding import as_utf8
from ingest.readers.uspto.bulk import Piece, xml_pieces
from ingest.readers.uspto.pap import read_pap
from ingest.readers.uspto.patdoc import mend_sgml, read_patdoc
from ingest.readers.uspto.red_book import read_uspto
from ingest.readers.uspto.red_book_parts import read_application_part
from ingest.readers.wipo.st96 import read_st96
from ingest.records import Document

# A reader of several documents gives each an id of its own.
ReadRoot = Callable[[etree._Element, str], Document | Iterable[Document]]

# By root element, without namespace.
_READERS: dict[str, ReadRoot] = {
    "us-patent-application": read_uspto,
    "us-patent-grant": read_uspto,
    "patent-application-publication": read_pap,
    "PATDOC": read_patdoc,
    "ClaimsDocument": read_application_part,
    "SpecificationDocument": read_application_part,
    "ep-patent-document": read_epo,
    "world-patent-data": read_ops,
    "fault": read_ops,
    "PatentPublication": read_st96,
    "PatentGrant": read_st96,
    "ApplicationBody": read_st96,
    "BibliographicData": read_st96,
}
# Of other roots the namespace decides: offices name theirs as they like.
_ST96 = re.compile(r"\{[^}]*/ST96/")
_NO_PATENTS = {"sequence-cwu": "sequence listing", "us-sequence-listing": "sequence listing"}
_PARAMETER_ENTITY = re.compile(rb"<!ENTITY\s+%")
_XML_START = re.compile(rb"\s*<(\?xml|!DOCTYPE|!--|[A-Za-z_])")
_HTML_START = re.compile(
    rb"\s*(?:<\?xml[^>]*>|<!--.*?-->|\s)*<(!DOCTYPE\s+html|html)\b", re.DOTALL | re.IGNORECASE
)
_ROOT = re.compile(rb"<(?:!DOCTYPE\s+)?(?:\w+:)?(" + "|".join(_READERS).encode() + rb")[\s>\[]")
_ROOT_TAG = re.compile(
    rb"<!--.*?-->|<!DOCTYPE[^\[>]*(?:\[.*?\]\s*)?>|<([A-Za-z_][^\s/>]*)", re.DOTALL
)
_TEXT_SUFFIXES = (".md", ".markdown", ".txt", ".text", ".jsonl", ".ndjson", ".csv", ".tsv", ".json")
_LIMITS = {
    "Excessive depth": "its elements are nested more than 256 deep",
    "huge text node": "one piece of its text has more than 10 MB",
    "Text node too long": "one piece of its text has more than 10 MB",
    "huge": "one name or value in it has more than 10 MB",
}


def is_xml(sample: Sample) -> bool:
    """Whether a file is XML, be it a patent's or not, but no web page."""
    head = sample.head.removeprefix(b"\xef\xbb\xbf")
    if head.startswith((b"\xff\xfe", b"\xfe\xff", b"<\0", b"\0<")):
        head = head.lstrip(b"\xff\xfe").replace(b"\0", b"")
    if not _XML_START.match(head):
        # Broken at the very start.
        return sample.suffix == ".xml" and b"<" in head
    if _HTML_START.match(head):
        return False
    known = _ROOT.search(head) is not None
    return known or sample.suffix not in (*_TEXT_SUFFIXES, ".html", ".htm", ".xhtml", ".svg")


def read_xml(file: SourceFile) -> Iterator[Reply]:
    """The patents of a file: one, or as many as it has documents one after another."""
    number = 0
    for piece in xml_pieces(file.stream):
        number += 1
        alone = number == 1 and piece.last
        try:
            for document in _documents(piece):
                # One of several in a piece is known by its own bytes, wherever else it stands.
                several = document.facts.id != document_id(piece.data)
                digest = None if alone else hashlib.sha256(piece.data).hexdigest()
                digest = document.facts.id if several else digest
                yield Reply(document=document, content_hash=digest, position=piece.end)
        except IngestError as error:
            if alone:
                raise
            rejection = Rejection(f"#document {number}", type(error).__name__, str(error))
            yield Reply(rejection=rejection, position=piece.end)
    if number == 0:
        raise EmptyFile("the file has no content")


def _documents(piece: Piece) -> Iterator[Document]:
    if piece.too_large:
        limit = piece.size_limit >> 20
        raise TooLarge(f"larger than the {limit} MB this kind of file may have; split it")
    root = parse(piece.data)
    tag = local_name(root)
    reader = _READERS.get(tag)
    if reader is None and _ST96.match(str(root.tag)):
        reader = read_st96
    if reader is None and tag in _NO_PATENTS:
        raise UnsupportedFormat(f"a {_NO_PATENTS[tag]} (<{tag}>), which is no patent")
    if reader is None:
        known = ", ".join(_READERS)
        raise UnsupportedFormat(f"no reader for XML with the root <{tag}>; known: {known}")
    found = reader(root, document_id(piece.data))
    for document in (found,) if isinstance(found, Document) else found:
        if not (document.text or document.facts.number or document.facts.title):
            raise NoText(f"an empty <{tag}>: no number, no title, no text")
        yield document


def parse(data: bytes) -> etree._Element:
    """The root element, with no entity expanded, no DTD loaded and nothing fetched.

    Names of characters that the file does not declare become these characters. Raises Malformed
    for broken XML and UnsafeXml for entities that the file declares and refers to, that hold
    other entities (the "billion laughs") or stand for other files.

    >>> parse(b"<a>45 &deg;C</a>").text
    '45 °C'
    """
    data = as_utf8(data)
    start = _root_start(data)
    readable = resolve_characters(mend_sgml(data, start), start)
    try:
        root = _strict(readable)
    except etree.XMLSyntaxError as error:
        if "amplification" in (error.msg or ""):
            raise UnsafeXml("its entities expand into far more text than the file has") from error
        mended = escape_stray_signs(readable, start)
        try:
            root = _strict(mended)
        except etree.XMLSyntaxError:
            found = (said for sign, said in _LIMITS.items() if sign in (error.msg or ""))
            raise Malformed(f"broken XML: {next(found, error.msg)}") from error
    if _PARAMETER_ENTITY.search(data[:start]):
        raise UnsafeXml("it declares parameter entities, which can reach for other files")
    subset = root.getroottree().docinfo.internalDTD
    declared = set()
    # The stubs of lxml lack iterentities, which lxml has had since 3.0.
    for entity in subset.iterentities() if subset is not None else ():  # type: ignore[union-attr,attr-defined]
        if "&" in (entity.content or "") or "%" in (entity.content or ""):
            raise UnsafeXml(f"the entity &{entity.name}; expands into other entities")
        declared.add(f"&{entity.name};")
    if any(reference.text in declared for reference in root.iter(etree.Entity)):
        raise UnsafeXml("the text refers to entities declared in the file itself")
    return root


def _strict(data: bytes) -> etree._Element:
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=False
    )
    return etree.fromstring(data, parser)


def _root_start(data: bytes) -> int:
    """Where the root element starts, behind comments and the document type declaration."""
    for match in _ROOT_TAG.finditer(data):
        if match[1] is not None:
            return match.start()
    return 0
