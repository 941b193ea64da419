"""The members of ZIP archives."""

from __future__ import annotations

import lzma
import re
import stat
import zipfile
import zlib
from collections.abc import Iterator
from typing import IO

from ingest.errors import Encrypted, IngestError, Malformed, Unreadable, UnsafeArchive
from ingest.errors import UnsupportedFormat as Unsupported
from ingest.readers.archives.zip_aes import AES, open_aes
from ingest.readers.archives.zip_rescue import rescued_members
from ingest.readers.members import Member, Meter, check_ratio
from ingest.readers.opened import SourceFile

BROKEN = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, OSError, ValueError)
_READ = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA)
# Source: PKWARE's APPNOTE.TXT 6.3.10, section 4.4.5.
_METHODS = {1: "Shrink", 6: "Implode", 9: "Deflate64", 93: "Zstandard", 95: "XZ", 98: "PPMd"}
_ENCRYPTED, _UTF8 = 0x1, 0x800
_HANGUL = re.compile("[가-힣ㄱ-ㅣ]+")


def zip_members(file: SourceFile, meter: Meter) -> Iterator[Member]:
    """Members in the order of the archive. Raises Malformed where there is no telling them."""
    try:
        archive = zipfile.ZipFile(file.stream)
    except (*BROKEN, NotImplementedError) as error:
        # The list of members is the last thing in the file; what stands before may be whole.
        yield from rescued_members(file.stream)
        raise Malformed(f"the list at the end of the archive is missing: {error}") from error
    with archive:
        for info in archive.infolist():
            if not info.filename.endswith("/"):  # is_dir fails where there is no name
                position = min(info.header_offset + info.compress_size, meter.packed)
                yield _member(archive, info, file, position)


def _member(
    archive: zipfile.ZipFile, info: zipfile.ZipInfo, file: SourceFile, position: int
) -> Member:
    name = _name(info)
    problem = _problem(info)
    if problem is not None:
        return Member(name, problem=problem, position=position)
    return Member(name, lambda: _open(archive, info, file), position=position)


def _problem(info: zipfile.ZipInfo) -> IngestError | None:
    if stat.S_ISLNK(info.external_attr >> 16):
        return Unreadable("a symbolic link; links inside archives are not followed")
    if info.compress_type not in (*_READ, AES):
        method = _METHODS.get(info.compress_type, f"method {info.compress_type}")
        return Unsupported(f"packed by {method}, which is not read; unpack and ingest the folder")
    try:
        check_ratio(info.file_size, info.compress_size)
    except UnsafeArchive as error:
        return error
    return None


def _open(archive: zipfile.ZipFile, info: zipfile.ZipInfo, file: SourceFile) -> IO[bytes]:
    if not info.flag_bits & _ENCRYPTED:
        return archive.open(info)
    if info.compress_type == AES:
        return open_aes(file.stream, info, file.passwords)
    for password in file.passwords:
        try:
            # One wrong password in 256 opens; only all the bytes tell.
            with archive.open(info, pwd=password.encode()) as opened:
                while opened.read(1 << 20):
                    pass
            return archive.open(info, pwd=password.encode())
        except (RuntimeError, *BROKEN):
            continue
    raise Encrypted("it opens with a password only")


def _name(info: zipfile.ZipInfo) -> str:
    """The name in the encoding that it was surely written in; else as the standard has it."""
    if info.flag_bits & _UTF8 or info.filename.isascii():
        return info.filename
    try:
        raw = info.filename.encode("cp437")
    except UnicodeEncodeError:
        return info.filename
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        pass
    try:
        korean = raw.decode("cp949")
    except UnicodeDecodeError:
        return info.filename
    odd = "".join(c for c in korean if not c.isascii())
    return korean if _HANGUL.fullmatch(odd) else info.filename
