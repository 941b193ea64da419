"""The parties of documents under one name each, and the largest of them.

Names that differ only in case, punctuation or legal form are one party; nothing else is joined.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.pictures.fonts import visible
from assistant.questions.party_names import core_words
from ingest.facts import DocumentFacts

NOT_STATED = "no party stated"


@dataclass(frozen=True)
class Parties:
    """Who stands for each document.

    of: by document id, one name, the party's with the most documents; NOT_STATED for none.
    counts: by name, the documents that it stands for.
    several: documents that name two parties or more.
    """

    of: Mapping[str, str]
    counts: Mapping[str, int]
    several: int


def parties_of(documents: Sequence[DocumentFacts]) -> Parties:
    """One party for each document.

    >>> one = DocumentFacts("1", "patent", parties=("Solmere Co., Ltd.", "Ruan AG"))
    >>> two = DocumentFacts("2", "patent", parties=("SOLMERE CO LTD",))
    >>> dict(parties_of([one, two]).of)
    {'1': 'SOLMERE CO LTD', '2': 'SOLMERE CO LTD'}
    """
    written: dict[str, Counter[str]] = defaultdict(Counter)
    named: dict[str, list[str]] = {}
    for document in documents:
        names = [name for party in document.parties if (name := visible(party))]
        keys = [" ".join(core_words(name)) or name.casefold() for name in names]
        for key, name in zip(keys, names, strict=True):
            written[key][name] += 1
        named[document.id] = list(dict.fromkeys(keys))
    shown = {key: min(names, key=lambda n: (-names[n], n)) for key, names in written.items()}
    sizes = Counter(key for keys in named.values() for key in keys)
    of = {
        identity: shown[max(keys, key=lambda k: (sizes[k], -keys.index(k)))] if keys else NOT_STATED
        for identity, keys in named.items()
    }
    counts = Counter(name for name in of.values() if name != NOT_STATED)
    return Parties(of, counts, sum(len(keys) > 1 for keys in named.values()))


def largest(parties: Parties, most: int) -> list[str]:
    """The parties to be named, the largest first.

    Those with one document are named only where all parties fit.
    """
    ranked = sorted(parties.counts, key=lambda name: (-parties.counts[name], name.casefold()))
    if len(ranked) <= most:
        return ranked
    return [name for name in ranked[:most] if parties.counts[name] > 1]
