"""Citations of a printed front page, field (56), as each office prints them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.facts import Reference
from ingest.numbers import canonical_number, parse_number
from ingest.text import one_line

_EXAMINER = re.compile(r"\*\s*(?:는 심사관에|cited by examiner)")
_FOOTNOTE = re.compile(r"^\s*\*\s*(?:는|cited by).*$", re.MULTILINE)
_US = re.compile(
    r"^(?P<number>(?:RE|D|PP|H)?\d[\d,]{3,9}|\d{4}/\d{7})(?:\s*+(?P<kind>[A-Z]\d?))?"
    r"(?:\s*+(?P<star>\*))?\s++\d{1,2}/\d{4}\b"
)
_FOREIGN = re.compile(
    r"^(?P<country>[A-Z]{2})\s+(?P<number>[A-Z]{0,2}\d[\d/. -]*\d)"
    r"(?:\s*+(?P<kind>[A-Z]\d?))?(?:\s*+(?P<star>\*))?\s++\d{1,2}/\d{4}\b"
)
_PLAIN = re.compile(
    r"^(?P<country>[A-Z]{2})\s?(?P<number>[\d/-]{5,})\s?(?P<kind>[A-Z]\d?)?\s*(?P<star>\*)?$"
)
_EUROPEAN = re.compile(r"\b(?P<country>[A-Z]{2})-(?P<kind>[A-Z]\d?)-\s?(?P<number>[\d][\d /-]*\d)")
_GERMAN = re.compile(r"\b(?P<country>[A-Z]{2})\s+(?P<number>\d[\d /]*\d)\s+(?P<kind>[A-Z]\d?)\b")
_CHINESE = re.compile(r"\b(?P<country>[A-Z]{2})\s(?P<number>\d[\d/]{5,})\s(?P<kind>[A-Z]\d?)\s?,")
_JAPANESE = re.compile(r"(?:特開|特表|特公|実開|特許第|国際公開第)[^(),;\n]+?(?=\s*[(,;\n号]|$)")
_KOREAN_OLD = re.compile(r"미국특허\s*(?P<number>\d[\d,]{6,})")
_STAFF = re.compile(r"(?:Primary|Assistant) Examiner|Attorney|\(74\)|\(57\)")
_SECTIONS = re.compile(r"OTHER PUBLICATIONS|FOREIGN PATENT DOCUMENTS|U\.? ?S\.? PATENT DOCUMENTS")


def references(value: str) -> tuple[Reference, ...]:
    r"""What field (56) lists, in its order, without repetitions.

    >>> cited, = references("KR1020190012345 A*\n*는 심사관에 의하여 인용된 문헌")
    >>> cited.number, cited.cited_by
    ('KR1020190012345A', 'examiner')
    """
    examiner = bool(_EXAMINER.search(value))
    found = list(_patents(_FOOTNOTE.sub("", value), examiner))
    found += _literature(value)
    return tuple(dict.fromkeys(found))


def _patents(value: str, examiner: bool) -> Iterator[Reference]:
    american = re.search(r"U\.? ?S\.? PATENT DOCUMENTS", value)
    for line in (one_line(line) for line in re.split(r"\n|;", value)):
        match = _FOREIGN.match(line) or _PLAIN.match(line)
        country = match["country"] if match else "US"
        if match is None and american:
            match = _US.match(line)
        if match is None and (old := _KOREAN_OLD.search(line)):
            yield Reference(canonical_number("US", old["number"]), line)
        elif match is None:
            yield from _inside(line)
        else:
            cited_by = "examiner" if examiner and match["star"] else None
            number = parse_number(f"{country} {match['number']} {match['kind'] or ''}")
            text = f"{match['number'].strip()} {match['kind'] or ''}".strip()
            text = text if text.startswith(country) else f"{country} {text}"
            yield Reference(number, text, cited_by=cited_by)


def _inside(line: str) -> Iterator[Reference]:
    """Numbers in the middle of a line, for prints that set several in a row."""
    for pattern in (_EUROPEAN, _GERMAN, _CHINESE):
        if matches := list(pattern.finditer(line)):
            for match in matches:
                text = one_line(match[0].rstrip(","))
                number = "".join(match["number"].split())
                yield Reference(parse_number(f"{match['country']}{number}{match['kind']}"), text)
            return
    for match in _JAPANESE.finditer(line):
        number = re.sub(r"国際公開第?\s*", "WO ", match[0])
        yield Reference(parse_number(number), match[0].strip())


def _literature(value: str) -> Iterator[Reference]:
    parts = re.split(r"OTHER PUBLICATIONS", value)
    if len(parts) != 2:
        return
    text = _SECTIONS.split(_FOOTNOTE.sub("", parts[1]))[0]
    for entry in re.split(r"(?<=\.)\s*\*?\s*\n", text):
        entry = one_line(entry).strip(" *")
        if len(entry) > 20 and not _STAFF.match(entry) and re.search(r"[a-z]{3}", entry):
            yield Reference(None, entry, "literature")
