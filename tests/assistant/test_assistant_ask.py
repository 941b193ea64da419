"""Answers on the sample portfolio: right documents, verbatim, at their page; refusals."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from pypdf import PdfReader

from assistant import Assistant, Filters
from assistant.errors import NoPageImage

ROOT = Path(__file__).resolve().parents[2]

OUT_OF_SCOPE = [
    "Who won the football world cup in 2018?",
    "What is the capital of Norway?",
    "How do I reset my email password?",
    "What is the melting point of tungsten?",
    "What is the ionic conductivity of LLZO solid electrolyte?",
    "How is a graphene supercapacitor made?",
]


def questions() -> list[tuple[str, str]]:
    """(question, documents that answer it) of the list kept beside the sample."""
    text = (ROOT / "tools" / "sample_portfolio.md").read_text(encoding="utf-8")
    rows = [row.split("|") for row in text.splitlines() if re.match(r"\| \d+ \|", row)]
    return [(row[2].strip(), row[3]) for row in rows if len(row) == 6]


def test_most_questions_of_the_sample_are_answered_from_the_right_document(assistant: Assistant):
    asked = questions()
    assert len(asked) == 20
    right = 0
    for question, documents in asked:
        answer = assistant.ask(question)
        cited = {s.citations[0].number for s in answer.statements}
        right += any(number and number in documents for number in cited)
    assert right >= 15  # 17 when this was written (benchmarks/README.md)


@pytest.mark.parametrize("question", OUT_OF_SCOPE)
def test_what_no_document_states_is_refused(assistant: Assistant, question: str):
    answer = assistant.ask(question)
    assert (answer.status, answer.statements) == ("refused", ())
    assert answer.reason is not None
    # "in 2018" is a filter, and said to be one.
    searched = "(limited to " if "2018" in question else "Searched 34 of 34 documents"
    assert searched in answer.reason


def test_every_citation_is_verbatim_and_stands_where_it_says(assistant: Assistant):
    seen_pages = 0
    for question, _ in questions():
        for statement in assistant.ask(question).statements:
            for citation in statement.citations:
                assert statement.text == citation.quote
                document = assistant.show(citation.document_id).document
                evidence = assistant.evidence(citation)
                around = evidence.before + evidence.quote + evidence.after
                assert around in document.text
                if citation.claim:
                    claim = document.claims[citation.claim - 1]
                    assert citation.quote in document.text[claim.start : claim.end]
                if citation.page:
                    seen_pages += 1
                    printed = PdfReader(document.facts.source).pages[citation.page - 1]
                    words = "".join(printed.extract_text().split())
                    # It may run on over the page.
                    assert "".join(citation.quote.split())[:20] in words
    assert seen_pages >= 5


def test_filters_limit_what_answers(assistant: Assistant):
    question = "How much FEC should a sealed silicon-graphite cell contain at 45 °C?"
    answer = assistant.ask(question, Filters(before="2019-01-01", kind=["report"]))
    assert {hit.document.kind for hit in answer.hits} == {"report"}
    assert all(hit.document.publication_date < "2019-01-01" for hit in answer.hits)
    nothing = assistant.ask(question, Filters(cpc=["B64"]))
    assert (nothing.status, nothing.hits) == ("refused", ())
    assert "cpc B64" in (nothing.reason or "")


def test_page_image_is_a_png_of_the_file_that_was_read(assistant: Assistant):
    pdf = next(f for f in assistant.documents() if f.number == "HCW-R-024")
    assert assistant.page_image(pdf.id, 1).startswith(b"\x89PNG\r\n")
    with pytest.raises(NoPageImage, match="page 99"):
        assistant.page_image(pdf.id, 99)
