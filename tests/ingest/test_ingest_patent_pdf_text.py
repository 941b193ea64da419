from __future__ import annotations

import io
import re
from pathlib import Path

import pypdf
import pytest
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from patent_prints import SHARED, claims, document, pages_of


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("us", [(1, ()), (2, (1,)), (3, (1, 2))]),
        ("ep", [(1, ()), (2, (1,))]),
        ("de", [(1, ()), (2, (1,)), (3, (1, 2))]),
        ("jp", [(1, ()), (2, (1,)), (3, (1, 2))]),
        ("cn", [(1, ()), (2, (1,)), (3, (1, 2))]),
        ("wo", [(1, ()), (2, (1,))]),
        ("kra", [(1, ()), (2, (1,))]),
    ],
)
def test_claims_and_pages(name, expected):
    read = document(pages_of(name))
    assert claims(read) == expected
    assert len(read.pages) == len(pages_of(name))


def test_neither_headers_nor_gutter_numbers_nor_other_languages_get_into_claims():
    read = document(pages_of("ep"))
    last = read.claims[-1]
    assert read.text[last.start : last.end].endswith("the tab is flat.")
    assert "Elektrodenanordnung, umfassend eine Fahne" in read.text
    assert "\n10\n" not in read.text[read.claims[0].start :]
    german = document(pages_of("de"))
    assert german.text[german.claims[-1].start :].startswith("Verfahren nach einem der")
    assert "2017.03.30" not in german.text[german.claims[0].start :]


def test_description_paragraphs_keep_their_numbers_and_headings(paragraphs):
    read = document(pages_of("cn"))
    sections = [s for s in read.sections if s.kind == "description" and s.heading]
    assert [(s.heading, s.paragraphs[0].number) for s in sections] == [
        ("技术领域", "0001"),
        ("背景技术", "0002"),
    ]
    page = (
        "발명의 설명\n기 술 분 야\n본 발명은 전지에 관한[0001]\n것이다.\n"
        "배 경 기 술\n전지는 안다.[0002]"
    )
    read = document([pages_of("kra")[0], page])
    sections = [s for s in read.sections if s.heading]
    assert [(s.heading, s.paragraphs[0].number) for s in sections] == [
        ("기 술 분 야", "0001"),
        ("배 경 기 술", "0002"),
    ]
    assert "본 발명은 전지에 관한\n것이다." in paragraphs(read)


def test_deleted_korean_claims_stay_as_what_they_are():
    page = "청구범위\n청구항 1\n전지.\n청구항 2\n삭제\n청구항 3\n제1항에 있어서, 전지."
    read = document([pages_of("kra")[0], page])
    assert claims(read) == [(1, ()), (2, ()), (3, (1,))]
    assert read.text[read.claims[1].start : read.claims[1].end] == "삭제"


@pytest.mark.parametrize(
    ("text", "depends"),
    [
        ("제1항 내지 제3항 중 어느 한 항에 있어서", (1, 2, 3)),
        ("제 1 항 또는 제\n3 항에 있어서", (1, 3)),
        ("청구항 1 내지 2 중 어느 하나에 있어서", (1, 2)),
        ("請求項１又は３に記載の電池", (1, 3)),
        ("請求項１ないし３のいずれか一項に記載の電池", (1, 2, 3)),
        ("根据权利要求1-3中任一项所述的电池", (1, 2, 3)),
        ("전해질을 1 내지 3 중량% 포함하는 전지", ()),
    ],
)
def test_references_in_korean_japanese_and_chinese(text, depends):
    page = f"청구범위\n청구항 1\n가.\n청구항 2\n나.\n청구항 3\n다.\n청구항 4\n{text}"
    assert document([pages_of("kra")[0], page]).claims[3].depends_on == depends


def test_a_japanese_print_whose_front_is_an_image_is_known_by_its_headers():
    pages = [
        "JP 2015-123456 A 2015.7.2\n(57)【要約】\n電池。",
        "(2) JP 2015-123456 A 2015.7.2\n【特許請求の範囲】\n【請求項１】\n電池。",
    ]
    facts = document(pages).facts
    assert (facts.number, facts.publication_date, facts.title, facts.filing_date) == (
        "JP2015123456A",
        "2015-07-02",
        "",
        None,
    )


@pytest.mark.parametrize(
    ("font", "name"),
    [
        ("HYSMyeongJo-Medium", "kra"),
        ("HeiseiMin-W3", "jp"),
        ("STSong-Light", "cn"),
        ("Helvetica", "de"),
    ],
)
def test_prints_as_files(read_bytes, font, name):
    pages = pages_of(name)
    if font != "Helvetica":
        pdfmetrics.registerFont(UnicodeCIDFont(font))
    buffer = io.BytesIO()
    canvas = Canvas(buffer)
    for page in pages:
        text = canvas.beginText(72, 790)
        text.setFont(font, 9)
        for line in page.split("\n"):
            text.textLine(line)
        canvas.drawText(text)
        canvas.showPage()
    canvas.save()
    read = read_bytes("a.pdf", buffer.getvalue())
    expected = document(pages)
    assert (read.facts.number, read.facts.title) == (expected.facts.number, expected.facts.title)
    assert claims(read) == claims(expected)


def shared_prints() -> list[Path]:
    return sorted(SHARED.glob("*.pdf"))


@pytest.mark.skipif(not SHARED.is_dir(), reason="../shared/data/patent_pdfs is not here")
def test_shared_prints_have_all_their_claims_paragraphs_and_pages():
    korean = 0
    for path in shared_prints():
        pages = [page.extract_text() for page in pypdf.PdfReader(path).pages]
        raw = "\n".join(pages)
        if not raw.strip():  # The scan is read in test_ingest_ocr.
            continue
        read = document(pages)
        assert len(read.pages) == len(pages), path.name
        stated = re.search(r"청구항 수 : 총\s+(\d+)", raw)
        if stated is None:
            assert read.facts.number == "JP2007162959A"
            assert len(read.claims) == len(re.findall("^【請求項", raw, re.M))
            continue
        korean += 1
        live = [c for c in read.claims if read.text[c.start : c.end] != "삭제"]
        assert len(live) == int(stated[1]), path.name
        assert len(read.claims) == len(re.findall(r"^청구항 \d+ *$", raw, re.M)), path.name
        numbers = [p.number for s in read.sections for p in s.paragraphs if p.number]
        printed = set(re.findall(r"\[(0\d{3})\]|<(\d{1,2})>", raw))
        assert len(set(numbers)) >= 0.95 * len(printed), path.name
        assert read.facts.number in re.sub(r"[- ]", "", "KR" + raw[raw.find("10-") :][:10]) + "B1"
        assert read.facts.parties == ("주식회사 글로벌스탠다드테크놀로지",)
    assert korean == 8 or not shared_prints()
