"""Forms that facts have in all formats of the USPTO: symbols, kinds, names, families, citations."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from ingest.facts import DocumentFacts, Priority, Reference, Title
from ingest.numbers import canonical_number
from ingest.numbers.applications import application_key
from ingest.readers.bibliography import iso_date, unique
from ingest.text import one_line

# Kind codes of the office (https://www.uspto.gov/patents/search/authority-files/
# uspto-kind-codes); publications of plants and A9 corrections are applications of their kind.
_BY_KIND = {
    "A": "grant", "A1": "application", "A2": "application", "A9": "application",
    "B1": "grant", "B2": "grant", "E": "reissue", "E1": "reissue", "H": "statutory invention",
    "H1": "statutory invention", "P": "plant", "P1": "plant", "P2": "plant", "P3": "plant",
    "P4": "plant", "P9": "plant", "S": "design", "S1": "design",
}  # fmt: skip
_BY_TYPE = {
    "design": "design",
    "plant": "plant",
    "reissue": "reissue",
    "sir": "statutory invention",
    "statutory-invention-registration": "statutory invention",
}
_SYMBOL = re.compile(r"([A-HY]\d{2}[A-Z])\s*0*(\d{1,4})\s*/\s*(\d{2,6})(?!\d)")
# The main group right-aligned in three places, then the subgroup: "B60R  900", "A61K 31505".
_PACKED = re.compile(r"([A-H]\d{2}[A-Z])([ \d]{2}\d)(\d{2,4})")
_KIND = re.compile(r"[A-Z]\d?")
_SERIAL = re.compile(r"(\d{2})/?(\d{3}),?(\d{3})")


def us_legal_kind(kind: str, filing_type: str = "", granted: bool = False) -> str | None:
    """One of LEGAL_KINDS by kind code ("B2"), else by the type that was filed ("utility").

    >>> us_legal_kind("S1"), us_legal_kind("", "plant"), us_legal_kind("", "utility", True)
    ('design', 'plant', 'grant')
    """
    if kind in _BY_KIND:
        return _BY_KIND[kind]
    filed = filing_type.strip().lower()
    if filed in _BY_TYPE:
        return _BY_TYPE[filed]
    return ("grant" if granted else "application") if filed == "utility" else None


def us_symbol(text: str) -> str:
    """A CPC or IPC symbol as the office wrote it in any year, normalised; "" for anything else.

    >>> us_symbol("G06F015/16"), us_symbol("G06F  728"), us_symbol("H01M4/525 20130101")
    ('G06F15/16', 'G06F7/28', 'H01M4/525')
    >>> us_symbol("1402")  # a Locarno class
    ''
    """
    text = text.strip("\r\n\t")
    if match := _SYMBOL.match(text.strip()):
        return f"{match[1]}{match[2]}/{match[3]}"
    match = _PACKED.match(text)
    return f"{match[1]}{int(match[2])}/{match[3]}" if match else ""


def turned_name(name: str) -> str:
    """A name with the given names first, where the file has them behind a semicolon.

    >>> turned_name("Miller, Jr.; George H."), turned_name("Halvorne AS")
    ('George H. Miller, Jr.', 'Halvorne AS')
    """
    family, semicolon, given = one_line(name).partition(";")
    return one_line(f"{given} {family}") if semicolon else family


def us_priority(country: str, number: str, date: str | None) -> Priority:
    """A filing whose date is claimed. International ones count as those of WIPO.

    >>> us_priority("US", "PCT/NO98/00107", "1998-04-02").country
    'WO'
    """
    number = one_line(number)
    return Priority("WO" if number.upper().startswith("PCT") else country or "US", number, date)


def cited_patent(country: str, number: str, kind: str = "", by: str | None = None) -> Reference:
    """A cited patent. number: as typed, with the country in front of it or not.

    >>> cited_patent("WO", "WO 2018/097796").number, cited_patent("US", "D. 271298").number
    ('WO2018097796', 'USD271298')
    """
    country, number, kind = (one_line(part).upper() for part in (country, number, kind))
    kind = kind if _KIND.fullmatch(kind) else ""
    text = " ".join(filter(None, [country, number, kind]))
    own = re.sub(r"[^0-9A-Z]", "", number.removeprefix(country))
    if not re.fullmatch(r"[A-Z]{2}", country) or not re.fullmatch(r"[A-Z]{0,2}\d{3,}[A-Z]?", own):
        return Reference(None, text, cited_by=by)
    typed = number.removeprefix(country).strip(" .")
    typed = re.sub(r"^([A-Z]{1,2})[. ]+(?=\d)", r"\1", typed)
    return Reference(canonical_number(country, typed, kind), text, cited_by=by)


def cited_by(words: str) -> str | None:
    """Who cites, from the words of the file.

    >>> cited_by("cited by examiner"), cited_by("cited by other"), cited_by("")
    ('examiner', 'other', None)
    """
    return one_line(words).lower().removeprefix("cited by ").strip() or None


def with_family(facts: DocumentFacts) -> DocumentFacts:
    """The facts with what follows from others: parties, titles, earliest date, family.

    Without a claimed priority the own filing is the priority (Paris Convention, article 4),
    if it is known by its number.
    """
    own = Priority(facts.country or "US", facts.application_number or "", facts.filing_date)
    known = facts.priorities or ((own,) if own.number else ())
    first = min((p for p in known if p.date), key=lambda p: p.date or "", default=None)
    # A claim without a date may be the earliest of all.
    certain = first if first and all(p.date for p in known) else None
    family = application_key(certain.country, certain.number, certain.date) if certain else None
    return replace(
        facts,
        parties=unique([*facts.applicants, *facts.assignees]),
        titles=(Title(facts.language, facts.title),) if facts.title else (),
        priority_date=first.date if first else None,
        family=family,
    )


def us_application_number(text: str) -> str | None:
    """Series and serial number in eight digits, or as the file writes it where it is none.

    >>> us_application_number("17/452,708"), us_application_number("")
    ('17452708', None)
    """
    text = re.sub(r"\s", "", text)
    match = _SERIAL.fullmatch(text)
    return f"{match[1]}{match[2]}{match[3]}" if match else text or None


def us_priorities(filings: Iterable[tuple[str, str, str]]) -> tuple[Priority, ...]:
    """(country, number, date as eight digits) of filings, without repetitions and blanks."""
    found = [us_priority(one_line(c), n, iso_date(d)) for c, n, d in filings if one_line(n)]
    return tuple(dict.fromkeys(found))
