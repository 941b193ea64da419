"""Dates and priority claims as patent offices print them, several languages and eras."""

from __future__ import annotations

import re
from datetime import date

from ingest.facts import Priority
from ingest.numbers.offices import OFFICES

# Japanese years: the first of each era (元年) is the year given here plus one.
_ERAS = {"昭和": 1925, "平成": 1988, "令和": 2018}
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan januar janv", "feb februar fevr févr", "mar mär märz mars", "apr avr avril",
            "may mai", "jun juni juin", "jul juli juil juillet", "aug august aout août", "sep sept",
            "oct okt oktober", "nov", "dec dez dezember",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
_DATE = re.compile(
    r"(?P<era>昭和|平成|令和)\s*(?P<eyear>\d{1,2}"
    r"|元)\s*年\s*(?P<em>\d{1,2})\s*月\s*(?P<ed>\d{1,2})\s*日"
    r"|(?P<cy>\d{4})\s*[年년]\s*(?P<cm>\d{1,2})\s*[月월]\s*(?P<cd>\d{1,2})\s*[日일]"
    r"|(?<![\d./-])(?P<iy>(?:19|20)\d{2})[-.](?P<im>\d{1,2})[-.](?P<id>\d{1,2})(?![\d/-])"
    r"|(?<![\d./-])(?P<dd>\d{1,2})\.(?P<dm>\d{1,2})\.(?P<dy>(?:19|20)\d{2})(?!\d)"
    r"|\b(?P<um>[A-Z][a-z]{2,8})\.? (?P<ud>\d{1,2}), ?(?P<uy>(?:19|20)\d{2})\b"
    r"|\b(?P<gd>\d{1,2})\.? (?P<gm>[A-Za-zûéä]{3,9})\.? (?P<gy>(?:19|20)\d{2})\b"
)
_TOKEN = re.compile(
    r"\x01(?P<date>[\d-]+)\x02|(?<![A-Z])(?P<country>[A-Z]{2})(?![A-Z\d])"
    r"|(?P<number>(?:PCT/[A-Z]{2}/?)?(?:特願\s*)?P?\d[\d/,.\-]*(?: ?\d[\d/,.\-]*)*(?:[. ]?[XP]\b)?)"
)


def first_date(text: str) -> str | None:
    """ISO date of the first date; None where a second form of it in brackets says otherwise.

    >>> first_date("平成19年6月28日(2007.6.28)"), first_date("20.03.2019 Bulletin 2019/12")
    ('2007-06-28', '2019-03-20')
    >>> first_date("平成9年6月28日(2007.6.28)"), first_date("03/04/2019")
    (None, None)
    """
    found = list(_DATE.finditer(text))
    if not found:
        return None
    first = _iso(found[0])
    again = found[1] if len(found) > 1 else None
    if again and re.fullmatch(r"\s*\(\s*", text[found[0].end() : again.start()]):
        return first if _iso(again) == first else None
    return first


def dates(text: str) -> list[str]:
    """All real days of a text, in its order.

    >>> dates("14. Mai 2015 and Feb. 30, 2016")
    ['2015-05-14']
    """
    return [found for found in map(_iso, _DATE.finditer(text)) if found]


def priorities(text: str) -> tuple[Priority, ...]:
    """The claims of field (30): number, date and country, in whatever order the office has them.

    Nothing is returned where they cannot be told apart.

    >>> priorities("Nov. 23, 2018 (JP) ........ 2018-218951")
    (Priority(country='JP', number='2018-218951', date='2018-11-23'),)
    >>> priorities("10-2023-0147281 2023년 10월 30일 (30.10.2023) KR")
    (Priority(country='KR', number='10-2023-0147281', date='2023-10-30'),)
    """
    marked = _DATE.sub(lambda match: f"\x01{_iso(match) or ''}\x02", text)
    marked = re.sub(r"(\x01[\d-]+\x02)\s*\(?\s*\1\)?", r"\1", marked)
    # Japanese and Korean prints repeat or mark the number: (P2017-015678), JP-P-2017-015678.
    marked = re.sub(r"\.{2,}|\(P[\d-]+[A-Z]?\)|\b[A-Z]{2}-P-(?=\d)|\*", " ", marked)
    tokens: list[tuple[str, str]] = []
    for match in _TOKEN.finditer(marked):
        kind, value = str(match.lastgroup), match[0].strip("\x01\x02 .,-")
        if kind == "country" and value not in OFFICES:
            continue
        if tokens and kind == "country" and tokens[-1] == (kind, value):
            continue
        value = re.sub(r"(?<=\d)\s*P$", "", value) if kind == "number" else value
        tokens.append((kind, value))
    groups = [dict(tokens[at : at + 3]) for at in range(0, len(tokens), 3)]
    if any(len(group) != 3 for group in groups):
        return ()
    return tuple(
        Priority(group["country"], "".join(group["number"].split()), group["date"])
        for group in groups
    )


def us_parents(text: str) -> list[Priority]:
    """Earlier US and PCT applications named in (60) to (63) with their filing dates.

    >>> us_parents("Provisional application No. 62/123,456, filed on Jan. 5, 2018.")
    [Priority(country='US', number='62/123,456', date='2018-01-05')]
    """
    pattern = re.compile(
        r"(?:No\.|Nos\.|application) ?(PCT/[A-Z]{2}\d{2,4}/\d{5,6}|\d{2}/\d{3},\d{3}),? filed "
        r"(?:on|as application No\. \S+ on) "
        r"([A-Z][a-z]{2,8}\.? \d{1,2}, ?\d{4})"
    )
    found = []
    for number, day in pattern.findall(text):
        country = "WO" if number.startswith("PCT") else "US"
        found.append(Priority(country, number, first_date(day)))
    return found


def _iso(match: re.Match[str]) -> str | None:
    parts = match.groupdict()
    if parts["era"]:
        years = 1 if parts["eyear"] == "元" else int(parts["eyear"])
        return _day(_ERAS[parts["era"]] + years, parts["em"], parts["ed"])
    for year, month, day in (("cy", "cm", "cd"), ("iy", "im", "id"), ("dy", "dm", "dd")):
        if parts[year]:
            return _day(int(parts[year]), parts[month], parts[day])
    for year, month, day in (("uy", "um", "ud"), ("gy", "gm", "gd")):
        if parts[year]:
            return _day(int(parts[year]), _month(parts[month]), parts[day])
    return None


def _month(name: str) -> int:
    name = name.lower()
    return _MONTHS.get(name) or _MONTHS.get(name[:3], 0)


def _day(year: int, month: str | int, day: str | int) -> str | None:
    try:
        return date(year, int(month), int(day)).isoformat()
    except ValueError:
        return None
