"""What people write around a number: labels, names of countries, marks of the Asian offices, links.

Turns all of that into the office, the kind of document and the bare number.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from urllib.parse import unquote

from ingest.numbers.reading import APPLICATION, PUBLICATION, Given

# Longer texts are no numbers, and are not worth the time.
_LONGEST = 300
_DASHES = re.compile("[\u2010-\u2015\u2212\u30fc\uff0d\u2500\u2501]")
_LINK = re.compile(r"^(?:https?://|www\.)|^[a-z.\-]+\.(?:com|org|int|gov)/|^patent/", re.IGNORECASE)
_LINK_FIELDS = re.compile(r"[?&]CC=([A-Z]{2})&NR=([^&]+)", re.IGNORECASE)
_LINK_END = re.compile(r"\.(html?|pdf|xml)$", re.IGNORECASE)
_TRAILING_DATE = re.compile(r"\s*(?:[-,;(]|\s)\s*\(?(?:19|20)\d{2}-\d{2}-\d{2}\)?$")
_NUMBER_WORD = r"(?:(?:(?<![A-Z])NOS?\b|NR\b|NUMBER\b|№|#|N°)[.:]?)"

# Japanese marks: (kind of document, kind code that is certain). Longest first.
_JAPANESE = {
    "再公表特許": (PUBLICATION, "A1"), "再公表": (PUBLICATION, "A1"), "再表": (PUBLICATION, "A1"),
    "公開特許公報": (PUBLICATION, "A"), "特許公開": (PUBLICATION, "A"),
    "特許出願": (APPLICATION, None), "実用新案登録": (PUBLICATION, "U"),
    "登録実用新案": (PUBLICATION, "U"), "特許公報": (PUBLICATION, None),
    "特開": (PUBLICATION, "A"), "特願": (APPLICATION, None), "特表": (PUBLICATION, "A"),
    "特公": (PUBLICATION, None), "実開": (PUBLICATION, "U"), "実願": (APPLICATION, None),
    "実公": (PUBLICATION, None), "実登": (PUBLICATION, "U"), "特許": (PUBLICATION, None),
}  # fmt: skip
_JP_ERAS = {"昭和": "S", "平成": "H", "令和": "R", "大正": "T", "明治": "M",
            "昭": "S", "平": "H", "令": "R", "大": "T", "明": "M"}  # fmt: skip
_JP_MARK = re.compile("|".join(_JAPANESE))
_JP_ERA = re.compile("|".join(_JP_ERAS))
_JP_BARE_ERA = re.compile(r"^(?:JP)?\s*[平昭][成和]?\s*\d")
_JP_UNEXAMINED = re.compile(r"\b(?:LAID[- ]OPEN|KOKAI|UNEXAMINED)\b", re.IGNORECASE)
_KOREAN = re.compile("[\uac00-\ud7a3]+")
_KR_KIND = (("출원", APPLICATION, None), ("공개", PUBLICATION, "A"), ("등록", PUBLICATION, None))
_CHINESE = re.compile("申请公布号|授权公告号|公开号|公告号|申请号|专利号|中国|专利|号")

_COUNTRIES = (
    (r"U\.\s?S\.(?:\s?A\.)?|USA\b|UNITED STATES(?: OF AMERICA)?", "US"),
    (r"EUROPEAN\b|EUROPE\b", "EP"), (r"JAPANESE\b|JAPAN\b", "JP"), (r"KOREAN?\b", "KR"),
    (r"CHINESE\b|CHINA\b", "CN"), (r"GERMANY?\b", "DE"), (r"INTERNATIONAL\b", "WO"),
    (r"FRENCH\b|FRANCE\b", "FR"), (r"BRITISH\b|GREAT BRITAIN\b|UK(?=\s)", "GB"),
    (r"CANADIAN\b|CANADA\b", "CA"), (r"TAIWAN(?:ESE)?\b", "TW"), (r"AUSTRALIAN?\b", "AU"),
)  # fmt: skip
_APPLICATION_WORDS = re.compile(r"\b(?:SERIAL|APPL(?:ICATION|N)?)\b\.?", re.IGNORECASE)
_PUBLICATION_WORDS = re.compile(
    r"\b(?:PUBLICATIONS?|PUBLISHED|PUB|LAID[- ]OPEN|KOKAI|UNEXAMINED)\b\.?", re.IGNORECASE
)
_OTHER_WORDS = re.compile(r"\b(?:PATENTS?|PAT|DOCUMENT|SPECIFICATION|SER)\b\.?", re.IGNORECASE)


@dataclass(frozen=True)
class Folded:
    """A text without what stands around the number.

    country: the office that words or marks name, beside any two letters still in `body`.
    """

    body: str
    country: str | None = None
    kind: str | None = None
    type: str | None = None


def fold(text: str) -> Folded | None:
    """Widths, dashes, labels and marks resolved; None for a text that is too long.

    >>> fold("特開平11-123456号公報")
    Folded(body='H11-123456', country='JP', kind='A', type='publication')
    >>> fold("U.S. Pat. No. 5,034,068")
    Folded(body='5034068', country='US', kind=None, type=None)
    """
    if len(text) > _LONGEST:
        return None
    text = _DASHES.sub("-", unicodedata.normalize("NFKC", text)).strip().strip("\"'“”[]<>;,")
    text = _TRAILING_DATE.sub("", text)
    if _JP_MARK.search(text) or _JP_BARE_ERA.search(text):
        return _japanese(text)
    if _KOREAN.search(text):
        return _korean(text)
    chinese = _CHINESE.search(text) is not None
    kind_of = APPLICATION if "申请号" in text else None
    text = re.sub(r"^\s*:", "", _CHINESE.sub(" ", text)).strip() if chinese else text
    patent = re.match(r"(?:CN\s*)?ZL\s*(?=\d)", text, re.IGNORECASE)
    if patent:
        return Folded(_squeezed(text[patent.end() :]), "CN", None, APPLICATION)
    folded = _labelled(text)
    return Folded(
        folded.body,
        folded.country or ("CN" if chinese else None),
        folded.kind,
        kind_of or folded.type,
    )


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
    pieces = re.split(r"[/?&=#:\s]+", text)
    return [_LINK_END.sub("", piece) for piece in pieces if re.search(r"\d{4}", piece)]


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


def _squeezed(text: str) -> str:
    """Upper case without blanks and without the signs that only group digits."""
    text = re.sub(r"[\s,_'’·]+", "", text.upper())
    return re.sub(r"(?<=\d)\.(?=\d{3})", "", text)


def _japanese(text: str) -> Folded | None:
    mark = _JP_MARK.search(text)
    before, rest = (text[: mark.start()], text[mark.end() :]) if mark else ("", text)
    if re.sub(r"日本国?|JP|[\s-]", "", before, flags=re.IGNORECASE):
        return None
    rest = re.sub("公報|番号|第|号|出願|公開|登録|^JP", "", rest)
    rest = _JP_ERA.sub(lambda era: _JP_ERAS[era[0]], rest)
    kind_of, kind = _JAPANESE[mark[0]] if mark else (None, None)
    if given := re.search(r"\(([A-Z]\d?)\)\s*$", rest):
        rest, kind = rest[: given.start()], given[1]
    body = _squeezed(rest.replace("年", "-")).strip("-:")
    return Folded(re.sub(r"-+", "-", body), "JP", kind, kind_of)


def _korean(text: str) -> Folded | None:
    words = "".join(_KOREAN.findall(text))
    if not re.search("특허|실용신안|출원|공개|등록|제.*호", words):
        return None
    kind_of, kind = next(((t, k) for w, t, k in _KR_KIND if w in words), (None, None))
    if kind == "A" and "실용" in words:
        kind = "U"
    rest = re.sub(r"\(\s*\)|:", "", _KOREAN.sub("", text)).strip()
    if given := re.search(r"\(?([A-Z]\d?)\)?$", rest, re.IGNORECASE):
        rest, kind = rest[: given.start()], given[1].upper()
    return Folded(re.sub(r"^KR-?", "", _squeezed(rest)), "KR", kind, kind_of)


def _labelled(text: str) -> Folded:
    kind_of = None
    if _PUBLICATION_WORDS.search(text):
        kind_of = PUBLICATION
    elif _APPLICATION_WORDS.search(text):
        kind_of = APPLICATION
    country = None
    plain = text
    for pattern, office in _COUNTRIES:
        plain, found = re.subn(rf"(?:^|(?<=\W)){pattern}", " ", plain, flags=re.IGNORECASE)
        country = country or (office if found else None)
    for words in (_APPLICATION_WORDS, _PUBLICATION_WORDS, _OTHER_WORDS):
        plain = words.sub(" ", plain)
    # "NO" before a number is Norway only in capitals without a point.
    plain = re.sub(r"(?<![A-Za-z])(?:N[oO]s?\.|No\b|no\b|NO[.:])", " ", plain)
    plain = re.sub(_NUMBER_WORD, _keep_norway, plain)
    kind = None
    if country == "JP":
        kind = "A" if _JP_UNEXAMINED.search(text) else None
        plain = re.sub(r"\(A\)(?=.*\d)", "", plain)
    body = _squeezed(re.sub(r"\(\s*\)|^[\s:]+", "", plain)).strip(":")
    return Folded(body, country, kind, kind_of)


def _keep_norway(match: re.Match[str]) -> str:
    return match[0] if match[0] == "NO" else " "
