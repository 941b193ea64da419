"""One cell of an export: several names, numbers, dates or symbols in it, as services write them."""

from __future__ import annotations

import html
import math
import re
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from ingest.facts import Priority, Reference
from ingest.numbers import parse_number
from ingest.readers.bibliography import iso_date, unique, written_date
from ingest.text import one_line

_ENTITY = re.compile(r"&(?:amp|lt|gt|quot|apos|nbsp|#\d{1,6}|#x[0-9a-fA-F]{1,5});")
# "Samsung SDI Co., Ltd." is one name, so a comma never parts two of them.
_BETWEEN = re.compile(r"\n|\||;")
_BEFORE_NUMBER = re.compile(r",?\s+(?=(?:[A-Z]{2}|PCT)[\s/-]?\d)|,\s*(?=[A-Z]{2}\d)")
# Espacenet's country of residence, Lens.org's day of an assignment.
_ASIDE = re.compile(r"\s*(?:\[[A-Z]{2}\]|\(\d{4}-\d{2}-\d{2}\))$")
_TAG = re.compile(
    r"</?(?:p|b|i|u|em|strong|span|div|br|sub|sup|heading|para)(?:\s[^<>]*)?/?>", re.IGNORECASE
)
_SYMBOL = re.compile(r"\b([A-HY]\d{2}[A-Z])(?:[\s-]*0*(\d{1,4})\s*/\s*|(\d{4}))(\d{2,6})(?!\d)")
_ET_AL = re.compile(r"(?<![\s,;])[\s,;]*+\bet\.?\s+al\b\.?\s*$", re.IGNORECASE)
_COMMA_BETWEEN_PERSONS = re.compile(
    r",(?!\s*(?:jr|sr|ii|iii|iv|ph\.?d|inc|ltd|llc|co|corp|gmbh|ag|s\.a)\b)\s*", re.IGNORECASE
)
_SLASHED = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
_FILED_WITH_DATE = re.compile(r"^(.*?\d[^\s]*(?: [A-Z]\d?)?)\s+\(?(\d{4}-\d{2}-\d{2}|\d{8})\)?$")
_APPLICATION = re.compile(
    r"^(?P<country>[A-Z]{2})[\s-]?(?P<number>.*?\d)[\s-]?(?P<kind>[A-Z]\d?)?$"
)
_TEXT_KEYS = ("text", "name", "value", "code", "symbol", "title", "number")
_DEEPEST = 8
_LONGEST_NUMBER = 200  # of an application, with all that stands around it


def texts(value: Any, depth: int = 0) -> list[str]:
    """The texts in a JSON value: never "None" or "['a']"; what holds no text gives none.

    >>> texts(["a", None, {"text": "b", "language": "en"}, 7, True, [["c"]]])
    ['a', 'b', '7', 'c']
    """
    if isinstance(value, str):
        return [value] if value.strip() else []
    if isinstance(value, bool) or value is None or depth > _DEEPEST:
        return []
    if isinstance(value, int | float):
        return [] if isinstance(value, float) and not math.isfinite(value) else [f"{value}"]
    if isinstance(value, list):
        return [text for entry in value for text in texts(entry, depth + 1)]
    if isinstance(value, dict):
        return next((t for key in _TEXT_KEYS if (t := texts(value.get(key), depth + 1))), [])
    return []


def plain_markup(text: str) -> str:
    """Text without the HTML that some services leave in it; a power of ten stays one.

    >>> plain_markup("<p>LiNi<sub>0.8</sub>O<sub>2</sub> at 10<sup>-3</sup> &lt; x<y</p>")
    'LiNi0.8O2 at 10^-3 < x<y'
    """
    if _TAG.search(text):
        text = re.sub(r"(?i)(?<=\d)<sup>(?=\s*[^\s<])", "^", text)
        text = re.sub(r"(?i)<br\s*/?>|</(?:p|div|heading|para)>", "\n", text)
        text = _TAG.sub("", text).strip()
    return html.unescape(text) if _ENTITY.search(text) else text


def names(cell: str) -> tuple[str, ...]:
    r"""The names in a cell, without repetitions.

    >>> names("SAMSUNG SDI CO., LTD.;;BASF SE"), names("KIM MIN [KR]\nLEE JUN [KR]")
    (('SAMSUNG SDI CO., LTD.', 'BASF SE'), ('KIM MIN', 'LEE JUN'))
    >>> names("Kim; Min-su et al.")
    ('Kim; Min-su',)
    """
    if (plain := _ET_AL.sub("", cell)) != cell and plain.count(";") == 1:
        return (one_line(plain),)  # The USPTO's search prints the first one as "Kim; Min-su".
    return unique(_ASIDE.sub("", one_line(name)).strip() for name in pieces(plain))


def persons(cell: str) -> tuple[str, ...]:
    """The persons of a cell in which commas part them, as in Google Patents' exports.

    >>> persons("Min Kim, John Smith, Jr., Jun Lee")
    ('Min Kim', 'John Smith, Jr.', 'Jun Lee')
    """
    return unique(one_line(name) for name in _COMMA_BETWEEN_PERSONS.split(_ET_AL.sub("", cell)))


def pieces(cell: str) -> Iterator[str]:
    """The values of a cell: between ";;" where there are such, else lines, bars and semicolons."""
    plain = html.unescape(cell) if _ENTITY.search(cell) else cell
    parts = plain.split(";;") if ";;" in plain else _BETWEEN.split(plain)
    return (part.strip() for part in parts if part.strip())


def written_numbers(cell: str) -> list[str]:
    r"""The publication or application numbers in a cell, as written.

    >>> written_numbers("EP3456789A1 \nUS2019012345A1"), written_numbers("US 8,930,553 B2")
    (['EP3456789A1', 'US2019012345A1'], ['US 8,930,553 B2'])
    """
    found = []
    for piece in pieces(cell):
        found += [one_line(one).strip(" ,") for one in _BEFORE_NUMBER.split(piece)]
    return [one for one in found if one]


def publication(text: str, country: str = "", kind: str = "") -> str | None:
    """Canonical number of a publication, with the help of its row's country and kind code.

    >>> publication("US2019012345 (A1)"), publication("10,123,456", "US", "B2")
    ('US20190012345A1', 'US10123456B2')
    >>> publication("10,123,456")
    """
    plain = one_line(re.sub(r"[()]", " ", text))
    if not plain:
        return None
    bare = not re.search(r"\d\s*-?\s*[A-Z]\d?$", plain.upper())
    with_kind = f"{plain} {kind}" if kind and bare else plain
    named = parse_number(with_kind) or parse_number(plain)
    return named or (parse_number(f"{country}{with_kind}") if country else None)


def symbols(cell: str) -> tuple[str, ...]:
    """The CPC or IPC symbols in a cell, however they are parted and filled up with zeros.

    Without a stroke the group is certain only where zeros fill it, in one symbol of the cell.

    >>> symbols("H01M 4/525 (2010.01); H01M10/0525, Y02E 60/10")
    ('H01M4/525', 'H01M10/0525', 'Y02E60/10')
    >>> symbols("H01M-004/525"), symbols("H01M0004525 | H01M00100525"), symbols("G06F216218")
    (('H01M4/525',), ('H01M4/525', 'H01M10/0525'), ())
    """
    found = _SYMBOL.findall(cell)
    filled = any(group.startswith("0") for _, _, group, _ in found)
    return unique(
        f"{subclass}{(group or unparted).lstrip('0')}/{subgroup}"
        for subclass, group, unparted, subgroup in found
        if (group or unparted).strip("0") and (group or filled)
    )


def docdb_family(text: str) -> str | None:
    """Key of a DOCDB simple family; services differ in the zeros before its number.

    >>> docdb_family("062222222"), docdb_family("62222222"), docdb_family("0")
    ('DOCDB62222222', 'DOCDB62222222', None)
    """
    number = one_line(text).lstrip("0")
    return f"DOCDB{number}" if re.fullmatch(r"\d{5,12}", number) else None


def day(cell: str) -> str | None:
    """The date in a cell; None where it holds none, or several, or could be read in two ways.

    >>> day("2019-03-01T00:00:00Z"), day("01.03.2019"), day("2019/3/1"), day("25/12/2019")
    ('2019-03-01', '2019-03-01', '2019-03-01', '2019-12-25')
    >>> day("03/04/2019"), day("0"), day("2019")
    (None, None, None)
    """
    text = one_line(cell).strip(" ()")
    text = re.sub(
        r"[T ]\d{1,2}:\d{2}(?::\d{2})?(?:\.\d+)?\s*(?:Z|UTC|[+-]\d{2}:?\d{2})?$", "", text
    )
    if match := re.fullmatch(
        r"(\d{4})\s*[-/.年년]\s*(\d{1,2})\s*[-/.月월]\s*(\d{1,2})\s*[.日일]?", text
    ):
        return _real_day(match[1], match[2], match[3])
    if match := re.fullmatch(r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})", text):
        return _real_day(match[3], match[2], match[1])
    if match := _SLASHED.fullmatch(text):
        first, second = int(match[1]), int(match[2])
        if first > 12 or first == second:
            return _real_day(match[3], match[2], match[1])
        return _real_day(match[3], match[1], match[2]) if second > 12 else None
    return written_date(text) or iso_date(text)


def days(cell: str) -> list[str | None]:
    """The dates in a cell, None for those that cannot be read."""
    found = [day(piece) for piece in pieces(cell)]
    if found == [None]:  # Espacenet parts dates by blanks, too.
        found = [day(piece) for piece in cell.split()] if len(cell.split()) > 1 else found
        return found if all(found) else [None]
    return found


def _real_day(year: str, month: str, of_month: str) -> str | None:
    try:
        return date(int(year), int(month), int(of_month)).isoformat()
    except ValueError:
        return None


def cell_text(value: object) -> str:
    """A spreadsheet's value as text: dates as ISO, numbers without what arithmetic adds to them.

    >>> cell_text(0.1 + 0.2), cell_text(5.0), cell_text(datetime(2019, 3, 1)), cell_text(None)
    ('0.3', '5', '2019-03-01', '')
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float):
        return f"{value:.15g}" if math.isfinite(value) else ""
    if isinstance(value, datetime):
        midnight = (value.hour, value.minute, value.second, value.microsecond) == (0, 0, 0, 0)
        return value.date().isoformat() if midnight else value.isoformat(" ", "seconds")
    return value.isoformat() if isinstance(value, date) else str(value)


def filed(text: str, dated: str | None = None) -> tuple[Priority, str] | None:
    """An application as (country, number, date), with DOCDB's kind; None without a country.

    >>> filed("US 201562165373 P", "2015-05-21")
    (Priority(country='US', number='201562165373', date='2015-05-21'), 'P')
    >>> filed("PCT/KR2015/001234")[0].country
    'WO'
    """
    plain = one_line(text)
    if len(plain) > _LONGEST_NUMBER:
        return None
    if match := _FILED_WITH_DATE.match(plain):
        plain, dated = match[1], day(match[2]) or dated
    if plain.upper().startswith("PCT"):
        return Priority("WO", plain, dated), ""
    match = _APPLICATION.match(plain.upper())
    if match is None or not re.search(r"\d{2}", match["number"]):
        return None
    kind = match["kind"] or ""
    country = "WO" if kind == "W" else match["country"]
    number = match["country"] + match["number"] if kind == "W" else match["number"]
    return Priority(country, number, dated), kind


def cited_patents(cell: str, cited_by: str | None = None) -> list[Reference]:
    """The patents named in a cell; what is none of them is not cited as one."""
    found = []
    for written in written_numbers(cell):
        number = publication(written)
        if number is not None:
            found.append(Reference(number, written, "patent", cited_by))
    return found
