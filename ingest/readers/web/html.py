"""HTML pages (and XHTML): visible text, tables, and the facts that the page states of itself.

Nothing that a page refers to is fetched. A saved page of Google Patents is read as a patent.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from lxml import etree

from ingest.compose import Composer
from ingest.errors import Malformed, NoText
from ingest.facts import DocumentFacts
from ingest.isolate import Reply
from ingest.readers.bibliography import iso_date, unique, written_date
from ingest.readers.office.blocks import Block, compose_blocks, fact_text
from ingest.readers.opened import Sample, SourceFile, document_id
from ingest.readers.plain.report_facts import report_facts
from ingest.readers.plain.text_encoding import text_of
from ingest.readers.plain.titles import is_part_name, stated_title
from ingest.readers.web.html_blocks import html_blocks
from ingest.readers.web.html_patent import is_patent_page, patent_page
from ingest.records import Document
from ingest.text import clean, one_line

_MEGABYTES = 50
_SUFFIXES = (".html", ".htm", ".xhtml", ".xht")
_START = re.compile(
    rb"^(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?(?:<!--.{0,2000}?-->\s*)*"
    rb"<(?:!doctype\s+html|html|head|body)[\s>]",
    re.IGNORECASE | re.DOTALL,
)
_META_CHARSET = re.compile(
    rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.\-]{2,40})", re.IGNORECASE
)
_XML_ENCODING = re.compile(rb"^\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9_.\-]{2,40})")
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_HEAD = 4096
# Names by which pages of journals and companies state facts, those of Dublin Core among them.
_AUTHOR = ("citation_author", "dc.creator", "dcterms.creator", "author", "article:author")
_DATE = (
    "citation_publication_date", "citation_date", "article:published_time", "dc.date",
    "dcterms.issued", "dc.date.issued", "dcterms.date", "datepublished", "date",
)  # fmt: skip
_TITLE = ("citation_title", "dc.title", "og:title")


def is_html(sample: Sample) -> bool:
    """Whether a file is an HTML page: by how it starts, or by its suffix where it has tags."""
    if _START.match(sample.head):
        return True
    wide = sample.head.startswith((b"\xff\xfe", b"\xfe\xff"))
    return sample.suffix in _SUFFIXES and (
        wide or re.search(rb"<[a-zA-Z!]", sample.head) is not None
    )


def read_html(file: SourceFile) -> Iterator[Reply]:
    """The one document of a page. Raises NoText, Malformed, TooLarge or WrongSuffix."""
    data = file.data(_MEGABYTES)
    root = parse_html(html_text(data))
    if is_patent_page(root):
        yield Reply(document=patent_page(root, document_id(data)))
    else:
        yield Reply(document=page_document(root, document_id(data)))


def page_document(root: etree._Element, identity: str, title: str = "") -> Document:
    """A page as a report. title: where something else than the page knows it. Raises NoText."""
    blocks = list(html_blocks(root))
    composer = Composer()
    compose_blocks(composer, blocks)
    document = composer.document(_facts(root, blocks, identity, title))
    if not document.text.strip():
        raise NoText("the page shows no text")
    return document


def html_text(data: bytes) -> str:
    """The page's characters: by its mark, its declaration, else as any text.

    >>> html_text('<meta charset="euc-kr"><p>전지'.encode("euc-kr"))[-2:]
    '전지'
    """
    if not data.startswith((b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")):
        found = _XML_ENCODING.match(data[:_HEAD]) or _META_CHARSET.search(data[:_HEAD])
        name = found[1].decode("ascii").lower() if found else ""
        # As browsers do (WHATWG Encoding): each is a subset of the other.
        name = {"euc-kr": "cp949", "ks_c_5601-1987": "cp949", "gb2312": "gb18030", "gbk": "gb18030",
                "iso-8859-1": "cp1252", "latin1": "cp1252", "us-ascii": "cp1252",
                "shift_jis": "cp932", "x-sjis": "cp932"}.get(name, name)  # fmt: skip
        try:
            if name and not name.startswith("utf-16"):
                return clean(data.decode(name))
        except (LookupError, UnicodeDecodeError):
            pass  # Declared wrongly: as if it were not.
    return clean(text_of(data))


def parse_html(text: str) -> etree._Element:
    """The root of a page; whatever is broken in it is mended as browsers do.

    Raises NoText, and Malformed where elements are nested so deep that the rest would be lost.
    """
    parser = etree.HTMLParser(no_network=True, remove_pis=True, huge_tree=True)
    try:
        root = etree.HTML(_DECLARATION.sub("", text, count=1), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Malformed(f"broken HTML: {error}") from error
    if any(error.level_name == "FATAL" for error in parser.error_log):
        raise Malformed(f"broken HTML: {parser.error_log.last_error.message}")
    if root is None:
        raise NoText("the page shows no text")
    return root


def _facts(root: etree._Element, blocks: list[Block], identity: str, title: str) -> DocumentFacts:
    meta: dict[str, list[str]] = {}
    for element in root.iter("meta"):
        name = element.get("name") or element.get("property") or element.get("itemprop") or ""
        if element.get("content"):
            meta.setdefault(name.lower(), []).append(one_line(element.get("content") or ""))
    title = title or next((meta[name][0] for name in _TITLE if name in meta), "")
    title = title or _heading_title(root, blocks)
    facts = report_facts(identity, fact_text(blocks), title)
    authors = next((meta[name] for name in _AUTHOR if name in meta), [])
    dates = [_date(meta[name][0]) for name in _DATE if name in meta]
    language = (root.get("lang") or root.get("xml:lang") or "").split("-")[0].lower()
    return replace(
        facts,
        parties=facts.parties or unique(n for a in authors for n in map(one_line, a.split(";"))),
        publication_date=facts.publication_date or next(filter(None, dates), None),
        # A page's own statement settles it only where the text is too short to tell.
        language=language if len(fact_text(blocks)) < 200 and len(language) == 2 else None,
    )


def _heading_title(root: etree._Element, blocks: list[Block]) -> str:
    """The only first-level heading, else the page's title; "" for a mere part's heading."""
    stated = stated_title(root.findtext(".//head/title") or root.findtext(".//title"))
    firsts = [one_line(block.text) for block in blocks if block.level == 1]
    if len(firsts) == 1 and not is_part_name(firsts[0]):
        return firsts[0]
    heading = next((one_line(b.text) for b in blocks if b.level is not None), "")
    return stated or ("" if is_part_name(heading) else heading)


def _date(text: str) -> str | None:
    day = re.match(r"\d{4}[-/]\d{2}[-/]\d{2}", text)
    return iso_date(day[0].replace("/", "-")) if day else written_date(text)
