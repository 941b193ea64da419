"""Earlier filings as the front page names them in words, for years without fields for them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.facts import Priority
from ingest.readers.bibliography import written_date
from ingest.readers.uspto.red_book_facts import us_application_number, us_priority

_NUMBER = r"(?:PCT/[A-Z]{2}\d{2,4}/\d{4,6}|\d{2}/\d{3},?\d{3}|\d{3},\d{3}|\d{6})"
_FILED = re.compile(
    rf"\bNos?\.?\s*({_NUMBER}),?\s*filed\s+(?:on\s+)?([A-Z][a-z]{{2,8}}\.?\s+\d{{1,2}},\s+\d{{4}})"
)
_CLAIMS = re.compile(
    r"\b(?:continuation|division(?:al)?|provisional|benefi?ts?|priority)\b"
    r"|\bnational (?:stage|phase)\b",
    re.IGNORECASE,
)
_EARLIER = re.compile(
    r"\b(?:continuation|division(?:al)?) (?:in part )?of\b|\bcontinuation-in-part\b|\bprovisional"
    r"|\bclaims? (?:the )?(?:benefit|priority)|\bbenfit of\b|\bpriority (?:from|to|of)\b",
    re.IGNORECASE,
)


def prose_filings(text: str) -> Iterator[Priority]:
    """Filings that a text claims the date of, where it names both number and date.

    >>> list(prose_filings("This is a division of Ser. No. 08/123,456, filed May 4, 1993."))
    [Priority(country='US', number='08123456', date='1993-05-04')]
    """
    if not _CLAIMS.search(text):
        return
    for number, date in _FILED.findall(text):
        yield us_priority("US", us_application_number(number) or number, written_date(date))


def mentions_earlier(text: str) -> bool:
    """Whether a text speaks of an earlier filing whose date may be claimed.

    >>> mentions_earlier("This application claims the benefit of another.")
    True
    """
    return _EARLIER.search(text) is not None
