"""Compresses the closed files of a log, or moves them away; the log says so before it is done."""

from __future__ import annotations

import contextlib
import gzip
import hashlib
import os
import shutil
from pathlib import Path

from assistant.audit.files import PACKED, LogFile, log_files
from assistant.audit.writer import THE_LOG, Draft, Writer
from assistant.chained.files import make_folder


def move_away(writer: Writer, key_check: str, to: Path | None) -> list[str]:
    """Compress all files but the one in use, in place or into a folder; names of the new files.

    The log is locked. to: None for in place. Raises AuditBroken, OSError.
    """
    closed = [file for file in log_files(writer.folder)[:-1] if to is not None or not file.packed]
    if not closed:
        return []
    target = writer.folder if to is None else to
    make_folder(target)
    digests = {f"{file.name}{PACKED}": _packed(file, target) for file in closed}
    what = "compressed" if to is None else "moved"
    writer.add([Draft(THE_LOG, "archived", {what: digests})], key_check)
    for file in closed:
        if file.path.parent != target or not file.packed:
            file.path.unlink()
    return list(digests)


def _packed(file: LogFile, target: Path) -> str:
    """Have a compressed copy in a folder, kept by the disk; its SHA-256."""
    path = target / f"{file.name}{PACKED}"
    temporary = path.with_name(f"{path.name}.tmp")
    try:
        with temporary.open("wb") as raw, contextlib.ExitStack() as opened:
            os.fchmod(raw.fileno(), 0o600)
            source = opened.enter_context(file.path.open("rb"))
            if file.packed:
                shutil.copyfileobj(source, raw)
            else:
                with gzip.GzipFile("", "wb", fileobj=raw, mtime=0) as packing:
                    shutil.copyfileobj(source, packing)
            raw.flush()
            os.fsync(raw.fileno())
        with temporary.open("rb") as written:
            digest = hashlib.file_digest(written, "sha256").hexdigest()
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    return digest
