"""Marks and words of Japanese, Korean and Chinese texts, also for numbers of other countries."""

from __future__ import annotations

import re

from ingest.numbers.folded import Folded, squeezed
from ingest.numbers.labels import read_labels
from ingest.numbers.reading import APPLICATION, PUBLICATION

# Names of countries in Korean, Chinese and Japanese. Longest first.
_NAMES = {
    "세계지식재산권기구": "WO", "世界知识产权组织": "WO", "中华人民共和国": "CN", "대한민국": "KR",
    "大韓民国": "KR", "中国台湾": "TW", "프랑스": "FR", "캐나다": "CA", "ドイツ": "DE",
    "日本国": "JP", "일본국": "JP", "미국": "US", "美国": "US", "美國": "US", "米国": "US",
    "일본": "JP", "日本": "JP", "중국": "CN", "中国": "CN", "中國": "CN", "유럽": "EP",
    "欧洲": "EP", "歐洲": "EP", "欧州": "EP", "독일": "DE", "德国": "DE", "德國": "DE",
    "独国": "DE", "국제": "WO", "国际": "WO", "國際": "WO", "国際": "WO", "한국": "KR",
    "韩国": "KR", "韓国": "KR", "韓國": "KR", "영국": "GB", "英国": "GB", "英國": "GB",
    "法国": "FR", "法國": "FR", "仏国": "FR", "대만": "TW", "台湾": "TW", "台灣": "TW",
    "호주": "AU", "加拿大": "CA",
}  # fmt: skip
_NAME = re.compile("|".join(_NAMES))
# Japanese marks: (kind of document, kind code that is certain). Longest first.
_JAPANESE = {
    "公開実用新案": (PUBLICATION, "U"), "特許出願公開": (PUBLICATION, "A"),
    "再公表特許": (PUBLICATION, "A1"), "再公表": (PUBLICATION, "A1"), "再表": (PUBLICATION, "A1"),
    "公開特許": (PUBLICATION, "A"), "特許公開": (PUBLICATION, "A"), "公表特許": (PUBLICATION, "A"),
    "特許出願": (APPLICATION, None), "実用新案登録": (PUBLICATION, "U"),
    "登録実用新案": (PUBLICATION, "U"), "特許公報": (PUBLICATION, None),
    "登録特許": (PUBLICATION, None), "特開": (PUBLICATION, "A"), "特願": (APPLICATION, None),
    "特表": (PUBLICATION, "A"), "特公": (PUBLICATION, "B"), "実開": (PUBLICATION, "U"),
    "実願": (APPLICATION, None), "実公": (PUBLICATION, "Y"), "実登": (PUBLICATION, "U"),
    "特許": (PUBLICATION, None),
}  # fmt: skip
_JP_ERAS = {"昭和": "S", "平成": "H", "令和": "R", "大正": "T", "明治": "M",
            "昭": "S", "平": "H", "令": "R", "大": "T", "明": "M"}  # fmt: skip
_JP_MARK = re.compile("|".join(_JAPANESE))
_JP_ERA = re.compile("|".join(_JP_ERAS))
_JP_BARE_ERA = re.compile(r"^(?:JP)?\s*[平昭][成和]?\s*\d")
# The heading of a Japanese print, above the number with a mark of its own.
_JP_HEADING = re.compile(
    r"^\s*(?:公開特許|公表特許|特許|再公表特許|公開実用新案|登録実用新案|実用新案)(?:公報)?"
    r"\s*(?:\(([A-Z]\d?)\))?\s*(?=[特実再登JP].*\d|\d)"
)
# Japanese marks as Korean and Chinese texts write them. Longest first.
_TO_JAPANESE = dict(
    pair.split(":")
    for pair in "실용신안:実用新案 特开:特開 特愿:特願 实开:実開 實開:実開 实公:実公 實公:実公"
    " 实愿:実願 特願:特願 特許出願公開:特許出願公開 专利申请公开:特許公開 公开专利:公開特許"
    " 专利公开:特許公開 专利申请:特許出願 专利:特許 특허출원공개:特許公開 특허공개:特許公開"
    " 특개:特開 특원:特願 특공:特公 특표:特表 실개:実開 실원:実願 실공:実公 평성:平成 소화:昭和"
    " 평:平 소:昭 특허:特許 공개:公開 출원:出願 등록:登録 공보:公報 公报:公報 번호:番号 제:第 호:号"
    " 號:号 年:年 년:年".split()
)
_TO_KOREAN = dict(
    pair.split(":")
    for pair in "実用新案:실용신안 实用新型:실용신안 特許:특허 专利:특허 公開:공개 公开:공개"
    " 出願:출원 申请:출원 登録:등록 授权:등록 公報:공보"
    " 公报:공보 公告:공고 番号:번호 第:제 号:호".split()
)
_KOREAN = re.compile("[\uac00-\ud7a3]+")
_KR_WORDS = re.compile("실용신안|특허|디자인|출원|공개|공고|등록|공보|번호|문헌|명세서|국내|제|호")
_KR_KIND = (("공개", PUBLICATION, "A"), ("공고", PUBLICATION, None), ("출원", APPLICATION, None),
            ("등록", PUBLICATION, None))  # fmt: skip
_CHINESE = re.compile("专利|號|号|申请|公开|公告|公布|授权")
_PUBLISHED = re.compile("공개|공고|등록|공보|公開|公开|公告|公布|公報|公报|登録|授权")
_FILED = re.compile("출원|出願|申请|申請")
_WORDS = re.compile(
    "실용신안|특허|출원|가출원|공개|공고|등록|공보|번호|문헌|명세서|제|호|特許|仮|出願|公開|公報|登録"
    "|番号|明細書|文献|第|专利|專利|临时|申请|申請|公布|公告|公开|授权|公报|说明书|发明|实用新型|号|號|パンフレット"
)


def has_marks(text: str) -> bool:
    """Whether Japanese, Chinese or Korean signs stand in the text.

    >>> has_marks("特開2015-123456"), has_marks("JP 2015-123456 A")
    (True, False)
    """
    return re.search("[\u3400-\u9fff\uac00-\ud7a3\u30a1-\u30f6]", text) is not None


def read_marks(text: str) -> Folded | None:
    """The number without marks and words; None where words stay that are not known.

    >>> read_marks("特開平11-123456号公報")
    Folded(body='H11-123456', country='JP', kind='A', type='publication')
    >>> read_marks("미국공개특허 2016-0336597")
    Folded(body='2016-0336597', country='US', kind=None, type='publication')
    """
    country = None
    if named := _NAME.search(text):
        country = _NAMES[named[0]]
        text = text[: named.start()] + text[named.end() :]
    if country in (None, "JP"):
        japanese = text
        # Only marks are sure to be Japanese; words are so where the country is named.
        if country == "JP" or re.search("특[개원공표]|실[개원공]|[特实實][开愿開]", text):
            japanese = _swapped(text, _TO_JAPANESE)
        if _JP_MARK.search(japanese) or _JP_BARE_ERA.search(japanese):
            return _japanese(japanese)
    if country == "KR":
        text = _swapped(text, _TO_KOREAN)
    if country in (None, "KR") and _KOREAN.search(text):
        return _korean(text)
    if country not in (None, "CN", "TW") and re.search("실용신안|実用新案|实用新型", text):
        return None  # A patent of that country can have the same number.
    if country is None and not _CHINESE.search(text):
        return read_labels(text)
    return _worded(text, country)


def _swapped(text: str, words: dict[str, str]) -> str:
    return re.sub("|".join(words), lambda match: words[match[0]], text)


def _japanese(text: str) -> Folded | None:
    heading = _JP_HEADING.match(text)
    kind_before = heading[1] if heading else None
    if heading and (kind_before or _JP_MARK.search(text, heading.end())):
        text = text[heading.end() :]
    mark = _JP_MARK.search(text)
    before, rest = (text[: mark.start()], text[mark.end() :]) if mark else ("", text)
    if re.sub(r"JP|[\s-]", "", before, flags=re.IGNORECASE):
        return None
    rest = re.sub(r"公報|番号|明細書|第|号|出願|公開|登録|^\s*JP", "", rest)
    # The front page repeats the number for machines.
    rest = re.sub(r"(?<=\d)\s*\(P[\d-]+[A-Z]?\)\s*$", "", rest)
    rest = _JP_ERA.sub(lambda era: _JP_ERAS[era[0]], rest)
    kind_of, kind = _JAPANESE[mark[0]] if mark else (None, None)
    if given := re.search(r"\(([A-Z]\d?)\)\s*$", rest):
        rest, kind = rest[: given.start()], given[1]
    body = squeezed(rest.replace("年", "-")).strip("-:")
    return Folded(re.sub(r"-+", "-", body), "JP", kind_before or kind, kind_of)


def _korean(text: str) -> Folded | None:
    words = "".join(_KOREAN.findall(text))
    if not re.search("특허|실용신안|출원|공개|등록|제.*호", words):
        return None
    # Another word before the number can be a country, or say that the number is none.
    if _KOREAN.search(_KR_WORDS.sub("", re.split(r"\d", text)[0])):
        return None
    kind_of, kind = next(((t, k) for w, t, k in _KR_KIND if w in words), (None, None))
    if kind == "A" and "실용" in words:
        kind = "U"
    rest = re.sub(r"\(\s*\)|:", "", _KOREAN.sub("", text)).strip()
    if given := re.search(r"\(?([A-Z]\d?)\)?$", rest, re.IGNORECASE):
        rest, kind = rest[: given.start()], given[1].upper()
    return Folded(re.sub(r"^KR-?", "", squeezed(rest)), "KR", kind, kind_of)


def _worded(text: str, country: str | None) -> Folded:
    """A number with words of another language than its country's, or with Chinese ones."""
    kind_of = None
    if _PUBLISHED.search(text):
        kind_of = PUBLICATION
    elif _FILED.search(text):
        kind_of = APPLICATION
    text = re.sub(r"^[\s:]*", "", _WORDS.sub(" ", text)).strip()
    patent = re.match(r"(?:CN\s*)?ZL\s*(?=\d)", text, re.IGNORECASE)
    if patent and country in (None, "CN"):
        return Folded(squeezed(text[patent.end() :]), "CN", None, APPLICATION)
    folded = read_labels(text)
    if country is None:
        # Chinese words around digits are of China; letters before them say it themselves.
        country = "CN" if folded.body[:1].isdigit() else folded.country
    return Folded(folded.body, country, folded.kind, kind_of or folded.type)
