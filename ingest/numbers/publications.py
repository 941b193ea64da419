"""Patent numbers as people, offices and databases write them, read into one canonical form.

The conventions are in docs/numbers.md; each office's rules are in ingest.numbers.offices.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from ingest.numbers.bare import read_bare
from ingest.numbers.offices import OFFICES, read_office
from ingest.numbers.reading import APPLICATION, PUBLICATION, Given, Reading
from ingest.numbers.text import cut, fold, links, pieces

_SEPARATORS = re.compile(r"[\s,./\-]+")
_KIND = re.compile(r"(?<=\d)[A-Z]\d?$")


@dataclass(frozen=True)
class PatentNumber:
    """A text read as a patent number; all but the input is None where it is none.

    country: WIPO ST.3; number: digits with the letters that belong to them ("RE45678"); kind:
    WIPO ST.16, only where it is written or certain; type: "publication" or "application", None
    where either can be meant; candidates: canonical forms that an ambiguous text can mean;
    reason: why it is ambiguous or no number.
    """

    input: str
    country: str | None = None
    number: str | None = None
    kind: str | None = None
    canonical: str | None = None
    ambiguous: bool = False
    valid: bool = False
    type: str | None = None
    candidates: tuple[str, ...] = ()
    reason: str | None = None

    def to_dict(self) -> dict[str, str | bool | list[str] | None]:
        """The JSON of the contract, with `type`, `candidates` and `reason` added."""
        values = dict(vars(self))
        values["candidates"] = list(self.candidates)
        return values


def read_number(text: str) -> PatentNumber:
    """Reads one patent number in full; never raises.

    >>> read_number("US 10,123,456 B2").canonical, read_number("WO02/12345").canonical
    ('US10123456B2', 'WO2002012345')
    >>> bare = read_number("10123456")
    >>> bare.canonical, bare.ambiguous, bare.candidates
    ('US10123456', True, ('US10123456', 'EP10123456', 'DE10123456'))
    >>> read_number("claim 12").valid
    False
    """
    reading, _ = _read(text)
    if reading is None or not reading.valid:
        return PatentNumber(text, reason=_why_not(text, reading))
    usual = None if reading.candidates and not reading.country else reading.canonical
    return PatentNumber(
        input=text,
        country=reading.country or None,
        number=reading.number or None,
        kind=reading.kind,
        canonical=usual if reading.number else None,
        ambiguous=reading.ambiguous,
        valid=True,
        type=reading.type,
        candidates=reading.candidates,
        reason=reading.reason,
    )


def canonical_number(country: str, number: str, kind: str | None = None) -> str:
    """The canonical form of a publication whose parts a file names; never refuses.

    Where the office's rules do not know the number it is country, digits and kind in a row.

    >>> canonical_number("US", "08,930,553", "B2"), canonical_number("US", "2004137729", "A1")
    ('US8930553B2', 'US20040137729A1')
    >>> canonical_number("EP", "430402", "B2"), canonical_number("WO", "02020444")
    ('EP0430402B2', 'WO2002020444')
    """
    country, kind = country.strip().upper(), (kind or "").strip().upper()
    digits = _SEPARATORS.sub("", number).upper().removeprefix(country)
    given = cut(digits + kind)
    reading = read_office(country, given) if kind == (given.kind or "") else None
    if reading is None or not reading.valid or reading.type == APPLICATION or not reading.number:
        return f"{country}{digits.lstrip('0')}{kind}"
    return reading.canonical


def parse_number(text: str) -> str | None:
    """The canonical form if the text is a publication's number and names its country, else None.

    >>> parse_number("US-2004137729-A1"), parse_number("ep 1 271 392 a1"), parse_number("USD43585S")
    ('US20040137729A1', 'EP1271392A1', 'USD43585S')
    >>> parse_number("R-014"), parse_number("MED-2427"), parse_number("10123456")
    (None, None, None)
    """
    reading, named = _read(text)
    if reading is None or not named or not reading.valid or reading.type == APPLICATION:
        return None
    return reading.canonical


def number_key(text: str) -> str:
    """What two spellings of one publication have in common, whatever the kind code.

    The kind stays where the office counts kinds apart: JPH0612345A is no earlier JPH0612345B.
    A text that is none, or could be of several offices, is its own key.

    >>> number_key("US 2016/0336597 A1") == number_key("us20160336597")
    True
    >>> number_key("10123456") == number_key("US 10,123,456 B2")
    True
    >>> number_key("R-014")
    'R014'
    """
    read = read_number(text)
    if read.canonical is None:
        return _SEPARATORS.sub("", text).upper()
    if read.type == APPLICATION:
        # Its digits can be those of another patent's publication.
        return f"APPLICATION {read.canonical}"
    if read.kind is None:
        return read.canonical
    return _KIND.sub("", read.canonical) + _series(read)


def _series(read: PatentNumber) -> str:
    """What tells apart two publications of one number; empty for the usual series.

    JPO: applications (A, T, W), examined ones (B until 1996), utility models (U, Y) and designs
    have numbers of their own; registered patents have no year. CN: grants (B, C) and published
    applications (A) of seven digits.
    """
    kind, number = (read.kind or "")[:1], read.number or ""
    if read.country == "JP":
        registered = number.isdigit() and len(number) <= 7
        return "" if kind in ("BC" if registered else "ATWP") else f" {kind}"
    if read.country == "CN" and len(number) == 7 and kind in ("B", "C"):
        return " C"
    return ""


def _why_not(text: str, reading: Reading | None) -> str:
    if reading is not None and reading.reason:
        return reading.reason
    parts = pieces(text)
    several = parts and all((one := _read(part)[0]) is not None and one.valid for part in parts)
    return "several numbers; write one" if several else "not a patent number"


def _read(text: str) -> tuple[Reading | None, bool]:
    """The reading, and whether the text names the country."""
    found = [_read_one(piece) for piece in links(text)]
    valid = [one for one in found if one[0] is not None and one[0].valid]
    # A piece that names its country is surer than one of digits.
    return next(iter(sorted(valid, key=lambda one: not one[1])), None) or _read_one(text)


def _read_one(text: str) -> tuple[Reading | None, bool]:
    folded = fold(text)
    if folded is None or not re.search(r"\d", folded.body) or not folded.body.isascii():
        return None, False
    body, country = folded.body, folded.country
    if re.match(r"PCT[-/]?(?!WO)[A-Z]{2}", body):
        return read_office("WO", cut(body)), True
    prefix = re.match(r"([A-Z]{2})[-/.:]?(?=[A-Z0-9])", body)
    if prefix and prefix[1] in OFFICES and (country in (None, prefix[1]) or country == "WO"):
        body, country = body[prefix.end() :], prefix[1]
    given = cut(body)
    # A kind code beats words: "Patent Application DE 10 2015 123 456 A1" is a publication.
    printed = given.kind is not None and given.kind not in ("P", "W", "X")
    kind_of = PUBLICATION if printed else folded.type
    given = Given(given.core, given.kind or folded.kind, given.check, kind_of)
    if country == "JP" and (marked := re.fullmatch(r"([AU])[-]?(\d.*)", given.core)):
        # JP-A-2015-123456: the kind stands before the number.
        given = Given(marked[2], given.kind or marked[1], given.check, given.type)
    if country is not None:
        return read_office(country, given), True
    return read_bare(given), False
