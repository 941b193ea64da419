"""Abstract, description, tables and claims of a patent in the greenbook format."""

from __future__ import annotations

import re

from ingest.compose import Composer
from ingest.readers.patent_xml.claim_references import claim_references
from ingest.readers.uspto.aps_text import aps_text
from ingest.readers.uspto.greenbook_lines import Group, joined

_DESCRIPTION = ("PARN", "GOVT", "BSUM", "DRWD", "DETD")
_PARAGRAPH = re.compile(r"PA[RL0-9]|FNT|LAR|SBH")
_RULE = re.compile(r"[\s_\-=.]*[_\-=]{3,}[\s_\-=.]*")
_TABLE_NAME = re.compile(r"\s*TABLE\b.*", re.IGNORECASE)
_NUMBER = re.compile(r"\s*(\d{1,4})")


def compose_body(composer: Composer, found: list[Group]) -> None:
    """Add everything of a patent that is text. found: its groups."""
    abstracts = [group for group in found if group.tag == "ABST"]
    if abstracts:
        composer.section("abstract")
    for group in abstracts:
        _paragraphs(composer, group)
    described = [group for group in found if group.tag in _DESCRIPTION]
    if described:
        composer.section("description")
    for group in described:
        _paragraphs(composer, group)
    for group in found:
        if group.tag in ("CLMS", "DCLM"):
            _claims(composer, group)


def _paragraphs(composer: Composer, group: Group) -> None:
    for tag, lines in group.fields:
        if tag == "PAC":
            composer.heading(aps_text(joined(lines)))
        elif tag == "TBL":
            _table(composer, lines)
        elif tag == "EQU" or not _PARAGRAPH.fullmatch(tag):
            composer.paragraph(aps_text("\n".join(lines)))
        else:
            composer.paragraph(aps_text(joined(lines)))


def _table(composer: Composer, lines: list[str]) -> None:
    """A table set with blanks: title, and the names of the columns between the first two rules."""
    caption: list[str] = []
    parts: list[list[list[str]]] = [[]]
    for line in lines:
        text = aps_text(line.rstrip())
        if _RULE.fullmatch(text):
            parts.append([])
        elif text.strip() and not caption and _TABLE_NAME.fullmatch(text):
            caption.append(text.strip())
        elif text.strip():
            parts[-1].append([cell for cell in re.split(r"\s{2,}", text.strip()) if cell])
    filled = [part for part in parts if part]
    rows = [row for part in filled for row in part]
    header: list[str] = []
    if len(filled) > 1 and len(filled[0]) == 1 and len(filled[0][0]) > 1:
        header, rows = rows[0], rows[1:]
    composer.table(header, rows, " ".join(caption))


def _claims(composer: Composer, group: Group) -> None:
    number: int | None = None
    lines: list[str] = []
    for tag, value in group.fields:
        if tag == "NUM":
            _claim(composer, number, lines)
            match = _NUMBER.match(joined(value))
            number, lines = int(match[1]) if match else (number or 0) + 1, []
        elif tag != "STM":
            lines.append("\n".join(value) if tag in ("EQU", "TBL") else joined(value))
    _claim(composer, number, lines)


def _claim(composer: Composer, number: int | None, lines: list[str]) -> None:
    """A claim as its lines say. number: None for the only claim of a design or plant patent."""
    text = aps_text("\n".join(lines)).strip()
    if not text:
        return
    own = number or 1
    text = re.sub(rf"^\s*{own}\s*\.\s*", "", text)
    composer.claim(own, text, claim_references(text, own))
