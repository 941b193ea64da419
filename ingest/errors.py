"""Why a file is not in the index.

IngestError
├── MissingPath        the path does not exist
├── Unreadable         the operating system does not give us its bytes
├── LinkLoop           a symbolic link leads back to itself or a folder above it
├── EmptyFile          no bytes, or nothing but blanks
├── TooLarge           more bytes than the reader's limit
├── UnsupportedFormat  no reader for this content
├── WrongSuffix        the content is not what the suffix says, and nothing else we read
├── Encrypted          opens with a password only
├── NoText             a well-formed file without any text
├── NeedsOcr           pages are images, and no OCR is installed
├── UnreadablePage     one page cannot be read; the others are in the index
├── Malformed          broken XML, PDF, JSON ...
├── UnsafeXml          entity declarations that expand: a bomb, or a reach for other files
├── UnsafeArchive      an archive that unpacks into far too much, or reaches outside itself
├── ChangedWhileRead   the file was written to while it was read
├── DuplicateId        a record whose id already belongs to another source
├── ReaderTimeout      the reader took longer than allowed and was stopped
├── ReaderMemory       the reader needed more memory than allowed and was stopped
├── ReaderCrashed      the reader's process died
└── ReadersUnavailable no reader's process can be started: the whole run stops

The class name is the `error` of the public contract. A message says what is wrong, `remedy` what
to do about errors of its class; the file is named beside them, in `Rejection.source`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ingest.facts import plain

# Exit status of a reader's process that ran out of memory.
OUT_OF_MEMORY_STATUS = 86


class IngestError(Exception):
    """Base of everything that keeps a file or a record out of the index.

    remedy: what a user can do about it.
    """

    remedy = "look at the message, mend the file and ingest again"


class MissingPath(IngestError):
    """The path does not exist."""

    remedy = "check the spelling of the path"


class Unreadable(IngestError):
    """The operating system refused to open or read the file."""

    remedy = "give this user the right to read the file, or copy it elsewhere"


class LinkLoop(IngestError):
    """A symbolic link leads back to itself or to a folder above it."""

    remedy = "remove the symbolic link"


class EmptyFile(IngestError):
    """No bytes, or nothing but blanks."""

    remedy = "nothing to do if it is meant to be empty, else copy it again from its origin"


class TooLarge(IngestError):
    """More bytes than the reader's limit."""

    remedy = "split the file"


class UnsupportedFormat(IngestError):
    """There is no reader for this content."""

    remedy = "save it as PDF, DOCX, HTML, plain text or another format that is read"


class WrongSuffix(IngestError):
    """The content is not what the suffix says, and nothing else that we read."""

    remedy = "copy it again from its origin, or give it the suffix of its content"


class Encrypted(IngestError):
    """The file opens with a password only."""

    remedy = "ingest again with --password, or save a copy without a password"


class NoText(IngestError):
    """A well-formed file without any text, such as a scan."""

    remedy = "nothing to do: there is nothing in it to search"


class NeedsOcr(IngestError):
    """Pages are images of text, and no OCR is installed."""

    remedy = (
        "install Tesseract with its languages (Debian, Ubuntu: apt install tesseract-ocr"
        " tesseract-ocr-osd tesseract-ocr-kor tesseract-ocr-jpn tesseract-ocr-chi-sim"
        " tesseract-ocr-deu), then ingest again"
    )


class UnreadablePage(IngestError):
    """One page cannot be read; the others are in the index."""

    remedy = "copy the file again from its origin, or print the page to a new PDF"


class Malformed(IngestError):
    """The file breaks the rules of its own format."""

    remedy = "copy it again from its origin, or open it in its own program and save it anew"


class UnsafeXml(IngestError):
    """The XML declares entities that expand into more, or that point outside the file."""

    remedy = "have the sender save it without a document type declaration"


class UnsafeArchive(IngestError):
    """An archive that unpacks into far more than it should, or that names files outside itself."""

    remedy = "unpack it yourself after checking it, and ingest the folder"


class ChangedWhileRead(IngestError):
    """The file was written to while it was read."""

    remedy = "ingest again when nothing writes to it any more"


class DuplicateId(IngestError):
    """A record carries an id that already belongs to another source."""

    remedy = "give the record an id of its own"


class ReaderTimeout(IngestError):
    """The reader took longer than allowed and was stopped."""

    remedy = "split the file, or print it to a new PDF"


class ReaderMemory(IngestError):
    """The reader needed more memory than allowed and was stopped."""

    remedy = "split the file, or print it to a new PDF"


class ReaderCrashed(IngestError):
    """The reader's process died without an answer."""

    remedy = "ingest again; if it happens again, print the file to a new PDF"


class ReadersUnavailable(IngestError):
    """No reader's process can be started at all, so no file is to blame."""

    remedy = "check that Python can be started by this user, then ingest again"


_BY_NAME = {error.__name__: error for error in IngestError.__subclasses__()}


@dataclass(frozen=True)
class Rejection:
    """One thing that is not in the index, and why.

    source: the path, followed by `!/member` for a file inside it, `#line N` for a record and
    `#page N` for a page. error: class name of an IngestError. when: ISO time (UTC) of the last
    try, None until it is stored. page: 1-based, where one page alone is concerned.
    """

    source: str
    error: str
    message: str
    when: str | None = None
    page: int | None = None

    @property
    def remedy(self) -> str:
        """What a user can do about it."""
        return _BY_NAME.get(self.error, IngestError).remedy

    def to_dict(self) -> dict[str, Any]:
        """The object listed by `prior-art list --rejected`.

        >>> Rejection("a.pdf", "EmptyFile", "no bytes").to_dict()["error"]
        'EmptyFile'
        """
        return {**plain(self), "remedy": self.remedy}
