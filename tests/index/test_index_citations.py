"""Citations in the catalogue: put at ingest, replaced and removed with their documents."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from index.citations import CitationLink, citation_links, fill_citations, put_citations
from index.errors import OtherRules
from index.schema import connect
from ingest.facts import Reference
from ingest.numbers import number_key


@pytest.fixture
def database(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    """An empty catalogue."""
    connection = connect(tmp_path, write=True)
    yield connection
    connection.close()


def put(database: sqlite3.Connection, name: str, number: str | None, *cited: str) -> None:
    values = (name, "", "patent", number, number_key(number) if number else None, b"", b"{}", "")
    query = (
        "INSERT INTO documents (id, content_hash, kind, number, number_key, facts, parts, text)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?) RETURNING key"
    )
    (key,) = database.execute(query, values).fetchone()
    put_citations(database, key, [Reference(number, number) for number in cited])


def test_links_go_by_number_whatever_the_kind_and_never_to_oneself(
    database: sqlite3.Connection,
) -> None:
    fill_citations(database)
    put(database, "a1", "EP1234567A1")
    put(database, "b1", "EP1234567B1", "EP1234567A1", "US9900001B2")
    put(database, "us", "US9900001B1", "EP1234567B1", "EP1234567A1", "EP7654321A1")
    put(database, "no", None, "US9900001B2")
    both = (CitationLink("us", "a1"), CitationLink("us", "b1"))
    assert citation_links(database, ["a1"]) == both[:1]
    from_us = (CitationLink("b1", "us"), CitationLink("no", "us"), *both)
    assert citation_links(database, ["us"]) == from_us
    assert citation_links(database, ["us", "a1", "b1", "no", "gone"]) == from_us
    assert citation_links(database, []) == ()


def test_a_catalogue_that_was_not_filled_is_refused_and_filled_once(
    database: sqlite3.Connection,
) -> None:
    put(database, "us", "US9900001B1")
    database.execute(
        "INSERT INTO documents (id, content_hash, kind, facts, parts, text) VALUES (?,?,?,?,?,?)",
        ["x", "", "patent", b"", b'{"references": [{"number": "US9900001B2", "text": ""}]}', ""],
    )
    with pytest.raises(OtherRules, match="kept no citations"):
        citation_links(database, ["us"])
    fill_citations(database)
    assert citation_links(database, ["us"]) == (CitationLink("x", "us"),)
    database.execute("DELETE FROM citations")
    fill_citations(database)  # done before, and not done again
    assert citation_links(database, ["us"]) == ()
