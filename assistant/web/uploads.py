"""Files that people bring in through the page: kept under the index folder, then ingested.

On the disk they have generated names; what they were called stands beside them, for showing only.
"""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path, PurePath

from assistant.accounts.records import UPLOAD
from assistant.audit import saw, unrecorded
from assistant.audit.changes import changes
from assistant.errors import AssistantError
from assistant.web.bodies import LARGEST_FILE, LARGEST_UPLOAD
from assistant.web.given_names import UPLOADS, names_beside, safe_name
from assistant.web.holder import AssistantHolder
from assistant.web.identity import NotAllowed
from assistant.web.readable import MOST_FILES, readable, suffixes
from index.errors import CannotWrite, LibraryLocked, OtherEncoder
from index.plan import ReadSettings, remedied
from index.tally import Progress
from index.update import IngestReport, ingest
from ingest.facts import DocumentFacts


class BadUpload(AssistantError):
    """Files that are not taken: too many, too large, of no kind that is read, or without label."""


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
    Of others' documents the report tells nothing that the user may not see. Raises NotAllowed,
    BadUpload, LibraryError.
    """
    check(holder, files, given.label)
    with changes(holder.audit, holder.visitor(), holder.index, "upload"):
        folder, report = _ingested(holder, files, given, progress)
    assistant = holder.assistant
    seen = unrecorded(assistant).documents()
    root = folder.absolute()
    brought = [d for d in seen if Path(d.source).is_relative_to(root)]
    saw(assistant, "facts", brought)
    return _for_user(holder, report, seen, root), brought


def _ingested(
    holder: AssistantHolder,
    files: Sequence[str | Path],
    given: Upload,
    progress: Callable[[Progress], None],
) -> tuple[Path, IngestReport]:
    """The folder that the files are kept in, and what ingesting it did."""
    folder = store(holder.index, files)
    passwords = (given.password,) if given.password else ()
    try:
        report = ingest(
            holder.index,
            [folder],
            label=given.label,
            encoder=holder.encoder,
            progress=progress,
            settings=ReadSettings(passwords=passwords, remedied=remedied(bool(passwords))),
        )
    except (LibraryLocked, OtherEncoder):
        shutil.rmtree(folder, ignore_errors=True)  # Nothing was added, so nothing is kept.
        names_beside(folder).unlink(missing_ok=True)
        raise
    return folder, report


def check(holder: AssistantHolder, files: Sequence[str | Path], label: str | None) -> None:
    """Refuse what must not be brought in. Raises NotAllowed, BadUpload."""
    identity = holder.identity()
    if not holder.may(UPLOAD):
        raise NotAllowed(f"the role of {identity.name} has no right to add documents")
    if identity.clearance.labels is not None and label is None:
        raise BadUpload("choose the confidentiality label of these files")
    if label is not None and not identity.clearance.allows(label):
        raise BadUpload(f"{label!r} is none of your labels: {identity.clearance}")
    if len(files) > MOST_FILES:
        raise BadUpload(f"at most {MOST_FILES} files at once; make an archive of them")
    try:
        sizes = [Path(file).stat().st_size for file in files]
    except OSError:  # the same file was just brought in from another page
        raise BadUpload("the files are no longer there; choose them again") from None
    if max(sizes, default=0) > LARGEST_FILE or sum(sizes) > LARGEST_UPLOAD:
        raise BadUpload("the files are too large; bring them in with `prior-art ingest`")
    for file in files:
        if not readable(str(file)):
            raise BadUpload(f"no reader for {Path(file).name}; nothing was added")


def store(index: Path, files: Sequence[str | Path]) -> Path:
    """Copy files into a new folder under `uploads/`, which it returns. Raises CannotWrite."""
    try:
        parent = index / UPLOADS
        parent.mkdir(parents=True, exist_ok=True)
        folder = Path(tempfile.mkdtemp(prefix=f"{datetime.now():%Y-%m-%d_%H%M%S}_", dir=parent))
        names = {}
        for number, file in enumerate(files, 1):
            name = safe_name(Path(file).name)
            kept = f"file-{number:03d}{_suffix(name)}"
            shutil.copyfile(file, folder / kept)
            names[kept] = name
        beside = names_beside(folder)
        beside.write_text(json.dumps(names, ensure_ascii=False), encoding="utf-8")
    except OSError as error:
        reason = error.strerror or str(error)
        raise CannotWrite(f"the files cannot be kept in {index}: {reason}") from error
    return folder


def _suffix(name: str) -> str:
    """The suffix by which readers know a file; both of a packed one, as in `hits.csv.gz`.

    >>> _suffix("a.b.PDF"), _suffix("hits.csv.gz"), _suffix("note")
    ('.pdf', '.csv.gz', '')
    """
    found = [suffix.lower() for suffix in PurePath(name).suffixes[-2:]]
    return "".join(suffix for suffix in found if suffix in suffixes())


def _for_user(
    holder: AssistantHolder, report: IngestReport, seen: Sequence[DocumentFacts], root: Path
) -> IngestReport:
    """The report without what the user may not see: totals, and the twins of his files."""
    sources = {facts.source for facts in seen}
    known = tuple(
        one for one in report.duplicates
        if one.same_as in sources or Path(one.same_as).is_relative_to(root)
    )  # fmt: skip
    hidden = len(report.duplicates) - len(known)
    return replace(
        report,
        duplicates=known,
        added=report.added + hidden,
        unchanged=report.unchanged - hidden,
        documents=holder.count(),
    )
