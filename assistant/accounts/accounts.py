"""Accounts, sessions, API keys and the first administrator: everything about who gets in."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from types import TracebackType

from argon2 import PasswordHasher

from assistant.accounts.keys import Key, Keys
from assistant.accounts.passwords import Passwords
from assistant.accounts.people import Account, People
from assistant.accounts.policy import LoginPolicy
from assistant.accounts.records import Identity
from assistant.accounts.sessions import Sessions
from assistant.accounts.setup import SetUp
from assistant.accounts.signing_in import SigningIn
from assistant.accounts.store import Store
from index.clearance import Clearance

FOLDER, FILE = "access", "accounts.sqlite"


class Accounts:
    """Who may use an index; kept in `access/accounts.sqlite` inside its folder.

    Several threads may share one, several processes the file. Nothing is written before the
    first account or set-up token. Everything can raise AccountsBroken (then nobody gets in)
    and what writes AccountsNotWritten.

    Args:
        index: folder of the index.
        policy: limits of signing in.
        hasher: of passwords; by default argon2id with the second recommended parameters of
            RFC 9106 (64 MiB, 3 passes, 4 lanes).
        clock: seconds since 1970.

    Example:
        accounts = Accounts(Path("library"))
        accounts.add("kim", "a long enough sentence", "administrator", EVERYTHING)
        token = accounts.sign_in("kim", "a long enough sentence", "127.0.0.1")
        identity = accounts.session(token)
    """

    def __init__(
        self,
        index: Path,
        policy: LoginPolicy | None = None,
        hasher: PasswordHasher | None = None,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self.policy = policy or LoginPolicy()
        self.path = Path(index) / FOLDER / FILE
        self._store = Store(self.path)
        passwords = Passwords(hasher or PasswordHasher())
        self._people = People(self._store, passwords, clock)
        self._keys = Keys(self._store, clock)
        self._sessions = Sessions(self._store, self.policy, clock)
        self._signing_in = SigningIn(self._store, passwords, self.policy, clock)
        self._set_up = SetUp(self._store, passwords, clock)

    def exist(self) -> bool:
        """Whether logins are set up: there is an account. Once there is, there always is one."""
        return self._people.any()

    def list(self) -> tuple[Account, ...]:
        """All accounts by name."""
        return self._people.all()

    def account(self, name: str) -> Account | None:
        """The account of a name, in whatever case; None where there is none."""
        return self._people.find(name)

    def add(self, name: str, password: str | None, role: str, clearance: Clearance) -> Account:
        """A new account; the first one must be an administrator.

        password: None for single sign-on and API keys only. Raises BadAccount, BadPassword,
        AccountExists, LastAdministrator.
        """
        return self._people.add(name, password, role, clearance)

    def change(
        self,
        name: str,
        *,
        role: str | None = None,
        clearance: Clearance | None = None,
        disabled: bool | None = None,
    ) -> Account:
        """Change what is not None; the account's sessions end at once.

        Raises NoAccount, BadAccount, LastAdministrator.
        """
        return self._people.change(name, role, clearance, disabled)

    def set_password(self, name: str, password: str) -> None:
        """A new password; sessions end, a lock is lifted, API keys stay.

        Raises NoAccount, BadPassword.
        """
        self._people.set_password(name, password)

    def unlock(self, name: str) -> None:
        """Forget the failed tries of a name. Raises NoAccount."""
        self._people.unlock(name)

    def remove(self, name: str) -> None:
        """Take an account away with its sessions and API keys.

        Raises NoAccount, LastAdministrator.
        """
        self._people.remove(name)

    def setup_token(self) -> str | None:
        """A one-time token for `set_up`, good for 24 hours; None where there is an account.

        The one before is void: called at each start, the last start's token counts.
        """
        return self._set_up.token()

    def set_up(self, token: str, name: str, password: str) -> Account:
        """Make the first account, an administrator who may see everything; the token is burnt.

        Twenty wrong tokens burn it too. Raises BadToken; BadAccount and BadPassword to whoever
        has the right token, which stays good.
        """
        return self._set_up.first(token, name, password)

    def sign_in(self, name: str, password: str, address: str) -> str:
        """The token of a new session, 256 random bits; only its hash is kept.

        address: of the client, as the web app or its trusted proxy knows it. Raises BadLogin, in
        the same words and about the same time for an unknown name, a wrong password and a
        disabled account, and TooManyTries. How strangers are kept from locking somebody out
        for good: assistant.accounts.limits.
        """
        return self._signing_in.sign_in(name, password, address)

    def sign_in_asserted(self, name: str, how: str) -> str | None:
        """The token of a session for a name that single sign-on asserts once, as OIDC does.

        None where `asserted` gives None.
        """
        return self._sessions.begin_asserted(name, how)

    def session(self, token: str) -> Identity | None:
        """Who has a session, with the role and clearance of now; None where it has ended."""
        return self._sessions.identity(token)

    def sign_out(self, token: str) -> None:
        """End a session; none is no error."""
        self._sessions.end(token)

    def sign_out_all(self, name: str) -> int:
        """End all sessions of a name; how many there were."""
        return self._sessions.end_all(name)

    def asserted(self, name: str, how: str) -> Identity | None:
        """Who a trusted proxy or an OIDC provider says it is; how: "proxy" or "oidc".

        None for a disabled account, always, and for a name without account unless the policy
        has a default clearance. The caller must have made sure that the name is really theirs.
        """
        return self._sessions.asserted(name, how)

    def make_key(
        self,
        account_name: str,
        label_of_key: str,
        clearance: Clearance,
        expires: datetime | None = None,
    ) -> str:
        """An API key, told this once: "pa_" and 256 random bits.

        label_of_key: what it is for, for people. clearance: it never lets see more than this and
        never more than its account may see at the moment of use. expires: with a time zone; None
        for never. Raises NoAccount, BadKey.
        """
        return self._keys.make(account_name, label_of_key, clearance, expires)

    def keys(self, account_name: str | None = None) -> tuple[Key, ...]:
        """The API keys of an account, or all, the oldest first. Never the keys themselves."""
        return self._keys.all(account_name)

    def revoke_key(self, prefix: str) -> None:
        """End the API key of a prefix, as `keys` lists it. Raises NoKey."""
        self._keys.revoke(prefix)

    def identity_of_key(self, key: str) -> Identity | None:
        """Who calls with an API key; None for an unknown, revoked or expired one."""
        return self._keys.identity(key)

    def check(self) -> tuple[str, ...]:
        """What is wrong with the file, for `doctor`: nothing where it is whole."""
        return self._store.problems()

    def save(self, to: Path) -> None:
        """Write a whole copy for a snapshot: accounts and API keys, not sessions and failures.

        Only its owner may read it. A copy brings back what was true when it was made: accounts
        removed and keys revoked since. Raises AccountsNotWritten, also where there is a file.
        """
        self._store.save(to)

    def close(self) -> None:
        """Let go of the file; a later call opens it again."""
        self._store.close()

    def __enter__(self) -> Accounts:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()
