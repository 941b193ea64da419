"""Files in the container of old Microsoft programs (OLE2).

Mail of Outlook and office documents with a password are read; documents from before 2007 are
listed with what to do.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace

from ingest.errors import Encrypted, Malformed, UnsupportedFormat
from ingest.isolate import Reply
from ingest.readers.opened import Sample, SourceFile

_SIGN = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MEGABYTES = 200
_OLD = (
    ("WordDocument", "an old Word document (.doc)", "DOCX"),
    ("PowerPoint Document", "an old PowerPoint presentation (.ppt)", "PPTX"),
    ("Workbook", "an old Excel workbook (.xls)", "XLSX"),
    ("Book", "an old Excel workbook (.xls)", "XLSX"),
    ("PerfectOffice_MAIN", "a WordPerfect document", "DOCX or PDF"),
    ("VisioDocument", "a Visio drawing", "PDF"),
    ("BodyText", "a Hangul document (.hwp)", "DOCX or PDF"),
    ("FileHeader", "a Hangul document (.hwp)", "DOCX or PDF"),
)


def is_ole(sample: Sample) -> bool:
    """Whether a file is in this container."""
    return sample.head.startswith(_SIGN)


def read_ole(file: SourceFile) -> Iterator[Reply]:
    """The document inside. Raises Encrypted, UnsupportedFormat or Malformed."""
    # Imported here, since every reader's process would wait for it.
    import olefile  # type: ignore[import-untyped]

    from ingest.readers.mail.msg import read_msg

    data = file.data(_MEGABYTES)
    try:
        with olefile.OleFileIO(io.BytesIO(data)) as container:
            names = {entry[0] for entry in container.listdir(streams=True, storages=True)}
            issues = [str(text) for _, text in container.parsing_issues]
    except (OSError, ValueError, IndexError, TypeError, RecursionError) as error:
        raise Malformed(f"broken OLE2 container: {error}") from error
    if "EncryptedPackage" in names:
        yield from _unlocked(file, data)
        return
    if any(name.startswith("__properties_version1") for name in names):
        yield from read_msg(file, data)
        return
    for stream, what, better in _OLD:
        if stream in names:
            raise UnsupportedFormat(f"{what}; open it in its program and save it as {better}")
    if issues:
        raise Malformed(f"broken OLE2 container: {issues[0]}")
    raise UnsupportedFormat("an OLE2 container of a program that we do not know")


def _unlocked(file: SourceFile, data: bytes) -> Iterator[Reply]:
    """The replies of a document that has a password."""
    from ingest.readers.choose import choose, sample

    for password in file.passwords:
        plain = _decrypted(data, password)
        if plain is not None:
            inner = replace(file, stream=io.BytesIO(plain))
            yield from choose(sample(inner)).read(inner)
            return
    raise Encrypted("it opens with a password only")


def _decrypted(data: bytes, password: str) -> bytes | None:
    """The document without its password; None where this one does not fit."""
    import msoffcrypto
    from msoffcrypto.exceptions import DecryptionError, FileFormatError, InvalidKeyError, ParseError

    plain = io.BytesIO()
    try:
        locked = msoffcrypto.OfficeFile(io.BytesIO(data))
        locked.load_key(password=password, verify_password=True)
        locked.decrypt(plain)
    except (InvalidKeyError, DecryptionError):
        return None
    except (FileFormatError, ParseError, OSError, ValueError, KeyError) as error:
        raise Malformed(f"it has a password, and its encryption is broken: {error}") from error
    return plain.getvalue()
