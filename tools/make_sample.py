"""Build the PDF and DOCX files of the invented sample portfolio.

Run ``python tools/make_sample.py`` from anywhere.  The text lives in ``tools/sample_source``;
XML and Markdown documents of the sample are kept as they are and are not built here.  The output
is the same, byte for byte, on every run with the same library versions.
"""

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from docx import Document
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.platypus import (
    Flowable,
    HRFlowable,
    PageBreak,
    Paragraph,
    SimpleDocTemplate,
    Spacer,
    Table,
    TableStyle,
)
from sample_figures import figure

HERE = Path(__file__).resolve().parent
SOURCE = HERE / "sample_source"
OUT = HERE.parent / "sample"

BODY = ParagraphStyle("body", fontName="Times-Roman", fontSize=11.5, leading=16.5, spaceAfter=7)
HEAD = ParagraphStyle("head", BODY, fontName="Times-Bold", spaceBefore=9, keepWithNext=1)
CLAIM = ParagraphStyle("claim", BODY, leftIndent=14, firstLineIndent=14)
LIMITATION = ParagraphStyle("limitation", BODY, leftIndent=36)
INID = ParagraphStyle("inid", BODY, leftIndent=28, firstLineIndent=-28, spaceAfter=4)
TITLE = ParagraphStyle("title", fontName="Helvetica-Bold", fontSize=16, leading=20, spaceAfter=8)
TEXT = ParagraphStyle("text", fontName="Helvetica", fontSize=10.5, leading=15, spaceAfter=6)
FIELD = ParagraphStyle("field", TEXT, spaceAfter=1)
SECTION = ParagraphStyle("section", TEXT, fontName="Helvetica-Bold", spaceBefore=9, keepWithNext=1)
CELL = ParagraphStyle("cell", fontName="Helvetica", fontSize=8.5, leading=10.5)
CAPTION = ParagraphStyle("caption", TEXT, fontName="Helvetica-Oblique", fontSize=9, alignment=1)


@dataclass
class Source:
    """One source file: its header fields and its sections as (level, heading, lines)."""

    meta: dict[str, str]
    sections: list[tuple[int, str, list[str]]]


class NumberedPages(SimpleDocTemplate):
    """A document with the page number at the bottom of each page."""

    def afterPage(self) -> None:
        """Draw the number when the rest of the page is complete."""
        self.canv.setFont("Helvetica", 9)
        self.canv.drawCentredString(A4[0] / 2, 12 * mm, str(self.page))


def parse(path: Path) -> Source:
    """Read ``key: value`` lines up to ``---``, then ``#`` and ``##`` sections."""
    head, body = path.read_text(encoding="utf-8").split("---\n", 1)
    meta = dict(line.split(": ", 1) for line in head.strip().splitlines())
    sections: list[tuple[int, str, list[str]]] = []
    for line in filter(str.strip, body.splitlines()):
        if match := re.match(r"(#{1,2}) (.+)", line):
            sections.append((len(match[1]), match[2], []))
        else:
            sections[-1][2].append(line)
    return Source(meta, sections)


def blocks(lines: list[str]) -> Iterator[tuple[str, str | list[list[str]]]]:
    """Group the lines of a section into ("p", text), ("figure", text) and ("table", rows)."""
    rows: list[list[str]] = []
    for line in [*lines, ""]:
        if line.startswith("|"):
            rows.append([cell.strip() for cell in line.strip("|").split("|")])
            continue
        if rows:
            yield "table", rows
            rows = []
        if line.startswith("!figure "):
            yield "figure", line.removeprefix("!figure ")
        elif line:
            yield "p", line


def pdf_table(rows: list[list[str]], ruled: bool) -> Table:
    """A table over the text width; with a full grid, or with lines above and below only."""
    width = (A4[0] - 50 * mm) / len(rows[0])
    table = Table([[Paragraph(cell, CELL) for cell in row] for row in rows], [width] * len(rows[0]))
    grid = [("GRID", (0, 0), (-1, -1), 0.6, colors.black)]
    rules = [
        ("LINEABOVE", (0, 0), (-1, 0), 1, colors.black),
        ("LINEBELOW", (0, 0), (-1, 0), 0.5, colors.black),
        ("LINEBELOW", (0, -1), (-1, -1), 1, colors.black),
    ]
    table.setStyle(TableStyle([("VALIGN", (0, 0), (-1, -1), "TOP"), *(grid if ruled else rules)]))
    return table


def render(
    lines: list[str], style: ParagraphStyle, ruled: bool, count: int | None
) -> tuple[list[Flowable], int | None]:
    """Flowables of one section; ``count`` numbers the paragraphs as [0001] unless it is None."""
    story: list[Flowable] = []
    for kind, value in blocks(lines):
        if isinstance(value, list):
            story += [pdf_table(value, ruled), Spacer(1, 8)]
        elif kind == "figure":
            name, caption = value.split(" ", 1)
            story += [figure(name), Paragraph(caption, CAPTION)]
        elif count is None:
            story.append(Paragraph(value, style))
        else:
            count += 1
            story.append(Paragraph(f"[{count:04d}] {value}", style))
    return story, count


def front_page(meta: dict[str, str], abstract: str) -> list[Flowable]:
    """The first page of a patent with its INID codes."""
    grant = meta["format"] == "us-grant"
    first = (
        "(12) United States Patent",
        "(10) Patent No.:",
        "(45) Date of Patent:",
        "(73) Assignee:",
    )
    if not grant:
        first = (
            "(12) Patent Application Publication",
            "(10) Pub. No.:",
            "(43) Pub. Date:",
            "(71) Applicant:",
        )
    fields = [
        "(19) United States",
        first[0],
        f"{first[1]} {meta['number']}",
        f"{first[2]} {meta['date']}",
        f"(54) <b>{meta['title']}</b>",
        f"{first[3]} {meta['applicant']}",
        f"(72) Inventors: {meta['inventors']}",
        f"(21) Appl. No.: {meta['appl']}",
        f"(22) Filed: {meta['filed']}",
        f"(30) Foreign Application Priority Data: {meta['priority']}",
        f"(51) Int. Cl.: {meta['ipc']}",
        f"(52) CPC: {meta['cpc']}",
        "(57) ABSTRACT",
    ]
    story: list[Flowable] = [Paragraph(text, INID) for text in fields]
    story.insert(4, HRFlowable(width="100%", color=colors.black, spaceAfter=6))
    return [*story, Paragraph(abstract, BODY), PageBreak()]


def patent_story(source: Source) -> list[Flowable]:
    """Front page, numbered description and claims of a patent."""
    story = front_page(source.meta, source.sections[0][2][0])
    count: int | None = 0
    for _, heading, lines in source.sections[1:-1]:
        part, count = render(lines, BODY, ruled=False, count=count)
        story += [Paragraph(heading, HEAD), *part]
    story.append(Paragraph("What is claimed is:", HEAD))
    for line in source.sections[-1][2]:
        nested = line.startswith("- ")
        story.append(Paragraph(line.removeprefix("- "), LIMITATION if nested else CLAIM))
    return story


def report_fields(meta: dict[str, str]) -> list[str]:
    """The four header lines of a report, and the note that it is invented."""
    names = ("report", "date", "authors", "classification")
    return [*(f"{name.capitalize()}: {meta[name]}" for name in names), meta["note"]]


def report_story(source: Source) -> list[Flowable]:
    """Title, header lines and numbered sections of a report."""
    story: list[Flowable] = [Paragraph(source.meta["title"], TITLE)]
    story += [Paragraph(line, FIELD) for line in report_fields(source.meta)]
    story.append(Spacer(1, 6))
    ruled = source.meta["report"] == "HCW-R-024"
    for number, (_, heading, lines) in enumerate(source.sections, 1):
        part, _ = render(lines, TEXT, ruled, count=None)
        story += [Paragraph(f"{number} {heading}", SECTION), *part]
    return story


def write_pdf(path: Path, story: list[Flowable], meta: dict[str, str]) -> None:
    """Write ``story`` as a PDF with fixed dates."""
    author = meta.get("authors", meta.get("applicant", ""))
    NumberedPages(
        str(path),
        pagesize=A4,
        leftMargin=25 * mm,
        rightMargin=25 * mm,
        topMargin=22 * mm,
        bottomMargin=22 * mm,
        invariant=1,
        title=meta["title"],
        author=author,
    ).build(story)


def write_docx(path: Path, source: Source) -> None:
    """Write a report with real heading styles and tables, and without changing dates."""
    document, meta = Document(), source.meta
    properties, written = document.core_properties, datetime.fromisoformat(meta["date"])
    properties.title, properties.author, properties.comments = meta["title"], meta["authors"], ""
    properties.created = properties.modified = written
    document.add_heading(meta["title"], 0)
    for line in report_fields(meta):
        document.add_paragraph(line)
    for level, heading, lines in source.sections:
        document.add_heading(heading, level)
        for _, value in blocks(lines):
            if isinstance(value, str):
                document.add_paragraph(value)
                continue
            table = document.add_table(len(value), len(value[0]), style="Table Grid")
            for cells, row in zip(table.rows, value, strict=True):
                for cell, text in zip(cells.cells, row, strict=True):
                    cell.text = text
            document.add_paragraph()
    buffer = io.BytesIO()
    document.save(buffer)
    with zipfile.ZipFile(buffer) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(zipfile.ZipInfo(name), old.read(name), zipfile.ZIP_DEFLATED)


def main() -> None:
    """Build every PDF and DOCX file named by the source files."""
    for path in sorted(SOURCE.glob("patents/*.md")):
        source = parse(path)
        write_pdf(OUT / "patents" / f"{source.meta['out']}.pdf", patent_story(source), source.meta)
    for path in sorted(SOURCE.glob("reports/*.md")):
        source = parse(path)
        target = OUT / "reports" / source.meta["out"]
        if target.suffix == ".docx":
            write_docx(target, source)
            continue
        write_pdf(target, report_story(source), source.meta)


if __name__ == "__main__":
    main()
