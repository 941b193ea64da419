from __future__ import annotations

import io
import subprocess
import sys
from pathlib import Path

import pypdf
import pytest
from reportlab.pdfgen.canvas import Canvas

from ingest.ocr import Recognised, ocr_available, recognise_page
from ingest.ocr_layout import Word, page_lines
from ingest.readers.printed_patent.patent_pdf import patent_facts

SHARED = Path(__file__).resolve().parents[3] / "shared" / "data" / "patent_pdfs"
SCAN = SHARED / "POWER SUPPLY DEVICE FOR CONTROLLING THERMOELECTRIC ELEMENT AND CONTROL METHOD.pdf"
engine = pytest.mark.skipif(not ocr_available(), reason="Tesseract is not installed")

TEXT = [
    "The electrolyte holds two additives, and both are spent",
    "in the first cycles of the cell. The plate below the cell",
    "is flat, so that the coolant flows at an even speed.",
]


def pdf(lines: list[str], turned: int = 0) -> bytes:
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(595, 842))
    canvas.setFont("Helvetica", 14)
    for at, line in enumerate(lines):
        canvas.drawString(60, 760 - 24 * at, line)
    canvas.save()
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(buffer.getvalue()))
    writer.pages[0].rotate(turned)
    turned_file = io.BytesIO()
    writer.write(turned_file)
    return turned_file.getvalue()


@engine
def test_an_image_of_text_is_read_with_its_confidence():
    found = recognise_page(pdf(TEXT), 1)
    assert found is not None
    assert found.text.split("\n") == TEXT
    assert 0.8 < found.confidence <= 1


@engine
def test_a_page_on_its_side_is_turned():
    found = recognise_page(pdf(TEXT * 6, turned=90), 1)
    assert found is not None
    assert "coolant flows at an even speed" in found.text


@engine
def test_a_page_without_text_has_none():
    assert recognise_page(pdf([]), 1) == Recognised("", 0.0)


@engine
def test_a_page_that_is_not_there_is_an_error():
    with pytest.raises(ValueError, match="the file has 1 pages, so there is no page 2"):
        recognise_page(pdf(TEXT), 2)


def test_without_the_engine_nothing_is_recognised(tmp_path):
    script = "from ingest.ocr import *; print(ocr_available(), recognise_page(b'', 1))"
    result = subprocess.run(
        [sys.executable, "-c", script],
        env={"PATH": str(tmp_path), "PYTHONPATH": str(Path(__file__).resolve().parents[2])},
        capture_output=True,
        text=True,
        check=True,
    )
    assert result.stdout.split() == ["False", "None"]


def words(lines: list[list[tuple[int, str]]]) -> list[Word]:
    """Words 60 wide and 20 high, by the lines in which the engine found them."""
    return [
        Word(left, 40 * at, left + 60, 40 * at + 20, text, 0.9, (1, 1, at))
        for at, line in enumerate(lines)
        for left, text in line
    ]


def test_two_columns_are_read_one_after_the_other():
    rows = [[(0, f"a{n}"), (70, "b"), (200, f"c{n}"), (270, "d")] for n in range(9)]
    wide = [[(0, "w"), (70, "x"), (135, "y"), (200, "z"), (270, "v")]]
    found = [[word.text for word in line] for line in page_lines(words(wide + rows + wide))]
    assert found == [
        ["w", "x", "y", "z", "v"],
        *[[f"a{n}", "b"] for n in range(9)],
        *[[f"c{n}", "d"] for n in range(9)],
        ["w", "x", "y", "z", "v"],
    ]


def test_few_lines_with_a_gap_are_no_columns():
    rows = [[(0, "a"), (200, "b")] for _ in range(4)]
    assert [len(line) for line in page_lines(words(rows))] == [2, 2, 2, 2]


@engine
@pytest.mark.skipif(not SCAN.is_file(), reason="../shared/data/patent_pdfs is not here")
def test_the_shared_scan_is_a_patent_with_korean_claims():
    data = SCAN.read_bytes()
    read = [recognise_page(data, number) for number in (1, 3, 4, 13)]
    texts = [found.text for found in read if found is not None]
    facts = patent_facts("0f", texts[0], texts)
    assert facts is not None
    assert (facts.number, facts.filing_date, facts.priority_date) == (
        "WO2025095467A1",
        "2024-10-24",
        "2023-10-30",
    )
    assert facts.title == SCAN.stem
    assert facts.application_number == "PCT/KR2024/016334"
    assert "열전소자 제어용 전원공급장치" in texts[1]
    assert all(found is not None and found.confidence > 0.8 for found in read)
