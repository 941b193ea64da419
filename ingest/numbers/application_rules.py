"""Keys of applications at the offices but the USPTO and the EPO.

"epodoc" is the form of the EPO's Espacenet: country, year of four digits, serial number filled up
to seven. "DOCDB" is the form of the EPO's master file, which always comes with a kind.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from ingest.numbers.checks import cn_check_digit, era_year, full_year

_JP_ERAS = (("平成", "H"), ("昭和", "S"), ("平", "H"), ("昭", "S"))


@dataclass(frozen=True)
class Filed:
    """An application as a source names it.

    text: upper case without blanks, commas and country; date: ISO; kind: DOCDB's or "".
    """

    country: str
    text: str
    date: str | None = None
    kind: str = ""

    @property
    def year(self) -> int | None:
        """The year of filing, where the source says it."""
        return int(self.date[:4]) if self.date and self.date[:4].isdigit() else None


def pct(filed: Filed) -> str | None:
    """PCT/JP2015/012345, PCT/CH02/00573; DOCDB IB2022055385 W; epodoc WO2022IB55385.

    The receiving office, the year and six digits (PCT Administrative Instructions, section 307).
    """
    text = re.sub(r"[/\-]", "", filed.text).removeprefix("PCT")
    # A zero after the office's two letters is the year 2000 to 2009 or the serial's fill.
    if epodoc := re.fullmatch(r"(?:WO)?((?:19|20)\d{2})([A-Z]{2})(\d{5,6})", text):
        return f"PCT{epodoc[2]}{epodoc[1]}{epodoc[3].zfill(6)}"
    office = "" if filed.country in ("WO", "PCT") else filed.country
    if re.match(r"\d", text) and office and filed.kind == "W":
        text = office + text
    if long := re.fullmatch(r"([A-Z]{2})((?:19|20)\d{2})(\d{5,6})", text):
        return f"PCT{long[1]}{long[2]}{long[3].zfill(6)}"
    short = re.fullmatch(r"([A-Z]{2})(\d{2})(\d{5})", text)
    return f"PCT{short[1]}{full_year(short[2])}{short[3].zfill(6)}" if short else None


def japan(filed: Filed) -> str | None:
    """Year and six digits; the era's year before 2000 (JPO). Utility models end in U."""
    text = filed.text
    mark = "U" if filed.kind == "U" or text.startswith("実") or re.search(r"\dU$", text) else ""
    text = re.sub(r"^[特実]願|^P(?=\d)|号$|(?<=\d)U$", "", text)
    for written, letter in _JP_ERAS:
        text = text.replace(written, letter)
    text = text.replace("年", "-").replace("第", "")
    found = _japanese_year(text, filed)
    return f"JP{found[0]}{found[1].zfill(6)}{mark}" if found else None


def _japanese_year(text: str, filed: Filed) -> tuple[int, str] | None:
    western = re.fullmatch(r"((?:19|20)\d{2})(?:[-/]0*(\d{1,6})|0{0,2}(\d{6}))", text)
    if western:
        return int(western[1]), western[2] or western[3]
    era = re.fullmatch(r"([HS])(\d{1,2})[-/]0*(\d{1,6})", text)
    if era and (year := era_year(era[1], int(era[2]))) is not None:
        return year, era[3]
    if filed.kind:
        docdb = re.fullmatch(r"(\d{1,6})(\d{2})", text)
        year = full_year(docdb[2], 1912) if docdb else 0
        return (year, docdb[1]) if docdb and filed.year in (None, year) else None
    return _japanese_by_date(text, filed.year) if filed.year else None


def _japanese_by_date(text: str, year: int) -> tuple[int, str] | None:
    """A year of an unnamed era, or DOCDB's two last digits: what agrees with the date alone."""
    found = set()
    if match := re.fullmatch(r"(\d{1,2})[-/]0*(\d{1,6})|(\d{2})(\d{6})", text):
        years = {era_year(era, int(match[1] or match[3])) for era in "HS"}
        found |= {(year, (match[2] or match[4]).zfill(6))} if year in years else set()
    if (match := re.fullmatch(r"(\d{1,6})(\d{2})", text)) and full_year(match[2], 1912) == year:
        found.add((year, match[1].zfill(6)))
    return found.pop() if len(found) == 1 else None


def korea(filed: Filed) -> str | None:
    """Type of right, year, seven digits: 10-2019-0012345; DOCDB and epodoc leave the type out."""
    text = filed.text.replace("-", "")
    if re.fullmatch(r"[1-6]0(19|20)\d{9}", text):
        return f"KR{text}"
    short = re.fullmatch(r"((?:19|20)\d{9})(U?)", text)
    return f"KR{'20' if short[2] or filed.kind == 'U' else '10'}{short[1]}" if short else None


def china(filed: Filed) -> str | None:
    """Year, type and seven digits; eight digits before October 2003. The check digit is left out.

    epodoc leaves out a zero after the type: CN20151123456 is 201510123456.
    """
    text = filed.text.removeprefix("ZL")
    if match := re.fullmatch(r"(\d{12}|\d{8})(?:\.[\dX])?", text):
        return f"CN{match[1]}"
    if match := re.fullmatch(r"(20\d{2})([1238])(\d{6})", text):
        return f"CN{match[1]}{match[2]}0{match[3]}"
    match = re.fullmatch(r"(\d{12}|\d{8})([\dX])", text)
    return f"CN{match[1]}" if match and cn_check_digit(match[1]) == match[2] else None


def germany(filed: Filed) -> str | None:
    """DPMA file numbers: type, year and six digits since 2004, seven or eight digits before.

    epodoc puts the year first: DE20081030627 is 10 2008 030 627, DE19971033454 is 197 33 454 and
    DE19914106811 is 41 06 811.
    """
    text = re.sub(r"^[PGM](?=\d)|\.\d$", "", filed.text)
    text = re.sub(r"[.\-/]", "", text)
    if not text.isdigit():
        return None
    found: dict[int, str] = {}
    office = re.fullmatch(r"(?:10|11|12|20|21)(20\d{2})\d{6}", text)
    if office:
        found[int(office[1])] = text
    if epodoc := re.fullmatch(r"(20\d{2})(10|11|20|21)(\d{5,6})", text):
        found[int(epodoc[1])] = f"{epodoc[2]}{epodoc[1]}{epodoc[3].zfill(6)}"
    found = {year: number for year, number in found.items() if year >= 2004}
    if len(set(found.values())) > 1 and filed.year is not None:
        found = {filed.year: found[filed.year]} if filed.year in found else {}
    if len(set(found.values())) == 1:
        return f"DE{next(iter(found.values()))}"
    if old := re.fullmatch(r"(199[5-9]|200[0-3])10(\d{5})", text):
        return f"DE{'19' if old[1] < '2000' else '10'}{old[1][3]}{old[2]}"
    if older := re.fullmatch(r"19(?:6[89]|7\d|8\d|9[0-4])([1-4]\d{6})", text):
        return f"DE{older[1]}"
    return f"DE{text}" if re.fullmatch(r"\d{7,8}", text) else None


def short_year(filed: Filed) -> str | None:
    """GB, FR, SE: two digits of the year and five, and a check digit; four since about 2010.

    epodoc: year and seven digits. FR counts so since 1969, GB since 1978, SE since 1973.
    """
    text = re.sub(r"(?<=\d{7})[.\-]\d$", "", filed.text)
    first = {"FR": 1969, "GB": 1978, "SE": 1973}[filed.country]
    if match := re.fullmatch(r"((?:19|20)\d{2})(?:00)?(\d{5})", text):
        return f"{filed.country}{match[1]}{match[2]}"
    match = re.fullmatch(r"(\d{2})(\d{5})", text)
    if match is None:
        return None
    year = full_year(match[1], first)
    return f"{filed.country}{year}{match[2]}" if filed.year in (None, year) else None


def swiss(filed: Filed) -> str | None:
    """Serial number and year, 3388/95; DOCDB without the stroke; epodoc year and seven digits."""
    if match := re.fullmatch(r"(\d{1,5})/(\d{2}|(?:19|20)\d{2})", filed.text):
        year = int(match[2]) if len(match[2]) == 4 else full_year(match[2], 1930)
        return f"CH{year}{match[1].zfill(5)}"
    if match := re.fullmatch(r"((?:19|20)\d{2})00(\d{5})", filed.text):
        return f"CH{match[1]}{match[2]}"
    match = re.fullmatch(r"(\d{1,5})(\d{2})", filed.text)
    if match and filed.year is not None and full_year(match[2], 1930) == filed.year:
        return f"CH{filed.year}{match[1].zfill(5)}"
    return None


def netherlands(filed: Filed) -> str | None:
    """Seven digits since 1995; epodoc puts the year before them: NL19981010536 is 1010536."""
    match = re.fullmatch(r"(?:(?:199[5-9]|20\d{2}))?([12]\d{6})", filed.text)
    return f"NL{match[1]}" if match else None


def taiwan(filed: Filed) -> str | None:
    """Year of the Republic (1911 is 0) and six digits; epodoc year and seven digits."""
    if match := re.fullmatch(r"(1\d{2}|[6-9]\d)(\d{6})", filed.text):
        return f"TW{1911 + int(match[1])}{match[2]}"
    match = re.fullmatch(r"((?:19|20)\d{2})0(\d{6})", filed.text)
    return f"TW{match[1]}{match[2]}" if match else None
