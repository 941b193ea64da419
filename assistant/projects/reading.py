"""What a project holds, read from its record; writes nothing."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path

import msgspec

from assistant.chart.edit import override
from assistant.chart.records import Chart
from assistant.projects.access import clearance_of
from assistant.projects.entries import Entry
from assistant.projects.errors import BadEntry
from assistant.projects.files import ATTACHED, attached, locked
from assistant.projects.filled import Filler
from assistant.projects.fold import state_of
from assistant.projects.made_with import unpacked
from assistant.projects.names import user_name
from assistant.projects.places import texts_of
from assistant.projects.record import Record
from assistant.projects.state import State
from assistant.projects.verify import Verified, verify
from index.clearance import Clearance
from index.snapshot import Snapshot


class ProjectReader:
    """A project as it is. Safe for several threads and processes."""

    def __init__(
        self, folder: Path, user: str | None = None, index: str | Path | None = None
    ) -> None:
        """index: of the library whose documents it names; None for that around the folder."""
        self.folder = folder
        self.user = user_name(user)
        self.index = Path(index) if index is not None else folder.parent.parent
        self.record = Record(folder)

    @cached_property
    def clearance(self) -> Clearance:
        """What may get into the record, and who may open it; fixed when it was created."""
        return clearance_of(self.folder)

    def state(self) -> State:
        """What the project holds now. Of a broken record: what can be read, and `broken`."""
        read = self.record.read()
        broken = str(self.record.broken(read.finding)) if read.finding else None
        return state_of(read.entries, read.head.hash, broken)

    def entries(self) -> tuple[Entry, ...]:
        """The search record, the oldest first; of a broken one the entries that can be read."""
        return self.record.read().entries

    def parts(self) -> dict[str, bytes]:
        """Every file that a copy of the project needs; a copy can be verified as it is.

        Names have "/" between folders, as a zip wants them.
        """
        with locked(self.folder):
            paths = [*self.folder.glob("*.json*"), *(self.folder / ATTACHED).glob("*.json.gz")]
            kept = sorted(path for path in paths if path.suffix != ".tmp")
            return {p.relative_to(self.folder).as_posix(): p.read_bytes() for p in kept}

    def verify(self, expected_head: str | None = None) -> Verified:
        """Whether every byte is as it was written. See verify.verify."""
        return verify(self.record, expected_head)

    def chart_as_made(self, entry: int) -> Chart:
        """The chart of an entry without what people changed. Raises BadEntry, BrokenRecord.

        Its words are those of the library now; where a document has gone, it says so instead.
        """
        for one in self.entries():
            if one.number == entry and one.kind == "chart":
                data = attached(self.folder, one.body["attached"]["chart"])
                with self.filler() as filler:
                    return filler.chart(msgspec.json.decode(data))
        raise BadEntry(f"entry {entry} is no chart of this project; `prior-art record show` lists")

    def chart(self, entry: int) -> Chart:
        """The chart of an entry with what people decided since."""
        chart = self.chart_as_made(entry)
        with self.filler() as filler:
            for one in self.state().overrides:
                if one.chart == entry:
                    cell = (one.limitation, one.document_id)
                    chart = override(chart, *cell, one.override, filler.place(one.place))
        return chart

    def snapshot(self, name: str) -> Snapshot:
        """The library as it was. name: under which it is attached. Raises BrokenRecord."""
        return unpacked(attached(self.folder, name))

    @contextlib.contextmanager
    def filler(self) -> Iterator[Filler]:
        """What fills places with words, as the library and the project's clearance have them."""
        removed = {
            document: entry.time
            for entry in self.entries()
            if entry.kind == "forgotten"
            for document in entry.body["document_ids"]
        }
        with texts_of(self.index, self.clearance) as texts:
            yield Filler(texts, removed)
