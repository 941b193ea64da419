"""Sort what a file holds: new, known, changed, a copy of a publication, or another's id."""

from __future__ import annotations

from dataclasses import replace

from index.batch import Committer, NewDocument
from index.pending import Pending
from index.plan import READER_RULES
from index.reading import Reading, differs, placed
from index.store import Store, StoredDocument
from index.tally import Duplicate, Tally
from index.twins import Twin, filled, find_twin, supersedes
from ingest.errors import DuplicateId, NoText
from ingest.isolate import Reply
from ingest.records import Document

# Documents that get another label in one transaction.
_MOST_RELABELLED = 200


class Intake:
    """Takes the documents of files, one after the other, into a batch that waits."""

    def __init__(self, store: Store, committer: Committer, pending: Pending, tally: Tally) -> None:
        self.duplicates: list[Duplicate] = []
        self._store = store
        self._committer = committer
        self._pending = pending
        self._tally = tally
        self._relabelled: dict[int, str | None] = {}

    def take(self, reply: Reply, reading: Reading) -> None:
        """Sort one document of a file."""
        self.settle_labels()
        now = reading.source
        document = placed(reply, reading)
        # The readers' rules belong to it: the same bytes read by better rules are a new version.
        content_hash = f"{READER_RULES}:{reply.content_hash or now.sha256}"
        identity = document.facts.id
        known = self._settled(document, now.path)
        origins = self._store.origins_of(known.key) if known else {}
        others = [path for path, joined in origins.items() if path != now.path and not joined]
        if identity in reading.seen and reply.member is not None:
            self.duplicates.append(Duplicate(document.facts.source, now.path))
        elif identity in reading.seen or (known and others and differs(known, content_hash)):
            error = DuplicateId(f"the id {identity!r} already belongs to another record")
            reading.reject(f"{now.path}#{identity}", error)
        elif known and known.content_hash == content_hash:
            reading.seen.add(identity)
            self._recognise(known, others, reading)
        elif known is not None:
            # Facts that came from other files are asked for again.
            self._store.read_joined_again(known.key, now.path)
            self._add(NewDocument(document, now.path, content_hash, (), known.key), reading)
        else:
            self._add_or_join(document, content_hash, reading, among_members=bool(reply.member))

    def relabel(self, document: StoredDocument, path: str, label: str | None) -> None:
        """Give a document the label of its file, if that has one.

        A label is never changed because of a copy: while the document lies elsewhere too, one can
        only be put on.
        """
        if label is None or label == document.label:
            return
        copies = any(other != path for other in self._store.paths_of(document.key))
        if document.label is None or not copies:
            self._relabelled[document.key] = label
            if len(self._relabelled) >= _MOST_RELABELLED:
                self.settle_labels()

    def settle_labels(self) -> None:
        """Have the labels that documents were given so far take effect."""
        if self._relabelled:
            self._committer.relabel(self._relabelled)
            self._relabelled = {}

    def _add_or_join(
        self, document: Document, content_hash: str, reading: Reading, *, among_members: bool
    ) -> None:
        """Add a document with a new id, unless a better text of its publication is there."""
        path = reading.source.path
        twin = self._twin(document, set() if among_members else reading.seen)
        if twin is None:
            self._add(NewDocument(document, path, content_hash, ()), reading)
            return
        key = twin.stored.key
        reading.seen.add(twin.document.facts.id)
        if supersedes(document, twin):
            # The facts of a stale one may be those of a file that has gone.
            facts = document.facts
            if twin.stored.content_hash:
                facts = filled(facts, twin.document.facts)
            document = replace(document, facts=facts)
            self._add(NewDocument(document, path, content_hash, (), key, joins=True), reading)
            return
        facts = filled(twin.document.facts, document.facts)
        if facts != twin.document.facts:
            with self._store.transaction():
                self._store.put_facts(key, facts)
                self._store.advance()
        others = [p for p in self._store.paths_of(key) if p != path]
        self._recognise(twin.stored, others, reading, joined=True)

    def _twin(self, document: Document, seen: set[str]) -> Twin | None:
        """The stored document of the same publication, with nothing waiting that concerns it."""
        if self._pending.has_number(document.facts.number):
            self._pending.commit()
        twin = find_twin(self._store, document, seen)
        if twin is None:
            return None
        key = twin.stored.key
        if self._pending.concerns(key, twin.document.facts.id) or self._pending.is_left(key):
            self._pending.commit()
            twin = find_twin(self._store, document, seen)
        return twin

    def _add(self, new: NewDocument, reading: Reading) -> None:
        """Let a document wait; its passages are cut here."""
        facts = new.document.facts
        passages = self._committer.cut(new.document)
        if not passages:
            message = "it has headings but no text below them, so nothing could be found in it"
            reading.reject(f"{facts.source}#{facts.number or facts.id}", NoText(message))
            return
        reading.seen.add(facts.id)
        if new.replaces is not None:
            reading.origins.pop(new.replaces, None)
            self._tally.updated += 1
        else:
            reading.added += 1
            self._tally.added += 1
        self._pending.add(replace(new, passages=passages))

    def _settled(self, document: Document, path: str) -> StoredDocument | None:
        """What the library has of a file's document, with nothing waiting that concerns it."""
        facts = document.facts
        known = self._store.document(facts.id, facts.label, path)
        if self._pending.concerns(known.key if known else None, facts.id):
            self._pending.commit()
            known = self._store.document(facts.id, facts.label, path)
        return known

    def _recognise(
        self, known: StoredDocument, others: list[str], reading: Reading, *, joined: bool = False
    ) -> None:
        """Note that a file holds a document that is there already.

        joined: whether it is another text of the same publication, not the same bytes.
        """
        now = reading.source
        reading.origins[known.key] = joined
        self._tally.unchanged += 1
        if others and known.key not in {d.key for d in reading.before.values()}:
            self.duplicates.append(Duplicate(now.path, others[0]))
            if reading.label is None:
                # The file takes the label along, for the day when its copy has gone.
                reading.source = replace(now, label=known.label)
        self.relabel(known, now.path, reading.label)
