"""The projects of a library: made, opened, listed, for those whose clearance covers theirs."""

from __future__ import annotations

from pathlib import Path

from assistant.projects.access import clearance_of, first_entry
from assistant.projects.errors import BadClearance, NoProject, ProjectExists, SeveralProjects
from assistant.projects.files import LOCK_FILE, make_folder, stated
from assistant.projects.names import full_name, project_name, shown, slug
from assistant.projects.project import Project
from assistant.projects.record import HEAD_FILE, RECORD_FILE
from index.clearance import EVERYTHING, Clearance

FOLDER = "projects"
# What a process may leave that was stopped while it made a project.
_OF_A_BEGINNING = {LOCK_FILE, HEAD_FILE, RECORD_FILE}


class Projects:
    """The projects of the library in a folder that exist for somebody of a clearance.

    Each has a folder of its own in `projects/`. One whose labels the clearance does not cover is
    not listed, not opened, and in no way told from one that was never made.

    Example:
        projects = Projects("library")
        projects.create("Blade coating").note("asked by the coating group")
        projects.open("Blade coating").state().notes
    """

    def __init__(
        self, index: str | Path, user: str | None = None, clearance: Clearance = EVERYTHING
    ) -> None:
        self.index = Path(index)
        self.folder = self.index / FOLDER
        self.user = user
        self.clearance = clearance

    def create(self, name: str, clearance: Clearance | None = None) -> Project:
        """A new project. clearance: fewer labels than the user has; None for all of them.

        Raises BadName, BadClearance, ProjectExists, RecordNotWritten.
        """
        name, chosen = project_name(name), self.clearance if clearance is None else clearance
        if not self.clearance.covers(chosen) or chosen.labels == frozenset():
            raise BadClearance(
                f"a project for {chosen} cannot be made; choose from your own labels: "
                f"{self.clearance}"
            )
        project = self._project(slug(name, chosen))
        with stated(self.folder):
            make_folder(self.folder)
            make_folder(project.folder)
            names = {path.name for path in project.folder.iterdir()} - _OF_A_BEGINNING
            used = [name for name in names if not name.endswith(".tmp")]
        body = {"name": name, "clearance": chosen.to_list()}
        if used or not project.record.create(body, project.user):
            raise ProjectExists(
                f"there is a project {name!r} already; open it, or take another name"
            )
        return project

    def open(self, name: str) -> Project:
        """The project of a name, of a name with its labels, or of the name of its folder.

        "Blades@internal+public" is the project "Blades" for those two labels. Raises NoProject
        where there is none that may be seen, SeveralProjects, BadName.
        """
        name = project_name(name)
        folders = self._folders()
        for found in (self._named(name, folders), self._with_labels(name, folders)):
            if len(found) > 1:
                names = ", ".join(full_name(_name(one), one.clearance) for one in found)
                raise SeveralProjects(f"there are several projects {name!r}; say which: {names}")
            if found:
                return found[0]
        if name in folders and self._visible(name):
            return self._project(name)
        raise NoProject(f"no project {name!r}; `prior-art project list --all` shows all of them")

    def names(self, archived: bool = False) -> list[str]:
        """Names, sorted, each of which `open` takes. archived: those as well.

        A broken project is listed by what it has.
        """
        return [name for name, project in self.all() if archived or not project.state().archived]

    def all(self) -> list[tuple[str, Project]]:
        """Names and projects, archived ones too, sorted by name.

        Where several have one name, each name has its labels.
        """
        projects = [self._project(folder) for folder in self._folders() if self._visible(folder)]
        named = [(_name(project), project) for project in projects]
        names = [name for name, _ in named]
        told = [
            (full_name(name, project.clearance) if names.count(name) > 1 else name, project)
            for name, project in named
        ]
        return sorted(told, key=lambda one: one[0].casefold())

    def _named(self, name: str, folders: set[str]) -> list[Project]:
        """Those of a name that may be seen, whatever their labels."""
        known = slug(name)
        alike = [one for one in folders if one == known or one.startswith(f"{known}-")]
        projects = [self._project(one) for one in sorted(alike) if self._visible(one)]
        # A folder's name is made of the name in its record, unless somebody renamed it.
        return [one for one in projects if one.folder.name == slug(name, one.clearance)]

    def _with_labels(self, name: str, folders: set[str]) -> list[Project]:
        """Those that a name with labels means, wherever its "@" stands."""
        ends = [place for place, character in enumerate(name) if character == "@" and place]
        return [
            project
            for end in ends
            for project in self._named(name[:end].rstrip(), folders)
            if full_name(name[:end], project.clearance) == name
        ]

    def _visible(self, folder: str) -> bool:
        """Whether the project in a folder is there, and may be seen."""
        return self.clearance.covers(clearance_of(self.folder / folder)) and (
            self._project(folder).record.exists()
        )

    def _project(self, folder: str) -> Project:
        return Project(self.folder / folder, self.user)

    def _folders(self) -> set[str]:
        if not self.folder.is_dir():
            return set()
        return {path.name for path in self.folder.iterdir() if path.is_dir()}


def _name(project: Project) -> str:
    """The name in the first entry, or the folder's where that cannot be read."""
    entry = first_entry(project.folder)
    return shown(str(entry.body.get("name", project.folder.name))) if entry else project.folder.name
