"""Markdown, by markdown-it's block structure; paragraphs keep their source text verbatim."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from markdown_it import MarkdownIt
from markdown_it.token import Token

from ingest.compose import Composer
from ingest.errors import EmptyFile
from ingest.isolate import Reply
from ingest.readers.bibliography import unique, written_date
from ingest.readers.office.blocks import Block, compose_blocks
from ingest.readers.opened import Sample, SourceFile, document_id
from ingest.readers.plain.report_facts import report_facts
from ingest.readers.plain.text_encoding import text_of
from ingest.readers.plain.titles import is_part_name, name_title
from ingest.tables import table_rows
from ingest.text import clean, one_line

_MEGABYTES = 50
_FRONT_MATTER = re.compile(r"\A\s*(---|\+\+\+)[ \t]*\n(.*?)\n(?:\1|\.\.\.)[ \t]*(?:\n|\Z)", re.S)
_ENTRY = re.compile(r"^(\w[\w-]*)\s*[:=]\s*(.*)$")
_ITEM = re.compile(r"^\s*-\s+(?:name\s*:\s*)?(.*)$")
# "et al." and "Fig." end no sentence.
_SENTENCE = re.compile(r"^.{20,180}?(?<!\bal)(?<!\bFigs)(?<!\bFig)[.!?。](?=\s)", re.S)
_AUTHORS = ("author", "authors", "by")


def is_markdown(sample: Sample) -> bool:
    """Whether a file is meant to be Markdown."""
    return sample.suffix in (".md", ".markdown", ".mdown", ".mkd")


def read_markdown(file: SourceFile) -> Iterator[Reply]:
    """The one document of a Markdown file.

    Its title is the front matter's, else a lone first-level heading that names no mere part
    ("Results"), else the file's name, else, where that is a mere number, the first sentence.
    """
    data = file.data(_MEGABYTES)
    text = clean(text_of(data))
    if not text.strip():
        raise EmptyFile("the file holds nothing but blanks")
    stated, text = front_matter(text)
    tokens = MarkdownIt("commonmark").enable("table").parse(text)
    blocks = list(_blocks(tokens, text.split("\n")))
    composer = Composer()
    compose_blocks(composer, blocks)
    title = " ".join(stated.get("title", ())) or _title(blocks, file.name)
    facts = report_facts(document_id(data), text, title)
    authors = [name for key in _AUTHORS for name in stated.get(key, ())]
    date = written_date(" ".join(stated.get("date", ()))[:10])
    facts = replace(
        facts,
        parties=facts.parties or unique(authors),
        publication_date=facts.publication_date or date,
    )
    yield Reply(document=composer.document(facts))


def front_matter(text: str) -> tuple[dict[str, tuple[str, ...]], str]:
    r"""The values that stand above the text between two rules, and the text below them.

    Only `name: value` and lists of values are read; other YAML is passed over.

    >>> front_matter("---\ntitle: Wetting\nauthor: [S. Vik, K. Osei]\n---\nIt holds.")
    ({'title': ('Wetting',), 'author': ('S. Vik', 'K. Osei')}, 'It holds.')
    """
    match = _FRONT_MATTER.match(text)
    if match is None:
        return {}, text
    values: dict[str, tuple[str, ...]] = {}
    key = ""
    for line in match[2].split("\n"):
        entry, item = _ENTRY.match(line), _ITEM.match(line)
        if entry:
            key = entry[1].lower()
            values[key] = _values(entry[2])
        elif item and key:
            values[key] = (*values[key], *_values(item[1]))
        elif line.strip() and not line.startswith((" ", "\t", "#")):
            return {}, text  # Two rules with text between them are no front matter.
    return (values, text[match.end() :]) if values else ({}, text)


def _values(text: str) -> tuple[str, ...]:
    text = text.strip()
    parts = text[1:-1].split(",") if text.startswith("[") and text.endswith("]") else [text]
    return unique(one_line(part).strip("\"'") for part in parts)


def _blocks(tokens: list[Token], lines: list[str]) -> Iterator[Block]:
    """Every top-level block."""
    for position, token in enumerate(tokens):
        if token.map is None or token.level > 0:
            continue
        source = lines[token.map[0] : token.map[1]]
        if token.type == "heading_open":
            yield Block(one_line(tokens[position + 1].content), int(token.tag[1:]))
        elif token.type == "table_open":
            yield _table([line for line in source if line.strip()])
        elif token.type != "hr":
            yield Block("\n".join(source))


def _table(source: list[str]) -> Block:
    # Borders at the ends of a row are optional in Markdown.
    bordered = ["|" + line.strip().strip("|").replace(r"\|", "/") + "|" for line in source]
    rows = table_rows(bordered)
    if not rows:
        return Block("\n".join(source))
    return Block(rows=tuple(map(tuple, rows)), headers=1)


def _title(blocks: list[Block], file_name: str) -> str:
    firsts = [block.text for block in blocks if block.level == 1]
    if len(firsts) == 1 and not is_part_name(firsts[0]):
        return firsts[0]
    return name_title(file_name) or _first_sentence(blocks) or file_name.rsplit(".", 1)[0]


def _first_sentence(blocks: list[Block]) -> str:
    text = next((one_line(b.text) for b in blocks if b.level is None and b.text.strip()), "")
    sentence = _SENTENCE.match(text + " ")
    if sentence:
        return sentence[0]
    return text if len(text) <= 120 else text[:120].rsplit(" ", 1)[0] + " …"
