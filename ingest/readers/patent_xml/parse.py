"""Parse XML from strangers: nothing outside the file is read, and nothing expands."""

from __future__ import annotations

import re

from lxml import etree

from ingest.errors import Malformed, UnsafeXml
from ingest.readers.patent_xml.entities import resolve_characters
from ingest.readers.patent_xml.mend import escape_stray_signs
from ingest.readers.patent_xml.sgml import mend_sgml
from ingest.readers.patent_xml.xml_encoding import as_utf8

_PARAMETER_ENTITY = re.compile(rb"<!ENTITY\s+%")
_ROOT_TAG = re.compile(
    rb"<!--.*?-->|<!DOCTYPE[^\[>]*(?:\[.*?\]\s*)?>|<([A-Za-z_][^\s/>]*)", re.DOTALL
)
_LIMITS = {
    "Excessive depth": "its elements are nested more than 256 deep",
    "huge text node": "one piece of its text has more than 10 MB",
    "Text node too long": "one piece of its text has more than 10 MB",
    "huge": "one name or value in it has more than 10 MB",
}


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
    _refuse_entities(root)
    return root


def _refuse_entities(root: etree._Element) -> None:
    subset = root.getroottree().docinfo.internalDTD
    declared: dict[str, bool] = {}
    # The stubs of lxml lack iterentities, which lxml has had since 3.0.
    for entity in subset.iterentities() if subset is not None else ():  # type: ignore[union-attr,attr-defined]
        if "&" in (entity.content or "") or "%" in (entity.content or ""):
            raise UnsafeXml(f"the entity &{entity.name}; expands into other entities")
        declared[f"&{entity.name};"] = entity.system_url is not None
    for reference in root.iter(etree.Entity):
        name = reference.text or ""
        if declared.get(name):
            raise UnsafeXml(f"the text refers to the entity {name}, which is outside the file")
        if name in declared:
            raise UnsafeXml(f"the text refers to the entity {name} declared in the file itself")


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
