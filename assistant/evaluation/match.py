"""Whether a text states a required fact, and whether a cited document is one of the right ones.

Texts differ in subscripts, dashes, spaces and the way a unit is written; facts must not.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

REGEX = "re:"  # an alternative that begins so is a regular expression, not words
_DASHES = re.compile("[\u2010-\u2015\u2212\uff0d]")
_DEGREES = re.compile(r"(?:°\s*c|\bdeg\.?\s*c|\bdegrees?\s+c(?:elsius)?)\b\.?")
_MARKUP = re.compile(r"</?(?:sub|sup|i|b)>", re.IGNORECASE)
_KIND_CODE = re.compile(r"(?<=\d)[a-z]\d?$")
_KEYS = re.compile(r"\[\d+\]")


def normalised(text: str) -> str:
    """One spelling of letters, dashes, degrees and spaces.

    >>> normalised("LiPF₆ at 25 ℃,  5–10\u00a0wt%")
    'lipf6 at 25 °c, 5-10 wt%'
    """
    text = unicodedata.normalize("NFKC", _MARKUP.sub("", text)).casefold()
    text = _DASHES.sub("-", text).replace("μ", "u")
    return " ".join(_DEGREES.sub("°c", text).split())


def without_keys(text: str) -> str:
    """An answer's text without the keys of its citations, which are numbers too.

    >>> without_keys("It is 5 wt%. [1] [12]")
    'It is 5 wt%.  '
    """
    return _KEYS.sub("", text)


@lru_cache(maxsize=8192)
def pattern(alternative: str) -> re.Pattern[str]:
    """What finds an alternative in a normalised text. Raises re.error for a broken "re:" one.

    Spaces may be missing or be more; a number is never found inside a longer number, nor words
    at the end of a longer word.

    >>> bool(pattern("5 wt%").search("it has 15 wt%")), bool(pattern("5 wt%").search("it has 5wt%"))
    (False, True)
    """
    if alternative.startswith(REGEX):
        return re.compile(alternative.removeprefix(REGEX), re.IGNORECASE)
    text = normalised(alternative)
    tokens = re.findall(r"\d+(?:[.,]\d+)*|[^\W\d]+|[^\w\s]|_", text)
    found = r"\s*".join(re.escape(token) for token in tokens)
    before = r"(?<!\d)(?<!\d[.,])" if text[:1].isdigit() else ""
    before = r"(?<![^\W\d_])" if text[:1].isalpha() else before
    after = r"(?![.,]?\d)" if text[-1:].isdigit() else ""
    return re.compile(before + found + after)


def states(text: str, alternatives: Iterable[str]) -> bool:
    """Whether a text has one of the alternatives at least.

    >>> states("The support has a porosity of 60% or more", ["60 %", "0.6"])
    True
    """
    text = normalised(text)
    return any(pattern(alternative).search(text) for alternative in alternatives)


def is_gold(gold: Iterable[str], names: Iterable[str], source: str) -> bool:
    """Whether a document is among the right ones.

    gold: ids, numbers with or without their kind code, or ends of the path of the source
    ("reports_txt/1402.6233v1.txt"), with or without what follows the last dot. names: the id and
    the number of the document.

    >>> is_gold(["b/c.txt"], ["0f"], "/a/b/c.txt"), is_gold(["c.txt"], ["0f"], "/a/b/xc.txt")
    (True, False)
    >>> is_gold(["US20160336597"], ["0f", "US20160336597A1"], "/a/b.xml")
    True
    """
    known = {name.casefold() for name in names}
    known |= {_KIND_CODE.sub("", name) for name in known}
    path = "/" + source.replace("\\", "/").casefold()
    ends = (path, path.rpartition(".")[0])
    return any(
        name.casefold() in known or any(end.endswith(f"/{name.casefold()}") for end in ends)
        for name in gold
    )
