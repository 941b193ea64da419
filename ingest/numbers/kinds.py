"""Kind codes (WIPO ST.16) that each office prints or that DOCDB gives to its documents."""

from __future__ import annotations

import re

# A single letter is what older documents and DOCDB have where the level was not told apart.
_KINDS = {
    "US": r"A[1-9]?|B[1-9]?|C\d?|E\d?|F\d?|H\d?|I\d?|J\d?|K\d?|O\d|P[1-9]?|S\d?|X\d",
    "EP": r"A[1-489]?|B[1-389]?",
    "WO": r"A[1-689]?|B1|C[12]",
    "JP": r"A[189]?|B[1-9]?|C|S|T|U[1-9]?|W|X|Y[1-9]?",
    "KR": r"A[89]?|B[1289]?|C\d?|S\d?|U[189]?|Y[1289]?|E\d?|T\d?",
    "CN": r"A[89]?|B[89]?|C|D|K|S[89]?|U[89]?|Y[89]?",
    "DE": r"A[1-9]?|B[1-9]?|C[1-9]?|D[1-9]|E|F|G|I\d|L\d|S|T[1-9]?|U[1-9]?",
    "GB": r"A[1-9]?|B[1-9]?|C\d?|D\d?|E\d?",
    "FR": r"A[1-9]?|B[1-9]?|C\d?|D\d?|E\d?|F\d?|I\d?|M\d?|S\d?",
}
_ANY = re.compile(r"[A-NP-Z]\d?")
_COMPILED = {country: re.compile(pattern) for country, pattern in _KINDS.items()}
# What the series letter of a US document makes of its kind; numbers of years are applications.
_US_SERIES = {"D": "S", "PP": "P", "RE": "E", "H": "H", "T": "IH", "X": "AX", "AI": "I"}


def kind_fits(country: str, kind: str) -> bool:
    """Whether an office's documents can have the kind code; unknown offices have any.

    >>> kind_fits("US", "B2"), kind_fits("US", "Q7"), kind_fits("EP", "U1"), kind_fits("PL", "T3")
    (True, False, False, True)
    """
    return _COMPILED.get(country, _ANY).fullmatch(kind) is not None


def us_kind_fits(prefix: str, published_application: bool, kind: str | None) -> bool:
    """Whether kind and series letter of a US document agree.

    >>> us_kind_fits("D", False, "S1"), us_kind_fits("D", False, "B2"), us_kind_fits("", True, "B1")
    (True, False, False)
    """
    if kind is None:
        return True
    if published_application:
        return kind[0] in "AP"
    if not prefix and kind[0] == "A":
        return kind == "A"
    # C and F: certificates of re-examination and of review belong to every kind of patent.
    return kind[0] in _US_SERIES.get(prefix, "ABCFJK") + "CFJK"
