"""The text of patents from public search: fields of HTML, cut into paragraphs and claims."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lxml import etree, html

from ingest.compose import Composer
from ingest.readers.patent_xml.claim_references import claim_references
from ingest.readers.patent_xml.inline_text import plain_text

# Text recognised from images has stray "<" in it; only these start an element.
_ELEMENTS = (
    "br|b|i|u|o|sub|sup|sub2|sup2|figref|claim-ref|claim-text|maths|math|m[a-z]+|img|span|ul|ol|li"
)
_ELEMENTS += "|p|table|tables|tgroup|thead|tbody|row|entry|colspec|tr|td|th|chemistry|div|em|strong"
_STRAY = re.compile(rf"<(?!/?(?:{_ELEMENTS})\b[^<>]*>)", re.IGNORECASE)
_INSTRUCTION = re.compile(r"<\?[^<>]*\?>|<!--.*?-->", re.DOTALL)
_BREAK = re.compile(r"<br\s*/?>|\n(?=\s*(?:\(\d{1,4}\)|\[\d{4,5}\]) )|</p>", re.IGNORECASE)
# "[0012]" is printed; "(12)" is the service's own count.
_PRINTED = re.compile(r"\[(\d{4,5})\]\s*")
_COUNTED = re.compile(r"\(\d{1,4}\)\s+")
_CLAIM = re.compile(r"(\d{1,4})(?:\s*[-–]\s*(\d{1,4}))?\s*\.\s*")
_LONGEST_HEADING = 150


@dataclass(frozen=True)
class Body:
    """The text of a patent. description: fields in reading order; claims: one field, or a list.

    markup: whether the fields are HTML, else they are plain text with line breaks.
    """

    abstract: str
    description: tuple[str, ...]
    claims: str | tuple[str, ...]
    markup: bool = True


def plain(field: str) -> str:
    """A field of HTML as text on one line of its own per break.

    >>> plain("Li<sub>2</sub>O at &lt;5 &deg;C, x < 2")
    'Li2O at <5 °C, x < 2'
    """
    if "<" not in field and "&" not in field:
        return field.strip()
    mended = _STRAY.sub("&lt;", _INSTRUCTION.sub("", field))
    try:
        root = html.fragment_fromstring(mended, create_parent="span")
    except (etree.ParserError, ValueError):
        return field.strip()
    return plain_text(root)


def pieces(field: str, markup: bool = True) -> Iterator[str]:
    """The paragraphs of a field, in order."""
    for part in _BREAK.split(field) if markup else re.split(r"\n+", field):
        if text := plain(part) if markup else part.strip():
            yield text


def compose_body(composer: Composer, body: Body) -> None:
    """Add abstract, description and claims."""
    if body.abstract:
        composer.section("abstract")
        for text in pieces(body.abstract, body.markup):
            composer.paragraph(text)
    if any(body.description):
        composer.section("description")
    for field in body.description:
        for text in pieces(field, body.markup):
            _paragraph(composer, text)
    for number, text in _claims(body):
        composer.claim(number, text, claim_references(text, number))


def _paragraph(composer: Composer, text: str) -> None:
    text = _COUNTED.sub("", text, count=1) if _COUNTED.match(text) else text
    head, newline, rest = text.partition("\n")
    if newline and _is_heading(head):
        composer.heading(head)
        _paragraph(composer, rest.strip())
        return
    printed = _PRINTED.match(text)
    if printed:
        composer.paragraph(text[printed.end() :], printed[1])
    elif _is_heading(text):
        composer.heading(text)
    else:
        composer.paragraph(text)


def _is_heading(text: str) -> bool:
    """Headings are in capitals; a formula or a label is not, having hardly any letters."""
    letters = [character for character in text if character.isalpha()]
    return (
        len(text) <= _LONGEST_HEADING
        and len(letters) >= 4
        and len(letters) >= 0.6 * len(text)
        and text.upper() == text
        and "\n" not in text
    )


def _claims(body: Body) -> Iterator[tuple[int, str]]:
    """Number and text of the claims. A claim starts where the number of the next one stands."""
    if isinstance(body.claims, tuple):
        lines: Sequence[str] = [text for claim in body.claims if (text := claim.strip())]
    else:
        lines = list(pieces(body.claims, body.markup))
    number, due = 0, 1
    held: list[str] = []
    for line in lines:
        match = _CLAIM.match(line)
        if match and int(match[1]) == due:
            yield from _held(number, held)
            number, due = due, max(due, int(match[2] or 0)) + 1
            held = [line if match[2] else line[match.end() :]]
        else:
            held.append(line)
    yield from _held(number, held)


def _held(number: int, held: list[str]) -> Iterator[tuple[int, str]]:
    text = "\n".join(held).strip()
    if text:  # Designs and plants have one claim without a number.
        yield number or 1, text
