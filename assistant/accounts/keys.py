"""API keys for programs: shown once, never beyond what their account may see."""

from __future__ import annotations

import contextlib
import json
import secrets
import sqlite3
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from assistant.accounts.errors import AccountsNotWritten, BadKey, NoAccount, NoKey
from assistant.accounts.names import key_of
from assistant.accounts.people import clearance_of, moment
from assistant.accounts.records import Identity
from assistant.accounts.seals import seal, unseal
from assistant.accounts.sessions import NOTE_EVERY, hash_of, identity_of
from assistant.accounts.store import Store
from index.clearance import Clearance

_BEGINNING = "pa_"
# Characters of a key that are kept to tell it from others; the rest still has 208 random bits.
_SHOWN = len(_BEGINNING) + 8
_LONGEST_LABEL = 100


@dataclass(frozen=True)
class Key:
    """An API key without its secret; times are ISO 8601 in UTC.

    Attributes:
        prefix: its first characters, by which it is revoked.
        account: its account's name.
        label: what it is for.
        clearance: as it was given; at use, within that of the account.
        created: when it was made.
        expires: from when it is refused; None for never.
        last_used: within a minute; None for never.
    """

    prefix: str
    account: str
    label: str
    clearance: Clearance
    created: str
    expires: str | None
    last_used: str | None

    def to_dict(self) -> dict[str, Any]:
        """Its JSON; `clearance` is a list of labels, null for all that the account may see."""
        return {**asdict(self), "clearance": self.clearance.to_list()}


class Keys:
    """The table of API keys."""

    def __init__(self, store: Store, clock: Callable[[], float]) -> None:
        self._store = store
        self._clock = clock

    def make(
        self, account_name: str, label: str, clearance: Clearance, expires: datetime | None
    ) -> str:
        """A new key. See Accounts.make_key."""
        now = self._clock()
        _check(label, expires, now)
        key = f"{_BEGINNING}{secrets.token_urlsafe(32)}"
        with self._store.writing() as db:
            account = db.execute(
                "SELECT key FROM accounts WHERE key = ?", (key_of(account_name),)
            ).fetchone()
            if account is None:
                raise NoAccount(f"there is no account {account_name!r} that could have a key")
            until = expires.timestamp() if expires is not None else None
            labels = json.dumps(clearance.to_list())
            values = (hash_of(key), key[:_SHOWN], account["key"], label, labels, now, until)
            db.execute("INSERT INTO keys VALUES (?,?,?,?,?,?,?,?,NULL)", (*values, seal(*values)))
        return key

    def all(self, account_name: str | None) -> tuple[Key, ...]:
        """Keys, the oldest first. See Accounts.keys."""
        with self._store.reading() as db:
            rows = db.execute("SELECT * FROM keys ORDER BY created, prefix").fetchall()
            names = {row["key"]: row["name"] for row in db.execute("SELECT * FROM accounts")}
            wanted = names if account_name is None else (key_of(account_name),)
            return tuple(
                _key(unseal(row, self._store.path), names[row["key"]])
                for row in rows
                if row["key"] in wanted
            )

    def revoke(self, prefix: str) -> None:
        """End a key. See Accounts.revoke_key."""
        with self._store.writing() as db:
            if not db.execute("DELETE FROM keys WHERE prefix = ?", (prefix,)).rowcount:
                raise NoKey(f"there is no API key {prefix!r}; `prior-art keys list` shows all")

    def identity(self, key: str) -> Identity | None:
        """Who calls with a key. See Accounts.identity_of_key."""
        hashed, now = hash_of(key), self._clock()
        with self._store.reading() as db:
            row = db.execute("SELECT * FROM keys WHERE secret = ?", (hashed,)).fetchone()
            if row is None or (row["expires"] is not None and now >= row["expires"]):
                return None
            unseal(row, self._store.path)
            account = db.execute("SELECT * FROM accounts WHERE key = ?", (row["key"],)).fetchone()
            holder = identity_of(unseal(account, self._store.path), "key")
            noted = row["used"] is not None and abs(now - row["used"]) < NOTE_EVERY
        if holder is None:
            return None
        if not noted:
            self._note(now, row)
        clearance = clearance_of(row["clearance"]).within(holder.clearance)
        return Identity(holder.name, holder.role, clearance, "key")

    def _note(self, now: float, row: sqlite3.Row) -> None:
        """Note a use; a program goes on where nothing can be written."""
        with contextlib.suppress(AccountsNotWritten), self._store.writing() as db:
            db.execute("UPDATE keys SET used = ? WHERE secret = ?", (now, row["secret"]))
            db.execute("UPDATE accounts SET seen = ? WHERE key = ?", (now, row["key"]))


def _check(label: str, expires: datetime | None, now: float) -> None:
    if not label.strip() or len(label) > _LONGEST_LABEL or not label.isprintable():
        raise BadKey(f"a key's label has 1 to {_LONGEST_LABEL} printable characters")
    if expires is not None and expires.tzinfo is None:
        raise BadKey("the time of expiry needs a time zone")
    if expires is not None and expires.timestamp() <= now:
        raise BadKey("the time of expiry is over already")


def _key(row: sqlite3.Row, account: str) -> Key:
    expires, used = row["expires"], row["used"]
    return Key(
        row["prefix"],
        account,
        row["label"],
        clearance_of(row["clearance"]),
        moment(row["created"]),
        moment(expires) if expires is not None else None,
        moment(used) if used is not None else None,
    )
