"""Plain text and Markdown."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ingest.compose import Composer
from ingest.errors import EmptyFile, UnsupportedFormat, WrongSuffix
from ingest.facts import DocumentFacts
from ingest.readers.plain.paged import compose_pages, without_page_numbers
from ingest.readers.plain.report_facts import report_facts
from ingest.records import Page

KOREAN = "이차 전지용 양극 활물질은 붕소를 포함한다. 코팅층의 두께는 20 nm이다. " * 8


def composed(pages):
    composer = Composer()
    compose_pages(composer, pages)
    return composer.document(DocumentFacts(id="0f", kind="report"))


def test_form_feeds_are_page_breaks(read_bytes):
    document = read_bytes("a.txt", "One.\fTwo.\f\fFour.")
    assert document.text == "One.\n\nTwo.\n\nFour."
    assert [page.number for page in document.pages] == [1, 2, 3, 4]
    assert [document.page_at(document.text.index(word)) for word in ("One", "Two", "Four")] == [
        1,
        2,
        4,
    ]


def test_text_without_form_feeds_is_one_page(read_bytes):
    assert read_bytes("a.txt", "One.\n\nTwo.").pages == (Page(1, 0, 10),)


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"It holds.\r\nIt lasts.", "It holds.\nIt lasts."),
        (b"It holds.\rIt lasts.", "It holds.\nIt lasts."),
        (b"\xef\xbb\xbfIt holds.", "It holds."),
        ("It holds.\r\nIt lasts.".encode("utf-16"), "It holds.\nIt lasts."),
        ("45 °C".encode("utf-16-be").join([b"\xfe\xff", b""]), "45 °C"),
        (
            b"It ho\x00lds for three hundred cycles and many more days.",
            "It holds for three hundred cycles and many more days.",
        ),
        ("전지".encode(), "전지"),
        ("It holds.\nAt 45 °C.".encode("utf-16-le"), "It holds.\nAt 45 °C."),
        ("It holds.".encode("utf-16-be"), "It holds."),
        (KOREAN.encode("utf-16-le"), KOREAN.strip()),
        ("코팅층의 두께는 20 nm이다.".encode("cp949"), "코팅층의 두께는 20 nm이다."),
        ("正極活物質はニッケルを含む。".encode("shift-jis"), "正極活物質はニッケルを含む。"),
        ("正極活物質はニッケルを含む。".encode("euc-jp"), "正極活物質はニッケルを含む。"),
        ("正极材料包含镍钴锰酸锂。".encode("gb18030"), "正极材料包含镍钴锰酸锂。"),
        ("正極材料包含鎳鈷錳酸鋰。".encode("big5"), "正極材料包含鎳鈷錳酸鋰。"),
        ("Größe 5 µm – “gut” bei 45 °C".encode("cp1252"), "Größe 5 µm – “gut” bei 45 °C"),
        (KOREAN.encode("cp949"), KOREAN.strip()),
        (b"It holds \xed\xa0\x80 well, and so on and on and on.", None),
    ],
)
def test_text_is_read_in_whatever_encoding_it_was_written(read_bytes, content, expected):
    text = read_bytes("a.txt", content).text
    if expected is None:  # a surrogate, which no encoding of text allows
        assert text.startswith("It holds ")
        assert text.encode("utf-8")
    else:
        assert text == expected


@pytest.mark.parametrize("content", [b"\xef\xbb\xbf", b"\xff\xfe", b"\xef\xbb\xbf \n", b"\x0c\x0c"])
@pytest.mark.parametrize("name", ["a.txt", "a.md"])
def test_marks_and_blanks_alone_are_an_empty_file(read_bytes, name, content):
    with pytest.raises(EmptyFile):
        read_bytes(name, content)


@pytest.mark.parametrize("name", ["README", "a.log", "a.rst", "a.note", "LICENSE.old"])
def test_written_words_are_read_whatever_their_suffix(read_bytes, name):
    assert read_bytes(name, "It holds for long.").text == "It holds for long."


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.py", b"print('It holds.')"),
        ("settings.ini", b"[it]\nholds = true"),
        ("cycler.dat", b"1 3.65 4.2\n2 3.66 4.2\n" * 50),
        ("a.bin", b"It holds.\x00\x01"),
    ],
)
def test_code_settings_numbers_and_binaries_are_no_text(read_bytes, name, content):
    with pytest.raises(UnsupportedFormat):
        read_bytes(name, content)


@pytest.mark.parametrize("content", [b"\x7fELF" + b"\x00\x01" * 500, bytes(range(256)) * 9])
def test_binaries_are_not_text(read_bytes, content):
    with pytest.raises(WrongSuffix, match="the content is binary, whatever the suffix says"):
        read_bytes("a.txt", content)


def test_headings_numbers_and_short_lines_divide_a_page_as_worked_out():
    page = (
        "1. Results\nThe cells held for three hundred cycles and\nthen failed.\n"
        "[0012] A numbered paragraph goes on as long as\nit likes to.\nEXAMPLES\nIt held."
    )
    document = composed([page])
    assert [(s.heading_path, len(s.paragraphs)) for s in document.sections] == [
        (("1. Results",), 2),
        (("EXAMPLES",), 1),
    ]
    assert [
        (p.number, document.text[p.start : p.end]) for s in document.sections for p in s.paragraphs
    ] == [
        (None, "The cells held for three hundred cycles and\nthen failed."),
        ("0012", "A numbered paragraph goes on as long as\nit likes to."),
        (None, "It held."),
    ]


def test_a_wrapped_line_with_a_number_and_a_capital_is_no_heading():
    page = (
        "The pack was built of 96 cells in series with\n20 Ah Cells in the spare part\nand tested."
    )
    document = composed([page])
    assert [section.heading for section in document.sections] == [None]
    assert document.text == page


@pytest.mark.parametrize(
    ("line", "path"),
    [
        ("2.1 Cell assembly", ("2.1 Cell assembly",)),
        ("IV. Discussion", ("IV. Discussion",)),
        ("MATERIALS AND METHODS", ("MATERIALS AND METHODS",)),
        ("Results:", ()),
        ("LFP", ()),
        ("5.2 V were measured; it held", ()),
    ],
)
def test_headings_of_plain_text_look_like_headings(line, path):
    document = composed([f"{line}\nIt holds."])
    assert document.sections[0].heading_path == path


def test_numbered_headings_make_a_path():
    document = composed(["1 Results\nA.\n1.1 Cells\nB.\n1.2 Packs\nC.\n2 End\nD."])
    assert [section.heading_path for section in document.sections] == [
        ("1 Results",),
        ("1 Results", "1.1 Cells"),
        ("1 Results", "1.2 Packs"),
        ("2 End",),
    ]


def test_a_sentence_over_a_page_break_stays_whole_and_the_page_number_goes():
    pages = without_page_numbers(["It holds and\n1", "lasts for long.\n2", "End.\n3"])
    document = composed(pages)
    assert document.text == "It holds and\nlasts for long.\n\nEnd."
    assert document.pages == (Page(1, 0, 13), Page(2, 13, 30), Page(3, 30, 34))


@pytest.mark.parametrize(
    ("pages", "expected"),
    [
        (["a\n- 7 -", "b\n– 8 –"], ["a", "b"]),
        (["7\na", "8\nb", "9\nc"], ["a", "b", "c"]),
        (["a\n1", "b"], ["a\n1", "b"]),  # one number may be anything
        (["a\n10", "b\n20"], ["a\n10", "b\n20"]),  # a table's last cells
        (["a\n1", "b\n2", "c", "d", "e"], ["a\n1", "b\n2", "c", "d", "e"]),
        (["a\n1", "", "c\n3"], ["a", "", "c"]),
        (["1", "2"], ["", ""]),
        ([], []),
    ],
)
def test_only_lines_that_count_the_pages_are_page_numbers(pages, expected):
    assert without_page_numbers(pages) == expected


@settings(max_examples=80, suppress_health_check=list(HealthCheck))
@given(st.lists(st.text("abV A.1\n", max_size=30), max_size=6))
def test_no_word_of_any_pages_is_lost_or_moved_to_another_page(pages):
    document = composed(pages)
    assert len(document.pages) == len(pages)
    found = {}
    for position, character in enumerate(document.text):
        if not character.isspace():
            page = document.page_at(position)
            found[page] = found.get(page, "") + character
    for number, page in enumerate(pages, start=1):
        assert found.get(number, "") == "".join(page.split())


def test_facts_are_the_lines_that_name_them(read_bytes):
    facts = read_bytes(
        "a.txt",
        "Wetting of large\ncells\nReport: HC-R-014\nDate: 14 May 2019\n"
        "Authors: S. Vik, K. Osei; A. Roe, Jr\n"
        "Classification: Confidential\n\nIt holds.",
    ).facts
    assert facts == DocumentFacts(
        id=facts.id,
        kind="report",
        number="HC-R-014",
        title="Wetting of large cells",
        parties=("S. Vik", "K. Osei", "A. Roe, Jr"),
        publication_date="2019-05-14",
        label="confidential",
    )


@pytest.mark.parametrize(
    ("line", "date"),
    [
        ("Date: 2019-05-14", "2019-05-14"),
        ("**Date:** 14 May 2019", "2019-05-14"),
        ("| Date | 2019-05-14 |", "2019-05-14"),
        ("Date: 03/04/2019", None),
        ("Date: 2019-02-30", None),
        ("Dates vary: 2019-05-14", None),
    ],
)
def test_dates_are_believed_only_where_they_are_certain(line, date):
    assert report_facts("0f", f"Wetting\n{line}\n", "").publication_date == date


def test_a_title_of_running_text_is_cut_at_a_word():
    facts = report_facts("0f", "word " * 100, "")
    assert facts.title == ("word " * 50).strip()


def test_markdown_paragraphs_keep_their_source(read_bytes, paragraphs):
    document = read_bytes(
        "a.md",
        "# Title\n\nIt *holds*\nand `lasts`.\n\nSetext\n------\n\n- one\n  - inner\n- two\n\n"
        "```\n# no heading\n\n  code\n```\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n"
        "> # quoted\n\n***\n\nEnd.\n",
    )
    assert paragraphs(document) == [
        "It *holds*\nand `lasts`.",
        "- one\n- inner\n- two",
        "```\n# no heading\ncode\n```",
        "| a | b |\n| --- | --- |\n| 1 | 2 |",
        "> # quoted",
        "End.",
    ]
    assert [section.heading_path for section in document.sections] == [
        ("Title",),
        ("Title", "Setext"),
    ]
    assert document.facts.title == "Title"
    assert document.pages == ()


def test_front_matter_gives_facts_and_is_no_text(read_bytes):
    document = read_bytes(
        "a.md",
        '---\ntitle: "Wetting of cells"\nauthors:\n  - S. Vik\n  - name: K. Osei\n'
        "date: 2019-05-14\n---\n\n# Results\n\nIt held.\n",
    )
    facts = document.facts
    assert (facts.title, facts.parties, facts.publication_date) == (
        "Wetting of cells",
        ("S. Vik", "K. Osei"),
        "2019-05-14",
    )
    assert document.text == "Results\n\nIt held."


def test_two_rules_are_no_front_matter(read_bytes):
    assert read_bytes("a.md", "---\n\nIt held.\n\n---\n\nEnd.\n").text == "It held.\n\nEnd."


@pytest.mark.parametrize(
    ("name", "text", "title"),
    [
        ("W123.md", "# Introduction\n\nCells like these age. Now.\n", "Cells like these age."),
        ("wetting of cells.md", "# I. INTRODUCTION\n\nCells age.\n", "wetting of cells"),
        ("W123.md", "# Wetting of cells\n\n## Results\n\nCells age.\n", "Wetting of cells"),
    ],
)  # fmt: skip
def test_a_part_is_no_title_of_markdown(read_bytes, name, text, title):
    assert read_bytes(name, text).facts.title == title


def test_a_table_of_markdown_carries_its_caption(read_bytes, paragraphs):
    text = "Table 1. Cells\n\na | b\n--|--\n1 | 2\n"
    assert paragraphs(read_bytes("a.md", text)) == [
        "Table 1. Cells\n| a | b |\n| --- | --- |\n| 1 | 2 |"
    ]


def test_markdown_with_two_titles_is_named_by_its_file(read_bytes):
    document = read_bytes("전지 report.v2.md", "# One\n\nA.\n\n# Two\n\nB.\n")
    assert document.facts.title == "전지 report.v2"


def test_markdown_of_headings_only_is_a_document_without_paragraphs(read_bytes):
    document = read_bytes("a.md", "# One\n\n## Two\n")
    assert document.text == "One\n\nTwo"
    assert document.sections == ()


@pytest.mark.parametrize("odd", ["\x0b", "\x0c", "\x1c", "\x85", "\u2028", "\u2029", "\r"])
def test_odd_line_ends_in_markdown_move_nothing(read_bytes, paragraphs, odd):
    document = read_bytes(
        "a.md", f"# Title\n\nIt{odd}holds.\n\n## Next\n\nIt lasts for long.\n\nEnd.\n"
    )
    first, *rest = paragraphs(document)
    assert first.split() == ["It", "holds."]
    assert rest == ["It lasts for long.", "End."]
    assert document.pages == ()


def test_crlf_and_bom_do_not_change_markdown(read_bytes):
    text = "# Title\n\nIt holds.\n\n- one\n- two\n"
    plain = read_bytes("a.md", text)
    windows = read_bytes("b.md", b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
    assert windows.text == plain.text == "Title\n\nIt holds.\n\n- one\n- two"
    assert windows.sections == plain.sections


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(text=st.text("#-*>`|ab \n\t=1.", max_size=80))
def test_any_markdown_is_read_and_its_spans_hold(read_bytes, text):
    if not text.strip():
        return
    document = read_bytes("a.md", text)
    for section in document.sections:
        for paragraph in section.paragraphs:
            part = document.text[paragraph.start : paragraph.end]
            assert part == part.strip() != ""
