"""Archives: every file inside is read as if it lay in a folder, or listed with a reason.

Read: ZIP, TAR (plain or packed), 7z, and single files packed by gzip, bzip2, xz or Zstandard.
"""

from __future__ import annotations

import tarfile
import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import PurePosixPath

from ingest.errors import EmptyFile, IngestError, Malformed, Rejection, UnsafeArchive
from ingest.errors import UnsupportedFormat as Unsupported
from ingest.isolate import Reply
from ingest.readers.archives.archive_tar import is_packed, is_tar, tar_members
from ingest.readers.archives.archive_zip import BROKEN, zip_members
from ingest.readers.members import (
    Member,
    Meter,
    Spool,
    leads_outside,
    read_inside,
    rejected,
    shown_name,
)
from ingest.readers.opened import Sample, SourceFile

_ZIP, _SEVEN_ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08"), b"7z\xbc\xaf\x27\x1c"
_UNREAD = (
    (b"Rar!\x1a\x07", "RAR"),
    (b"MSCF", "CAB"),
    (b"\x1f\x9d", "compress (.Z)"),
    (b"ISc(", "InstallShield"),
    (b"\x60\xea", "ARJ"),
)
# Files of programs that are ZIP archives too, but of no files that anybody put there.
_PROGRAMS = ("[Content_Types].xml", "mimetype", "META-INF/manifest.xml")
_PROGRAM_SUFFIXES = frozenset(
    (
        ".docx .docm .dotx .dotm .pptx .pptm .potx .ppsx .xlsx .xlsm .xlsb .xltx .odt .odp .ods"
        " .odg .epub .vsdx .pages .numbers .key .xps .oxps"
    ).split()
)
_LISTED_ALONE = 10


def is_archive(sample: Sample) -> bool:
    """Whether a file is an archive, one that is only recognised included."""
    if sample.head.startswith(_ZIP):
        named = sample.suffix in _PROGRAM_SUFFIXES
        return not named and not any(name in sample.members for name in _PROGRAMS)
    if sample.head.startswith((_SEVEN_ZIP, *(start for start, _ in _UNREAD))):
        return True
    if sample.head.startswith(b"\x5d\x00\x00"):
        return sample.suffix == ".lzma"
    return is_packed(sample.head) or is_tar(sample.head)


def read_archive(file: SourceFile) -> Iterator[Reply]:
    """The replies of every member. Raises an IngestError for what stops the whole archive."""
    file.stream.seek(0)
    head = file.stream.read(512)
    for start, name in _UNREAD:
        if head.startswith(start):
            raise Unsupported(f"{name} archives are not read; pack it again as ZIP or 7z")
    meter = Meter(file)
    listing = _Listing()
    count = 0
    for member in _members(head, file, meter):
        meter.budget.member()
        count += 1
        if _is_litter(member.name):
            listing.litter += 1
            continue
        for reply in _read(file, member, meter):
            if listing.shows(reply):
                yield replace(reply, position=max(member.position, 1))
    if not count:
        raise EmptyFile("there are no files in it")
    yield from listing.rest()


def _members(head: bytes, file: SourceFile, meter: Meter) -> Iterator[Member]:
    if head.startswith(_ZIP):
        return zip_members(file, meter)
    if head.startswith(_SEVEN_ZIP):
        # Imported here, since every reader's process would wait for it.
        from ingest.readers.archives.archive_7z import seven_zip_members

        return seven_zip_members(file, meter)
    return tar_members(file, meter)


def _read(file: SourceFile, member: Member, meter: Meter) -> Iterator[Reply]:
    name = shown_name(member.name)
    if leads_outside(member.name):
        yield rejected(name, UnsafeArchive("its name leads outside the archive; it is not read"))
        return
    if member.problem is not None or member.open is None:
        yield rejected(name, member.problem or Malformed("it has no content"))
        return
    try:
        opened = member.open()
        # What py7zr unpacks is spooled as it comes.
        spool = opened if isinstance(opened, Spool) else meter.spool(opened, member.counted)
    except UnsafeArchive:
        raise
    except IngestError as error:
        yield rejected(name, error)
        return
    # All that the libraries raise over one member: zipfile RuntimeError and NotImplementedError for
    # what it does not support, the others for damage. The rest of the archive is read all the same.
    except (*BROKEN, RuntimeError, NotImplementedError, tarfile.TarError, zlib.error) as error:
        yield rejected(name, Malformed(f"it does not unpack: {error}"))
        return
    with spool:
        yield from read_inside(file, name, spool)


def _is_litter(name: str) -> bool:
    """Whether macOS or Windows wrote it beside the files for its own use."""
    parts = name.replace("\\", "/").split("/")
    return "__MACOSX" in parts or parts[-1] in (".DS_Store", "Thumbs.db", "desktop.ini")


class _Listing:
    """Keeps hundreds of drawings beside a patent from burying the list: ten alone, then a count."""

    def __init__(self) -> None:
        self.litter = 0
        self._unread: Counter[str] = Counter()

    def shows(self, reply: Reply) -> bool:
        """Whether a reply goes on the list by itself."""
        rejection = reply.rejection
        if rejection is None or rejection.error != Unsupported.__name__:
            return True
        suffix = PurePosixPath(rejection.source).suffix.lower()
        self._unread[suffix] += 1
        return self._unread[suffix] <= _LISTED_ALONE

    def rest(self) -> Iterator[Reply]:
        """What did not go on the list, in sums."""
        for suffix, count in self._unread.items():
            if count > _LISTED_ALONE:
                message = f"{count - _LISTED_ALONE} more files of this kind, which is not read"
                name = f"*{suffix}" if suffix else "files without a suffix"
                yield Reply(rejection=Rejection(f"!/{name}", Unsupported.__name__, message))
        if self.litter:
            message = f"{self.litter} files that macOS or Windows keep for themselves; not read"
            yield Reply(rejection=Rejection("!/(system files)", Unsupported.__name__, message))
