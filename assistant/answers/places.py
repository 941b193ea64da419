"""Where what a question needs is named: in a sentence, beside it, in the title, or nowhere."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from assistant.answers.needs import Need, Surface
from ingest.facts import DocumentFacts

# How well a need is met by the sentence, its neighbours, the title or heading, the passage, and
# another passage of the document.
_HEADED, _AROUND = 0.8, 0.7
_VALUES = (1.0, 0.9, _HEADED, _AROUND, 0.35)
# Inverse document frequency from which on a missing word counts in full.
_RARE = 7.0
# Words that registers shorten in names of parties.
_SHORTENED = {"univ": "university", "inst": "institute", "tech": "technology", "ind": "industry"}


def place_of(need: Need, surfaces: Sequence[Surface]) -> float:
    """How near a need is named, 0 to 1. surfaces: the sentence first, then those of _VALUES."""
    for surface, value in zip(surfaces, _VALUES, strict=True):
        if need.is_met(surface):
            return value
    return 0.0


def least(places: Mapping[Need, float], needs: Sequence[Need]) -> float:
    """1, less what the worst met need lacks: its rarity, 1 for materials, times how far off it is.

    A text about another material than the asked one lacks one word only; so the worst counts, not
    the mean. Verbs do not count.
    """
    lost = [_share(n) * (1 - places[n]) for n in needs if not n.is_verb]
    return 1 - max(lost, default=0.0)


def materials(places: Mapping[Need, float], needs: Sequence[Need]) -> float:
    """1 where all materials are named near a sentence or in its title, else 0.

    "Sodium diffusion on B5Se" is not answered by a sentence on lithium, however like the rest is.
    """
    return float(all(places[need] >= _HEADED for need in needs if need.is_material))


def named(places: Mapping[Need, float], names: Sequence[Need], needs: Sequence[Need]) -> float:
    """Share of the materials and names that the passage, its heading or title has; 1 for none."""
    wanted = [need for need in needs if need.is_material or need in names]
    there = sum(places[need] >= _AROUND for need in wanted)
    return there / len(wanted) if wanted else 1.0


def heading(document: DocumentFacts) -> str:
    """Number, title and parties of a document, these also written out and as initials.

    >>> heading(DocumentFacts(id="1", kind="patent", number=None, title="A cell",
    ...     parties=("Inst Applied Tech Research",))).split()[-2:]
    ['technology', 'IATR']
    """
    names: list[str] = []
    for party in document.parties:
        words = party.split()
        names += [party, *(_SHORTENED.get(word.casefold(), "") for word in words)]
        initials = "".join(word[0] for word in words if word[0].isalpha())
        names.append(initials if len(initials) > 2 else "")
    return " ".join([document.number or "", document.title, *names])


def _share(need: Need) -> float:
    return 1.0 if need.is_material else min(need.rarity / _RARE, 1.0)
