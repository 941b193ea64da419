"""Files that people bring in through the page: kept under the index folder, then ingested."""

from __future__ import annotations

import re
import shutil
import tempfile
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from assistant.web.holder import AssistantHolder
from index.errors import CannotWrite, LibraryLocked, OtherEncoder
from index.plan import ReadSettings, remedied
from index.tally import Progress
from index.update import IngestReport, ingest
from ingest.facts import DocumentFacts

UPLOADS = "uploads"
_LONGEST_NAME = 120  # bytes; file systems allow 255
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\.|$)", re.IGNORECASE)


@dataclass(frozen=True)
class Upload:
    """What a user says of the files. password: tried on those that need one; never kept."""

    label: str | None = None
    password: str | None = None


def bring_in(
    holder: AssistantHolder,
    files: Sequence[str | Path],
    given: Upload,
    progress: Callable[[Progress], None],
) -> tuple[IngestReport, list[DocumentFacts]]:
    """Keep the files in a folder of their own and ingest it; what it did, and the documents.

    One folder for each upload: a label given now must not change documents brought in before.
    Raises LibraryError.
    """
    folder = store(holder.index, files)
    passwords = (given.password,) if given.password else ()
    encoder = holder.ready().library.encoder
    try:
        report = ingest(
            holder.index,
            [folder],
            label=given.label,
            encoder=encoder,
            progress=progress,
            settings=ReadSettings(passwords=passwords, remedied=remedied(bool(passwords))),
        )
    except (LibraryLocked, OtherEncoder):
        shutil.rmtree(folder, ignore_errors=True)  # Nothing was added, so nothing is kept.
        raise
    root = folder.absolute()
    brought = [d for d in holder.assistant.documents() if Path(d.source).is_relative_to(root)]
    return report, brought


def store(index: Path, files: Sequence[str | Path]) -> Path:
    """Copy files into a new folder under `uploads/`, which it returns. Raises CannotWrite."""
    try:
        parent = index / UPLOADS
        parent.mkdir(parents=True, exist_ok=True)
        folder = Path(tempfile.mkdtemp(prefix=f"{datetime.now():%Y-%m-%d_%H%M%S}_", dir=parent))
        for file in files:
            shutil.copyfile(file, folder / free_name(folder, safe_name(Path(file).name)))
    except OSError as error:
        reason = error.strerror or str(error)
        raise CannotWrite(f"the files cannot be kept in {index}: {reason}") from error
    return folder


def safe_name(name: str) -> str:
    r"""A plain file name out of whatever a browser sent: no folder, nothing hidden or reserved.

    >>> safe_name("../../etc/passwd"), safe_name("C:\\temp\\a b.pdf"), safe_name(".hidden")
    ('passwd', 'a b.pdf', 'hidden')
    """
    name = unicodedata.normalize("NFC", name.replace("\\", "/")).rsplit("/", 1)[-1]
    kept = "".join(c if c.isalnum() or c in " ._-()" else "_" for c in name)
    kept = kept.strip(" .") or "document"
    if _RESERVED.match(kept):
        kept = f"_{kept}"
    stem, dot, suffix = kept.rpartition(".")
    if not dot or len(suffix) > 10:
        stem, suffix = kept, ""
    tail = f".{suffix}" if suffix else ""
    room = _LONGEST_NAME - len(tail.encode())
    return stem.encode()[:room].decode("utf-8", "ignore") + tail


def free_name(folder: Path, name: str) -> str:
    """The name, with a number before its suffix where the folder has such a file already."""
    path = Path(name)
    number = 1
    # Names that differ in upper and lower case only are one file on some systems.
    taken = {entry.name.casefold() for entry in folder.iterdir()}
    while name.casefold() in taken:
        number += 1
        name = f"{path.stem}-{number}{path.suffix}"
    return name
