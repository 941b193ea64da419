"""The words beside a value that say what it belongs to, verbatim."""

from __future__ import annotations

import re

from index.analysis import STOP_WORDS
from index.quantities import Quantity
from index.quantities.subjects import names_property, subject_terms

_FURTHEST = 90
_MOST_WORDS = 9
_BORDER = re.compile(
    r"[;:,\n]\s*|\.\s+|(?:^|\s)[(\[]|[)\]](?=[\s.,;:]|$)|\s[-–]\s|^[-–•]\s|[。、，；]"
)
_NUMERAL = re.compile(r"\(?\d+[A-Za-z]?\)?")  # of a part in a drawing
_HANGUL = re.compile("[가-힣]")  # attached to a value: particles and verbs
_WORD = re.compile(r"\S+")
# Words that a subject neither begins nor ends with; in the middle they may stand.
_LINKS = STOP_WORDS | frozenset(
    "about approximately around at least most comprising comprises comprise containing contains"
    " contain contained including includes include having has have is are was were be been being"
    " equal equals amounts amounted ranging ranges range wherein preferably typically especially"
    " particularly usually exactly nearly up than less greater more between from to by except"
    " exceeds exceeding exceeded ca vs corresponding respect relative of with without per against"
    " respectively also further therein thereof makes kept held set according above below within"
    " until during after before reached gave showed shown used applied using a an the said each"
    " first assuming typical respective exhibit exhibits der die das ein eine von mit und"
    " oder accounts account".split()
)
# Where the words after a value stop belonging to it.
_STOP = re.compile(
    r"\s*\b(?:and|or|to|with|while|wherein|which|that|is|are|was|were|at|for|based|relative|per|from"
    r"|when|after|in|into|on|by|as|but|under|using|has|have|having|und|oder|bei|against|too|went|only"
    r"|had|can|may|should|will|must|they|it|we|before|until|during|within|then|so|measured)\b"
    r".*",
    re.DOTALL,
)
_ARTICLE = re.compile(r"\s+the\s.*", re.DOTALL)  # begins what is said of it: "5% FEC the cell"
SHARES = (
    "mass fraction", "amount fraction", "atomic fraction", "volume fraction", "percent",
    "concentration", "molality", "parts by weight", "parts by volume", "ppm", "mass", "volume",
    "amount",
)  # fmt: skip
# "88% of the initial capacity" says of what the share is, not what it is.
_WHOLE = re.compile(
    r"\s*of (?:(?:its|their|the|an?|about) )?(?:initial|original|total|theoretical|nominal|rated"
    r"|first|its|their|whole|overall|that|\d)",
    re.IGNORECASE,
)
_OF_THE = re.compile(r"\s*of (?:the|all|said|these|those)\b", re.IGNORECASE)
_OF_IT = re.compile(r"\s*of \w")
# The last clause before a value says what it is of.
_OPENS_CLAUSE = re.compile(
    r".*\b(?:shows?|exhibits?|compris\w+|includ\w+|results? in|resulting in|yields?|using"
    r"|corresponding to|correspondence to|respect to|evaluated as|characteri[sz]ed in that|when"
    r"|where|which|that|having|whose|wherein|with|while|whereas|has to|if|until|and has"
    r"|and having|and (?:an?|the))\b\s*",
    re.DOTALL | re.IGNORECASE,
)
_OF = re.compile(r"\s*-?\s*(?:of\s+(?:the\s+|an?\s+)?|von\s+|의\s*)?", re.IGNORECASE)


def subject_of(
    text: str, quantity: Quantity, free_from: int, before: int | None = None
) -> tuple[str, int]:
    """What a value belongs to, and where the words end that it takes from behind it.

    free_from: where the value before it ends, with its words. before: where the words before it
    end, if not at the value. The subject is "" where the words beside the value name nothing.

    >>> from index.quantities import find_quantities
    >>> text = "It contains 5 wt% of FEC and has a viscosity of at most 8 mPa s."
    >>> [subject_of(text, q, 0)[0] for q in find_quantities(text)]
    ['FEC', 'viscosity']
    """
    left = _before(text, quantity.start if before is None else before, free_from)
    right, end = _after(text, quantity)
    share = quantity.dimension in SHARES
    if _WHOLE.match(text, quantity.end) or (share and _OF_THE.match(text, quantity.end)):
        return left, end
    of_it = _OF_IT.match(text, quantity.end) and not names_property(left)
    if right and (share or of_it or not left):
        return right, end
    return left, quantity.end


def whole_of(text: str, quantity: Quantity) -> str:
    """Of what a share is one, verbatim: "of the initial capacity"; "" where it is of nothing named.

    >>> from index.quantities import find_quantities
    >>> text = "It kept 81% of the initial capacity after cycling."
    >>> [whole_of(text, q) for q in find_quantities(text)]
    ['of the initial capacity']
    """
    share = quantity.dimension in SHARES and _OF_THE.match(text, quantity.end)
    if not share and not _WHOLE.match(text, quantity.end):
        return ""
    words = _STOP.sub("", _BORDER.split(text[quantity.end : quantity.end + _FURTHEST])[0])
    return " ".join(words.split()[:_MOST_WORDS])


def _before(text: str, stop: int, free_from: int) -> str:
    left = text[max(free_from, stop - _FURTHEST) : stop]
    if free_from < stop - _FURTHEST and " " in left:
        left = left.split(" ", 1)[1]
    left = _BORDER.split(left.rstrip(" ,(:"))[-1]
    return _telling(_OPENS_CLAUSE.sub("", left)) or _telling(left)


def _after(text: str, quantity: Quantity) -> tuple[str, int]:
    opening = _OF.match(text, quantity.end)
    start = opening.end() if opening else quantity.end
    right = _BORDER.split(text[start : start + _FURTHEST])[0]
    right = "" if _HANGUL.match(right) else _ARTICLE.sub("", _STOP.sub("", right))
    kept = _telling(right)
    at = text.find(kept, quantity.end) if kept else -1
    return (kept, at + len(kept)) if at >= 0 else ("", quantity.end)


def _telling(words: str) -> str:
    """The words without the links around them; "" where they name nothing."""
    found = list(_WORD.finditer(words))
    while found and (_bare(found[0].group()) in _LINKS or _NUMERAL.fullmatch(found[0].group())):
        found.pop(0)
    while found and _bare(found[-1].group()) in _LINKS:
        found.pop()
    found = found[-_MOST_WORDS:]
    while found and _bare(found[0].group()) in _LINKS:
        found.pop(0)
    if not found:
        return ""
    kept = " ".join(words[found[0].start() : found[-1].end()].split()).strip(".,;:*='\"“”")
    return kept if re.search(r"[^\W\d_]{2}", kept) and subject_terms(kept) else ""


def _bare(word: str) -> str:
    return word.strip(",.;:'\"“”()").casefold()
