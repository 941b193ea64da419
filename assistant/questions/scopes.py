"""Kind, office, class and section in words: "US patents", "in our reports", "H01M4/525"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class Scope:
    """Words that limit one of Filters' repeatable filters. name: of the filter."""

    name: str
    values: tuple[str, ...]
    start: int
    end: int


_COUNTRIES = {
    "US": "US|U\\.S\\.|USPTO|American|US-?amerikanische[nrs]?|미국|米国|美国",
    "EP": "EP|European|EPO|europäische[nrs]?|유럽|欧州|欧洲",
    "WO": "WO|PCT|international|국제|国際",
    "KR": "KR|Korean|koreanische[nrs]?|한국|韓国|韩国",
    "JP": "JP|Japanese|japanische[nrs]?|일본|日本",
    "CN": "CN|Chinese|chinesische[nrs]?|중국|中国",
    "DE": "DE|German|deutsche[nrs]?|독일|ドイツ|德国",
    "GB": "GB|British|UK",
    "FR": "FR|French",
    "TW": "TW|Taiwanese",
    "CA": "Canadian",
    "IN": "Indian",
}
_ANY_COUNTRY = "|".join(_COUNTRIES.values())
_DOCUMENT = (
    r"(?:patent (?:applications?|publications?|documents?|families)|patents|patent(?! (?:law"
    r"|office|number|attorney|system|no\b|examin\w+))|applications|publications|특허|特許|专利"
    r"|Patente|Patentanmeldungen)"
)
_COUNTRY = re.compile(
    rf"(?<![\w-])(?P<list>(?:{_ANY_COUNTRY})(?:(?:, | and | or |, and |, or |/| und | oder"
    rf" )(?:{_ANY_COUNTRY}))*)(?: granted| issued| published| pending)?"
    rf" ?(?P<noun>{_DOCUMENT})(?![A-Za-z0-9])(?!,? (?:no\.?|number)? ?[A-Z]{{0,2}}\d)"
)
_ONE_COUNTRY = tuple((code, re.compile(names)) for code, names in _COUNTRIES.items())

_WHOSE = (
    r"(?:our|the|these|all|any|internal|own|company|engineering|test|lab(?:oratory)?|technical"
    r"|R&D|which|what|HCW|in-house|unsere[nr]?|interne[nr]?)"
)
_REPORTS = re.compile(
    rf"(?<![\w-])(?:in|from|among|within|according to|of|per) (?:(?:{_WHOSE}|only)"
    rf" )*reports\b(?! (?:that|a|an|on how) [a-z]+ is)"
    r"|(?<![\w-])(?:our|internal|own|in-house|engineering|lab|company) (?:\w+ )?reports\b"
    r"|^reports (?=on\b|about\b|since\b|from\b|before\b|after\b|which\b|that mention"
    r"|describing\b|with\b|by\b|of\b)"
    r"|^(?:and |but |only |just )*(?:the )?reports(?: only)?\W*$|\breports only\b|\bonly"
    r" (?:the |our )?reports\b"
    r"|^(?:which|what|list(?: all| the| our)?|show(?: me)?(?: all| the| our)?|find(?:"
    r" me)?(?: all| the)?|any|are there(?: any)?|how many|do (?:any|the|our)|what do (?:the"
    r"|our)) (?:\w+ )?reports\b(?! (?:a|an|the|that) )"
    r"|보고서|報告書|报告|\b(?:in )?(?:unseren|internen|den) Berichten\b",
    re.IGNORECASE,
)
_PATENTS = re.compile(
    r"\b[Pp]atents\b(?! (?:its|his|their|it|this|that)\b)|\bpatent (?:applications"
    r"|publications|documents|literature|filings|families)\b"
    r"|\b(?:which|what|any|each|every|is there an?) patent\b(?! (?:law|office|attorney"
    r"|number|system|term))"
    r"|특허(?=[는은이가를을에의도 ]|문헌|출원|$)|特許(?=[はがをにのもで、]|文献|出願|$)"
    r"|专利(?!权|性)|\bPatente[n]?\b"
    r"|\b(?:welches|ein|jedes) Patent\b"
)
_SECTION = re.compile(
    r"(?<![\w-])(?:only )?in (?:the |their |its |any |all )?(?:independent |dependent |main"
    r" )?(?P<what>claims|abstracts?|descriptions?)(?= *(?:[?.,;!]|$|of\b|only\b|section"
    r"|since|by\b|from\b|filed|published))(?: only)?"
    r"|(?<=\bis )(?P<claimed>claimed)(?= *(?:\?|$|by\b))|(?<=\bare"
    r" )(?P<claimed2>claimed)(?= *(?:\?|$|by\b))"
    r"|(?P<korean>청구항에서?|特許請求の範囲に?|in den Ansprüchen)",
    re.IGNORECASE,
)
_CPC = re.compile(
    r"(?<![\w-])(?P<full>[A-HY]\d\d[A-Z] ?\d{1,4}/\d{2,6})(?![\w/])"
    r"|\b(?:CPC|IPC|class(?:es)?|subclass|classification|classified (?:in|under|as)"
    r"|symbols?)(?: class| symbol| code)?:? (?P<sub>[A-HY]\d\d[A-Z]?)(?![\w/])"
    r"|(?<![\w-])(?P<field>H01M|H01G|H02J|C01G|C01B|C08L|C09D|B60L|C25D|C25B|C22B)(?![\w/-])"
)
_CPC_LEAD = re.compile(
    r"(?:\b(?:in|under|with|of|from) )?(?:the )?(?:CPC|IPC|class(?:es)?|subclass"
    r"|classification|classified (?:in|under|as)|symbols?)(?: class| symbol| code)?:? $"
    r"|(?:\b(?:in|under) )$",
    re.IGNORECASE,
)
_AGAINST = re.compile(
    r"\b(?:infring\w*|valid\w*|litigat\w*|expire\w*|cost|differ\w* from|law)\b", re.IGNORECASE
)


def find_scopes(text: str) -> Iterator[Scope]:
    """Limits to a kind, an office, a class or a section that are certain.

    >>> [(s.name, s.values) for s in find_scopes("US or Korean patents in H01M 4/525")]
    [('country', ('US', 'KR')), ('kind', ('patent',)), ('cpc', ('H01M4/525',))]
    >>> list(find_scopes("Who patented it, and who reports that?"))
    []
    """
    for match in _COUNTRY.finditer(text):
        codes = tuple(code for code, name in _ONE_COUNTRY if _named(name, match["list"]))
        yield Scope("country", codes, match.start(), match.start("noun"))
    yield from _kinds(text)
    for match in _CPC.finditer(text):
        written = match["full"] or match["sub"] or match["field"]
        place = text.index(written, match.start())
        lead = _CPC_LEAD.search(text[:place])
        value = "".join(written.split())
        yield Scope("cpc", (value,), lead.start() if lead else place, match.end())
    for match in _SECTION.finditer(text):
        if match["what"]:
            what = match["what"].lower().rstrip("s")
            section = "claims" if what == "claim" else what
        else:
            section = "claims"
            if match["korean"] is None and re.search(r"\breports?\b|\bit (?:is|was) claimed", text):
                continue
        yield Scope("section", (section,), match.start(), match.end())


def _named(name: re.Pattern[str], listed: str) -> bool:
    return any(
        name.fullmatch(part)
        for part in re.split(r", and |, or |, | and | or |/| und | oder ", listed)
    )


_BOTH = re.compile(
    r"\bpatents?,? (?:and|or|and/or) (?:\w+ )?(?:reports?|papers?|articles?|literature)\b"
    r"|\b(?:reports?|papers?|articles?|literature),? (?:and|or|and/or) (?:\w+ )?patents?\b",
    re.IGNORECASE,
)


def _kinds(text: str) -> Iterator[Scope]:
    """Patents or reports, where only one of them is wished for."""
    if _BOTH.search(text):
        return
    patents = list(_PATENTS.finditer(text))
    reports = list(_REPORTS.finditer(text))
    anywhere = re.search(
        r"\breports?\b(?! (?:a|an|the|that|on)\b)|보고서|報告書", text, re.IGNORECASE
    )
    if bool(patents) == bool(reports) or (patents and anywhere) or _AGAINST.search(text):
        return
    # A patent beside the reports is compared with them.
    if reports and re.search(r"\bpatents?\b|특허|特許|专利", text, re.IGNORECASE):
        return
    kind = "patent" if patents else "report"
    for match in patents or reports:
        yield Scope("kind", (kind,), match.start(), match.end())
