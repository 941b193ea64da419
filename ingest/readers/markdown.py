"""Markdown, by markdown-it's block structure; paragraphs keep their source text verbatim."""

from __future__ import annotations

from collections.abc import Iterator

from markdown_it import MarkdownIt
from markdown_it.token import Token

from ingest.compose import Composer
from ingest.errors import EmptyFile
from ingest.isolate import Reply
from ingest.readers.opened import Sample, SourceFile, decode, document_id
from ingest.readers.report_facts import report_facts
from ingest.text import clean, one_line

_MEGABYTES = 50


def is_markdown(sample: Sample) -> bool:
    """Whether a file is meant to be Markdown."""
    return sample.suffix in (".md", ".markdown")


def read_markdown(file: SourceFile) -> Iterator[Reply]:
    """The one document of a Markdown file; its title is a lone first-level heading, else none."""
    data = file.data(_MEGABYTES)
    text = clean(decode(data))
    if not text.strip():
        raise EmptyFile("the file holds nothing but blanks")
    tokens = MarkdownIt("commonmark").enable("table").parse(text)
    composer = Composer()
    titles = _compose(composer, tokens, text.split("\n"))
    title = titles[0] if len(titles) == 1 else file.name.rsplit(".", 1)[0]
    yield Reply(document=composer.document(report_facts(document_id(data), text, title)))


def _compose(composer: Composer, tokens: list[Token], lines: list[str]) -> list[str]:
    """Add every top-level block; the first-level headings come back."""
    titles = []
    for position, token in enumerate(tokens):
        if token.map is None or token.level > 0:
            continue
        source = "\n".join(lines[token.map[0] : token.map[1]])
        if token.type == "heading_open":
            heading = one_line(tokens[position + 1].content)
            composer.heading(heading, int(token.tag[1:]))
            if token.tag == "h1":
                titles.append(heading)
        elif token.type != "hr":
            composer.paragraph(source)
    return titles
