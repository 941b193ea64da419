"""Signing in with a name and a password."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable

from assistant.accounts.errors import BadLogin
from assistant.accounts.limits import release, reserve
from assistant.accounts.names import key_of
from assistant.accounts.passwords import Passwords
from assistant.accounts.policy import LoginPolicy
from assistant.accounts.seals import seal, unseal
from assistant.accounts.sessions import begin
from assistant.accounts.store import Store

_LONGEST_TYPED = 200


class SigningIn:
    """Checks passwords, counting tries."""

    def __init__(
        self,
        store: Store,
        passwords: Passwords,
        policy: LoginPolicy,
        clock: Callable[[], float],
    ) -> None:
        self._store = store
        self._passwords = passwords
        self._policy = policy
        self._clock = clock

    def sign_in(self, name: str, password: str, address: str) -> str:
        """A new session's token. See Accounts.sign_in."""
        typed = name.strip()[:_LONGEST_TYPED].lower()
        key = key_of(name.strip())
        with self._passwords.turn():
            with self._store.writing() as db:
                rows = reserve(db, key or typed, address, self._policy, self._clock())
                found = _row(db, key)
            hashed = found["password"] if found is not None else None
            if not self._passwords.matches(hashed, password) or hashed is None:
                raise BadLogin
            renewed = self._passwords.renewed(hashed, password)
        with self._store.writing() as db:
            row = _row(db, key)
            # Changed or disabled while the password was looked at: that counts.
            if row is None or row["disabled"] or row["password"] != hashed:
                raise BadLogin
            unseal(row, self._store.path)
            now = self._clock()
            if renewed is not None:
                _renew(db, row, renewed)
            release(db, rows, row["key"], address, now)
            return begin(db, row["key"], "password", self._policy, now)


def _row(db: sqlite3.Connection, key: str | None) -> sqlite3.Row | None:
    found: sqlite3.Row | None = db.execute(
        "SELECT * FROM accounts WHERE key = ?", (key,)
    ).fetchone()
    return found


def _renew(db: sqlite3.Connection, row: sqlite3.Row, hashed: str) -> None:
    """Keep a password by newer parameters; it is the same one, so no session ends."""
    values = (*tuple(row)[:2], hashed, *tuple(row)[3:7])
    db.execute(
        "UPDATE accounts SET password = ?, seal = ? WHERE key = ?",
        (hashed, seal(*values), row["key"]),
    )
