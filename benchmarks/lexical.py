"""Compare tantivy with SQLite FTS5 on a BEIR collection, each run in a process of its own."""

from __future__ import annotations

import json
import random
import re
import sqlite3
import subprocess
import sys
import tempfile
import time
import unicodedata
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from statistics import median, quantiles
from typing import Any

import ir_measures
import Stemmer
import tantivy
from tantivy import Occur, Query

TOKEN = re.compile(r"[^\W_]+")
STOPPED = """a an and are as at be been being by can each for from has have in into is it its of on
one or said such that the their thereof these this those to wherein which with"""
STOP = set(TOKEN.findall(STOPPED))
STEMMER = Stemmer.Stemmer("english")
MEASURES = [ir_measures.nDCG @ 10, ir_measures.R @ 10, ir_measures.R @ 100, ir_measures.RR]
JOBS = [(kind, n) for n in (1, 5, 25) for kind in ("tantivy", "fts5")] + [("tantivy en_stem", 1)]
Hits = list[tuple[int, float]]
Rows = Iterable[tuple[int, str]]


def analyse(text: str, stop: Iterable[str] = ()) -> list[str]:
    """The token stream that both engines index."""
    found = TOKEN.findall(unicodedata.normalize("NFKC", text).casefold())
    return list(STEMMER.stemWords([word for word in found if word not in stop]))


def query_terms(text: str) -> list[str]:
    """Distinct stems without stop words, in order of first occurrence."""
    return list(dict.fromkeys(analyse(text, STOP)))


class Tantivy:
    """One index folder; queries are built from Query objects, nothing is parsed."""

    def __init__(self, folder: Path, tokenizer: str = "given") -> None:
        builder = tantivy.SchemaBuilder()
        builder.add_unsigned_field("passage", indexed=True, fast=True)
        builder.add_unsigned_field("document", indexed=True, fast=True)
        builder.add_text_field("section", tokenizer_name="raw", index_option="basic")
        for name in ("title", "heading", "body"):
            builder.add_text_field(name, tokenizer_name=tokenizer)
        self.schema = builder.build()
        self.index = tantivy.Index(self.schema, path=str(folder))
        whitespace = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()
        self.index.register_tokenizer("given", whitespace)
        self.writer = self.index.writer(heap_size=128_000_000, num_threads=1)

    def _commit(self) -> None:
        self.writer.commit()
        self.index.reload()
        self.searcher = self.index.searcher()

    def build(self, rows: Rows) -> None:
        for key, tokens in rows:
            doc = tantivy.Document(section="claims", body=tokens)
            doc.add_unsigned("passage", key)
            doc.add_unsigned("document", key)
            self.writer.add_document(doc)
        self._commit()

    def delete(self, rows: Rows) -> None:
        gone = Query.term_set_query(self.schema, "passage", [key for key, _ in rows])
        self.writer.delete_documents_by_query(gone)
        self._commit()

    def allow(self, keys: list[int]) -> Query:
        return Query.const_score_query(Query.term_set_query(self.schema, "document", keys), 0.0)

    def _run(self, query: Query, k: int) -> Hits:
        hits = self.searcher.search(query, limit=k, count=False).hits
        keys = self.searcher.fast_field_values("passage", [address for _, address in hits])
        return [(int(key or 0), score) for key, (score, _) in zip(keys, hits, strict=True)]

    def search(self, terms: list[str], k: int, allowed: Any = None) -> Hits:
        each = (Query.term_query(self.schema, "body", term, "freq") for term in terms)
        query = Query.boolean_query([(Occur.Should, clause) for clause in each])
        if allowed is not None:
            query = Query.boolean_query([(Occur.Must, query), (Occur.Must, allowed)])
        return self._run(query, k)

    def phrase(self, terms: list[str], k: int) -> Hits:
        return self._run(Query.phrase_query(self.schema, "body", list(terms)), k)

    def prefix(self, start: str, k: int) -> Hits:
        return self._run(Query.regex_query(self.schema, "body", start + ".*"), k)


class Fts5:
    """A contentless FTS5 table; the catalogue that would hold the text is not counted."""

    def __init__(self, folder: Path) -> None:
        self.db = sqlite3.connect(folder / "fts.db")
        self.db.executescript("PRAGMA journal_mode=WAL; PRAGMA cache_size=-128000")
        kind = "content='', tokenize='unicode61 remove_diacritics 0'"
        self.db.execute(f"CREATE VIRTUAL TABLE t USING fts5(title, heading, body, {kind})")

    def build(self, rows: Rows, head: str = "", values: str = "") -> None:
        put = f"INSERT INTO t({head} rowid, title, heading, body) VALUES ({values} ?, '', '', ?)"
        with self.db:
            self.db.executemany(put, rows)
        self.db.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def delete(self, rows: Rows) -> None:
        self.build(rows, "t,", "'delete',")

    def allow(self, keys: list[int]) -> str:
        self.db.execute("CREATE TEMP TABLE IF NOT EXISTS ok(k INTEGER PRIMARY KEY)")
        self.db.execute("DELETE FROM temp.ok")
        self.db.executemany("INSERT INTO temp.ok VALUES (?)", zip(keys, strict=True))
        return " AND +rowid IN temp.ok"

    def _run(self, match: str, k: int, allowed: str = "") -> Hits:
        rank = "bm25(t)" if allowed else "rank"
        sql = f"SELECT rowid, -{rank} FROM t WHERE t MATCH ?{allowed} ORDER BY {rank} LIMIT ?"
        return self.db.execute(sql, (match, k)).fetchall()

    def search(self, terms: list[str], k: int, allowed: Any = None) -> Hits:
        return self._run("body : (" + " OR ".join(f'"{t}"' for t in terms) + ")", k, allowed or "")

    def phrase(self, terms: list[str], k: int) -> Hits:
        return self._run('body : "' + " ".join(terms) + '"', k)

    def prefix(self, start: str, k: int) -> Hits:
        return self._run(f'body : "{start}" *', k)


def memory(key: str) -> float:
    """VmHWM (peak) or VmRSS (now) of this process in MB."""
    return int(Path("/proc/self/status").read_text().split(f"{key}:")[1].split()[0]) / 1024


def clock(call: Callable[[], object]) -> float:
    """Milliseconds of one call."""
    start = time.perf_counter()
    call()
    return (time.perf_counter() - start) * 1000


def latency(call: Callable[..., Hits], queries: list[Any], *rest: Any) -> str:
    """p50 / p95 in ms over the queries, each taken as the median of three runs."""
    times = [median(clock(partial(call, q, *rest)) for _ in range(3)) for q in queries]
    return f"{median(times):.2f} / {quantiles(times, n=20, method='inclusive')[-1]:.2f}"


def quality(engine: Tantivy | Fts5, data: Path, ids: list[str]) -> dict[str, Any]:
    """Measures over all judged queries; one without a result counts 0."""
    pairs = [line.split("\t") for line in (data / "exclude_from_results.tsv").open()][1:]
    dropped = {(query, doc.strip()) for query, doc, *_ in pairs}
    lines = [line.split("\t") for line in (data / "qrels.tsv").open()][1:]
    qrels = [ir_measures.Qrel(query, doc, int(rel)) for query, doc, rel in lines]
    run = []
    for row in map(json.loads, (data / "queries.jsonl").open()):
        found = engine.search(query_terms(row["text"]), 200)
        kept = [(ids[key], score) for key, score in found if (row["_id"], ids[key]) not in dropped]
        run += [ir_measures.ScoredDoc(row["_id"], doc, score) for doc, score in kept[:100]]
    values = ir_measures.calc_aggregate(MEASURES, qrels, run).items()
    return {str(measure): f"{value:.4f}" for measure, value in values}


def query_sets(texts: list[str], size: int) -> dict[str, list[list[str]]]:
    """The queries as given, joined and cut to 200 words, and 3 to 6 words of each."""
    rng, step = random.Random(7), max(1, len(texts) // size)
    long = [" ".join(" ".join(texts[i:] + texts).split()[:200]) for i in range(len(texts))]
    sets = {"given": [query_terms(t) for t in texts], "200 words": [query_terms(t) for t in long]}
    sets["3-6 words"] = [rng.sample(q, min(len(q), rng.randint(3, 6))) for q in sets["given"]]
    return {name: queries[::step][:size] for name, queries in sets.items()}


def filters(engine: Tantivy | Fts5, sets: dict[str, list[list[str]]], rows: int) -> dict[str, Any]:
    """Latency with allowed sets decided beforehand, and whether a filter changes a score."""
    result, worst = {}, 0.0
    free = dict(engine.search(sets["given"][0], rows))
    for size in (n for n in (500, 5000, 50000) if n < rows):
        keys = random.Random(size).sample(range(rows), size)
        result[f"making the set of {size}"] = f"{clock(partial(engine.allow, keys)):.1f}"
        allowed = engine.allow(keys)
        for name in ("given", "200 words"):
            result[f"{name}, {size} allowed"] = latency(engine.search, sets[name], 100, allowed)
        hits = dict(engine.search(sets["given"][0], rows, allowed))
        assert hits.keys() == free.keys() & set(keys)
        worst = max(worst, *(abs(free[key] - score) for key, score in hits.items()))
    return result | {"largest score change by a filter": f"{worst:.1e}"}


def changes(engine: Tantivy | Fts5, tokens: list[str], rows: int) -> dict[str, Any]:
    adds = [clock(partial(engine.build, [(rows + i, tokens[i])])) for i in range(9)]
    gone = [[(k, tokens[k % len(tokens)]) for k in range(i, i + 100)] for i in range(0, 500, 100)]
    deletes = [clock(partial(engine.delete, part)) for part in gone]
    assert all(key >= 500 for key, _ in engine.search(query_terms(tokens[3]), 2 * rows))
    return {"add 1": f"{median(adds):.1f}", "delete 100": f"{median(deletes):.1f}"}


def measure(kind: str, copies: int, data: Path, folder: Path) -> dict[str, Any]:
    docs = [json.loads(line) for line in (data / "corpus.jsonl").open()]
    texts = [json.loads(line)["text"] for line in (data / "queries.jsonl").open()]
    field = "en_stem" if kind.endswith("en_stem") else "given"
    tokens = [d["text"] if field != "given" else " ".join(analyse(d["text"])) for d in docs]
    before, rows = memory("VmRSS"), len(docs) * copies
    engine = Fts5(folder) if kind == "fts5" else Tantivy(folder, field)
    built = clock(lambda: engine.build(enumerate(tokens * copies))) / 1000
    result: dict[str, Any] = {"engine": kind, "rows": rows, "build s": f"{built:.2f}"}
    result["disk MB"] = f"{sum(f.stat().st_size for f in folder.iterdir()) / 1e6:.1f}"
    result["build peak MB"] = f"{memory('VmHWM') - before:.0f}"
    result |= quality(engine, data, [d["_id"] for d in docs]) if copies == 1 else {}
    sets = query_sets(texts, 30 if copies < 10 else 8)
    result |= {name: latency(engine.search, queries, 100) for name, queries in sets.items()}
    result |= filters(engine, sets, rows)
    terms = query_terms("negative electrode")
    result["phrase"] = latency(engine.phrase, [terms] * 2, 100)
    result["phrase hits"] = len(engine.phrase(terms, rows))
    result["prefix"] = latency(engine.prefix, ["electrod"] * 2, 100)
    result["top 1000"] = latency(engine.search, sets["given"], 1000)
    result |= changes(engine, tokens, rows)
    if isinstance(engine, Tantivy):
        engine.writer.wait_merging_threads()
    return result | {"total peak MB": f"{memory('VmHWM') - before:.0f}"}


def main() -> None:
    """With a folder alone: every job in its own process, as one table."""
    if job := sys.argv[2:]:
        with tempfile.TemporaryDirectory() as folder:
            print(json.dumps(measure(job[0], int(job[1]), Path(sys.argv[1]), Path(folder))))
        return
    command = [sys.executable, __file__, sys.argv[1]]
    results = [json.loads(subprocess.check_output([*command, k, str(n)])) for k, n in JOBS]
    for i, name in enumerate(dict.fromkeys(name for result in results for name in result)):
        print("|", name, "|", " | ".join(str(r.get(name, "")) for r in results), "|")
        if i == 0:
            print("|---" * (len(results) + 1) + "|")


if __name__ == "__main__":
    main()
