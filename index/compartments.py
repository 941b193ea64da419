"""Compartments: what has one confidentiality label lies apart in words and vectors.

A search opens the compartments that a clearance allows and no others, so that frequencies, means
and neighbours are those of allowed passages, as if the library held nothing else. Catalogue rows
are kept apart by index.visible.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.clearance import UNLABELLED, Clearance

Ids = NDArray[np.int64]
Scores = NDArray[np.float32]

# Files of a word index besides those of its segments, and its locks.
_OWN_FILES = ("meta.json", ".managed.json")
# Fetched beyond what is wanted, for those that score the same as the last one.
_SLACK = 64


def compartment_of(label: str | None) -> str:
    """The name of a label's compartment; labels may have any characters, files may not.

    >>> compartment_of("unlabelled") == compartment_of(None)
    True
    """
    name = UNLABELLED if label is None else label
    return hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def allowed_compartments(clearance: Clearance, names: Iterable[str]) -> list[str]:
    """Those of these compartments that a clearance opens, sorted."""
    if clearance.labels is None:
        return sorted(names)
    return sorted(set(names) & set(map(compartment_of, clearance.labels)))


def word_folders(words: Path) -> dict[str, Path]:
    """The folder of each compartment's words, by the compartment's name.

    A folder is called by its compartment and a number; one that is written anew has the next
    number and takes effect when it gets its name. OSError where the parent is missing.
    """
    found: dict[str, tuple[int, Path]] = {}
    for path in words.iterdir():
        name, _, number = path.name.partition(".")
        if number.isdecimal() and (path / "meta.json").is_file():
            found[name] = max(found.get(name, (-1, path)), (int(number), path))
    return {name: path for name, (_, path) in sorted(found.items())}


def join_words(
    parts: Iterable[Path],
    target: Path,
    link: Callable[[Path, Path], None],
    *,
    chosen: Callable[[dict[str, Any]], bool] = lambda _: True,
) -> None:
    """Make of several word indexes one, in an empty folder, of links to their files.

    tantivy's meta.json names the segments of an index, and a search adds up the statistics of
    all segments: those of the whole are exact. chosen: whether a segment, as meta.json has it,
    is taken. OSError and ValueError where a part changes meanwhile.
    """
    whole: dict[str, Any] | None = None
    segments: list[dict[str, Any]] = []
    for part in parts:
        meta = json.loads((part / "meta.json").read_bytes())
        own = [one for one in meta["segments"] if chosen(one)]
        named = {one["segment_id"].replace("-", "") for one in own}
        for path in part.resolve().iterdir():
            if path.name.partition(".")[0] in named:
                link(path, target / path.name)
        segments += own
        whole = whole or meta
    if whole is not None:
        names = sorted(path.name for path in target.iterdir())
        # tantivy tidies away only what this list names.
        (target / ".managed.json").write_text(json.dumps([*names, "meta.json"]))
        (target / "meta.json").write_text(json.dumps({**whole, "segments": segments}))


def strays(part: Path) -> list[Path]:
    """Files in a word index that are not of its last commit: what a stopped writer left.

    tantivy does not know them all, and fails where it wants to write a file of that name. None
    where the list of the last commit is damaged.
    """
    try:
        meta = json.loads((part / "meta.json").read_bytes())
        segments = [(one["segment_id"], one["deletes"]) for one in meta["segments"]]
    except (ValueError, KeyError, TypeError):
        return []
    stems = {name.replace("-", ""): deletes for name, deletes in segments}
    found = []
    for path in part.iterdir():
        stem, _, rest = path.name.partition(".")
        deletes = stems.get(stem)
        is_deletes = rest.endswith("del")
        named = stem in stems and (
            not is_deletes or (deletes and rest == f"{deletes['opstamp']}.del")
        )
        if not named and path.name not in _OWN_FILES and not path.name.endswith(".lock"):
            found.append(path)
    return found


def has_deleted(part: Path) -> bool:
    """Whether a word index still counts passages that were deleted from it."""
    meta = json.loads((part / "meta.json").read_bytes())
    return any(one["deletes"] for one in meta["segments"])


def symbolic(path: Path, link: Path) -> None:
    """A link that works between file systems; the file may go before it is followed."""
    link.symlink_to(path)


def hard(path: Path, link: Path) -> None:
    """A link that keeps the file alive."""
    os.link(path, link)


def best(fetch: Callable[[int], tuple[Ids, Scores]], count: int, size: int) -> tuple[Ids, Scores]:
    """The `count` best keys and their scores, equals by key, however an engine orders them.

    fetch: the n best, best first. size: how many there are at most.
    """
    limit = min(count + _SLACK, size)
    while True:
        keys, scores = fetch(limit)
        more = len(keys) == limit < size and count < limit
        if not more or scores[-1] < scores[count - 1]:
            break
        limit = min(4 * limit, size)
    order = np.lexsort((keys, -scores))[:count]
    return keys[order], scores[order]
