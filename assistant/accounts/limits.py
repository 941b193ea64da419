"""How many tries to sign in are looked at: lock-out that holds across processes and restarts.

A try is counted before its password is looked at, and taken back when that was right, so that
parallel tries cannot pass together. Failures are counted apart for

- a name from an address that the account has signed in from within 30 days: each such place has
  its own count, and no other count stops it;
- a name from all other addresses together;
- an address over all names, from such other addresses.

So a stranger who keeps failing with somebody's name locks out other strangers, not its owner
where he works; somebody who begins at a new address meanwhile waits, or asks an administrator to
unlock the name. Whoever guesses has at most (1 + 8 places) x 5 tries in 15 minutes. A refused
try is not counted, so a lock ends. Names without an account are counted likewise: a lock does
not tell that there is one. Names and addresses are kept only as HMACs, as people type passwords
where the name belongs.
"""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
import math
import sqlite3

from assistant.accounts.errors import TooManyTries
from assistant.accounts.policy import LoginPolicy

_DAYS_OF_A_PLACE = 30 * 86400.0
_PLACES = 8
# Old failures go at each new one; this bounds the table even against many addresses.
_MOST_ROWS = 100_000


def reserve(
    db: sqlite3.Connection, name: str, address: str, policy: LoginPolicy, now: float
) -> tuple[int, ...]:
    """Count a try as failed ahead; the rows to `release`. Raises TooManyTries."""
    keep = policy.window + policy.lock
    # A clock that was wrong for a while leaves failures in the future: those go, too.
    db.execute("DELETE FROM failures WHERE at < ? OR at > ?", (now - keep, now + keep))
    scopes = _scopes(db, name, address, policy, now)
    wait = max(_wait(db, scope, limit, policy, now) for scope, limit in scopes)
    if wait > 0:
        raise TooManyTries(max(1, math.ceil(wait)))
    rows = []
    for scope, _ in scopes:
        cursor = db.execute("INSERT INTO failures (scope, at) VALUES (?, ?)", (scope, now))
        rows.append(int(cursor.lastrowid or 0))
    db.execute("DELETE FROM failures WHERE id <= ?", (rows[-1] - _MOST_ROWS,))
    return tuple(rows)


def release(
    db: sqlite3.Connection, rows: tuple[int, ...], key: str, address: str, now: float
) -> None:
    """Take back a try that was right: its rows, earlier ones of its count, and note the place.

    The count of the address stays: whoever has an account must not clear it between guesses.
    """
    db.execute("DELETE FROM failures WHERE scope = (SELECT scope FROM failures WHERE id = ?)",
               rows[:1])  # fmt: skip
    db.executemany("DELETE FROM failures WHERE id = ?", [(row,) for row in rows])
    place = _scope(db, "place", key, _network(address))
    db.execute("INSERT OR REPLACE INTO places VALUES (?, ?, ?)", (place, key, now))
    db.execute(
        "DELETE FROM places WHERE key = ? AND scope NOT IN "
        "(SELECT scope FROM places WHERE key = ? ORDER BY at DESC LIMIT ?)",
        (key, key, _PLACES),
    )


def forget(db: sqlite3.Connection, key: str) -> None:
    """Lift the locks of a name."""
    db.execute(
        "DELETE FROM failures WHERE scope IN (SELECT scope FROM places WHERE key = ?)", (key,)
    )
    db.execute("DELETE FROM failures WHERE scope = ?", (_scope(db, "name", key),))


def _scopes(
    db: sqlite3.Connection, name: str, address: str, policy: LoginPolicy, now: float
) -> list[tuple[str, int]]:
    """The counts that a try belongs to with their limits, the name's first."""
    network = _network(address)
    place = _scope(db, "place", name, network)
    known = db.execute(
        "SELECT 1 FROM places WHERE scope = ? AND at > ?", (place, now - _DAYS_OF_A_PLACE)
    ).fetchone()
    if known is not None:
        return [(place, policy.failures_per_name)]
    return [
        (_scope(db, "name", name), policy.failures_per_name),
        (_scope(db, "address", network), policy.failures_per_address),
    ]


def _wait(db: sqlite3.Connection, scope: str, limit: int, policy: LoginPolicy, now: float) -> float:
    """Seconds that a count is still locked for, from its last `limit` failures; 0 or less: open."""
    rows = db.execute(
        "SELECT at FROM failures WHERE scope = ? ORDER BY at DESC LIMIT ?", (scope, limit)
    ).fetchall()
    if len(rows) < limit or rows[0][0] - rows[-1][0] >= policy.window:
        return 0.0
    return float(rows[0][0]) + policy.lock - now


def _scope(db: sqlite3.Connection, *parts: str) -> str:
    secret = db.execute("SELECT value FROM secret").fetchone()[0]
    text = "\0".join(parts).encode("utf-8", "surrogatepass")
    return hmac.new(secret, text, hashlib.sha256).hexdigest()


def _network(address: str) -> str:
    """An IPv4 address, or the 64 bits of an IPv6 one that its holder cannot choose.

    >>> _network("2001:db8::1") == _network("2001:db8::ffff"), _network("::ffff:10.0.0.1")
    (True, '10.0.0.1')
    """
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return address[:200]
    if isinstance(found, ipaddress.IPv4Address):
        return str(found)
    if found.ipv4_mapped is not None:
        return str(found.ipv4_mapped)
    return str(ipaddress.ip_network((found, 64), strict=False))
