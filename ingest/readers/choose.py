"""Choose the reader of a file by its content; the suffix only settles what that leaves open."""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import PurePath
from typing import IO

from ingest.errors import (
    EmptyFile,
    IngestError,
    MissingPath,
    Rejection,
    Unreadable,
    UnsupportedFormat,
    WrongSuffix,
)
from ingest.isolate import Reply
from ingest.readers.formats import FORMATS, Format
from ingest.readers.opened import ReadMember, Sample, SourceFile, no_members

_HEAD_BYTES = 8192
# An attachment of a mail in an archive in an archive; deeper is no filing system, but a trick.
_DEEPEST = 4


def read_file(path: str, passwords: tuple[str, ...] = ()) -> Iterator[Reply]:
    """Documents of one file. Raises an IngestError when there is no way to read it."""
    try:
        with open(path, "rb") as stream:
            yield from _read(SourceFile(PurePath(path).name, stream, passwords), 0)
    except OSError as error:
        raise Unreadable(f"the system refuses to read it: {error.strerror or error}") from error


def _read(file: SourceFile, depth: int) -> Iterator[Reply]:
    chosen = choose(sample(file))
    file.stream.seek(0)
    members = _members(file, depth + 1) if depth < _DEEPEST else no_members
    yield from chosen.read(replace(file, read_member=members))


def _members(outer: SourceFile, depth: int) -> ReadMember:
    """What a reader at this depth is given to read the files inside its own."""

    def read_member(member: str, stream: IO[bytes]) -> Iterator[Reply]:
        name = member.encode("utf-8", "backslashreplace").decode("utf-8")
        try:
            # Unchanged members of a changed archive need not be read into the index again.
            digest = _digest(stream)
            stream.seek(0)
            inner = SourceFile(PurePath(name).name, stream, outer.passwords)
            for reply in _read(inner, depth):
                yield _inside(name, digest, reply)
        except IngestError as error:
            rejection = Rejection(f"!/{name}", type(error).__name__, str(error))
            yield Reply(rejection=rejection, member=name)

    return read_member


def _inside(name: str, digest: str, reply: Reply) -> Reply:
    """A reply of a member as one of the file that holds it."""
    member = f"{name}!/{reply.member}" if reply.member else name
    rejection = reply.rejection
    if rejection is not None:
        rejection = replace(rejection, source=f"!/{name}{rejection.source}")
    content_hash = reply.content_hash or digest
    return replace(reply, member=member, rejection=rejection, content_hash=content_hash)


def member_data(path: str, member: str) -> bytes:
    """Bytes of a file inside a file. member: as in `Reply.member`, `folder/a.xml!/b.pdf`.

    Raises MissingPath where there is none of this name, and what the outer file's reader raises.
    """
    with open(path, "rb") as stream:
        file = SourceFile(PurePath(path).name, stream)
        for name in member.split("!/"):
            data = _captured(file, name)
            file = SourceFile(PurePath(name).name, io.BytesIO(data))
        return data


def _captured(file: SourceFile, wanted: str) -> bytes:
    """Let the outer file's reader go through its members, and keep the wanted one."""
    found: list[bytes] = []

    def read_member(member: str, stream: IO[bytes]) -> Iterator[Reply]:
        if member.encode("utf-8", "backslashreplace").decode("utf-8") == wanted and not found:
            found.append(stream.read())
        return iter(())

    chosen = choose(sample(file))
    file.stream.seek(0)
    for _ in chosen.read(replace(file, read_member=read_member)):
        if found:
            break
    if not found:
        raise MissingPath(f"there is no {wanted} in {file.name}")
    return found[0]


def _digest(stream: IO[bytes]) -> str:
    digest = hashlib.sha256()
    while block := stream.read(1 << 20):
        digest.update(block)
    return digest.hexdigest()


def sample(file: SourceFile) -> Sample:
    """What the formats are told of a file."""
    file.stream.seek(0)
    head = file.stream.read(_HEAD_BYTES)
    suffix = PurePath(file.name).suffix.lower()
    names: frozenset[str] = frozenset()
    if head.startswith(b"PK\x03\x04"):
        try:
            with zipfile.ZipFile(file.stream) as archive:
                names = frozenset(archive.namelist())
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
            names = frozenset()
    return Sample(suffix, head, names)


def choose(given: Sample) -> Format:
    """The format of a file. Raises EmptyFile, WrongSuffix or UnsupportedFormat.

    >>> choose(Sample(".txt", b"%PDF-1.7")).name
    'PDF'
    """
    if not given.head:
        raise EmptyFile("the file has no bytes")
    for candidate in FORMATS:
        if candidate.recognises(given):
            return candidate
    for candidate in FORMATS:
        if given.suffix in candidate.suffixes:
            raise WrongSuffix(f"the content is not {candidate.name}, and nothing else we read")
    raise UnsupportedFormat(f"no reader for {given.suffix or 'files without a suffix'}")
