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
├── NoText             a well-formed file without any text, such as a scan
├── Malformed          broken XML, PDF, JSON ...
├── UnsafeXml          entity declarations that expand: a bomb, or a reach for other files
├── DuplicateId        a record whose id already belongs to another source
├── ReaderTimeout      the reader took longer than allowed and was stopped
├── ReaderMemory       the reader needed more memory than allowed and was stopped
├── ReaderCrashed      the reader's process died
└── ReadersUnavailable no reader's process can be started: the whole run stops

The class name is the `error` of the public contract. A message says what is wrong and, where
something can be done, what to do; the file is named beside it, in `Rejection.source`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ingest.records import plain

# Exit status of a reader's process that ran out of memory.
OUT_OF_MEMORY_STATUS = 86


class IngestError(Exception):
    """Base of everything that keeps a file or a record out of the index."""


class MissingPath(IngestError):
    """The path does not exist."""


class Unreadable(IngestError):
    """The operating system refused to open or read the file."""


class LinkLoop(IngestError):
    """A symbolic link leads back to itself or to a folder above it."""


class EmptyFile(IngestError):
    """No bytes, or nothing but blanks."""


class TooLarge(IngestError):
    """More bytes than the reader's limit."""


class UnsupportedFormat(IngestError):
    """There is no reader for this content."""


class WrongSuffix(IngestError):
    """The content is not what the suffix says, and nothing else that we read."""


class Encrypted(IngestError):
    """The file opens with a password only."""


class NoText(IngestError):
    """A well-formed file without any text, such as a scan."""


class Malformed(IngestError):
    """The file breaks the rules of its own format."""


class UnsafeXml(IngestError):
    """The XML declares entities that expand into more, or that point outside the file."""


class DuplicateId(IngestError):
    """A record carries an id that already belongs to another source."""


class ReaderTimeout(IngestError):
    """The reader took longer than allowed and was stopped."""


class ReaderMemory(IngestError):
    """The reader needed more memory than allowed and was stopped."""


class ReaderCrashed(IngestError):
    """The reader's process died without an answer."""


class ReadersUnavailable(IngestError):
    """No reader's process can be started at all, so no file is to blame."""


@dataclass(frozen=True)
class Rejection:
    """One thing that is not in the index, and why.

    source: the path, followed by `#line N` for a record of a file. error: class name of an
    IngestError. when: ISO time (UTC) of the last try, None until it is stored.
    """

    source: str
    error: str
    message: str
    when: str | None = None

    def to_dict(self) -> dict[str, Any]:
        """The object listed by `prior-art list --rejected`."""
        return plain(self)
