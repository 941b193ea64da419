"""EPO full-text publications (`ep-patent-document`), by their B-tags (WIPO ST.32 codes).

Where a grant prints its claims in three languages, the language of the procedure is read.
"""

from __future__ import annotations

from lxml import etree

from ingest.compose import Composer
from ingest.facts import DocumentFacts, Reference
from ingest.numbers import canonical_number
from ingest.readers.bibliography import family_key, iso_date, unique, written_symbol
from ingest.readers.patent_xml import (
    compose_abstract,
    compose_claims,
    compose_description,
    plain_text,
)
from ingest.records import Document
from ingest.text import one_line


def read_epo(root: etree._Element, document_id: str) -> Document:
    """The document of an `ep-patent-document` root element."""
    language = (root.get("lang") or "en").lower()
    composer = Composer()
    compose_abstract(composer, _in_language(root, "abstract", language))
    compose_description(composer, _in_language(root, "description", language))
    claims = _in_language(root, "claims", language)
    compose_claims(composer, claims.iterfind("claim") if claims is not None else ())
    cited = unique(
        canonical_number(country, number.removeprefix(country))
        for citation in root.iterfind(".//ep-reference-list//patcit")
        if (number := one_line(citation.get("dnum") or "")) and (country := number[:2]).isalpha()
    )
    references = tuple(Reference(number, number) for number in cited)
    return composer.document(_facts(root, document_id, language), references)


def _in_language(root: etree._Element, tag: str, language: str) -> etree._Element | None:
    found = root.findall(tag)
    same = [element for element in found if (element.get("lang") or "").lower() == language]
    return next(iter(same or found), None)


def _facts(root: etree._Element, document_id: str, language: str) -> DocumentFacts:
    filing_date = iso_date(_value(root, ".//B220/date"))
    own_number = _value(root, ".//B210")
    priorities = _priorities(root) or ([(filing_date, "EP", own_number)] if own_number else [])
    dated = sorted((p for p in priorities if p[0]), key=lambda p: p[0] or "")
    country = root.get("country") or _value(root, ".//B190") or "EP"
    number = root.get("doc-number") or _value(root, ".//B110")
    kind = root.get("kind") or _value(root, ".//B130")
    return DocumentFacts(
        id=document_id,
        kind="patent",
        number=canonical_number(country, number, kind) if number else None,
        title=_title(root, language),
        parties=unique(
            one_line(name.text or "")
            for path in (".//B710/B711/snm", ".//B730/B731/snm")
            for name in root.iterfind(path)
        ),
        priority_date=dated[0][0] if dated else None,
        filing_date=filing_date,
        publication_date=iso_date(root.get("date-publ") or _value(root, ".//B140/date")),
        cpc=unique(
            written_symbol(plain_text(element))
            for tag in ("classification-cpc", "classification-ipcr")
            for element in root.iter(tag)
        ),
        family=family_key(dated[0][1], dated[0][2]) if dated else None,
        language=language[:2],
        country=country,
    )


def _value(root: etree._Element, path: str) -> str:
    return one_line(root.findtext(path) or "")


def _priorities(root: etree._Element) -> list[tuple[str | None, str, str]]:
    """(ISO date, country, application number) of every priority claimed, B310 to B330."""
    found = []
    for group in root.iter("B300"):
        numbers = [one_line(e.text or "") for e in group.iterfind("B310")]
        dates = [iso_date(one_line(e.findtext("date") or "")) for e in group.iterfind("B320")]
        countries = [one_line(e.findtext("ctry") or "") for e in group.iterfind("B330")]
        found += list(zip(dates, countries, numbers, strict=False))
    return found


def _title(root: etree._Element, language: str) -> str:
    titles: dict[str, str] = {}
    key = ""
    for element in root.iterfind(".//B540/*"):
        if element.tag == "B541":
            key = one_line(element.text or "").lower()
        elif element.tag == "B542":
            titles[key] = one_line(plain_text(element))
    return titles.get(language) or titles.get("en") or next(iter(titles.values()), "")
