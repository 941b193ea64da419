"""What can go wrong with accounts and signing in.

AccountError
├── BadAccount          a name, role or clearance that cannot be one
├── BadPassword         a new password that the rules refuse
├── NoAccount           there is no account of this name
├── AccountExists       there is one already
├── LastAdministrator   it would leave nobody who can administer
├── BadLogin            the name and password do not let in; never says which of them
├── TooManyTries        refused for a while without looking at the password
├── BadToken            the set-up token is wrong, used up or expired
├── BadKey              a label or day of expiry that an API key cannot have
├── NoKey               there is no API key of this prefix
├── AccountsBroken      the file is missing, damaged or of a newer release: nobody gets in
└── AccountsNotWritten  the system refuses to write, or other processes keep the file locked
"""

from __future__ import annotations

from assistant.errors import AssistantError


class AccountError(AssistantError):
    """Base of every stated error of accounts."""


class BadAccount(AccountError):
    """A name, role or clearance that an account cannot have."""


class BadPassword(AccountError):
    """A new password that the rules refuse. The message never repeats it."""


class NoAccount(AccountError):
    """There is no account of this name. For administrators only; sign-in never says it."""


class AccountExists(AccountError):
    """There is an account of this name already, in whatever case it is written."""


class LastAdministrator(AccountError):
    """It would leave no enabled administrator."""


class BadLogin(AccountError):
    """The name and password do not let in: the same for unknown, wrong and disabled."""

    def __init__(self) -> None:
        super().__init__("the name and password do not match an account that may sign in")


class TooManyTries(AccountError):
    """Refused for a while, whatever the password is.

    seconds: to wait, at least 1.
    """

    def __init__(self, seconds: int, why: str = "too many tries to sign in") -> None:
        super().__init__(f"{why}; try again in {seconds:,} seconds")
        self.seconds = seconds


class BadToken(AccountError):
    """The set-up token is wrong, used up or expired: never says which."""

    def __init__(self) -> None:
        super().__init__(
            "the set-up token is wrong, used or expired; while there is no account, each start "
            "of the web app prints a new one"
        )


class BadKey(AccountError):
    """A label or time of expiry that an API key cannot have."""


class NoKey(AccountError):
    """There is no API key of this prefix."""


class AccountsBroken(AccountError):
    """The file of the accounts is missing, damaged or of a newer release: nobody gets in."""


class AccountsNotWritten(AccountError):
    """The system refuses to write the file of the accounts, or it stays locked."""
