"""What tells a changed byte in a row, which SQLite itself does not notice."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from pathlib import Path

from assistant.accounts.errors import AccountsBroken


def seal(*values: object) -> str:
    """What detects a changed byte in a row; whoever may write the file can make it as well."""
    return hashlib.sha256(json.dumps(values).encode()).hexdigest()[:32]


def unseal(row: sqlite3.Row, path: Path) -> sqlite3.Row:
    """The row, if it is as it was written. Raises AccountsBroken."""
    values, names = tuple(row), row.keys()
    sealed = names.index("seal") if "seal" in names else 0
    if seal(*values[:sealed]) != values[sealed]:
        raise broken(path, "a row is not as it was written")
    return row


def broken(path: Path, why: str) -> AccountsBroken:
    """The error that says what is wrong with the file and what to do."""
    return AccountsBroken(
        f"the accounts in {path} cannot be used ({why}), so nobody can sign in; restore the file "
        f"from a snapshot, or remove it and {path.stem}.made beside it to begin without accounts"
    )
