"""Sessions that expire, and names that single sign-on asserts."""

from __future__ import annotations

import contextlib
import hashlib
import secrets
import sqlite3
from collections.abc import Callable

from assistant.accounts.errors import AccountsNotWritten
from assistant.accounts.names import key_of
from assistant.accounts.people import any_account, clearance_of
from assistant.accounts.policy import LoginPolicy
from assistant.accounts.records import READER, Identity
from assistant.accounts.seals import unseal
from assistant.accounts.store import Store

# Seconds between notes that something is in use: reading must not mean writing each time.
NOTE_EVERY = 60.0
# A session that began later than now, beyond this, is of a clock that was set back since.
_CLOCK_SLACK = 60.0
_LONGEST_TOKEN = 200


class Sessions:
    """The table of sessions."""

    def __init__(self, store: Store, policy: LoginPolicy, clock: Callable[[], float]) -> None:
        self._store = store
        self._policy = policy
        self._clock = clock

    def begin_asserted(self, name: str, how: str) -> str | None:
        """A session for an asserted name. See Accounts.sign_in_asserted."""
        with self._store.writing() as db:
            identity = self._asserted(db, name, how)
            if identity is None:
                return None
            return begin(db, identity.name.lower(), how, self._policy, self._clock())

    def identity(self, token: str) -> Identity | None:
        """Who has a session. See Accounts.session."""
        hashed, now = hash_of(token), self._clock()
        with self._store.reading() as db:
            row = db.execute("SELECT * FROM sessions WHERE token = ?", (hashed,)).fetchone()
            if row is None or not _alive(row, self._policy, now):
                return None
            identity = self._asserted(db, row["key"], row["how"])
        if identity is not None and abs(now - row["seen"]) >= NOTE_EVERY:
            self._note("UPDATE sessions SET seen = ? WHERE token = ?", now, hashed)
            self._note("UPDATE accounts SET seen = ? WHERE key = ?", now, row["key"])
        return identity

    def end(self, token: str) -> None:
        """End a session."""
        with self._store.writing() as db:
            db.execute("DELETE FROM sessions WHERE token = ?", (hash_of(token),))

    def end_all(self, name: str) -> int:
        """End all sessions of a name; how many."""
        with self._store.writing() as db:
            return db.execute("DELETE FROM sessions WHERE key = ?", (key_of(name),)).rowcount

    def asserted(self, name: str, how: str) -> Identity | None:
        """Who it is that somebody trusted names. See Accounts.asserted."""
        with self._store.reading() as db:
            identity = self._asserted(db, name, how)
            if identity is None:
                return None
            seen = db.execute("SELECT seen FROM accounts WHERE key = ?", (key_of(name),)).fetchone()
        now = self._clock()
        if seen is not None and (seen[0] is None or abs(now - seen[0]) >= NOTE_EVERY):
            self._note("UPDATE accounts SET seen = ? WHERE key = ?", now, key_of(name))
        return identity

    def _asserted(self, db: sqlite3.Connection, name: str, how: str) -> Identity | None:
        key = key_of(name)
        if key is None:
            return None
        row = db.execute("SELECT * FROM accounts WHERE key = ?", (key,)).fetchone()
        if row is not None:
            return identity_of(unseal(row, self._store.path), how)
        default = self._policy.default_clearance
        # A session by password is of an account or of nobody.
        if default is None or how == "password" or not any_account(db):
            return None
        return Identity(key, READER, default, how)

    def _note(self, statement: str, now: float, key: str | None) -> None:
        """Note a use; somebody who is signed in goes on where nothing can be written."""
        with contextlib.suppress(AccountsNotWritten), self._store.writing() as db:
            db.execute(statement, (now, key))


def begin(db: sqlite3.Connection, key: str, how: str, policy: LoginPolicy, now: float) -> str:
    """A new session's token. Ended sessions go, and the oldest where there are too many."""
    db.execute("DELETE FROM sessions WHERE created <= ? OR seen <= ?",
               (now - policy.longest, now - policy.idle))  # fmt: skip
    db.execute(
        "DELETE FROM sessions WHERE token IN (SELECT token FROM sessions WHERE key = ? "
        "ORDER BY created DESC LIMIT -1 OFFSET ?)",
        (key, policy.sessions_per_account - 1),
    )
    token = secrets.token_urlsafe(32)
    db.execute("INSERT INTO sessions VALUES (?, ?, ?, ?, ?)", (hash_of(token), key, how, now, now))
    db.execute("UPDATE accounts SET seen = ? WHERE key = ?", (now, key))
    return token


def identity_of(row: sqlite3.Row, how: str) -> Identity | None:
    """The identity of an account's row, None where it is disabled."""
    if row["disabled"]:
        return None
    return Identity(row["name"], row["role"], clearance_of(row["clearance"]), how)


def hash_of(secret: str) -> str:
    """SHA-256 of a token or API key.

    A fast hash is right here: with 256 random bits there is nothing to guess, unlike a password,
    so a slow one would only slow down every request.
    """
    text = secret if len(secret) <= _LONGEST_TOKEN else ""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _alive(row: sqlite3.Row, policy: LoginPolicy, now: float) -> bool:
    if row["created"] > now + _CLOCK_SLACK:
        return False
    return bool(now - row["created"] < policy.longest and now - row["seen"] < policy.idle)
