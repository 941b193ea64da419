"""What a kind code (WIPO ST.16) says of a publication in law, where the office leaves no doubt."""

from __future__ import annotations

import re

# Offices whose first publications (A) are unexamined applications; elsewhere A can be a grant.
_UNEXAMINED = frozenset("EP WO JP KR CN DE FR GB AU TW IN BR EA FI SE NO DK NL AT".split())
# Offices whose second publications (B) are granted patents; elsewhere they can be examined
# applications, laid open to opposition.
_GRANTING = frozenset("EP US KR CN GB FR AU TW EA CA RU".split())
_OWN = {
    "EP": {"A3": "search report", "A4": "search report"},
    "WO": {"A3": "search report", "A4": "application"},
    "US": {"A": "grant", "A1": "application", "A2": "application", "H": "statutory invention"},
    "JP": {"B1": "grant", "B2": "grant"},
    "DE": {"B3": "grant", "B4": "grant", "C": "grant", "C1": "grant", "C2": "grant", "C5": "grant"},
    "CN": {"C": "grant"},
    "CA": {"A1": "application", "C": "grant"},
    "RU": {"C1": "grant", "C2": "grant"},
}
_CORRECTIONS = re.compile(r"(?:EP|WO)[AB][89]|USA9|DE[ABC][89]")


def legal_kind(country: str, kind: str) -> str | None:
    """One of `ingest.facts.LEGAL_KINDS`; None where the code alone does not tell.

    country: WIPO ST.3; kind: as printed ("B1").

    >>> legal_kind("EP", "A3"), legal_kind("EP", "B9"), legal_kind("US", "A"), legal_kind("ES", "A")
    ('search report', 'correction', 'grant', None)
    """
    if _CORRECTIONS.fullmatch(country + kind):
        return "correction"
    own = _OWN.get(country, {}).get(kind)
    if own is not None:
        return own
    return _by_letter(country, kind[:1])


def _by_letter(country: str, letter: str) -> str | None:
    found = {"U": "utility model", "Y": "utility model", "S": "design"}.get(letter)
    if country == "US":
        found = {"P": "plant", "E": "reissue", "S": "design"}.get(letter)
    if found is None and letter == "A" and country in _UNEXAMINED:
        found = "application"
    if found is None and letter == "B" and country in _GRANTING:
        found = "grant"
    if found is None and letter == "T" and country in ("DE", "ES", "AT", "DK", "PT", "SI"):
        found = "translation"
    return found
