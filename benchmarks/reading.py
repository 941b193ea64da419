"""What the readers find in real files: documents and the share that has each fact.

    python benchmarks/reading.py ../shared/data/patent_formats ../shared/data/lens_battery ...

Prints one Markdown row for each folder that holds files. Rejected files are listed below.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path

from ingest.errors import Rejection
from ingest.isolate import ReaderProcess
from ingest.records import Document

FACTS: dict[str, Callable[[Document], object]] = {
    "number": lambda d: d.facts.number,
    "title": lambda d: d.facts.title,
    "abstract": lambda d: any(s.kind == "abstract" for s in d.sections),
    "description": lambda d: any(s.kind == "description" for s in d.sections),
    "claims": lambda d: d.claims,
    "priority": lambda d: d.facts.priority_date,
    "filing": lambda d: d.facts.filing_date,
    "publication": lambda d: d.facts.publication_date,
    "CPC/IPC": lambda d: d.facts.cpc,
    "parties": lambda d: d.facts.parties,
    "inventors": lambda d: d.facts.inventors,
    "family": lambda d: d.facts.family,
    "references": lambda d: d.references,
}


def main(folders: list[str]) -> None:
    print("| folder | files | documents |", " | ".join(FACTS), "| seconds |")
    print("|---|" + "---|" * (len(FACTS) + 3))
    rejected: list[Rejection] = []
    with ReaderProcess() as reader:
        for folder in _folders(folders):
            files = sorted(path for path in folder.iterdir() if path.is_file())
            started = time.perf_counter()
            documents = 0
            have = dict.fromkeys(FACTS, 0)
            for path in files:
                for reply in reader.read(str(path)):
                    if reply.rejection is not None:
                        rejected.append(reply.rejection)
                    if reply.document is not None:
                        documents += 1
                        for name, fact in FACTS.items():
                            have[name] += bool(fact(reply.document))
            seconds = time.perf_counter() - started
            shares = [f"{100 * n / documents:.0f} %" if documents else "-" for n in have.values()]
            cells = [folder.name, str(len(files)), str(documents), *shares, f"{seconds:.1f}"]
            print("|", " | ".join(cells), "|", flush=True)
    for rejection in rejected:
        print(f"- {Path(rejection.source).name}: {rejection.error}: {rejection.message[:120]}")


def _folders(names: list[str]) -> list[Path]:
    """The folders themselves and those below that hold files."""
    found = []
    for name in names:
        below = [path for path in Path(name).rglob("*") if path.is_dir()]
        found += [f for f in [Path(name), *below] if any(p.is_file() for p in f.iterdir())]
    return sorted(found)


if __name__ == "__main__":
    main(sys.argv[1:])
