from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.compose import Composer
from ingest.facts import DocumentFacts, Reference
from ingest.records import Claim, Page, Paragraph, Section
from ingest.text import clean, keep_lines, one_line

FACTS = DocumentFacts(id="0f", kind="report")
ANY_TEXT = st.text(st.characters(), max_size=60)  # surrogates included
WORDS = st.text("ab. \n\t", max_size=12)
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("paragraph"), st.text("ab. \n\t\f", max_size=12)),
        st.tuples(st.just("claim"), st.text("ab. \n\f", max_size=12)),
        st.tuples(st.just("heading"), WORDS),
        st.tuples(st.just("section"), st.sampled_from(["abstract", "description"])),
        st.tuples(st.just("page"), st.none()),
    ),
    max_size=25,
)


def test_every_part_lies_where_the_worked_example_says():
    composer = Composer("description")
    composer.paragraph("Zero.", "0001")
    composer.heading("One", 1)
    composer.heading("Two", 2)
    composer.paragraph("Ab  cd.\n\n ef.")
    composer.heading("Three", 1)
    composer.paragraph("G.")
    composer.claim(1, "A cell.")
    composer.claim(2, "The cell of claim 1.", (1,))
    document = composer.document(FACTS, (Reference("US1B2", "US 1 B2"),))

    assert document.text == (
        "Zero.\n\nOne\n\nTwo\n\nAb cd.\nef.\n\nThree\n\nG.\n\nA cell.\n\nThe cell of claim 1."
    )
    assert document.sections == (
        Section("description", None, (), (Paragraph(0, 5, "0001"),)),
        Section("description", "Two", ("One", "Two"), (Paragraph(17, 27, None),)),
        Section("description", "Three", ("Three",), (Paragraph(36, 38, None),)),
    )
    assert document.claims == (Claim(1, 40, 47, ()), Claim(2, 49, 69, (1,)))
    assert document.pages == ()
    assert document.cited == ("US1B2",)


def test_form_feeds_in_a_paragraph_start_pages_inside_it():
    composer = Composer()
    composer.page()
    composer.paragraph("It holds\fand lasts.")
    composer.page()
    composer.paragraph("End.")
    document = composer.document(FACTS)
    assert document.text == "It holds\nand lasts.\n\nEnd."
    assert document.pages == (Page(1, 0, 9), Page(2, 9, 21), Page(3, 21, 25))
    assert [document.page_at(at) for at in (0, 7, 9, 18, 21)] == [1, 1, 2, 2, 3]


def test_a_form_feed_in_a_document_without_pages_is_a_blank():
    composer = Composer()
    composer.paragraph("It holds\fand lasts.")
    document = composer.document(FACTS)
    assert document.text == "It holds and lasts."
    assert document.pages == ()


def test_empty_pages_are_counted():
    composer = Composer()
    for text in ("", "Second.", "", "", "Fifth."):
        composer.page()
        composer.paragraph(text)
    document = composer.document(FACTS)
    assert document.text == "Second.\n\nFifth."
    assert [page.number for page in document.pages] == [1, 2, 3, 4, 5]
    assert document.page_at(0) == 2
    assert document.page_at(9) == 5


def test_blank_headings_paragraphs_and_claims_add_nothing():
    composer = Composer()
    composer.heading("  \n")
    composer.paragraph("\t\x00 ")
    composer.claim(1, "\n")
    document = composer.document(FACTS)
    assert (document.text, document.sections, document.claims) == ("", (), ())


def test_a_number_of_a_paragraph_is_found_by_position():
    composer = Composer()
    composer.paragraph("First.", "0001")
    composer.paragraph("Second.", "0002")
    document = composer.document(FACTS)
    assert [document.paragraph_at(at) for at in (0, 5, 6, 8, 14)] == [
        "0001",
        "0001",
        None,  # the blank line between them
        "0002",
        "0002",
    ]


@given(STEPS)
def test_spans_never_overlap_and_never_hold_outer_blanks(steps):
    composer = Composer()
    for number, (verb, value) in enumerate(steps, start=1):
        if verb == "page":
            composer.page()
        elif verb == "claim":
            composer.claim(number, value)
        else:
            getattr(composer, verb)(value)
    document = composer.document(FACTS)

    parts = [*document.claims, *(p for s in document.sections for p in s.paragraphs)]
    spans = sorted((part.start, part.end) for part in parts)
    for start, end in spans:
        text = document.text[start:end]
        assert text
        assert text == text.strip() == keep_lines(text)
    assert all(a[1] + 2 <= b[0] for a, b in pairwise(spans))


@given(st.lists(st.lists(st.text("ab", min_size=1, max_size=5), max_size=3), max_size=8))
def test_every_paragraph_is_on_the_page_it_was_added_on(pages):
    composer = Composer()
    for paragraphs in pages:
        composer.page()
        for text in paragraphs:
            composer.paragraph(text)
    document = composer.document(FACTS)
    expected = [number for number, page in enumerate(pages, start=1) for _ in page]
    found = [document.page_at(p.start) for s in document.sections for p in s.paragraphs]
    assert found == expected
    assert [page.number for page in document.pages] == list(range(1, len(pages) + 1))


@given(st.lists(st.text("ab \n", max_size=6), min_size=1, max_size=8))
def test_pieces_between_form_feeds_are_on_pages_of_their_own(pieces):
    composer = Composer()
    composer.page()
    composer.paragraph("\f".join(pieces))
    document = composer.document(FACTS)
    assert len(document.pages) == len(pieces)
    on_page = [
        (number, line)
        for number, piece in enumerate(pieces, start=1)
        for line in keep_lines(piece).split("\n")
        if line
    ]
    position = 0
    for number, line in on_page:
        position = document.text.index(line, position)
        assert document.page_at(position) == number
        assert document.page_at(position + len(line) - 1) == number
        position += len(line)


@given(ANY_TEXT)
def test_cleaned_text_can_always_be_stored(text):
    for cleaned in (clean(text), one_line(text), keep_lines(text)):
        assert cleaned.encode("utf-8").decode("utf-8") == cleaned
        assert "\x00" not in cleaned
    assert "\n" not in one_line(text)
    assert keep_lines(keep_lines(text)) == keep_lines(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a\r\nb", "a\nb"),
        ("a\u00a0\u202f b", "a b"),
        (" a \n \n\n b ", "a\nb"),
        ("a\ud800b", "a?b"),
        ("電池\x00です。", "電池です。"),
    ],
)
def test_lines_are_kept_and_blanks_are_joined(text, expected):
    assert keep_lines(text) == expected
