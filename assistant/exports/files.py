"""Writes a file whole or not at all, packs files into a zip, and makes names safe."""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import secrets
import shutil
import unicodedata
import zipfile
from collections.abc import Mapping
from datetime import datetime
from io import BytesIO
from pathlib import Path

from assistant.errors import BadInput
from assistant.exports.errors import NotWritten

# The earliest time that a zip can hold: what members get that have none of their own.
_EARLIEST = (1980, 1, 1, 0, 0, 0)
_LONGEST_NAME = 150  # bytes in UTF-8; file systems allow 255 and a copy's suffix must fit
_UNSAFE = re.compile(r'[\x00-\x1f\x7f-\x9f\ud800-\udfff<>:"/\\|?*]')
_RESERVED = {
    "con",
    "prn",
    "aux",
    "nul",
    *(f"{port}{n}" for port in ("com", "lpt") for n in range(10)),
}


def write_whole(path: str | Path, content: bytes) -> Path:
    """Write a file in one step: readers see the old file or the new one, never a part.

    Raises BadInput for what cannot name a file, NotWritten where the disk or folder refuses it.
    """
    if "\0" in str(path) or not Path(path).name:
        raise BadInput(f"{str(path)!r} cannot be a file; give the export another name")
    target = Path(os.path.realpath(path))
    part = _part(target)
    try:
        _tidy(target)
        # Not tempfile's: that one is readable by its owner only, and so would the export be.
        with open(part, "xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        if target.exists():
            shutil.copymode(target, part)
        os.replace(part, target)
    except (OSError, UnicodeError) as error:
        with contextlib.suppress(OSError, UnicodeError):
            part.unlink(missing_ok=True)
        raise NotWritten(_why(path, error)) from error
    return Path(path)


def _part(target: Path) -> Path:
    """Where the file is made; the name says for which target, and by which process."""
    named = hashlib.sha256(target.name.encode("utf-8", "surrogatepass")).hexdigest()[:16]
    return target.with_name(f".export-{named}-{os.getpid()}-{secrets.token_hex(4)}.part")


def _tidy(target: Path) -> None:
    """Remove what killed processes left of the same export."""
    prefix = "-".join(_part(target).name.split("-")[:2])
    for path in target.parent.glob(f"{prefix}-*.part"):
        process = path.name.split("-")[2]
        if process.isdecimal() and not _is_alive(int(process)):
            path.unlink(missing_ok=True)


def _is_alive(process: int) -> bool:
    if os.name != "posix":  # There, looking at a process by a signal would end it.
        return True
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


def _why(path: str | Path, error: Exception) -> str:
    reason = (error.strerror if isinstance(error, OSError) else None) or str(error)
    remedy = "nothing was written there; free space, or choose another place"
    if isinstance(error, FileNotFoundError):
        remedy = "make its folder first, or choose another place"
    elif isinstance(error, (IsADirectoryError, NotADirectoryError)):
        remedy = "a folder is in the way; choose another name"
    elif isinstance(error, PermissionError):
        remedy = "close it where it is open, or choose a place that you may write to"
    return f"{path} could not be written ({reason}): {remedy}"


def safe_name(text: str, suffix: str = "") -> str:
    r"""A file name for any text, that no system and no spreadsheet takes for anything else.

    >>> safe_name("=cmd|' /C calc'!A0: µ/α", ".xlsx")
    "cmd_' _C calc'!A0_ µ_α.xlsx"
    """
    name = unicodedata.normalize("NFC", _UNSAFE.sub("_", text))
    # Invisible characters (Cf) can turn the direction of a name and so hide its suffix.
    name = "".join(char for char in name if unicodedata.category(char) != "Cf")
    name = " ".join(name.split()).lstrip("=+-@.~ ").rstrip(". ") or "export"
    if name.split(".")[0].lower() in _RESERVED:
        name = f"_{name}"
    stem, ending = (name, suffix) if suffix else os.path.splitext(name)
    if len(ending.encode()) > 20:
        stem, ending = name, ""
    room = _LONGEST_NAME - len(ending.encode())
    return stem.encode()[:room].decode(errors="ignore").rstrip(". ") + ending


def write_zip(path: str | Path, parts: Mapping[str, bytes], made: datetime | None = None) -> Path:
    """Pack parts into one zip, whole or not at all.

    parts: names with "/" between folders; each folder and file name is made safe, and names that
    thereby become the same get a number. made: the time that the members bear. The same parts
    give the same bytes. Raises BadInput for another suffix than .zip, NotWritten.
    """
    if Path(path).suffix.lower() != ".zip":
        raise BadInput(f"{path}: a project is exported as .zip; give it that suffix")
    taken: set[str] = set()
    members = [(_member(name, taken), content) for name, content in parts.items()]
    return write_whole(path, pack(members, made))


def pack(members: list[tuple[str, bytes]], made: datetime | None = None) -> bytes:
    """The bytes of a zip; the same for the same members and time."""
    stamp = made.timetuple()[:6] if made and made.year >= _EARLIEST[0] else _EARLIEST
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members:
            info = zipfile.ZipInfo(name, stamp)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o644 << 16
            archive.writestr(info, content)
    return buffer.getvalue()


def restamped(archive: bytes, made: datetime) -> bytes:
    """An office file with every member dated alike, so that its bytes do not tell the clock."""
    with zipfile.ZipFile(BytesIO(archive)) as source:
        return pack([(info.filename, source.read(info)) for info in source.infolist()], made)


def _member(name: str, taken: set[str]) -> str:
    steps = [step for step in name.replace("\\", "/").split("/") if step not in ("", ".", "..")]
    safe = "/".join(safe_name(step) for step in steps) or "export"
    stem, ending = os.path.splitext(safe)
    number = 1
    while safe.casefold() in taken:
        number += 1
        safe = f"{stem} ({number}){ending}"
    taken.add(safe.casefold())
    return safe
