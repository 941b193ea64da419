"""Accounts whose sign-ins, failed ones too, are written down in the audit log."""

from __future__ import annotations

from assistant.accounts import Accounts
from assistant.accounts.errors import AccountError, BadLogin, BadToken, TooManyTries
from assistant.audit import Act, AuditLog, Visitor
from assistant.audit.errors import AuditError


class SignedIn:
    """What the pages for signing in need of accounts. audit: None where nothing is written down.

    Names are written only where they are an account's: people type passwords into that field.
    Everything raises AuditNotWritten where it cannot be written down; then nobody gets in.
    """

    def __init__(self, accounts: Accounts, audit: AuditLog | None) -> None:
        self._accounts = accounts
        self._audit = audit

    def exist(self) -> bool:
        """As Accounts.exist."""
        return self._accounts.exist()

    def set_up(self, token: str, name: str, password: str, address: str) -> None:
        """As Accounts.set_up."""
        try:
            account = self._accounts.set_up(token, name, password)
        except BadToken:
            self._note(address, Act("sign_in_failed"))
            raise
        self._note(address, Act("set_up", about=account.name))

    def sign_in(self, name: str, password: str, address: str) -> str:
        """As Accounts.sign_in; the session ends where it cannot be written down."""
        try:
            token = self._accounts.sign_in(name, password, address)
        except (BadLogin, TooManyTries) as error:
            action = "locked_out" if isinstance(error, TooManyTries) else "sign_in_failed"
            self._note(address, Act(action, about=self._known(name)))
            raise
        try:
            self._note(address, Act("sign_in"), token)
        except (AuditError, AccountError):
            self._accounts.sign_out(token)
            raise
        return token

    def sign_out(self, token: str, address: str) -> None:
        """As Accounts.sign_out: it ends in any case."""
        identity = self._accounts.session(token)
        self._accounts.sign_out(token)
        if self._audit is not None and identity is not None:
            self._audit.add(Visitor.of(identity, address), Act("sign_out"))

    def _note(self, address: str, act: Act, token: str | None = None) -> None:
        """Write an act down. token: of the session of whoever did it; None for nobody known."""
        if self._audit is None:
            return
        identity = self._accounts.session(token) if token else None
        nobody = Visitor.nobody("password", address)
        self._audit.add(Visitor.of(identity, address) if identity else nobody, act)

    def _known(self, name: str) -> str | None:
        account = self._accounts.account(name)
        return account.name if account is not None else None
