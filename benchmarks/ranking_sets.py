"""Collections that benchmarks/ranking.py measures on, made from the data beside the project.

Each is a library built once in a cache folder, with queries, judgements and documents to leave
out. Nothing of the data is written anywhere else.
"""

from __future__ import annotations

import json
import random
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from index.collection import Collection, load_collection
from index.encoder import Encoder
from index.library import Library
from index.update import ingest
from ingest.isolate import ReaderProcess
from ingest.records import Document

_SEED = 4
_HALVES = 500
_MORE = "more.jsonl"  # documents beside those of corpus.jsonl


@dataclass(frozen=True)
class Built:
    """A collection and the library of its documents."""

    collection: Collection
    library: Library


def build(name: str, data: Path, cache: Path, encoder: Encoder) -> Built:
    """One of SETS, its library taken from the cache or built in it."""
    folder = cache / name
    if not (folder / "corpus.jsonl").exists():
        folder.mkdir(parents=True, exist_ok=True)
        SETS[name](data, folder)
    collection = load_collection(folder)
    library = cache / f"{name}-library"
    done = folder / "ingested"
    if not done.exists():
        files = [folder / "corpus.jsonl"]
        if (folder / _MORE).exists():
            # The 11,000 documents of gpat11k are the greater part; they need not be read twice.
            base = cache / "gpat11k-library"
            known = (cache / "gpat11k" / "ingested").exists()
            if known:
                shutil.copytree(base, library, dirs_exist_ok=True)
            files = [folder / _MORE] if known else [*files, folder / _MORE]
        ingest(library, files, encoder=encoder)
        done.touch()
    return Built(collection, Library.open(library, encoder))


def _copy(name: str, data: Path, folder: Path) -> None:
    for path in (data / name).iterdir():
        if path.name in ("corpus.jsonl", "queries.jsonl", "qrels.tsv", "exclude_from_results.tsv"):
            shutil.copy(path, folder)


def _gpat(data: Path, folder: Path) -> None:
    _copy("gpat11k", data, folder)


def _cranfield(data: Path, folder: Path) -> None:
    _copy("cranfield", data, folder)


def _lens_titles(data: Path, folder: Path) -> None:
    """A record's title as the query, its abstract as the document."""
    records = _lens(data)
    same = _same_texts(records)
    _write(
        folder,
        {name: text for name, _, text in records},
        {name: (title, same[text]) for name, title, text in records if title},
    )


def _lens_halves(data: Path, folder: Path) -> None:
    """The first half of an abstract as the query, the second half as the document."""
    halves = {}
    for name, _, text in _lens(data):
        sentences = re.split(r"(?<=[.;])\s+", text)
        if len(sentences) > 1:
            middle = len(sentences) // 2
            halves[name] = " ".join(sentences[:middle]), " ".join(sentences[middle:])
    seconds: dict[str, set[str]] = {}
    for name, (_, second) in halves.items():
        seconds.setdefault(second, set()).add(name)
    chosen = random.Random(_SEED).sample(sorted(halves), min(_HALVES, len(halves)))
    _write(
        folder,
        {name: second for name, (_, second) in halves.items()},
        {name: (halves[name][0], seconds[halves[name][1]]) for name in chosen},
    )


def _claims(data: Path, folder: Path) -> None:
    """A patent's title as the query, its claims alone as the document."""
    patents = [d for d in _documents(data / "patents_xml") if d.claims]
    _write(
        folder,
        {d.facts.id: "\n".join(d.text[c.start : c.end] for c in d.claims) for d in patents},
        {d.facts.id: (d.facts.title, {d.facts.id}) for d in patents},
    )


def _headings(data: Path, folder: Path) -> None:
    """A heading of a paper as the query, the paper without its headings as the document."""
    papers = _documents(data / "papers_md")
    texts = {}
    headed: dict[str, set[str]] = {}
    for paper in papers:
        spans = [(p.start, p.end) for s in paper.sections for p in s.paragraphs]
        texts[paper.facts.id] = "\n".join(paper.text[a:b] for a, b in spans)
        for heading in {s.heading for s in paper.sections if s.heading}:
            plain = re.sub(r"^[\W\d]+", "", heading).strip()
            if len(plain.split()) > 2:
                headed.setdefault(plain, set()).add(paper.facts.id)
    # A heading that many papers have ("Results and discussion") asks for none of them.
    queries = {f"q{i}": pair for i, pair in enumerate(sorted(headed.items())) if len(pair[1]) == 1}
    _write(folder, texts, queries)


def _description(data: Path, folder: Path) -> None:
    """A patent's description as the query, its abstract among those of gpat11k as the document."""
    shutil.copy(data / "gpat11k" / "corpus.jsonl", folder / "corpus.jsonl")
    abstracts, queries = {}, {}
    # Every sixth of the 188, because each query is encoded in a hundred parts.
    for number, patent in enumerate(_documents(data / "patents_xml")):
        of_kind = {
            kind: "\n".join(
                patent.text[p.start : p.end]
                for s in patent.sections
                if s.kind == kind
                for p in s.paragraphs
            )
            for kind in ("abstract", "description")
        }
        if all(of_kind.values()):
            abstracts[patent.facts.id] = of_kind["abstract"]
            if number % 6 == 0:
                queries[patent.facts.id] = (of_kind["description"], {patent.facts.id})
    _write(folder, abstracts, queries, _MORE)


SETS = {
    "gpat11k": _gpat,
    "cranfield": _cranfield,
    "lens-titles": _lens_titles,
    "lens-halves": _lens_halves,
    "claims": _claims,
    "headings": _headings,
    "description": _description,
}


def _lens(data: Path) -> list[tuple[str, str, str]]:
    """(id, title, abstract) of the records that have an abstract."""
    found = []
    with (data / "lens_battery" / "corpus.jsonl").open(encoding="utf-8") as lines:
        for record in map(json.loads, lines):
            if record["text"].strip():
                found.append((record["_id"], record["title"].strip(), record["text"].strip()))
    return found


def _same_texts(records: list[tuple[str, str, str]]) -> dict[str, set[str]]:
    same: dict[str, set[str]] = {}
    for name, _, text in records:
        same.setdefault(text, set()).add(name)
    return same


def _documents(folder: Path) -> list[Document]:
    return list(_read(folder))


def _read(folder: Path) -> Iterator[Document]:
    with ReaderProcess() as reader:
        for path in sorted(folder.iterdir()):
            for reply in reader.read(str(path)):
                if reply.document is not None:
                    yield reply.document


def _write(
    folder: Path,
    texts: dict[str, str],
    queries: dict[str, tuple[str, set[str]]],
    corpus: str = "corpus.jsonl",
) -> None:
    with (folder / corpus).open("w", encoding="utf-8") as stream:
        for name, text in texts.items():
            stream.write(json.dumps({"_id": name, "title": "", "text": text}) + "\n")
    _write_queries(folder, queries)


def _write_queries(folder: Path, queries: dict[str, tuple[str, set[str]]]) -> None:
    with (folder / "queries.jsonl").open("w", encoding="utf-8") as stream:
        for name, (text, _) in queries.items():
            stream.write(json.dumps({"_id": name, "text": text}) + "\n")
    with (folder / "qrels.tsv").open("w", encoding="utf-8") as stream:
        stream.write("query-id\tcorpus-id\tscore\n")
        for name, (_, right) in queries.items():
            stream.writelines(f"{name}\t{document}\t1\n" for document in sorted(right))
