"""Passwords: which are refused, and how they are compared without telling who exists."""

from __future__ import annotations

import contextlib
import functools
import secrets
import threading
import unicodedata
from collections.abc import Iterator

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError

from assistant.accounts.errors import BadPassword, TooManyTries

SHORTEST, LONGEST = 12, 1024
# 64 MiB each: more at once would let a stranger fill the memory by trying to sign in.
_AT_ONCE = 2
_LONGEST_WAIT = 20.0
# What lists of leaked passwords have; digits and marks around the letters change nothing.
_HOPELESS = frozenset(
    "password passwordpassword admin adminadmin administrator root test user guest secret letmein "
    "welcome login qwerty qwertyqwerty qwertyuiop qwertyuiopasdf qwertyuiopasdfghjkl changeme "
    "changemenow iloveyou priorart correcthorsebatterystaple abc abcd abcdef abcdefghijkl "
    "abcdefghijklm abcdefghijklmnopqrstuvwxyz".split()
)
_FEWEST_DIFFERENT = 4


class Passwords:
    """Hashes passwords and checks them against hashes, a few at a time."""

    def __init__(self, hasher: PasswordHasher) -> None:
        self._hasher = hasher
        self._slots = threading.BoundedSemaphore(_AT_ONCE)

    @functools.cached_property
    def _nobody(self) -> str:
        """A hash that nothing matches, of the same cost as the others."""
        return self._hasher.hash(secrets.token_bytes(32))

    @contextlib.contextmanager
    def turn(self) -> Iterator[None]:
        """Wait for a turn to hash. Raises TooManyTries where that takes too long."""
        if not self._slots.acquire(timeout=_LONGEST_WAIT):
            raise TooManyTries(10, "too many people are signing in just now")
        try:
            yield
        finally:
            self._slots.release()

    def hash(self, password: str) -> str:
        """The hash of a password that `check_rules` let pass."""
        with self.turn():
            return self._hasher.hash(_prepared(password))

    def matches(self, hashed: str | None, password: str) -> bool:
        """Whether it is the password; takes as long where there is none. Needs a `turn`."""
        nobody = self._nobody
        text = ""
        with contextlib.suppress(UnicodeEncodeError):
            text = _prepared(password) if len(password) <= LONGEST else ""
        try:
            found = self._hasher.verify(hashed or nobody, text)
        except (Argon2Error, InvalidHashError):
            return False
        return found and bool(hashed) and bool(text)

    def renewed(self, hashed: str, password: str) -> str | None:
        """A hash by the parameters of now where it has others. Needs a `turn`."""
        if not self._hasher.check_needs_rehash(hashed):
            return None
        return self._hasher.hash(_prepared(password))


def check_rules(password: str, name: str) -> None:
    """Refuse what is easily guessed: length and a short list, no classes of characters.

    As NIST SP 800-63B-4, 3.1.1.2, asks for. name: of the account. Raises BadPassword.

    >>> check_rules("salt bridge, violet", "kim")
    """
    if not SHORTEST <= len(password) <= LONGEST:
        raise BadPassword(f"the password must have {SHORTEST} to {LONGEST:,} characters")
    with contextlib.suppress(UnicodeEncodeError):
        folded = _prepared(password).casefold()
        letters = "".join(filter(str.isalpha, folded))
        if folded.strip() == name.casefold() or letters == name.casefold():
            raise BadPassword("the password must not be the name")
        same = len(set(folded)) < _FEWEST_DIFFERENT
        if same or letters in _HOPELESS or folded.isdigit():
            raise BadPassword("the password is among the first that anybody would try")
        return
    raise BadPassword("the password has characters that are no text; type another one")


def _prepared(password: str) -> str:
    """One form for what can be typed in several, as RFC 8265, 4.2 (OpaqueString), has it."""
    normal = unicodedata.normalize("NFC", password)
    normal.encode()
    return normal
