"""Many faults over all scenarios, spread evenly, the same for the same seed."""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from faults.harness import Server
from faults.scenarios import NAMES, Scenario, make
from faults.verdicts import Verdict, points, strike

# How a process is killed: at a random moment, before a random call, in the middle of a write with
# what was never synced lost.
KILLS = ("moment", "kill", "torn")

# They start processes of readers, twice for each fault, and so get half as many.
_SLOW = ("ingest", "first", "update")


def campaign(
    server: Server, folder: Path, counts: dict[str, int], seed: int, names: Sequence[str] = NAMES
) -> Iterator[Verdict]:
    """Hit every scenario in turn. counts: of "kill" (any of KILLS), "full", "denied", "once".

    Without the shim only kills at random moments are made.
    """
    chance = random.Random(seed)
    kinds = [kind for kind, count in counts.items() for _ in range(count)]
    chance.shuffle(kinds)
    turns = [name for name in names for _ in range(1 if name in _SLOW else 2)]
    shares: dict[str, list[str]] = {}
    for kind, name in zip(kinds, itertools.cycle(turns), strict=False):
        shares.setdefault(name, []).append(kind)
    for name, share in shares.items():
        yield from _hit(server, make(server, folder, name), share, chance)


def _hit(
    server: Server, scenario: Scenario, kinds: list[str], chance: random.Random
) -> Iterator[Verdict]:
    if server.has_shim:
        calls, seconds = points(server, scenario)
    else:
        scenario.reset()
        calls, seconds = 0, server.do(scenario.operation, **scenario.arguments)["seconds"]
    for number, kind in enumerate(kinds):
        if kind == "kill":
            kind = KILLS[number % len(KILLS)] if calls else "moment"
        if kind == "moment":
            fault: dict[str, Any] = {"after": chance.uniform(0.0, seconds)}
        elif calls:
            fault = {"kind": kind, "at": chance.randint(1, calls)}
        else:
            continue
        yield strike(server, scenario, fault, chance if kind == "torn" else None)
