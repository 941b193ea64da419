"""Watch a fuzz target: what it raises, how long it takes, whether it answers the same twice.

Findings are kept, one for each place in the code, and fuzzing goes on.
"""

from __future__ import annotations

import json
import resource
import signal
import time
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

# A target's answer in a form that can be compared.
Target = Callable[[bytes], object]

SLOW_SECONDS = 10
LARGE_BYTES = 1 << 30
_AGAIN_EVERY = 16  # executions


class _TooSlow(BaseException):
    """Raised in the target by the alarm; a BaseException, so that no reader catches it."""


class Watch:
    """Runs a target on inputs and keeps what goes wrong.

    stated: exceptions that the target may raise. folder: gets the inputs of findings, their list
    (`findings.jsonl`) and the numbers of the run (`run.json`).
    """

    def __init__(self, target: Target, stated: tuple[type[Exception], ...], folder: Path) -> None:
        self._target, self._stated, self._folder = target, stated, folder
        self._seen: set[str] = set()
        self._executions = self._answered = 0
        self._slowest = 0.0
        self._start = self._saved = time.monotonic()
        self._before = _peak()
        folder.mkdir(parents=True, exist_ok=True)
        signal.signal(signal.SIGALRM, _alarm)

    def __call__(self, data: bytes) -> None:
        """Run the target once, sometimes twice."""
        self._executions += 1
        begun = time.monotonic()
        peak = _peak()
        try:
            # The first input waits for what readers load when they need it.
            signal.alarm(SLOW_SECONDS if self._executions > 1 else 0)
            answer = self._answer(data)
            if self._executions % _AGAIN_EVERY == 0 and self._answer(data) != answer:
                self._keep(data, "not deterministic", "")
        except _TooSlow as error:
            self._keep(data, "slow", _place(error))
        except Exception as error:
            self._keep(data, f"{type(error).__name__}: {error}"[:300], _place(error))
        finally:
            signal.alarm(0)
        self._slowest = max(self._slowest, time.monotonic() - begun)
        if _peak() - peak > LARGE_BYTES:
            self._keep(data, "large", "")
        if time.monotonic() - self._saved > 2:
            self.save()

    def save(self) -> None:
        """Write the numbers of the run so far."""
        self._saved = time.monotonic()
        numbers = {
            "seconds": round(self._saved - self._start),
            "executions": self._executions,
            "answered": self._answered,
            "slowest": round(self._slowest, 2),
            "megabytes": (_peak() - self._before) >> 20,
            "findings": len(self._seen),
        }
        (self._folder / "run.json").write_text(json.dumps(numbers))

    def _answer(self, data: bytes) -> object:
        try:
            answer = self._target(data)
        except self._stated as error:
            return type(error).__name__, str(error)
        self._answered += 1
        return answer

    def _keep(self, data: bytes, what: str, place: str) -> None:
        key = f"{what.partition(':')[0]} {place}"
        if key in self._seen:
            return
        self._seen.add(key)
        name = f"finding{len(self._seen):03}"
        (self._folder / name).write_bytes(data)
        line: dict[str, Any] = {"input": name, "what": what, "place": place}
        with open(self._folder / "findings.jsonl", "a") as stream:
            stream.write(json.dumps(line) + "\n")
        self.save()


def _alarm(*_: object) -> None:
    raise _TooSlow


def _peak() -> int:
    """The most memory that this process ever had, in bytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss << 10


def _place(error: BaseException) -> str:
    """The last three places in the code that an exception came through."""
    frames = traceback.extract_tb(error.__traceback__)[-3:]
    return " < ".join(f"{Path(f.filename).name}:{f.lineno}" for f in reversed(frames))
