"""Send hostile requests to the app with logins: `python benchmarks/fuzz/fuzz_http.py --count 2000`.

Prints how the answers were, what no answer may be, and how much the server's memory grew.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

import httpx

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "tests"))

# The tests are no package that mypy looks into.
from hostile_requests import (  # type: ignore[import-not-found]  # lies in tests/
    Hostile,
    answered,
    hostile_requests,
    told,
    unstated,
)
from web_server import Served, guarded  # type: ignore[import-not-found]  # as above

SECRETS = ("quokka", "numbat")  # words of documents that the asker may not see


def main() -> None:
    """Serve, send, report."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=7)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, guarded(Path(folder)) as served:
        before = _megabytes(served.at)
        statuses, faults = _send(served, given.seed, given.count)
        print("statuses", dict(sorted(statuses.items())))
        print("memory in MB", before, _megabytes(served.at))
        for what, request in faults.items():
            print(what, "|", request.method, request.path, request.content[:300])
        with served.client("rob") as client:
            print("alive", "in public" in served.ask(client, "search", ["zeta cathode", 3, None]))


def _send(served: Served, seed: int, count: int) -> tuple[Counter[int], dict[str, Hostile]]:
    statuses: Counter[int] = Counter()
    faults: dict[str, Hostile] = {}
    slowest = 0.0
    with served.client("rob") as client:
        client.timeout = httpx.Timeout(20, read=5)
        for request in hostile_requests(seed, count):
            begun = time.monotonic()
            try:
                status, text = answered(client, request)
            except httpx.TransportError as error:
                status, text = 0, type(error).__name__
            statuses[status] += 1
            slowest = max(slowest, time.monotonic() - begun)
            if status == 429:
                time.sleep(1)
            what = told(text, SECRETS)
            if what is None and unstated(status, text):
                what = f"{status} without a stated error: {text[:100]!r}"
            if what is not None:
                faults.setdefault(f"{request.path} {what}"[:200], request)
    print("slowest answer", round(slowest, 1), "s")
    return statuses, faults


def _megabytes(address: str) -> int:
    """Memory of the process that listens at an address."""
    port = f":{int(address.rsplit(':', 1)[1]):04X} "
    lines = Path("/proc/net/tcp").read_text().splitlines()
    inode = next(line.split()[9] for line in lines if port in line and line.split()[3] == "0A")
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if any(str(fd.readlink()) == f"socket:[{inode}]" for fd in (process / "fd").iterdir()):
                status = (process / "status").read_text()
                return int(status.split("VmRSS:")[1].split()[0]) >> 10
        except OSError:
            continue
    return 0


if __name__ == "__main__":
    main()
