"""The projects of a library: made, opened, listed."""

from __future__ import annotations

from pathlib import Path

from assistant.projects.errors import NoProject, ProjectExists
from assistant.projects.files import LOCK_FILE, make_folder, stated
from assistant.projects.names import project_name, shown, slug
from assistant.projects.project import Project
from assistant.projects.record import HEAD_FILE, RECORD_FILE

FOLDER = "projects"
# What a process may leave that was stopped while it made a project.
_OF_A_BEGINNING = {LOCK_FILE, HEAD_FILE, RECORD_FILE}


class Projects:
    """All projects of the library in a folder; each has a folder of its own in `projects/`.

    Example:
        projects = Projects("library")
        projects.create("Blade coating").note("asked by the coating group")
        projects.open("Blade coating").state().notes
    """

    def __init__(self, index: str | Path, user: str | None = None) -> None:
        self.folder = Path(index) / FOLDER
        self.user = user

    def create(self, name: str) -> Project:
        """A new project. Raises BadName, ProjectExists, RecordNotWritten."""
        name = project_name(name)
        project = Project(self.folder / slug(name), self.user)
        with stated(self.folder):
            make_folder(self.folder)
            make_folder(project.folder)
            names = {path.name for path in project.folder.iterdir()} - _OF_A_BEGINNING
            used = [name for name in names if not name.endswith(".tmp")]
        if used or not project.record.create({"name": name}, project.user):
            raise ProjectExists(
                f"there is a project {name!r} already; open it, or take another name"
            )
        return project

    def open(self, name: str) -> Project:
        """The project of a name, or of the name of its folder. Raises NoProject, BadName."""
        name = project_name(name)
        for folder in (slug(name), name):
            project = Project(self.folder / folder, self.user)
            if folder in self._folders() and project.record.exists():
                return project
        raise NoProject(f"no project {name!r}; `prior-art project list --all` shows all of them")

    def names(self, archived: bool = False) -> list[str]:
        """Names, sorted. archived: those as well. A broken project is listed by what it has."""
        return [name for name, project in self.all() if archived or not project.state().archived]

    def all(self) -> list[tuple[str, Project]]:
        """Names and projects, archived ones too, sorted by name."""
        projects = [Project(self.folder / folder, self.user) for folder in self._folders()]
        named = [(_name(project), project) for project in projects if project.record.exists()]
        return sorted(named, key=lambda one: one[0].casefold())

    def _folders(self) -> set[str]:
        if not self.folder.is_dir():
            return set()
        return {path.name for path in self.folder.iterdir() if path.is_dir()}


def _name(project: Project) -> str:
    """The name in the first entry, or the folder's where that cannot be read."""
    return next(
        (
            shown(str(entry.body.get("name", project.folder.name)))
            for entry in project.entries()
            if entry.kind == "created"
        ),
        project.folder.name,
    )
