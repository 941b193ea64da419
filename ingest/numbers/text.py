"""What people write around a number: labels, names of countries, marks of the Asian offices, links.

Turns all of that into the office, the kind of document and the bare number.
"""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import unquote

from ingest.numbers.folded import Folded, squeezed
from ingest.numbers.labels import read_labels
from ingest.numbers.marks import has_marks, read_marks
from ingest.numbers.reading import APPLICATION, PUBLICATION, Given

# Longer texts are no numbers, and are not worth the time.
_LONGEST = 300
_DASHES = re.compile("[\u2010-\u2015\u2212\u30fc\uff0d\u2500\u2501]")
_LINK = re.compile(r"^(?:https?://|www\.)|^[a-z.\-]+\.(?:com|org|int|gov)/|^patent/", re.IGNORECASE)
_LINK_FIELDS = re.compile(r"[?&]CC=([A-Z]{2})&NR=([^&]+)", re.IGNORECASE)
_FILE_END = re.compile(r"(?<=\w)\.(html?|pdf|xml|txt|docx?|json|zip)$", re.IGNORECASE)
_TRAILING_DATE = re.compile(r"\s*(?:[-,;(]|\s)\s*\(?(?:19|20)\d{2}-\d{2}-\d{2}\)?$")
_LANGUAGE = re.compile(r"\s*\([a-z]{2}\)$")
_AROUND = "\"'“”[]<>;,"


def fold(text: str) -> Folded | None:
    """Widths, dashes, labels and marks resolved; None for a text that is too long.

    >>> fold("特開平11-123456号公報")
    Folded(body='H11-123456', country='JP', kind='A', type='publication')
    >>> fold("U.S. Pat. No. 5,034,068")
    Folded(body='5034068', country='US', kind=None, type=None)
    """
    if len(text) > _LONGEST:
        return None
    text = _DASHES.sub("-", unicodedata.normalize("NFKC", text)).strip().strip(_AROUND)
    text = _FILE_END.sub("", _LANGUAGE.sub("", text.rstrip(".")))
    if whole := re.fullmatch(r"\(([^()]+)\)", text):
        text = whole[1].strip()
    text = _TRAILING_DATE.sub("", text)
    if machine := re.fullmatch(r"P((?:19|20)\d{2}-\d{1,6})([AU])", text):
        # As the front pages of the JPO repeat the number for machines.
        return Folded(machine[1], "JP", machine[2], PUBLICATION)
    if has_marks(text):
        return read_marks(text)
    if patent := re.match(r"(?:CN\s*)?ZL\s*(?=\d)", text, re.IGNORECASE):
        return Folded(squeezed(text[patent.end() :]), "CN", None, APPLICATION)
    return read_labels(text)


def pieces(text: str) -> list[str]:
    """The parts of a text that signs or words of a list separate; [] where there are none.

    >>> pieces("US10123456B2; US10123457B2"), pieces("US 10,123,456")
    (['US10123456B2', 'US10123457B2'], [])
    """
    if len(text) > 10 * _LONGEST:
        return []
    parts = [part for part in re.split(r"\s*(?:[;\n|、]|,\s|\band\b|&|\bor\b)\s*", text) if part]
    return parts if len(parts) > 1 else []


def links(text: str) -> list[str]:
    """The pieces of a web address or database path that can be a number; [] for other texts.

    >>> links("https://patents.google.com/patent/US10123456B2/en")[:1]
    ['US10123456B2']
    """
    text = text.strip()
    if not _LINK.search(text) or len(text) > 10 * _LONGEST:
        return []
    text = unquote(unquote(text))
    if fields := _LINK_FIELDS.search(text):
        return [fields[1] + fields[2]]
    parts = re.split(r"[/?&=#:\s]+", text)
    return [_FILE_END.sub("", part) for part in parts if re.search(r"\d{4}", part)]


def cut(body: str) -> Given:
    """The core, kind code and check sign of a number without its country.

    >>> cut("2015-123456A"), cut("18123456.8").check
    (Given(core='2015-123456', kind='A', check=None, type=None), '8')
    """
    if check := re.fullmatch(r"(.*\d)\.([\dX])", body):
        return Given(check[1].strip("-/."), check=check[2])
    match = re.fullmatch(r"(.*\d)[-/.]?\(?([A-Z]\d?)\)?", body)
    if match and re.search(r"\d", match[1]):
        return Given(match[1].strip("-/.("), match[2])
    return Given(body.strip("-/."))
