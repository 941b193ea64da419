"""Time every regular expression of the packages on long runs of what it repeats.

`python benchmarks/fuzz/fuzz_patterns.py [PACKAGE...]` lists the slow ones: the seconds of a search
in 4,000 characters, and how much longer 8,000 take (2 is linear, 4 quadratic, 8 and more worse).
"""

from __future__ import annotations

import importlib
import pkgutil
import re
import re._constants as sre  # type: ignore[import-not-found]  # typeshed has neither
import re._parser as sre_parser  # type: ignore[import-not-found]  # nor this
import signal
import sys
import time
from collections.abc import Iterator
from typing import Any

_SIZE = 4000
_SLOW = 0.1  # seconds
_MOST = 5  # seconds
_PUMPS = (
    ' !\n!\t!a!A!1!.!,!-!(![!<!>!&!=!/!"!\\!_!가!硼!一!²!é!a !A !1 !1,!1.!a,!a.!a-!a\n!1\n! \n!( '
    "!()!(1)!<a !<!--!a=!a:!US!1-!and !or !of !the !A1!a1!, !; !\\x!1/!ab !1.1 !claim !Li!O2!「!項"
    "!...!0 !- "
).split("!")


class _TooSlow(BaseException):
    pass


def patterns(package: str) -> Iterator[tuple[str, re.Pattern[Any]]]:
    """Compiled patterns that modules of a package hold under a name, each once."""
    seen = set()
    root = importlib.import_module(package)
    names = [m.name for m in pkgutil.walk_packages(root.__path__, f"{package}.")]
    for name in [package, *names]:
        if name.endswith("__main__"):
            continue
        for key, value in vars(importlib.import_module(name)).items():
            held = value if isinstance(value, tuple | list) else (value,)
            for one in held:
                if isinstance(one, re.Pattern) and one not in seen:
                    seen.add(one)
                    yield f"{name}.{key}", one


def example(parsed: Any) -> str:
    """A shortest text that a parsed pattern more or less matches, to get behind its start."""
    found = ""
    for code, argument in parsed:
        if code is sre.LITERAL:
            found += chr(argument)
        elif code is sre.IN:
            found += next((_of_set(item) for item in argument if _of_set(item)), "a")
        elif code is sre.BRANCH:
            found += example(argument[1][0])
        elif code is sre.SUBPATTERN:
            found += example(argument[3])
        elif code in (sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT):
            found += example(argument[2]) * min(argument[0], 20)
        elif code is sre.ATOMIC_GROUP:
            found += example(argument)
        elif code in (sre.NOT_LITERAL, sre.ANY):
            found += "a"
    return found


def _of_set(item: tuple[Any, Any]) -> str:
    code, argument = item
    if code is sre.LITERAL:
        return chr(argument)
    if code is sre.RANGE:
        return chr(argument[0])
    shown = {"CATEGORY_DIGIT": "1", "CATEGORY_SPACE": " ", "CATEGORY_WORD": "a"}
    return shown.get(str(argument), "") if code is sre.CATEGORY else ""


def beginnings(pattern: re.Pattern[Any]) -> list[str]:
    """What may stand before a run: nothing, and examples of the pattern cut at its parts."""
    source = pattern.pattern
    text = source.decode("latin-1") if isinstance(source, bytes) else source
    parsed = list(sre_parser.parse(text, pattern.flags & ~re.UNICODE))
    whole = [example(parsed[:end]) for end in range(len(parsed) + 1)]
    return list(dict.fromkeys(["", *whole]))


def seconds(pattern: re.Pattern[Any], text: str) -> float:
    """How long it takes to find all matches, _MOST at most."""
    given: Any = text.encode("latin-1", "replace") if isinstance(pattern.pattern, bytes) else text
    begun = time.perf_counter()
    try:
        signal.setitimer(signal.ITIMER_REAL, _MOST)
        for _ in pattern.finditer(given):
            pass
        pattern.match(given)
    except _TooSlow:
        pass
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
    return time.perf_counter() - begun


def slowest(pattern: re.Pattern[Any], size: int = _SIZE) -> tuple[float, str, str]:
    """Seconds, beginning and pump of the worst run of so many characters."""
    worst = (0.0, "", "")
    for start in beginnings(pattern):
        for pump in dict.fromkeys((*_PUMPS, start)):
            if not pump:
                continue
            taken = seconds(pattern, start + pump * (size // len(pump)) + "\x00")
            worst = max(worst, (taken, start, pump))
            if taken > 1:
                return worst
    return worst


def _alarm(*_: object) -> None:
    raise _TooSlow


def main() -> None:
    """List what is slow."""
    signal.signal(signal.SIGALRM, _alarm)
    count = 0
    for package in sys.argv[1:] or ["ingest", "index", "assistant"]:
        for name, pattern in patterns(package):
            count += 1
            taken, start, pump = slowest(pattern)
            if taken > _SLOW:
                longer = seconds(pattern, start + pump * (2 * _SIZE // len(pump)) + "\x00") / taken
                print(
                    f"{taken:6.2f} s  x{longer:4.1f}  {name}  {start!r} + {pump!r}...", flush=True
                )
    print(f"{count} patterns")


if __name__ == "__main__":
    main()
