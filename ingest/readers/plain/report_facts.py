"""Facts that reports print on their first page: number, date, authors, classification.

Only lines of the form `Report: HC-R-014` are believed; a title is the first heading or line.
"""

from __future__ import annotations

import re

from ingest.facts import DocumentFacts
from ingest.readers.bibliography import unique, written_date
from ingest.text import one_line

_HEAD_CHARS = 3000
_TITLE_CHARS = 250
_TITLE_LINES = 3
# Stamps of preprint servers ("arXiv:1802.02063v1 [cond-mat] 6 Feb 2018") and a page number.
_BEFORE_TITLE = re.compile(
    r"^(?:arXiv:\S+ \[[\w.\-]+\] \d{1,2} [A-Z][a-z]{2} \d{4}\s*|\d{1,3} +(?=[A-Z][a-z]))+"
)
_ABSTRACT = re.compile(r"(?<=\S)\s+(?:Abstract|ABSTRACT|Summary|SUMMARY)\b")
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
        title=one_line(title or _printed_title(text))[:_TITLE_CHARS],
        parties=unique(name.strip() for name in authors),
        publication_date=written_date(values.get("date", "")),
        label=label.lower() if label else None,
    )


def is_fact_line(text: str) -> bool:
    """Whether a text starts with such a fact, and so says nothing of the report's subject.

    >>> is_fact_line("Date: 2019-05-14"), is_fact_line("Dates vary.")
    (True, False)
    """
    return _LINE.match(text) is not None


def _printed_title(text: str) -> str:
    """The lines above the first fact where they are few, else the first line."""
    fact = _LINE.search(text[:_HEAD_CHARS])
    above = [line for line in text[: fact.start()].splitlines() if line.strip()] if fact else []
    if 0 < len(above) <= _TITLE_LINES:
        return " ".join(above)
    for line in text.splitlines():
        # A line that goes on for a page is running text: what stands above the abstract must do.
        words = _BEFORE_TITLE.sub("", line.strip(" #*_>|"))
        if len(words) > _TITLE_CHARS:
            abstract = _ABSTRACT.search(words[:_TITLE_CHARS])
            words = words[: abstract.start() if abstract else _TITLE_CHARS]
            words = words.strip() if abstract else words.rsplit(" ", 1)[0]
        if words:
            return words
    return ""
