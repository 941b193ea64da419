"""Libraries before a change, the change, and what they must be like after it."""

from __future__ import annotations

import json
import random
import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from faults.harness import Server

_WORDS = (
    "boron coating cathode anode binder separator electrolyte slurry calender formation silicon "
    "graphite copper aluminium capacity voltage ageing cycle life tab welding mixing drying nickel"
).split()
_SENTENCES = (
    "The separator thickness is {n} um in cell {i}.",
    "The electrolyte holds 2 wt% FEC at {n} °C.",
    "The {a} was made with a {b} of grade {i}.",
    "After formation at 45 °C the {a} rests for {n} h.",
    "A quick {b} of the nickel-rich cathode active material follows the {a}.",
)


@dataclass(frozen=True)
class Scenario:
    """One change of a library. change: operation and arguments; parts: whether it may stop midway
    between documents; target: a file or folder beside the library that it makes.
    """

    name: str
    folder: Path
    operation: str
    arguments: dict[str, Any]
    parts: bool = False
    target: Path | None = None
    before: Any = None
    after: Any = None
    known: dict[str, Any] = field(default_factory=dict)

    @property
    def library(self) -> Path:
        """Where the library stands while it is hit."""
        return self.folder / "lib"

    def reset(self) -> None:
        """Put the library back to what it was before."""
        shutil.rmtree(self.library, ignore_errors=True)
        if (self.folder / "template").exists():
            shutil.copytree(self.folder / "template", self.library)
        if self.target is not None:
            for path in self.target.parent.glob(f"*{self.target.name}*"):
                shutil.rmtree(path) if path.is_dir() else path.unlink()


def text_of(name: str, version: int = 0, sentences: int = 24) -> str:
    """The text of a source, the same at every call; long enough for several passages."""
    chance = random.Random(f"{name}-{version}")
    said = [
        chance.choice(_SENTENCES).format(
            n=chance.randint(5, 80), i=chance.randint(1, 9),
            a=chance.choice(_WORDS), b=chance.choice(_WORDS),
        )
        for _ in range(sentences)
    ]  # fmt: skip
    paragraphs = "\n\n".join(" ".join(said[i : i + 3]) for i in range(0, sentences, 3))
    return f"# Report {name}\n\n{paragraphs}\n"


def write_sources(folder: Path, names: str, version: int = 0, sentences: int = 24) -> list[str]:
    """Make or change files, one for each letter; their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in names:
        (folder / f"{name}.md").write_text(text_of(name, version, sentences))
    return [str(folder / f"{name}.md") for name in names]


def make(server: Server, base: Path, name: str) -> Scenario:
    """A scenario with its library before, and the states before and after."""
    folder = base / name
    folder.mkdir()
    scenario = _MAKERS[name](server, folder)
    if scenario.library.exists():
        shutil.copytree(scenario.library, folder / "template")
        before = server.value("seen", library=scenario.library)
    else:
        before = None
    server.value(scenario.operation, **scenario.arguments)
    after = server.value("seen", library=scenario.library)
    return Scenario(**{**vars(scenario), "before": before, "after": after})


def reference(server: Server, scenario: Scenario, documents: list[dict[str, Any]]) -> Any:
    """What a library of just these documents is like, made at one go in another folder."""
    held = {document["id"]: document["label"] for document in documents}
    key = json.dumps(held, sort_keys=True)
    if key not in scenario.known:
        folder = scenario.folder / "reference"
        shutil.rmtree(folder, ignore_errors=True)
        files = {path.stem: path for path in (scenario.folder / "versions").glob("*.md")}
        groups: dict[str | None, list[str]] = {}
        for document in documents:
            path = folder / "src" / Path(document["source"]).name
            path.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(files[document["id"]], path)
            groups.setdefault(document["label"], []).append(str(path))
        for label, paths in groups.items():
            server.value("ingest", library=folder / "lib", paths=paths, label=label)
        scenario.known[key] = server.value("seen", library=folder / "lib")
    return scenario.known[key]


def _keep_versions(folder: Path) -> None:
    """Note every text that a source has had under its document's id."""
    import hashlib

    versions = folder / "versions"
    versions.mkdir(exist_ok=True)
    for path in (folder / "src").glob("*.md"):
        identity = hashlib.sha256(path.read_bytes()).hexdigest()[:16]
        shutil.copy(path, versions / f"{identity}.md")


def _begun(server: Server, folder: Path, names: str, sentences: int = 24) -> Path:
    write_sources(folder / "src", names, sentences=sentences)
    server.value("ingest", library=folder / "lib", paths=[str(folder / "src")])
    _keep_versions(folder)
    return folder / "lib"


def _shared(server: Server, folder: Path) -> Path:
    """A copy of a library of four documents, for changes that do not look at their files."""
    begun = folder.parent / "begun"
    if not begun.exists():
        _begun(server, begun, "abcd")
    for name in ("lib", "src", "versions"):
        shutil.copytree(begun / name, folder / name)
    return folder / "lib"


def _ingest(server: Server, folder: Path) -> Scenario:
    library = _begun(server, folder, "ab", 60)
    write_sources(folder / "src", "cdefg", sentences=60)
    _keep_versions(folder)
    arguments = {"library": library, "paths": [str(folder / "src")]}
    return Scenario("ingest", folder, "ingest", arguments, parts=True)


def _first(server: Server, folder: Path) -> Scenario:
    write_sources(folder / "src", "abc")
    _keep_versions(folder)
    arguments = {"library": folder / "lib", "paths": [str(folder / "src")]}
    return Scenario("first", folder, "ingest", arguments, parts=True)


def _update(server: Server, folder: Path) -> Scenario:
    library = _begun(server, folder, "abcde", 45)
    write_sources(folder / "src", "ac", version=1, sentences=45)
    (folder / "src" / "e.md").unlink()
    _keep_versions(folder)
    arguments = {"library": library, "paths": [str(folder / "src")]}
    return Scenario("update", folder, "ingest", arguments, parts=True)


def _relabel(server: Server, folder: Path) -> Scenario:
    library = _shared(server, folder)
    paths = [str(folder / "src" / name) for name in ("b.md", "c.md")]
    arguments = {"library": library, "paths": paths, "label": "secret"}
    return Scenario("relabel", folder, "ingest", arguments, parts=True)


def _remove(server: Server, folder: Path) -> Scenario:
    library = _shared(server, folder)
    ids = sorted(path.stem for path in (folder / "versions").iterdir())[:2]
    return Scenario("remove", folder, "remove", {"library": library, "names": ids})


def _reembed(server: Server, folder: Path) -> Scenario:
    library = _begun(server, folder, "abcd", 60)
    return Scenario("reembed", folder, "reembed", {"library": library})


def _change_encoder(server: Server, folder: Path) -> Scenario:
    """The same with the old vectors taken out, in a library with two labels."""
    library = _shared(server, folder)
    server.value("ingest", library=library, paths=[str(folder / "src" / "a.md")], label="secret")
    arguments = {"library": library, "drop_old": True}
    return Scenario("change_encoder", folder, "reembed", arguments)


def _rebuild(server: Server, folder: Path) -> Scenario:
    library = _shared(server, folder)
    server.value("ingest", library=library, paths=[str(folder / "src" / "a.md")], label="secret")
    return Scenario("rebuild", folder, "rebuild", {"library": library})


def _snapshot(server: Server, folder: Path) -> Scenario:
    library = _shared(server, folder)
    target = folder / "out" / "snapshot.tar"
    target.parent.mkdir()
    arguments = {"library": library, "target": target}
    return Scenario("snapshot", folder, "snapshot", arguments, target=target)


def _restore(server: Server, folder: Path) -> Scenario:
    library = _shared(server, folder)
    snapshot = folder / "snapshot"
    server.value("snapshot", library=library, target=snapshot)
    write_sources(folder / "src", "bf", version=1)
    (folder / "src" / "a.md").unlink()
    server.value("ingest", library=library, paths=[str(folder / "src")])
    return Scenario("restore", folder, "restore", {"library": library, "source": snapshot})


def _export(server: Server, folder: Path) -> Scenario:
    library = _shared(server, folder)
    target = folder / "out" / "hits.csv"
    target.parent.mkdir()
    arguments = {"library": library, "path": target}
    return Scenario("export", folder, "export", arguments, target=target)


_MAKERS: dict[str, Callable[[Server, Path], Scenario]] = {
    "ingest": _ingest,
    "first": _first,
    "update": _update,
    "relabel": _relabel,
    "remove": _remove,
    "reembed": _reembed,
    "change_encoder": _change_encoder,
    "rebuild": _rebuild,
    "snapshot": _snapshot,
    "restore": _restore,
    "export": _export,
}
NAMES = tuple(_MAKERS)
