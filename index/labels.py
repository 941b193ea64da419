"""Give documents of a library a confidentiality label.

A document has the first of: the label its file was given (`ingest --label`, `label set`), that of
the deepest folder with a rule above its file (index.folder_rules), what it says of itself.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from index.catalog import Catalog
from index.encoder import Encoder
from index.errors import BadLabel
from index.folder_rules import checked_label
from index.manifest import read_manifest
from index.store import Store
from index.writing import writing


def label_documents(
    folder: str | Path, names: Iterable[str], label: str | None, encoder: Encoder | None = None
) -> list[str]:
    """Give documents of the library a label, None for none; their ids.

    It stays when their files change. Raises UnknownDocument and BadLabel before any is changed.
    """
    folder = Path(folder)
    read_manifest(folder)
    wanted = None if label is None else checked_label(label)
    with writing(folder, encoder) as library:
        with closing(Catalog(folder)) as catalog:
            keys = list(dict.fromkeys(catalog.find(name) for name in names))
            ids = [facts.id for facts in catalog.facts(keys).values()]
        keys = [copy for key in keys for copy in library.store.copies(key)]
        paths = {path for key in keys for path in _own_files(library.store, key)}
        with library.store.transaction():
            for path in paths:
                known = library.store.sources.get(path)
                if known is not None:
                    library.store.sources.put(replace(known, label=wanted))
        library.committer.relabel(dict.fromkeys(keys, wanted))
    return ids


def _own_files(store: Store, key: int) -> list[str]:
    """The files of a document. Raises BadLabel where one of them holds others as well."""
    paths = store.paths_of(key)
    for path in paths:
        if len(store.documents_of(path)) > 1:
            raise BadLabel(
                f"{path} holds several documents, which have one label; give it to the file with "
                f"`prior-art ingest --label NAME {path}`"
            )
    return paths
