"""Names of applicants, assignees and inventors as printed front pages list them.

Each office separates names from addresses in its own way; where that cannot be told, the first
name alone is taken.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.text import one_line

_KOREAN_PLACE = re.compile(
    r"(?:경기|서울|부산|대구|인천|광주|대전|울산|세종|강원|충청|충북|충남|전라|전북|전남|경상"
    r"|경북|경남|제주"
    r"|미국|일본|독일|중국|중화인민|프랑스|영국|대만|타이완|스위스|네덜란드|스웨덴|핀란드"
    r"|이탈리아|캐나다|덴마크"
    r"|벨기에|오스트리아|이스라엘|싱가포르|노르웨이|인도|러시아|호주|스페인|룩셈부르크"
    r"|홍콩)\S*(?:\s|$)"
)
_JAPANESE_PLACE = re.compile(
    r"〒|(?:東京都|北海道|(?:大阪|京都)府|\w{2,3}県)|(?:大韓民国|アメリカ|米国|ドイツ"
    r"|中華人民共和国|中国"
    r"|台湾|フランス|イギリス|英国|スイス|オランダ|スウェーデン|ベルギー|カナダ|イタリア"
    r"|オーストリア|日本国)"
)
_SKIPPED = re.compile(
    r"^\s*+(?:\((?:뒷면에 계속|Continued on next page)\)|最終頁に続く|.*\bet al\.)\s*$"
)
_COUNTRY_END = re.compile(r",[^,()]+(?:, ?[A-Z]{2})? ?\([A-Z]{2}\).*")
_FORM = re.compile(
    r".*?\b(?:Inc|Ltd|LLC|L\.L\.C|Corp|Corporation|Company|GmbH(?: & Co\. ?KG(?:aA)?)?|AG|SE|KG"
    r"|S\.A|SA|N\.V|B\.V|S\.p\.A|Limited|Kabushiki Kaisha|K\.K|University|Institute)\b\.?(?=,|;|$)",
    re.DOTALL,
)
_NOTE = re.compile(r"\((?:for|für|pour|\*|only|모든|US only)[^()]*\)|\[[A-Z]{2}(?:/[A-Z]{2})?\]")
_POSTCODE = re.compile(r",\s*(?:[A-Z]{1,3}-)?\d{4,6}\s.*")
_FOREIGN_TOWN = re.compile(r",[^,]+,\s*[A-Z]{2}\.?$")


def parties(value: str, office: str | None) -> list[str]:
    r"""The names of one field, in its order.

    >>> parties("Ola Fjeldstad, Sandvika (NO); Eva Lund, Austin, TX (US)", "US")
    ['Ola Fjeldstad', 'Eva Lund']
    >>> parties("김가나\n경기도 오산시 1길 2\n이다라\n서울특별시 3", "KR")
    ['김가나', '이다라']
    """
    lines = [line.strip(" *=|~_") for line in value.split("\n") if not _SKIPPED.match(line)]
    lines = [line for line in lines if line]
    readers = {"KR": _korean, "JP": _japanese, "CN": _chinese, "EP": _european, "DE": _german}
    reader = _international if _is_international(value) else readers.get(office or "", _american)
    return [name for name in (_tidy(one) for one in reader(lines)) if name]


def _is_international(value: str) -> bool:
    """WO prints put a semicolon after a name and (KR) or [KR/KR] behind it."""
    return bool(re.search(r"\[[A-Z]{2}/[A-Z]{2}\]|;[^;]*\([A-Z]{2}\)\.", value))


def _korean(lines: list[str]) -> Iterator[str]:
    for at, line in enumerate(lines):
        below = lines[at + 1] if at + 1 < len(lines) else ""
        address = _KOREAN_PLACE.match(line) and at
        if at == 0 or (not address and _KOREAN_PLACE.match(below) and not re.search(r"\d", line)):
            yield line


def _japanese(lines: list[str]) -> Iterator[str]:
    lines = [line for line in lines if not re.fullmatch(r"[\d ]+", line)]
    if not lines:
        return
    lines[0] = re.sub(r"^\d{9}\s+", "", lines[0])
    place = next((at for at, line in enumerate(lines) if _JAPANESE_PLACE.match(line)), 1)
    yield " ".join(lines[: max(place, 1)])


def _chinese(lines: list[str]) -> Iterator[str]:
    names: list[str] = []
    for line in lines:
        if line.startswith("地址"):
            break
        names.append(line)
    text = " ".join(names)
    # Several inventors stand in a row; a company's name has no blanks in Chinese.
    yield from text.split() if re.search("[\u4e00-\u9fff]", text) else [text]


def _european(lines: list[str]) -> Iterator[str]:
    bulleted = any(line.startswith("•") for line in lines)
    fresh = True
    for line in lines:
        fresh = fresh or line.startswith("•")
        if fresh and line.strip("• "):
            yield re.sub(r"\s*\([A-Z]{2}\)$", "", _COUNTRY_END.sub("", line.strip("• ")))
            fresh = False
        elif not bulleted and re.search(r"\([A-Z]{2}\)$", line):
            fresh = True


def _german(lines: list[str]) -> Iterator[str]:
    for one in one_line(" ".join(lines)).split(";"):
        name = _POSTCODE.sub("", one.strip())
        yield name if name != one.strip() else _FOREIGN_TOWN.sub("", name)


def _international(lines: list[str]) -> Iterator[str]:
    text = re.sub(r"(\([A-Z]{2}\))[.;,](?=\s|$)", r"\1\n", one_line(" ".join(lines)))
    for one in text.split("\n"):
        name = re.split(r";|\[[A-Z]{2}/", _NOTE.sub(lambda m: m[0] if m[0][0] == "[" else "", one))
        if name[0].strip():
            # The Latin spelling follows in brackets where the name has another script.
            yield re.sub(r"(?<=[^\x00-\x7f])\s*\([A-Z][A-Z .,&\w-]+\)\s*$", "", name[0].strip())


def _american(lines: list[str]) -> Iterator[str]:
    text = one_line(" ".join(lines))
    pieces = [piece.strip() for piece in text.split(";") if piece.strip()]
    for piece in pieces:
        if re.match(r"(?:all|both) of\b", piece, re.IGNORECASE):
            continue
        if re.search(r"\([A-Z]{2}\)", piece):
            yield _COUNTRY_END.sub("", piece)
        elif form := _FORM.match(piece):
            yield form[0]
        else:
            yield one_line(re.split(r",|\(", lines[0] if len(pieces) == 1 else piece)[0])


def _tidy(name: str) -> str:
    return one_line(_NOTE.sub("", name)).strip(" ,;:•")
