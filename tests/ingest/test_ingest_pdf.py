from __future__ import annotations

import io

import pypdf
import pytest
from reportlab.pdfgen.canvas import Canvas

from ingest.compose import Composer
from ingest.errors import Encrypted, Malformed, NoText
from ingest.page_image import page_image
from ingest.readers.printed_patent.patent_pdf import compose_patent, patent_facts

FRONT = """(19) United States
(12) Patent Application Publication
(10) Pub. No.: US 2020/9900471 A1
(43) Pub. Date: May 28, 2020
(54) COOLING PLATE WITH
FLOW-BALANCED CHANNELS
(71) Applicant: Mirabor Energy Co., Ltd., Seoul (KR)
(72) Inventors: Ola Fjeldstad, Sandvika (NO)
(21) Appl. No.: 99/498,325
(22) Filed: Nov. 20, 2019
(30) Foreign Application Priority Data
Nov. 23, 2018 (JP) ........................ 2018-218951
(51) Int. Cl.: H01M 10/6556 (2014.01)
(52) CPC: H01M 10/6556 (2015.04); B60L
58/26 (2019.02); Y02E 60/10 (2013.01)
(57) ABSTRACT
A plate with channels."""
CLAIMS = [
    "DETAILED DESCRIPTION\n[0001] The plate is flat.\nWhat is claimed is:\n"
    "1. A plate, comprising:\na channel; and",
    "a throat.\n2. The plate of claim 1, wherein\n3.5 mm is the width.",
    "3. The plate of claim 1 or 2.\n4. A pack.",
]


def pdf(*pages: str) -> bytes:
    buffer = io.BytesIO()
    canvas = Canvas(buffer)
    for page in pages:
        text = canvas.beginText(72, 760)
        for line in page.split("\n"):
            text.textLine(line)
        canvas.drawText(text)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def encrypted(data: bytes, user: str, owner: str | None = None) -> bytes:
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(data))
    writer.encrypt(user, owner, algorithm="RC4-128")
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


def test_pages_of_a_pdf_are_the_pages_of_its_document(read_bytes):
    document = read_bytes("a.pdf", pdf("One page.", "", "Another page."))
    assert document.text == "One page.\n\nAnother page."
    assert [(page.number, page.start, page.end) for page in document.pages] == [
        (1, 0, 11),
        (2, 11, 11),
        (3, 11, 24),
    ]
    assert (document.page_at(0), document.page_at(11)) == (1, 3)


def test_the_content_decides_that_it_is_a_pdf(read_bytes):
    assert read_bytes("a.txt", pdf("One page.")).text == "One page."
    assert read_bytes("a.dat", b"junk before\n" + pdf("One page.")).text == "One page."


def test_a_pdf_without_text_says_that_it_needs_ocr(read_bytes):
    with pytest.raises(NoText, match="none of its 3 pages has any text; it needs OCR"):
        read_bytes("a.pdf", pdf("", "", " "))


def test_a_pdf_with_a_password_is_not_guessed(read_bytes):
    with pytest.raises(Encrypted, match="it opens with a password only; save a copy without one"):
        read_bytes("a.pdf", encrypted(pdf("One page."), "secret"))


def test_a_pdf_that_only_its_owner_may_print_is_read(read_bytes):
    assert read_bytes("a.pdf", encrypted(pdf("One page."), "", "owner")).text == "One page."


@pytest.mark.parametrize("share", [0.02, 0.2, 0.5, 0.9])
def test_a_cut_pdf_is_malformed_or_read_but_never_anything_else(read_bytes, share):
    whole = pdf(*["A page with some words on it."] * 20)
    try:
        document = read_bytes("a.pdf", whole[: int(len(whole) * share)])
    except (Malformed, NoText):
        return
    assert document.text.startswith("A page with some words on it.")


def test_a_pdf_without_pages_is_malformed(read_bytes):
    buffer = io.BytesIO()
    pypdf.PdfWriter().write(buffer)
    with pytest.raises(Malformed, match="the PDF has no pages"):
        read_bytes("a.pdf", buffer.getvalue())


def test_a_printed_patent_is_read_as_the_worked_example_says(read_bytes, claims, paragraphs):
    document = read_bytes(
        "a.pdf", pdf(FRONT + "\n1", *(f"{p}\n{n}" for n, p in enumerate(CLAIMS, 2)))
    )
    facts = document.facts
    assert (facts.kind, facts.number, facts.title, facts.parties, facts.country) == (
        "patent",
        "US20209900471A1",
        "COOLING PLATE WITH FLOW-BALANCED CHANNELS",
        ("Mirabor Energy Co., Ltd.",),
        "US",
    )
    assert (facts.priority_date, facts.filing_date, facts.publication_date, facts.family) == (
        "2018-11-23",
        "2019-11-20",
        "2020-05-28",
        "JP2018218951",
    )
    assert facts.cpc == ("H01M10/6556", "B60L58/26", "Y02E60/10")
    assert facts.language == "en"
    assert claims(document) == [
        "A plate, comprising:\na channel; and\na throat.",
        "The plate of claim 1, wherein\n3.5 mm is the width.",
        "The plate of claim 1 or 2.",
        "A pack.",
    ]
    assert [(c.number, c.depends_on) for c in document.claims] == [
        (1, ()),
        (2, (1,)),
        (3, (1, 2)),
        (4, ()),
    ]
    assert [document.page_at(c.start) for c in document.claims] == [2, 3, 4, 4]
    assert document.page_at(document.claims[0].end - 1) == 3
    assert [(s.kind, s.heading) for s in document.sections] == [
        ("body", None),
        ("abstract", None),
        ("description", "DETAILED DESCRIPTION"),
    ]
    assert paragraphs(document)[1] == "A plate with channels."
    assert document.sections[2].paragraphs[0].number == "0001"


@pytest.mark.parametrize(
    ("priority", "family"),
    [
        ("(30) Nov. 23, 2018 (NO) 20189951", "NO20189951"),
        ("(30) Feb. 5, 2010 (JP) ....... 2010-024321", "JP2010024321"),
        ("(30) Priority: EP 18 123 456.7 Jan. 5, 2018", "EP18123456"),
        ("", "US99498325"),
    ],
)
def test_a_claimed_priority_is_the_family(priority, family):
    page = f"(10) US 2020/9900471 A1\n(21) Appl. No.: 99/498,325\n{priority}\n(54) PLATE"
    assert patent_facts("0f", page).family == family


def test_a_korean_front_page_is_read():
    page = (
        "(19) 대한민국특허청(KR)\n(12) 등록특허공보(B1)\n(45) 공고일자   2022년05월17일\n"
        "(11) 등록번호   10-2398681\n(51) 국제특허분류(Int. Cl.)\n     B01J 20/30 (2006.01)\n"
        "(21) 출원번호       10-2020-0061113\n(22) 출원일자       2020년05월21일\n"
        "(73) 특허권자\n주식회사 가나다\n경기도 화성시\n(54) 발명의 명칭 흡착제 제조방법\n"
        "(57) 요 약\n본 발명은 그렇다."
    )
    facts = patent_facts("0f", page)
    assert (facts.number, facts.title, facts.parties, facts.language, facts.country) == (
        "KR102398681B1",
        "흡착제 제조방법",
        ("주식회사 가나다",),
        "ko",
        "KR",
    )
    assert (facts.filing_date, facts.publication_date, facts.family, facts.cpc) == (
        "2020-05-21",
        "2022-05-17",
        "KR1020200061113",
        ("B01J20/30",),
    )


@pytest.mark.parametrize(
    "page",
    ["", "(1) One\n(2) Two", "(10) Ten\n(12) Twelve", "(54) TITLE\n(22) Filed: Jan. 5, 2018"],
)
def test_a_numbered_list_is_no_patent(page):
    assert patent_facts("0f", page) is None


def test_claims_that_open_at_the_top_of_a_page_are_found():
    composer = Composer()
    compose_patent(composer, [FRONT, "The plate is flat.", "CLAIMS\n1. A plate.", "2. A pack."])
    document = composer.document(patent_facts("0f", FRONT))
    assert [document.text[c.start : c.end] for c in document.claims] == ["A plate.", "A pack."]
    assert [document.page_at(c.start) for c in document.claims] == [3, 4]


def test_a_page_is_drawn_as_an_image(tmp_path):
    path = tmp_path / "a.pdf"
    path.write_bytes(pdf("One page.", "Another page."))
    image = page_image(path, 2, scale=0.5)
    assert image.startswith(b"\x89PNG")
    # A4 at half a pixel for each point: 595.28 x 841.89 points, rounded up.
    assert (int.from_bytes(image[16:20]), int.from_bytes(image[20:24])) == (298, 421)


@pytest.mark.parametrize("page", [0, 3])
def test_a_page_that_is_not_there_cannot_be_drawn(tmp_path, page):
    path = tmp_path / "a.pdf"
    path.write_bytes(pdf("One page.", "Another page."))
    with pytest.raises(Malformed, match=f"page {page} cannot be drawn: the file has 2 pages"):
        page_image(path, page)
