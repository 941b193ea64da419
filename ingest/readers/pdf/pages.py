"""The pages of a PDF through two libraries: pdfium first, pypdf where pdfium finds no usable text.

Why, with figures: the section on PDFs in benchmarks/reading.md.
"""

from __future__ import annotations

import io
import logging
import re
import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pypdfium2
from pypdf import PdfReader

from ingest.errors import Encrypted, Malformed
from ingest.isolate import Reply
from ingest.ocr import Recognised, recognise_page
from ingest.readers.opened import ReadMember
from ingest.readers.pdf.content import fault, shows_image, stream_bytes
from ingest.readers.pdf.extras import (
    attachments,
    form_of,
    page_notes,
    stated_authors,
    stated_title,
)
from ingest.readers.pdf.glyphs import is_unmapped, plain_glyphs
from ingest.readers.pdf.segments import Segment, TextPage

# Its warnings about every broken object would bury ours.
logging.getLogger("pypdf").setLevel(logging.CRITICAL)
logging.getLogger("pypdfium2").setLevel(logging.ERROR)
_LOCKED = "it opens with a password only"
_SECOND_OPINION_SECONDS = 15.0  # For all pages of a file together.
_LARGEST_STREAM = 4 << 20  # Bytes of a page's content that pypdf is given.
_LITTLE_TEXT = 200  # Characters: a number or name stamped on a scan.
_MOST_FAILING = 200  # Pages in a row that cannot be read, before the rest is given up.
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_RIGHT_TO_LEFT_SHARE = 0.2
_ADDRESS = re.compile(r"(?<=\d), \d{6,}(?=\))")
# "/g936/g1007": names of glyphs, which pypdf gives where a font has no mapping.
_GLYPH_NAMES = re.compile(r"(?:/[A-Za-z]+[0-9A-Fa-f]+\s?){3,}")


@dataclass(frozen=True)
class ReadPage:
    """One page as read.

    text: in the order of the file, "" where there is none; segments: its pieces with their
    places, () where nobody knows those; error: why the page cannot be read, None if it can;
    picture: whether it has little or no text but shows an image or glyphs without characters, so
    that OCR may help;
    notes: values of form fields and notes on the page.
    """

    text: str = ""
    segments: tuple[Segment, ...] = ()
    error: str | None = None
    picture: bool = False
    notes: tuple[str, ...] = ()


class PdfPages:
    """The pages of one file. Use it as a context manager.

    Raises Encrypted where no password opens it, and Malformed where neither library does.
    """

    def __init__(self, data: bytes, passwords: tuple[str, ...] = ()) -> None:
        self._data = data
        self._passwords = passwords
        self._second: PdfReader | None = None
        self._second_fails: str | None = None
        self._seconds_left = _SECOND_OPINION_SECONDS
        self.pdf: Any = None
        self.password: str | None = None  # The one that opened it.
        self._form: Any = None
        failure = self._open()
        self.count = len(self.pdf) if self.pdf is not None else 0
        if not self.count:
            self.count = self._count_again(failure)

    def __enter__(self) -> PdfPages:
        return self

    def __exit__(self, *_: object) -> None:
        if self.pdf is not None:
            self.pdf.close()

    def pages(self) -> Iterator[ReadPage]:
        """Every page in order; a page that cannot be read says so."""
        failed = 0
        for number in range(self.count):
            page = self._page(number)
            failed = failed + 1 if page.error else 0
            yield page
            # A file may claim a million pages and have one.
            if failed >= _MOST_FAILING:
                return

    def recognise(self, number: int) -> Recognised | None:
        """What OCR reads on a page. number: 1-based; None where there is no OCR, or it fails."""
        return recognise_page(self._data, number, self.password)

    def attachments(self, read_member: ReadMember) -> Iterator[Reply]:
        """The replies of the files embedded in this one."""
        if self.pdf is not None:
            yield from attachments(self.pdf, read_member)

    def stated_title(self, first_page: str) -> str:
        """The file's own title where its first page prints it, else ""."""
        return stated_title(self.pdf, first_page) if self.pdf is not None else ""

    def stated_authors(self, first_page: str) -> tuple[str, ...]:
        """The file's own authors where its first page prints them, else ()."""
        return stated_authors(self.pdf, first_page) if self.pdf is not None else ()

    def _open(self) -> str:
        """Open with pdfium; "" or why it does not."""
        failure = ""
        for password in (None, *self._passwords):
            try:
                self.pdf = pypdfium2.PdfDocument(self._data, password=password)
                self.password = password
                self._form = form_of(self.pdf)
                return ""
            except pypdfium2.PdfiumError as error:
                failure = str(error)
                if "password" not in failure.lower():
                    break
        return failure

    def _count_again(self, failure: str) -> int:
        """Pages by pypdf's count, for a file that pdfium does not open."""
        reader = self._reader()
        if reader is None:
            if self._second_fails == _LOCKED or "password" in failure.lower():
                raise Encrypted(f"{_LOCKED}; save a copy without one, or give the password")
            if "security" in failure.lower():
                raise Encrypted("it is protected by a scheme that is not supported")
            raise Malformed(f"broken PDF: {self._second_fails or failure}")
        try:
            count = len(reader.pages)
        except Exception as error:
            raise Malformed(f"broken PDF: {_said(error)}") from error
        if not count:
            raise Malformed("the PDF has no pages")
        return count

    def _page(self, number: int) -> ReadPage:
        text, error, picture = "", "", False
        segments: list[Segment] = []
        notes: tuple[str, ...] = ()
        if self.pdf is not None:
            try:
                page = self.pdf[number]
                try:
                    text, segments = _read(page)
                    notes = page_notes(page, self._form)
                    if len(text) <= _LITTLE_TEXT:
                        picture = shows_image(page)
                finally:
                    page.close()
            except pypdfium2.PdfiumError as failed:
                error = str(failed)
        blank, unmapped = not text.strip(), is_unmapped(text)
        if blank or unmapped or _is_right_to_left(text):
            second, second_error = self._second_opinion(number)
            if _is_usable(second) and (blank or unmapped or _letters(second) >= _letters(text)):
                return ReadPage(plain_glyphs(second), notes=notes)
            if blank and not picture and (second_error or error):
                return ReadPage(error=second_error or error)
        if blank or unmapped:
            return ReadPage(picture=picture or unmapped, notes=notes)
        return ReadPage(plain_glyphs(text), tuple(segments), picture=picture, notes=notes)

    def _second_opinion(self, number: int) -> tuple[str, str]:
        """What pypdf reads on a page, and why it does not."""
        if self._seconds_left <= 0:
            return "", ""
        started = time.monotonic()
        try:
            reader = self._reader()
            if reader is None:
                return "", ""  # It cannot open the file: that says nothing of the page.
            page = reader.pages[number]
            if stream_bytes(page) > _LARGEST_STREAM:
                return "", ""
            text = page.extract_text().replace("\f", "\n").replace("\x00", "")
            return text, "" if text.strip() else fault(page)
        except MemoryError:
            raise
        except Exception as error:
            return "", _said(error)
        finally:
            self._seconds_left -= time.monotonic() - started

    def _reader(self) -> PdfReader | None:
        if self._second is None and self._second_fails is None:
            try:
                reader = PdfReader(io.BytesIO(self._data))
                # Many PDFs are encrypted with an empty password, which opens them for reading.
                tried = ("", *self._passwords)
                if reader.is_encrypted and not any(reader.decrypt(one) for one in tried):
                    self._second_fails = _LOCKED
                else:
                    self._second = reader
            except MemoryError:
                raise
            except Exception as error:
                self._second_fails = _said(error)
        return self._second


def _said(error: Exception) -> str:
    """What pypdf says, without the places in memory that it writes behind an object's number."""
    return f"{type(error).__name__}: {_ADDRESS.sub('', str(error))}".rstrip(": ")


def _read(page: Any) -> tuple[str, list[Segment]]:
    text_page = TextPage(page)
    try:
        text = text_page.plain()
        segments = text_page.segments(text) if text.strip() else []
    finally:
        text_page.close()
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\ufffe", "-\n")
    return text.replace("\x02", "-\n").replace("\f", "\n"), segments


def _is_right_to_left(text: str) -> bool:
    return len(_RIGHT_TO_LEFT.findall(text)) > _RIGHT_TO_LEFT_SHARE * max(1, len(text))


def _is_usable(text: str) -> bool:
    if not text.strip() or is_unmapped(text):
        return False
    return len("".join(_GLYPH_NAMES.findall(text))) * 2 < len(text)


def _letters(text: str) -> int:
    return sum(c.isalnum() for c in text)
