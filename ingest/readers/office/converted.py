"""Formats that pandoc turns into HTML for us: EPUB, RTF, OpenDocument text, LaTeX.

Pandoc runs sandboxed: it reads its standard input and no file or address that a document names.
"""

from __future__ import annotations

import re
import subprocess
import zipfile
import zlib
from collections.abc import Iterator

from ingest.errors import Encrypted, IngestError, Malformed, ReaderTimeout, TooLarge
from ingest.errors import UnsupportedFormat as Unsupported
from ingest.isolate import Reply
from ingest.readers.opened import Sample, SourceFile, decode, document_id
from ingest.readers.plain.titles import stated_authors, stated_title
from ingest.readers.web.html import page_document, parse_html
from ingest.readers.web.html_blocks import element_text, elements_at
from ingest.text import one_line

_MEGABYTES = 100
_UNPACKED_LIMIT = 500 << 20
_SECONDS = 50  # Less than a reader may take, so that this process is ended by us.
_OPEN_DOCUMENT = b"mimetypeapplication/vnd.oasis.opendocument."
_RTF = re.compile(rb"^\s*\{\\rtf")
_LATEX = re.compile(rb"\\documentclass|\\begin\s*\{document\}|\\documentstyle")
# Their one date is that of the last change.
_CHANGED = ("rtf", "odt")
_ENCRYPTED_PARTS = ("META-INF/encryption.xml", "META-INF/rights.xml")
# Fonts may be scrambled in books that are otherwise open (EPUB 3.3, section 4.3).
_FONT_ALGORITHMS = ("http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC")


def is_converted(sample: Sample) -> bool:
    """Whether a file is in one of these formats, spreadsheets and slides of OpenDocument too."""
    return _format(sample.suffix, sample.head, sample.members) is not None


def read_converted(file: SourceFile) -> Iterator[Reply]:
    """The one document. Raises Encrypted, UnsupportedFormat, Malformed, TooLarge or NoText."""
    data = file.data(_MEGABYTES)
    members: frozenset[str] = frozenset()
    if data.startswith(b"PK"):
        members = _checked(file)
    suffix = "." + file.name.rsplit(".", 1)[-1].lower()
    name = _format(suffix, data[:8192], members) or "rtf"
    if name.startswith("open"):
        raise Unsupported(f"{name}: save it as {_BETTER[name]} and ingest that")
    # TeX is text in any encoding, and pandoc reads one.
    root = parse_html(_html(decode(data).encode() if name == "latex" else data, name))
    for meta in elements_at(root, "//meta[@name='author' or @name='dcterms.date']"):
        is_author = meta.get("name") == "author"
        wrong = not stated_authors(meta.get("content")) if is_author else name in _CHANGED
        parent = meta.getparent()
        if wrong and parent is not None:
            parent.remove(meta)
    for made_up in elements_at(root, "//head/title | //p[@class='date' and contains(., ':')]"):
        made_up.text = ""  # A book's date is the moment at which a program wrote it.
    titles = elements_at(root, "//h1[@class='title']")
    title = stated_title(element_text(titles[0])) if titles else ""
    yield Reply(document=page_document(root, document_id(data), one_line(title)))


_BETTER = {"opendocument spreadsheet (.ods)": "XLSX", "opendocument presentation (.odp)": "PPTX",
           "opendocument drawing (.odg)": "PDF"}  # fmt: skip


def _format(suffix: str, head: bytes, members: frozenset[str]) -> str | None:
    """What pandoc calls the format, or a name that begins with "open" for what it cannot read."""
    if _RTF.match(head):
        return "rtf"
    if suffix in (".tex", ".latex", ".ltx") and _LATEX.search(head):
        return "latex"
    start = head[30:120]
    if start.startswith(b"mimetypeapplication/epub+zip") or "META-INF/container.xml" in members:
        return "epub"
    if start.startswith(_OPEN_DOCUMENT):
        for word in ("spreadsheet", "presentation"):
            if start.startswith(_OPEN_DOCUMENT + word.encode()):
                return f"opendocument {word} (.{'ods' if word == 'spreadsheet' else 'odp'})"
        text = start.startswith(_OPEN_DOCUMENT + b"text")
        return "odt" if text else "opendocument drawing (.odg)"
    if suffix in (".odt", ".ott") and "content.xml" in members:
        return "odt"
    return None


def _checked(file: SourceFile) -> frozenset[str]:
    """Names of the parts of a ZIP. Raises Encrypted for one with a password or DRM."""
    try:
        with zipfile.ZipFile(file.stream) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > _UNPACKED_LIMIT:
                raise TooLarge("unpacks to more than 500 MB")
            names = frozenset(archive.namelist())
            for name in names.intersection(_ENCRYPTED_PARTS):
                text = archive.read(name).decode("utf-8", "replace")
                methods = re.findall(r"EncryptionMethod[^>]+Algorithm\s*=\s*[\"']([^\"']+)", text)
                if not methods or any(method not in _FONT_ALGORITHMS for method in methods):
                    raise Encrypted("the publisher locked this book (DRM); it cannot be read")
            if "META-INF/manifest.xml" in names:
                manifest = archive.read("META-INF/manifest.xml")
                if b"encryption-data" in manifest:
                    raise Encrypted("it opens with a password only; save a copy without one")
            return names
    except IngestError:
        raise
    except (zipfile.BadZipFile, zlib.error, RuntimeError, OSError, EOFError, ValueError) as error:
        raise Malformed(f"broken file: {error}") from error


def _html(data: bytes, name: str) -> str:
    import pypandoc  # Here, since every reader's process would wait for it.

    command = [
        pypandoc.get_pandoc_path(), "--sandbox", "--standalone", "--from", name, "--to", "html5",
        "--wrap=none", "--mathml", "--metadata=pagetitle:-", "+RTS", "-M1500M", "-RTS",
    ]  # fmt: skip
    try:
        done = subprocess.run(
            command, input=data, capture_output=True, timeout=_SECONDS, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise ReaderTimeout(f"converting it took more than {_SECONDS} s") from error
    if done.returncode:
        message = one_line(done.stderr.decode("utf-8", "replace"))[:300]
        raise Malformed(f"pandoc cannot read it as {name}: {message}")
    return done.stdout.decode("utf-8", "replace")
