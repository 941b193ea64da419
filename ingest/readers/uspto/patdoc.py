"""USPTO grants of 2001 to 2004 (PATDOC v2.x), by their B-tags (WIPO ST.32 codes).

The files of 2001 are SGML, whose empty elements have no end; they get one before they are parsed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from ingest.compose import Composer
from ingest.facts import DocumentFacts, Reference
from ingest.numbers import canonical_number
from ingest.readers.bibliography import iso_date, unique
from ingest.readers.patent_xml.body import compose_abstract, compose_claims, compose_description
from ingest.readers.patent_xml.inline_text import plain_text
from ingest.readers.uspto.red_book_facts import (
    cited_patent,
    us_application_number,
    us_legal_kind,
    us_priorities,
    us_symbol,
    with_family,
)
from ingest.readers.uspto.renamed import rename, unwrap
from ingest.records import Document
from ingest.text import one_line

_NAMES = {
    "PARA": "p", "H": "heading", "SP": "sup", "SB": "sub", "UL": "ul", "OL": "ol", "DL": "dl",
    "LI": "li", "DT": "dt", "DD": "dd", "TABLE-US": "tables", "MATH-US": "maths",
    "CHEM-US": "chemistry", "CLM": "claim", "CLMSTEP": "claim-text", "EMI": "img", "BR": "br",
    "MATHEMATICA": "mathematica", "F": "in-line-formula", "CHEMCDX": "img", "CHEMMOL": "img",
}  # fmt: skip
# Parents whose date a grant may claim: of divisions, continuations, reissues; B660, the
# substitute, is none.
_BENEFIT = (".//B620", ".//B630", ".//B640", ".//B641US")


def read_patdoc(root: etree._Element, document_id: str) -> Document:
    """The document of a `PATDOC` root element."""
    unwrap(root, frozenset(["PDAT"]))
    book = root.find("SDOBI")
    book = book if book is not None else root
    facts, references = _facts(book, document_id), tuple(_references(book))
    rename(root, _NAMES)
    for heading in root.iter("heading"):
        heading.set("level", heading.get("LVL") or "1")
    for element in root.iter("maths", "chemistry", "tables", "img"):
        element.set("id", element.get("ID") or "")
    for claim in root.iter("claim"):
        printed = re.match(r"\s*(\d{1,4}(?:\s*-\s*\d{1,4})?)\s*\.", plain_text(claim))
        named = re.fullmatch(r"CLM-0*(\d{1,5})", claim.get("ID") or "")
        if match := printed or named:
            claim.set("num", match[1])
    composer = Composer()
    compose_abstract(composer, root.find("SDOAB"))
    compose_description(composer, root.find("SDODE"))
    compose_claims(composer, root.iterfind("SDOCL//claim"))
    return composer.document(facts, references)


def _facts(book: etree._Element, document_id: str) -> DocumentFacts:
    country = _value(book, "B100/B190") or "US"
    number, kind = _value(book, "B100/B110"), _value(book, "B100/B130")
    ipc = [us_symbol(_raw(e)) for tag in ("B511", "B512") for e in book.iter(tag)]
    facts = DocumentFacts(
        id=document_id,
        kind="patent",
        number=canonical_number(country, number, kind) if number else None,
        title=_value(book, "B500/B540"),
        filing_date=iso_date(_value(book, "B200/B220/DATE")),
        publication_date=iso_date(_value(book, "B100/B140/DATE")),
        cpc=unique(ipc),
        language="en",
        country=country,
        application_number=us_application_number(_value(book, "B200/B210")),
        legal_kind=us_legal_kind(kind),
        applicants=unique(_names(book, ("B700/B710/B711",))),
        assignees=unique(_names(book, ("B700/B730/B731",))),
        inventors=unique(_names(book, ("B700/B720/B721", "B700/B720/B722"))),
        priorities=us_priorities(_filings(book)),
        ipc=unique(ipc),
    )
    return with_family(facts)


def _raw(element: etree._Element) -> str:
    """Text as it stands: the blanks inside an old IPC symbol have meaning."""
    return "".join(str(text) for text in element.itertext()).strip("\r\n\t")


def _value(element: etree._Element, path: str) -> str:
    found = element.find(path)
    return one_line(_raw(found)) if found is not None else ""


def _filings(book: etree._Element) -> Iterator[tuple[str, str, str]]:
    for claim in book.iterfind("B300"):
        # One group may repeat its three elements, once for each priority.
        for number, date, country in zip(
            claim.findall("B310"), claim.findall("B320"), claim.findall("B330"), strict=False
        ):
            yield _value(country, "CTRY") or one_line(_raw(country)), _raw(number), _date(date)
    for path in _BENEFIT:
        for parent in book.iterfind(f"{path}//PARENT-US/PDOC/DOC"):
            yield _value(parent, "CTRY"), _value(parent, "DNUM"), _value(parent, "DATE")
    for provisional in book.iterfind(".//B680US//DOC"):
        yield _value(provisional, "CTRY"), _value(provisional, "DNUM"), _value(provisional, "DATE")
    for filing in book.iterfind(".//B860"):
        yield "WO", _value(filing, "B861//DNUM"), _value(filing, "B861//DATE")


def _date(element: etree._Element) -> str:
    return _value(element, "DATE") or one_line(_raw(element))


def _names(book: etree._Element, paths: tuple[str, ...]) -> Iterator[str]:
    for path in paths:
        for party in book.iterfind(path):
            for name in party.iter("NAM"):
                yield _value(name, "ONM") or one_line(
                    " ".join(_value(name, part) for part in ("TTL", "FNM", "SNM", "SFX"))
                )


def _references(book: etree._Element) -> Iterator[Reference]:
    for citation in book.iterfind(".//B560/B561"):
        by = _by(citation)
        for document in citation.iterfind("PCIT/DOC"):
            country, number = _value(document, "CTRY") or "US", _value(document, "DNUM")
            if number:
                yield cited_patent(country, number, _value(document, "KIND"), by)
    for citation in book.iterfind(".//B560/B562"):
        for literature in citation.iterfind("NCIT"):
            if text := one_line(_raw(literature)):
                yield Reference(None, text, "literature", _by(citation))


def _by(citation: etree._Element) -> str | None:
    if citation.find(".//CITED-BY-EXAMINER") is not None:
        return "examiner"
    return "other" if citation.find(".//CITED-BY-OTHER") is not None else None
