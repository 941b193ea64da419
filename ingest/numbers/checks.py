"""Arithmetic that offices build into their numbers: check digits, imperial years, short years."""

from __future__ import annotations

from datetime import date

# Year before the first of each Japanese era.
ERAS = {"M": 1867, "T": 1911, "S": 1925, "H": 1988, "R": 2018}


def ep_check_digit(number: str) -> str:
    """The digit after the point of a European application number of eight digits.

    The rule of credit cards (Luhn): every second digit doubled, digits added, up to the next ten.

    >>> ep_check_digit("99403122"), ep_check_digit("18123456")
    ('7', '8')
    """
    doubled = (int(digit) * (1 + place % 2) for place, digit in enumerate(number))
    return str(-sum(value // 10 + value % 10 for value in doubled) % 10)


def cn_check_digit(number: str) -> str:
    """The sign after the point of a Chinese application number of twelve or eight digits.

    Weights 2 to 9 and 2 to 5, modulo 11, X for ten (SIPO standard ZC 0006-2003; the numbers of
    eight digits before October 2003 have weights 2 to 9).

    >>> cn_check_digit("201080063196"), cn_check_digit("201510123456")
    ('9', '1')
    """
    total = sum(int(digit) * (2 + place % 8) for place, digit in enumerate(number))
    return "0123456789X"[total % 11]


def era_year(era: str, year: int) -> int | None:
    """The year of the common era; None where the era had no such year.

    >>> era_year("H", 11), era_year("S", 60), era_year("S", 65)
    (1999, 1985, None)
    """
    last = {"M": 45, "T": 15, "S": 64, "H": 31, "R": 99}
    return ERAS[era] + year if 1 <= year <= last[era] else None


def possible_year(year: int, first: int = 1800) -> bool:
    """Whether a number can have this year: from the first to the next one from today.

    >>> possible_year(2015), possible_year(2099), possible_year(1999, first=2001)
    (True, False, False)
    """
    return first <= year <= date.today().year + 1


def full_year(short: str, first: int = 1978) -> int:
    """Four digits of a year of two. first: the oldest year that can be meant.

    >>> full_year("02"), full_year("99"), full_year("78"), full_year("77")
    (2002, 1999, 1978, 2077)
    """
    year = 1900 + int(short)
    return year if year >= first else year + 100
