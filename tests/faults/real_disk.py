"""The same changes on a small disk that is really full, where the system lets us make one."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from faults.harness import Server
from faults.scenarios import make
from faults.verdicts import Verdict, strike

_CHANGES = ("ingest", "update", "reembed", "rebuild")


def may_mount() -> bool:
    """Whether this process may mount a file system."""
    if not hasattr(os, "geteuid") or os.geteuid() != 0 or shutil.which("mount") is None:
        return False
    with tempfile.TemporaryDirectory() as folder:
        done = _mount(Path(folder), 1 << 20)
        if done:
            subprocess.run(["umount", folder], check=True)
        return done


def full_disks(server: Server, folder: Path, count: int, seed: int = 1) -> Iterator[Verdict]:
    """Hit changes by disks that have up to 128 KiB left, no two alike."""
    if not count or not may_mount():
        return
    chance = random.Random(seed)
    for number in range(count):
        disk = folder / f"disk-{number}"
        disk.mkdir()
        _mount(disk, 1 << 30)
        try:
            scenario = make(server, disk, _CHANGES[number % len(_CHANGES)])
            scenario.reset()
            used = shutil.disk_usage(disk).used
            room = chance.randint(0, 1 << 17)
            _mount(disk, used + room, again=True)
            yield strike(server, scenario, {"room": room}, remedy=partial(_enlarge, disk))
        finally:
            subprocess.run(["umount", disk], check=True)


def _enlarge(disk: Path) -> None:
    _mount(disk, 1 << 30, again=True)


def _mount(folder: Path, size: int, *, again: bool = False) -> bool:
    options = f"size={size}" if not again else f"remount,size={size}"
    command = ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(folder)]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0
