"""Which strings of a file are its title or its author, and which are leftovers of a program."""

from __future__ import annotations

import re

from ingest.readers.bibliography import unique
from ingest.text import one_line

# Headings of parts of a report: none of them is the title of one.
_PARTS = frozenset(
    """abstract acknowledgement acknowledgements acknowledgment acknowledgments annex appendix
    background communication conclusion conclusions contents discussion experiment experimental
    experiments introduction keywords main materials method methodology methods motivation notes
    objective objectives overview preface purpose references related work result results scope
    significance summary supplementary material information theory additional author contributions
    conflicts interest competing interests funding details section procedures procedure setup
    design doi executive table of and the in a s 1 general einleitung
    zusammenfassung ergebnisse inhalt résumé 서론 결론 초록 요약 개요 実験 結論 緒言""".split()
)
_NUMBERING = re.compile(r"^(?:(?:\d+|[IVX]+|[A-Z])(?:\.\d+)*[.):]?\s+)(?=\S)")
_WORD = re.compile(r"[^\W\d_]+")
_NO_TITLE = re.compile(
    r"^(?:untitled|no title|title|document|dokument|presentation|slide|book|mappe)\s*\d*$"
    r"|^(?:powerpoint[- ]pr[äae]+sentation|powerpoint presentation|click to .*|new document"
    r"|microsoft (?:word|powerpoint|excel) ?-? .*|.*\.(?:docx?|pptx?|xlsx?|rtf|odt|html?))$",
    re.IGNORECASE,
)
_NO_AUTHOR = frozenset(
    (
        "python-docx, steve canny, openpyxl, user, admin, administrator, owner, author, unknown,"
        " guest, windows user, office user, microsoft office user, microsoft, root, pandoc,"
        " microsoft corporation, apache poi, test, unknown author, default, none"
    ).split(", ")
)


def is_part_name(heading: str) -> bool:
    """Whether a heading names a part that many reports have, and so cannot be a title.

    >>> is_part_name("2. Results and Discussion"), is_part_name("Wetting of large cells")
    (True, False)
    """
    words = _WORD.findall(_NUMBERING.sub("", one_line(heading)).lower())
    return all(word in _PARTS for word in words) or heading.lower().startswith("doi")


def stated_title(text: str | None) -> str:
    """The title in a file's properties, "" where a program made it up.

    >>> stated_title("Wetting"), stated_title("Microsoft Word - a.doc"), stated_title(None)
    ('Wetting', '', '')
    """
    title = one_line(text or "")
    return "" if _NO_TITLE.match(title) else title


def stated_authors(text: str | None) -> tuple[str, ...]:
    """The authors in a file's properties, without those that programs put there.

    >>> stated_authors("S. Vik; K. Osei"), stated_authors("python-docx")
    (('S. Vik', 'K. Osei'), ())
    """
    names = [one_line(name) for name in (text or "").split(";")]
    return unique(name for name in names if name.lower() not in _NO_AUTHOR)


def name_title(file_name: str) -> str:
    """The title that a file's name gives: its stem where that has words, else "".

    >>> name_title("전지 report.v2.md"), name_title("W1971168173.md")
    ('전지 report.v2', '')
    """
    stem = file_name.rsplit(".", 1)[0]
    words = [word for word in _WORD.findall(stem) if len(word) > 1]
    return stem if words else ""
