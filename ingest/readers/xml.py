"""Patent XML: parse it safely and hand it to the office's reader by its root element."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from ingest.errors import Malformed, UnsafeXml, UnsupportedFormat
from ingest.isolate import Reply
from ingest.readers.epo import read_epo
from ingest.readers.opened import Sample, SourceFile, document_id
from ingest.readers.uspto import read_uspto

_MEGABYTES = 200
_PARAMETER_ENTITY = re.compile(rb"<!ENTITY\s+%")
_XML_START = re.compile(rb"^(\xef\xbb\xbf)?\s*<(\?xml|!DOCTYPE|!--|[A-Za-z])")
_PATENT_XML = re.compile(
    rb"^(\xef\xbb\xbf)?\s*<(\?xml|!DOCTYPE|us-patent-|ep-patent-)"
    rb"[^\0]*<(us-patent-application|us-patent-grant|ep-patent-document)[\s>]"
    rb"|^<(us-patent-application|us-patent-grant|ep-patent-document)[\s>]"
)
_TEXT_SUFFIXES = (".md", ".markdown", ".txt", ".text", ".jsonl", ".ndjson")
_READERS = {
    "us-patent-application": read_uspto,
    "us-patent-grant": read_uspto,
    "ep-patent-document": read_epo,
}


def is_xml(sample: Sample) -> bool:
    """Whether a file is XML, be it a patent's or not."""
    if _PATENT_XML.search(sample.head):
        return True
    if sample.suffix in _TEXT_SUFFIXES:
        return False
    if _XML_START.match(sample.head) and sample.suffix not in (".html", ".htm", ".svg"):
        return True
    # Broken, or in an encoding with two bytes a character.
    return sample.suffix == ".xml" and b"<" in sample.head


def read_xml(file: SourceFile) -> Iterator[Reply]:
    """The patent in a red book (USPTO) or full-text (EPO) file."""
    data = file.data(_MEGABYTES)
    root = parse(data)
    reader = _READERS.get(str(root.tag))
    if reader is None:
        known = ", ".join(_READERS)
        raise UnsupportedFormat(f"no reader for XML with the root <{root.tag}>; known: {known}")
    for reference in root.iter(etree.Entity):
        raise Malformed(f"{reference.text} is declared in another file, which is not read")
    yield Reply(document=reader(root, document_id(data)))


def parse(data: bytes) -> etree._Element:
    """The root element, with no entity expanded, no DTD loaded and nothing fetched.

    Raises Malformed for broken XML and UnsafeXml for entities that hold other entities (the
    "billion laughs") or stand for other files.

    >>> parse(b"<a>b</a>").text
    'b'
    """
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=False
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        if "amplification" in (error.msg or ""):
            raise UnsafeXml("its entities expand into far more text than the file has") from error
        raise Malformed(f"broken XML: {error.msg}") from error
    if _PARAMETER_ENTITY.search(data[: data.find(b"<" + str(root.tag).encode())]):
        raise UnsafeXml("it declares parameter entities, which can reach for other files")
    subset = root.getroottree().docinfo.internalDTD
    declared = set()
    # The stubs of lxml lack iterentities, which lxml has had since 3.0.
    for entity in subset.iterentities() if subset is not None else ():  # type: ignore[union-attr]
        if "&" in (entity.content or "") or "%" in (entity.content or ""):
            raise UnsafeXml(f"the entity &{entity.name}; expands into other entities")
        declared.add(f"&{entity.name};")
    if any(reference.text in declared for reference in root.iter(etree.Entity)):
        raise UnsafeXml("the text refers to entities declared in the file itself")
    return root
