"""The facts of a printed patent, from its front page's INID codes and its page headers.

A field is read under its own code only: what is not found, or contradicts itself, stays None.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

from ingest.facts import DocumentFacts, Priority, Reference, Title
from ingest.numbers.applications import application_key
from ingest.numbers.offices import OFFICES
from ingest.readers.bibliography import unique
from ingest.readers.printed_patent.citations import references
from ingest.readers.printed_patent.dates import dates, first_date, priorities, us_parents
from ingest.readers.printed_patent.inid import Field, folded, inid_fields
from ingest.readers.printed_patent.number import (
    headed,
    header_date,
    header_number,
    legal_kind,
    named_office,
    printed_number,
)
from ingest.readers.printed_patent.parties import parties
from ingest.readers.printed_patent.text import print_lines
from ingest.readers.printed_patent.title import joined_title, printed_title
from ingest.text import one_line

_HEAD = 200
_FRONT_PAGES = 3  # Korean prints go on with inventors and classes on the second page.
_APPLICATION = re.compile(
    r"PCT/[A-Z]{2}\s?\d{2,4}/\d{5,6}|(?:特願\s*)?[平昭令]?\d[\d/,.\- ]*\d(?:[. ]?[XP]\b)?"
    r"|D?\d{2}/\d{3},\d{3}"
)
_SYMBOL = re.compile(
    r"\b([A-HY]\d{2}[A-Z])\s*(\d{1,4})\s*/\s*(\d{2,6})(?:\s*(\((?:19|20)\d\d\.\d\d\)))?"
)
_TITLE_LANGUAGES = (
    ("en", "title"), ("ko", "명칭"), ("ja", "の名称"), ("zh", "名称"),
    ("de", "titel"), ("de", "bezeichnung"), ("fr", "titre"),
)  # fmt: skip
_ABSTRACT_LANGUAGES = (
    ("ko", r"요\s*약|청구"), ("ja", r"要\s*約|特許請求"), ("zh", "摘要"),
    ("de", "zusammen|hauptan"), ("fr", "abr[eé]g"), ("en", "abstract"),
)  # fmt: skip


def patent_facts(
    document_id: str, first_page: str, pages: Sequence[str] = (), recognised: bool = False
) -> DocumentFacts | None:
    r"""Facts of a print; None where the pages are not a patent's.

    pages: of the whole print, for what front pages continue elsewhere and for page headers.
    recognised: whether first_page is from OCR, which may have missed a priority claim, so that
    nothing follows from there being none.

    >>> page = "(10) Pub. No.: US 2019/9900101 A1\n(22) Filed: Jan. 5, 2018\n(54) CELL"
    >>> facts = patent_facts("0f", page)
    >>> facts.number, facts.filing_date, facts.title
    ('US20199900101A1', '2018-01-05', 'CELL')
    """
    front = _Front(first_page, pages)
    if not front.is_patent():
        return None
    claimed = front.priorities()
    filing = first_date(front.first("22"))
    alone = not recognised and not claimed and front.stands_alone()
    applicants, assignees = front.names("71", "76"), front.names("73")
    titles = front.titles()
    return DocumentFacts(
        id=document_id,
        kind="patent",
        number=front.number(),
        title=front.title(titles),
        parties=unique([*assignees, *applicants]),
        priority_date=min(front.priority_dates(claimed), default=filing if alone else None),
        filing_date=filing,
        publication_date=front.publication_date(),
        cpc=unique([*front.symbols("52"), *front.symbols("51")]),
        family=front.family(claimed, alone, filing),
        language=front.language(),
        country=front.office(),
        application_number=front.application(),
        legal_kind=legal_kind(front.number() or "", front.designation()),
        titles=titles,
        applicants=applicants,
        assignees=assignees,
        inventors=front.inventors(),
        priorities=claimed,
        ipc=front.symbols("51"),
    )


def patent_references(first_page: str, pages: Sequence[str] = ()) -> tuple[Reference, ...]:
    """What the print cites in field (56), in its order."""
    front = _Front(first_page, pages)
    found = [one for value in front.values("56") for one in references(value)]
    return tuple(dict.fromkeys(found))


class _Front:
    """The fields of the front page and of those pages that continue it."""

    def __init__(self, first_page: str, pages: Sequence[str]) -> None:
        self._fields: list[Field] = inid_fields(first_page)
        self._pages = [folded(page) for page in pages]
        self._page = folded(first_page)
        further = [
            *range(1, min(len(pages), _FRONT_PAGES)),
            *([len(pages) - 1] if len(pages) > _FRONT_PAGES else []),
        ]
        for at in further:
            fields = inid_fields("\n".join(print_lines(pages[at])))
            # Only pages that are a list of fields: elsewhere "(72)" is a reference numeral.
            if fields and all(field.label for field in fields):
                self._fields += fields

    def values(self, *codes: str) -> list[str]:
        return [field.value for field in self._fields if field.code in codes]

    def has(self, *codes: str) -> bool:
        return any(self.values(*codes))

    def first(self, *codes: str) -> str:
        return next(filter(None, self.values(*codes)), "")

    def is_patent(self) -> bool:
        """Two codes that every front page has, or a patent's header on most pages."""
        codes = {field.code for field in self._fields}
        if {"10", "11"} & codes and {"54", "22", "21"} & codes:
            return True
        return headed(self._pages)

    def designation(self) -> str:
        """Field (12), else the top of the page: older US prints have their codes behind."""
        return self.first("12") or self._page[:_HEAD]

    def office(self) -> str | None:
        number = self.number()
        return number[:2] if number and number[:2] in OFFICES else self._named_office()

    def _named_office(self) -> str | None:
        named = " ".join([*self.values("19"), *self.values("12")])
        return named_office(named if re.search(r"\w", named) else self._page[:_HEAD])

    def number(self) -> str | None:
        """The publication number with its kind code, canonical."""
        text = self.first("11") or self.first("10")
        number = printed_number(text, self.first("12"), self._named_office()) if text else None
        return number or header_number([self._page, *self._pages])

    def publication_date(self) -> str | None:
        grant = first_date(self.first("45")) or first_date(self.first("47"))
        return grant or first_date(self.first("43")) or header_date(self._pages)

    def application(self) -> str | None:
        match = _APPLICATION.search(self.first("21").split("\n\n")[0])
        return re.sub(r"\s", "", match[0]).rstrip(".,-") if match else None

    def names(self, *codes: str) -> tuple[str, ...]:
        office = self.office()
        return unique(one for value in self.values(*codes) for one in parties(value, office))

    def inventors(self) -> tuple[str, ...]:
        """Also those of a (71) "for US only" right below "(72) Inventors; and" without a name."""
        found = self.names("72", "75", "76")
        for field, below in pairwise(self._fields):
            joint = field.code == "72" and field.label and not field.value and below.code == "71"
            if joint and re.match(r"\((?:for|nur|pour)\b[^()]*\bUS\b[^()]*\)", below.value):
                found = unique([*found, *parties(below.value, self.office())])
        return found

    def symbols(self, code: str) -> tuple[str, ...]:
        """Classification symbols; of Japanese prints those of the IPC, which have a version."""
        found = [match for value in self.values(code) for match in _SYMBOL.finditer(value)]
        versioned = [match for match in found if match[4]]
        if self.office() == "JP" and versioned:
            found = versioned
        return unique(f"{match[1]}{match[2]}/{match[3]}" for match in found)

    def priorities(self) -> tuple[Priority, ...]:
        joined = "\n".join([*self.values("30"), *self.values("31", "32", "33")])
        found = list(priorities(joined)) if joined else []
        for text in self.values("60", "62", "63"):
            found += us_parents(one_line(text)) if self.office() == "US" else []
        return tuple(dict.fromkeys(found))

    def priority_dates(self, claimed: Iterable[Priority]) -> list[str]:
        """Days of all priority claims, also of those that cannot be told apart."""
        stated = [*dates(self.first("30")), *dates(self.first("32"))]
        return [*stated, *(priority.date for priority in claimed if priority.date)]

    def stands_alone(self) -> bool:
        """Whether no earlier application is named: a division's own date is not its priority."""
        return not self.has("30", "31", "32", "60", "62", "63", "66", "86", "87")

    def family(self, claimed: Iterable[Priority], alone: bool, filing: str | None) -> str | None:
        dated = [priority for priority in claimed if priority.date]
        if dated:
            earliest = min(dated, key=lambda priority: priority.date or "")
            return application_key(earliest.country, earliest.number, earliest.date)
        office, application = self.office(), self.application()
        if not (alone and office and application):
            return None
        return application_key(office, application, filing)

    def titles(self) -> tuple[Title, ...]:
        found = []
        for field in self._fields:
            if field.code == "54" and (text := joined_title(field.value)):
                label = field.label.lower()
                language = next((code for code, word in _TITLE_LANGUAGES if word in label), None)
                if language == "en" and self.office() in ("EP", "DE", "KR", "JP", "CN"):
                    language = None
                lines = field.value.split("\n")
                text = printed_title(lines) if self.office() in ("WO", "JP") else text
                if self.office() == "EP" and len(lines) == 3:
                    found += [Title(None, one_line(line)) for line in lines]
                else:
                    found.append(Title(language or self.language(), text))
        return tuple(dict.fromkeys(found))

    def title(self, titles: Iterable[Title]) -> str:
        own = [title.text for title in titles if title.language == self.language()]
        return next(iter([*own, *(title.text for title in titles)]), "")

    def language(self) -> str | None:
        """By the label of the abstract in the office's own language; WO prints say it in (26)."""
        spoken = self.first("26").lower()
        for code, words in (
            ("ko", "한국어|korean"),
            ("ja", "日本語|japan"),
            ("zh", "中文|chinese"),
            ("de", "deutsch|german|^de$"),
            ("fr", "fran|french|^fr$"),
            ("en", "english|영어|^en$"),
        ):
            if spoken and re.search(words, spoken):
                return code
        label = next((f.label for f in self._fields if f.code == "57"), "")
        if self.office() == "WO":
            return None
        return next(
            (code for code, words in _ABSTRACT_LANGUAGES if re.search(words, label, re.I)), None
        )
