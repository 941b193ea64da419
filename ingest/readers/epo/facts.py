"""The facts of an `ep-patent-document` by its B-tags (INID codes in the order of WIPO ST.32)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from ingest.facts import DocumentFacts, Title
from ingest.numbers import canonical_number
from ingest.readers.bibliography import iso_date, unique
from ingest.readers.epo.fields import Filing, class_symbol, earliest, value
from ingest.readers.legal_kinds import legal_kind

# An IPC symbol behind the digit of its edition: " 7G 06F  17/60   A", "2C 07D 307/12 A".
_OLD_IPC = re.compile(r"^\d?\s*([A-H])\s*(\d{2})\s*([A-Z])\s*(\d{1,4})\s*/\s*(\d{2,6})")


def full_text_facts(root: etree._Element, document_id: str) -> DocumentFacts:
    """The facts of an `ep-patent-document` root element."""
    language = _language(root)
    country = root.get("country") or value(root, ".//B190") or "EP"
    number = root.get("doc-number") or value(root, ".//B110")
    kind = (root.get("kind") or value(root, ".//B130")).upper()
    priorities = tuple(_priorities(root))
    priority_date, family = earliest(priorities or _first_filing(root))
    titles = tuple(dict.fromkeys(_titles(root)))
    applicants, assignees = _names(root, "B710/B711"), _names(root, "B730/B731")
    ipc = _ipc(root)
    cpc = (class_symbol(each) for each in root.iterfind(".//SDOBI//classification-cpc"))
    return DocumentFacts(
        id=document_id,
        kind="patent",
        number=canonical_number(country, number, kind) if number else None,
        title=_shown(titles, language),
        parties=unique((*applicants, *assignees)),
        priority_date=priority_date,
        filing_date=iso_date(value(root, ".//B220/date")),
        publication_date=iso_date(root.get("date-publ") or value(root, ".//B140/date")),
        cpc=unique((*cpc, *ipc)),
        family=family,
        language=language,
        country=country,
        application_number="".join(value(root, ".//B210").split()) or None,
        legal_kind=legal_kind(country, kind),
        titles=titles,
        applicants=applicants,
        assignees=assignees,
        inventors=_names(root, "B720/B721"),
        priorities=tuple(claim.priority for claim in priorities),
        ipc=ipc,
    )


def international(root: etree._Element) -> str:
    """A line about the international application behind it, "" where there is none."""
    filed = value(root, ".//B860//anum"), iso_date(value(root, ".//B860//date"))
    published = value(root, ".//B870//pnum"), iso_date(value(root, ".//B870//date"))
    parts = [
        f"{word} {number}" + (f" of {date}" if date else "")
        for word, (number, date) in (("application", filed), ("publication", published))
        if number
    ]
    return f"International {', '.join(parts)}" if parts else ""


def _language(root: etree._Element) -> str:
    """Language of the publication: its root's, else that of the procedure or of publication."""
    stated = (root.get("lang"), value(root, ".//B251EP"), value(root, ".//B260"))
    return next((each.lower()[:2] for each in stated if each), "en")


def _priorities(root: etree._Element) -> Iterator[Filing]:
    """Every priority claimed: B310 begins one, B320 and B330 belong to it."""
    for group in root.iter("B300"):
        tags = list(group)
        starts = [at for at, each in enumerate(tags) if each.tag == "B310"]
        for start, end in zip(starts, [*starts[1:], len(tags)], strict=False):
            parts = {each.tag: each for each in tags[start:end]}
            number, country = value(parts["B310"]), value(parts.get("B330"), "ctry")
            if number and country:
                yield Filing(country, number, iso_date(value(parts.get("B320"), "date")))


def _first_filing(root: etree._Element) -> list[Filing]:
    """The filing whose date counts where no priority is claimed.

    It is the international application or the parent of a divisional where there is one (EPC,
    articles 150 and 76), else the application itself.
    """
    places = (
        ("WO", ".//B860/B861", ".//anum"),
        ("EP", ".//B620/parent/pdoc", ".//anum"),
        ("EP", ".//B200", "B210"),
    )
    for country, path, number_path in places:
        found = root.find(path)
        number = value(found, number_path)
        if number:
            date = value(found, "B220/date") or value(found, "date")
            return [Filing(country, number, iso_date(date))]
    return []


def _titles(root: etree._Element) -> Iterator[Title]:
    """B541 says the language of the B542 behind it."""
    for group in root.iter("B540"):
        language = ""
        for element in group:
            if element.tag == "B541":
                language = value(element).lower()[:2]
            elif element.tag == "B542" and value(element):
                yield Title(language or None, value(element))
                language = ""


def _shown(titles: tuple[Title, ...], language: str) -> str:
    by_language = {title.language: title.text for title in reversed(titles)}
    first = titles[0].text if titles else ""
    return by_language.get(language) or by_language.get("en") or first


def _names(root: etree._Element, path: str) -> tuple[str, ...]:
    """Names as written: `snm` is a company or "surname, first names"."""
    found = []
    for party in root.iterfind(f".//{path}"):
        parts = (value(party, "snm"), value(party, "fnm"))
        found.append(", ".join(part for part in parts if part) or value(party, "onm"))
    return unique(found)


def _ipc(root: etree._Element) -> tuple[str, ...]:
    found = [class_symbol(each) for each in root.iterfind(".//SDOBI//classification-ipcr")]
    for tag in ("B511", "B512", "B513", "B514", "B515"):
        for each in root.iterfind(f".//B510/{tag}"):
            match = _OLD_IPC.match(value(each))
            found.append(f"{match[1]}{match[2]}{match[3]}{match[4]}/{match[5]}" if match else "")
    return unique(found)
