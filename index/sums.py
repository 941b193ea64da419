"""A running checksum of every table of the catalogue, kept by triggers in the same transaction.

SQLite keeps no checksums of its own, so a flipped bit in a text or a vector would go unseen. The
sum of a table is that of its rows' hashes modulo 2^128: a row that comes adds, a row that goes
subtracts, whatever statement did it. A row that was damaged meanwhile subtracts something else
than was added, so the damage shows for good.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterable, Sequence

import msgspec

_MODULUS = 1 << 128
_SUMS = "CREATE TABLE IF NOT EXISTS sums (name TEXT PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID"
_Value = str | bytes | int | float | None


def register(connection: sqlite3.Connection) -> None:
    """Give a writer what the triggers need; before its first statement.

    Without it no row can be changed, so nobody can write past the sums by mistake.
    """
    connection.create_function("sum_with", -1, _sum_with, deterministic=True)
    # Else INSERT OR REPLACE would take rows out without their triggers.
    connection.execute("PRAGMA recursive_triggers = ON")


def keep_sums(connection: sqlite3.Connection) -> None:
    """Make sums and triggers for tables that have none for their present columns.

    connection: registered, outside of a transaction. Free where there is nothing to do.
    """
    wanted = {table: _triggers(connection, table) for table in _tables(connection)}
    query = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'sums!_%' "
    have = dict(connection.execute(query + "ESCAPE '!'"))
    changed = [t for t, triggers in wanted.items() if any(have.get(n) != s for n, s in triggers)]
    if not changed:
        return
    connection.execute("BEGIN IMMEDIATE")
    try:
        connection.execute(_SUMS)
        for table in changed:
            for name, sql in wanted[table]:
                connection.execute(f"DROP TRIGGER IF EXISTS {name}")
                connection.execute(sql)
            value = sum_of(_rows(connection, table))
            connection.execute("INSERT OR REPLACE INTO sums VALUES (?, ?)", [table, value])
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


def wrong_tables(connection: sqlite3.Connection) -> list[str] | None:
    """Tables whose rows are not those that were written; None where no sums are kept yet.

    Reads all of the catalogue, of one state. connection: sees the tables themselves.
    """
    outermost = not connection.in_transaction
    if outermost:
        connection.execute("BEGIN")
    try:
        try:
            kept = dict(connection.execute("SELECT name, value FROM main.sums"))
        except sqlite3.OperationalError as error:
            if "no such table" in str(error):
                return None
            raise
        return [t for t in _tables(connection) if t in kept and not _agrees(connection, t, kept[t])]
    finally:
        if outermost and connection.in_transaction:
            connection.execute("ROLLBACK")


def sum_of(rows: Iterable[Sequence[_Value]]) -> bytes:
    """The sum of some rows, 16 bytes, whatever their order.

    >>> sum_of([(1, "a"), (2, "b")]) == sum_of([(2, "b"), (1, "a")]) != sum_of([(1, "b"), (2, "a")])
    True
    """
    return (sum(map(_hash, rows)) % _MODULUS).to_bytes(16, "big")


def _agrees(connection: sqlite3.Connection, table: str, kept: bytes) -> bool:
    try:
        return sum_of(_rows(connection, table)) == kept
    except sqlite3.DatabaseError:  # Such as text that is no UTF-8 any more.
        return False


def _sum_with(value: bytes, sign: int, *row: _Value) -> bytes:
    total = int.from_bytes(value, "big") + sign * _hash(row)
    return (total % _MODULUS).to_bytes(16, "big")


def _hash(row: Sequence[_Value]) -> int:
    digest = hashlib.blake2b(msgspec.msgpack.encode(row), digest_size=16).digest()
    return int.from_bytes(digest, "big")


def _rows(connection: sqlite3.Connection, table: str) -> sqlite3.Cursor:
    columns = ", ".join(_columns(connection, table))
    return connection.execute(f"SELECT {columns} FROM main.{table}")


def _tables(connection: sqlite3.Connection) -> list[str]:
    query = (
        "SELECT name FROM main.sqlite_master WHERE type = 'table' AND name <> 'sums'"
        " AND name NOT LIKE 'sqlite!_%' ESCAPE '!' ORDER BY name"
    )
    return [name for (name,) in connection.execute(query)]


def _columns(connection: sqlite3.Connection, table: str) -> list[str]:
    rows = connection.execute(f"PRAGMA main.table_info({table})")
    return [f'"{name}"' for _, name, *_ in rows]


def _triggers(connection: sqlite3.Connection, table: str) -> list[tuple[str, str]]:
    """(name, statement) of the three triggers of a table."""
    columns = _columns(connection, table)
    old = ", ".join(f"OLD.{column}" for column in columns)
    new = ", ".join(f"NEW.{column}" for column in columns)
    values = {
        "insert": f"sum_with(value, 1, {new})",
        "delete": f"sum_with(value, -1, {old})",
        "update": f"sum_with(sum_with(value, -1, {old}), 1, {new})",
    }
    return [
        (
            f"sums_{table}_{event}",
            f"CREATE TRIGGER sums_{table}_{event} AFTER {event.upper()} ON {table} BEGIN"
            f" UPDATE sums SET value = {value} WHERE name = '{table}'; END",
        )
        for event, value in values.items()
    ]
