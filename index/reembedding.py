"""Change a library's encoder: its vectors are made beside those in use, then one switch.

Searches and ingests go on meanwhile, with the old encoder. Every batch is committed, so that a
kill loses one batch at most and the next run goes on. The old vectors stay for the way back.
"""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from index.catalog import Catalog
from index.checksums import forget, settle
from index.embed import encode_whole, fitted, passage_texts
from index.encoder import Encoder
from index.encoder_table import StoredEncoder
from index.errors import LibraryLocked
from index.manifest import read_manifest
from index.rows import StoredPassage
from index.store import Store
from index.writing import LOCK_FILE, REEMBED_LOCK_FILE, save_vectors, stated_errors
from ingest.passages import PassageSettings

# Passages in one commit.
_BATCH = 64
# Seconds between two looks whether an ingest has come to its end.
_LOOK = 1.0


@dataclass(frozen=True)
class ReembedProgress:
    """How far it is, in passages. waiting: for an ingest to end, before the switch."""

    done: int
    total: int
    waiting: bool = False


@dataclass(frozen=True)
class ReembedReport:
    """What a re-embedding did.

    encoder: in use now; previous: before. encoded: passages in this run, of `passages` in all.
    kept: encoders whose vectors are still there; dropped: those whose vectors went.
    """

    index: str
    encoder: str
    previous: str
    encoded: int
    passages: int
    kept: tuple[str, ...]
    dropped: tuple[str, ...]
    seconds: float

    def to_dict(self) -> dict[str, Any]:
        """The JSON of `prior-art reembed`."""
        lists = {"kept": list(self.kept), "dropped": list(self.dropped)}
        return {**vars(self), **lists, "seconds": round(self.seconds, 3)}


def reembed(
    folder: str | Path,
    encoder: Encoder,
    *,
    drop_old: bool = False,
    progress: Callable[[ReembedProgress], None] | None = None,
) -> ReembedReport:
    """Give every passage a vector of another encoder, and have searches use it from then on.

    Passages keep their boundaries; one that is longer than the encoder's window is encoded in
    parts. A library that is open stays with the old vectors until it is opened anew. Going back
    to an encoder whose vectors are kept takes no encoding but of what has come since.

    drop_old: after the switch, take out the vectors of all other encoders.
    Raises LibraryLocked while another re-embedding runs, and every LibraryError of opening.
    """
    started = time.monotonic()
    folder = Path(folder)
    # This loads the model, which no transaction should wait for.
    settings = fitted(read_manifest(folder).passages, encoder)
    with stated_errors(folder), _alone(folder):
        forget(folder)
        with (
            contextlib.closing(Store(folder)) as store,
            contextlib.closing(Catalog(folder, None)) as catalog,
        ):
            previous, target = _begin(store, encoder)
            work = _Work(store, catalog, target, encoder, settings, progress or (lambda _: None))
            work.fill()
            with work.no_ingest(folder):
                dropped = _switch(store, target, drop_old=drop_old)
                save_vectors(folder)
            report = ReembedReport(
                index=str(folder),
                encoder=target.name,
                previous=previous.name,
                encoded=work.encoded,
                passages=catalog.count("passages"),
                kept=tuple(other.name for other in store.encoders.others()),
                dropped=tuple(other.name for other in dropped),
                seconds=time.monotonic() - started,
            )
        settle(folder, LOCK_FILE)
    return report


def _begin(store: Store, encoder: Encoder) -> tuple[StoredEncoder, StoredEncoder]:
    """Note where it goes: the encoder in use, and the one to be used."""
    with store.transaction():
        previous = store.encoders.current()
        target = store.encoders.begin(encoder)
        store.encoders.aim_at(target if target.id != previous.id else None)
    return previous, target


def _switch(store: Store, target: StoredEncoder, *, drop_old: bool) -> list[StoredEncoder]:
    """Use an encoder from now on; the encoders that were dropped."""
    with store.transaction():
        store.encoders.use(target)
        dropped = store.encoders.others() if drop_old else []
        for other in dropped:
            store.encoders.drop(other)
        if dropped:
            # Whoever has them open must notice.
            store.advance()
    return dropped


@contextlib.contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Refuse a second re-embedding. Ingests are none of its business until the switch."""
    lock = FileLock(folder / REEMBED_LOCK_FILE, timeout=0)
    try:
        lock.acquire()
    except Timeout:
        raise LibraryLocked(f"another re-embedding of {folder} is running") from None
    try:
        yield
    finally:
        lock.release()


class _Work:
    """Makes the vectors that are missing, batch by batch."""

    def __init__(
        self,
        store: Store,
        catalog: Catalog,
        target: StoredEncoder,
        encoder: Encoder,
        settings: PassageSettings,
        report: Callable[[ReembedProgress], None],
    ) -> None:
        self.encoded = 0
        self._store = store
        self._catalog = catalog
        self._target = target
        self._encoder = encoder
        self._settings = settings
        self._report = report

    def fill(self) -> None:
        """Encode what has no vector yet."""
        total = self._catalog.count("passages")
        done = self._store.encoders.count(self._target)
        last = 0
        while keys := self._store.encoders.missing(self._target, last, _BATCH):
            self._encode(keys)
            last = keys[-1]
            done += len(keys)
            self._report(ReembedProgress(done, max(done, total)))

    @contextlib.contextmanager
    def no_ingest(self, folder: Path) -> Iterator[None]:
        """Wait until no ingest runs, keeping up with what it brings, and let none begin."""
        lock = FileLock(folder / LOCK_FILE, timeout=_LOOK)
        while True:
            try:
                lock.acquire()
            except Timeout:
                self.fill()
                count = self._catalog.count("passages")
                self._report(ReembedProgress(count, count, waiting=True))
            else:
                break
        try:
            self.fill()
            yield
        finally:
            lock.release()

    def _encode(self, keys: list[int]) -> None:
        stored = self._catalog.passages(keys)
        texts = self._texts(stored)
        # An ingest may have taken some of the passages out meanwhile.
        kept = [key for key in keys if key in texts]
        if not kept:
            return
        vectors = encode_whole(self._encoder, [texts[key] for key in kept])
        with self._store.transaction():
            self._store.encoders.put(self._target, kept, vectors)
        self.encoded += len(kept)

    def _texts(self, stored: dict[int, StoredPassage]) -> dict[int, str]:
        facts = self._catalog.facts(s.document_key for s in stored.values())
        texts: dict[int, str] = {}
        for document_key, document in facts.items():
            own = [s for s in stored.values() if s.document_key == document_key]
            passages = [s.passage for s in own]
            given = passage_texts(document.title, passages, self._encoder, self._settings)
            texts.update(zip((s.key for s in own), given, strict=True))
        return texts
