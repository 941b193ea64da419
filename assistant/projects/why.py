"""Why a result can be another than recorded: what changed in the library and the models since."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from index.snapshot import Held, Snapshot
from ingest.facts import plain


@dataclass(frozen=True)
class Named:
    """A document of a snapshot. name: its number, else its title."""

    id: str
    name: str


@dataclass(frozen=True)
class Difference:
    """What changed in a library between two snapshots.

    changed: another content under the same id, or another document of the same number.
    relabelled: another label, (document, old label, new label).
    """

    added: tuple[Named, ...] = ()
    removed: tuple[Named, ...] = ()
    changed: tuple[Named, ...] = ()
    relabelled: tuple[tuple[Named, str | None, str | None], ...] = ()

    def __bool__(self) -> bool:
        """Whether anything changed."""
        return bool(self.added or self.removed or self.changed or self.relabelled)

    def to_dict(self) -> dict[str, Any]:
        """The value of `documents` in the JSON of a replay."""
        return plain(self)

    def lines(self) -> list[str]:
        """All of it in words, every document named."""
        lines = []
        for what, named in (
            ("added", self.added), ("removed", self.removed), ("changed", self.changed),
        ):  # fmt: skip
            if named:
                names = ", ".join(one.name or one.id for one in named)
                lines.append(f"{_count(len(named))} {what} since: {names}")
        for one, old, new in self.relabelled:
            lines.append(f"label of {one.name or one.id}: {old or 'none'} -> {new or 'none'}")
        return lines


def difference(old: Snapshot, new: Snapshot) -> Difference:
    """What changed from an old snapshot to a new one. Documents without a number have no name."""
    was, is_ = {d.id: d for d in old.documents}, {d.id: d for d in new.documents}
    come = [d for d in new.documents if d.id not in was]
    gone = [d for d in old.documents if d.id not in is_]
    replaced = {d.name for d in come} & {d.name for d in gone} - {""}
    both = [(was[d.id], d) for d in new.documents if d.id in was]
    other = [d for before, d in both if before.content_hash != d.content_hash]
    return Difference(
        _named([d for d in come if d.name not in replaced]),
        _named([d for d in gone if d.name not in replaced]),
        _named([*other, *(d for d in come if d.name in replaced)]),
        tuple((Named(d.id, d.name), b.label, d.label) for b, d in both if b.label != d.label),
    )


THREADS = "number of threads, which rounds the last digits of scores"
# Names of `made_with` in words.
_WORDS = {
    "encoder": "encoder",
    "reranker": "reranker",
    "generator": "chat model",
    "program": "version of the program",
    "threads": THREADS,
    "manifest": "rules of passages and terms of the index",
    "abbreviations": "table of abbreviations",
    "calibration": "fitted answering models",
}


def other_models(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[str]:
    """What was used then and is not used now, one line each."""
    lines = []
    for name, words in _WORDS.items():
        if old.get(name) != new.get(name):
            lines.append(f"{words}: {_shown(old.get(name))} -> {_shown(new.get(name))}")
    return lines


def _named(documents: Sequence[Held]) -> tuple[Named, ...]:
    return tuple(Named(d.id, d.name) for d in documents)


def _count(count: int) -> str:
    return f"{count} document{'' if count == 1 else 's'}"


def _shown(value: Any) -> str:
    if isinstance(value, list):
        return "/".join(str(v or "none") for v in value)
    return "none" if value is None else str(value)
