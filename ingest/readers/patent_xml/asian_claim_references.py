"""Which claims a claim refers to, read from its words in Korean, Japanese and Chinese."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

_SCRIPT = re.compile("[가-힣\u3040-\u30ff\u4e00-\u9fff]")
_RANGE = r"내지|~|～|〜|-|–|부터|乃至|ないし|から|至|到"
_LIST = r"또는|및|혹은|이나|,|、|又は|または|或は|若しくは|もしくは|及び|および|と|或者|或|和|与|及"
# No share or length ("1 및 80 중량%").
_DIGITS = r"\d{1,4}(?!\d|\.\d|\s*(?:%|重量|質量|质量|중량|몰|mol|wt|vol|[nmμ]m\b))"
_NOUN = r"(?:(?:청구항|請求項|权利要求|權利要求|申請專利範圍)\s*)"
_FIRST = rf"(?:제\s*(?P<k>{_DIGITS})\s*항|{_NOUN}(?:제|第)?\s*(?P<n>{_DIGITS})\s*[항項项]?)"
_NEXT = rf"{_NOUN}?(?:제|第)?\s*"
_REFERENCE = re.compile(
    rf"{_FIRST}(?P<more>(?:\s*(?:{_RANGE}|{_LIST})\s*{_NEXT}{_DIGITS}\s*[항項项]?)*)"
)
_MORE = re.compile(rf"(?P<joint>{_RANGE}|{_LIST})\s*{_NEXT}(?P<number>\d+)")
_ALL_BEFORE = re.compile(
    r"(?:전술한|선행하는|선행|앞선|앞의|이전의?|상기)\s*(?:청구)?항(?:들)?\s*중"
    r"|(?:前記|先行する|上記|前述の|先の)\s*(?:いずれかの\s*)?請求項(?!\s*\d)"
    r"|(?:前述|上述|前面|以上)\S{0,4}(?:权利要求|請求項)(?!\s*\d)"
)
_LONGEST_RANGE = 200


def asian_claim_references(text: str, own: int) -> tuple[int, ...]:
    """Numbers of the earlier claims that a claim refers to, ascending; () for other scripts.

    >>> asian_claim_references("請求項１乃至３のいずれかに記載の電池", 4)
    (1, 2, 3)
    >>> asian_claim_references("제1항 내지 제3항 및 제5항 중 어느 한 항에 있어서", 6)
    (1, 2, 3, 5)
    >>> asian_claim_references("根据权利要求1或2所述的电池", 3)
    (1, 2)
    """
    if not _SCRIPT.search(text):
        return ()
    plain = unicodedata.normalize("NFKC", text)
    plain = re.sub(r"(?<=[가-힣\u3040-\u9fff\d])\s*[\n\f]\s*(?=[가-힣\u3040-\u9fff\d])", "", plain)
    found = set(range(1, own)) if _ALL_BEFORE.search(plain) else set()
    for match in _REFERENCE.finditer(plain):
        last = int(match["k"] or match["n"])
        found.add(last)
        for joint, number in _following(match["more"]):
            if re.fullmatch(_RANGE, joint) and 0 < number - last <= _LONGEST_RANGE:
                found.update(range(last, number))
            found.add(number)
            last = number
    return tuple(sorted(number for number in found if 0 < number < own))


def _following(text: str) -> Iterator[tuple[str, int]]:
    for match in _MORE.finditer(text):
        yield match["joint"], int(match["number"])
