"""Kill, starve and refuse whatever changes an index, and count what was lost or half-visible.

    python benchmarks/faults.py --kills 200 --disk-full 50 [--denied 20] [--errors 20] [--seed 1]

Every fault hits one change (ingest, update, remove, ...) of a small library. After it the library
must open and answer 60 searches as before the change or as after it, or, where the change may stop
between documents, as a library of exactly these documents; `doctor` must name a remedy for what it
finds; and the same command again must complete, and leave no temporary file. With --tmpfs N the
disk is a small one that is really full (needs the right to mount).
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections import Counter, defaultdict
from itertools import chain
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

from faults.campaign import campaign
from faults.harness import serving
from faults.real_disk import full_disks
from faults.scenarios import NAMES


def main() -> int:
    arguments = _arguments()
    counts = {
        "kill": arguments.kills,
        "full": arguments.disk_full,
        "denied": arguments.denied,
        "once": arguments.errors,
    }
    started = time.monotonic()
    names = tuple(arguments.only.split(",")) if arguments.only else NAMES
    table: dict[str, Counter[str]] = defaultdict(Counter)
    problems = 0
    with tempfile.TemporaryDirectory() as folder, serving(Path(folder)) as server:
        if not server.has_shim:
            print("no C compiler: kills at random moments only", flush=True)
        verdicts = campaign(server, Path(folder), counts, arguments.seed, names)
        for verdict in chain(verdicts, full_disks(server, Path(folder), arguments.tmpfs)):
            row = table[verdict.scenario]
            row["faults"] += 1
            row[verdict.status] += 1
            row[f"left {verdict.left}"] += 1
            row["problems"] += bool(verdict.problems)
            problems += bool(verdict.problems)
            print(verdict.scenario, verdict.fault, verdict.status, verdict.left, file=sys.stderr)
            for problem in verdict.problems:
                print(f"PROBLEM {verdict.scenario} {verdict.fault}: {problem}", flush=True)
    _show(table, time.monotonic() - started)
    return 1 if problems else 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--disk-full", type=int, default=50)
    parser.add_argument("--denied", type=int, default=20, help="permission lost")
    parser.add_argument("--errors", type=int, default=20, help="one call fails with EIO")
    parser.add_argument("--tmpfs", type=int, default=0, help="disks that are really full")
    parser.add_argument("--only", help="scenarios, with commas between them")
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args()


def _show(table: dict[str, Counter[str]], seconds: float) -> None:
    columns = ("faults", "killed", "error", "ok", "left before", "left part", "left after",
               "left none", "problems")  # fmt: skip
    print(f"| change | {' | '.join(columns)} |")
    print(f"|---|{'---|' * len(columns)}")
    total: Counter[str] = Counter()
    for name, row in table.items():
        total.update(row)
        print(f"| {name} | {' | '.join(str(row[column]) for column in columns)} |")
    print(f"| all | {' | '.join(str(total[column]) for column in columns)} |")
    print(f"{seconds:.0f} s")


if __name__ == "__main__":
    raise SystemExit(main())
