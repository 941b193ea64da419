"""What a PDF holds besides its pages' own text: form values, notes, files, a stated title."""

from __future__ import annotations

import io
from collections.abc import Iterator
from ctypes import POINTER, c_ulong, c_ushort, cast, create_string_buffer
from typing import Any

import pypdfium2.raw as pdfium

from ingest.errors import Rejection
from ingest.isolate import Reply
from ingest.readers.opened import ReadMember
from ingest.text import one_line

_MOST_NOTES = 2000  # On one page.
_MOST_FILES = 1000
_LARGEST_FILE = 500 << 20
# Prints of the Korean office carry their own table of contents as a file; it says nothing more.
_KIPO_OUTLINE = "STOC"
_VALUE_FIELDS = {
    pdfium.FPDF_FORMFIELD_TEXTFIELD,
    pdfium.FPDF_FORMFIELD_COMBOBOX,
    pdfium.FPDF_FORMFIELD_LISTBOX,
}
_IS_PASSWORD = 1 << 13  # ISO 32000-1, table 228.
# Links lead elsewhere, and a popup repeats the note that it belongs to.
_NO_NOTES = {pdfium.FPDF_ANNOT_LINK, pdfium.FPDF_ANNOT_POPUP, pdfium.FPDF_ANNOT_UNKNOWN}


def form_of(pdf: Any) -> Any:
    """Pdfium's handle of a PDF's form, None where it has none. To be asked before any page."""
    if pdf.get_formtype() == pdfium.FORMTYPE_NONE:
        return None
    pdf.init_forms()
    return pdf.formenv


def page_notes(page: Any, form: Any) -> tuple[str, ...]:
    """Values in a page's form fields (`name: value`) and the words of its notes, once each."""
    found: dict[str, None] = {}
    for at in range(min(pdfium.FPDFPage_GetAnnotCount(page.raw), _MOST_NOTES)):
        note = pdfium.FPDFPage_GetAnnot(page.raw, at)
        if not note:
            continue
        try:
            kind = pdfium.FPDFAnnot_GetSubtype(note)
            if kind == pdfium.FPDF_ANNOT_WIDGET:
                text = _field(form, note) if form is not None else ""
            elif kind in _NO_NOTES:
                text = ""
            else:
                text = _wide(pdfium.FPDFAnnot_GetStringValue, note, b"Contents")
        finally:
            pdfium.FPDFPage_CloseAnnot(note)
        if text.strip():
            found[text.strip()] = None
    return tuple(found)


def _field(form: Any, note: Any) -> str:
    kind = pdfium.FPDFAnnot_GetFormFieldType(form.raw, note)
    if kind not in _VALUE_FIELDS:
        return ""
    if pdfium.FPDFAnnot_GetFormFieldFlags(form.raw, note) & _IS_PASSWORD:
        return ""
    value = one_line(_wide(pdfium.FPDFAnnot_GetFormFieldValue, form.raw, note))
    name = one_line(_wide(pdfium.FPDFAnnot_GetFormFieldAlternateName, form.raw, note))
    name = name or one_line(_wide(pdfium.FPDFAnnot_GetFormFieldName, form.raw, note))
    return f"{name}: {value}" if name and value else value


def _wide(function: Any, *arguments: Any) -> str:
    """What a pdfium function writes as UTF-16 when given room for it."""
    length = function(*arguments, None, 0)
    if length <= 2:
        return ""
    buffer = create_string_buffer(length)
    function(*arguments, cast(buffer, POINTER(c_ushort)), length)
    return buffer.raw[: length - 2].decode("utf-16-le", "replace")


def attachments(pdf: Any, read_member: ReadMember) -> Iterator[Reply]:
    """The replies of the files that are embedded in a PDF."""
    names: set[str] = set()
    for at in range(min(pdf.count_attachments(), _MOST_FILES)):
        name = f"attachment {at + 1}"
        try:
            attachment = pdf.get_attachment(at)
            given = attachment.get_name() or name
            if given == _KIPO_OUTLINE:
                continue
            name = f"{at + 1}/{given}" if given in names else given
            names.add(name)
            length = c_ulong()
            pdfium.FPDFAttachment_GetFile(attachment.raw, None, 0, length)
            if length.value > _LARGEST_FILE:
                yield _unread(name, "TooLarge", "larger than the 500 MB an attached file may have")
                continue
            data = bytes(attachment.get_data())
        except Exception as error:  # Broken in itself: the document and the other files are not.
            yield _unread(name, "Malformed", f"{type(error).__name__}: {error}")
            continue
        yield from read_member(name, io.BytesIO(data))


def _unread(name: str, error: str, message: str) -> Reply:
    return Reply(rejection=Rejection(f"!/{name}", error, message), member=name)


def stated_title(pdf: Any, first_page: str) -> str:
    """The title among the file's properties, where the first page prints it too, else "".

    Many programs put the name of a file or of a template there.
    """
    title = one_line(pdf.get_metadata_dict().get("Title", ""))
    squeezed = "".join(title.split()).casefold()
    return title if len(squeezed) > 3 and squeezed in "".join(first_page.split()).casefold() else ""


def stated_authors(pdf: Any, first_page: str) -> tuple[str, ...]:
    """The authors among the file's properties, where the first page prints every one of them."""
    author = one_line(pdf.get_metadata_dict().get("Author", ""))
    names = tuple(
        name.strip() for name in author.replace(" and ", ";").replace(",", ";").split(";")
    )
    printed = "".join(first_page.split()).casefold()
    known = all(len(name) > 3 and "".join(name.split()).casefold() in printed for name in names)
    return names if known else ()
