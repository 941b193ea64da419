"""Word documents (DOCX, DOCM, DOTX): their text, in the order of the page.

Macros are not run and nothing that a document links to is fetched: only XML inside the file is
looked at.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import replace

from lxml import etree

from ingest.compose import Composer
from ingest.errors import Malformed, NoText, TooLarge
from ingest.facts import DocumentFacts
from ingest.isolate import Reply
from ingest.readers.office.blocks import Block, compose_blocks, fact_text, first_heading
from ingest.readers.office.docx_body import (
    W,
    WordParts,
    plain_lines,
    read_notes,
    read_styles,
    word_blocks,
)
from ingest.readers.opened import Sample, SourceFile, document_id
from ingest.readers.plain.report_facts import report_facts
from ingest.readers.plain.titles import is_part_name, stated_authors, stated_title

_MEGABYTES = 100
_UNPACKED_LIMIT = 500 << 20
_MAIN = re.compile(r"^word/document\d*\.xml$")
_MARGINS = re.compile(r"^word/(?:header|footer)\d*\.xml$")
# Office's "strict" variant has other names for the same elements (ISO/IEC 29500-1).
_STRICT = {
    b"http://purl.oclc.org/ooxml/wordprocessingml/main": W.encode(),
    b"http://purl.oclc.org/ooxml/officeDocument/math": (
        b"http://schemas.openxmlformats.org/officeDocument/2006/math"
    ),
}
_DC = "{http://purl.org/dc/elements/1.1/}"


def is_docx(sample: Sample) -> bool:
    """Whether a file is a Word document."""
    return any(_MAIN.match(name) for name in sample.members)


def read_docx(file: SourceFile) -> Iterator[Reply]:
    """The one document of a DOCX file. Raises TooLarge, NoText or Malformed."""
    data = file.data(_MEGABYTES)
    composer = Composer()
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > _UNPACKED_LIMIT:
                raise TooLarge("unpacks to more than 500 MB")
            blocks = _blocks(archive)
            facts = _facts(archive, blocks, document_id(data))
        compose_blocks(composer, blocks)
    except etree.XMLSyntaxError as error:
        raise Malformed(f"broken DOCX: {error.msg}") from error
    except RecursionError as error:
        raise Malformed("broken DOCX: its elements are nested too deeply") from error
    except (
        zipfile.BadZipFile,
        zlib.error,
        KeyError,
        ValueError,
        OSError,
        EOFError,
        NotImplementedError,
    ) as error:
        raise Malformed(f"broken DOCX: {error}") from error
    except RuntimeError as error:  # zipfile's word for a member with a password
        raise Malformed(f"broken DOCX: {error}") from error
    document = composer.document(facts)
    if not document.text.strip():
        raise NoText("the document holds no text")
    yield Reply(document=document)


def _blocks(archive: zipfile.ZipFile) -> list[Block]:
    main = next(name for name in archive.namelist() if _MAIN.match(name))
    styles = _part(archive, "word/styles.xml")
    notes: dict[tuple[str, str], str] = {}
    for kind in ("footnote", "endnote"):
        part = _part(archive, f"word/{kind}s.xml")
        notes |= read_notes(part, kind) if part is not None else {}
    parts = WordParts(read_styles(styles) if styles is not None else {}, notes)
    root = _part(archive, main)
    body = root.find(f"{{{W}}}body") if root is not None else None
    return list(word_blocks(body, parts)) if body is not None else []


def _facts(archive: zipfile.ZipFile, blocks: list[Block], identity: str) -> DocumentFacts:
    margins = [_part(archive, name) for name in archive.namelist() if _MARGINS.match(name)]
    lines = [line for part in margins if part is not None for line in plain_lines(part)]
    properties = _part(archive, "docProps/core.xml")
    stated = {
        name: (properties.findtext(f"{_DC}{name}") if properties is not None else None)
        for name in ("title", "creator")
    }
    heading = first_heading(blocks)
    title = stated_title(stated["title"]) if is_part_name(heading) else heading
    # Page headers often carry the report's number and class, though they are not its text.
    text = "\n".join([fact_text(blocks), *lines])
    facts = report_facts(identity, text, title)
    return replace(facts, parties=facts.parties or stated_authors(stated["creator"]))


def _part(archive: zipfile.ZipFile, name: str) -> etree._Element | None:
    """The root of an XML part; None where the file has no such part."""
    if name not in archive.namelist():
        return None
    data = archive.read(name)
    for strict, usual in _STRICT.items():
        data = data.replace(strict, usual)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    return etree.fromstring(data, parser)
