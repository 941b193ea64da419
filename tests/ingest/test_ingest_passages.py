from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ingest.compose import Composer
from ingest.facts import DocumentFacts
from ingest.passages import PassageSettings, context, split_passages
from ingest.records import Document
from ingest.sentences import sentence_spans

REPORT = DocumentFacts(id="0f", kind="report")
NO_TITLE = PassageSettings(window=12, target=8)
SENTENCES = st.sampled_from(
    [
        "It held.",
        "The cell failed after 300 cycles at 45 °C.",
        "See Fig. 3 and U.S. Pat. No. 7,000,000.",
        "電池は正極を含む。次です。",
        "no end",
        "First part; second part, third part: and a long tail of words that goes on and on.",
        "x" * 300,
        "- one\n- two",
        "\U0001f50b\U0001f50b?",
        "",
    ]
)
PARAGRAPHS = st.lists(SENTENCES, max_size=5).map(" ".join)
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("paragraph"), PARAGRAPHS),
        st.tuples(st.just("claim"), PARAGRAPHS),
        st.tuples(
            st.just("heading"), st.sampled_from(["Results", "EXAMPLES", "Stand der Technik"])
        ),
        st.tuples(st.just("section"), st.sampled_from(["abstract", "description", "body"])),
        st.tuples(st.just("page"), st.none()),
    ),
    max_size=14,
)


def compose(steps, title: str = "") -> Document:
    composer = Composer()
    for number, (verb, value) in enumerate(steps, start=1):
        if verb == "page":
            composer.page()
        elif verb == "claim":
            composer.claim(number, value)
        elif verb == "paragraph":
            composer.paragraph(value, f"{number:04}")
        else:
            getattr(composer, verb)(value)
    return composer.document(DocumentFacts(id="0f", kind="report", title=title))


def bytes_as_tokens(texts):
    """The hardest tokenizer there can be: every byte is a token, blanks too."""
    return [len(text.encode()) for text in texts]


def test_the_worked_example_gives_these_passages(words):
    composer = Composer("abstract")
    composer.page()
    composer.paragraph("One two three. Four five six. Seven eight.", "0001")
    composer.paragraph("Nine ten.", "0002")
    composer.page()
    composer.section("description")
    composer.heading("Results", 1)
    composer.heading("Cells", 2)
    composer.paragraph("Eleven twelve.", "0003")
    composer.claim(1, "A cell.")
    composer.claim(2, "The cell of claim 1.")
    document = composer.document(REPORT)

    passages = split_passages(document, words, PassageSettings(window=12, target=8))

    # A sentence costs its words and one for the blank: 4 + 4 = 8, then 3 + 3 = 6.
    assert [
        (p.id, p.text, p.section, p.claim, p.paragraph, p.first_page, p.last_page) for p in passages
    ] == [
        ("0f:0", "One two three. Four five six.", "abstract", None, "0001", 1, 1),
        ("0f:1", "Seven eight.\n\nNine ten.", "abstract", None, "0001", 1, 1),
        ("0f:2", "Eleven twelve.", "description", None, "0003", 2, 2),
        ("0f:3", "A cell.", "claims", 1, None, 2, 2),
        ("0f:4", "The cell of claim 1.", "claims", 2, None, 2, 2),
    ]
    assert [(p.heading, p.heading_path) for p in passages] == [
        (None, ()),
        (None, ()),
        ("Cells", ("Results", "Cells")),
        (None, ()),
        (None, ()),
    ]
    assert [(p.start, p.end) for p in passages] == [
        (0, 29),
        (30, 53),
        (71, 85),
        (87, 94),
        (96, 116),
    ]
    assert {p.document_id for p in passages} == {"0f"}


def test_a_passage_over_a_page_break_names_both_pages(words):
    composer = Composer()
    composer.page()
    composer.paragraph("It holds and\flasts for long. End.")
    (passage,) = split_passages(composer.document(REPORT), words)
    assert (passage.text, passage.first_page, passage.last_page) == (
        "It holds and\nlasts for long. End.",
        1,
        2,
    )


def test_a_sentence_that_ends_its_page_is_on_that_page_only(words):
    composer = Composer()
    composer.page()
    composer.paragraph("One two three four five six seven.")
    composer.page()
    composer.paragraph("Eight nine ten.")
    passages = split_passages(composer.document(REPORT), words, NO_TITLE)
    assert [(p.first_page, p.last_page) for p in passages] == [(1, 1), (2, 2)]


def test_a_document_without_pages_has_passages_without_pages(words):
    composer = Composer()
    composer.paragraph("It holds.")
    (passage,) = split_passages(composer.document(REPORT), words)
    assert (passage.first_page, passage.last_page) == (None, None)


def test_an_over_long_sentence_is_cut_at_clause_ends(words):
    composer = Composer()
    composer.paragraph("one two three four; five six seven eight, nine ten eleven twelve thirteen.")
    passages = split_passages(composer.document(REPORT), words, PassageSettings(window=5, target=5))
    assert [p.text for p in passages] == [
        "one two three four;",
        "five six seven eight,",
        "nine ten eleven twelve",
        "thirteen.",
    ]


def test_headings_alone_are_not_evidence(words):
    composer = Composer()
    composer.heading("Results")
    composer.heading("Discussion")
    document = composer.document(REPORT)
    assert document.text == "Results\n\nDiscussion"
    assert split_passages(document, words) == []


def test_the_context_is_the_title_and_the_nearest_heading(words):
    settings = PassageSettings(window=30, target=20)
    assert context("Coated cathode.", "EXAMPLES", words, settings) == "Coated cathode. EXAMPLES. "
    assert context("", None, words, settings) == ""
    assert context("Coated cathode", None, words, settings) == "Coated cathode. "


def test_a_long_context_takes_a_third_of_the_window_at_most(words):
    title = "a " * 79
    shortened = context(title, "Results", words, PassageSettings(window=30, target=20))
    assert words([shortened])[0] == 10
    assert shortened.endswith(" ")
    assert title.startswith(shortened)


@pytest.mark.parametrize("window", [1, 2, 3, 5])
def test_a_window_too_small_for_any_context_gives_none_instead_of_hanging(window):
    found = context("電池 title", "Results", bytes_as_tokens, PassageSettings(window=window))
    assert bytes_as_tokens([found])[0] <= window // 3


@pytest.mark.parametrize("counter", ["words", "minilm", "bytes"])
def test_passages_keep_every_promise_for_any_document(counter, request):
    count = bytes_as_tokens if counter == "bytes" else request.getfixturevalue(counter)
    limits = PassageSettings(window=60, target=40)

    @settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
    @given(STEPS, st.sampled_from(["", "Coated cathode", "A long title " * 20]))
    def holds(steps, title):
        document = compose(steps, title)
        passages = split_passages(document, count, limits)
        places = [
            (s.kind, s.heading, s.heading_path, None, s.paragraphs[0].start, s.paragraphs[-1].end)
            for s in document.sections
        ] + [("claims", None, (), c.number, c.start, c.end) for c in document.claims]
        covered = set()
        for position, p in enumerate(passages):
            assert p.id == f"0f:{position}"
            assert document.text[p.start : p.end] == p.text
            assert p.text == p.text.strip() != ""
            before = context(title, p.heading, count, limits)
            assert count([before + p.text])[0] <= limits.window
            (place,) = [x for x in places if x[4] <= p.start and p.end <= x[5]]
            assert (p.section, p.heading, p.heading_path, p.claim) == place[:4]
            assert p.paragraph == document.paragraph_at(p.start)
            assert p.first_page == document.page_at(p.start)
            assert p.last_page == document.page_at(p.end - 1)
            assert not covered & set(range(p.start, p.end))
            covered |= set(range(p.start, p.end))
        for *_, start, end in places:  # nothing of a paragraph or claim is silently left out
            left = "".join(document.text[i] for i in range(start, end) if i not in covered)
            assert not left.strip()

    holds()


def test_passages_of_the_sample_end_with_sentences_and_fit_the_encoder(sample, read, minilm):
    limits = PassageSettings()
    cut = checked = 0
    for path in sorted(sample.rglob("*.*")):
        document = read(path)
        ends = {
            part.start + end
            for part in (*document.claims, *(p for s in document.sections for p in s.paragraphs))
            for _, end in sentence_spans(document.text[part.start : part.end])
        }
        for p in split_passages(document, minilm, limits):
            before = context(document.facts.title, p.heading, minilm, limits)
            assert minilm([before + p.text])[0] <= limits.window
            cut += p.end not in ends
            checked += 1
    assert checked == 476
    assert cut == 0


def test_every_claim_of_the_sample_has_passages_of_its_own(sample, read, minilm):
    for path in sorted((sample / "patents").iterdir()):
        document = read(path)
        passages = split_passages(document, minilm)
        assert {p.claim for p in passages if p.claim} == {c.number for c in document.claims}
        for claim in document.claims:
            own = [p for p in passages if p.claim == claim.number]
            assert own[0].start == claim.start
            assert own[-1].end == claim.end


def test_the_dictionary_of_a_passage_is_the_contract(words):
    composer = Composer()
    composer.paragraph("It holds.", "0001")
    (passage,) = split_passages(composer.document(REPORT), words)
    assert passage.to_dict() == {
        "id": "0f:0",
        "document_id": "0f",
        "section": "body",
        "heading": None,
        "heading_path": [],
        "text": "It holds.",
        "claim": None,
        "paragraph": "0001",
        "first_page": None,
        "last_page": None,
        "start": 0,
        "end": 9,
        "language": None,
        "ocr_confidence": None,
    }
