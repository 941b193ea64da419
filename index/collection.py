"""A test collection in the BEIR layout: corpus, queries, judgements, documents to leave out."""

from __future__ import annotations

import csv
import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from index.errors import LibraryError


class BadCollection(LibraryError):
    """The folder does not hold a collection in the BEIR layout."""


@dataclass(frozen=True)
class Collection:
    """Queries by id, judgements by query and document, and documents to drop per query."""

    name: str
    corpus: Path
    queries: dict[str, str]
    qrels: dict[str, dict[str, int]]
    excluded: dict[str, frozenset[str]]


def load_collection(folder: str | Path, limit: int | None = None) -> Collection:
    """Read queries and judgements. limit: only the first so many judged queries.

    Raises BadCollection with the file and line that is wrong.
    """
    folder = Path(folder)
    if limit is not None and limit < 1:
        raise BadCollection(f"--limit is {limit}; measure 1 query or more")
    corpus = folder / "corpus.jsonl"
    if not corpus.is_file():
        raise BadCollection(f"{folder} has no corpus.jsonl; the BEIR layout is needed")
    qrels: dict[str, dict[str, int]] = defaultdict(dict)
    # Published collections keep one file for each split in a folder of their own.
    judged = folder / "qrels.tsv"
    judged = judged if judged.exists() else folder / "qrels" / "test.tsv"
    for query, document, *score in _rows(judged):
        try:
            qrels[query][document] = int(score[0]) if score else 1
        except ValueError:
            raise BadCollection(f"{judged}: {score[0]!r} is no whole number") from None
    queries = {query: text for query, text in _queries(folder / "queries.jsonl") if query in qrels}
    queries = dict(list(queries.items())[:limit])
    if not queries:
        raise BadCollection(f"{folder}: no query of queries.jsonl is judged in qrels.tsv")
    excluded: dict[str, set[str]] = defaultdict(set)
    exclusions = folder / "exclude_from_results.tsv"
    for query, document, *_ in _rows(exclusions) if exclusions.exists() else ():
        excluded[query].add(document)
    return Collection(
        name=folder.resolve().name,
        corpus=corpus,
        queries=queries,
        qrels={query: dict(qrels[query]) for query in queries},
        excluded={query: frozenset(documents) for query, documents in excluded.items()},
    )


def _rows(path: Path) -> Iterator[list[str]]:
    """Rows of a tab-separated file below its header."""
    try:
        with path.open(encoding="utf-8", newline="") as stream:
            for line, row in enumerate(csv.reader(stream, delimiter="\t"), start=1):
                if line == 1 or not row:
                    continue
                if len(row) < 2:
                    raise BadCollection(f"{path}, line {line}: needs two columns or more")
                yield row
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise BadCollection(f"{path} cannot be read: {error}") from error


def _queries(path: Path) -> Iterator[tuple[str, str]]:
    try:
        with path.open(encoding="utf-8") as stream:
            for number, line in enumerate(stream, start=1):
                if line.strip():
                    try:
                        record = json.loads(line)
                        yield str(record["_id"]), str(record["text"])
                    except (ValueError, KeyError, TypeError) as error:
                        raise BadCollection(f"{path}, line {number}: {error}") from error
    except (OSError, UnicodeDecodeError) as error:
        raise BadCollection(f"{path} cannot be read: {error}") from error
