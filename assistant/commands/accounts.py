"""What `prior-art users` and `prior-art keys` do."""

from __future__ import annotations

import argparse
import getpass
import sys
from datetime import UTC, datetime

from assistant.accounts import Account, Accounts, Key
from assistant.accounts.errors import BadKey, BadPassword
from assistant.accounts.names import account_name
from assistant.audit import Act
from assistant.audit.errors import AuditError
from assistant.commands.audited import done
from assistant.commands.common import show
from index.clearance import EVERYTHING, Clearance


def run_users_add(arguments: argparse.Namespace) -> int:
    """`prior-art users add`."""
    password = None if arguments.no_password else _password(arguments)
    clearance = _clearance(arguments)
    assert clearance is not None  # The parser requires one.
    account_name(arguments.name)  # The log takes names of accounts, and nothing else.
    done(arguments, Act("account_added", about=arguments.name), logins=True)
    with Accounts(arguments.index) as accounts:
        first = not accounts.exist()
        account = accounts.add(arguments.name, password, arguments.role, clearance)
        lines = [f"added {_line(account)}"]
        if first:
            text = "from its next start, the web app lets nobody in who has not signed in"
            lines.append(f"logins are on for {arguments.index}: {text}")
        show(arguments, account.to_dict(), lines)
    return 0


def run_users_change(arguments: argparse.Namespace) -> int:
    """`prior-art users change`."""
    role, clearance, disabled = arguments.role, _clearance(arguments), arguments.disabled
    changes = (role, clearance, disabled) != (None, None, None)
    if not changes and not arguments.unlock:
        print("prior-art users change: say what to change", file=sys.stderr)
        return 2
    with Accounts(arguments.index) as accounts:
        _noted(arguments, accounts, "account_changed")
        if arguments.unlock:
            accounts.unlock(arguments.name)
        if changes:
            accounts.change(arguments.name, role=role, clearance=clearance, disabled=disabled)
        account = accounts.account(arguments.name)
    if account is not None:
        show(arguments, account.to_dict(), [f"now {_line(account)}"])
    return 0


def run_users_password(arguments: argparse.Namespace) -> int:
    """`prior-art users password`."""
    with Accounts(arguments.index) as accounts:
        _noted(arguments, accounts, "password_changed")
        accounts.set_password(arguments.name, _password(arguments))
    text = f"new password for {arguments.name}; its sessions have ended"
    show(arguments, {"name": arguments.name}, [text])
    return 0


def run_users_remove(arguments: argparse.Namespace) -> int:
    """`prior-art users remove`."""
    with Accounts(arguments.index) as accounts:
        _noted(arguments, accounts, "account_removed")
        accounts.remove(arguments.name)
    show(arguments, {"removed": arguments.name}, [f"removed {arguments.name}"])
    return 0


def run_users_list(arguments: argparse.Namespace) -> int:
    """`prior-art users list`."""
    with Accounts(arguments.index) as accounts:
        found = accounts.list()
    lines = [_line(account) for account in found] or ["no accounts: nobody needs to sign in"]
    show(arguments, {"users": [account.to_dict() for account in found]}, lines)
    return 0


def run_keys_add(arguments: argparse.Namespace) -> int:
    """`prior-art keys add`."""
    clearance, expires = _clearance(arguments), _day(arguments.expires)
    assert clearance is not None  # The parser requires one.
    with Accounts(arguments.index) as accounts:
        secret = accounts.make_key(arguments.name, arguments.label, clearance, expires)
        made = next(key for key in accounts.keys(arguments.name) if secret.startswith(key.prefix))
        try:
            done(arguments, Act("key_made", about=_whose(made)))
        except AuditError:
            accounts.revoke_key(made.prefix)  # Nobody has seen it.
            raise
    lines = [secret, "It is not shown again. A program sends it as a bearer token."]
    show(arguments, {"key": secret, **made.to_dict()}, lines)
    return 0


def run_keys_revoke(arguments: argparse.Namespace) -> int:
    """`prior-art keys revoke`."""
    with Accounts(arguments.index) as accounts:
        for key in accounts.keys(None):
            if key.prefix == arguments.prefix:
                done(arguments, Act("key_revoked", about=_whose(key)))
        accounts.revoke_key(arguments.prefix)
    show(arguments, {"revoked": arguments.prefix}, [f"revoked {arguments.prefix}"])
    return 0


def run_keys_list(arguments: argparse.Namespace) -> int:
    """`prior-art keys list`."""
    with Accounts(arguments.index) as accounts:
        found = accounts.keys(arguments.name)
    lines = [_key_line(key) for key in found] or ["no API keys"]
    show(arguments, {"keys": [key.to_dict() for key in found]}, lines)
    return 0


def _noted(arguments: argparse.Namespace, accounts: Accounts, action: str) -> None:
    """Write down what is about to be done to an account; not a name that is none's."""
    account = accounts.account(arguments.name)
    if account is not None:
        done(arguments, Act(action, about=account.name))


def _whose(key: Key) -> str:
    return f"{key.prefix} of {key.account}"


def _clearance(arguments: argparse.Namespace) -> Clearance | None:
    """What was typed; None for nothing."""
    if arguments.clearance_all:
        return EVERYTHING
    return Clearance.of(*arguments.clearance) if arguments.clearance else None


def _password(arguments: argparse.Namespace) -> str:
    """A new password, from a terminal without showing it, or from standard input.

    Never an argument: other users of the machine see those. Raises BadPassword.
    """
    if arguments.password_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    if not sys.stdin.isatty():
        raise BadPassword("there is no terminal to ask for a password; use --password-stdin")
    password = getpass.getpass("New password: ")
    if getpass.getpass("Once more: ") != password:
        raise BadPassword("the two are not the same; nothing was changed")
    return password


def _day(text: str | None) -> datetime | None:
    if text is None:
        return None
    try:
        day = datetime.fromisoformat(text)
    except ValueError as error:
        raise BadKey(f"{text!r} is no day; write it as 2030-01-31") from error
    return day if day.tzinfo is not None else day.replace(tzinfo=UTC)


def _line(account: Account) -> str:
    marks = ["disabled"] if account.disabled else []
    if not account.password:
        marks.append("no password")
    seen = account.last_seen or "never"
    words = f"{account.name}  {account.role}  sees {account.clearance}  last seen {seen}"
    return f"{words}  ({', '.join(marks)})" if marks else words


def _key_line(key: Key) -> str:
    until = f"until {key.expires}" if key.expires else "for good"
    sees = "all of its account" if key.clearance == EVERYTHING else str(key.clearance)
    used = key.last_used or "never"
    return f"{key.prefix}...  {key.account}  {key.label}  sees {sees}  {until}  last used {used}"
