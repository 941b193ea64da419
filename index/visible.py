"""What a clearance lets a connection to the catalogue see: views that stand before the tables.

SQLite looks a bare name up among the temporary objects first
(https://www.sqlite.org/lang_naming.html), so that every statement of this package meets the
documents that a clearance allows and no others, whoever wrote it and whatever it counts. An
authorizer refuses what would reach around the views.
"""

from __future__ import annotations

import sqlite3

from index.clearance import EVERYTHING, UNLABELLED, Clearance

_LABEL = f"coalesce({{}}.label, '{UNLABELLED}')"
_OF_A_DOCUMENT = ("symbols", "parties", "citations", "passages", "origins")
_OF_A_PASSAGE = ("vectors", "quantities")


def restrict(connection: sqlite3.Connection, clearance: Clearance | None) -> None:
    """Hide what the clearance does not allow; for good, for this connection.

    clearance: None hides nothing, not even the second of two copies: for upkeep only. Adds
    `labelled_vectors`: the vectors in allowed compartments by their labels, copies too.
    """
    labelled = (
        f"SELECT v.*, {_LABEL.format('d')} AS label FROM main.vectors v JOIN main.passages p"
        " ON p.id = v.passage_id JOIN main.documents d ON d.key = p.document_key"
        f" WHERE {_allowed('d', clearance or EVERYTHING)}"
    )
    connection.execute(f"CREATE TEMP VIEW labelled_vectors AS {labelled}")
    if clearance is None:
        return
    for name, query in _views(clearance).items():
        connection.execute(f"CREATE TEMP VIEW {name} AS {query}")
    if clearance.labels is not None:
        connection.set_authorizer(_authorized)


def _views(clearance: Clearance) -> dict[str, str]:
    """The query of each view, by the name of the table that it stands before."""
    # The same text may lie under two labels; who may see both sees it once.
    twin = (
        f"SELECT 1 FROM main.documents o WHERE o.id = d.id AND {_allowed('o', clearance)}"
        f" AND {_LABEL.format('o')} < {_LABEL.format('d')}"
    )
    seen = _allowed("d", clearance)
    views = {"documents": f"SELECT * FROM main.documents d WHERE {seen} AND NOT EXISTS ({twin})"}
    if clearance.labels is None:
        return views
    owner = f"SELECT 1 FROM main.documents d WHERE d.key = t.document_key AND {seen}"
    for table in _OF_A_DOCUMENT:
        views[table] = f"SELECT * FROM main.{table} t WHERE EXISTS ({owner})"
    owner = (
        "SELECT 1 FROM main.passages p JOIN main.documents d ON d.key = p.document_key"
        f" WHERE p.id = t.passage_id AND {seen}"
    )
    for table in _OF_A_PASSAGE:
        views[table] = f"SELECT * FROM main.{table} t WHERE EXISTS ({owner})"
    origin = (
        "SELECT 1 FROM main.origins r JOIN main.documents d ON d.key = r.document_key"
        f" WHERE r.path = t.path AND {seen}"
    )
    views["sources"] = f"SELECT * FROM main.sources t WHERE EXISTS ({origin})"
    # What a file that was not read holds is known only where the run gave it a label.
    given = (
        "SELECT 1 FROM main.sources d WHERE d.path = t.path AND d.label IS NOT NULL"
        f" AND {_allowed('d', clearance)}"
    )
    views["rejected"] = f"SELECT * FROM main.rejected t WHERE EXISTS ({given})"
    return views


def _allowed(table: str, clearance: Clearance) -> str:
    """SQL that holds for the rows whose label the clearance allows."""
    if clearance.labels is None:
        return "1"
    # A view takes no parameters.
    quoted = ("'" + label.replace("'", "''") + "'" for label in sorted(clearance.labels))
    return f"{_LABEL.format(table)} IN ({', '.join(quoted) or 'NULL'})"


_HIDDEN = frozenset({"documents", "sources", "rejected", *_OF_A_DOCUMENT, *_OF_A_PASSAGE})


def _authorized(
    action: int, table: str | None, _: str | None, database: str | None, view: str | None
) -> int:
    """Lets the tables be read through the views only."""
    around = action == sqlite3.SQLITE_READ and table in _HIDDEN and database == "main"
    return sqlite3.SQLITE_DENY if around and view is None else sqlite3.SQLITE_OK
