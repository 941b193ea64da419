"""Pages of Google Patents as a browser saves them, read by their schema.org `itemprop` marks."""

from __future__ import annotations

import re

from lxml import etree

from ingest.compose import Composer
from ingest.facts import DocumentFacts, Reference, Title
from ingest.numbers import parse_number
from ingest.readers.bibliography import iso_date, unique, written_symbol
from ingest.readers.patent_xml.body import claim_references
from ingest.readers.web.html_blocks import element_text, elements_at
from ingest.records import Document
from ingest.text import one_line

_HEADINGS = ("heading", "h1", "h2", "h3", "h4")
_NUMBER = re.compile(r"^\W*0*(\d{1,5})\W*$")
_CLAIM_NUMBER = re.compile(r"^\s*(\d{1,4})\s*[.)]\s*")
_SYMBOL = re.compile(r"^[A-HY]\d\d[A-Z]\s*\d+/\d+$")
_CITED = ("backwardReferences", "backwardReferencesOrig", "backwardReferencesFamily")


def is_patent_page(root: etree._Element) -> bool:
    """Whether a page has the marks of one publication."""
    return _first(root, "publicationNumber") is not None and (
        _section(root, "claims") is not None
        or _section(root, "abstract") is not None
        or _section(root, "description") is not None
    )


def patent_page(root: etree._Element, identity: str) -> Document:
    """The patent on a page for which `is_patent_page` holds."""
    composer = Composer("abstract")
    abstract = _section(root, "abstract")
    if abstract is not None:
        for part in list(abstract.iterfind(".//*[@class='abstract']")) or [_content(abstract)]:
            composer.paragraph(element_text(part))
    _description(composer, _section(root, "description"))
    _claims(composer, _section(root, "claims"))
    return composer.document(_facts(root, identity), _references(root))


def _facts(root: etree._Element, identity: str) -> DocumentFacts:
    number = parse_number(_text(root, "publicationNumber"))
    title = _title(root)
    assignees = _texts(root, "assigneeOriginal") or _texts(root, "assigneeSearch")
    country = _text(root, "countryCode")
    codes = unique(written_symbol(c) for c in _texts(root, "Code") if _SYMBOL.match(c))
    lang = root.xpath("string(//section[@itemprop='claims' or @itemprop='description']//@lang)")
    language = str(lang).lower()[:2] or None
    application = _text(root, "applicationNumber")
    return DocumentFacts(
        id=identity,
        kind="patent",
        number=number,
        title=title,
        titles=(Title(language, title),) if title else (),
        parties=assignees,
        assignees=assignees,
        inventors=_texts(root, "inventor"),
        priority_date=_date(root, "priorityDate"),
        filing_date=_date(root, "filingDate"),
        publication_date=_date(root, "publicationDate"),
        application_number=application.replace(" ", "") or None,
        cpc=codes,
        country=country if re.fullmatch("[A-Z]{2}", country) else number[:2] if number else None,
        language=language,
    )


def _title(root: etree._Element) -> str:
    """The page's own title, never that of something cited; some pages have it in Dublin Core."""
    named = next(iter(_texts(root, "title")), "")
    return named or one_line(str(root.xpath("string(//meta[@name='DC.title']/@content)")))


def _description(composer: Composer, section: etree._Element | None) -> None:
    if section is None:
        return
    composer.section("description")
    found = False
    for element in section.iter():
        classes = (element.get("class") or "").split() if isinstance(element.tag, str) else []
        if element.tag in _HEADINGS and element.getparent() is not section:
            composer.heading(element_text(element))
        elif "description-paragraph" in classes or "description-line" in classes:
            found = True
            composer.paragraph(_without_number(element), _number(element))
    if not found:
        composer.paragraph(element_text(_content(section)))


def _number(element: etree._Element) -> str | None:
    printed = element.find(".//para-num")
    number = _NUMBER.match((printed.get("num") if printed is not None else None)
                           or element.get("num") or "")  # fmt: skip
    return number[1].zfill(4) if number else None


def _without_number(element: etree._Element) -> str:
    return re.sub(r"^\s*\[\d{4,5}\]\s*", "", element_text(element))


def _claims(composer: Composer, section: etree._Element | None) -> None:
    if section is None:
        return
    numbered = [e for e in section.iter("div", "li") if _is_claim(e)]
    for position, element in enumerate(numbered, start=1):
        text = element_text(element)
        text = text.removeprefix("- ")
        printed = _CLAIM_NUMBER.match(text)
        given = _NUMBER.match(element.get("num") or "")
        number = int(given[1]) if given else int(printed[1]) if printed else position
        text = _CLAIM_NUMBER.sub("", text) if printed and int(printed[1]) == number else text
        composer.claim(number, text, claim_references(text, number))


def _is_claim(element: etree._Element) -> bool:
    """The innermost element of class "claim": lists repeat the class on every level."""
    classes = (element.get("class") or "").split()
    if not {"claim", "claim-dependent"} & set(classes):
        return False
    return not any(
        "claim" in (e.get("class") or "").split() for e in element.iterdescendants("div")
    )


def _references(root: etree._Element) -> tuple[Reference, ...]:
    found: dict[str, Reference] = {}
    for row in elements_at(root, "|".join(f"//tr[@itemprop='{name}']" for name in _CITED)):
        text = _text(row, "publicationNumber")
        marks = row.xpath("string(.//*[@itemprop='examinerCited'])")
        by = "examiner" if marks else None
        if text:
            found.setdefault(text, Reference(parse_number(text), text, "patent", by))
    for row in elements_at(root, "//tr[@itemprop='detailedNonPatentLiterature']"):
        text = _text(row, "title")
        by = "examiner" if row.xpath("string(.//*[@itemprop='examinerCited'])") else None
        if text:
            found.setdefault(text, Reference(None, text, "literature", by))
    return tuple(found.values())


def _section(root: etree._Element, name: str) -> etree._Element | None:
    found = elements_at(root, f"//section[@itemprop='{name}']")
    return found[0] if found else None


def _content(section: etree._Element) -> etree._Element:
    found = elements_at(section, ".//*[@itemprop='content']")
    return found[0] if found else section


def _first(root: etree._Element, name: str) -> etree._Element | None:
    """The first such mark that is no part of a citation or a family."""
    found = elements_at(root, f".//*[@itemprop='{name}'][not(ancestor::tr)][not(ancestor::meta)]")
    found = found or elements_at(root, f".//*[@itemprop='{name}']")
    return found[0] if found else None


def _text(root: etree._Element, name: str) -> str:
    element = _first(root, name)
    return "" if element is None else one_line(element.get("content") or element_text(element))


def _texts(root: etree._Element, name: str) -> tuple[str, ...]:
    found = elements_at(root, f"//*[@itemprop='{name}'][not(ancestor::tr)]")
    return unique(one_line(e.get("content") or element_text(e)) for e in found)


def _date(root: etree._Element, name: str) -> str | None:
    element = _first(root, name)
    if element is None:
        return None
    return iso_date(element.get("datetime") or element_text(element))
