"""Compare the text that two PDF libraries and our reader give: agreement, order and pages a second.

    python benchmarks/pdf_text.py FILE_OR_FOLDER...

Agreement of two texts of one file: 2 * shared / (all of both), counted over characters without
blanks, and over words; 1 where they are the same in any order. Divided words and running heads,
which our reader mends and leaves out, count against it.
"""

from __future__ import annotations

import io
import logging
import re
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

import pypdfium2
from pypdf import PdfReader

from ingest.errors import IngestError
from ingest.readers import pdf as pdf_reader
from ingest.readers import read_file

Texts = dict[Path, list[str]]


@dataclass(frozen=True)
class Run:
    """What one way of reading gave. texts: of the pages of each file that it opened."""

    name: str
    texts: Texts
    seconds: float

    @property
    def pages(self) -> int:
        return sum(len(pages) for pages in self.texts.values())


def read_all(name: str, paths: list[Path], read: Callable[[bytes], list[str]]) -> Run:
    texts: Texts = {}
    started = time.perf_counter()
    for path in paths:
        try:
            texts[path] = read(path.read_bytes())
        except Exception:  # What a library cannot open is counted by its absence.
            continue
    return Run(name, texts, time.perf_counter() - started)


def with_pypdf(layout: bool) -> Callable[[bytes], list[str]]:
    def read(data: bytes) -> list[str]:
        pages = []
        for page in PdfReader(io.BytesIO(data)).pages:
            try:
                pages.append(page.extract_text(extraction_mode="layout" if layout else "plain"))
            except Exception:
                pages.append("")
        return pages

    return read


def with_pdfium(data: bytes) -> list[str]:
    pdf = pypdfium2.PdfDocument(data)
    try:
        return [page.get_textpage().get_text_range(errors="replace") for page in pdf]
    finally:
        pdf.close()


def with_ours(paths: list[Path]) -> Run:
    texts: Texts = {}
    started = time.perf_counter()
    for path in paths:
        try:
            for reply in read_file(str(path)):
                document = reply.document
                if document is not None and reply.member is None:
                    text = document.text
                    texts[path] = [text[page.start : page.end] for page in document.pages]
        except IngestError:
            continue
    return Run("ours", texts, time.perf_counter() - started)


def agreement(one: Iterable[str], other: Iterable[str]) -> float:
    a, b = Counter(one), Counter(other)
    both = a.total() + b.total()
    return 2 * (a & b).total() / both if both else 1.0


def characters(pages: list[str]) -> Iterable[str]:
    return "".join("".join(pages).split())


def words(pages: list[str]) -> list[str]:
    return re.findall(r"\w+", " ".join(pages).casefold())


def same_page(one: list[str], other: list[str]) -> float:
    """Share of the other's words that stand on the same page in both."""
    shared = sum(
        (Counter(words([a])) & Counter(words([b]))).total()
        for a, b in zip(one, other, strict=False)
    )
    return shared / max(1, len(words(other)))


def compare(run: Run, other: Run) -> str:
    common = [
        path
        for path in run.texts
        if path in other.texts and words(run.texts[path]) and words(other.texts[path])
    ]
    values = []
    for measure in (
        lambda a, b: agreement(characters(a), characters(b)),
        lambda a, b: agreement(words(a), words(b)),
        same_page,
    ):
        found = sorted(measure(run.texts[path], other.texts[path]) for path in common)
        values.append((sum(found) / max(1, len(found)), found[len(found) // 2] if found else 0.0))
    shown = " | ".join(f"{mean:.3f} ({median:.3f})" for mean, median in values)
    return f"| {run.name} and {other.name} | {len(common)} | {shown} |"


def main(arguments: list[str]) -> None:
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    paths: list[Path] = []
    for argument in map(Path, arguments):
        found = sorted(argument.rglob("*")) if argument.is_dir() else [argument]
        paths += [path for path in found if path.suffix.lower() == ".pdf"]
    # Recognising scans takes seconds a page, and no other library here does it. The reader has
    # imported the name for its own use, so mypy does not count it among the module's.
    pdf_reader.ocr_available = lambda: False  # type: ignore[attr-defined]
    plain = read_all("pypdf plain", paths, with_pypdf(layout=False))
    layout = read_all("pypdf layout", paths, with_pypdf(layout=True))
    pdfium = read_all("pdfium", paths, with_pdfium)
    ours = with_ours(paths)
    print("| reader | files opened | with text | pages | seconds | pages/s |")
    print("|---|---|---|---|---|---|")
    for run in (plain, layout, pdfium, ours):
        filled = sum(any(page.strip() for page in pages) for pages in run.texts.values())
        rate = run.pages / run.seconds
        print(
            f"| {run.name} | {len(run.texts)} | {filled} | {run.pages}"
            f" | {run.seconds:.1f} | {rate:.0f} |"
        )
    print("\n| texts of | files | characters | words | words on the same page |")
    print("|---|---|---|---|---|")
    for pair in ((pdfium, plain), (layout, plain), (ours, plain), (ours, pdfium)):
        print(compare(*pair))


if __name__ == "__main__":
    main(sys.argv[1:])
