"""Show how far an ingest is: a bar on a terminal, plain lines elsewhere. Always on stderr."""

from __future__ import annotations

import contextlib
import sys
import time
from collections.abc import Callable, Iterator

from rich.console import Console
from rich.progress import (
    BarColumn,
    DownloadColumn,
    ProgressColumn,
    TaskID,
    TextColumn,
    TimeRemainingColumn,
)
from rich.progress import Progress as Bar

from index.reembedding import ReembedProgress
from index.tally import Progress

_LINE_SECONDS = 5.0


@contextlib.contextmanager
def ingest_progress() -> Iterator[Callable[[Progress], None]]:
    """What to call with every `Progress`, for as long as the block lasts."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield _PlainLines()
        return
    columns: list[ProgressColumn] = [
        TextColumn("{task.description}"),
        BarColumn(),
        DownloadColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(),
    ]
    with Bar(*columns, console=console, transient=True) as bar:
        yield _TerminalBar(bar, bar.add_task("looking", total=None, rate=""))


@contextlib.contextmanager
def reembed_progress() -> Iterator[Callable[[ReembedProgress], None]]:
    """What to call with every `ReembedProgress`, for as long as the block lasts."""
    started = last = time.monotonic()
    first: int | None = None

    def tell(progress: ReembedProgress) -> None:
        nonlocal last, first
        now = time.monotonic()
        if first is None:
            first = progress.done
        if now - last < _LINE_SECONDS:
            return
        last = now
        if progress.waiting:
            print("waiting for an ingest to end, to switch", file=sys.stderr, flush=True)
            return
        rate = (progress.done - first) / (now - started)
        left = f", about {(progress.total - progress.done) / rate:.0f} s left" if rate else ""
        line = f"{progress.done}/{progress.total} passages, {rate:.1f}/s{left}"
        print(line, file=sys.stderr, flush=True)

    yield tell


@contextlib.contextmanager
def question_progress() -> Iterator[Callable[[int, int], None]]:
    """What to call with the number of questions done and of all, for as long as the block lasts."""
    last = time.monotonic()

    def tell(done: int, total: int) -> None:
        nonlocal last
        if time.monotonic() - last >= _LINE_SECONDS:
            last = time.monotonic()
            print(f"{done}/{total} questions", file=sys.stderr, flush=True)

    yield tell


class _TerminalBar:
    def __init__(self, bar: Bar, task: TaskID) -> None:
        self._bar, self._task, self._started = bar, task, time.monotonic()

    def __call__(self, progress: Progress) -> None:
        self._bar.update(
            self._task,
            description=f"{progress.files}/{progress.files_total} files",
            completed=progress.bytes,
            total=progress.bytes_total,
            rate=_rate(progress, self._started),
        )


class _PlainLines:
    def __init__(self) -> None:
        self._started = self._last = time.monotonic()

    def __call__(self, progress: Progress) -> None:
        now = time.monotonic()
        if now - self._last < _LINE_SECONDS:
            return
        self._last = now
        share = progress.bytes / progress.bytes_total if progress.bytes_total else 0.0
        left = f", about {(now - self._started) * (1 - share) / share:.0f} s left" if share else ""
        print(
            f"{progress.files}/{progress.files_total} files, {progress.bytes / 1e6:.1f} of"
            f" {progress.bytes_total / 1e6:.1f} MB, {_rate(progress, self._started)}{left}",
            file=sys.stderr,
            flush=True,
        )


def _rate(progress: Progress, started: float) -> str:
    seconds = max(time.monotonic() - started, 1e-3)
    return f"{progress.passages} passages, {progress.passages / seconds:.0f}/s"
