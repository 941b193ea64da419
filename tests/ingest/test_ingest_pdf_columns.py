"""Two columns with line numbers between them, or with a column of a line or two."""

from __future__ import annotations

import io

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from ingest.readers.pdf.gutter import page_gutters
from ingest.readers.pdf.segments import Segment
from ingest.readers.printed_patent.inid import inid_fields
from ingest.readers.printed_patent.patent_pdf import patent_facts

LEFT, RIGHT = 50, 320
FILLER = "the plate of the cell is wetted by a salt in ether"


def put(canvas: Canvas, x: float, top: float, texts: list[str], size: float = 9) -> None:
    canvas.setFont("Times-Roman", size)
    for at, text in enumerate(texts):
        canvas.drawString(x, top - 11 * at, text)


def pdf(*pages) -> bytes:
    """Pages, each drawn by a function of the canvas."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4)
    for draw in pages:
        draw(canvas)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def front(canvas: Canvas) -> None:
    put(canvas, 50, 800, ["(12) United States Patent", "(10) Patent No.: US 10,999,991 B2"])
    put(canvas, 50, 770, ["(54) CELL", "(21) Appl. No.: 16/999,991", "(22) Filed: Sep. 6, 2018"])


def printed(left: list[str], right: list[str], first: int):
    """A page of a US grant: column numbers above, line numbers in the gutter."""

    def draw(canvas: Canvas) -> None:
        put(canvas, 280, 812, ["US 10,999,991 B2"])
        put(canvas, 150, 800, [str(first)])
        put(canvas, 420, 800, [str(first + 1)])
        put(canvas, LEFT, 780, left)
        put(canvas, RIGHT, 780, right)
        for line in range(5, max(len(left), len(right)) + 1, 5):
            put(canvas, 302, 780 - 11 * (line - 1), [str(line)], 8)

    return draw


def columns(left: list[str], right: list[str]):
    def draw(canvas: Canvas) -> None:
        put(canvas, LEFT, 780, left)
        put(canvas, RIGHT, 780, right)

    return draw


def test_gutter_numbers_give_column_and_line_and_leave_the_text(read_bytes, paragraphs):
    left = ["BACKGROUND", "", "A cell has a certain impedi-", "ance at low temperature."]
    left += [FILLER] * 15 + ["and rests for as long as it is left to rest in air."]
    left += ["   Cells age; this one starts late."]
    right = [FILLER] * 10 + ["so it ends.", "In one aspect it lasts", "for years."] + [FILLER] * 9
    claims = ["What is claimed is:", "1. A cell with a plate that is wetted by", "a salt."]
    claims += ["2. The cell of claim 1, which is dry before", "it is filled with the salt."]
    last = printed(claims, ["3. The cell of claim 2 in a can."], 3)
    read = read_bytes("a.pdf", pdf(front, printed(left, right, 1), last))
    assert paragraphs(read)[1:5] == [
        "A cell has a certain impediance\nat low temperature.",
        "\n".join([FILLER] * 15 + ["and rests for as long as it is left to rest in air."]),
        "Cells age; this one starts late.",
        "\n".join([FILLER] * 10 + ["so it ends."]),
    ]
    description = next(one for one in read.sections if one.kind == "description")
    numbers = [one.number for one in description.paragraphs]
    # Those without begin with a line that stands on the page many times.
    assert numbers == ["1:3", None, "1:21", None, "2:12", None]
    assert [read.text[one.start : one.end].replace("\n", " ") for one in read.claims] == [
        "A cell with a plate that is wetted by a salt.",
        "The cell of claim 1, which is dry before it is filled with the salt.",
        "The cell of claim 2 in a can.",
    ]


def test_gutter_numbers_that_touch_their_text_leave_it_too(read_bytes):
    def draw(canvas: Canvas) -> None:
        put(canvas, 280, 812, ["US 10,999,991 B2"])
        for at in range(1, 21):
            number = f" {at} " if at % 5 == 0 else " " * 5
            canvas.setFont("Courier", 8)
            canvas.drawString(LEFT, 790 - 11 * at, f"{FILLER:50}{number:5}a lid of the can")

    text = read_bytes("a.pdf", pdf(front, draw, draw, draw)).text
    assert text.count(f"{FILLER}\n") == 60
    assert "a lid of the can\na lid of the can" in text
    assert "10" not in text.replace("(10)", "").replace("10,999,991", "")


def test_a_table_of_fives_is_no_gutter():
    def row(at: int) -> list[Segment]:
        cells = [("A cell", 50.0), (str(5 * at), 300.0), ("it held", 400.0)]
        return [
            Segment(text, x, x + 6 * len(text), 700 - 12 * at, 10, False, 3 * at + column)
            for column, (text, x) in enumerate(cells)
        ]

    assert page_gutters([[cell for at in range(1, 8) for cell in row(at)]]) == [None]


@pytest.mark.parametrize("short", [1, 2, 4])
def test_a_column_of_a_line_or_two_is_read_behind_the_other(read_bytes, short):
    pages = [
        columns([f"{name}{at} {FILLER}" for at in range(40)], [f"{other}{at} {FILLER}" for at in r])
        for name, other, r in (("A", "B", range(40)), ("C", "D", range(short)))
    ]
    text = read_bytes("a.pdf", pdf(*pages)).text
    wanted = [f"{name}{at} " for name in "ABC" for at in range(40)]
    wanted += [f"D{at} " for at in range(short)]
    places = [text.index(one) for one in wanted]
    assert places == sorted(places)


def test_cells_below_two_columns_stay_rows(read_bytes):
    def table(canvas: Canvas) -> None:
        for at in range(3):
            put(canvas, LEFT, 700 - 14 * at, [f"Cell {at}"])
            put(canvas, RIGHT, 700 - 14 * at, [f"held {at}"])

    text = read_bytes("a.pdf", pdf(columns([FILLER] * 40, [FILLER] * 40), table)).text
    places = [text.index(one) for at in range(3) for one in (f"Cell {at}", f"held {at}")]
    assert places == sorted(places)


def test_a_title_takes_no_heading_of_the_other_column(read_bytes):
    def draw(canvas: Canvas) -> None:
        put(canvas, LEFT, 790, ["Wetting of plates"], 18)
        put(canvas, RIGHT, 780, ["Results of it"], 18)
        columns(["", "", *[FILLER] * 40], ["", "", *[FILLER] * 40])(canvas)

    assert read_bytes("a.pdf", pdf(draw)).facts.title == "Wetting of plates"


@pytest.mark.parametrize(
    ("labels", "names"),
    [
        ("(72) Inventors; and\n(75) Inventors/Applicants (for US only): {}", True),
        ("(72) Inventor; and (75) Inventor/Applicant (for US only): {}", True),
        ("(72) Erfinder; und\n(75) Erfinder/Anmelder (nur für US): {}", True),
        ("(72) 発明者;および\n(75) 発明者/出願人 (米国についてのみ): {}", True),
        ("(72) Inventors; and\n(71) Applicants (for US only): {}", True),
        ("(72) Inventors; and\n(71) Applicants (for all designated States): {}", False),
        ("(72) Inventors: {}", True),
        ("(72) Inventors; and", False),
    ],
)
def test_inventors_of_older_international_prints(labels, names):
    page = "(10) International Publication Number: WO 2010/099999 A1\n(54) Title: CELL\n"
    people = "LUND, Eva [NO/NO]; Oslo (NO). BERG, Ola [NO/NO]; Moss (NO)."
    facts = patent_facts("0f", page + labels.format(people))
    assert facts is not None
    assert facts.inventors == (("LUND, Eva", "BERG, Ola") if names else ())


def test_two_labels_above_both_their_values():
    page = (
        "(43) International Publication Date  (10) International Publication Number\n"
        "20 May 2010 (20.05.2010)  PCT  WO 2010/099999 A1\n(54) Title: CELL"
    )
    facts = patent_facts("0f", page)
    assert facts is not None
    assert (facts.number, facts.publication_date) == ("WO2010099999A1", "2010-05-20")
    assert [field.code for field in inid_fields(page)] == ["43", "10", "54"]
