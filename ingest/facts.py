"""The facts of a document besides its text: numbers, dates, parties, classes, what it cites.

One shape for every format. What a file does not say stays None or empty; nothing is guessed.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, is_dataclass
from typing import Any

# What a patent publication is in law: the values of `DocumentFacts.legal_kind`.
LEGAL_KINDS = (
    "application", "grant", "utility model", "design", "plant", "reissue", "statutory invention",
    "search report", "correction", "translation",
)  # fmt: skip


def plain(record: Any) -> dict[str, Any]:
    """The record's own fields as JSON-ready values: tuples become lists, in field order."""
    return {field.name: _plain_value(getattr(record, field.name)) for field in fields(record)}


def _plain_value(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_plain_value(entry) for entry in value]
    return plain(value) if is_dataclass(value) else value


@dataclass(frozen=True)
class Title:
    """A title in one language. language: ISO 639-1 in lower case, None where not said."""

    language: str | None
    text: str


@dataclass(frozen=True)
class Priority:
    """An earlier application whose date is claimed (Paris Convention, article 4).

    country: of the office (`US`, `WO` for PCT filings); number: as the file writes it; date: ISO.
    """

    country: str
    number: str
    date: str | None


@dataclass(frozen=True)
class Reference:
    """A document that this one cites.

    Attributes:
        number: canonical publication number; None for literature, or where it cannot be read.
        text: the citation as the file gives it, the typed number for a patent.
        kind: "patent" or "literature".
        cited_by: "applicant", "examiner" or another word of the file's; None where not said.
    """

    number: str | None
    text: str
    kind: str = "patent"
    cited_by: str | None = None


@dataclass(frozen=True)
class DocumentFacts:
    """What is known about a document besides its text. Unknown facts are None or empty.

    Attributes:
        id: 16 hexadecimal digits from the SHA-256 of the file's bytes, or the `_id` of a record.
        kind: "patent" or "report".
        number: canonical publication number (`US20160336597A1`) or a report's own number.
        parties: applicants, assignees or authors, in the order of the document.
        priority_date, filing_date, publication_date: ISO dates (`2019-03-01`).
        cpc: CPC and IPC symbols without spaces (`H01M4/525`), in the order of the document.
        family: the earliest priority application (`EP18123456`), shared by family members.
        label: confidentiality label, None when the document carries none.
        language: ISO 639-1 code in lower case.
        source: path of the file that the document was read from, as a string; a file inside it
            follows after `!/` (`weekly.zip!/a.xml`).
        country: two-letter code of the publishing office, None for reports.
        application_number: as the file writes it, without blanks.
        legal_kind: one of LEGAL_KINDS.
        titles: one for each language that the file has; `title` is the one shown.
        applicants, assignees, inventors: names as written; `parties` holds the first two (for
            reports the authors) without repetitions.
        priorities: in the order of the file; `priority_date` is the earliest.
        ipc: those symbols of `cpc` that the file gives as IPC.
    """

    id: str
    kind: str
    number: str | None = None
    title: str = ""
    parties: tuple[str, ...] = ()
    priority_date: str | None = None
    filing_date: str | None = None
    publication_date: str | None = None
    cpc: tuple[str, ...] = ()
    family: str | None = None
    label: str | None = None
    language: str | None = None
    source: str = ""
    country: str | None = None
    application_number: str | None = None
    legal_kind: str | None = None
    titles: tuple[Title, ...] = ()
    applicants: tuple[str, ...] = ()
    assignees: tuple[str, ...] = ()
    inventors: tuple[str, ...] = ()
    priorities: tuple[Priority, ...] = ()
    ipc: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """The DOCUMENT object of the public contract.

        >>> DocumentFacts(id="0f", kind="report", title="Wetting").to_dict()["title"]
        'Wetting'
        """
        return plain(self)
