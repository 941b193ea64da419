"""Does anything that somebody may not see change anything of what he is told?

For each clearance two libraries are asked the same: one that holds everything, seen through the
clearance, and one that was made of the allowed files only and so knows no hidden word, id or count.
Every answer must be the same to the last digit.

    python benchmarks/leaks.py --queries 10000 [--seed 1] [FOLDER...]

FOLDER: files to take, each under a label drawn by chance; none for the invented sample.
"""

from __future__ import annotations

import argparse
import importlib
import json
import random
import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant import Assistant
from assistant.errors import AssistantError
from index import Filters, SearchOptions, ingest
from index.clearance import Clearance
from index.encoder import Encoder
from index.errors import LibraryError
from ingest.errors import IngestError

LABELS = ("public", "internal", "secret", "project-aurora")
SAMPLE = Path(__file__).resolve().parent.parent / "sample"


@dataclass(frozen=True)
class Pair:
    """What a clearance shows of everything, and a library that holds no more than that."""

    clearance: Clearance
    seen: Assistant
    alone: Assistant


@dataclass(frozen=True)
class Leak:
    """An answer that differs. what: both, from shortly before the place where they do."""

    clearance: str
    asked: str
    what: str


def labelled(files: Sequence[Path], folder: Path, chance: random.Random) -> dict[str, Path]:
    """Folders with copies of the files, by label."""
    folders = {label: folder / "files" / str(n) for n, label in enumerate(LABELS)}
    for path in folders.values():
        path.mkdir(parents=True)
    for number, file in enumerate(files):
        label = chance.choice(LABELS)
        shutil.copyfile(file, folders[label] / f"{number}-{file.name}")
        if chance.random() < 0.1:  # the same file under two labels
            other = chance.choice(LABELS)
            shutil.copyfile(file, folders[other] / f"{number}-{file.name}")
    return folders


def pairs(
    files: Sequence[Path], folder: Path, encoder: Encoder, chance: random.Random
) -> list[Pair]:
    """The pair of each clearance."""
    folders = labelled(files, folder, chance)

    def made(name: str, labels: Sequence[str]) -> Assistant:
        index = folder / name / "library"
        for label in labels:
            ingest(index, [folders[label]], label=label, encoder=encoder)
        return Assistant.open(index, encoder)

    everything = made("all", LABELS)
    found = []
    for labels in (LABELS[:1], LABELS[1:2], LABELS[:2], LABELS[:3], LABELS[2:]):
        clearance = Clearance.of(*labels)
        alone = made("-".join(labels), labels)
        found.append(Pair(clearance, everything.seen_by(clearance), alone))
    return found


def asked(pair: Pair, everything: Pair, chance: random.Random) -> tuple[str, Callable[..., Any]]:
    """One request, drawn by chance, and how an assistant is asked it."""
    documents = everything.seen.documents()
    one, other = chance.sample(documents, 2)
    name = chance.choice([one.id, one.number or one.id])
    words = _some_words(everything, one.id, chance)
    filters = _filters(one, chance)
    k = chance.choice([1, 3, 10, 50])
    marks = SearchOptions(
        relevant=(one.id,),
        not_relevant=(other.id,),
        system=chance.choice(["hybrid", "bm25", "dense"]),
        fold_families=chance.random() < 0.5,
    )
    requests: dict[str, Callable[[Assistant], Any]] = {
        f"search {words!r} {k}": lambda a: a.search(words, k, filters).to_dict(),
        f"search marked {words!r}": lambda a: a.search(words, k, filters, marks).to_dict(),
        f"syntax {words!r}": lambda a: a.search(
            " OR ".join(words.split()[:4]), k, filters, SearchOptions(syntax=True)
        ).to_dict(),
        f"like {name}": lambda a: a.search_like(name, k, filters).to_dict(),
        f"show {name}": lambda a: a.show(name).to_dict(),
        f"family {name}": lambda a: a.family(name).to_dict(),
        f"citations {name}": lambda a: a.citations(name).to_dict(),
        f"neighbours {name}": lambda a: a.neighbours([name, other.id]).to_dict(),
        f"dates {name}": lambda a: [d.to_dict() for d in a.dates(name)],
        f"claim {name}": lambda a: repr(a.claim(name)),
        "held": lambda a: [
            [d.to_dict() for d in a.documents()], [r.to_dict() for r in a.rejected()],
            a.library.counts(), a.library.fingerprint(), repr(a.library.snapshot()),
            a.library.term_counts(words.split()),
        ],
        f"within {filters}": lambda a: repr(a.library.documents_within(filters)),
        f"span {one.id}": lambda a: [
            a.library.span(f"{one.id}:0"), repr(a.library.facts_of([one.id])),
        ],
        f"ask {words!r}": lambda a: a.ask(f"What is {words}?", filters).to_dict(),
        f"summarize {name}": lambda a: a.summarize(name).to_dict(),
        f"chart {words!r}": lambda a: a.chart(f"A battery comprising {words}.", (), 3).to_dict(),
        f"chart against {name}": lambda a: a.chart(f"A cell having {words}.", [name]).to_dict(),
    }  # fmt: skip
    weights = [40, 20, 10, 10, 10, 5, 5, 5, 3, 5, 3, 5, 5, 6, 3, 2, 3]
    return chance.choices(list(requests.items()), weights)[0]


def _some_words(everything: Pair, identity: str, chance: random.Random) -> str:
    words = everything.seen.library.document(identity).text.split() or ["x"]
    start = chance.randrange(len(words))
    return " ".join(words[start : start + chance.choice([1, 2, 4, 8, 30])])


def _filters(document: Any, chance: random.Random) -> Filters:
    return chance.choice(
        [
            Filters(),
            Filters(label=(chance.choice([*LABELS, "nothing"]),)),
            Filters(before=document.publication_date or "2018-01-01"),
            Filters(cpc=document.cpc[:1] or ("H01M",)),
            Filters(party=document.parties[:1] or ("solmere",)),
            Filters(kind=(document.kind,)),
        ]
    )


def answer(assistant: Assistant, ask: Callable[[Assistant], Any]) -> str:
    """What is said, errors too, without what is the library's own place or clock."""
    try:
        value = ask(assistant)
    except (AssistantError, LibraryError, IngestError) as error:
        value = [type(error).__name__, str(error)]
    return json.dumps(value, sort_keys=True, default=repr)


def leaks(
    tried: Sequence[Pair], everything: Pair, queries: int, chance: random.Random
) -> Iterator[tuple[str, Leak | None]]:
    """The kind of each request, and what it gave away; None for nothing."""
    for number in range(queries):
        pair = tried[number % len(tried)]
        name, ask = asked(pair, everything, chance)
        seen, alone = answer(pair.seen, ask), answer(pair.alone, ask)
        leak = None
        if seen != alone:
            place = next(i for i, (a, b) in enumerate(zip(seen, alone, strict=False)) if a != b)
            cut = slice(max(place - 80, 0), place + 80)
            leak = Leak(str(pair.clearance), name, f"{seen[cut]} | {alone[cut]}")
        yield name.split()[0], leak


def main() -> int:
    """Print what was tried, and every leak; 1 where there is one."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="*", type=Path)
    parser.add_argument("--queries", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    sys.path.insert(0, str(SAMPLE.parent / "tests"))
    make_encoder = importlib.import_module("fakes").LetterEncoder
    chance = random.Random(given.seed)
    folders = given.folders or [SAMPLE / "patents", SAMPLE / "reports"]
    files = sorted(p for folder in folders for p in folder.rglob("*") if p.is_file())
    started = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        tried = pairs(files, Path(folder), make_encoder(), chance)
        whole = Assistant.open(Path(folder) / "all" / "library", make_encoder())
        everything = Pair(Clearance.of(*LABELS), whole, whole)
        kinds: Counter[str] = Counter()
        found: list[Leak] = []
        for kind, leak in leaks(tried, everything, given.queries, chance):
            kinds[kind] += 1
            if leak is not None:
                found.append(leak)
                print(f"LEAK to {leak.clearance}: {leak.asked}\n  {leak.what}", flush=True)
        counts = [pair.seen.library.counts() for pair in tried]
    print(f"{len(files)} files; documents and passages of each clearance: {counts}")
    print(", ".join(f"{kind} {count}" for kind, count in kinds.most_common()))
    print(f"{sum(kinds.values())} requests, {len(found)} leaks, {time.monotonic() - started:.0f} s")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
