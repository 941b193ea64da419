"""Forms that bibliographic facts have in every office's files: dates and symbols."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime

_SYMBOL = re.compile(r"^([A-HY]\d{2}[A-Z])\s*(\d{1,4})\s*/\s*(\d{2,6})")


def iso_date(text: str) -> str | None:
    """ISO date of eight digits or of an ISO date; None for anything that is no real day.

    >>> iso_date("20190301"), iso_date("2019-03-01"), iso_date("20190000")
    ('2019-03-01', '2019-03-01', None)
    """
    digits = text.strip().replace("-", "")
    if not re.fullmatch(r"\d{8}", digits):
        return None
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:])).isoformat()
    except ValueError:
        return None


def written_date(text: str) -> str | None:
    """ISO date of a date as people write it; None where the reading would be a guess.

    >>> written_date("14 May 2019"), written_date("Nov. 7, 2019"), written_date("03/04/2019")
    ('2019-05-14', '2019-11-07', None)
    """
    plain = re.sub(r"[.,]", " ", text).split()
    for form in ("%Y-%m-%d", "%d %B %Y", "%d %b %Y", "%B %d %Y", "%b %d %Y", "%Y %m %d"):
        try:
            return datetime.strptime(" ".join(plain), form).date().isoformat()
        except ValueError:
            continue
    return iso_date(text)


def symbol(section: str, klass: str, subclass: str, group: str, subgroup: str) -> str:
    """A CPC or IPC symbol without blanks.

    >>> symbol("H", "01", "M", "4", "525")
    'H01M4/525'
    """
    return f"{section}{klass}{subclass}{group}/{subgroup}" if section and group else ""


def written_symbol(text: str) -> str:
    """The symbol at the start of a text, without blanks; "" if there is none.

    >>> written_symbol("H01M   4/525       20100101AFI")
    'H01M4/525'
    """
    match = _SYMBOL.match(text.strip())
    return f"{match[1]}{match[2]}/{match[3]}" if match else ""


def unique(values: Iterable[str]) -> tuple[str, ...]:
    """The values in order, without repetitions and empty ones.

    >>> unique(["a", "", "b", "a"])
    ('a', 'b')
    """
    return tuple(dict.fromkeys(value for value in values if value))
