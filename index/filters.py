"""Decide, before any ranking, which documents and passages a search may see.

Both engines are given the result; neither decides anything by itself.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from index.catalog import Catalog, Ids
from index.errors import BadFilter
from index.quantities import parse_where
from index.quantity_store import documents_meeting
from index.records import Filters


@dataclass(frozen=True)
class Scope:
    """What a search may see.

    document_keys: None for all documents. passage_keys: for the vectors; None for all passages.
    undated: documents that only an unknown date kept out. searched: documents in the scope.
    """

    document_keys: Ids | None
    passage_keys: Ids | None
    sections: tuple[str, ...]
    undated: int
    searched: int


_MOST_VALUES = 500  # of one filter; SQLite's expressions have a limit


def scope(
    catalog: Catalog,
    filters: Filters,
    excluded: tuple[int, ...] = (),
    among: tuple[int, ...] | None = None,
) -> Scope:
    """The scope of these filters.

    excluded: keys of documents that must not be found; among: of the only ones that may be.
    """
    if not filters and not excluded and among is None:
        return Scope(None, None, (), 0, catalog.count("documents"))
    conditions, values = _conditions(filters)
    dated, dates = _dates(filters)
    query = f"SELECT key FROM documents d WHERE {' AND '.join([*conditions, *dated])}"
    rows = catalog.connection.execute(query, [*values, *dates])
    documents = np.array(sorted({key for (key,) in rows} - set(excluded)), np.int64)
    if among is not None:
        documents = np.intersect1d(documents, np.array(among, np.int64))
    if filters.where:
        conditions_met = [parse_where(text) for text in filters.where]
        met = documents_meeting(catalog.connection, conditions_met, filters.section)
        documents = np.intersect1d(documents, met)
    undated = 0
    if dated:
        unknown = [*conditions, f"d.{filters.date}_date IS NULL"]
        query = f"SELECT count(*) FROM documents d WHERE {' AND '.join(unknown)}"
        undated = catalog.connection.execute(query, values).fetchone()[0]
    passages = _passages(catalog, documents, filters.section)
    return Scope(documents, passages, filters.section, undated, int(documents.size))


def matching(catalog: Catalog, filters: Filters) -> Ids:
    """Keys of the documents that pass these filters, dates left aside, ascending."""
    conditions, values = _conditions(filters)
    query = f"SELECT key FROM documents d WHERE {' AND '.join(conditions)} ORDER BY key"
    rows = catalog.connection.execute(query, values)
    return np.fromiter((key for (key,) in rows), np.int64)


def narrowed(catalog: Catalog, seen: Scope, documents: Ids, undated: int) -> Scope:
    """The part of a scope that lies in these documents. undated: more of them to be counted."""
    passages = _passages(catalog, documents, seen.sections)
    return Scope(documents, passages, seen.sections, seen.undated + undated, seen.searched)


def _conditions(filters: Filters) -> tuple[list[str], list[str]]:
    """SQL conditions on a document `d` besides its date, and their values."""
    for name, given in vars(filters).items():
        if isinstance(given, tuple) and len(given) > _MOST_VALUES:
            raise BadFilter(f"--{name} has {len(given)} values; {_MOST_VALUES} are the most")
    conditions: list[str] = ["1"]
    values: list[str] = []
    for column, wanted in (("kind", filters.kind), ("label", filters.label)):
        if wanted:
            conditions.append(f"d.{column} IN ({','.join('?' * len(wanted))})")
            values += wanted
    if filters.country:
        conditions.append(f"d.country IN ({','.join('?' * len(filters.country))})")
        values += [country.strip().upper() for country in filters.country]
    if filters.cpc:
        tests = " OR ".join(["substr(s.symbol, 1, length(?)) = ?"] * len(filters.cpc))
        conditions.append(
            f"EXISTS (SELECT 1 FROM symbols s WHERE s.document_key = d.key AND ({tests}))"
        )
        for prefix in filters.cpc:
            values += ["".join(prefix.upper().split())] * 2
    if filters.party:
        tests = " OR ".join(["instr(p.name, ?) > 0"] * len(filters.party))
        conditions.append(
            f"EXISTS (SELECT 1 FROM parties p WHERE p.document_key = d.key AND ({tests}))"
        )
        values += [folded_name(name) for name in filters.party]
    return conditions, values


def _dates(filters: Filters) -> tuple[list[str], list[str]]:
    column = f"d.{filters.date}_date"  # Filters has checked the name.
    bounds = [("<", filters.before), (">", filters.after)]
    given = [(sign, bound) for sign, bound in bounds if bound is not None]
    return [f"{column} {sign} ?" for sign, _ in given], [bound for _, bound in given]


def _passages(catalog: Catalog, documents: Ids, sections: tuple[str, ...]) -> Ids:
    keys = []
    limit = f" AND section IN ({','.join('?' * len(sections))})" if sections else ""
    for start in range(0, documents.size, 10_000):
        batch = documents[start : start + 10_000].tolist()
        marks = ",".join("?" * len(batch))
        query = f"SELECT id FROM passages WHERE document_key IN ({marks}){limit}"
        keys += [key for (key,) in catalog.connection.execute(query, [*batch, *sections])]
    return np.array(keys, np.int64)


def folded_name(name: str) -> str:
    """A party's name as filters compare it: case folded, one blank between words.

    >>> folded_name(" Solmere  CELL Works")
    'solmere cell works'
    """
    return " ".join(name.casefold().split())
