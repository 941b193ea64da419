"""Whom a subject and a document both name. Equal names can be two people: nothing is decided."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.date_gate.subject import SubjectDates
from index.filters import folded_name
from ingest.facts import DocumentFacts


def same_inventors(subject: SubjectDates, facts: DocumentFacts) -> bool:
    """Whether both name inventors, and the same ones."""
    ours = _folded(subject.inventors)
    return bool(ours) and ours == _folded(facts.inventors)


def shared_names(subject: SubjectDates, facts: DocumentFacts) -> str:
    """Parties and inventors whom both name, as the document writes them; "" for none."""
    ours = _folded(subject.inventors)
    inventors = [name for name in facts.inventors if _folded((name,)) & ours]
    return ", ".join(dict.fromkeys([shared_parties(subject, facts), *inventors])).strip(", ")


def shared_parties(subject: SubjectDates, facts: DocumentFacts) -> str:
    """Parties whom both name, as the document writes them; "" for none."""
    ours = {folded_name(name) for name in subject.parties}
    return ", ".join(name for name in facts.parties if folded_name(name) in ours)


def _folded(names: Sequence[str]) -> frozenset[frozenset[str]]:
    """People's names as sets of words: offices write the family name first or last."""
    return frozenset(frozenset(re.findall(r"\w+", name.casefold())) for name in names)
