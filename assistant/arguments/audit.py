"""The commands about the audit log."""

from __future__ import annotations

import argparse
from typing import TypeAlias

from assistant.arguments.common import command, path_of, text_of
from assistant.audit.records import ACTIONS
from assistant.commands import audit as commands

_Subparsers: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"


def add_audit(subparsers: _Subparsers) -> None:
    """`audit`: on, verify, list, document, rotate, repair."""
    text = "who saw and exported what: begin to record it, list it, verify it"
    parser = subparsers.add_parser("audit", help=text, description=text)
    inner = parser.add_subparsers(dest="audit", required=True, metavar="WHAT")
    command(inner, "on", "record every access from now on", commands.run_audit_on)
    _add_verify(inner)
    text = "accesses, the oldest first"
    _add_wanted(command(inner, "list", text, commands.run_audit_list))
    text = "accesses to a document, also to one that is in the index no more (by its id)"
    document = command(inner, "document", text, commands.run_audit_document)
    document.add_argument("name", metavar="NUMBER_OR_ID")
    _add_wanted(document)
    _add_rotate(inner)
    text = "close a broken log as it stands and begin a new part that says so"
    command(inner, "repair", text, commands.run_audit_repair)


def _add_verify(inner: _Subparsers) -> None:
    text = "check every byte; exit status 1 where one is not as it was written"
    verify = command(inner, "verify", text, commands.run_audit_verify)
    text = "the head of an earlier check, which must still be there"
    verify.add_argument("--head", metavar="HASH", help=text)
    verify.add_argument(
        "--also", metavar="FOLDER", type=path_of, action="append", default=[],
        help="where `rotate --to` put old files",
    )  # fmt: skip


def _add_rotate(inner: _Subparsers) -> None:
    text = "begin a new file; compress the older ones, or move them away, if told to"
    rotate = command(inner, "rotate", text, commands.run_audit_rotate)
    rotate.add_argument("--compress", action="store_true", help="compress the older files")
    rotate.add_argument(
        "--to", metavar="FOLDER", type=path_of, help="compress them into this folder instead"
    )


def _add_wanted(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--who", metavar="NAME", help="by this account")
    parser.add_argument("--since", metavar="TIME", help="as 2031-05-17 or 2031-05-17T09:30, UTC")
    parser.add_argument("--until", metavar="TIME", help="likewise, inclusive")
    parser.add_argument("--action", choices=ACTIONS, metavar="ACTION", help=", ".join(ACTIONS))
    text = "accesses that asked exactly this; the log holds only its keyed hash"
    parser.add_argument("--query", metavar="TEXT", type=text_of, help=text)
