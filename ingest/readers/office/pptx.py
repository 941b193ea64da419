"""PowerPoint presentations (PPTX, PPTM, PPSX): a page for each slide, its notes below.

Macros are not run, and nothing that a slide links to is fetched.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from lxml import etree

from ingest.compose import Composer
from ingest.errors import Malformed, NoText, TooLarge
from ingest.facts import DocumentFacts
from ingest.isolate import Reply
from ingest.readers.office.blocks import Block, compose_blocks, fact_text, first_heading
from ingest.readers.office.docx_math import MATH, math_text
from ingest.readers.opened import Sample, SourceFile, document_id
from ingest.readers.plain.report_facts import report_facts
from ingest.readers.plain.titles import stated_authors, stated_title
from ingest.text import one_line

_MEGABYTES = 300
_UNPACKED_LIMIT = 1 << 30
_MAIN = b"application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"
# Shows and templates are presentations under another name.
_VARIANTS = (
    b"application/vnd.openxmlformats-officedocument.presentationml.slideshow.main+xml",
    b"application/vnd.openxmlformats-officedocument.presentationml.template.main+xml",
    b"application/vnd.ms-powerpoint.slideshow.macroEnabled.main+xml",
    b"application/vnd.ms-powerpoint.template.macroEnabled.main+xml",
)
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_FURNITURE = ("DATE (", "FOOTER (", "SLIDE_NUMBER (", "HEADER (")
_DEEPEST_GROUP = 20


def is_pptx(sample: Sample) -> bool:
    """Whether a file is a presentation."""
    return "ppt/presentation.xml" in sample.members


def read_pptx(file: SourceFile) -> Iterator[Reply]:
    """The one document of a presentation. Raises TooLarge, NoText or Malformed."""
    # Imported here, since every reader's process would wait for it.
    import pptx
    from pptx.exc import PackageNotFoundError

    data = file.data(_MEGABYTES)
    try:
        deck = pptx.Presentation(io.BytesIO(_as_presentation(data)))
        composer = Composer()
        blocks: list[Block] = []
        for slide in deck.slides:
            composer.page()
            found = list(_slide(slide))
            compose_blocks(composer, found)
            blocks += found
        facts = _facts(document_id(data), blocks, deck.core_properties)
    except (TooLarge, MemoryError):
        raise
    except etree.XMLSyntaxError as error:
        raise Malformed(f"broken PPTX: {error.msg}") from error
    except (
        zlib.error, zipfile.BadZipFile, PackageNotFoundError, KeyError, ValueError, AttributeError,
        OSError, IndexError, TypeError, RuntimeError, EOFError,
    ) as error:  # fmt: skip
        raise Malformed(f"broken PPTX: {type(error).__name__}: {error}") from error
    document = composer.document(facts)
    if not document.text.strip():
        raise NoText("no slide holds any text; pictures are not read")
    yield Reply(document=document)


def _as_presentation(data: bytes) -> bytes:
    """The file with the content type that python-pptx knows."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        if sum(entry.file_size for entry in archive.infolist()) > _UNPACKED_LIMIT:
            raise TooLarge("unpacks to more than 1 GB")
        types = archive.read("[Content_Types].xml")
        if not any(variant in types for variant in _VARIANTS):
            return data
        for variant in _VARIANTS:
            types = types.replace(variant, _MAIN)
        copy = io.BytesIO()
        with zipfile.ZipFile(copy, "w") as changed:
            for entry in archive.infolist():
                named = entry.filename == "[Content_Types].xml"
                changed.writestr(entry.filename, types if named else archive.read(entry))
    return copy.getvalue()


def _slide(slide: Any) -> Iterator[Block]:
    title = slide.shapes.title
    if title is not None and title.has_text_frame and title.text_frame.text.strip():
        yield Block(_frame_text(title.text_frame), 1)
    for shape in _ordered(slide.shapes, 0):
        if title is None or shape.shape_id != title.shape_id:
            yield from _shape(shape)
    if slide.has_notes_slide and slide.notes_slide.notes_text_frame is not None:
        notes = _frame_text(slide.notes_slide.notes_text_frame)
        if notes.strip():
            yield Block(f"Notes: {notes}")


def _ordered(shapes: Iterable[Any], depth: int) -> Iterator[Any]:
    """Shapes as one reads them: from the top, then from the left; groups are taken apart."""
    for shape in sorted(shapes, key=_place):
        if getattr(shape, "shapes", None) is not None and depth < _DEEPEST_GROUP:
            yield from _ordered(shape.shapes, depth + 1)
        elif not (shape.is_placeholder and str(_kind(shape)).startswith(_FURNITURE)):
            yield shape


def _place(shape: Any) -> tuple[int, int]:
    return (shape.top or 0, shape.left or 0)


def _kind(shape: Any) -> Any:
    return shape.placeholder_format.type


def _shape(shape: Any) -> Iterator[Block]:
    if getattr(shape, "has_table", False):
        rows = tuple(
            tuple(
                "" if cell.is_spanned else one_line(_frame_text(cell.text_frame))
                for cell in row.cells
            )
            for row in shape.table.rows
        )
        yield Block(rows=rows, headers=int(bool(shape.table.first_row) and len(rows) > 1))
    elif getattr(shape, "has_chart", False):
        yield from _chart(shape.chart)
    elif getattr(shape, "has_text_frame", False):
        text = _frame_text(shape.text_frame)
        if text.strip():
            yield Block(text)
    else:
        yield from _diagram(shape)


def _frame_text(frame: Any) -> str:
    """Text with a line for each paragraph; equations and raised digits kept readable."""
    lines = []
    for paragraph in frame._txBody.iter(f"{_A}p"):
        pieces: list[str] = []
        for element in paragraph.iter(f"{_A}t", f"{_A}br", f"{{{MATH}}}oMath"):
            if element.tag == f"{_A}br":
                pieces.append("\n")
            elif element.tag == f"{_A}t":
                pieces.append(_run(element, "".join(pieces[-1:])))
            else:
                pieces.append(math_text(element))
        lines.append("".join(pieces))
    return "\n".join(lines)


def _run(element: Any, before: str) -> str:
    properties = element.getparent().find(f"{_A}rPr")
    raised = "0" if properties is None else properties.get("baseline", "0")
    text = str(element.text or "")
    return f"^{text}" if not raised.startswith(("0", "-")) and before[-1:].isdigit() else text


def _chart(chart: Any) -> Iterator[Block]:
    """A chart's title, and its values as a table where its series share their categories."""
    titles = list(chart._chartSpace.iter(f"{_C}title"))
    texts = [" ".join(t.text or "" for t in e.iter(f"{_A}t")) for e in titles]
    title = one_line("; ".join(text for text in texts if text.strip()))
    try:
        plot = chart.plots[0]
        categories = [str(category) for category in plot.categories]
        series = [(str(s.name), list(s.values)) for s in plot.series]
    except (AttributeError, IndexError, KeyError, TypeError, ValueError, NotImplementedError):
        categories, series = [], []
    if not categories or not series:
        yield Block(title)
        return
    rows = [("", *(name for name, _ in series))]
    for at, category in enumerate(categories):
        values = [found[at] if at < len(found) else None for _, found in series]
        rows.append((category, *("" if value is None else f"{value:g}" for value in values)))
    yield Block(rows=tuple(rows), headers=1, caption=title)


def _diagram(shape: Any) -> Iterator[Block]:
    """SmartArt keeps its text in a part of its own, in the order of its boxes."""
    for reference in shape._element.iter("{*}relIds"):
        identity = next((v for k, v in reference.attrib.items() if k.endswith("}dm")), None)
        part = shape.part.related_part(identity) if identity else None
        if part is None:
            continue
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
        root = etree.fromstring(part.blob, parser)
        lines = ["".join(t.text or "" for t in p.iter(f"{_A}t")) for p in root.iter(f"{_A}p")]
        yield Block("\n".join(line for line in lines if line.strip()))


def _facts(identity: str, blocks: list[Block], properties: Any) -> DocumentFacts:
    title = first_heading(blocks) or stated_title(properties.title)
    facts = report_facts(identity, fact_text(blocks), title)
    return replace(facts, parties=facts.parties or stated_authors(properties.author))
