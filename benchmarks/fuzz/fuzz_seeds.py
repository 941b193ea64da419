"""Seeds that no file has: small archives, mails, tables and PDFs made here."""

from __future__ import annotations

import bz2
import gzip
import importlib.util
import io
import json
import lzma
import tarfile
import tempfile
import zipfile
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pptx
import py7zr
import pypandoc
from reportlab.pdfgen.canvas import Canvas

_TEXT = b"Report: HCW-1\nDate: 2019-03-01\n\nThe cell holds 80 % after 500 cycles at 45 C."
_ROW = {
    "_id": "r1", "title": "A cell", "text": "It holds.", "metadata": {"date": "2019-03-01"},
}  # fmt: skip
_LENS = {
    "lens_id": "000-111-222-333-444", "jurisdiction": "US", "doc_number": "20190012345",
    "kind": "A1", "date_published": "2019-03-01", "biblio": {"invention_title": [{"text": "Cell"}],
    "parties": {"applicants": [{"extracted_name": {"value": "Acme"}}]}},
    "abstract": [{"text": "A cell.", "lang": "en"}],
    "claims": [{"claims": [{"claim_text": ["1."]}]}],
}  # fmt: skip
_GOOGLE = {
    "publication_number": "US-10123456-B2", "title_localized": [{"text": "Cell", "language": "en"}],
    "abstract_localized": [{"text": "A cell.", "language": "en"}], "publication_date": 20190301,
    "priority_claim": [{"publication_number": "EP-1-A"}], "assignee_harmonized": [{"name": "ACME"}],
    "claims_localized": [{"text": "1. A cell.", "language": "en"}], "cpc": [{"code": "H01M4/36"}],
}  # fmt: skip


def archives() -> Iterator[tuple[str, bytes]]:
    """ZIP, TAR, 7z and packed files with two members each."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", _TEXT)
        archive.writestr("b/c.md", b"# Cell\n\nIt holds.")
    yield "a.zip", stream.getvalue()
    for mode, suffix in (("w", ".tar"), ("w:gz", ".tgz")):
        stream = io.BytesIO()
        with tarfile.open(fileobj=stream, mode=mode) as tar:  # type: ignore[call-overload]  # no literal
            for name in ("a.txt", "b/c.txt"):
                info = tarfile.TarInfo(name)
                info.size = len(_TEXT)
                tar.addfile(info, io.BytesIO(_TEXT))
        yield f"a{suffix}", stream.getvalue()
    stream = io.BytesIO()
    with py7zr.SevenZipFile(stream, "w") as seven:
        seven.writestr(_TEXT, "a.txt")
        seven.writestr(b"It holds.", "b/c.txt")
    yield "a.7z", stream.getvalue()
    yield "a.txt.gz", gzip.compress(_TEXT)
    yield "a.txt.bz2", bz2.compress(_TEXT)
    yield "a.txt.xz", lzma.compress(_TEXT)


def mails() -> Iterator[tuple[str, bytes]]:
    """A mail with a text, a page and an attachment, and a mailbox of two."""
    mail = EmailMessage()
    mail["Subject"], mail["From"], mail["To"] = "Rest", "Kim <kim@example.org>", "a@example.org"
    mail["Date"] = "Fri, 01 Mar 2019 10:00:00 +0100"
    mail.set_content("It holds.")
    mail.add_alternative("<p>It <b>holds</b>.</p>", subtype="html")
    mail.add_attachment(_TEXT, maintype="text", subtype="plain", filename="a.txt")
    yield "a.eml", bytes(mail)
    yield "a.mbox", b"".join(b"From a Fri Mar  1 10:00:00 2019\n" + bytes(mail) for _ in range(2))


def tables() -> Iterator[tuple[str, bytes]]:
    """Exports as CSV."""
    yield (
        "lens.csv",
        b"Lens ID,Jurisdiction,Kind,Display Key,Publication Date,Title,Abstract,Applicants,CPC"
        b" Classifications\n000-1,US,A1,US 2019/0012345 A1,2019-03-01,Cell,A cell.,Acme;;Bolt,"
        b"H01M4/36;;H01M10/05\n",
    )
    yield (
        "google.csv",
        b"search URL:,https://x\nid,title,assignee,publication date\nUS-1-B2,A,B,2019-03-01\n",
    )
    yield "report.csv", b"sample;cycles;retention (%)\nA;500;80,5\nB;500;79,1\n"


def json_records() -> Iterator[tuple[str, bytes]]:
    """Records of the BEIR layout, of Lens.org and of BigQuery."""
    yield "beir.jsonl", (json.dumps(_ROW) + "\n" + json.dumps(_ROW)).encode()
    yield "lens.jsonl", json.dumps(_LENS).encode()
    yield "lens.json", json.dumps({"total": 1, "data": [_LENS]}).encode()
    yield "google.json", json.dumps([_GOOGLE]).encode()


def pdfs() -> Iterator[tuple[str, bytes]]:
    """A PDF of two pages whose streams are not packed."""
    stream = io.BytesIO()
    canvas = Canvas(stream, pageCompression=0)
    for page in range(2):
        canvas.setTitle("Cell")
        for line in range(8):
            canvas.drawString(72, 720 - 14 * line, f"{page}.{line} The cell holds 80 % at 45 C.")
        canvas.drawString(320, 720, "(12) United States Patent (10) US 9,999,999 B2")
        canvas.grid([72, 144, 216], [300, 320, 340])
        canvas.showPage()
    canvas.save()
    yield "a.pdf", stream.getvalue()


def office() -> Iterator[tuple[str, bytes]]:
    """A document, slides and a sheet."""
    document = docx.Document()
    document.add_heading("Cell", 1)
    document.add_paragraph("It holds.")
    table = document.add_table(2, 2)
    table.cell(0, 0).text = "80 %"
    stream = io.BytesIO()
    document.save(stream)
    yield "a.docx", stream.getvalue()
    slides = pptx.Presentation()
    slide = slides.slides.add_slide(slides.slide_layouts[1])
    slide.shapes.title.text = "Cell"
    stream = io.BytesIO()
    slides.save(stream)
    yield "a.pptx", stream.getvalue()
    book = openpyxl.Workbook()
    for row in (("Publication Number", "Title", "Abstract"), ("US10123456B2", "Cell", "A cell.")):
        book.active.append(row)
    stream = io.BytesIO()
    book.save(stream)
    yield "a.xlsx", stream.getvalue()


def converted() -> Iterator[tuple[str, bytes]]:
    """What goes through pandoc, small."""
    yield "a.rtf", rb"{\rtf1\ansi{\b Cell}\par It holds. {\*\x \u8364?}\par}"
    yield (
        "a.tex",
        rb"\documentclass{article}\title{Cell}\begin{document}$x^2$ It holds.\end{document}",
    )
    for kind in ("odt", "epub"):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / f"a.{kind}"
            pypandoc.convert_text("# Cell\n\nIt holds $x^2$.", kind, "md", outputfile=str(path))
            yield path.name, path.read_bytes()


def pages() -> Iterator[tuple[str, bytes]]:
    """Web pages: one with a table and mathematics, one with a patent's Dublin Core."""
    yield (
        "a.html",
        b"<html><head><title>Cell</title><meta name='DC.title' content='A cell'>"
        b"<meta name='DC.date' scheme='dateSubmitted' content='2019-03-01'>"
        b"<meta name='citation_patent_publication_number' content='US:10123456:B2'></head>"
        b"<body><h1>Cell</h1><table>"
        b"<tr><th colspan=2>a</th></tr><tr><td rowspan=3>80 %</td><td>b</td></tr></table>"
        b"<ul><li>x<li>y</ul><math><mfrac><mi>a</mi>"
        b"<mn>2</mn></mfrac></math><section itemprop='claims'><div class='claim' num='1'>1. A cell."
        b"</div></section></body></html>",
    )


def st96() -> Iterator[tuple[str, bytes]]:
    """The publication of the readers' tests."""
    made = _of_tests("test_ingest_st96")
    yield "a.xml", made.publication(made.DATA, made.BODY).encode()


def messages() -> Iterator[tuple[str, bytes]]:
    """The Outlook mail of the readers' tests."""
    yield "a.msg", _of_tests("test_ingest_mail").outlook()


def _of_tests(name: str) -> Any:
    path = Path(__file__).resolve().parents[2] / "tests" / "ingest" / f"{name}.py"
    found = importlib.util.spec_from_file_location(name, path)
    assert found is not None
    assert found.loader is not None
    module = importlib.util.module_from_spec(found)
    found.loader.exec_module(module)
    return module
