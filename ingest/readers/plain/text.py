"""Plain text in any encoding; form feeds are page breaks.

A file with a suffix that nobody knows, or with none, is text where its bytes are. Program code
and settings are text too, but nothing that anybody searches for prior art: they are listed.
"""

from __future__ import annotations

from collections.abc import Iterator

from ingest.compose import Composer
from ingest.errors import EmptyFile
from ingest.isolate import Reply
from ingest.readers.opened import Sample, SourceFile, document_id
from ingest.readers.plain.paged import compose_pages
from ingest.readers.plain.report_facts import report_facts
from ingest.readers.plain.text_encoding import looks_like_text, text_of
from ingest.readers.plain.text_pages import readable_pages
from ingest.text import clean

_MEGABYTES = 50
_TEXT = (".txt", ".text", ".asc", ".log", ".rst", ".tex", ".latex", ".ltx", ".me", ".1st", ".ans")
# Code, settings, data and pictures in text form.
_NOT_READ = frozenset(
    (
        ".py .pyi .ipynb .js .mjs .ts .tsx .jsx .css .scss .c .h .cc .cpp .hpp .cs .java .go .rs"
        " .rb .php .pl .pm .r .m .jl .swift .kt .scala .sh .bash .bat .cmd .ps1 .sql .vb .vbs .bas"
        " .f .f90 .for .lua .asm .s .json .yaml .yml .toml .ini .cfg .conf .env .properties .lock"
        " .gitignore .gitattributes .editorconfig .xml .xsd .xsl .xslt .dtd .svg .ps .eps .csv"
        " .tsv .jsonl .ndjson .md .markdown .html .htm .xhtml .pdf .docx .pptx .xlsx .rtf .odt"
        " .epub .eml .msg .zip .tar .gz .7z .bib .ris .pem .crt .key .map .min .diff .patch .vcf"
        " .ics .reg .inf .url .lnk .desktop .plist .srt .vtt .po .dxf .step .stp .iges .igs .stl"
        " .obj .gcode .cif .mol .sdf .pdb .xyz"
    ).split()
)


def is_text(sample: Sample) -> bool:
    """Whether a file is meant to be plain text, or has no known suffix and looks like text."""
    if sample.suffix in _TEXT:
        return True
    return sample.suffix not in _NOT_READ and looks_like_text(sample.head)


def read_text(file: SourceFile) -> Iterator[Reply]:
    """The one document of a text file."""
    data = file.data(_MEGABYTES)
    text = clean(text_of(data))
    if not text.strip():
        raise EmptyFile("the file holds nothing but blanks")
    composer = Composer()
    compose_pages(composer, readable_pages(text.split("\f")))
    yield Reply(document=composer.document(report_facts(document_id(data), text, "")))
