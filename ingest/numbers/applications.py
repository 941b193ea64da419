"""One key for one application, however the office, the EPO's databases or a print write it.

Only what is certain is merged: a number of no known convention is its country and its own letters
and digits. The conventions are listed in docs/numbers.md.
"""

from __future__ import annotations

import re
import unicodedata

from ingest.numbers.application_rules import (
    Filed,
    china,
    germany,
    japan,
    korea,
    netherlands,
    pct,
    short_year,
    swiss,
    taiwan,
)
from ingest.numbers.application_us import united_states
from ingest.numbers.checks import ep_check_digit

_RULES = {
    "US": united_states,
    "EP": lambda filed: _europe(filed),
    "JP": japan,
    "KR": korea,
    "CN": china,
    "DE": germany,
    "CH": swiss,
    "NL": netherlands,
    "TW": taiwan,
    "GB": short_year,
    "FR": short_year,
    "SE": short_year,
}


def application_key(
    country: str, number: str, date: str | None = None, kind: str | None = None
) -> str | None:
    """The key of an application; None where there is no number.

    country: WIPO ST.3, also "WO", "IB" or "PCT" for international applications.
    date: the ISO date of filing, where the source has one; short forms need it.
    kind: DOCDB's kind of application ("A", "P", "U", "W"), only where the source is DOCDB: its
    numbers of before 2000 or so end in two digits of the year.

    >>> application_key("US", "62/123,456"), application_key("US", "201562123456", kind="P")
    ('US62123456', 'US62123456')
    >>> application_key("EP", "99203729.1"), application_key("EP", "EP19990203729")
    ('EP99203729', 'EP99203729')
    >>> application_key("JP", "11-097727", "1999-04-05"), application_key("JP", "JP19990097727")
    ('JP1999097727', 'JP1999097727')
    """
    country, kind = country.strip().upper(), (kind or "").strip().upper()
    text = re.sub(r"[\s,]+", "", unicodedata.normalize("NFKC", number)).upper()
    # Digits of other scripts are in no convention.
    text = "".join(sign for sign in text if sign.isascii() or not sign.isdecimal())
    if not re.search("[0-9]", text):
        return None
    if country in ("", "PCT", "IB", "WO") or kind == "W" or re.match(r"PCT|WO", text):
        key = pct(Filed(country, text, date, kind))
        return key or _plain("WO" if country in ("", "PCT", "IB") else country, text)
    own = text.removeprefix(country)
    rule = _RULES.get(country)
    key = rule(Filed(country, own, date, kind)) if rule else None
    return key or _plain(country, own)


def _europe(filed: Filed) -> str | None:
    """Year and six digits; a check digit after them (EPO Guidelines A-II, 1.8)."""
    if match := re.fullmatch(r"(\d{7,8})(?:\.\d)?", filed.text):
        # Seven digits have lost the zero of a year from 2000 to 2009.
        return f"EP{match[1].zfill(8)}"
    if match := re.fullmatch(r"(?:19|20)(\d{2})0(\d{6})", filed.text):
        return f"EP{match[1]}{match[2]}"
    match = re.fullmatch(r"(\d{8})(\d)", filed.text)
    return f"EP{match[1]}" if match and ep_check_digit(match[1]) == match[2] else None


def _plain(country: str, text: str) -> str:
    """Country, letters and digits; a single sign after the last point is a check digit."""
    return country + re.sub(r"[^0-9A-Z]", "", re.sub(r"\.[0-9X]$", "", text))
