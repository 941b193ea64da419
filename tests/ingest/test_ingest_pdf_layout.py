"""Reading order, running heads, divided words, tables and missing pages of PDFs made here."""

from __future__ import annotations

import io
import zlib

import pypdf
import pypdfium2
import pytest
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from ingest.errors import Encrypted, IngestError, Malformed, NeedsOcr
from ingest.readers import read_file
from ingest.readers.pdf.glyphs import plain_glyphs
from ingest.readers.plain.hyphens import vocabulary, without_divisions
from ingest.readers.plain.running_heads import Edge, running_heads
from ingest.readers.plain.text_pages import readable_pages

TITLE = "Wetting of thick cathodes"
LEFT = [
    "The left column opens with a",
    "cell that was filled in dry air",
    "and rests for a whole day at",
]
LEFT += ["room temperature, in consider-", "ation of its porous nickel-", "rich cathode."]
RIGHT = [
    "The right column goes on with",
    "the cell after it has rested,",
    "which is then charged slowly",
]
RIGHT += ["at low rate until it is full and", "is under consideration for", "other tests."]


def drawn(draw, pages: int = 1) -> bytes:
    """A PDF whose pages are drawn by `draw(canvas, page)`, page counted from 1."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4)
    for page in range(1, pages + 1):
        draw(canvas, page)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def lines(canvas: Canvas, x: float, y: float, texts: list[str], size: float = 10) -> None:
    canvas.setFont("Helvetica", size)
    for at, text in enumerate(texts):
        canvas.drawString(x, y - at * 1.2 * size, text)


def two_columns(canvas: Canvas, row_by_row: bool = False) -> None:
    canvas.setFont("Helvetica-Bold", 20)
    canvas.drawString(60, 780, TITLE)
    lines(
        canvas,
        60,
        740,
        ["An abstract that runs over the full width of the page, and so spans the gutter."],
    )
    if row_by_row:
        for at, (left, right) in enumerate(zip(LEFT, RIGHT, strict=True)):
            lines(canvas, 60, 700 - 12 * at, [left])
            lines(canvas, 310, 700 - 12 * at, [right])
    else:
        lines(canvas, 60, 700, LEFT)
        lines(canvas, 310, 700, RIGHT)
    lines(
        canvas,
        60,
        600,
        ["Figure 1: Weight of a cell against time, over the full width of both columns."],
    )


def replies_of(tmp_path, data: bytes, passwords: tuple[str, ...] = ()):
    path = tmp_path / "a.pdf"
    path.write_bytes(data)
    return list(read_file(str(path), passwords))


def positions(text: str, *pieces: str) -> list[int]:
    return [text.index(piece) for piece in pieces]


@pytest.mark.parametrize("row_by_row", [False, True])
def test_columns_are_read_one_after_the_other_between_what_spans_them(read_bytes, row_by_row):
    document = read_bytes("a.pdf", drawn(lambda canvas, _: two_columns(canvas, row_by_row)))
    order = positions(
        document.text, TITLE, "An abstract", "The left", "room temp", "The right", "Figure 1"
    )
    assert order == sorted(order)
    assert document.facts.title == TITLE
    assert document.sections[0].heading is None


def test_divided_words_are_made_whole_by_the_words_of_the_document(read_bytes):
    def draw(canvas: Canvas, _: int) -> None:
        two_columns(canvas)
        lines(canvas, 60, 560, ["It ends with a nickel-rich powder."])

    text = read_bytes("a.pdf", drawn(draw)).text
    assert "in consideration\nof its porous nickel-rich\ncathode." in text


@pytest.mark.parametrize(
    ("known", "text", "whole"),
    [
        ("a consideration", "considera-\ntion here", "consideration\nhere"),
        ("a nickel-rich powder", "nickel-\nrich oxide", "nickel-rich\noxide"),
        ("rich in nickel", "nickel-\nrich oxide", "nickel-rich\noxide"),
        ("a nickel foil", "nickel-\nrich oxide", "nickel-rich\noxide"),
        ("", "Monkhorst-\nPack grid", "Monkhorst-Pack\ngrid"),
        ("", "pre- and post-treatment", "pre- and post-treatment"),
        ("", "from 10-\n20", "from 10-\n20"),
        ("", "electro- chemical", "electrochemical"),
        ("", "Celgard- 2400", "Celgard- 2400"),
    ],
)
def test_a_hyphen_at_a_lines_end_stays_in_compounds_only(known, text, whole):
    assert without_divisions(text, vocabulary([known, text])) == whole


def test_heads_footers_and_page_numbers_are_left_out_and_everything_else_is_not(read_bytes):
    def draw(canvas: Canvas, page: int) -> None:
        lines(canvas, 60, 810, ["Halvorne Cell Works, internal"], 8)
        lines(canvas, 60, 700, [f"Cell {page * 3} was opened.", "Its anode was dry."])
        lines(canvas, 60, 40, [f"Sample {page * page}"])
        lines(canvas, 480, 20, [f"Page {page} of 4"], 8)

    document = read_bytes("a.pdf", drawn(draw, 4))
    assert "Halvorne" not in document.text
    assert "Page" not in document.text
    assert [document.text.count(word) for word in ("Cell", "Its anode", "Sample")] == [4, 4, 4]
    assert [page.number for page in document.pages] == [1, 2, 3, 4]


def test_a_number_that_does_not_count_pages_is_no_page_number():
    table = [[Edge(0, number, 40.0)] for number in ("30", "30", "30")]
    assert running_heads(table) == [set(), set(), set()]
    assert running_heads([[Edge(0, f"- {n} -", 40.0)] for n in (4, 5, 6)]) == [{0}, {0}, {0}]


def test_a_document_of_repeated_lines_keeps_them(read_bytes):
    data = drawn(lambda canvas, page: lines(canvas, 60, 700, [f"Potato {page}"]), 5)
    assert read_bytes("a.pdf", data).text.count("Potato") == 5


def test_headings_are_found_by_size_and_weight(read_bytes):
    def draw(canvas: Canvas, _: int) -> None:
        lines(canvas, 60, 800, ["A report on swelling"], 20)
        lines(canvas, 60, 760, ["Results and more"], 14)
        lines(canvas, 60, 740, ["The cell swells by a tenth of its own height.", "It stays so."])
        canvas.setFont("Helvetica-Bold", 10)
        canvas.drawString(60, 700, "Pressure in a housing")
        lines(canvas, 60, 684, ["The pressure rises with each cycle of the cell.", "It is high."])

    document = read_bytes("a.pdf", drawn(draw))
    assert [section.heading_path for section in document.sections] == [
        (),
        ("Results and more",),
        ("Results and more", "Pressure in a housing"),
    ]


ROWS = [["Cell", "Capacity (Ah)", "Retention (%)"], ["A1", "5.01", "91.2"], ["A2", "4.98", "90.7"]]
ROWS += [["B1", "5.10", "88.0"]]


def test_a_table_keeps_its_caption_header_and_rows(read_bytes, paragraphs):
    def draw(canvas: Canvas, _: int) -> None:
        lines(canvas, 60, 760, ["The cells were cycled as the table says, one after the other."])
        lines(canvas, 60, 730, ["Table 1. Cells after 300 cycles"])
        for at, row in enumerate(ROWS):
            for x, cell in zip((60, 160, 300), row, strict=True):
                lines(canvas, x, 710 - 18 * at, [cell])
        lines(
            canvas, 60, 620, ["The second cell was the best one of the three that we have tested."]
        )

    document = read_bytes("a.pdf", drawn(draw))
    assert paragraphs(document)[1] == (
        "Table 1. Cells after 300 cycles\n| Cell | Capacity (Ah) | Retention (%) |\n"
        "| --- | --- | --- |\n| A1 | 5.01 | 91.2 |\n| A2 | 4.98 | 90.7 |\n| B1 | 5.10 | 88.0 |"
    )
    assert [p.table for p in document.sections[0].paragraphs] == [False, True, False]
    assert document.text.count("Table 1") == 1


def test_a_cell_of_several_lines_is_one_cell(read_bytes, paragraphs):
    rows = [("Separator,", "Shrinkage", "Puncture"), ("A:", "16", "34.9"), ("B:", "20", "54.1")]
    below = [("bare or not", "(%)", "(N)"), ("bare film", "", ""), ("coated", "", "")]

    def draw(canvas: Canvas, _: int) -> None:
        for at, pair in enumerate(zip(rows, below, strict=True)):
            for line, row in enumerate(pair):
                for x, cell in zip((60, 200, 340), row, strict=True):
                    lines(canvas, x, 700 - 40 * at - 12 * line, [cell])

    assert paragraphs(read_bytes("a.pdf", drawn(draw))) == [
        "| Separator, bare or not | Shrinkage (%) | Puncture (N) |\n| --- | --- | --- |\n"
        "| A: bare film | 16 | 34.9 |\n| B: coated | 20 | 54.1 |"
    ]


def test_glyphs_become_the_characters_that_they_show():
    assert (
        plain_glyphs("e\ufb03cient \ufb01lm, \uf06d\uf0b7 co\u00adop\x01")
        == "efficient film, μ• coop"
    )
    assert plain_glyphs("\u2f00\uf900 \ufefb") == "一豈 لا"


def scanned(canvas: Canvas) -> None:
    from PIL import Image

    image = ImageReader(Image.new("L", (60, 80), 200))
    canvas.drawImage(image, 0, 0, A4[0], A4[1])


def test_a_scanned_page_among_others_is_listed_and_a_blank_one_is_not(tmp_path, without_ocr):
    def draw(canvas: Canvas, page: int) -> None:
        if page == 2:
            scanned(canvas)
        elif page != 3:
            lines(canvas, 60, 700, [f"Page of text, the {'first' if page == 1 else 'last'}."])

    document, missing = replies_of(tmp_path, drawn(draw, 4))
    assert [page.number for page in document.document.pages] == [1, 2, 3, 4]
    assert document.document.page_at(document.document.text.index("the last")) == 4
    rejection = missing.rejection
    assert (rejection.source, rejection.error, rejection.page) == ("#page 2", "NeedsOcr", 2)


def test_a_scan_with_stamped_page_numbers_needs_ocr(tmp_path, without_ocr):
    def draw(canvas: Canvas, page: int) -> None:
        scanned(canvas)
        lines(canvas, 300, 20, [f"{page}"])

    with pytest.raises(NeedsOcr, match="none of its 3 pages has any text; it needs OCR"):
        replies_of(tmp_path, drawn(draw, 3))


def with_broken_page(number: int) -> bytes:
    writer = pypdf.PdfWriter(
        clone_from=io.BytesIO(
            drawn(lambda canvas, page: lines(canvas, 60, 700, [f"This is page {page}."]), 3)
        )
    )
    page = writer.pages[number - 1]
    stream = pypdf.generic.StreamObject()
    stream._data = zlib.compress(b"BT (lost) Tj ET")[:4] + b"\x00\xff" * 40
    stream[pypdf.generic.NameObject("/Filter")] = pypdf.generic.NameObject("/LZWDecode")
    page[pypdf.generic.NameObject("/Contents")] = writer._add_object(stream)
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


def test_a_page_that_cannot_be_read_costs_no_other(tmp_path):
    document, broken = replies_of(tmp_path, with_broken_page(2))
    assert document.document.text == "This is page 1.\n\nThis is page 3."
    assert [document.document.page_at(at) for at in (0, 20)] == [1, 3]
    assert (broken.rejection.source, broken.rejection.error) == ("#page 2", "UnreadablePage")
    assert broken.rejection.message


@pytest.mark.parametrize("password", ["secret", "owner"])
def test_passwords_are_tried_in_turn(tmp_path, password):
    writer = pypdf.PdfWriter(
        clone_from=io.BytesIO(drawn(lambda canvas, _: lines(canvas, 60, 700, ["Locked text."])))
    )
    writer.encrypt("secret", "owner", algorithm="RC4-128")
    buffer = io.BytesIO()
    writer.write(buffer)
    (reply,) = replies_of(tmp_path, buffer.getvalue(), ("wrong", password))
    assert reply.document.text == "Locked text."
    with pytest.raises(Encrypted):
        replies_of(tmp_path, buffer.getvalue(), ("wrong",))


def test_a_file_attached_to_a_pdf_is_read_too(tmp_path):
    writer = pypdf.PdfWriter(
        clone_from=io.BytesIO(drawn(lambda canvas, _: lines(canvas, 60, 700, ["The letter."])))
    )
    writer.add_attachment("data.txt", b"The data of the letter.")
    buffer = io.BytesIO()
    writer.write(buffer)
    letter, data = replies_of(tmp_path, buffer.getvalue())
    assert (letter.document.text, data.member) == ("The letter.", "data.txt")
    assert data.document.text == "The data of the letter."


def test_a_filled_form_field_is_read_with_its_name(read_bytes):
    def draw(canvas: Canvas, _: int) -> None:
        lines(canvas, 60, 700, ["Please fill in."])
        canvas.acroForm.textfield(name="Cell", tooltip="Cell type", value="NMC 60 Ah", x=60, y=600)

    assert read_bytes("a.pdf", drawn(draw)).text == "Please fill in.\n\nCell type: NMC 60 Ah"


def test_a_page_that_is_turned_is_read_as_it_is_shown(read_bytes):
    def draw(canvas: Canvas, _: int) -> None:
        canvas.rotate(90)
        lines(canvas, 60, -80, ["The first line of a wide table", "and the second line below it."])

    text = read_bytes("a.pdf", drawn(draw)).text
    assert text == "The first line of a wide table\nand the second line below it."


def test_a_page_tree_that_holds_itself_is_no_endless_document(tmp_path):
    pages = b"<</Type/Pages/Count 3/Kids[3 0 R 2 0 R 2 0 R]>>"
    text = b"BT /F 12 Tf 50 700 Td (Cyclic.) Tj ET"
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources"
    objects = [b"<</Type/Catalog/Pages 2 0 R>>", pages, page + b"<</Font<</F 5 0 R>>>>>>"]
    objects += [b"<</Length %d>>stream\n%s\nendstream" % (len(text), text)]
    objects += [b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"]
    body = b"".join(b"%d 0 obj\n%s\nendobj\n" % (n, o) for n, o in enumerate(objects, 1))
    document, *missing = replies_of(tmp_path, b"%PDF-1.4\n" + body + b"trailer<</Root 1 0 R>>\n")
    assert document.document.text == "Cyclic."
    assert {reply.rejection.error for reply in missing} <= {"UnreadablePage"}


def test_a_file_of_which_no_page_can_be_read_is_malformed(tmp_path):
    data = with_broken_page(1)
    writer = pypdf.PdfWriter()
    writer.add_page(pypdf.PdfReader(io.BytesIO(data)).pages[0])
    buffer = io.BytesIO()
    writer.write(buffer)
    with pytest.raises(Malformed, match="none of its 1 pages can be read"):
        replies_of(tmp_path, buffer.getvalue())


def test_extracted_text_loses_heads_numbers_and_divided_words():
    bodies = ["Swelling was slow.", "No gas was found.", "A cell failed.", "All held."]
    pages = [
        f"Journal of Cells {n}\n{body}\nThen {body}\nIt is a \ufb01lm of consider-\nable width in "
        f"{n * n}.\nAfter {n * 3} days\n{body} So much for it.\nThe end of {body}"
        for n, body in enumerate(bodies, 7)
    ]
    read = readable_pages(pages)
    assert read[0].startswith("Journal of Cells 7\nSwelling")
    assert [page.split("\n")[0] for page in read[1:]] == bodies[1:]
    assert all("a film of considerable\nwidth in" in page for page in read)


def test_a_page_number_that_lost_its_line_is_left_out():
    pages = ["2 It holds.", "3 It lasts 4 days.", "4 It swells.", "6 It is dry."]
    assert readable_pages(pages) == ["It holds.", "It lasts 4 days.", "It swells.", "It is dry."]


def test_every_hostile_pdf_is_read_or_refused_as_the_second_library_says(shared, without_ocr):
    """Text is found wherever pdfium alone finds letters, and no file is refused without cause."""
    outcomes: dict[str, int] = {}
    for path in sorted(p for p in (shared / "pdfs").rglob("*") if p.is_file()):
        letters, state = by_pdfium(path.read_bytes())
        try:
            replies = [reply for reply in read_file(str(path)) if reply.member is None]
            outcome = "document"
            assert replies[0].document.text.strip(), path.name
            assert all(reply.rejection for reply in replies[1:]), path.name
        except IngestError as error:
            outcome = type(error).__name__
        outcomes[outcome] = outcomes.get(outcome, 0) + 1
        # One word stamped on each of its images is not what their pages say.
        if letters > 20 and "imagemagick" not in path.name:
            assert outcome == "document", path.name
        if outcome == "Encrypted":
            assert state == "locked", path.name
        if outcome == "Malformed":
            assert state == "broken" or not letters, path.name
    assert sum(outcomes.values()) == 571
    assert outcomes["document"] >= 378
    assert set(outcomes) == {
        "document", "NoText", "NeedsOcr", "Malformed", "Encrypted", "WrongSuffix"
    }  # fmt: skip


def by_pdfium(data: bytes) -> tuple[int, str]:
    """How many ASCII letters pdfium alone finds, and whether it opens the file."""
    try:
        pages = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        return 0, "locked" if "password" in str(error).lower() else "broken"
    try:
        text = "".join(page.get_textpage().get_text_range(errors="replace") for page in pages)
    except pypdfium2.PdfiumError:
        return 0, "broken"
    return sum(c.isascii() and c.isalpha() for c in text), "open"
