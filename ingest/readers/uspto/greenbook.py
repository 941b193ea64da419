"""USPTO grants of 1976 to 2001 as APS text ("greenbook"), one or many in a file.

Fields: the office's "Patent Full-Text/APS file" documentation. Applications are numbered by
series (SRC) and serial number (APN, whose seventh digit is a check digit); patents by WKU, whose
ninth sign is one too. Kind codes were not printed then; the office's table of codes gives
them by the type of patent.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator

from ingest.compose import Composer
from ingest.errors import IngestError, Malformed, Rejection, TooLarge
from ingest.facts import DocumentFacts, Priority, Reference
from ingest.isolate import Reply
from ingest.numbers import canonical_number
from ingest.readers.bibliography import iso_date, unique
from ingest.readers.opened import Sample, SourceFile, document_id
from ingest.readers.patent_xml.pieces import Piece
from ingest.readers.uspto.aps_text import aps_text
from ingest.readers.uspto.bulk import greenbook_pieces
from ingest.readers.uspto.greenbook_body import compose_body
from ingest.readers.uspto.greenbook_lines import Group, groups
from ingest.readers.uspto.prose_filings import prose_filings
from ingest.readers.uspto.red_book_facts import (
    cited_patent,
    turned_name,
    us_legal_kind,
    us_priority,
    us_symbol,
    with_family,
)
from ingest.records import Document

_START = re.compile(rb"(?:^|[\r\n])PATN\s*[\r\n]+[A-Z]{3}  ")
_WKU = re.compile(r"([A-Z]{0,2})(\d{5,8})")
_KINDS = {"": "A", "RE": "E", "D": "S", "PP": "P", "H": "H"}
# Country codes of before WIPO ST.3.
_COUNTRIES = {"JA": "JP", "DT": "DE", "DL": "DD", "OE": "AT", "SW": "SE", "UK": "GB", "SF": "FI"}


def is_greenbook(sample: Sample) -> bool:
    """Whether the content is APS text, whatever the suffix."""
    return _START.search(sample.head) is not None


def read_greenbook(file: SourceFile) -> Iterator[Reply]:
    """The patents of a file, one at a time."""
    number = 0
    for piece in greenbook_pieces(file.stream):
        if not piece.data.lstrip().startswith(b"PATN") and not piece.too_large:
            if piece.data.strip() and not piece.data.startswith(b"HHHHH"):  # the weekly header
                message = "text before the first patent, in no group"
                yield Reply(rejection=Rejection("#document 0", "Malformed", message))
            continue
        number += 1
        alone = number == 1 and piece.last
        try:
            document = _document(piece)
        except IngestError as error:
            if alone:
                raise
            rejection = Rejection(f"#document {number}", type(error).__name__, str(error))
            yield Reply(rejection=rejection, position=piece.end)
            continue
        digest = None if alone else hashlib.sha256(piece.data).hexdigest()
        yield Reply(document=document, content_hash=digest, position=piece.end)


def _document(piece: Piece) -> Document:
    if piece.too_large:
        raise TooLarge(f"one patent of more than {piece.size_limit >> 20} MB")
    try:
        text = piece.data.decode("utf-8")
    except UnicodeDecodeError:
        text = piece.data.decode("latin-1")
    found = list(groups(text))
    patent = found[0]
    if not _WKU.match(patent.first("WKU").strip()):
        raise Malformed("broken greenbook text: no patent number (WKU)")
    composer = Composer()
    compose_body(composer, found)
    facts = _facts(patent, found, document_id(piece.data))
    return composer.document(facts, tuple(_references(found)))


def _facts(patent: Group, found: list[Group], identity: str) -> DocumentFacts:
    match = _WKU.match(patent.first("WKU").strip())
    assert match is not None
    letters, digits = match[1], match[2]
    if len(letters + digits) == 8 and len(patent.first("WKU").strip()) == 8:
        digits += "0"  # The check digit is missing.
    kind = _KINDS.get(letters, "")
    ipc = [us_symbol(symbol) for g in found if g.tag == "CLAS" for symbol in g.all("ICL")]
    number = letters + digits[: 8 - len(letters)].lstrip("0")
    facts = DocumentFacts(
        id=identity,
        kind="patent",
        number=canonical_number("US", number, kind),
        title=aps_text(" ".join(patent.first("TTL").split())),
        filing_date=iso_date(patent.first("APD")),
        publication_date=iso_date(patent.first("ISD")),
        cpc=unique(ipc),
        language="en",
        country="US",
        application_number=_application(patent),
        legal_kind=us_legal_kind(kind),
        assignees=unique(turned_name(g.first("NAM")) for g in found if g.tag == "ASSG"),
        inventors=unique(turned_name(g.first("NAM")) for g in found if g.tag == "INVT"),
        priorities=tuple(dict.fromkeys(_priorities(found))),
        ipc=unique(ipc),
    )
    return with_family(facts)


def _application(patent: Group) -> str | None:
    series, serial = patent.first("SRC").strip(), patent.first("APN").strip().rstrip("&")
    if not re.fullmatch(r"\d{1,2}", series) or not re.fullmatch(r"\d{6,7}", serial):
        return serial or None
    return f"{int(series):02d}{serial[:6]}"


def _priorities(found: list[Group]) -> Iterator[Priority]:
    parents = " ".join(v for g in found if g.tag == "PARN" for _, lines in g.fields for v in lines)
    related = [group for group in found if group.tag == "RLAP" and group.first("APN")]
    for group in found:
        if group.tag == "PRIR" and group.first("APN"):
            date = iso_date(group.first("APD"))
            yield us_priority(_country(group), group.first("APN"), date)
        elif group.tag == "PCTA" and group.first("PCN"):
            yield us_priority("WO", group.first("PCN"), iso_date(group.first("PD3")))
    # A substitute has no right to the date of what it replaces (MPEP 201.09).
    if "substitut" not in parents.lower():
        for group in related:
            yield us_priority("US", group.first("APN"), iso_date(group.first("APD")))
        if not related:
            yield from prose_filings(aps_text(" ".join(parents.split())))


def _country(group: Group) -> str:
    code = group.first("CNT").strip().upper()[:2]
    return _COUNTRIES.get(code, code)


def _references(found: list[Group]) -> Iterator[Reference]:
    for group in found:
        if group.tag == "UREF" and group.first("PNO"):
            yield cited_patent("US", group.first("PNO"))
        elif group.tag == "FREF" and group.first("PNO"):
            yield cited_patent(_country(group), group.first("PNO"))
        elif group.tag == "OREF":
            for _, lines in group.fields:
                if text := aps_text(" ".join(" ".join(lines).split())):
                    yield Reference(None, text, "literature")
