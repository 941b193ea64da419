"""Runs operations in forked children, which a fault may hit; asked by JSON lines on stdin.

Started with the shim preloaded (see shim.c). One request, one line:
{"operation", "arguments", "fault": null | {"kind", "at", "root", "log"} | {"after": seconds}};
the answer: {"status": "ok" | "error" | "killed", "value", "error", "calls", "seconds"}.
"""

from __future__ import annotations

import ctypes
import json
import os
import signal
import sys
import time
import traceback
from pathlib import Path
from typing import Any

sys.path[:0] = [str(Path(__file__).resolve().parents[1]), str(Path(__file__).resolve().parents[2])]

KINDS = {"count": 0, "kill": 1, "torn": 2, "full": 3, "once": 4, "denied": 5}
_LONGEST = 120.0  # seconds that an operation may take


def main() -> None:
    """Answer until stdin ends. Imports come first, so that a child starts in a moment."""
    from faults import operations

    shim = ctypes.CDLL(None)
    print(json.dumps({"status": "ready", "shim": hasattr(shim, "fault_arm")}), flush=True)
    for line in sys.stdin:
        print(json.dumps(_answer(json.loads(line), operations.OPERATIONS, shim)), flush=True)


def _answer(request: dict[str, Any], operations: dict[str, Any], shim: ctypes.CDLL) -> Any:
    read, write = os.pipe()
    started = time.monotonic()
    child = os.fork()
    if child == 0:
        os.close(read)
        _child(request, operations, shim, write)
    os.close(write)
    after = (request.get("fault") or {}).get("after")
    if after is not None:
        _kill_after(child, started + after)
    with os.fdopen(read, "rb") as stream:
        data = stream.read()
    status = _reap(child)
    answer: dict[str, Any] = {"status": "killed", "value": None, "error": None, "calls": None}
    if data:
        answer.update(json.loads(data))
    elif status not in (None, signal.SIGKILL):
        answer["error"] = f"ended with {status}"
    answer["seconds"] = time.monotonic() - started
    return answer


def _kill_after(child: int, moment: float) -> None:
    """Kill a process at a moment of the monotonic clock, unless it has ended by then."""
    while time.monotonic() < moment:
        # Without reaping it, so that its number stays its own.
        if os.waitid(os.P_PID, child, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None:
            return
        time.sleep(0.0005)
    os.kill(child, signal.SIGKILL)


def _reap(child: int) -> int | None:
    try:
        return os.waitpid(child, 0)[1]
    except ChildProcessError:
        return None


def _child(
    request: dict[str, Any], operations: dict[str, Any], shim: ctypes.CDLL, write: int
) -> None:
    """Do it, tell what came of it, and end without anything of the parent's."""
    signal.alarm(int(_LONGEST))
    fault = request.get("fault") or {}
    answer: dict[str, Any] = {"status": "ok"}
    armed = "kind" in fault
    if armed:
        log = fault.get("log") or ""
        shim.fault_arm(
            fault["root"].encode(), KINDS[fault["kind"]], ctypes.c_long(fault["at"]), log.encode()
        )
    try:
        answer["value"] = operations[request["operation"]](**request["arguments"])
    except BaseException as error:
        answer.update(status="error", error=f"{type(error).__name__}: {error}")
        answer["trace"] = traceback.format_exc()
    if armed:
        answer["calls"] = shim.fault_count()
        shim.fault_arm(b"", 0, ctypes.c_long(0), b"")
    with os.fdopen(write, "wb") as stream:
        stream.write(json.dumps(answer).encode())
    os._exit(0)


if __name__ == "__main__":
    main()
