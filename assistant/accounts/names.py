"""Names of accounts: plain ASCII, so that no two look alike by unusual characters."""

from __future__ import annotations

import re

from assistant.accounts.errors import BadAccount

LONGEST_NAME = 128
_NAME = re.compile(rf"[A-Za-z0-9][A-Za-z0-9._@-]{{0,{LONGEST_NAME - 1}}}")


def account_name(text: str) -> str:
    """A name that an account can have. Raises BadAccount.

    >>> account_name("Kim.Lee@example.com")
    'Kim.Lee@example.com'
    """
    if _NAME.fullmatch(text) is None:
        raise BadAccount(
            f"an account's name has 1 to {LONGEST_NAME} letters a to z, digits and . _ - @, and "
            "begins with a letter or a digit"
        )
    return text


def key_of(text: str) -> str | None:
    r"""What a name is found by, in any case; None for what cannot be one.

    Other characters are not made into ASCII first: the Kelvin sign is no k.

    >>> key_of("Kim"), key_of("\u212aim"), key_of("kim\n")
    ('kim', None, None)
    """
    return text.lower() if _NAME.fullmatch(text) else None
