"""The records of why a document was found. A leaf: imports no other module of the package."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ingest.facts import plain


@dataclass(frozen=True)
class Synonyms:
    """What a query's words were taken to mean as well.

    Attributes:
        typed: the words as the query writes them.
        names: abbreviations and full names, usual ones first.
        materials: terms of index.chemistry under which all spellings of a material are found, the
            composition before its family.
    """

    typed: str
    names: tuple[str, ...] = ()
    materials: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """One element of `expansions` in the JSON of a search."""
        return {"typed": self.typed, "names": list(self.names), "materials": list(self.materials)}


@dataclass(frozen=True)
class Matched:
    """A numeric condition that a shown passage meets.

    condition: as the result lists it. found: the figures with their words, verbatim from the
    passage. how: "inside" where all of it lies in the wanted range, else "overlap".
    """

    condition: str
    found: str
    how: str
    passage_id: str

    def to_dict(self) -> dict[str, Any]:
        """One element of `why.quantities` in the JSON of a hit."""
        return plain(self)


@dataclass(frozen=True)
class Why:
    """Why a document was found.

    Attributes:
        terms: words of the query, as it writes them, that stand in the title or in a passage
            that is shown, in any inflection; the weightiest first, twelve at most.
        words, meaning: the document's rank by BM25 and by vectors alone, 1-based; None where that
            engine did not propose it. Of a family: the ranks of its best member.
        neighbours: ids of up to three documents like it that raised its score; there are none for
            a query as long as a claim.
        synonyms: (words of the query, what stands in a shown passage or the title instead).
        quantities: the numeric conditions that a shown passage meets.
    """

    terms: tuple[str, ...] = ()
    words: int | None = None
    meaning: int | None = None
    neighbours: tuple[str, ...] = ()
    synonyms: tuple[tuple[str, str], ...] = ()
    quantities: tuple[Matched, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """The value of `why` in the JSON of a hit."""
        return {
            "terms": list(self.terms),
            "engines": {"words": self.words, "meaning": self.meaning},
            "neighbours": list(self.neighbours),
            "synonyms": [{"typed": typed, "found": found} for typed, found in self.synonyms],
            "quantities": [matched.to_dict() for matched in self.quantities],
        }


NO_REASON = Why()
