"""One reading of a number, and what is common to the rules of all offices."""

from __future__ import annotations

import re
from dataclasses import dataclass

APPLICATION = "application"
PUBLICATION = "publication"
# First years that a number can name: the PCT's first publications; US publications of applications.
PCT_START, US_PUBLICATION_START = 1978, 2001
# Series codes of US applications (MPEP 503): non-provisional since 1960, design, Hague design,
# provisional, re-examination and supplemental examination.
US_SERIES = frozenset(
    "05 06 07 08 09 10 11 12 13 14 15 16 17 18 19 29 35 60 61 62 63 64 90 95 96".split()
)


@dataclass(frozen=True)
class Reading:
    """What a text means as a number of one office.

    reason: why it is no number, or why it is ambiguous. own: the canonical form where it is not
    country, number and kind in a row.
    """

    country: str
    number: str = ""
    kind: str | None = None
    type: str | None = PUBLICATION
    ambiguous: bool = False
    candidates: tuple[str, ...] = ()
    reason: str | None = None
    own: str | None = None
    valid: bool = True

    @property
    def canonical(self) -> str:
        """The one way that we write it."""
        return self.own or f"{self.country}{self.number}{self.kind or ''}"


@dataclass(frozen=True)
class Given:
    """A number cut into its parts, before an office's rules are applied.

    core: digits with their "-", "/" and "."; check: the sign after a last point;
    type: PUBLICATION or APPLICATION where the words around it say so.
    """

    core: str
    kind: str | None = None
    check: str | None = None
    type: str | None = None

    @property
    def plain(self) -> str:
        """The core without separators."""
        return re.sub(r"[^0-9A-Z]", "", self.core)


def refused(country: str, reason: str) -> Reading:
    """A text that has the office's name and is none of its numbers."""
    return Reading(country, type=None, reason=reason, valid=False)


def application(country: str, number: str, own: str | None = None) -> Reading:
    """An application number that looks like no publication of its office."""
    return Reading(country, number, type=APPLICATION, own=own)


def filed_or_published(country: str, number: str, given: Given) -> Reading:
    """A number that the office gives to an application and to another publication alike."""
    if given.kind is not None or given.type is not None:
        return Reading(country, number, given.kind, given.type or PUBLICATION)
    return Reading(
        country,
        number,
        type=None,
        ambiguous=True,
        reason="an application and a publication can both have this number; a kind code decides",
    )
