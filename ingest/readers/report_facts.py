"""Facts that reports print on their first page: number, date, authors, classification.

Only lines of the form `Report: HC-R-014` are believed; a title is the first heading or line.
"""

from __future__ import annotations

import re

from ingest.compose import one_line
from ingest.readers.bibliography import unique, written_date
from ingest.records import DocumentFacts

_HEAD_CHARS = 3000
_TITLE_CHARS = 250
_LINE = re.compile(
    r"^[\s>*_|\-]*(?P<name>Report(?: No\.?| number)?|Document No\.?|Date|Authors?"
    r"|Classification|Confidentiality)[*_]*\s*[:|][*_]*\s*(?P<value>[^\n|]+)",
    re.IGNORECASE | re.MULTILINE,
)


def report_facts(document_id: str, text: str, title: str) -> DocumentFacts:
    r"""Facts of a report. text: its beginning, one line per fact; title: "" takes the first line.

    >>> facts = report_facts("0f", "Wetting\nReport: HC-R-014\nDate: 2019-05-14\n", "")
    >>> facts.title, facts.number, facts.publication_date
    ('Wetting', 'HC-R-014', '2019-05-14')
    """
    values: dict[str, str] = {}
    for match in _LINE.finditer(text[:_HEAD_CHARS]):
        key = match["name"].lower().split()[0].rstrip("s.")
        values.setdefault(key, one_line(match["value"]).strip(" *_|"))
    label = values.get("classification") or values.get("confidentiality")
    authors = re.split(r";|,(?!\s*Jr)", values.get("author", ""))
    return DocumentFacts(
        id=document_id,
        kind="report",
        number=values.get("report") or values.get("document"),
        title=one_line(title or _first_line(text))[:_TITLE_CHARS],
        parties=unique(
            name.strip() for name in re.split(r";|,(?!\s*Jr)", values.get("author", ""))
        ),
        publication_date=written_date(values.get("date", "")),
        label=label.lower() if label else None,
    )


def _first_line(text: str) -> str:
    for line in text.splitlines():
        # A line that goes on for a page is running text: its first sentence must do.
        words = line.strip(" #*_>|")
        if words:
            return words if len(words) <= _TITLE_CHARS else words[:_TITLE_CHARS].rsplit(" ", 1)[0]
    return ""
