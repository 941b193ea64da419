"""The accounts themselves: added, changed, removed, but never the last administrator."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any

from assistant.accounts.errors import (
    AccountExists,
    AccountsBroken,
    BadAccount,
    LastAdministrator,
    NoAccount,
)
from assistant.accounts.limits import forget
from assistant.accounts.names import account_name, key_of
from assistant.accounts.passwords import Passwords, check_rules
from assistant.accounts.records import ADMINISTRATOR, ROLES
from assistant.accounts.seals import seal, unseal
from assistant.accounts.store import Store
from index.clearance import Clearance


@dataclass(frozen=True)
class Account:
    """Somebody who may sign in; times are ISO 8601 in UTC.

    Attributes:
        name: as it was first written.
        role: one of ROLES.
        clearance: what exists for the account.
        disabled: whether it is refused everywhere.
        created: when it was added.
        last_seen: when it last signed in or used something, within a minute; None for never.
        password: whether it has one; else it comes by single sign-on or API key only.
    """

    name: str
    role: str
    clearance: Clearance
    disabled: bool
    created: str
    last_seen: str | None
    password: bool = True

    def to_dict(self) -> dict[str, Any]:
        """Its JSON; `clearance` is a list of labels, null for everything."""
        return {**asdict(self), "clearance": self.clearance.to_list()}


class People:
    """The table of accounts."""

    def __init__(self, store: Store, passwords: Passwords, clock: Callable[[], float]) -> None:
        self._store = store
        self._passwords = passwords
        self._clock = clock

    def any(self) -> bool:
        """Whether there is an account."""
        with self._store.reading() as db:
            return any_account(db)

    def all(self) -> tuple[Account, ...]:
        """All accounts by name."""
        with self._store.reading() as db:
            rows = db.execute("SELECT * FROM accounts ORDER BY key").fetchall()
            return tuple(account_of(unseal(row, self._store.path)) for row in rows)

    def find(self, name: str) -> Account | None:
        """The account of a name."""
        with self._store.reading() as db:
            row = db.execute("SELECT * FROM accounts WHERE key = ?", (key_of(name),)).fetchone()
            return account_of(unseal(row, self._store.path)) if row is not None else None

    def add(self, name: str, password: str | None, role: str, clearance: Clearance) -> Account:
        """A new account. See Accounts.add."""
        account_name(name)
        _check(role, clearance)
        if password is not None:
            check_rules(password, name)
        hashed = self._passwords.hash(password) if password is not None else None
        with self._store.writing(create=True) as db:
            if not any_account(db) and role != ADMINISTRATOR:
                raise LastAdministrator(
                    "the first account must be an administrator: it is what switches logins on"
                )
            return insert(db, (name, hashed, role, clearance), self._clock())

    def change(
        self, name: str, role: str | None, clearance: Clearance | None, disabled: bool | None
    ) -> Account:
        """Change what is not None. See Accounts.change."""
        with self._store.writing() as db:
            row = self._row(db, name)
            new = dict(row)
            if role is not None:
                new["role"] = role
            if clearance is not None:
                new["clearance"] = json.dumps(clearance.to_list())
            if disabled is not None:
                new["disabled"] = int(disabled)
            _check(new["role"], clearance_of(new["clearance"]))
            self._save(db, new)
            return account_of(self._row(db, name))

    def set_password(self, name: str, password: str) -> None:
        """A new password. See Accounts.set_password."""
        account = self.find(name)
        if account is None:
            raise _nobody(name)
        check_rules(password, account.name)
        hashed = self._passwords.hash(password)
        with self._store.writing() as db:
            row = self._row(db, name)
            self._save(db, {**dict(row), "password": hashed})
            forget(db, row["key"])

    def unlock(self, name: str) -> None:
        """Forget failed tries. See Accounts.unlock."""
        with self._store.writing() as db:
            forget(db, self._row(db, name)["key"])

    def remove(self, name: str) -> None:
        """Take an account away. See Accounts.remove."""
        with self._store.writing() as db:
            row = self._row(db, name)
            for table in ("sessions", "places", "accounts"):
                db.execute(f"DELETE FROM {table} WHERE key = ?", (row["key"],))
            forget(db, row["key"])
            _keep_an_administrator(db)

    def _row(self, db: sqlite3.Connection, name: str) -> sqlite3.Row:
        row = db.execute("SELECT * FROM accounts WHERE key = ?", (key_of(name),)).fetchone()
        if row is None:
            raise _nobody(name)
        return unseal(row, self._store.path)

    def _save(self, db: sqlite3.Connection, new: dict[str, Any]) -> None:
        """Write a changed account and end its sessions."""
        values = tuple(new.values())[:7]
        db.execute(
            "UPDATE accounts SET password = ?, role = ?, clearance = ?, disabled = ?, seal = ? "
            "WHERE key = ?",
            (*values[2:6], seal(*values), new["key"]),
        )
        db.execute("DELETE FROM sessions WHERE key = ?", (new["key"],))
        _keep_an_administrator(db)


def insert(
    db: sqlite3.Connection, account: tuple[str, str | None, str, Clearance], now: float
) -> Account:
    """Add a row: name, hash, role, clearance. Raises AccountExists. The set-up is over."""
    name, hashed, role, clearance = account
    key = name.lower()
    if db.execute("SELECT 1 FROM accounts WHERE key = ?", (key,)).fetchone():
        raise AccountExists(f"there is an account {name!r} already; change it, or take another")
    values = (key, name, hashed, role, json.dumps(clearance.to_list()), 0, now)
    db.execute("INSERT INTO accounts VALUES (?,?,?,?,?,?,?,?,NULL)", (*values, seal(*values)))
    # A session that single sign-on began under the default clearance is not this account's.
    db.execute("DELETE FROM sessions WHERE key = ?", (key,))
    db.execute("DELETE FROM setup")
    return account_of(db.execute("SELECT * FROM accounts WHERE key = ?", (key,)).fetchone())


def any_account(db: sqlite3.Connection) -> bool:
    """Whether there is an account."""
    return db.execute("SELECT 1 FROM accounts").fetchone() is not None


def account_of(row: sqlite3.Row) -> Account:
    """The record of a row."""
    return Account(
        row["name"],
        row["role"],
        clearance_of(row["clearance"]),
        bool(row["disabled"]),
        moment(row["created"]),
        moment(row["seen"]) if row["seen"] is not None else None,
        row["password"] is not None,
    )


def clearance_of(text: str) -> Clearance:
    """The clearance in a column. Raises AccountsBroken rather than guess one."""
    try:
        labels = json.loads(text)
    except ValueError:
        labels = False
    if labels is not None and not isinstance(labels, list):
        raise AccountsBroken("a clearance among the accounts cannot be read; run doctor")
    return Clearance.from_list(labels)


def moment(seconds: float) -> str:
    """A time for people and JSON: ISO 8601 in UTC, to the second."""
    try:
        return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="seconds")
    except (ValueError, TypeError, OverflowError, OSError) as error:
        raise AccountsBroken("a time among the accounts cannot be read; run doctor") from error


def _check(role: str, clearance: Clearance) -> None:
    if role not in ROLES:
        raise BadAccount(f"there is no role {role!r}; the roles are {', '.join(ROLES)}")
    if any(not label.strip() for label in clearance.labels or ()):
        raise BadAccount("a label of the clearance is empty")


def _keep_an_administrator(db: sqlite3.Connection) -> None:
    """Undo the transaction where nobody could administer after it."""
    found = db.execute(
        "SELECT 1 FROM accounts WHERE role = ? AND NOT disabled", (ADMINISTRATOR,)
    ).fetchone()
    if found is None:
        raise LastAdministrator(
            "it is the last enabled administrator; make another account administrator first"
        )


def _nobody(name: str) -> NoAccount:
    return NoAccount(f"there is no account {name!r}; `prior-art users list` shows all")
