"""What the readers of EPO and WIPO XML share: fields, cited numbers, families, bare facts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from lxml import etree

from ingest.compose import Composer
from ingest.facts import DocumentFacts, Priority, Reference
from ingest.numbers import canonical_number, parse_number
from ingest.numbers.applications import application_key
from ingest.readers.bibliography import symbol, written_symbol
from ingest.readers.patent_xml.body import plain_text
from ingest.text import one_line

# US patents have not reached this number; eight digits above it are a series code and a serial
# number (37 CFR 1.5), which some lists of citations put where publication numbers belong.
_HIGHEST_US_GRANT = 20_000_000


@dataclass(frozen=True)
class Filing:
    """An application: an own one or one whose priority is claimed.

    country: of the office as written; date: ISO; kind: DOCDB's kind of application, else "".
    """

    country: str
    number: str
    date: str | None
    kind: str = ""

    @property
    def priority(self) -> Priority:
        """The same as a fact: an international application's office is `WO`."""
        if self.kind == "W" and self.country != "WO":
            return Priority("WO", f"{self.country}{self.number}", self.date)
        return Priority(self.country, self.number, self.date)


def drop_namespaces(root: etree._Element) -> None:
    """Rename every element to its local name: versions of a format differ in namespaces only."""
    for element in root.iter("*"):
        element.tag = etree.QName(element).localname


def value(element: etree._Element | None, path: str = ".") -> str:
    """The text at a path on one line, "" where there is none.

    >>> value(etree.fromstring("<a><b>x <i>y</i></b></a>"), "b")
    'x y'
    """
    found = element.find(path) if element is not None else None
    return one_line(plain_text(found)) if found is not None else ""


def language_code(element: etree._Element) -> str | None:
    """ISO 639-1 code of an element's `lang`; None for none and for "ol", an original language.

    >>> language_code(etree.fromstring("<p lang='EN'/>")), language_code(etree.fromstring("<p/>"))
    ('en', None)
    """
    code = (element.get("lang") or "").lower()[:2]
    return code if code not in ("", "ol") else None


def class_symbol(element: etree._Element) -> str:
    """The symbol of a classification, written as a text or in its parts; "" if there is none.

    >>> class_symbol(etree.fromstring("<c><text>H01M   4/525       20100101AFI</text></c>"))
    'H01M4/525'
    """
    for path in ("classification-symbol", "text", "."):
        if found := written_symbol(value(element, path)):
            return found
    parts = ("section", "class", "subclass", "main-group", "subgroup")
    return symbol(*(value(element, part) for part in parts))


def cited_patent(country: str, number: str, kind: str, cited_by: str | None) -> Reference | None:
    """A cited patent from its parts; its number is None where they are no publication's.

    >>> cited_patent("WO", "02/12345", "A1", "examiner").text
    'WO 02/12345 A1'
    """
    country, number, kind = country.strip().upper(), one_line(number), kind.strip().upper()
    if not number:
        return None
    text = " ".join(part for part in (country, number.removeprefix(country), kind) if part)
    return Reference(publication_number(country, number, kind), text, "patent", cited_by)


def publication_number(country: str, number: str, kind: str) -> str | None:
    """The canonical number if the parts are those of a publication, else None.

    >>> publication_number("US", "62454417", "B"), publication_number("EP", "0367306", "A")
    (None, 'EP0367306A')
    """
    digits = re.sub(r"[^0-9A-Z]", "", number.upper()).removeprefix(country)
    if (
        country == "US"
        and len(digits) == 8
        and digits.isdigit()
        and int(digits) > _HIGHEST_US_GRANT
    ):
        return None
    if not re.fullmatch(r"[A-Z]{2}", country) or parse_number(f"{country}{digits}{kind}") is None:
        return None
    return canonical_number(country, digits, kind)


def earliest(claimed: Sequence[Filing]) -> tuple[str | None, str | None]:
    """(ISO date, family) of the earliest application; the date or both None where unknown.

    >>> earliest([Filing("GB", "0320567", "2003-09-03"), Filing("EP", "04768329", "2004-09-02")])
    ('2003-09-03', 'GB200320567')
    """
    dated = sorted((p for p in claimed if p.date), key=lambda p: p.date or "")
    first = dated[0] if dated else (claimed[0] if len(claimed) == 1 else None)
    if first is None:
        return None, None
    return first.date, application_key(first.country, first.number, first.date, first.kind)


def compose_bare(composer: Composer, facts: DocumentFacts, notes: Sequence[str] = ()) -> None:
    """Add the titles and a line of facts, by which a publication without text can be found."""
    composer.section("body")
    titles = [title.text for title in facts.titles] or [facts.title]
    for text in dict.fromkeys(titles):
        composer.paragraph(text)
    composer.paragraph(". ".join([line for line in (_facts_line(facts), *notes) if line]))


def _facts_line(facts: DocumentFacts) -> str:
    published = f" of {facts.publication_date}" if facts.publication_date else ""
    filed = f" of {facts.filing_date}" if facts.filing_date else ""
    parts = [f"Publication {facts.number}{published}" if facts.number else ""]
    parts.append(
        f"application {facts.application_number}{filed}" if facts.application_number else ""
    )
    parts.append(", ".join(facts.parties))
    return "; ".join(part for part in parts if part)
