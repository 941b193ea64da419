"""The commands about projects and their records, and --project of other commands."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import TypeAlias

from assistant.arguments.common import add_filters, command, text_of
from assistant.arguments.project_charts import add_project_charts
from assistant.commands import projects as commands

_Subparsers: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"
_Run = Callable[[argparse.Namespace], int]


def add_project_option(parser: argparse.ArgumentParser) -> None:
    """--project and --user, for commands that a project records."""
    parser.add_argument("--project", metavar="NAME", help="add it to this project's search record")
    _add_user(parser)


def add_project(subparsers: _Subparsers) -> None:
    """`project` and what can be done with one."""
    inner = _group(subparsers, "project", "prior-art searches that are kept: marks, notes, alerts")
    create = _named(inner, "create", "begin a project", commands.run_project_create)
    text = 'a label whose documents it may hold, "unlabelled" for those without; may be repeated'
    create.add_argument(
        "--clearance", metavar="LABEL", action="append", type=text_of,
        help=f"{text} (default: all that may be seen); fixed for good",
    )  # fmt: skip
    text = "the projects of the index"
    _list = command(inner, "list", text, commands.run_project_list)
    _list.add_argument("--all", action="store_true", help="archived ones too")
    _add_user(_list)
    _named(inner, "show", "what a project holds", commands.run_project_show)
    _add_subject(inner)
    _add_mark(inner)
    note = _named(inner, "note", "add a note", commands.run_project_note)
    note.add_argument("text", metavar="TEXT", type=text_of)
    note.add_argument("--about", metavar="NUMBER", help="the document that it is about")
    save = _named(inner, "save", "keep a query for alerts", commands.run_project_save)
    save.add_argument("query", metavar="QUERY", type=text_of)
    add_filters(save)
    drop = _named(inner, "drop", "give up a saved query", commands.run_project_drop)
    drop.add_argument("entry", metavar="ENTRY", type=int, help="as `project show` lists it")
    text = "documents that came since the queries were saved and that match them"
    found = _named(inner, "alerts", text, commands.run_project_alerts)
    found.add_argument("--seen", action="store_true", help="do not show these again")
    add_project_charts(inner)
    text = "take a project out of the list; nothing is deleted"
    archive = _named(inner, "archive", text, commands.run_project_archive)
    archive.add_argument("--restore", action="store_true", help="put it back")


def add_record(subparsers: _Subparsers) -> None:
    """`record`: show, verify, replay, repair."""
    inner = _group(subparsers, "record", "the search record of a project: verify it, run it again")
    _named(inner, "show", "all entries, the oldest first", commands.run_record_show)
    text = "check every byte; exit status 1 where one is not as it was written"
    verify = _named(inner, "verify", text, commands.run_record_verify, "?")
    verify.add_argument(
        "--head", metavar="HASH", help="the head of an earlier check, which must still be there"
    )
    text = "run every search, question and chart again: same, or what changed and why"
    _named(inner, "replay", text, commands.run_record_replay, "?")
    text = "set a broken record aside, unchanged, and begin a new one that says so"
    _named(inner, "repair", text, commands.run_record_repair)


def _add_subject(inner: _Subparsers) -> None:
    parser = _named(inner, "subject", "say what it is about", commands.run_project_subject)
    parser.add_argument("text", metavar="TEXT", nargs="?", help="a claim or a disclosure")
    parser.add_argument("--number", metavar="NUMBER", help="a document in the index")
    parser.add_argument("--claim", metavar="N", type=int, help="its claim")
    parser.add_argument("--date", metavar="DATE", help="subject date, as 2019-03-01")


def _add_mark(inner: _Subparsers) -> None:
    parser = _named(inner, "mark", "call a document relevant or not", commands.run_project_mark)
    parser.add_argument("number", metavar="NUMBER_OR_ID")
    choice = parser.add_mutually_exclusive_group(required=True)
    for option, value in (("--relevant", True), ("--not-relevant", False), ("--clear", None)):
        choice.add_argument(option, action="store_const", const=value, dest="relevant")


def _group(subparsers: _Subparsers, name: str, text: str) -> _Subparsers:
    parser = subparsers.add_parser(name, help=text, description=text)
    return parser.add_subparsers(dest=name, required=True, metavar="WHAT")


def _named(
    inner: _Subparsers, name: str, text: str, run: _Run, nargs: str | None = None
) -> argparse.ArgumentParser:
    """A command on a project. nargs: "?" where none means all of them."""
    parser = command(inner, name, text, run)
    which = "all of them without one" if nargs else None
    parser.add_argument("name", metavar="PROJECT", nargs=nargs, help=which)
    _add_user(parser)
    return parser


def _add_user(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--user", metavar="NAME", help="who does it (default: the system's user)")
