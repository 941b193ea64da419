"""Confidentiality labels of folders: rules that count for what an ingest finds below them."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

import msgspec

from index.errors import BadLabel, BrokenLibrary, CannotWrite
from index.manifest import read_manifest

LABELS_FILE = "labels.json"
_LONGEST = 100  # characters


@dataclass(frozen=True)
class FolderRule:
    """What lies in a folder, at any depth, has a label. path: absolute."""

    path: str
    label: str


@dataclass(frozen=True)
class FolderRules:
    """All rules of a library.

    >>> rules = FolderRules((FolderRule("/a", "internal"), FolderRule("/a/b", "secret")))
    >>> rules.label_of("/a/b/c.pdf"), rules.label_of("/a/c.pdf"), rules.label_of("/ab.pdf")
    ('secret', 'internal', None)
    """

    folders: tuple[FolderRule, ...] = ()

    def label_of(self, path: str) -> str | None:
        """The label of the deepest folder with a rule above a path; None for none."""
        above = [r for r in self.folders if f"{path}/".startswith(f"{r.path.rstrip('/')}/")]
        return max(above, key=lambda rule: len(rule.path)).label if above else None


def checked_label(label: str) -> str:
    """The label without blanks around it. Raises BadLabel.

    >>> checked_label(" project-aurora ")
    'project-aurora'
    """
    label = label.strip()
    if not label or len(label) > _LONGEST or not label.isprintable():
        raise BadLabel(
            f"{label[:_LONGEST]!r} is no label; take 1 to {_LONGEST} printable characters"
        )
    return label


def folder_rules(folder: Path) -> FolderRules:
    """The rules of the library in a folder. Raises BrokenLibrary."""
    path = folder / LABELS_FILE
    try:
        return msgspec.json.decode(path.read_bytes(), type=FolderRules)
    except FileNotFoundError:
        return FolderRules()
    except (OSError, msgspec.MsgspecError) as error:
        # Without its rules an ingest would make secrets public.
        raise BrokenLibrary(f"{path} cannot be read: {error}; mend it or restore it") from error


def label_folder(folder: Path, path: str | Path, label: str | None) -> FolderRules:
    """Set the rule of a folder, None to take it away; the rules. It counts from the next ingest.

    Raises BadLabel, NoLibrary, CannotWrite.
    """
    read_manifest(folder)
    place = os.path.abspath(os.fspath(path))
    kept = [rule for rule in folder_rules(folder).folders if rule.path != place]
    if label is not None:
        kept.append(FolderRule(place, checked_label(label)))
    rules = FolderRules(tuple(sorted(kept, key=lambda rule: rule.path)))
    temporary = folder / f"{LABELS_FILE}.{os.getpid()}.tmp"
    try:
        temporary.write_bytes(msgspec.json.format(msgspec.json.encode(rules), indent=2) + b"\n")
        temporary.replace(folder / LABELS_FILE)
    except OSError as error:
        raise CannotWrite(f"{folder / LABELS_FILE} cannot be written: {error}") from error
    return rules
