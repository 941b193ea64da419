"""Fuzz one target, guided by coverage: `python benchmarks/fuzz/fuzz.py TARGET --seconds 60`.

Inputs of findings, their list and the numbers of the run go to OUT/TARGET. See README.md here.
"""

from __future__ import annotations

import argparse
import os
import re
import resource
import sys
from pathlib import Path
from random import Random

import atheris  # type: ignore[import-untyped]  # optional, untyped

# This code tells the fuzzer which inputs are new; other libraries are run, not followed.
with atheris.instrument_imports(include=["ingest", "index", "assistant", "pypdf", "oxmsg"]):
    from fuzz_readers import FAMILIES, Family, ReadTarget
    from fuzz_texts import STATED, TEXTS

    from ingest.errors import IngestError
from fuzz_mutators import Mutator
from fuzz_watch import Watch

_MEMORY = 6 << 30  # of address space; a reader's process has 2 GiB, a fuzzer needs some itself
_TAG = re.compile(rb"</?[A-Za-z][\w:-]{1,40}|\"[\w:-]{2,30}\"|^[A-Z]{3,4}  ", re.MULTILINE)


def main() -> None:
    """Fuzz until the time is over."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("target", choices=[*FAMILIES, *TEXTS])
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--seeds", type=Path, nargs="*", default=[], help="folders of files")
    parser.add_argument("--out", type=Path, default=Path("fuzz-out"))
    given = parser.parse_args()
    folder = given.out / given.target
    corpus = folder / "corpus"
    corpus.mkdir(parents=True, exist_ok=True)
    if given.target in FAMILIES:
        family = FAMILIES[given.target]
        seeds = _seeds(family, given.seeds)
        watch = Watch(ReadTarget(family), (IngestError,), folder)
        mutator = family.mutator
    else:
        target, mutator, made = TEXTS[given.target]
        seeds = list(made)
        watch = Watch(target, (*STATED, ValueError) if given.target == "given" else STATED, folder)
    for nth, seed in enumerate(seeds):
        (corpus / f"seed{nth:03}").write_bytes(seed)
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    longest = max(map(len, seeds), default=0) * 2 + 4096
    atheris.Setup(
        [sys.argv[0], str(corpus), f"-max_total_time={given.seconds}", f"-max_len={longest}",
         f"-dict={_dictionary(seeds, folder)}", "-timeout=0", "-rss_limit_mb=0", "-seed=7",
         "-print_final_stats=1", "-verbosity=0"],
        watch,
        custom_mutator=_custom(mutator),
    )  # fmt: skip
    atheris.Fuzz()


def _custom(mutator: Mutator):  # type: ignore[no-untyped-def]  # atheris states no type for it
    def mutate(data: bytes, max_size: int, seed: int) -> bytes:
        random = Random(seed)

        def plain(part: bytes) -> bytes:
            return bytes(atheris.Mutate(part, len(part) + 64))

        changed = mutator(data, random, plain) if random.random() < 0.75 else None
        if changed is None or len(changed) > max_size:
            changed = bytes(atheris.Mutate(data, max_size))
        return changed

    return mutate


def _seeds(family: Family, folders: list[Path]) -> list[bytes]:
    """Seeds of a family: those made here, and the smallest files of each pattern."""
    found = [data for _, data in family.made()]
    for pattern in family.patterns:
        files = {path for folder in folders for path in folder.rglob("*") if path.match(pattern)}
        sizes = sorted((path.stat().st_size, str(path)) for path in files if path.is_file())
        found += [Path(path).read_bytes() for size, path in sizes if size <= family.largest][:40]
    return found


def _dictionary(seeds: list[bytes], folder: Path) -> Path:
    """Tags, keys and field names of the seeds, for libFuzzer."""
    words = sorted({word for seed in seeds for word in _TAG.findall(seed)})[:2000] or [b"claim"]
    path = folder / "words.dict"
    lines = ("".join(f"\\x{byte:02x}" for byte in word) for word in words)
    path.write_text("".join(f'"{line}"\n' for line in lines))
    return path


if __name__ == "__main__":
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    main()
