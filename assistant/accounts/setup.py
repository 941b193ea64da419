"""The first start: a one-time token with which the first administrator is made."""

from __future__ import annotations

import hmac
import secrets
import sqlite3
from collections.abc import Callable

from assistant.accounts.errors import BadToken
from assistant.accounts.names import account_name
from assistant.accounts.passwords import Passwords, check_rules
from assistant.accounts.people import Account, any_account, insert
from assistant.accounts.records import ADMINISTRATOR
from assistant.accounts.sessions import hash_of
from assistant.accounts.store import Store
from index.clearance import EVERYTHING

_GOOD_FOR = 24 * 60 * 60.0
_TRIES = 20


class SetUp:
    """The token of the first start. There is at most one, and none once there is an account."""

    def __init__(self, store: Store, passwords: Passwords, clock: Callable[[], float]) -> None:
        self._store = store
        self._passwords = passwords
        self._clock = clock

    def token(self) -> str | None:
        """A new token in place of the one before. See Accounts.setup_token."""
        token = secrets.token_urlsafe(32)
        with self._store.writing(create=True) as db:
            if any_account(db):
                return None
            db.execute("DELETE FROM setup")
            until = self._clock() + _GOOD_FOR
            db.execute("INSERT INTO setup VALUES (?, ?, 0)", (hash_of(token), until))
        return token

    def first(self, token: str, name: str, password: str) -> Account:
        """Make the first administrator. See Accounts.set_up."""
        with self._store.writing() as db:
            right = self._counted(db, token)
        if not right:
            raise BadToken
        account_name(name)
        check_rules(password, name)
        hashed = self._passwords.hash(password)
        with self._store.writing() as db:
            # Another may have used it, or a start replaced it, while the password was hashed.
            if not self._is(db, token):
                raise BadToken
            return insert(db, (name, hashed, ADMINISTRATOR, EVERYTHING), self._clock())

    def _counted(self, db: sqlite3.Connection, token: str) -> bool:
        """Whether it is the token; a wrong one is counted, the last one burns the right one."""
        if self._is(db, token):
            return True
        db.execute("UPDATE setup SET tries = tries + 1")
        db.execute("DELETE FROM setup WHERE tries >= ?", (_TRIES,))
        return False

    def _is(self, db: sqlite3.Connection, token: str) -> bool:
        row = db.execute("SELECT * FROM setup").fetchone()
        if row is None or any_account(db):
            return False
        left = row["expires"] - self._clock()
        # More time left than it began with: the clock was set back.
        return hmac.compare_digest(row["token"], hash_of(token)) and 0 < left <= _GOOD_FOR + 60
