"""Many people at once: how long they wait, what fails, how much memory the server takes.

Starts the web app over an index with logins, gives every client an API key of one of a few
accounts, and lets all of them search, ask and open documents over HTTP until the time is up.

    python benchmarks/load.py INDEX --clients 50 --minutes 5 [--only show]
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import random
import secrets
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import httpx

from assistant.accounts import Accounts
from assistant.accounts.records import IP_TEAM, READER
from index.catalog import Catalog
from index.clearance import EVERYTHING, Clearance

_ROOT = Path(__file__).resolve().parent.parent
# What people do: mostly search, sometimes ask, open what they found.
_MIX = {"search": 70, "ask": 15, "show": 15}


@dataclass
class Seen:
    """What the clients met. seconds: of answered requests, by what was asked."""

    seconds: dict[str, list[float]] = field(default_factory=dict)
    busy: Counter[str] = field(default_factory=Counter)
    errors: Counter[str] = field(default_factory=Counter)
    memory: list[int] = field(default_factory=list)

    def answered(self) -> int:
        """Requests with an answer."""
        return sum(map(len, self.seconds.values()))


@dataclass(frozen=True)
class Asked:
    """What clients draw from: queries of documents' own words, and names to open."""

    queries: tuple[str, ...]
    names: tuple[str, ...]
    only: str | None = None

    def draw(self, chance: random.Random) -> tuple[str, list[Any]]:
        """An endpoint and its arguments."""
        what = self.only or chance.choices(list(_MIX), list(_MIX.values()))[0]
        if what == "show":
            return what, [chance.choice(self.names)]
        query = chance.choice(self.queries)
        return what, [query, 10, None] if what == "search" else [f"What is {query}?", None]


def asked_of(index: Path, chance: random.Random) -> Asked:
    """Queries and names of a library."""
    catalog = Catalog(index)
    facts = catalog.documents()
    keys = chance.sample(catalog.passage_keys().tolist(), 300)
    texts = [stored.passage.text.split() for stored in catalog.passages(keys).values()]
    catalog.close()
    queries = tuple(" ".join(words[: chance.choice([2, 5, 12])]) for words in texts)
    return Asked(queries, tuple(f.id for f in facts if f.label is None))


def keys_of(index: Path, count: int) -> list[str]:
    """API keys of accounts with different clearances."""
    clearances = (EVERYTHING, Clearance.of(None), Clearance.of(None, "internal"))
    with Accounts(index) as accounts:
        accounts.add("load-admin", secrets.token_hex(16), "administrator", EVERYTHING)
        names = []
        for number in range(10):
            name, role = f"load-{number}", IP_TEAM if number % 2 else READER
            accounts.add(name, None, role, clearances[number % 3])
            names.append(name)
        return [
            accounts.make_key(names[i % 10], f"load {i}", clearances[i % 10 % 3])
            for i in range(count)
        ]


async def client(url: str, key: str, asked: Asked, until: float, seen: Seen) -> None:
    """One person: asks, waits for the answer, thinks for a moment."""
    chance = random.Random(key)
    headers = {"Authorization": f"Bearer {key}"}
    async with httpx.AsyncClient(base_url=url, headers=headers, timeout=120) as http:
        while time.monotonic() < until:
            what, data = asked.draw(chance)
            started = time.monotonic()
            try:
                problem = await _call(http, what, data)
            except httpx.HTTPError as error:
                problem = f"{type(error).__name__}"
            if problem is None:
                seen.seconds.setdefault(what, []).append(time.monotonic() - started)
            elif "busy" in problem:
                seen.busy[what] += 1
                await asyncio.sleep(1)
            else:
                seen.errors[f"{what}: {problem[:200]}"] += 1
            await asyncio.sleep(chance.uniform(0, 0.5))


async def _call(http: httpx.AsyncClient, what: str, data: list[Any]) -> str | None:
    """Ask and read the answer; what is wrong, None for nothing."""
    begun = await http.post(f"/gradio_api/call/{what}", json={"data": data})
    if begun.status_code != 200:
        return f"{begun.status_code} {begun.text}"
    event = begun.json()["event_id"]
    async with http.stream("GET", f"/gradio_api/call/{what}/{event}") as answer:
        lines = [line async for line in answer.aiter_lines()]
    if "event: complete" in lines:
        told = json.loads(next(line[6:] for line in lines if line.startswith("data: ")))
        return None if isinstance(told[0], dict) else "no JSON object"
    return " ".join(lines)


async def watch(process: subprocess.Popen[bytes], until: float, seen: Seen) -> None:
    """Note the server's memory every five seconds."""
    while time.monotonic() < until:
        seen.memory.append(_resident(process.pid))
        await asyncio.sleep(5)


def _resident(pid: int) -> int:
    """Bytes of a process in memory."""
    pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE")


def serve(index: Path) -> tuple[subprocess.Popen[bytes], str]:
    """The web app in a process of its own, once it answers."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, str(_ROOT / "app.py"), "--index", str(index), "--port", str(port)]
    process = subprocess.Popen(command, cwd=_ROOT, stdout=subprocess.DEVNULL)
    url = f"http://127.0.0.1:{port}"
    for _ in range(240):
        time.sleep(0.5)
        try:
            if httpx.get(url, follow_redirects=True).status_code < 500:
                return process, url
        except httpx.HTTPError:
            continue
    process.kill()
    raise SystemExit("the server did not start")


async def load(url: str, keys: list[str], asked: Asked, until: float, seen: Seen) -> None:
    """All clients at once."""
    await asyncio.gather(*(client(url, key, asked, until, seen) for key in keys))


def report(seen: Seen, seconds: float) -> None:
    """Print figures."""
    for what, times in sorted(seen.seconds.items()):
        cuts = statistics.quantiles(times, n=100) if len(times) > 1 else [times[0]] * 99
        shares = ", ".join(f"p{p} {cuts[p - 1]:.2f} s" for p in (50, 90, 95, 99))
        print(f"{what}: {len(times)} answered, {shares}, longest {max(times):.2f} s")
    total = seen.answered()
    print(f"{total} answered in {seconds:.0f} s: {total / seconds:.1f} a second")
    print(f"busy: {dict(seen.busy) or 'none'}; errors: {dict(seen.errors) or 'none'}")
    mib = [size / 2**20 for size in seen.memory]
    fifths = ", ".join(f"{mib[(len(mib) - 1) * n // 5]:.0f}" for n in range(6))
    print(f"memory: at most {max(mib):.0f} MiB; at equal times {fifths} MiB")


def main() -> int:
    """Run it; 1 where a request failed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("index", type=Path)
    parser.add_argument("--clients", type=int, default=50)
    parser.add_argument("--minutes", type=float, default=5)
    parser.add_argument("--only", choices=list(_MIX), help="the one thing that all ask for")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        index = Path(folder) / "library"
        shutil.copytree(given.index, index)
        asked = replace(asked_of(index, random.Random(1)), only=given.only)
        keys = keys_of(index, given.clients)
        process, url = serve(index)
        seen = Seen()
        started = time.monotonic()
        until = started + 60 * given.minutes

        async def everything() -> None:
            watcher = asyncio.create_task(watch(process, until, seen))
            await load(url, keys, asked, until, seen)
            await watcher

        asyncio.run(everything())
        seen.memory.append(_resident(process.pid))
        report(seen, time.monotonic() - started)
        process.send_signal(signal.SIGINT)
        stopped = time.monotonic()
        print(f"stopped with {process.wait(60)} after {time.monotonic() - stopped:.1f} s")
    return 1 if seen.errors else 0


if __name__ == "__main__":
    sys.exit(main())
