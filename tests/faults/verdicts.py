"""One fault: hit a change, look at what is left, do the change again, look at that."""

from __future__ import annotations

import math
import random
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from faults.harness import Server, lose_unsynced
from faults.scenarios import Scenario, reference

# What an index may hold when nobody writes to it.
_OWN = re.compile(
    r"manifest\.json|catalog\.sqlite(-wal|-shm)?|checksums\.json|(writer|reembed)\.lock"
    r"|vectors-\d+-[0-9a-f]{16}\.faiss|abbreviations\.tsv"
    r"|words/[0-9a-f]{16}\.\d+/(meta\.json|\.managed\.json|\.tantivy-(meta|writer)\.lock"
    r"|[0-9a-f]{32}\.(fast|fieldnorm|idx|pos|store|term|\d+\.del))"
)


@dataclass(frozen=True)
class Verdict:
    """What came of one fault. left: the state that was found; problems: none, where all is well."""

    scenario: str
    fault: dict[str, Any]
    status: str
    left: str
    error: str | None
    problems: tuple[str, ...]


def strike(
    server: Server,
    scenario: Scenario,
    fault: dict[str, Any],
    chance: random.Random | None = None,
    remedy: Callable[[], object] | None = None,
) -> Verdict:
    """Hit the change with a fault.

    chance: lose unsynced bytes as a power cut does; None for not. remedy: what is done before the
    change is done again; a scenario with one has been reset by the caller.
    """
    if remedy is None:
        scenario.reset()
    log = scenario.folder / "log"
    log.unlink(missing_ok=True)
    given = dict(fault)
    if "kind" in given:
        given["root"] = str(scenario.target.parent if scenario.target else scenario.library)
        given["log"] = str(log) if chance else ""
    answer = server.do(scenario.operation, given, **scenario.arguments)
    problems: list[str] = []
    if answer["status"] == "error" and not _is_stated(answer["error"]):
        problems.append(f"not a stated error: {answer['error']}\n{answer.get('trace')}")
    if chance is not None:
        fault = {**fault, "lost": lose_unsynced(log, chance)}
    left = _left(server, scenario, problems)
    if remedy is not None:
        remedy()
    again = server.do(scenario.operation, **scenario.arguments)
    if again["status"] != "ok":
        problems.append(f"the second run fails: {again['error']}")
    else:
        _finished(server, scenario, problems)
    return Verdict(scenario.name, fault, answer["status"], left, answer["error"], tuple(problems))


def _left(server: Server, scenario: Scenario, problems: list[str]) -> str:
    """Which state was found: "before", "after", "part" of the documents, or "none"."""
    found = server.do("seen", library=scenario.library)
    if found["status"] != "ok":
        if scenario.before is None and str(found["error"]).startswith("NoLibrary"):
            return "before"
        problems.append(f"it does not open: {found['error']}\n{found.get('trace')}")
        return "none"
    state = found["value"]
    problems += _doctor(server, scenario, strict=False)
    if scenario.target is not None:
        whole = server.do("target_is_whole", path=scenario.target, library=scenario.library)
        if whole["status"] != "ok" or not whole["value"]:
            problems.append(f"what it made is not whole: {whole['error']}")
    for name, expected in (("after", scenario.after), ("before", scenario.before)):
        if same(state, expected):
            return name
    for name, expected in (("after", scenario.after), ("before", scenario.before)):
        if expected and state["documents"] == expected["documents"]:
            problems.append(f"the documents of {name}, but {differs(state, expected)}")
            return name
    if not scenario.parts:
        problems.append("neither before nor after")
        return "none"
    expected = reference(server, scenario, state["documents"]) if state["documents"] else state
    if not same(state, expected):
        problems.append(f"a part, but {differs(state, expected)}")
    elif not _is_part(scenario, state["documents"]):
        problems.append("documents that stand neither before nor after")
    return "part"


def _is_part(scenario: Scenario, documents: list[dict[str, Any]]) -> bool:
    """Whether each document is as before or after, and none that both have is missing."""
    before = scenario.before["documents"] if scenario.before else []
    after = scenario.after["documents"]
    known = {_key(d) for d in (*before, *after)}
    needed = {d["id"] for d in before} & {d["id"] for d in after}
    have = {_key(d) for d in documents}
    return have <= known and needed <= {d["id"] for d in documents}


def _finished(server: Server, scenario: Scenario, problems: list[str]) -> None:
    found = server.do("seen", library=scenario.library)
    if found["status"] != "ok":
        problems.append(f"after the second run it does not open: {found['error']}")
    elif not same(found["value"], scenario.after):
        problems.append(f"after the second run {differs(found['value'], scenario.after)}")
    problems += _doctor(server, scenario, strict=True)
    for path in sorted(scenario.library.rglob("*")):
        name = path.relative_to(scenario.library).as_posix()
        # A reader that may not write cannot take SQLite's log away, but it is empty.
        full_log = name.endswith("-wal") and path.stat().st_size
        if path.is_file() and (full_log or not _OWN.fullmatch(name)):
            problems.append(f"left over: {name}")
    if scenario.target is not None:
        names = [p.name for p in scenario.target.parent.iterdir() if p != scenario.target]
        problems += [f"left over beside the target: {name}" for name in names]


def _doctor(server: Server, scenario: Scenario, *, strict: bool) -> list[str]:
    """What it complains of. strict: warnings too; else failures without a remedy."""
    checks = server.value("doctor", library=scenario.library)["checks"]
    if strict:
        bad = [c for c in checks if c["status"] != "ok" and c["name"] not in ("disk", "sources")]
        return [f"doctor after the second run: {c['name']}: {c['detail']}" for c in bad]
    bad = [c for c in checks if c["status"] != "ok" and not c["remedy"]]
    return [f"doctor names no remedy: {c['name']}: {c['detail']}" for c in bad]


def same(one: Any, other: Any) -> bool:
    """Whether two states are the same. Scores may differ by what single precision rounds: the
    words may lie in fewer or more segments.
    """
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(same(one[k], other[k]) for k in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(same, one, other))
    if isinstance(one, float) and isinstance(other, float):
        return math.isclose(one, other, rel_tol=1e-6, abs_tol=1e-6)
    return bool(one == other)


def differs(state: Any, expected: Any) -> str:
    """In what two states differ, for people."""
    names = [name for name in expected if not same(state[name], expected[name])]
    if names == ["searches"] or names == ["terms", "searches"]:
        pairs = list(zip(state["searches"], expected["searches"], strict=False))
        wrong = [i for i, (a, b) in enumerate(pairs) if not same(a, b)]
        ranks = sum([h[2] for h in pairs[i][0]] != [h[2] for h in pairs[i][1]] for i in wrong)
        return f"{names} differ: {len(wrong)} of {len(pairs)} searches, {ranks} in their order"
    return f"{names} differ"


def _is_stated(error: str) -> bool:
    kind, _, message = error.partition(": ")
    return kind in _STATED and len(message) > 20


def _key(document: dict[str, Any]) -> tuple[str, str | None]:
    return document["id"], document["label"]


_STATED = ("CannotWrite", "BrokenLibrary", "LibraryLocked", "BadSnapshot", "NotWritten")


def points(server: Server, scenario: Scenario) -> tuple[int, float]:
    """How many writes, syncs and renames the change makes, and how many seconds it takes."""
    scenario.reset()
    root = str(scenario.target.parent if scenario.target else scenario.library)
    answer = server.do(
        scenario.operation, {"kind": "count", "at": 0, "root": root}, **scenario.arguments
    )
    assert answer["status"] == "ok", answer
    return int(answer["calls"] or 0), float(answer["seconds"])
