"""The fields of a printed patent's front page by their INID codes (WIPO ST.9).

A number in brackets may also be a reference numeral, so a code counts where its label in one of
the offices' languages follows, or at the start of a line above the abstract.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import zip_longest

_PUBLICATION_NUMBER = (
    r"Pub(?:lication)?\.? ?(?:No\.?|Number)|(?:International )?Publication Number|Patent "
    r"(?:No\.?|Number)"
    r"|(?:Internationale )?Ver(?:ö|oe)ffentlichungsnummer|Num[eé]ro de publication(?: "
    r"internationale)?"
    r"|(?:국제)?공개번호|등록번호|공고번호|(?:特許出願)?公開番号|(?:国際)?公開番号|特許番号"
    r"|公表番号|登録番号"
    r"|公告番号|(?:申请)?公[布开]号|授权公告号|公告号"
)
# PCT prints before 2013: "(72) Inventors; and (75) Inventors/Applicants (for US only):".
_INVENTOR = (
    r"(?:Inventors?|발명자|고안자|発明者|考案者|Erfinder|Inventeurs?|发明人)(?:\(s\))?"
    r"(?:\s*/\s*(?:Applicants?|출원인|出願人|Anmelder|D[eé]posants?|申请人)(?:\(s\))?)?"
    r"(?:\s*\((?:for|nur|pour|US|米国|미국|仅)[^()]*\))?"
    r"(?:\s*[;,]\s*(?:and|und|et|겸|및|および|及び|及|和)(?!\w))?"
)
_LABELS = {
    "10": _PUBLICATION_NUMBER,
    "11": _PUBLICATION_NUMBER,
    "12": r"(?:United States )?Patent(?: Application Publication)?|(?:등록|공개)(?:특허|실용신안)"
    r"공보"
    r"|(?:公\s*開|公\s*表|再公表)?\s*特\s*許\s*公\s*報|特許協力|특허협력|发明专利|实用新型"
    r"|Offenlegungs|Patentschrift"
    r"|European|Europäische|International Application",
    "19": r"United States|대한민국|세계지식|日本国|中华人民|国家知识|Bundes|Europ|World|Deutsches",
    "21": r"Appl(?:ication)?\.? ?(?:No\.?|number)|International Application Number|(?:Deutsches )?"
    r"Aktenzeichen|Anmeldenummer|(?:Internationales )?Aktenzeichen|Num[eé]ro de (?:d[eé]p[oô]t|la "
    r"demande(?: internationale)?)|(?:국제)?출원번호|出願番号|国際出願番号|申请号",
    "22": r"(?:PCT )?Filed|(?:International )?(?:Filing Date|Date of filing)|(?:Internationales )?"
    r"Anmelde(?:tag|datum)|Date de d[eé]p[oô]t(?: international)?|(?:국제)?출원일자?(?:\(국제\))?"
    r"|出願日|国際出願日|申请日",
    "24": r"등록일자?|登録日",
    "25": r"Filing Language|출원언어|国際出願の言語|Einreichungssprache|Langue de d[eé]p[oô]t",
    "26": r"Publication Language|공개언어|国際公開の言語|Ver(?:ö|oe)ffentlichungssprache"
    r"|Langue de publication",
    "30": r"(?:Foreign Application )?Priority(?: Data)?|(?:Unions)?Priorit[äa]t(?:en)?(?:sdaten)?"
    r"|(?:Angaben zur|Données relatives à la) Priorit(?:ät|é)|Priorit[eé]|우선권\s*(?:주장|정보)?"
    r"|優先権(?:データ|主張番号)?|优先权数据",
    "31": r"優先権主張番号|우선권주장번호", "32": r"優先日|우선일자?",
    "33": r"優先権主張国|우선권주장국가?",
    "43": r"(?:International )?(?:Pub(?:lication)?\.? Date|Date of publication)(?: of application)?"
    r"|Offenlegungstag|(?:Internationales )?Ver(?:ö|oe)ffentlichungs(?:tag|datum)(?: der "
    r"Anmeldung)?"
    r"|Date de (?:la )?publication(?: internationale| de la demande)?|(?:국제)?공개일자?"
    r"|公開日|国際公開日|公表日|申请公[布开]日",
    "45": r"Date of Patent|공고일자?|발행일자?|発行日|Date of publication and mention of the grant"
    r" of"
    r" the patent|Ver(?:ö|oe)ffentlichungstag(?: der Patenterteilung)?|授权公告日"
    r"|Ver(?:ö|oe)ffentlichungstag und Bekanntmachung des Hinweises auf die Patenterteilung"
    r"|Date de publication et mention de la d[eé]livrance du brevet",
    "47": r"공고일자?|登録日|授权公告日",
    "51": r"(?:국제특허분류)?\s*\(?Int\.? ?Cl\.?\s?\d?\)?|International Patent Classification"
    r"|국제특허분류|Internationale Patentklassifikation|Classification internationale des brevets",
    "52": r"U\.? ?S\.? ?Cl\.?|CPC\s*특허분류|CPC|FI",
    "54": r"(?:Titel|Title|Titre)|Bezeichnung(?: der Erfindung)?|(?:발명|고안)의\s*명칭"
    r"|【?(?:発明|考案)の名称】?|(?:发明|实用新型)名称",
    "56": r"References Cited|선행기술조사문헌|(?:引用|参考)文献|[对対]比文件|Entgegenhaltungen"
    r"|Documents cit[eé]s|(?:Für die Beurteilung|Ermittelter Stand der Technik)[^:\n]*",
    "57": r"Abstract|요\s*약서?|【?要\s*約】?|摘要|Zusammenfassung|Abr[eé]g[eé]|청구의\s*범위"
    r"|【?特許請求の範囲】?|Hauptanspruch",
    "58": r"Field of (?:Classification )?Search|조사한 분야|調査した分野",
    "60": r"Provisional application|Related U\.? ?S\.? Application Data",
    "62": r"Related|분할|원출원|分割の表示|Divis|Teilung|Document num|Teil(?:anmeldung)? aus",
    "63": r"Continuation|Related U\.? ?S\.? Application Data",
    "65": r"Prior Publication Data|공개번호|公開番号|Anmeldung",
    "66": r"Substitute", "67": r"실용|特許", "68": r"Document",
    "71": r"Applicants?|출원인|出願人|Anmelder(?:in)?|Demandeur(?:s|\(s\))?|申请人",
    "72": _INVENTOR,
    "73": r"Assignee(?:s|\(s\))?|특허권자|실용신안권자|特許権者|権利者|(?:Patent)?[Ii]nhaber(?:in)?"
    r"|Proprietors?|Titulaire|专利权人",
    "74": r"Attorneys?|대리인|代理人|Vertreter|Representative|Agent|Mandataire|专利代理",
    "75": _INVENTOR, "76": _INVENTOR,
    "81": r"Designated|지정국|指定国|Bestimmungs|[EÉ]tats",
    "84": r"Designated|지정국|指定国|Be(?:nannte|stimmungs)|[EÉ]tats",
    "85": r"번역문|翻訳文|国际申请", "86": r"PCT|국제출원|国際出願|International|Internationale",
    "87": r"PCT|국제공개|国際公開|International|Internationale",
}  # fmt: skip
_PAIR = {"10", "43"}
# Codes whose field follows without a label, or with the office's own words.
_PLAIN = frozenset("10 11 12 13 15 19 20 21 22 27 30 32 33 43 44 45 48 51 52 54 56 57 58".split())
# Recognition of scans loses the opening bracket or takes it for a stroke.
_CODE = re.compile(r"(?:[(\[（［|]|^)(\d{2})[)\]）］]", re.MULTILINE)
_ABOVE = {code: re.compile(rf"\s*(?:{label})", re.IGNORECASE) for code, label in _LABELS.items()}
_STRIP = {
    code: re.compile(rf"^\W*(?:{label})(?:\([a-z]+\))?[\s:：;.·]*", re.IGNORECASE)
    for code, label in _LABELS.items()
}


@dataclass(frozen=True)
class Field:
    """One field. label: the printed words before the value, "" if none; value: with its lines."""

    code: str
    label: str
    value: str


def folded(text: str) -> str:
    """Full-width letters, digits and signs made plain, as Japanese and Chinese prints set them.

    >>> folded("（２１）出願番号　特願２００５−１")
    '(21)出願番号 特願2005-1'
    """
    return unicodedata.normalize("NFKC", text).replace("\u2212", "-").replace("\u2010", "-")


def inid_fields(page: str) -> list[Field]:
    r"""The fields of a front page, in its order.

    >>> fields = inid_fields("(21) Appl. No.: 1/2 (22) Filed: Jan. 5\n(54) CELL")
    >>> [(field.code, field.value) for field in fields]
    [('21', '1/2'), ('22', 'Jan. 5'), ('54', 'CELL')]
    """
    page = folded(page)
    codes = list(_codes(page))
    ends = [match.start() for match in codes[1:]] + [len(page)]
    fields = []
    for match, end in zip(codes, ends[: len(codes)], strict=True):
        text = page[match.end() : end].strip()
        label = _STRIP[match[1]].match(text) if match[1] in _STRIP else None
        # These two codes stand before words that are the value itself.
        label = None if match[1] in ("12", "19") else label
        value = text[label.end() :] if label else text
        fields.append(Field(match[1], label[0].strip(" :：.·\n") if label else "", value.strip()))
    return [_shared(*pair) for pair in zip_longest(fields, fields[1:])]


def _shared(field: Field, following: Field | None) -> Field:
    """PCT prints set the labels of (43) and (10) beside each other, both values below them."""
    pair = {field.code, following.code} if following else set()
    empty = field.label and not field.value
    return replace(field, value=following.value) if following and empty and pair == _PAIR else field


def _codes(page: str) -> Iterator[re.Match[str]]:
    below_abstract = False
    for match in _CODE.finditer(page):
        code = match[1]
        labelled = code in _ABOVE and _ABOVE[code].match(page, match.end())
        first = not page[page.rfind("\n", 0, match.start()) + 1 : match.start()].strip(" *•|")
        plain = (
            first
            and match[0][0] in "([（［"
            and not below_abstract
            and (code in _PLAIN or code in _LABELS)
        )
        if labelled or plain:
            below_abstract = below_abstract or code == "57"
            yield match
