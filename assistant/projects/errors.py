"""What can go wrong with a project.

ProjectError
├── BadName           a name that cannot be one
├── NoProject         there is none of this name
├── ProjectExists     there is one already
├── SeveralProjects   more than one of this name, under different clearances
├── BadClearance      a project cannot have these labels, or a document's label is not among them
├── ProjectBusy       another process keeps it locked
├── BadEntry          an entry that the project cannot take, such as an override of an unknown chart
├── BrokenRecord      its search record was edited, cut or lost a file
├── RecordNotWritten  the disk is full, or the folder cannot be written to
└── NotReplayable     an entry asks for what this program cannot do
"""

from __future__ import annotations

from assistant.errors import AssistantError


class ProjectError(AssistantError):
    """Base of every stated error of projects."""


class BadName(ProjectError):
    """A name that cannot be one."""


class NoProject(ProjectError):
    """There is no project of this name, or none that may be seen."""


class ProjectExists(ProjectError):
    """There is a project of this name already."""


class SeveralProjects(ProjectError):
    """Projects of this name are there under more than one clearance."""


class BadClearance(ProjectError):
    """Labels that a project cannot have, or a document that its labels keep out."""


class ProjectBusy(ProjectError):
    """Another process keeps the project locked."""


class BadEntry(ProjectError):
    """An entry that the project cannot take."""


class BrokenRecord(ProjectError):
    """The search record was edited, cut or lost a file; nothing is appended to it.

    entry: number of the first bad entry, None where a file beside the record is bad.
    """

    def __init__(self, message: str, entry: int | None = None) -> None:
        super().__init__(message)
        self.entry = entry


class RecordNotWritten(ProjectError):
    """The system refuses to write; what stood in the record before is whole."""


class NotReplayable(ProjectError):
    """An entry asks for what this program cannot do."""
