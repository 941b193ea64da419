"""The commands about accounts and API keys."""

from __future__ import annotations

import argparse
from typing import TypeAlias

from assistant.accounts.records import READER, ROLES
from assistant.arguments.common import command, text_of
from assistant.commands import accounts as commands

_Subparsers: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"


def add_users(subparsers: _Subparsers) -> None:
    """`users`: add, change, password, remove, list."""
    inner = _group(subparsers, "users", "who may sign in; the first account switches logins on")
    text = "add an account; the password is asked for"
    add = command(inner, "add", text, commands.run_users_add)
    _name(add)
    add.add_argument("--role", choices=ROLES, default=READER, help=f"default: {READER}")
    _clearance(add, required=True)
    _password(add).add_argument(
        "--no-password", action="store_true", help="single sign-on and API keys only"
    )
    text = "change role or clearance, disable, unlock; its sessions end at once"
    change = command(inner, "change", text, commands.run_users_change)
    _name(change)
    change.add_argument("--role", choices=ROLES)
    _clearance(change, required=False)
    able = change.add_mutually_exclusive_group()
    able.add_argument(
        "--disable", action="store_const", const=True, dest="disabled", help="refuse it everywhere"
    )
    able.add_argument("--enable", action="store_const", const=False, dest="disabled")
    change.add_argument(
        "--unlock", action="store_true", help="forget failed tries to sign in, and nothing else"
    )
    text = "give an account a new password; its sessions end, its API keys stay"
    password = command(inner, "password", text, commands.run_users_password)
    _name(password)
    _password(password)
    text = "remove an account with its sessions and API keys; the last administrator stays"
    _name(command(inner, "remove", text, commands.run_users_remove))
    command(inner, "list", "all accounts", commands.run_users_list)


def add_keys(subparsers: _Subparsers) -> None:
    """`keys`: add, revoke, list."""
    inner = _group(subparsers, "keys", "API keys, with which programs use the web app")
    text = "make an API key; it is shown this once"
    add = command(inner, "add", text, commands.run_keys_add)
    _name(add)
    add.add_argument(
        "--for", metavar="TEXT", type=text_of, required=True, dest="label", help="what it is for"
    )
    _clearance(add, required=True)
    add.add_argument(
        "--expires", metavar="DATE", help="refused from this day on, 0:00 UTC (default: never)"
    )
    text = "end an API key at once"
    revoke = command(inner, "revoke", text, commands.run_keys_revoke)
    revoke.add_argument("prefix", metavar="PREFIX", help="as `keys list` shows it")
    listed = command(inner, "list", "API keys, without their secrets", commands.run_keys_list)
    listed.add_argument("name", metavar="NAME", nargs="?", help="of one account only")


def _group(subparsers: _Subparsers, name: str, text: str) -> _Subparsers:
    parser = subparsers.add_parser(name, help=text, description=text)
    return parser.add_subparsers(dest=name, required=True, metavar="WHAT")


def _name(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("name", metavar="NAME", type=text_of, help="of the account, in any case")


def _clearance(parser: argparse.ArgumentParser, *, required: bool) -> None:
    group = parser.add_mutually_exclusive_group(required=required)
    group.add_argument(
        "--clearance",
        action="append",
        metavar="LABEL",
        type=text_of,
        help='a label that may be seen, repeatable; "unlabelled" for documents without one',
    )
    group.add_argument(
        "--clearance-all", action="store_true", help="every label, those to come as well"
    )


def _password(parser: argparse.ArgumentParser) -> argparse._MutuallyExclusiveGroup:
    group = parser.add_mutually_exclusive_group()
    group.add_argument(
        "--password-stdin",
        action="store_true",
        help="read the password from the first line of standard input, not from the terminal",
    )
    return group
