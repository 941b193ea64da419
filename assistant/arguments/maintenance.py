"""The commands that keep an index safe: snapshot, restore, rebuild."""

from __future__ import annotations

import argparse
from typing import TypeAlias

from assistant.arguments.common import command, path_of
from assistant.commands import maintenance as commands
from index.backup import PARTS

_Subparsers: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"


def add_maintenance(subparsers: _Subparsers) -> None:
    """`snapshot`, `restore` and `rebuild`."""
    text = "write all of an index that cannot be made anew into a folder or .tar, while it is used"
    snapshot = command(subparsers, "snapshot", text, commands.run_snapshot)
    snapshot.add_argument("target", metavar="FOLDER_OR_TAR", type=path_of)
    _add_without(snapshot)
    text = "bring a snapshot back, checking every byte of it; while it is served, too"
    restore = command(subparsers, "restore", text, commands.run_restore)
    restore.add_argument("snapshot", metavar="SNAPSHOT", type=path_of)
    restore.add_argument(
        "--force", action="store_true", help="replace the documents of an index that is whole"
    )
    restore.add_argument(
        "--replace",
        action="append",
        choices=[part for part in PARTS if part not in ("audit", "uploads")],
        default=[],
        help="put what the index has of it aside; without this, it stays as it is",
    )
    _add_without(restore)
    text = "make words and vectors anew from the catalogue; no source is read again"
    command(subparsers, "rebuild", text, commands.run_rebuild)


def _add_without(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--without", action="append", choices=PARTS, default=[], help="leave this folder out"
    )
