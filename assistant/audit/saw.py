"""For handlers and commands that show what no method of the assistant handed out just now."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from assistant.assistant import Assistant
from assistant.audit.audited import Audited
from assistant.audit.library import AuditedLibrary
from assistant.audit.recorder import Recorder
from assistant.audit.records import Act
from assistant.audit.switch import audit_of, local_visitor
from index.library import Library


def recorder_of(assistant: object) -> Recorder | None:
    """Who is written down by an assistant, also by one whose work a project records; None: off."""
    while assistant is not None and not isinstance(assistant, Audited):
        assistant = getattr(assistant, "searcher", None)
    return assistant.recorder if assistant is not None else None


def watched(assistant: Assistant, index: Path) -> Assistant:
    """The assistant of whoever runs the program, which leaves entries if the index is audited."""
    log = audit_of(index)
    return assistant if log is None else Audited(assistant, Recorder(log, local_visitor()))


def saw(assistant: object, action: str, value: object) -> None:
    """Write down that the documents of a value are about to be shown; nothing where it is off.

    assistant: an Assistant, or one that a project records. value: any record of ours, or several.
    Raises AuditNotWritten: then show nothing.
    """
    recorder = recorder_of(assistant)
    if recorder is not None:
        recorder.saw(Act(action), value)


def exporting(assistant: object, value: object, suffix: str) -> None:
    """Write down that a file with a value's documents is about to be given; nothing if it is off.

    suffix: of the file, such as ".xlsx". Raises AuditNotWritten: then give nothing.
    """
    recorder = recorder_of(assistant)
    if recorder is not None:
        recorder.saw(Act("export", format=suffix.lstrip(".").lower()), value, "exported")


def exporting_ids(assistant: object, documents: Mapping[str, tuple[str, ...]], suffix: str) -> None:
    """As `exporting`, for a file whose documents are known by id only, by what they are in it."""
    recorder = recorder_of(assistant)
    if recorder is not None:
        given = {part: ids for part, ids in documents.items() if ids}
        count = len({name for ids in given.values() for name in ids})
        recorder.saw(Act("export", given, count=count, format=suffix.lstrip(".").lower()))


def acted(assistant: object, action: str, ids: tuple[str, ...], part: str) -> None:
    """Write down what was done to documents, by id, such as ("remove", ids, "removed")."""
    recorder = recorder_of(assistant)
    if recorder is not None:
        recorder.saw(Act(action, {part: ids}, count=len(ids)))


def unrecorded(assistant: Assistant) -> Assistant:
    """The assistant itself, for what is not shown, or written down otherwise."""
    return assistant.plain if isinstance(assistant, Audited) else assistant


def computing(library: Library) -> Library:
    """The library itself, for computing what nobody sees and nobody is to be said to have seen."""
    return library.plain if isinstance(library, AuditedLibrary) else library
