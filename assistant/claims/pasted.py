"""A pasted text as the claims that it holds."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.claims.references import REFERENCE
from ingest.readers.patent_xml.claim_references import claim_references, is_cancelled
from ingest.sentences import sentence_spans

_START = re.compile(
    r"(?:^|(?<=\n)|(?P<inline>(?<=[.;。]\s)))[ \t]*"
    r"(?:(?P<named>[\[【(（]?\s*(?:claim|anspruch|청\s*구\s*항|請求項|权利要求|項)\s*)(?P<a>[\d０-９]{1,3})"
    r"(?:\s*[\]】)）][.:]?|[.:)]|(?=\s*\n))|(?P<b>\d{1,3})\s?(?P<sign>[.)．、]))\s*(?=[A-ZÄÖÜ(\[“\"]|[^\x00-\xff])",
    re.IGNORECASE,
)
_HEADING = re.compile(
    r"\W*(?:(?:what\s+is\s+|we\s+|i\s+)?claim(?:s|ed)?(?:\s+is)?|the\s+claims?|(?:patent)?ansprüche"
    r"|청구(?:의)?\s*범위|特許請求の範囲|权利要求书)\W*",
    re.IGNORECASE,
)
_DELETED = re.compile(
    r"[\W\d]*(?:삭\s*제|削\s*除|删\s*除|gestrichen|gelöscht|withdrawn)\W*", re.IGNORECASE
)
# As the own number of a claim pasted without one: every reference is to an earlier claim.
_UNNUMBERED = 1000


@dataclass(frozen=True)
class ClaimText:
    """One claim. depends_on: numbers of the claims that it refers to, () for none."""

    number: int
    text: str
    depends_on: tuple[int, ...] = ()


def is_deleted(text: str) -> bool:
    """Whether all that a claim says is that it is deleted.

    >>> is_deleted("(canceled)"), is_deleted("삭제"), is_deleted("A cell.")
    (True, True, False)
    """
    return len(text) < 200 and (is_cancelled(text) or bool(_DELETED.fullmatch(text)))


def pasted_claims(text: str) -> tuple[tuple[ClaimText, ...], str]:
    """The numbered claims of a text, and what stands before the first; none without numbers.

    >>> claims, _ = pasted_claims("1. A cell. 2. The cell of claim 1, wherein it is flat.")
    >>> [(claim.number, claim.depends_on) for claim in claims]
    [(1, ()), (2, (1,))]
    """
    starts = _starts(text)
    if not starts:
        return (), ""
    before = text[: starts[0][0]].strip()
    if before and not _is_heading(before) and (before.endswith(":") or len(starts) == 1):
        return (), ""
    ends = [start for start, _, _ in starts[1:]] + [len(text)]
    return tuple(
        claim_text(number, text[begin:end].strip())
        for (_, begin, number), end in zip(starts, ends, strict=True)
    ), "" if _is_heading(before) else before


def _is_heading(text: str) -> bool:
    return len(text) < 80 and bool(_HEADING.fullmatch(text))


def claim_text(number: int | None, text: str) -> ClaimText:
    """A claim with what its words refer to. number: None where it has none."""
    depends = claim_references(text, number or _UNNUMBERED)
    if len(depends) == _UNNUMBERED - 1:
        depends = (0,)  # "the preceding claims", of which none is there
    return ClaimText(number or 1, text, () if is_deleted(text) else depends)


def described(text: str, has_transition: bool) -> list[tuple[int, int]]:
    """The sentences of a text that is no claim but a description; [] for a claim.

    A claim is one sentence (MPEP 608.01(m)); a misplaced full stop makes it two.
    """
    if not re.search(r"[.!?]\s+\S|。\s*\S", text):
        return []
    spans = [(a, b) for a, b in sentence_spans(text) if re.search(r"\w", text[a:b])]
    told = [s for s in spans if len(text[s[0] : s[1]].split()) > 2 or "。" in text[s[0] : s[1]]]
    first = text[spans[0][0] : spans[0][1]] if spans else ""
    if len(told) < 2 or (REFERENCE.search(first) and len(told) < 4):
        return []
    return spans if len(told) > 2 or not has_transition else []


def _starts(text: str) -> list[tuple[int, int, int]]:
    """Where claims start, where their texts do, and their ascending numbers."""
    found: list[tuple[int, int, int]] = []
    style = None
    for match in _START.finditer(text):
        number = int(match["a"] or match["b"])
        own = "named" if match["a"] else match["sign"]
        last = found[-1][2] if found else None
        if last is None and match["inline"] is not None:
            continue
        if last is not None and (own != style or number <= last):
            continue
        if match["inline"] is not None and number != (last or 0) + 1:
            continue
        if not match["a"] and re.match(r"[a-z]", text[match.end() : match.end() + 1]):
            continue
        style = own
        found.append((match.start(), match.end(), number))
    return found
